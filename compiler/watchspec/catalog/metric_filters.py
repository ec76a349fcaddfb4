"""What makes a dimension of a metric filter costly.

AWS names IP addresses and request ids; the other names are of the same kind.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntaxForMetricFilters.html (read 2026-11-24)
"""

from __future__ import annotations

COSTLY_VALUES_PER_HOUR = 1_000
"""From so many combinations of values in an hour, CloudWatch Logs may disable a filter.

Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html (read 2026-11-24)
"""
COSTLY_NAMES = frozenset(
    (
        *("requestid", "awsrequestid", "xrequestid", "traceid", "spanid", "xraytraceid"),
        *("correlationid", "transactionid", "sessionid", "eventid", "messageid", "uuid", "guid"),
        *("userid", "customerid", "orderid", "email", "useragent"),
        *("ip", "ipaddress", "clientip", "sourceip", "sourceipaddress", "remoteip", "remoteaddr"),
        *("timestamp", "datetime", "duration", "durationms", "latency", "latencyms"),
    )
)
"""Names of fields in small letters, without anything but letters and digits."""
COSTLY_TYPES = frozenset(("ms", "s", "bytes"))
"""The types of what is measured."""

"""What CloudWatch fills in for `${…}` in the label of a line.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/graph-dynamic-labels.html (read 2026-11-24)
"""

from __future__ import annotations

import re

VALUES = frozenset(
    {
        *("AVG", "MAX", "MIN", "SUM", "DATAPOINT_COUNT", "LABEL"),
        *("MAX_TIME", "MAX_TIME_RELATIVE", "MIN_TIME", "MIN_TIME_RELATIVE"),
        *("FIRST", "FIRST_TIME", "FIRST_TIME_RELATIVE"),
        *("LAST", "LAST_TIME", "LAST_TIME_RELATIVE"),
        *("FIRST_LAST_RANGE", "FIRST_LAST_TIME_RANGE", "MIN_MAX_RANGE", "MIN_MAX_TIME_RANGE"),
    }
)
PROPERTIES = frozenset(
    {"AccountId", "AccountLabel", "MetricName", "Namespace", "Period", "Region", "Stat"}
)
"""What `${PROP('…')}` gives besides `Dim.` and the name of a dimension."""
LABEL_VALUES = 6
"""The dynamic values a label may have."""
_PROPERTY = re.compile(r"PROP\(\s*(['\"])(?P<name>[^'\"]*)\1\s*\)")


def is_dynamic(code: str) -> bool:
    """Whether CloudWatch documents a value for what stands between the braces."""
    prop = _PROPERTY.fullmatch(code)
    if prop is None:
        return code in VALUES
    return prop["name"] in PROPERTIES or prop["name"].startswith("Dim.")

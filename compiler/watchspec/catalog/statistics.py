"""What the statistics of some metrics are worth."""

from __future__ import annotations

ONLY_STATISTICS: dict[tuple[str, str], str] = {
    ("AWS/ApplicationELB", "RequestCountPerTarget"): "Sum",
    ("AWS/S3", "BucketSizeBytes"): "Average",
    ("AWS/S3", "NumberOfObjects"): "Average",
}
"""Metrics of which AWS calls one statistic the only valid one.

Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html and
https://docs.aws.amazon.com/AmazonS3/latest/userguide/metrics-dimensions.html (read 2026-11-24)
"""

_COUNTED_ONE_BY_ONE = {
    "AWS/ApplicationELB": (
        *(f"HTTPCode_ELB_{code}_Count" for code in ("3XX", "4XX", "5XX")),
        *(f"HTTPCode_Target_{code}_Count" for code in ("2XX", "3XX", "4XX", "5XX")),
    ),
    "AWS/ELB": (
        "RequestCount",
        *(f"HTTPCode_Backend_{code}" for code in ("2XX", "3XX", "4XX", "5XX")),
        *(f"HTTPCode_ELB_{code}" for code in ("4XX", "5XX")),
    ),
}
"""Counts of which a data point is published for each request, so that only their sum is of use.

Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html and
https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-cloudwatch-metrics.html (read 2026-11-24)
"""

ALWAYS_ONE = frozenset(
    (namespace, name) for namespace, names in _COUNTED_ONE_BY_ONE.items() for name in names
)
PLAIN_VALUES = frozenset(("Average", "Minimum", "Maximum"))
"""The statistics that are one of the values, or between them."""

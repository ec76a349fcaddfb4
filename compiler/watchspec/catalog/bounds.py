"""Between which values the samples of a metric lie, as far as AWS says or its unit tells."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from watchspec.catalog.metrics import is_complete, look_up_metric


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the greatest value a sample can have; `is_sure` = AWS says so."""

    low: float = -inf
    high: float = inf
    is_sure: bool = True


_FLAGS: dict[str, tuple[str, ...]] = {
    "AWS/ApiGateway": ("4XXError", "5XXError"),
    "AWS/EBS": ("VolumeIOPSExceededCheck", "VolumeThroughputExceededCheck"),
    "AWS/EC2": (
        "StatusCheckFailed",
        "StatusCheckFailed_AttachedEBS",
        "StatusCheckFailed_Instance",
        "StatusCheckFailed_System",
    ),
    "AWS/Route53": ("HealthCheckStatus",),
    "AWS/S3": ("4xxErrors", "5xxErrors"),
}
"""Metrics whose samples are 0 or 1.

For API Gateway and S3 a sample is a request, so that the Average is the share of failed ones.
Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html,
https://docs.aws.amazon.com/AmazonS3/latest/userguide/metrics-dimensions.html,
https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/viewing_metrics_with_cloudwatch.html,
https://docs.aws.amazon.com/compute-optimizer/latest/ug/ebs-metrics-analyzed.html,
https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/monitoring-health-checks.html (read 2026-11-24)
"""
_RATIOS: dict[str, tuple[str, ...]] = {"AWS/Lambda": ("ProvisionedConcurrencyUtilization",)}
"""Metrics between 0 and 1, though their unit is Percent.

Source: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-concurrency.html (read 2026-11-24)
"""
_SHARES: dict[str, tuple[str, ...]] = {
    "AWS/CloudFront": (
        "401ErrorRate",
        "403ErrorRate",
        "404ErrorRate",
        "4xxErrorRate",
        "502ErrorRate",
        "503ErrorRate",
        "504ErrorRate",
        "5xxErrorRate",
        "CacheHitRate",
        "TotalErrorRate",
    ),
    "AWS/EBS": ("BurstBalance",),
    "AWS/EC2": ("CPUUtilization", "EBSByteBalance%", "EBSIOBalance%"),
    "AWS/ElastiCache": ("CPUUtilization",),
    "AWS/RDS": ("BurstBalance", "CPUUtilization", "EBSByteBalance%", "EBSIOBalance%"),
    "AWS/Redshift": ("PercentageDiskSpaceUsed",),
    "AWS/Route53": ("HealthCheckPercentageHealthy",),
}
"""Metrics that say how much of a whole in percent, so that none is beyond 100.

Others in percent can be: CPUUtilization of ECS counts what a task takes beyond its reservation.
Source: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/programming-cloudwatch-metrics.html,
https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/viewing_metrics_with_cloudwatch.html,
https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-metrics.html,
https://docs.aws.amazon.com/redshift/latest/mgmt/metrics-listing.html,
https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/monitoring-health-checks.html,
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/available-metrics.html (read 2026-11-24)
"""
_AMOUNTS = ("Count", "Percent", "Bytes", "Kilobytes", "Megabytes", "Gigabytes")
_TIMES = ("Seconds", "Milliseconds", "Microseconds")
_NEVER_NEGATIVE = frozenset((*_AMOUNTS, *_TIMES, "Count/Second", "Bytes/Second"))
_PERHAPS_NEGATIVE = (
    "Age",
    "Behind",
    "Delta",
    "Expir",
    "Lag",
    "Log",
    "Offset",
    "Slot",
    "TTL",
    "Until",
)
"""Words in the names of metrics that say -1 for "there is none", or could: RDS does for lags."""


def bounds_of_samples(namespace: str, name: str) -> Bounds:
    """Between what the samples of a metric lie; of what is not known they lie anywhere."""
    if name in _FLAGS.get(namespace, ()) + _RATIOS.get(namespace, ()):
        return Bounds(0, 1)
    if name in _SHARES.get(namespace, ()):
        return Bounds(0, 100)
    unit = look_up_metric(namespace, name).unit
    if unit in _NEVER_NEGATIVE and not any(word in name for word in _PERHAPS_NEGATIVE):
        return Bounds(low=0, is_sure=is_complete(namespace))
    return Bounds()

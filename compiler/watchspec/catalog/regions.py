"""Partitions, Regions and the metrics that exist in one Region only."""

from __future__ import annotations

GLOBAL_REGION = "us-east-1"
SINGLE_REGION_NAMESPACES = {"AWS/Billing": GLOBAL_REGION, "AWS/Route53": GLOBAL_REGION}
"""Namespaces that publish to one Region only, whatever the Region of the resource.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/monitor_estimated_charges_with_cloudwatch.html
and https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/monitoring-cloudwatch.html (read 2026-11-24)
"""

_PARTITIONS = {"cn-": "aws-cn", "us-gov-": "aws-us-gov"}
_CONSOLES = {
    "aws": "{region}.console.aws.amazon.com",
    "aws-cn": "console.amazonaws.cn",
    "aws-us-gov": "console.amazonaws-us-gov.com",
}


def partition_of(region: str) -> str:
    """The partition of a Region: aws, aws-cn or aws-us-gov.

    Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html (read 2026-11-24)
    """
    for prefix, partition in _PARTITIONS.items():
        if region.startswith(prefix):
            return partition
    return "aws"


def console_host(region: str) -> str:
    """The host of the AWS console for a Region; those of China and GovCloud are not verified."""
    return _CONSOLES[partition_of(region)].format(region=region)

"""Partitions, Regions and the metrics that exist in one Region only."""

from __future__ import annotations

GLOBAL_REGION = "us-east-1"
SINGLE_REGION_NAMESPACES = dict.fromkeys(
    ("AWS/Billing", "AWS/CloudFront", "AWS/Route53"), GLOBAL_REGION
)
"""Namespaces that publish to one Region only, whatever the Region of the resource.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/monitor_estimated_charges_with_cloudwatch.html,
https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/programming-cloudwatch-metrics.html and
https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/monitoring-cloudwatch.html (read 2026-11-24)
"""

REGIONS = (
    "af-south-1", "ap-east-1", "ap-east-2", "ap-northeast-1", "ap-northeast-2", "ap-northeast-3",
    "ap-south-1", "ap-south-2", "ap-southeast-1", "ap-southeast-2", "ap-southeast-3",
    "ap-southeast-4", "ap-southeast-5", "ap-southeast-6", "ap-southeast-7", "ca-central-1",
    "ca-west-1", "cn-north-1", "cn-northwest-1", "eu-central-1", "eu-central-2", "eu-isoe-west-1",
    "eu-north-1", "eu-south-1", "eu-south-2", "eu-west-1", "eu-west-2", "eu-west-3",
    "eusc-de-east-1", "il-central-1", "me-central-1", "me-south-1", "mx-central-1", "sa-east-1",
    "us-east-1", "us-east-2", "us-gov-east-1", "us-gov-west-1", "us-iso-east-1", "us-iso-west-1",
    "us-isob-east-1", "us-isob-west-1", "us-isof-east-1", "us-isof-south-1", "us-west-1",
    "us-west-2",
)  # fmt: skip
"""The Regions cfn-lint 1.58 has schemas for; there may be newer ones, so a guess only.

Source: https://github.com/aws-cloudformation/cfn-lint, helpers.REGIONS of version 1.58.0
"""

_PARTITIONS = {
    "cn-": "aws-cn",
    "us-gov-": "aws-us-gov",
    "us-iso-": "aws-iso",
    "us-isob-": "aws-iso-b",
    "eu-isoe-": "aws-iso-e",
    "us-isof-": "aws-iso-f",
    "eusc-": "aws-eusc",
}
_CONSOLES = {
    "aws": "{region}.console.aws.amazon.com",
    "aws-cn": "console.amazonaws.cn",
    "aws-us-gov": "console.amazonaws-us-gov.com",
}


def partition_of(region: str) -> str:
    """The partition of a Region, such as aws, aws-cn or aws-us-gov.

    Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html (read 2026-11-24)
    """
    for prefix, partition in _PARTITIONS.items():
        if region.startswith(prefix):
            return partition
    return "aws"


def console_host(region: str) -> str:
    """The host of the AWS console for a Region; those outside the partition aws are not verified."""
    form = _CONSOLES.get(partition_of(region), _CONSOLES["aws"])
    return form.format(region=region)

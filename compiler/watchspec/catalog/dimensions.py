"""What the values of some dimensions look like."""

from __future__ import annotations

VALUE_BEGINNINGS: dict[tuple[str, str], tuple[str, ...]] = {
    ("AWS/ApplicationELB", "LoadBalancer"): ("app/",),
    ("AWS/ApplicationELB", "TargetGroup"): ("targetgroup/",),
    ("AWS/NetworkELB", "LoadBalancer"): ("net/",),
    ("AWS/NetworkELB", "TargetGroup"): ("targetgroup/",),
    ("AWS/GatewayELB", "LoadBalancer"): ("gwy/",),
}
"""How the end of an ARN begins that a load balancer reports its metrics by.

Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html,
https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-cloudwatch-metrics.html and
https://docs.aws.amazon.com/elasticloadbalancing/latest/gateway/cloudwatch-metrics.html (read 2026-11-24)
"""

NAMED_BY_NAME = frozenset(
    (
        ("AWS/DynamoDB", "TableName"),
        ("AWS/ECS", "ClusterName"),
        ("AWS/ECS", "ServiceName"),
        ("AWS/Events", "RuleName"),
        ("AWS/Lambda", "FunctionName"),
        ("AWS/Logs", "LogGroupName"),
        ("AWS/RDS", "DBClusterIdentifier"),
        ("AWS/RDS", "DBInstanceIdentifier"),
        ("AWS/S3", "BucketName"),
        ("AWS/SNS", "TopicName"),
        ("AWS/SQS", "QueueName"),
        ("ECS/ContainerInsights", "ClusterName"),
        ("ECS/ContainerInsights", "ServiceName"),
    )
)
"""Dimensions whose values are plain names, never ARNs or addresses.

Source: the pages of the services below
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/aws-services-cloudwatch-metrics.html (read 2026-11-24)
"""


UNLISTED_VALUES = frozenset({"ServiceName"})
"""Dimensions whose values AWS does not list, so that the known ones are those that were seen.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/monitor_estimated_charges_with_cloudwatch.html (read 2026-11-24)
"""
_ADDRESSES = ("arn:", "http://", "https://", "s3://")
_MARKS = {"FunctionName": ":function:", "LogGroupName": ":log-group:"}
"""What stands in front of a name that may hold slashes, or have more behind it."""


def name_in_address(namespace: str, dimension: str, value: str) -> str | None:
    """What to write in place of an ARN or an address; None if the value may stand."""
    for beginning in VALUE_BEGINNINGS.get((namespace, dimension), ()):
        if not value.startswith(beginning):
            name = value.partition(beginning)[2] if value.startswith("arn:") else ""
            return beginning + (name or "…")
    if (namespace, dimension) not in NAMED_BY_NAME or not value.startswith(_ADDRESSES):
        return None
    if dimension in _MARKS:
        return value.partition(_MARKS[dimension])[2].partition(":")[0] or "…"
    return value.rstrip("/").rpartition("/")[2].rpartition(":")[2] or "…"

"""Metrics of ECS that only enhanced Container Insights publishes."""

from __future__ import annotations

from collections.abc import Collection

_NAMESPACE = "ECS/ContainerInsights"
_METRICS = frozenset(
    (
        *(f"Container{what}" for what in ("CpuReserved", "CpuUtilization", "CpuUtilized")),
        *(f"ContainerMemory{what}" for what in ("Reserved", "Utilization", "Utilized")),
        *(f"ContainerNetwork{what}Bytes" for what in ("Rx", "Tx")),
        *(f"ContainerStorage{what}Bytes" for what in ("Read", "Write")),
        "RestartCount",
        "TaskCpuUtilization",
        "TaskMemoryUtilization",
        "UnHealthyContainerHealthStatus",
    )
)
"""Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-enhanced-observability-metrics-ECS.html (read 2026-11-24)"""


def needs_enhanced_insights(namespace: str, metric: str, dimensions: Collection[str]) -> bool:
    """Whether `enabled` is not enough for the setting containerInsights of a cluster."""
    return namespace == _NAMESPACE and (metric in _METRICS or "TaskId" in dimensions)

"""What it means that a metric has no data, and which setting of missing data fits that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from watchspec.diagnostics import Severity

Kind: TypeAlias = Literal["error count", "availability", "heartbeat", "utilisation"]
"""What a metric tells: failures; how much is there; that something happened; how much of it is used."""
Direction: TypeAlias = Literal["up", "down", "both"]
Setting: TypeAlias = Literal["missing", "ignore", "breaching", "notBreaching"]

IGNORES_MISSING_DATA = "AWS/DynamoDB"
"""The one namespace for which CloudWatch ignores missing data unless told otherwise.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html (read 2026-11-24)
"""
_KINDS: dict[tuple[Kind, str], tuple[str, ...]] = {
    ("error count", "AWS/ApplicationELB"): (
        "ClientTLSNegotiationErrorCount",
        "ELBAuthError",
        "ELBAuthFailure",
        "HTTPCode_ELB_4XX_Count",
        "HTTPCode_ELB_500_Count",
        "HTTPCode_ELB_502_Count",
        "HTTPCode_ELB_503_Count",
        "HTTPCode_ELB_504_Count",
        "HTTPCode_ELB_5XX_Count",
        "HTTPCode_Target_4XX_Count",
        "HTTPCode_Target_5XX_Count",
        "LambdaInternalError",
        "LambdaUserError",
        "RejectedConnectionCount",
        "TargetConnectionErrorCount",
        "TargetTLSNegotiationErrorCount",
    ),
    ("error count", "AWS/DynamoDB"): (
        "ReadThrottleEvents",
        "SystemErrors",
        "ThrottledRequests",
        "UserErrors",
        "WriteThrottleEvents",
    ),
    ("error count", "AWS/Events"): (
        "FailedInvocations",
        "InvocationsFailedToBeSentToDlq",
        "InvocationsSentToDlq",
    ),
    ("availability", "AWS/ApplicationELB"): ("HealthyHostCount",),
    ("availability", "ECS/ContainerInsights"): ("RunningTaskCount",),
}
"""Metrics that AWS publishes only while there is something to count.

Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html,
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html,
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html (DynamoDB),
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-metrics-ECS.html (read 2026-11-24)
"""
_TASKS_COUNTED_BY_SAMPLES = ("CPUUtilization", "MemoryUtilization")
"""Metrics of AWS/ECS with one sample a minute for each running task, and none without.

Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/available-metrics.html (read 2026-11-24)
"""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is wrong with a setting, and the one that fits."""

    severity: Severity
    reason: str
    better: Setting


def kind_of_metric(namespace: str, name: str, statistic: str) -> Kind | None:
    """What a metric of AWS tells; None where its silence means nothing in particular."""
    if statistic == "SampleCount":
        counts_tasks = namespace == "AWS/ECS" and name in _TASKS_COUNTED_BY_SAMPLES
        return "availability" if counts_tasks else None
    return next(
        (kind for (kind, of), names in _KINDS.items() if of == namespace and name in names), None
    )


_QUIET = "has data only when something fails, so the alarm"
_GONE = "has no data when nothing is left to count, and the alarm"
_SILENT = "has no data when it stops, which is what this alarm is for, and the alarm"
VERDICTS: dict[tuple[Kind, Direction, Setting], Verdict] = {
    ("error count", "up", "breaching"): Verdict(
        Severity.ERROR, f"{_QUIET} is on whenever nothing does", "notBreaching"
    ),
    ("error count", "up", "missing"): Verdict(
        Severity.WARNING, f"{_QUIET} has insufficient data whenever nothing does", "notBreaching"
    ),
    ("error count", "up", "ignore"): Verdict(
        Severity.WARNING, f"{_QUIET} stays on after the last failure", "notBreaching"
    ),
    ("error count", "down", "notBreaching"): Verdict(
        Severity.WARNING, f"{_QUIET} never hears of none", "breaching"
    ),
    ("error count", "both", "breaching"): Verdict(
        Severity.ERROR, f"{_QUIET} is on whenever nothing does", "notBreaching"
    ),
    ("availability", "down", "missing"): Verdict(
        Severity.WARNING, f"{_GONE} tells nobody", "breaching"
    ),
    ("availability", "down", "ignore"): Verdict(
        Severity.WARNING, f"{_GONE} keeps its state then", "breaching"
    ),
    ("availability", "down", "notBreaching"): Verdict(
        Severity.WARNING, f"{_GONE} takes that for well", "breaching"
    ),
    ("availability", "up", "breaching"): Verdict(
        Severity.WARNING, f"{_GONE} takes that for too many", "notBreaching"
    ),
    ("availability", "both", "ignore"): Verdict(
        Severity.WARNING, f"{_GONE} keeps its state then", "breaching"
    ),
    ("availability", "both", "notBreaching"): Verdict(
        Severity.WARNING, f"{_GONE} takes that for well", "breaching"
    ),
    ("heartbeat", "down", "missing"): Verdict(
        Severity.WARNING, f"{_SILENT} tells nobody", "breaching"
    ),
    ("heartbeat", "down", "ignore"): Verdict(
        Severity.ERROR, f"{_SILENT} keeps its state then", "breaching"
    ),
    ("heartbeat", "down", "notBreaching"): Verdict(
        Severity.ERROR, f"{_SILENT} takes that for well", "breaching"
    ),
}
"""The settings that do not fit what silence means; all others do.

AWS advises notBreaching for metrics that exist only on errors and breaching for those that always
exist; the rest follows from what each setting does.
Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html (read 2026-11-24)
"""

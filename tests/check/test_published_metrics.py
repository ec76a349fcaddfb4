"""Metrics nobody publishes: errors where that is sure, warnings where it is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import HEAD, compile_text, marked_text
from watchspec.diagnostics import Diagnostic, Severity

ERROR, WARNING = Severity.ERROR, Severity.WARNING
JUDGED = {
    # A near miss is an error wherever it is.
    "AWS/EC2 CPUUtilisation": (ERROR, "CPUUtilisation", 'did you mean "CPUUtilization"?', ""),
    "AWS/ECS cpuutilization": (ERROR, "cpuutilization", 'did you mean "CPUUtilization"?', ""),
    "AWS/RDS FreeStoragSpace": (ERROR, "FreeStoragSpace", 'did you mean "FreeStorageSpace"?', ""),
    "AWS/RDS FreeStorageSapce": (ERROR, "FreeStorageSapce", 'did you mean "FreeStorageSpace"?', ""),
    "AWS/Lamda Errors": (ERROR, "AWS/Lamda", 'did you mean "AWS/Lambda"?', ""),
    "AWS/Lambda  Erors": (ERROR, "Erors", 'did you mean "Errors"?', ""),
    "AWS/sqs NumberOfMessagesSent": (ERROR, "AWS/sqs", 'did you mean "AWS/SQS"?', ""),
    # So is an unknown name where the list was checked.
    "AWS/SQS Orders": (ERROR, "Orders", "", ""),
    "AWS/ECS RunningTaskCount": (
        ERROR,
        "RunningTaskCount",
        "",
        "write  ECS/ContainerInsights RunningTaskCount  and turn on Container Insights for the cluster",
    ),
    "AWS/EC2 FreeableMemory": (ERROR, "FreeableMemory", "", ""),
    "AWS/EC2 NatGatewayId": (ERROR, "NatGatewayId", "", ""),
    "AWS/SQS IteratorAge": (ERROR, "IteratorAge", "", "write  AWS/Lambda IteratorAge"),
    # Elsewhere there may be more than is known.
    "AWS/RDS SomethingNew": (WARNING, "SomethingNew", "", ""),
    "AWS/CloudFront 599ErrorRate": (
        WARNING,
        "599ErrorRate",
        'did you mean "5xxErrorRate"?',
        "",
    ),
    "AWS/RDS FreeStorageSpaces2": (
        WARNING,
        "FreeStorageSpaces2",
        'did you mean "FreeStorageSpace"?',
        "",
    ),
    "AWS/BrandNewService Requests": (WARNING, "AWS/BrandNewService", "", ""),
    "AWS/EVS Hosts": (WARNING, "AWS/EVS", 'did you mean "AWS/ES"?', ""),
    "aws/ecs CPUUtilization": (WARNING, "aws/ecs", 'did you mean "AWS/ECS"?', ""),
    "CWAgnet mem_used_percent": (WARNING, "CWAgnet", 'did you mean "CWAgent"?', ""),
    # Known, known to have no list, and one's own.
    "AWS/EC2 CPUUtilization": None,
    "AWS/EC2 InstanceEBSIOPSExceededCheck": None,
    "AWS/ApplicationELB AnomalousHostCount": None,
    "AWS/DynamoDB ReadAccountLimitThrottleEvents": None,
    "ECS/ContainerInsights RunningTaskCount": None,
    "AWS/Athena Whatever": None,
    "AWS/Bedrock Invocations": None,
    "AWS/States LambdaFunctionsFailed": None,
    "AWS/OSIS orders.opensearch.documentsFailed.count": None,
    # A list that is known to be short says nothing of what is not in it.
    "AWS/AmazonMQ HeapUsage": None,
    "AWS/AmazonMQ CpuUtilisation": (
        ERROR,
        "CpuUtilisation",
        'did you mean "CpuUtilization"?',
        "",
    ),
    "CWAgent mem_used_percent": None,
    "Shop Orders": None,
    "shop/prod orders": None,
}
FILTER = """\
logs:
  app:
    group: /app
    retention: 30 days
    metrics: {order_errors: {pattern: ERROR, namespace: Shop/Api}}
"""


def find(text: str, folder: Path) -> list[Diagnostic]:
    """What is said of the names of metrics."""
    found = compile_text(text, folder).diagnostics
    return [one for one in found if one.rule == "metric/not-published"]


@pytest.mark.parametrize("metric", JUDGED)
def test_a_metric_nobody_publishes_is_found_where_it_is_written(
    metric: str, tmp_path: Path
) -> None:
    text = HEAD + f"metrics: {{m: {{metric: {metric}}}}}\n"

    found = find(text, tmp_path)

    judged = JUDGED[metric]
    told = [(one.severity, marked_text(one), one.hint, one.help) for one in found]
    assert told == ([] if judged is None else [judged])


def test_metrics_inside_expressions_and_widgets_are_looked_at(tmp_path: Path) -> None:
    text = HEAD + "metrics: {sum: {expression: a + 1, given: {a: AWS/SQS Foo}}}\n"
    text += "dashboards: {d: {rows: [{text: hello}, {graph: AWS/SQS Bar}]}}\n"

    found = find(text, tmp_path)

    assert [(one.message, marked_text(one)) for one in found] == [
        ('there is no metric "Foo" in AWS/SQS', "Foo"),
        ('there is no metric "Bar" in AWS/SQS', "Bar"),
    ]


def test_a_metric_used_many_times_is_told_once(tmp_path: Path) -> None:
    text = HEAD + "metrics: {m: {metric: AWS/EC2 CPUUtilisation}}\n"
    text += "alarms: {a: {severity: info, when: {metric: m, period: 10m, above: 1}}}\n"
    text += "dashboards: {d: {rows: [{graph: [m, {metric: m, statistic: Maximum}]}]}}\n"

    (found,) = find(text, tmp_path)

    assert found.location is not None
    assert (found.location.line, found.location.column) == (5, 31)


@pytest.mark.parametrize(
    ("metric", "marked", "hint"),
    [
        ("Shop/Api order_eror", None, None),
        ("Shop/Api order_erors", "order_erors", 'did you mean "order_errors"?'),
        ("Shop/Api Order_Errors", "Order_Errors", 'did you mean "order_errors"?'),
        ("Shop/Ap order_errors", "Shop/Ap", 'did you mean "Shop/Api"?'),
        ("Shop/Api latency", None, None),
        ("Shop/Api order_errors", None, None),
        ("Shop/Web order_errors", None, None),
    ],
)
def test_a_slip_in_the_name_of_a_filtered_metric_is_a_warning(
    metric: str, marked: str | None, hint: str | None, tmp_path: Path
) -> None:
    text = HEAD + FILTER + f"metrics: {{m: {{metric: {metric}}}}}\n"

    found = find(text, tmp_path)

    assert [(one.severity, marked_text(one), one.hint) for one in found] == (
        [(WARNING, marked, hint)] if marked else []
    )


def test_a_slip_in_a_metric_that_the_spec_names_is_a_warning_where_it_is_used(
    tmp_path: Path,
) -> None:
    text = HEAD + "metrics: {orders: {metric: Shop Orders}}\n"
    text += "alarms: {a: {severity: info, when: {metric: Shop Oders, above: 1}}}\n"

    (found,) = find(text, tmp_path)

    assert found.severity is WARNING
    assert (marked_text(found), found.hint) == ("Oders", 'did you mean "Orders"?')


def test_two_metrics_the_spec_names_may_be_alike(tmp_path: Path) -> None:
    text = HEAD + "metrics: {a: {metric: Shop Order}, b: {metric: Shop Orders}}\n"

    assert find(text, tmp_path) == []

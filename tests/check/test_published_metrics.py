"""Metrics AWS does not publish: errors where that is sure, warnings where it is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import HEAD, compile_text, marked_text
from watchspec.diagnostics import Severity

ERROR, WARNING = Severity.ERROR, Severity.WARNING
JUDGED = {
    # A near miss is an error wherever it is.
    "AWS/ECS CPUUtilisation": (ERROR, 'did you mean "CPUUtilization"?'),
    "AWS/ECS cpuutilization": (ERROR, 'did you mean "CPUUtilization"?'),
    "AWS/RDS FreeStoragSpace": (ERROR, 'did you mean "FreeStorageSpace"?'),
    "AWS/Lamda Errors": (ERROR, 'did you mean "AWS/Lambda"?'),
    "aws/ecs CPUUtilization": None,
    # So is an unknown name where the list was checked.
    "AWS/SQS Orders": (ERROR, ""),
    "AWS/ECS RunningTaskCount": (ERROR, ""),
    # Elsewhere there may be more than is known.
    "AWS/RDS SomethingNew": (WARNING, ""),
    "AWS/CloudFront 599ErrorRate": (WARNING, 'did you mean "5xxErrorRate"?'),
    "AWS/BrandNewService Requests": (WARNING, ""),
    # Known, known to have no list, and one's own.
    "ECS/ContainerInsights RunningTaskCount": None,
    "AWS/Athena Whatever": None,
    "CWAgent mem_used_percent": None,
    "Shop Orders": None,
    "shop/prod orders": None,
}


@pytest.mark.parametrize("metric", JUDGED)
def test_a_metric_aws_does_not_publish_is_found(metric: str, tmp_path: Path) -> None:
    text = HEAD + f"metrics: {{m: {{metric: {metric}}}}}\n"

    found = [
        one for one in compile_text(text, tmp_path).diagnostics if one.rule != "template/empty"
    ]

    judged = JUDGED[metric]
    assert [(one.severity, one.hint) for one in found] == ([] if judged is None else [judged])
    assert {one.rule for one in found} <= {"metric/not-published"}
    assert {marked_text(one) for one in found} <= {metric}


def test_metrics_inside_expressions_and_widgets_are_looked_at(tmp_path: Path) -> None:
    text = HEAD + "metrics: {sum: {expression: a + 1, given: {a: AWS/SQS Foo}}}\n"
    text += "dashboards: {d: {rows: [{graph: AWS/SQS Bar}]}}\n"

    found = compile_text(text, tmp_path).diagnostics

    assert [marked_text(one) for one in found] == ["AWS/SQS Foo", "AWS/SQS Bar"]

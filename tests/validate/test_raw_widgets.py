"""Raw widgets: what CloudWatch refuses is found at its place, what it takes is left alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from support import HEAD, compile_text, marked_text, only_error
from watchspec.diagnostics import Severity
from watchspec.pipeline import compile_spec

DASHBOARD = "dashboards:\n  web:\n    rows:\n    - raw: "
METRIC = "{{type: metric, properties: {{region: eu-west-1, {}}}}}"
LINES = "{{type: metric, properties: {{region: eu-west-1, metrics: [{}]}}}}"

REFUSED = {
    # The widget: what is marked, and what is said.
    "{type: nonsense, properties: {}}": ("nonsense", 'type cannot be "nonsense"'),
    "{type: text, properties: {}}": ("properties", 'properties needs "markdown"'),
    "{type: log, properties: {query: fields a}}": ("properties", 'properties needs "region"'),
    "{type: log, properties: {region: r, query: ''}}": ("''", "properties.query is empty"),
    "{type: alarm, properties: {alarms: []}}": ("[", "properties.alarms needs at least one item"),
    "{type: alarm, properties: {alarms: [a]}}": ("a", 'properties.alarms[0] cannot be "a"'),
    "{type: chart, properties: {view: table}}": ("table", 'properties.view cannot be "table"'),
    "{type: explorer, properties: {labels: [{key: a}]}}": (
        "properties",
        'properties needs "metrics"',
    ),
    METRIC.format("title: a"): ("properties", 'properties needs "metrics"'),
    METRIC.format("metrics: []"): ("[", "properties.metrics needs at least one item"),
    METRIC.format("metrics: [X]"): ("X", 'properties.metrics[0] is "X"; expected a list'),
    METRIC.format("period: 90, metrics: [[X, Y]]"): (
        "90",
        "properties.period is 90; it must be a multiple of 60",
    ),
    METRIC.format('period: "60", metrics: [[X, Y]]'): (
        '"60"',
        'properties.period is "60"; expected a whole number',
    ),
    METRIC.format("view: gauge, metrics: [[X, Y]]"): ("properties", 'properties needs "yAxis"'),
    METRIC.format("view: gauge, yAxis: {left: {min: 0}}, metrics: [[X, Y]]"): (
        "left",
        'properties.yAxis.left needs "max"',
    ),
    METRIC.format("annotations: {horizontal: [{value: 1}]}"): (
        "properties",
        'properties needs "metrics"',
    ),
    METRIC.format("metrics: [[X, Y]], annotations: {horizontal: [{fill: above}]}"): (
        "{",
        'properties.annotations.horizontal[0] needs "value"',
    ),
    METRIC.format("metrics: [[X, Y]], annotations: {horizontal: [{valeu: 1}]}"): (
        "valeu",
        'unknown key "valeu" in properties.annotations.horizontal[0]',
    ),
    METRIC.format("metrics: [[X, Y]], annotations: {horizontal: [[{value: 1}]]}"): (
        "[",
        "properties.annotations.horizontal[0] needs 2 items",
    ),
    METRIC.format("metrics: [[X, Y]], annotations: {vertical: [{value: 5}]}"): (
        "5",
        "properties.annotations.vertical[0].value is 5; expected text",
    ),
    LINES.format("[X, Y, {Name: a, Value: b}]"): ("{", "a dimension is two texts, not a mapping"),
    LINES.format("[X, Y, {id: a}, Z]"): ("{", "only the last part of a metric may be a mapping"),
    LINES.format("[X, Y, Z]"): ("Z", 'the metric lacks a value for "Z"'),
    LINES.format("[X]"): ("X", "the metric lacks a name"),
    LINES.format("[{id: a}]"): ("[", "the entry is neither a metric nor an expression"),
    LINES.format("[X, Y, {expression: a}]"): (
        "expression",
        "an expression stands alone, without a metric",
    ),
    LINES.format("[X, Y, Z, 5]"): ("5", "properties.metrics[0][3] is 5; expected text"),
    LINES.format("[X, Y, {id: a}], [X, Z, {id: a}]"): (
        "a",
        'two lines of the widget have the id "a"',
    ),
    LINES.format("[X, Y, {id: A}]"): ("A", 'properties.metrics[0][2].id cannot be "A"'),
    LINES.format("[X, Y, {color: red}]"): ("red", 'properties.metrics[0][2].color cannot be "red"'),
    LINES.format("[]"): ("[", "properties.metrics[0] needs at least one item"),
}


@pytest.mark.parametrize("widget", REFUSED)
def test_a_widget_that_cloudwatch_refuses_is_an_error(widget: str, tmp_path: Path) -> None:
    error = only_error(compile_text(HEAD + DASHBOARD + widget, tmp_path), "dashboard/bad-widget")

    assert (marked_text(error), error.message) == REFUSED[widget]


UNKNOWN = {
    "{type: text, properties: {markdown: a, colour: red}}": ("colour", ""),
    "{type: text, properties: {markdown: a, backgroud: solid}}": (
        "backgroud",
        'did you mean "background"?',
    ),
    METRIC.format("metrics: [[X, Y, {colour: red}]]"): ("colour", 'did you mean "color"?'),
    "{type: custom, properties: {endpont: a}}": ("endpont", 'did you mean "endpoint"?'),
}


@pytest.mark.parametrize("widget", UNKNOWN)
def test_a_property_nobody_knows_is_a_warning(widget: str, tmp_path: Path) -> None:
    (found,) = compile_text(HEAD + DASHBOARD + widget, tmp_path).diagnostics

    assert found.severity is Severity.WARNING
    assert found.rule == "dashboard/unknown-property"
    assert (marked_text(found), found.hint) == UNKNOWN[widget]


def test_a_text_that_is_known_only_at_deployment_may_be_anything(tmp_path: Path) -> None:
    deferred = "[X, Y, {color: '${color}'}], [X, Z, {color: '${color}', yAxis: '${color}'}]"

    text = HEAD + "parameters: {color: {description: The colour}}\n" + DASHBOARD

    assert compile_text(text + LINES.format(deferred), tmp_path).diagnostics == ()


def test_every_environment_is_looked_at_with_its_own_values(tmp_path: Path) -> None:
    text = HEAD.replace("eu-west-1}", "eu-west-1, values: {seconds: 60}}")
    text += "  test: {region: eu-west-1, values: {seconds: 61}}\ndashboards:\n  web:\n    rows:\n"
    text += f"    - raw: {METRIC.format('period: $@seconds#, metrics: [[X, Y]]')}\n"
    text = text.replace("$@seconds#", "'${seconds}'")

    error = only_error(compile_text(text, tmp_path), "dashboard/bad-widget")

    assert error.message.startswith("properties.period is 61; it must be a multiple of 60")


def test_of_twenty_thousand_lines_only_their_number_is_said(tmp_path: Path) -> None:
    lines = ", ".join(f"[X, M{number}, D, {{}}]" for number in range(20_000))

    compiled = compile_text(HEAD + DASHBOARD + LINES.format(lines), tmp_path)

    error = only_error(compiled, "dashboard/bad-widget")
    assert error.message == "properties.metrics has 20,000 items; 500 are the most"


LINE = ["AWS/SQS", "NumberOfMessagesSent", "QueueName", "orders"]
AXES = {"left": {"min": 0, "max": 100, "showUnits": False, "label": "%"}}
TAKEN: list[tuple[str, Any]] = [
    # As the console exports it.
    ("metric", {"metrics": [LINE, [".", "NumberOfMessagesReceived", ".", "."]]}),
    ("metric", {"metrics": [LINE, ["...", "returns"]]}),
    ("metric", {"metrics": [LINE, ["...", {"stat": "p99.9", "visible": False, "id": "m1"}]]}),
    ("metric", {"metrics": [[*LINE, "Region", "a"], ["...", "returns", ".", "."]]}),
    ("metric", {"metrics": [["AWS/EC2", "CPUUtilization"], ["...", {"stat": "Maximum"}]]}),
    ("metric", {"metrics": [[*LINE, {"period": 1}]], "period": 10}),
    ("metric", {"metrics": [LINE], "view": "gauge", "yAxis": AXES, "sparkline": True}),
    ("metric", {"metrics": [LINE], "view": "pie", "setPeriodToTimeRange": True, "trend": False}),
    ("metric", {"metrics": [LINE], "singleValueFullPrecision": True, "liveData": False}),
    ("metric", {"metrics": [LINE], "start": "-PT6H", "end": "P0D", "timezone": "+0130"}),
    ("metric", {"metrics": [LINE], "labels": {"visible": True}, "accountId": "123456789012"}),
    ("metric", {"metrics": [LINE], "legend": {"position": "hidden"}, "stat": "TM(10%:90%)"}),
    ("metric", {"metrics": [LINE], "table": {"summaryColumns": [], "stickySummary": True}}),
    ("metric", {"metrics": [[{"expression": "SUM(METRICS())", "id": "e1", "stat": "Sum"}], LINE]}),
    ("metric", {"metrics": [[{"expression": "SELECT COUNT(a) FROM b"}]]}),
    ("metric", {"insightRule": {"maxContributorCount": 10, "orderBy": "Sum", "ruleName": "a"}}),
    ("metric", {"annotations": {"alarms": ["arn:aws:cloudwatch:eu-west-1:1:alarm:a"]}}),
    (
        "metric",
        {
            "metrics": [LINE],
            "annotations": {
                "horizontal": [
                    [{"value": 1, "label": "a", "color": "#d62728"}, {"value": 0.5}],
                    {"value": 2, "fill": "above", "color": "#aaa", "yAxis": "right"},
                ],
                "vertical": [[{"value": "2026-11-24T10:00:00Z"}, {"value": "2026-11-25T10:00Z"}]],
            },
        },
    ),
    ("text", {"markdown": ""}),
    ("log", {"query": "SOURCE '/a' | SOURCE \"/b\" | limit 1", "view": "bar", "stacked": False}),
    ("log", {"query": "SOURCE logGroups(namePrefix: ['/a']) | limit 1", "queryLanguage": "CWLI"}),
    ("log", {"query": "fields a", "queryBy": "logGroupName", "logGroupPrefixes": {"a": []}}),
    ("alarm", {"alarms": ["arn:aws-cn:cloudwatch:r:1:alarm:a"], "states": [], "title": "a"}),
    (
        "explorer",
        {
            "metrics": [
                {"metricName": "a", "resourceType": "AWS::EC2::Instance", "stat": "Average"}
            ],
            "labels": [{"key": "a"}, {"key": "State", "value": "running"}],
            "aggregateBy": {"key": "", "func": ""},
            "splitBy": "#",
            "period": 10,
            "region": "eu-west-1",
            "widgetOptions": {"legend": {"position": "right"}, "view": "bar", "rowsPerPage": 1},
        },
    ),
    ("custom", {"endpoint": "arn:aws:lambda:eu-west-1:1:function:f", "params": {"a": [1]}}),
    ("custom", {"updateOn": {"refresh": True, "resize": False, "timeRange": True}}),
]


@pytest.mark.parametrize(("kind", "properties"), TAKEN, ids=range(len(TAKEN)))
def test_what_cloudwatch_takes_is_left_alone(kind: str, properties: Any, tmp_path: Path) -> None:
    region = {"region": "eu-west-1"} if kind in {"metric", "log"} else {}
    widget = json.dumps({"type": kind, "properties": region | properties})

    compiled = compile_text(HEAD + DASHBOARD + widget, tmp_path)

    assert compiled.diagnostics == ()


def test_a_widget_of_a_fragment_is_looked_at_where_it_stands(tmp_path: Path) -> None:
    fragment = (
        "version: v1\ndashboards:\n  web:\n    rows:\n    - raw: {type: text, properties: {}}\n"
    )
    (tmp_path / "part.yaml").write_text(fragment, "utf-8")
    path = tmp_path / "spec.yaml"
    path.write_text(HEAD + "include: [part.yaml]\n", "utf-8")

    error = only_error(compile_spec(str(path)), "dashboard/bad-widget")

    assert error.location is not None
    assert Path(error.location.file).name == "part.yaml"
    assert marked_text(error) == "properties"

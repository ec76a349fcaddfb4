"""Every dashboard is one that CloudWatch takes and draws."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from emit.dashboard_shape import find_faults
from emit.deployment import dashboards, deploy
from golden.cases import every_stack
from support import HEAD, ROOT, compile_text, errors, marked_text, only_error
from watchspec.model.compiled import CompiledSpec
from watchspec.model.template import Template

EXPORTS = {"network-<Plain>-cluster": "imported"}
SCHEMA = Draft202012Validator(
    json.loads((ROOT / "compiler/watchspec/catalog/dashboard_body.schema.json").read_text("utf-8"))
)
METRICS = HEAD + "metrics:\n  a: {metric: Shop/Web A, unit: Percent}\n  b: {metric: Shop/Web B}\n"


def test_dashboards_have_the_structure_cloudwatch_asks_for() -> None:
    faults = {name: faults_of(stack) for name, stack in every_stack().items()}

    assert {name: found for name, found in faults.items() if found} == {}


def test_dashboard_holds_at_most_500_widgets_heading_included(tmp_path: Path) -> None:
    texts = "[{text: a, width: 24}]," * 499

    compiled = compile_text(f"{HEAD}dashboards:\n  web: {{rows: [{texts}]}}\n", tmp_path)

    (body,) = dashboards(deploy(compiled.templates[0])).values()
    assert len(body["widgets"]) == 500
    assert find_faults(body) == []


def test_graph_holds_at_most_500_lines(tmp_path: Path) -> None:
    lines = "".join(f"{{metric: a, label: line {index}}}, " for index in range(500))

    compiled = compile_text(
        f"{METRICS}dashboards:\n  web: {{header: false, rows: [{{graph: [{lines}]}}]}}\n", tmp_path
    )

    (body,) = dashboards(deploy(compiled.templates[0])).values()
    assert len(body["widgets"][0]["properties"]["metrics"]) == 500
    assert find_faults(body) == []


def test_widgets_of_rows_of_any_widths_never_overlap(tmp_path: Path) -> None:
    rows = "".join(
        f"[{', '.join('{text: a}' for _ in range(count))}], [{{text: wide, width: {count}}}, "
        "{text: rest, height: 2}], "
        for count in range(1, 24)
    )

    compiled = compile_text(f"{HEAD}dashboards:\n  web: {{rows: [{rows}]}}\n", tmp_path)

    (body,) = dashboards(deploy(compiled.templates[0])).values()
    assert len(body["widgets"]) == 1 + sum(range(1, 24)) + 2 * 23
    assert find_faults(body) == []


@pytest.mark.parametrize(
    ("widget", "rule", "marked"),
    [
        pytest.param(
            '{graph: [{query: "SELECT MAX(A) FROM X"}, {query: "SELECT MIN(A) FROM X"}]}',
            "dashboard/two-queries",
            "[",
            id="two Metrics Insights queries in one graph",
        ),
        pytest.param(
            "{graph: a, annotations: [{at: 5%, fill: before}]}",
            "dashboard/bad-annotation",
            "before",
            id="a horizontal line shaded before it",
        ),
        pytest.param(
            '{graph: a, annotations: [{at: "2026-11-24T10:00:00Z", fill: above}]}',
            "dashboard/bad-annotation",
            "above",
            id="a vertical line shaded above it",
        ),
        pytest.param(
            '{graph: a, annotations: [{at: "2026-11-24T10:00:00Z", axis: right}]}',
            "dashboard/bad-annotation",
            "axis",
            id="a vertical line on an axis",
        ),
        pytest.param(
            '{graph: a, annotations: [{from: 1, to: "2026-11-24T10:00:00Z"}]}',
            "dashboard/bad-annotation",
            '"2026-11-24T10:00:00Z"',
            id="a band from a number to a time",
        ),
        pytest.param(
            '{graph: a, annotations: [{from: "2026-11-24T10:00:00Z", to: 1}]}',
            "dashboard/bad-annotation",
            "1",
            id="a band from a time to a number",
        ),
        pytest.param(
            '{graph: a, annotations: [{at: "2026-99-99T10:00:00Z"}]}',
            "dashboard/bad-annotation",
            '"2026-99-99T10:00:00Z"',
            id="a time that does not exist",
        ),
        pytest.param(
            "{gauge: a, min: 100%, max: 0%}",
            "dashboard/bad-annotation",
            "0%",
            id="a gauge that ends before it begins",
        ),
        pytest.param(
            "{graph: a, left: {min: 5, max: 1}}",
            "dashboard/bad-annotation",
            "1",
            id="an axis that ends before it begins",
        ),
        pytest.param(
            "{graph: b, right: {min: 5, max: 5}}",
            "dashboard/bad-annotation",
            "5",
            id="an axis of no length",
        ),
    ],
)
def test_widget_that_cannot_be_drawn_is_refused(
    widget: str, rule: str, marked: str, tmp_path: Path
) -> None:
    compiled = compile_text(
        f"{METRICS}dashboards:\n  web: {{header: false, rows: [{widget}]}}\n", tmp_path
    )

    assert marked_text(only_error(compiled, rule)) == marked


@pytest.mark.parametrize(
    ("widget", "marked"),
    [
        pytest.param(
            "{raw: {type: nonsense, properties: {}}}", "nonsense", id="of an unknown type"
        ),
        pytest.param(
            "{raw: {type: metric, properties: {region: eu-west-1, metrics: []}}}",
            "[",
            id="a metric widget without metrics",
        ),
        pytest.param(
            "{raw: {type: metric, properties: {metrics: [[X, Y]]}}}",
            "properties",
            id="a metric widget without a region",
        ),
    ],
)
def test_raw_widget_that_cloudwatch_refuses_is_not_emitted(
    widget: str, marked: str, tmp_path: Path
) -> None:
    compiled = compile_text(
        f"{METRICS}dashboards:\n  web: {{header: false, rows: [{widget}]}}\n", tmp_path
    )

    assert marked_text(only_error(compiled, "dashboard/bad-widget")) == marked


@pytest.mark.parametrize(
    ("dashboard", "rule", "marked"),
    [
        pytest.param(
            "variables: {v: {property: X, input: select}}",
            "dashboard/bad-variable",
            "v",
            id="a variable with nothing to choose from",
        ),
        pytest.param(
            "variables: {v: {property: X, input: radio}}",
            "dashboard/bad-variable",
            "v",
            id="buttons with nothing to choose from",
        ),
        pytest.param(
            "variables: {v: {property: X, input: select, values: [a], default: b}}",
            "dashboard/bad-variable",
            "b",
            id="a default that cannot be chosen",
        ),
        pytest.param(
            "start: 2026-99-99T10:00:00Z",
            "dashboard/bad-annotation",
            "2026-99-99T10:00:00Z",
            id="a start that does not exist",
        ),
        pytest.param(
            "start: 2026-11-24T10:00:00Z, end: 2026-99-99T10:00:00Z",
            "dashboard/bad-annotation",
            "2026-99-99T10:00:00Z",
            id="an end that does not exist",
        ),
        pytest.param(
            "start: 3h, end: 2026-11-24T10:00:00Z",
            "dashboard/bad-annotation",
            "end",
            id="an end, and a start that moves",
        ),
    ],
)
def test_dashboard_that_cloudwatch_refuses_is_refused(
    dashboard: str, rule: str, marked: str, tmp_path: Path
) -> None:
    compiled = compile_text(
        f"{HEAD}dashboards:\n  web: {{{dashboard}, rows: [{{text: a}}]}}\n", tmp_path
    )

    assert marked_text(only_error(compiled, rule)) == marked


@pytest.mark.parametrize(
    "dashboard",
    [
        pytest.param(
            "variables: {v: {property: X, input: select, values: [a], default: __FIRST}}",
            id="the first found of values that are given",
        ),
        pytest.param(
            "variables: {v: {property: X, input: select, values: [a],"
            " search: '{A/B,C} D', populate_from: C}}",
            id="values and a search",
        ),
    ],
)
def test_variable_that_says_two_things_is_not_emitted(dashboard: str, tmp_path: Path) -> None:
    compiled = compile_text(
        f"{HEAD}dashboards:\n  web: {{{dashboard}, rows: [{{text: a}}]}}\n", tmp_path
    )

    assert errors(compiled), [faults_of(one) for one in compiled.templates]


@pytest.mark.parametrize(
    ("dashboard", "expected"),
    [
        (
            "{property: X, input: select, values: [a, {value: b, label: B}], default: a}",
            {"values": [{"value": "a"}, {"value": "b", "label": "B"}], "defaultValue": "a"},
        ),
        ("{property: X, input: input, default: any}", {"defaultValue": "any"}),
        ("{property: X, input: input, values: [a], default: b}", {"defaultValue": "b"}),
        (
            "{property: X, input: select, search: '{A/B,C} D', populate_from: C, default: __FIRST}",
            {"search": "{A/B,C} D", "populateFrom": "C", "defaultValue": "__FIRST"},
        ),
        ("{property: X, input: input, visible: false}", {"visible": False}),
        ("{property: X, input: input, visible: true}", {}),
        ("{property: X, input: select, values: [0, false], default: 0}", {"defaultValue": 0}),
    ],
)
def test_variable_has_what_its_author_gives_it(
    dashboard: str, expected: dict[str, Any], tmp_path: Path
) -> None:
    compiled = compile_text(
        f"{HEAD}dashboards:\n  web: {{variables: {{v: {dashboard}}}, rows: [{{text: a}}]}}\n",
        tmp_path,
    )

    (variable,) = body_of(compiled)["variables"]
    assert variable.items() >= expected.items()
    assert ("visible" in variable) is ("visible" in expected)


@pytest.mark.parametrize(
    ("widget", "expected"),
    [
        ("graph: a", {}),
        ("graph: a, stacked: true", {"stacked": True}),
        ("graph: a, stacked: false", {}),
        ("number: a", {"view": "singleValue"}),
        ("bar: a", {"view": "bar"}),
        ("pie: a", {"view": "pie"}),
        ("table: a", {"view": "table"}),
        ("alarm: x", {}),
        ("alarm: x, stacked: true", {"stacked": True}),
        ("alarm: x, stacked: false", {}),
    ],
)
def test_widget_does_not_repeat_what_cloudwatch_does_by_itself(
    widget: str, expected: dict[str, Any], tmp_path: Path
) -> None:
    alarm = "alarms: {x: {severity: info, when: {metric: a, above: 1}}}\n"

    compiled = compile_text(
        f"{METRICS}{alarm}dashboards:\n  web: {{header: false, rows: [{{{widget}}}]}}\n", tmp_path
    )

    properties = body_of(compiled)["widgets"][0]["properties"]
    assert {key: properties[key] for key in ("view", "stacked") if key in properties} == expected


def test_title_that_nobody_wrote_names_what_is_shown(tmp_path: Path) -> None:
    rows = """
dashboards:
  web:
    header: false
    rows:
      - graph: [{metric: a, label: ours}, {metric: a, label: theirs}]
      - graph: [{metric: a, label: shown}, {metric: b, hidden: true}]
      - graph: [{metric: a}, {metric: a, statistic: Maximum}]
      - graph: [{metric: a, label: one}, {metric: a, label: two}, a, b]
"""

    compiled = compile_text(METRICS + rows, tmp_path)

    titles = [widget["properties"]["title"] for widget in body_of(compiled)["widgets"]]
    assert titles == ["ours, theirs", "shown", "A", "one, two, A …"]


@pytest.mark.parametrize("label", ["$${MAX}", "at most $${MAX}", "$${PROP('Dim.ClusterName')}"])
def test_title_that_nobody_wrote_holds_no_code_of_a_label(label: str, tmp_path: Path) -> None:
    compiled = compile_text(
        f'{METRICS}dashboards:\n  web: {{header: false, rows: [{{graph: [{{metric: a, label: "{label}"}}]}}]}}\n',
        tmp_path,
    )

    properties = body_of(compiled)["widgets"][0]["properties"]
    assert "${" in properties["metrics"][0][-1]["label"]
    assert "${" not in properties["title"]


def test_graph_of_nothing_but_hidden_lines_has_a_title_or_is_refused(tmp_path: Path) -> None:
    compiled = compile_text(
        f"{METRICS}dashboards:\n  web: {{header: false, rows: [{{graph: [{{metric: a, hidden: true}}]}}]}}\n",
        tmp_path,
    )

    assert compiled.diagnostics or body_of(compiled)["widgets"][0]["properties"]["title"]


def body_of(compiled: CompiledSpec) -> dict[str, Any]:
    """The body of the only dashboard."""
    assert errors(compiled) == []
    (body,) = dashboards(deploy(compiled.templates[0])).values()
    return body


def faults_of(stack: Template) -> list[str]:
    """What CloudWatch has against the dashboards of a stack, and what their schema has."""
    bodies = list(dashboards(deploy(stack, exports=EXPORTS)).values())
    faults = [fault for body in bodies for fault in find_faults(body)]
    errors = (error for body in bodies for error in SCHEMA.iter_errors(body))
    return faults + [f"{error.json_path}: {error.message}" for error in errors]


GOOD: dict[str, Any] = {
    "start": "-PT3H",
    "variables": [
        {
            "id": "v",
            "type": "property",
            "property": "X",
            "inputType": "select",
            "values": [{"value": "a", "label": "a"}],
            "defaultValue": "a",
        }
    ],
    "widgets": [
        {
            "type": "metric", "x": 0, "y": 0, "width": 12, "height": 6,
            "properties": {
                "region": "eu-west-1",
                "view": "gauge",
                "period": 60,
                "yAxis": {"left": {"min": 0, "max": 1}},
                "metrics": [
                    ["AWS/ECS", "CPUUtilization", "ClusterName", "shop", {"id": "a"}],
                    [{"expression": "a / 2", "id": "e1"}],
                ],
                "annotations": {
                    "horizontal": [{"value": 1, "fill": "above", "color": "#ff7f0e"}],
                    "vertical": [[{"value": "2026-11-24T10:00Z"}, {"value": "2026-11-24T11:00Z"}]],
                },
            },
        },
        {
            "type": "log", "x": 12, "y": 0, "width": 12, "height": 6,
            "properties": {"region": "eu-west-1", "query": "SOURCE '/a' | limit 1"},
        },
        {
            "type": "alarm", "x": 0, "y": 6, "width": 12, "height": 6,
            "properties": {"alarms": ["arn:aws:cloudwatch:eu-west-1:123456789012:alarm:a"]},
        },
        {
            "type": "text", "x": 12, "y": 6, "width": 12, "height": 6,
            "properties": {"markdown": "a"},
        },
        {
            "type": "explorer", "x": 0, "y": 12, "width": 12, "height": 6,
            "properties": {
                "labels": [{"key": "a"}],
                "metrics": [
                    {"metricName": "a", "resourceType": "AWS::EC2::Instance", "stat": "Sum"}
                ],
            },
        },
        {
            "type": "chart", "x": 12, "y": 12, "width": 12, "height": 6,
            "properties": {
                "view": "line",
                "data": {
                    "queries": [
                        {"id": "a", "type": "cloudwatch-metrics", "language": "SQL", "query": "a"}
                    ]
                },
            },
        },
        {
            "type": "custom", "x": 0, "y": 18, "width": 12, "height": 6,
            "properties": {"endpoint": "arn:aws:lambda:eu-west-1:123456789012:function:f"},
        },
    ],
}  # fmt: skip
METRIC = "widgets/0/properties"
BROKEN = [
    ("start", "3h"),
    ("end", "2026-11-24"),
    ("periodOverride", "never"),
    ("title", "a dashboard has none"),
    ("variables/0/id", "a b"),
    ("variables/0/type", "dimension"),
    ("variables/0/inputType", "menu"),
    ("variables/0/label", "x" * 31),
    ("variables/0/values", None),
    ("variables/0/search", "{X}"),
    ("variables/0/defaultValue", "b"),
    ("variables/0/values/0/label", 5),
    ("widgets/0/x", 24),
    ("widgets/0/y", -1),
    ("widgets/0/width", 0),
    ("widgets/1/width", 13),
    ("widgets/0/height", 1001),
    ("widgets/0/type", "graph"),
    ("widgets/0/title", "not here"),
    ("widgets/1/x", 11),
    (f"{METRIC}/region", None),
    (f"{METRIC}/title2", "unknown"),
    (f"{METRIC}/view", "line"),
    (f"{METRIC}/period", 90),
    (f"{METRIC}/metrics", []),
    (f"{METRIC}/metrics/0/3", 5),
    (f"{METRIC}/metrics/0/3", {"Name": "ClusterName"}),
    (f"{METRIC}/metrics/0/4", "one string too many"),
    (f"{METRIC}/metrics/0/4/id", "A"),
    (f"{METRIC}/metrics/0/4/id", "e1"),
    (f"{METRIC}/metrics/0/4/color", "red"),
    (f"{METRIC}/metrics/0/4/yAxis", "top"),
    (f"{METRIC}/metrics/0/4/period", 7),
    (f"{METRIC}/metrics/0/4/fill", "above"),
    (f"{METRIC}/metrics/1/0/id", None),
    (f"{METRIC}/metrics", [[{"expression": "SELECT 1", "id": one}] for one in ("a", "b")]),
    (f"{METRIC}/yAxis/left/max", None),
    (f"{METRIC}/yAxis/left/max", -1),
    (f"{METRIC}/yAxis/left/title", "label is the word"),
    (f"{METRIC}/annotations/alarms", ["arn:aws:cloudwatch:eu-west-1:123456789012:alarm:a"]),
    (f"{METRIC}/annotations/horizontal/0/fill", "before"),
    (f"{METRIC}/annotations/horizontal/0/value", "5"),
    (f"{METRIC}/annotations/horizontal/0/color", "#aaa"),
    (f"{METRIC}/annotations/vertical/0/0/value", 5),
    (f"{METRIC}/annotations/vertical/0/0/yAxis", "left"),
    (f"{METRIC}/annotations/vertical/0/1", None),
    ("widgets/1/properties/region", None),
    ("widgets/1/properties/query", "limit 1"),
    ("widgets/1/properties/view", "line"),
    ("widgets/2/properties/alarms", []),
    ("widgets/2/properties/alarms", ["prod-cpu"]),
    ("widgets/2/properties/states", ["BAD"]),
    ("widgets/2/properties/sortBy", "name"),
    ("widgets/3/properties/markdown", None),
    ("widgets/3/properties/background", "red"),
    ("widgets/4/properties/labels", []),
    ("widgets/4/properties/period", 90),
    ("widgets/5/properties/view", "table"),
    ("widgets/5/properties/data/queries/0/type", None),
    ("widgets/6/properties/endpoint", "f"),
]  # fmt: skip


NOT_OF_THE_SCHEMA = {
    # What only a look at two values together, or at what is not sure, would find.
    "variables/0/search",
    "variables/0/defaultValue",
    "widgets/1/width",
    "widgets/1/x",
    f"{METRIC}/metrics",
    f"{METRIC}/metrics/0/3",
    f"{METRIC}/metrics/0/4",
    f"{METRIC}/metrics/0/4/id",
    f"{METRIC}/metrics/1/0/id",
    f"{METRIC}/yAxis/left/max",
    f"{METRIC}/annotations/alarms",
    f"{METRIC}/annotations/horizontal/0/color",
    "widgets/1/properties/query",
    "widgets/6/properties/endpoint",
}


def test_good_body_has_no_fault() -> None:
    assert find_faults(GOOD) == []
    assert list(SCHEMA.iter_errors(GOOD)) == []


@pytest.mark.parametrize(("path", "value"), BROKEN, ids=[f"{a}={b!s:.20}" for a, b in BROKEN])
def test_fault_is_found(path: str, value: Any) -> None:
    body = deepcopy(GOOD)
    *steps, last = path.split("/")
    holder: Any = body
    for step in steps:
        holder = holder[int(step)] if isinstance(holder, list) else holder[step]
    if value is None:
        del holder[int(last) if isinstance(holder, list) else last]
    elif isinstance(holder, list):
        holder[int(last)] = value
    else:
        holder[last] = value

    assert find_faults(body) != [], json.dumps(body)
    assert not SCHEMA.is_valid(body) or path in NOT_OF_THE_SCHEMA

"""Dashboards that CloudWatch draws, but not as somebody meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import HEAD, check_text, marked_text
from watchspec.diagnostics import Severity

METRICS = """\
metrics:
  cpu: {metric: AWS/RDS CPUUtilization}
  memory: {metric: AWS/RDS FreeableMemory}
  latency: {metric: AWS/RDS ReadLatency}
  calls: {metric: Shop Calls, unit: Count}
  unknown: {metric: Shop Something}
"""
LABEL = 'dashboards: {d: {@rows: [{graph: [{metric: cpu, label: "%s"}]}]}}\n'
LABELS = {
    "plain": [],
    "at most $${MAX} of $${LABEL}": [],
    "$${PROP('Dim.Stage')} $${PROP('Region')} $${LAST_TIME_RELATIVE}": [],
    "$${MAXIMUM}": [("MAXIMUM", 'CloudWatch fills in nothing for "${MAXIMUM}"')],
    "$${max}": [("max", 'CloudWatch fills in nothing for "${max}"')],
    "$${PROP('Stage')}": [
        ("PROP('Stage')", "CloudWatch fills in nothing for \"${PROP('Stage')}\"")
    ],
    "$${LABEL} $${LABEL}": [("LABEL", "CloudWatch fills in ${LABEL} once in a label")],
    "$${MIN} $${MAX} $${AVG} $${SUM} $${LAST} $${FIRST}": [],
    "$${MIN} $${MAX} $${AVG} $${SUM} $${LAST} $${FIRST} $${MIN}": [
        (
            '"$${MIN} $${MAX} $${AVG} $${SUM} $${LAST} $${FIRST} $${MIN}"',
            "the label has 7 dynamic values; 6 are the most",
        )
    ],
}


@pytest.mark.parametrize("label", LABELS)
def test_a_label_asks_for_what_cloudwatch_fills_in(label: str, tmp_path: Path) -> None:
    found = check_text(HEAD + METRICS + (LABEL % label).replace("@", ""), tmp_path)

    found = [one for one in found if one.rule != "metric/unused"]
    assert [(marked_text(one), one.message) for one in found] == LABELS[label]
    assert {one.rule for one in found} <= {"dashboard/bad-label"}
    assert {one.severity for one in found} <= {Severity.WARNING}


def test_what_a_variable_replaces_is_no_value_of_cloudwatch(tmp_path: Path) -> None:
    variable = "variables: {v: {pattern: '$${stage}', input: input}}, "
    text = HEAD + METRICS + (LABEL % "$${stage}").replace("@", variable)

    assert [one.rule for one in check_text(text, tmp_path) if one.rule != "metric/unused"] == []


@pytest.mark.parametrize(
    ("written", "wanted"), [("${MAX}", "$${MAX}"), ("${PROP('Region')}", "$${PROP('Region')}")]
)
def test_a_value_written_as_a_reference_is_told_how(
    written: str, wanted: str, tmp_path: Path
) -> None:
    (found,) = check_text(HEAD + METRICS + (LABEL % written).replace("@", ""), tmp_path)

    assert found.help == f"write {wanted}, and CloudWatch fills it in"


GRAPHS = {
    "[cpu, calls, unknown]": None,
    "[cpu, {metric: memory, axis: right}]": None,
    "[cpu, {metric: memory, hidden: true}]": None,
    "[cpu, memory]": ("memory", "bytes are drawn on the axis of percentages", "add  axis: right"),
    "[calls, latency, cpu, memory]": (
        "cpu",
        "percentages are drawn on the axis of times",
        "add  axis: right",
    ),
    "[latency, {metric: memory, axis: right}, cpu]": (
        "cpu",
        "percentages are drawn on the axis of times",
        "draw them in two graphs",
    ),
}


@pytest.mark.parametrize("lines", GRAPHS)
def test_what_has_no_scale_in_common_stands_on_two_axes(lines: str, tmp_path: Path) -> None:
    text = HEAD + METRICS + f"dashboards: {{d: {{rows: [{{graph: {lines}}}]}}}}\n"

    found = [one for one in check_text(text, tmp_path) if one.rule == "dashboard/mixed-units"]

    judged = GRAPHS[lines]
    said = [(marked_text(one), one.message, one.help) for one in found]
    assert said == ([] if judged is None else [judged])


def test_numbers_beside_each_other_may_be_of_any_unit(tmp_path: Path) -> None:
    text = HEAD + METRICS + "dashboards: {d: {rows: [{number: [cpu, memory]}, {graph: cpu}]}}\n"

    assert "dashboard/mixed-units" not in {one.rule for one in check_text(text, tmp_path)}


@pytest.mark.parametrize(
    ("kind", "count", "said"),
    [
        ("graph", 20, []),
        ("graph", 21, ["the graph has 21 lines; nobody can tell more than 20 apart"]),
        ("number", 21, []),
    ],
)
def test_a_graph_of_more_than_twenty_lines_is_crowded(
    kind: str, count: int, said: list[str], tmp_path: Path
) -> None:
    lines = ", ".join(f"{{metric: cpu, label: l{number}}}" for number in range(count))
    lines += ", {metric: cpu, hidden: true}"
    text = HEAD + METRICS + f"dashboards: {{d: {{rows: [{{{kind}: [{lines}]}}]}}}}\n"

    found = [one for one in check_text(text, tmp_path) if one.rule == "dashboard/crowded-graph"]

    assert [one.message for one in found] == said


@pytest.mark.parametrize(
    ("widgets", "count"),
    [
        ("{graph: cpu}, {graph: cpu}", 1),
        ("{graph: cpu}, {graph: cpu, title: Other}", 0),
        ("{graph: cpu}, {number: cpu}", 0),
        ("{graph: cpu}, {graph: [{metric: cpu, statistic: Maximum}]}", 0),
        ("{text: ---}, {text: ---}", 0),
        ("{insights: limit 1, logs: [l]}, {insights: limit 1, logs: [l]}", 1),
        ("{insights: limit 1, logs: [l]}, {insights: limit 2, logs: [l]}", 0),
        ("{custom: f, params: {a: 1}}, {custom: f, params: {a: 1}}", 1),
        ("{custom: f, params: {a: 1}}, {custom: f, params: {a: 2}}", 0),
    ],
)
def test_the_same_widget_twice_is_found(widgets: str, count: int, tmp_path: Path) -> None:
    logs = "logs: {l: {group: /l, retention: never}}\n"
    text = HEAD + METRICS + logs + f"dashboards:\n  d:\n    rows: [[{widgets}]]\n"

    found = [one for one in check_text(text, tmp_path) if one.rule == "dashboard/same-widget"]

    assert len(found) == count
    for one in found:
        (related,) = one.related
        assert one.location is not None
        assert related.location.column < one.location.column


def test_the_same_widget_on_two_dashboards_is_fine(tmp_path: Path) -> None:
    text = HEAD + METRICS + "dashboards: {a: {rows: [{graph: cpu}]}, b: {rows: [{graph: cpu}]}}\n"

    assert "dashboard/same-widget" not in {one.rule for one in check_text(text, tmp_path)}


@pytest.mark.parametrize(("lines", "count"), [(250, 0), (251, 1)])
def test_a_dashboard_of_more_than_2500_metrics_is_found(
    lines: int, count: int, tmp_path: Path
) -> None:
    line = "{expression: a + b, given: {a: Shop A, b: Shop B}, label: %s}"
    graphs = "".join(
        f"    - graph: [{', '.join(line % f'l{row}x{number}' for number in range(lines))}]\n"
        for row in range(5)
    )
    text = HEAD + "dashboards:\n  d:\n    rows:\n" + graphs

    found = [one for one in check_text(text, tmp_path) if one.rule == "dashboard/too-many-metrics"]

    assert len(found) == count
    assert all(one.message == '"d" has 2,510 metrics; 2,500 are the most' for one in found)


def test_repeated_widgets_are_each_looked_at(tmp_path: Path) -> None:
    repeated = "{for_each: {n: [1, 2]}, graph: [{metric: cpu, for_each: {k: [a, b]}, label: @}]}"
    text = HEAD + METRICS + f"dashboards: {{d: {{header: false, rows: [{repeated}]}}}}\n"
    text = text.replace("@", '"${k} ${n} $${MAXIMUM}"')

    found = [one for one in check_text(text, tmp_path) if one.rule != "metric/unused"]

    assert {one.message for one in found} == {'CloudWatch fills in nothing for "${MAXIMUM}"'}


@pytest.mark.parametrize(
    ("lines", "twice"),
    [
        ("[cpu, disk, cpu]", 1),
        ("[cpu, {metric: cpu, label: again}]", 1),
        ("[cpu, {metric: cpu, axis: right}]", 0),
        ("[cpu, {metric: cpu, statistic: Maximum}]", 0),
        ("[cpu, {metric: cpu, hidden: true}]", 0),
        ("[cpu, disk]", 0),
        ("cpu", 0),
    ],
)
def test_a_line_that_stands_twice_in_a_graph_is_found(
    lines: str, twice: int, tmp_path: Path
) -> None:
    """The rule dashboard/same-line."""
    text = f"""{HEAD}metrics:
  cpu: {{metric: Shop Cpu}}
  disk: {{metric: Shop Disk}}
dashboards: {{d: {{rows: [{{graph: disk}}, {{graph: {lines}}}]}}}}
"""

    found = [one for one in check_text(text, tmp_path) if one.rule == "dashboard/same-line"]

    assert len(found) == twice
    assert all(one.related[0].location < (one.location or ()) for one in found)

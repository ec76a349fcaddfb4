from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from support import HEAD, compile_text, errors, marked_text, only_error, resource, template

METRICS = "metrics: {a: {metric: Shop A}, b: {metric: Shop B}}\n"


def body_of(dashboard: str, folder: Path, head: str = HEAD + METRICS) -> dict[str, Any]:
    """The body of the dashboard `main`, as JSON data; what is known at deployment in ${…}."""
    compiled = compile_text(head + f"dashboards:\n  main:\n{dashboard}", folder)
    body = resource(template(compiled), "DashboardMain")["DashboardBody"]
    text = body if isinstance(body, str) else body["Fn::Sub"]
    data: dict[str, Any] = json.loads(text if isinstance(text, str) else text[0])
    return data


def frames(rows: str, folder: Path, head: str = HEAD + METRICS) -> list[tuple[int, int, int, int]]:
    """x, y, width and height of the widgets in these rows, without a heading."""
    body = body_of(f"    header: false\n    rows: {rows}\n", folder, head)
    return [(one["x"], one["y"], one["width"], one["height"]) for one in body["widgets"]]


# --- widths


@pytest.mark.parametrize(
    ("count", "widths"),
    [
        (1, [24]),
        (2, [12, 12]),
        (3, [8, 8, 8]),
        (4, [6, 6, 6, 6]),
        (5, [5, 5, 5, 5, 4]),
        (7, [4, 4, 4, 3, 3, 3, 3]),
        (24, [1] * 24),
    ],
)
def test_the_widgets_of_a_row_share_its_width(
    count: int, widths: list[int], tmp_path: Path
) -> None:
    found = frames(f"[[{', '.join(['{graph: a}'] * count)}]]", tmp_path)

    assert [width for _, _, width, _ in found] == widths
    assert [x for x, _, _, _ in found] == [sum(widths[:index]) for index in range(count)]


@pytest.mark.parametrize(
    ("row", "widths"),
    [
        ("[{graph: a, width: 16}, {graph: b}]", [16, 8]),
        ("[{graph: a}, {graph: b, width: 4}, {graph: a}]", [10, 4, 10]),
        ("[{graph: a, width: 22}, {graph: b}, {graph: a}]", [22, 1, 1]),
        ("[{graph: a, width: 12}, {graph: b, width: 12}]", [12, 12]),
        ("[{graph: a, width: 6}, {graph: b, width: 6}]", [6, 6]),
        ("[{graph: a, width: 24}]", [24]),
    ],
)
def test_given_widths_go_before_shares(row: str, widths: list[int], tmp_path: Path) -> None:
    found = frames(f"[{row}]", tmp_path)

    assert [width for _, _, width, _ in found] == widths


def test_a_single_widget_is_a_row_of_its_own(tmp_path: Path) -> None:
    assert frames("[{graph: a}, [{graph: b}]]", tmp_path) == [(0, 0, 24, 6), (0, 6, 24, 6)]


@pytest.mark.parametrize(
    ("row", "needed"),
    [
        ("[{graph: a, width: 13}, {graph: b, width: 12}]", 25),
        ("[{graph: a, width: 24}, {graph: b}]", 25),
        ("[{graph: a, width: 23}, {graph: b}, {graph: a}]", 25),
        ("[" + ", ".join(["{graph: a}"] * 25) + "]", 25),
    ],
)
def test_a_row_that_is_too_wide_is_an_error(row: str, needed: int, tmp_path: Path) -> None:
    text = HEAD + METRICS + f"dashboards: {{main: {{rows: [{row}]}}}}\n"

    error = only_error(compile_text(text, tmp_path), "dashboard/row-too-wide")

    assert error.message == f"the widgets of this row need {needed} of 24 columns"
    assert marked_text(error) == "{"


def test_every_row_that_is_too_wide_is_found(tmp_path: Path) -> None:
    row = "[{graph: a, width: 13}, {graph: b, width: 12}]"
    text = HEAD + METRICS + f"dashboards: {{main: {{rows: [{row}, {row}]}}}}\n"

    assert len(errors(compile_text(text, tmp_path))) == 2


# --- heights


@pytest.mark.parametrize(
    ("widget", "height"),
    [
        ("{graph: a}", 6),
        ("{number: a}", 4),
        ("{gauge: a, min: 0, max: 1}", 6),
        ("{pie: a}", 6),
        ("{bar: a}", 6),
        ("{table: a}", 6),
        ("{text: one line}", 1),
        ('{text: "1\\n2\\n3\\n4\\n5\\n6\\n7"}', 5),
        ("{query: q}", 7),
        ("{insights: x, logs: [l]}", 7),
        ("{custom: x}", 6),
        ("{graph: a, height: 9}", 9),
        ("{text: one line, height: 3}", 3),
    ],
)
def test_a_widget_is_as_high_as_its_kind_needs(widget: str, height: int, tmp_path: Path) -> None:
    head = HEAD + METRICS + "logs: {l: {group: /l, retention: never}}\n"
    head += "queries: {q: {log: l, question: q, query: x}}\n"

    ((_, _, _, found),) = frames(f"[{widget}]", tmp_path, head)

    assert found == height


@pytest.mark.parametrize(
    ("alarms", "width", "height"),
    [(1, 24, 2), (4, 24, 2), (5, 24, 3), (12, 24, 4), (4, 12, 3), (4, 6, 5), (2, 3, 3)],
)
def test_a_widget_of_alarm_states_grows_with_the_alarms(
    alarms: int, width: int, height: int, tmp_path: Path
) -> None:
    head = HEAD + "alarms:\n"
    for number in range(alarms):
        head += f"  a{number}: {{severity: info, when: {{metric: Shop A, above: 1}}}}\n"

    ((_, _, _, found),) = frames(f"[{{alarms: all, width: {width}}}]", tmp_path, head)

    assert found == height


def test_the_widgets_of_a_row_are_as_high_as_the_highest(tmp_path: Path) -> None:
    found = frames("[[{number: a}, {graph: a}, {text: x}], {text: below}]", tmp_path)

    assert [(y, height) for _, y, _, height in found] == [(0, 6), (0, 6), (0, 6), (6, 1)]


def test_a_given_height_is_kept_and_the_next_row_begins_below_the_highest(tmp_path: Path) -> None:
    found = frames(
        "[[{number: a, height: 3}, {graph: a, height: 8}, {text: x}], {text: y}]", tmp_path
    )

    assert [(y, height) for _, y, _, height in found] == [(0, 3), (0, 8), (0, 8), (8, 1)]


# --- the heading

QUERIES = """\
logs: {l: {group: /shop/l, retention: never}}
queries:
  Errors by page: {log: l, question: q, query: "filter @message like /x y/"}
  Slow: {log: l, question: q, query: x}
"""


def heading(dashboards: str, folder: Path, more: str = "") -> Any:
    """The first widget of the dashboard `main`."""
    return body_of(dashboards, folder, HEAD + METRICS + more)["widgets"][0]


def test_a_dashboard_begins_with_a_heading(tmp_path: Path) -> None:
    found = heading("    rows: [graph: a]\n", tmp_path)

    assert (found["type"], found["x"], found["y"], found["width"]) == ("text", 0, 0, 24)
    assert found["properties"]["markdown"] == (
        "# Main (prod)\n\nGenerated by watchspec from the spec of shop; changes made here are lost."
    )


def test_everything_else_stands_below_the_heading(tmp_path: Path) -> None:
    widgets = body_of("    rows: [{graph: a}, {graph: b}]\n", tmp_path)["widgets"]

    assert [one["y"] for one in widgets] == [0, widgets[0]["height"], widgets[0]["height"] + 6]


def test_a_heading_has_title_and_description(tmp_path: Path) -> None:
    found = heading(
        "    title: The shop\n    description: |\n      All of it.\n      Really.\n    rows: [graph: a]\n",
        tmp_path,
    )

    lines = found["properties"]["markdown"].split("\n")
    assert lines[:4] == ["# The shop (prod)", "", "All of it.", "Really."]


def test_a_heading_leads_to_the_other_dashboards(tmp_path: Path) -> None:
    more = (
        "  cost-overview: {rows: [graph: b], title: Costs}\n  other: {rows: [graph: b], name: x}\n"
    )

    found = heading("    rows: [graph: a]\n" + more, tmp_path)

    assert found["properties"]["markdown"].split("\n")[-1] == (
        "Dashboards: [Costs](#dashboards:name=prod-cost-overview-dashboard) · [Other](#dashboards:name=x)"
    )


def test_a_heading_leads_to_the_saved_queries(tmp_path: Path) -> None:
    found = heading("    rows: [graph: a]\n", tmp_path, QUERIES)

    line = found["properties"]["markdown"].split("\n")[-1]
    start = "https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#logsV2:logs-insights"
    assert line.startswith(f"Saved queries: [Errors by page]({start}$3FqueryDetail$3D$257E")
    assert f") · [Slow]({start}" in line
    assert "editorString$257E$2527filter*20*40message*20like*20*2Fx*20y*2F$257E" in line
    assert "*2Fshop*2Fl" in line


def test_a_heading_grows_with_what_it_says(tmp_path: Path) -> None:
    short = heading("    rows: [graph: a]\n", tmp_path)
    long = heading("    description: One.\n    rows: [graph: a]\n", tmp_path, QUERIES)

    assert (short["height"], long["height"]) == (3, 5)


def test_a_dashboard_may_do_without_a_heading(tmp_path: Path) -> None:
    body = body_of("    header: false\n    rows: [graph: a]\n", tmp_path)

    assert [one["type"] for one in body["widgets"]] == ["metric"]


# --- what is shown at first


@pytest.mark.parametrize(
    ("start", "shown"),
    [
        ("5m", "-PT5M"),
        ("90 minutes", "-PT90M"),
        ("3h", "-PT3H"),
        ("36 hours", "-PT36H"),
        ("24h", "-P1D"),
        ("3 days", "-P3D"),
        ("7d", "-P1W"),
        ("4 weeks", "-P4W"),
        ("2026-11-24T10:00:00Z", "2026-11-24T10:00:00Z"),
    ],
)
def test_a_dashboard_shows_some_time(start: str, shown: str, tmp_path: Path) -> None:
    body = body_of(f"    start: {start}\n    rows: [graph: a]\n", tmp_path)

    assert body["start"] == shown
    assert "end" not in body


def test_a_dashboard_may_end_at_a_time(tmp_path: Path) -> None:
    body = body_of(
        "    start: 2026-11-24T10:00:00Z\n    end: 2026-11-24T12:00:00Z\n    rows: [graph: a]\n",
        tmp_path,
    )

    assert body["end"] == "2026-11-24T12:00:00Z"


def test_an_end_needs_a_start_that_is_a_time(tmp_path: Path) -> None:
    text = (
        HEAD
        + METRICS
        + "dashboards: {main: {start: 3h, end: 2026-11-24T12:00:00Z, rows: [graph: a]}}\n"
    )

    assert errors(compile_text(text, tmp_path))


def test_a_dashboard_cannot_show_no_time(tmp_path: Path) -> None:
    text = HEAD + METRICS + "dashboards: {main: {start: 0h, rows: [graph: a]}}\n"

    error = only_error(compile_text(text, tmp_path), "quantity/malformed")

    assert marked_text(error) == "0h"


@pytest.mark.parametrize(("period", "shown"), [("auto", None), ("inherit", "inherit")])
def test_periods_adapt_to_the_time_unless_they_are_kept(
    period: str, shown: str | None, tmp_path: Path
) -> None:
    body = body_of(f"    period: {period}\n    rows: [graph: a]\n", tmp_path)

    assert body.get("periodOverride") == shown


# --- variables


def test_a_reader_can_switch_variables(tmp_path: Path) -> None:
    variables = """\
    variables:
      host: {property: InstanceId, input: select, search: "{AWS/EC2,InstanceId} CPU", populate_from: InstanceId, default: __FIRST}
      stage: {pattern: prod, input: radio, label: Stage, values: [prod, {value: dev, label: Development}, 7, true], default: prod}
      free: {property: region, input: input, visible: false}
    rows: [graph: a]
"""

    made = body_of(variables, tmp_path)["variables"]

    shown = [{key: one[key] for key in one if (key, one[key]) != ("visible", True)} for one in made]
    assert shown == [
        {
            "id": "free",
            "type": "property",
            "property": "region",
            "inputType": "input",
            "visible": False,
        },
        {
            "id": "host",
            "type": "property",
            "property": "InstanceId",
            "inputType": "select",
            "search": "{AWS/EC2,InstanceId} CPU",
            "populateFrom": "InstanceId",
            "defaultValue": "__FIRST",
        },
        {
            "id": "stage",
            "type": "pattern",
            "pattern": "prod",
            "inputType": "radio",
            "label": "Stage",
            "defaultValue": "prod",
            "values": [
                {"value": "prod"},
                {"value": "dev", "label": "Development"},
                {"value": 7},
                {"value": True},
            ],
        },
    ]


def test_a_dashboard_without_variables_says_nothing_of_them(tmp_path: Path) -> None:
    assert "variables" not in body_of("    rows: [graph: a]\n", tmp_path)


def test_mistakes_on_dashboards_are_found_beside_others(tmp_path: Path) -> None:
    text = (
        HEAD
        + "logs: {l: {group: /l, retention: 10 days}}\ndashboards: {d: {rows: [graph: nothing]}}\n"
    )

    found = errors(compile_text(text, tmp_path))

    assert {one.rule for one in found} == {"log/bad-retention", "metric/unknown"}


@pytest.mark.parametrize(
    ("variable", "what", "marked"),
    [
        ("{property: A, input: select}", 'nothing says what "select" can choose from', "v"),
        ("{pattern: a, input: radio}", 'nothing says what "radio" can choose from', "v"),
        (
            "{property: A, input: select, values: [a], default: b}",
            'the default "b" is not among',
            "b",
        ),
        ("{property: A, input: radio, values: [{value: 1}], default: 2}", 'the default "2"', "2"),
    ],
)
def test_a_variable_that_cannot_be_chosen_is_an_error(
    variable: str, what: str, marked: str, tmp_path: Path
) -> None:
    text = (
        HEAD + METRICS + f"dashboards: {{d: {{variables: {{v: {variable}}}, rows: [graph: a]}}}}\n"
    )

    error = only_error(compile_text(text, tmp_path), "dashboard/bad-variable")

    assert what in error.message
    assert marked_text(error) == marked


@pytest.mark.parametrize(
    "variable",
    [
        "{property: A, input: input, default: anything}",
        "{property: A, input: select, values: [a, b], default: b}",
        "{property: A, input: select, search: '{Shop,A} B', populate_from: A, default: __FIRST}",
        "{property: A, input: select, search: '{Shop,A} B', populate_from: A, default: x}",
    ],
)
def test_a_variable_that_can_be_chosen_is_taken(variable: str, tmp_path: Path) -> None:
    text = (
        HEAD + METRICS + f"dashboards: {{d: {{variables: {{v: {variable}}}, rows: [graph: a]}}}}\n"
    )

    assert not errors(compile_text(text, tmp_path))

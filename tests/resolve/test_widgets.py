from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from support import HEAD, compile_text, errors, marked_text, only_error, resource, template

THINGS = (
    HEAD
    + """\
metrics:
  cpu: {title: CPU, metric: AWS/EC2 CPUUtilization, dimensions: {InstanceId: i-1}, levels: {high: "> 70%"}}
  memory: {title: Memory, metric: Shop Memory, color: "#112233"}
  other_cpu: {title: CPU, metric: AWS/EC2 CPUUtilization, dimensions: {InstanceId: i-2}, statistic: Maximum}
  load: {expression: cpu / memory}
  busiest: {query: 'SELECT MAX(A) FROM X'}
  cost: {title: Cost, metric: AWS/Billing EstimatedCharges, dimensions: {Currency: USD}}
  unused: {metric: Shop Unused}
logs:
  backend: {group: /shop/backend, retention: never}
  proxy: {group: /shop/proxy, retention: never}
queries:
  Errors: {logs: [backend, proxy], question: q, query: "filter x\\n| stats count() by bin(5m)"}
  Anywhere: {question: q, query: x}
notify: {critical: {ops_item: {severity: 1}}, warning: {ops_item: {severity: 3}}}
alarms:
  hot: {severity: critical, when: {metric: cpu, level: high}}
  busy: {severity: warning, when: {metric: load, above: 1}}
  full: {severity: info, when: {metric: unused, above: 1}}
  bad: {severity: warning, when: {any: [hot, full]}}
"""
)


def compile_widgets(widgets: str, folder: Path) -> Any:
    """What becomes of a dashboard with these widgets, one a row."""
    text = THINGS + f"dashboards:\n  main:\n    header: false\n    rows:\n{widgets}"
    return compile_text(text, folder)


def drawn(widgets: str, folder: Path) -> list[dict[str, Any]]:
    """The widgets as CloudWatch gets them."""
    body = resource(template(compile_widgets(widgets, folder)), "DashboardMain")["DashboardBody"]
    data = json.loads(body if isinstance(body, str) else body["Fn::Sub"])
    found: list[dict[str, Any]] = data["widgets"]
    return found


def properties(widget: str, folder: Path) -> dict[str, Any]:
    """The properties of one widget, with the view CloudWatch takes if none is named."""
    (found,) = drawn(f"      - {widget}\n", folder)
    usual = {"metric": "timeSeries", "log": "table"}
    view = {"view": usual[found["type"]]} if found["type"] in usual else {}
    made: dict[str, Any] = view | found["properties"]
    return made


# --- metrics


def test_a_graph_draws_a_metric(tmp_path: Path) -> None:
    assert properties("{graph: memory}", tmp_path) == {
        "title": "Memory",
        "view": "timeSeries",
        "region": "eu-west-1",
        "period": 60,
        "stat": "Average",
        "metrics": [["Shop", "Memory", {"label": "Memory", "color": "#112233"}]],
    }


@pytest.mark.parametrize(
    ("key", "view"),
    [
        ("graph: memory", "timeSeries"),
        ("number: memory", "singleValue"),
        ("gauge: memory, min: 0, max: 10", "gauge"),
        ("bar: memory", "bar"),
        ("pie: memory", "pie"),
        ("table: memory", "table"),
    ],
)
def test_metrics_are_shown_in_many_ways(key: str, view: str, tmp_path: Path) -> None:
    assert properties(f"{{{key}}}", tmp_path)["view"] == view


@pytest.mark.parametrize(
    ("setting", "key", "value"),
    [
        ("stacked: true", "stacked", True),
        ("legend: right", "legend", {"position": "right"}),
        ("legend: hidden", "legend", {"position": "hidden"}),
        ("live: true", "liveData", True),
        ("timezone: '+0100'", "timezone", "+0100"),
        ("period: 5m", "period", 300),
        ("statistic: p99", "stat", "p99"),
        ("title: Mine", "title", "Mine"),
        (
            "left: {label: MB, min: 0, max: 10}",
            "yAxis",
            {"left": {"label": "MB", "min": 0, "max": 10}},
        ),
        ("right: {show_units: false}", "yAxis", {"right": {"showUnits": False}}),
    ],
)
def test_a_graph_does_as_it_is_told(setting: str, key: str, value: object, tmp_path: Path) -> None:
    assert properties(f"{{graph: memory, {setting}}}", tmp_path)[key] == value


@pytest.mark.parametrize(
    ("widget", "key", "value"),
    [
        ("number: memory, sparkline: true", "sparkline", True),
        ("number: memory, precise: true", "singleValueFullPrecision", True),
        ("number: memory, full_range: true", "setPeriodToTimeRange", True),
        ("gauge: memory, min: 0, max: 10", "yAxis", {"left": {"min": 0, "max": 10}}),
        (
            "table: memory",
            "table",
            {
                "layout": "horizontal",
                "stickySummary": False,
                "showTimeSeriesData": True,
                "summaryColumns": ["MIN", "MAX", "SUM", "AVG"],
            },
        ),
        (
            "table: memory, layout: vertical, summary: [MAX], sticky_summary: true, time_series: false",
            "table",
            {
                "layout": "vertical",
                "stickySummary": True,
                "showTimeSeriesData": False,
                "summaryColumns": ["MAX"],
            },
        ),
    ],
)
def test_other_widgets_do_as_they_are_told(
    widget: str, key: str, value: object, tmp_path: Path
) -> None:
    assert properties(f"{{{widget}}}", tmp_path)[key] == value


def test_a_graph_says_nothing_of_what_is_usual(tmp_path: Path) -> None:
    usual = "stacked: false, legend: bottom, live: false, levels: true, annotations: []"

    assert properties(f"{{graph: memory, {usual}}}", tmp_path) == properties(
        "{graph: memory}", tmp_path
    )


def test_the_axes_are_in_the_unit_of_what_is_drawn_against_them(tmp_path: Path) -> None:
    widget = "{graph: [{metric: Shop Bytes, axis: right}, cpu], left: {max: 100}, right: {max: 5}}"

    found = properties(widget, tmp_path)

    assert found["yAxis"] == {"left": {"max": 100}, "right": {"max": 5}}


@pytest.mark.parametrize(
    "widget",
    [
        "{graph: cpu, left: {max: 2 GB}}",
        "{gauge: cpu, min: 0, max: 2 GB}",
        "{graph: cpu, annotations: [{at: 2 GB}]}",
    ],
)
def test_a_bound_of_another_kind_is_an_error(widget: str, tmp_path: Path) -> None:
    error = only_error(compile_widgets(f"      - {widget}\n", tmp_path), "quantity/wrong-kind")

    assert marked_text(error) == "2 GB"


def test_the_lines_of_a_graph_may_each_be_different(tmp_path: Path) -> None:
    widget = (
        "{graph: [cpu, {metric: cpu, statistic: Maximum, period: 1m, label: Most, color: '#ff0000',"
        " axis: right}, {metric: memory, hidden: true}]}"
    )

    lines = properties(widget, tmp_path)["metrics"]

    assert lines == [
        ["AWS/EC2", "CPUUtilization", "InstanceId", "i-1", {"label": "CPU (average)"}],
        [
            "AWS/EC2",
            "CPUUtilization",
            "InstanceId",
            "i-1",
            {
                "label": "Most",
                "color": "#ff0000",
                "yAxis": "right",
                "stat": "Maximum",
                "period": 60,
            },
        ],
        ["Shop", "Memory", {"label": "Memory", "color": "#112233", "visible": False, "period": 60}],
    ]


def test_lines_of_one_title_are_told_apart_by_their_statistic(tmp_path: Path) -> None:
    widget = (
        "{graph: [cpu, {metric: cpu, statistic: Maximum}, {metric: cpu, statistic: p99}, memory]}"
    )

    lines = properties(widget, tmp_path)["metrics"]

    assert [line[-1]["label"] for line in lines] == [
        "CPU (average)",
        "CPU (maximum)",
        "CPU (p99)",
        "Memory",
    ]


def test_a_label_may_hold_what_cloudwatch_fills_in(tmp_path: Path) -> None:
    widget = "{graph: [{metric: memory, label: 'now $${LAST}'}]}"

    assert properties(widget, tmp_path)["metrics"][0][-1]["label"] == "now ${LAST}"


def test_a_title_is_made_of_what_is_shown(tmp_path: Path) -> None:
    found = drawn(
        "      - {graph: [cpu, memory]}\n"
        "      - {graph: [cpu, other_cpu]}\n"
        "      - {graph: [cpu, memory, load, busiest, memory]}\n",
        tmp_path,
    )

    titles = [one["properties"]["title"] for one in found]
    assert titles == ["CPU, Memory", "CPU", "CPU, Memory, Load …"]


def test_period_and_statistic_of_a_widget_hold_for_all_its_lines(tmp_path: Path) -> None:
    widget = "{graph: [memory, {metric: cpu, period: 10m, statistic: Minimum}], period: 15m, statistic: Sum}"

    found = properties(widget, tmp_path)

    assert (found["period"], found["stat"]) == (900, "Sum")
    assert "stat" not in found["metrics"][0][-1]
    assert found["metrics"][1][-1]["stat"] == "Minimum"
    assert found["metrics"][1][-1]["period"] == 600


def test_a_graph_may_draw_metrics_the_spec_does_not_name(tmp_path: Path) -> None:
    widget = "{graph: ['AWS/EC2 NetworkIn', {metric: AWS/EC2 NetworkOut, dimensions: {InstanceId: i-1}}]}"

    lines = properties(widget, tmp_path)["metrics"]

    assert lines[0][:2] == ["AWS/EC2", "NetworkIn"]
    assert lines[1][:4] == ["AWS/EC2", "NetworkOut", "InstanceId", "i-1"]


def test_an_expression_is_drawn_with_its_inputs_hidden(tmp_path: Path) -> None:
    found = properties("{graph: load}", tmp_path)

    inputs, (expression,) = found["metrics"][:2], found["metrics"][2]
    assert [line[-1]["visible"] for line in inputs] == [False, False]
    assert [line[-1]["id"] for line in inputs] == ["cpu", "memory"]
    assert (expression["expression"], expression["label"]) == ("cpu / memory", "Load")


def test_a_graph_may_hold_expressions_of_its_own(tmp_path: Path) -> None:
    widget = "{graph: [{expression: m * 2, given: {m: memory}, label: Twice}, {query: SELECT MAX(A) FROM X}]}"

    found = properties(widget, tmp_path)["metrics"]

    assert found[1] == [{"id": "e1", "label": "Twice", "expression": "m * 2"}]
    assert found[2][0]["expression"] == "SELECT MAX(A) FROM X"


def test_expressions_of_one_graph_do_not_share_ids(tmp_path: Path) -> None:
    widget = "{graph: [{expression: m * 2, given: {m: memory}}, {expression: m * 3, given: {m: cpu}}, load]}"

    found = properties(widget, tmp_path)["metrics"]

    ids = [line[-1]["id"] for line in found]
    assert len(set(ids)) == len(ids)
    expressions = {
        line[-1]["id"]: line[-1]["expression"] for line in found if "expression" in line[-1]
    }
    for expression in expressions.values():
        assert set(expression.replace("*", " ").replace("/", " ").split()) <= {*ids, "2", "3"}


def test_a_graph_may_draw_metrics_of_another_region(tmp_path: Path) -> None:
    found = properties("{graph: [cost, memory]}", tmp_path)

    assert found["region"] == "us-east-1"
    assert found["metrics"][1][-1]["region"] == "eu-west-1"


def test_a_widget_with_a_metric_that_does_not_exist_is_an_error(tmp_path: Path) -> None:
    compiled = compile_widgets("      - {graph: [cpu, cpuu]}\n      - {number: memry}\n", tmp_path)

    assert [marked_text(one) for one in errors(compiled)] == ["cpuu", "memry"]


# --- annotations


@pytest.mark.parametrize(
    ("annotation", "made"),
    [
        ("{at: 5}", {"horizontal": [{"value": 5}]}),
        (
            "{at: 80%, label: limit, color: '#ff0000', fill: above, axis: right}",
            {
                "horizontal": [
                    {
                        "value": 80,
                        "label": "limit",
                        "color": "#ff0000",
                        "yAxis": "right",
                        "fill": "above",
                    }
                ]
            },
        ),
        (
            "{from: 10, to: 20, label: band}",
            {"horizontal": [[{"value": 10, "label": "band"}, {"value": 20}]]},
        ),
        (
            "{at: '2026-11-24T10:00:00Z', fill: after}",
            {"vertical": [{"value": "2026-11-24T10:00:00Z", "fill": "after"}]},
        ),
        (
            "{from: '2026-11-24T10:00:00Z', to: '2026-11-24T11:00:00Z'}",
            {"vertical": [[{"value": "2026-11-24T10:00:00Z"}, {"value": "2026-11-24T11:00:00Z"}]]},
        ),
    ],
)
def test_lines_and_bands_are_drawn_across_a_graph(
    annotation: str, made: object, tmp_path: Path
) -> None:
    widget = f"{{graph: cpu, levels: false, annotations: [{annotation}]}}"

    assert properties(widget, tmp_path)["annotations"] == made


# --- text


def test_text_is_markdown(tmp_path: Path) -> None:
    (widget,) = drawn('      - {text: "# Title\\n\\n$5 and $${x}\\n"}\n', tmp_path)

    assert widget["type"] == "text"
    assert widget["properties"] == {"markdown": "# Title\n\n$5 and ${x}"}


def test_text_may_be_transparent(tmp_path: Path) -> None:
    assert properties("{text: x, transparent: true}", tmp_path)["background"] == "transparent"


# --- alarms


def names_of(arns: list[str]) -> list[str]:
    """The alarms behind the ARNs a widget names."""
    assert all(arn.startswith("${Alarm") and arn.endswith(".Arn}") for arn in arns), arns
    return [arn.removeprefix("${Alarm").removesuffix(".Arn}").lower() for arn in arns]


@pytest.mark.parametrize(
    ("alarms", "shown", "title"),
    [
        ("all", ["bad", "busy", "full", "hot"], "All alarms"),
        ("critical", ["hot"], "Critical alarms"),
        ("warning", ["bad", "busy"], "Warnings"),
        ("info", ["full"], "Information"),
        ("[full, hot]", ["full", "hot"], "Alarms"),
    ],
)
def test_states_of_alarms_are_shown_by_severity_or_by_name(
    alarms: str, shown: list[str], title: str, tmp_path: Path
) -> None:
    (widget,) = drawn(f"      - {{alarms: {alarms}}}\n", tmp_path)

    assert widget["type"] == "alarm"
    assert widget["properties"]["title"] == title
    assert names_of(widget["properties"]["alarms"]) == shown


@pytest.mark.parametrize(
    ("others", "shown"),
    [
        ("{graph: cpu}", ["bad", "busy", "hot"]),
        ("{graph: memory}", ["busy"]),
        ("{graph: load}", ["busy"]),
        ("{number: unused}", ["bad", "full"]),
        ("{graph: [{expression: c + 1, given: {c: cpu}}]}", ["bad", "busy", "hot"]),
        ("[{graph: memory}, {number: unused}]", ["bad", "busy", "full"]),
    ],
)
def test_alarms_on_what_is_shown_are_those_on_its_metrics(
    others: str, shown: list[str], tmp_path: Path
) -> None:
    widgets = drawn(f"      - {{alarms: shown}}\n      - {others}\n", tmp_path)

    assert names_of(widgets[0]["properties"]["alarms"]) == shown
    assert widgets[0]["properties"]["title"] == "Alarms"


@pytest.mark.parametrize("widget", ["{alarms: shown}", "{graph: cost}"])
def test_a_widget_that_shows_no_alarm_is_an_error(widget: str, tmp_path: Path) -> None:
    compiled = compile_widgets(f"      - {{alarms: shown}}\n      - {widget}\n", tmp_path)

    found = errors(compiled)
    assert {one.rule for one in found} == {"dashboard/nothing-shown"}
    assert {marked_text(one) for one in found} == {"shown"}


def test_a_severity_without_alarms_shows_nothing(tmp_path: Path) -> None:
    text = HEAD + "dashboards: {d: {rows: [alarms: critical]}}\n"

    error = only_error(compile_text(text, tmp_path), "dashboard/nothing-shown")

    assert "`only`" in error.help
    assert marked_text(error) == "critical"


def test_states_may_be_limited_and_sorted(tmp_path: Path) -> None:
    found = properties("{alarms: all, states: [ALARM, OK], sort: timestamp, title: Now}", tmp_path)

    assert (found["states"], found["sortBy"], found["title"]) == (
        ["ALARM", "OK"],
        "timestamp",
        "Now",
    )


def test_an_alarm_that_does_not_exist_is_an_error_with_a_suggestion(tmp_path: Path) -> None:
    compiled = compile_widgets("      - {alarms: [hott, busy]}\n      - {alarm: buzy}\n", tmp_path)

    found = errors(compiled)
    assert [one.hint for one in found] == ['did you mean "hot"?', 'did you mean "busy"?']
    assert [marked_text(one) for one in found] == ["hott", "buzy"]


def test_the_graph_of_an_alarm_is_drawn_by_cloudwatch(tmp_path: Path) -> None:
    assert properties("{alarm: hot, stacked: true, left: {min: 0}}", tmp_path) == {
        "title": "CPU above 70 % for 5 minutes",
        "region": "eu-west-1",
        "view": "timeSeries",
        "stacked": True,
        "annotations": {"alarms": ["${AlarmHot.Arn}"]},
        "yAxis": {"left": {"min": 0}},
    }


def test_a_composite_alarm_has_no_graph(tmp_path: Path) -> None:
    compiled = compile_widgets("      - {alarm: bad}\n", tmp_path)

    error = only_error(compiled, "dashboard/nothing-shown")
    assert error.message == '"bad" combines other alarms and has no graph'
    assert error.help == "show its state:  alarms: [bad]"


# --- logs


def test_a_saved_query_runs_on_its_logs(tmp_path: Path) -> None:
    assert properties("{query: Errors}", tmp_path) == {
        "title": "Errors",
        "query": "SOURCE '/shop/backend' | SOURCE '/shop/proxy' | filter x\n| stats count() by bin(5m)",
        "region": "eu-west-1",
        "view": "table",
    }


@pytest.mark.parametrize(
    ("view", "made"),
    [
        ("table", {"view": "table"}),
        ("line", {"view": "timeSeries"}),
        ("stacked", {"view": "timeSeries", "stacked": True}),
        ("bar", {"view": "bar"}),
        ("pie", {"view": "pie"}),
    ],
)
def test_the_result_of_a_query_is_shown_in_many_ways(
    view: str, made: dict[str, Any], tmp_path: Path
) -> None:
    found = properties(f"{{query: Errors, view: {view}}}", tmp_path)

    assert {key: found[key] for key in ("view", "stacked") if key in found} == made


def test_a_query_may_be_written_in_the_widget(tmp_path: Path) -> None:
    found = properties("{insights: ' fields @message ', logs: [proxy]}", tmp_path)

    assert found["query"] == "SOURCE '/shop/proxy' | fields @message"
    assert found["title"] == "Logs"


@pytest.mark.parametrize(
    ("widget", "rule", "marked", "hint"),
    [
        ("{query: Erors}", "query/unknown", "Erors", 'did you mean "Errors"?'),
        ("{query: Nothing like it}", "query/unknown", "Nothing like it", ""),
        ("{query: Anywhere}", "query/unknown", "Anywhere", ""),
        ("{insights: x, logs: [prox]}", "log/unknown", "prox", 'did you mean "proxy"?'),
    ],
)
def test_a_query_that_cannot_run_is_an_error(
    widget: str, rule: str, marked: str, hint: str, tmp_path: Path
) -> None:
    error = only_error(compile_widgets(f"      - {widget}\n", tmp_path), rule)

    assert marked_text(error) == marked
    assert error.hint == hint
    assert error.hint or error.help


# --- the rest


def test_an_explorer_is_written_in_the_words_of_cloudwatch(tmp_path: Path) -> None:
    explorer = "{labels: [{key: Stage, value: prod}], metrics: [{metricName: C, resourceType: 'AWS::EC2::Instance', stat: Sum}]}"

    first, second = drawn(
        f"      - {{explorer: {explorer}}}\n      - {{explorer: {explorer[:-1]}, period: 60}}, title: Mine}}\n",
        tmp_path,
    )

    assert first["type"] == "explorer"
    assert first["properties"]["period"] == 300
    assert first["properties"]["labels"] == [{"key": "Stage", "value": "prod"}]
    assert (second["properties"]["period"], second["properties"]["title"]) == (60, "Mine")


def test_a_chart_queries_the_region_of_the_environment(tmp_path: Path) -> None:
    widget = (
        "{chart: {view: line, data: {queries: [{id: a, language: PromQL, query: up}]}}, title: Up}"
    )

    (found,) = drawn(f"      - {widget}\n", tmp_path)

    assert found["type"] == "chart"
    assert found["properties"]["title"] == "Up"
    assert found["properties"]["data"]["queries"] == [
        {
            "id": "a",
            "language": "PromQL",
            "query": "up",
            "type": "cloudwatch-metrics",
            "region": "eu-west-1",
        }
    ]


def test_a_chart_may_query_another_region(tmp_path: Path) -> None:
    widget = "{chart: {view: line, data: {queries: [{id: a, language: SQL, query: q, region: us-east-1}]}}}"

    assert properties(widget, tmp_path)["data"]["queries"][0]["region"] == "us-east-1"


def test_a_function_may_draw(tmp_path: Path) -> None:
    function = "arn:aws:lambda:eu-west-1:111122223333:function:draw"

    first, second = drawn(
        f"      - {{custom: '{function}'}}\n"
        f"      - {{custom: '{function}', params: {{a: [1, x]}}, update_on: [refresh], title: Mine}}\n",
        tmp_path,
    )

    assert first["type"] == "custom"
    assert first["properties"] == {
        "endpoint": function,
        "updateOn": {"refresh": True, "resize": True, "timeRange": True},
        "title": "Custom",
    }
    assert second["properties"] == {
        "endpoint": function,
        "updateOn": {"refresh": True, "resize": False, "timeRange": False},
        "params": {"a": [1, "x"]},
        "title": "Mine",
    }


def test_a_raw_widget_is_taken_as_it_is(tmp_path: Path) -> None:
    (found,) = drawn(
        "      - {raw: {type: custom, properties: {params: {b: [1, null, true]}}}}\n", tmp_path
    )

    assert found["type"] == "custom"
    assert found["properties"] == {"params": {"b": [1, None, True]}}


# --- what cannot be drawn


@pytest.mark.parametrize(
    ("annotation", "marked", "what"),
    [
        ("{from: 10, to: '2026-11-24T10:00:00Z'}", "'2026-11-24T10:00:00Z'", "from value to value"),
        ("{at: 10, fill: before}", "before", "above or below"),
        ("{at: '2026-11-24T10:00:00Z', fill: above}", "above", "before or after"),
        ("{at: '2026-11-24T10:00:00Z', axis: right}", "axis", "no axis"),
        ("{at: '2026-13-24T10:00:00Z'}", "'2026-13-24T10:00:00Z'", "is not a time"),
        ("{at: '2026-11-31T10:00:00Z'}", "'2026-11-31T10:00:00Z'", "is not a time"),
    ],
)
def test_an_annotation_that_cannot_be_drawn_is_an_error(
    annotation: str, marked: str, what: str, tmp_path: Path
) -> None:
    widget = f"{{graph: cpu, annotations: [{annotation}]}}"

    error = only_error(compile_widgets(f"      - {widget}\n", tmp_path), "dashboard/bad-annotation")

    assert what in error.message
    assert marked_text(error) == marked


@pytest.mark.parametrize(
    "widget",
    [
        "{graph: cpu, left: {min: 10, max: 10}}",
        "{graph: cpu, right: {min: 11, max: 10}}",
        "{gauge: cpu, min: 100, max: 10}",
    ],
)
def test_a_scale_without_length_is_an_error(widget: str, tmp_path: Path) -> None:
    error = only_error(compile_widgets(f"      - {widget}\n", tmp_path), "dashboard/bad-annotation")

    assert marked_text(error) == "10"


def test_a_widget_draws_one_metrics_insights_query(tmp_path: Path) -> None:
    compiled = compile_widgets(
        "      - {graph: [busiest, {query: SELECT MAX(B) FROM X}]}\n", tmp_path
    )

    assert only_error(compiled, "dashboard/two-queries").message.startswith("the widget has 2")


def asked(parameters: str, folder: Path, more: str = "") -> Any:
    """What becomes of a widget that shows a saved query with parameters."""
    text = HEAD + "logs: {l: {group: /l, retention: never}}\n"
    text += f"queries: {{q: {{question: q, query: 'a {{{{w}}}} b {{{{w}}}}', {parameters}}}}}\n"
    return compile_text(
        text + "dashboards: {d: {header: false, rows: [query: q]}}\n" + more, folder
    )


def test_a_widget_asks_a_saved_query_with_the_defaults_of_its_parameters(tmp_path: Path) -> None:
    compiled = asked("log: l, parameters: {w: {default: x}}", tmp_path)

    body = resource(template(compiled), "DashboardD")["DashboardBody"]
    assert "a x b x" in json.loads(body)["widgets"][0]["properties"]["query"]


@pytest.mark.parametrize(
    ("parameters", "what"),
    [
        ("log: l, parameters: {w: {description: word}}", 'asks for "w", which has no default'),
        ("language: SQL", "is in SQL, which no widget shows"),
        ("language: PPL, log: l", "is in PPL, which no widget shows"),
    ],
)
def test_a_saved_query_that_no_widget_can_show_is_an_error(
    parameters: str, what: str, tmp_path: Path
) -> None:
    error = only_error(asked(parameters, tmp_path), "query/wrong-language")

    assert what in error.message
    assert marked_text(error) == "q"

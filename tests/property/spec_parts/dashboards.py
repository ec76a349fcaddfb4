"""Dashboards with every kind of widget."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from property.spec_parts.drawing import Alarm, Drawing, Signal, make_arn
from property.spec_text import Data

_VARIABLES: Data = {
    "host": {
        "property": "InstanceId",
        "input": "select",
        "search": '{AWS/EC2,InstanceId} MetricName="CPUUtilization"',
        "populate_from": "InstanceId",
        "default": "__FIRST",
    },
    "stage-1": {
        "pattern": "prod",
        "input": "radio",
        "values": ["prod", {"value": "dev", "label": "D"}],
    },
    "free": {"pattern": "x", "input": "input", "label": "Any", "visible": False},
}
_ANNOTATIONS: tuple[Data, ...] = (
    {"at": 90, "label": "limit", "color": "#ff0000", "fill": "above"},
    {"from": 1, "to": 2.5, "axis": "left"},
    {"at": "2026-11-24T10:00:00Z", "fill": "after"},
    {"from": "2026-11-24T10:00:00Z", "to": "2026-11-24T11:00:00Z"},
)
_AXIS: Data = {"label": "a: b", "min": -1, "max": 100.5, "show_units": False}


def add_dashboards(draw: Drawing) -> None:
    """Dashboards with rows of widgets."""
    for _ in range(draw.below(3)):
        control = draw.control()
        node: Data = {"rows": [_draw_row(draw, control) for _ in draw.some((1, 2, 3))]}
        draw.maybe(node, "title", draw.line)
        draw.maybe(node, "description", draw.late_prose)
        draw.maybe(node, "start", lambda: draw.pick(("3h", "4 weeks", "2026-11-24T10:00:00Z")))
        if node.get("start", "").endswith("Z"):
            draw.maybe(node, "end", lambda: "2026-11-25T10:00:00Z")
        draw.maybe(node, "period", lambda: draw.pick(("auto", "inherit")), 4)
        draw.maybe(node, "header", lambda: draw.pick((True, False)))
        draw.maybe(node, "name", lambda: f"${{environment}}-${{service}}-own-{draw.number}", 6)
        draw.maybe(node, "tags", draw.tags, 5)
        if draw.chance(4):
            node["variables"] = {name: _VARIABLES[name] for name in draw.some(tuple(_VARIABLES))}
        draw.put("dashboards", draw.name(("main-", "Overview_", "9")), node, control)


def _draw_row(draw: Drawing, control: Data) -> Any:
    widgets = [_draw_widget(draw, control) for _ in draw.some((1, 2, 3))]
    for widget in widgets[1:]:
        draw.maybe(widget, "only", lambda: draw.some(tuple(draw.environments)), 5)
    if len(widgets) == 1 and draw.chance(2):
        return widgets[0]
    if draw.chance(4):
        for widget in widgets:
            widget["width"] = draw.pick((1, 4, 8))
    return widgets


def _draw_widget(draw: Drawing, control: Data) -> Data:
    signals = [one for one in draw.signals if draw.fits(one.control, control)]
    alarms = [one for one in draw.alarms if draw.fits(one.control, control)]
    simple = [one.key for one in alarms if not one.is_composite]
    queries = [key for key, where in draw.queries if draw.fits(where, control)]
    logs = [key for key, where in draw.logs if draw.fits(where, control)]
    views = ("table", "line", "stacked", "bar", "pie")
    makers: list[tuple[bool, Callable[[], Data]]] = [
        (True, lambda: _draw_plain_widget(draw)),
        (bool(signals), lambda: _draw_metric_widget(draw, signals)),
        (bool(signals), lambda: _draw_metric_widget(draw, signals)),
        (bool(alarms), lambda: _draw_status_widget(draw, alarms)),
        (bool(simple), lambda: {"alarm": draw.pick(simple), "left": {"min": 0}}),
        (bool(queries), lambda: {"query": draw.pick(queries), "view": draw.pick(views)}),
        (bool(logs), lambda: {"insights": "fields @message", "logs": draw.some(logs)}),
    ]
    widget = draw.pick([make for is_possible, make in makers if is_possible])()
    if "raw" not in widget and "text" not in widget:
        draw.maybe(widget, "title", draw.late_line)
    draw.maybe(widget, "height", lambda: draw.pick((2, 9)), 5)
    return widget


def _draw_metric_widget(draw: Drawing, signals: list[Signal]) -> Data:
    kind = draw.pick(("graph", "number", "gauge", "bar", "pie", "table"))
    lines: list[Any] = []
    for _ in draw.some((1, 2, 3)):
        line = _draw_line(draw, draw.pick(signals))
        if not any(_has_query(one, signals) for one in lines) or not _has_query(line, signals):
            lines.append(line)
    if len(lines) > 1 and isinstance(lines[1], dict):
        draw.maybe(lines[1], "hidden", lambda: True, 4)
    widget: Data = {kind: lines}
    if len(lines) == 1 and draw.chance(2):
        widget[kind] = draw.pick(signals).key
    draw.maybe(widget, "period", lambda: "5m", 5)
    draw.maybe(widget, "legend", lambda: draw.pick(("right", "hidden", "bottom")), 4)
    draw.maybe(widget, "live", lambda: True, 5)
    draw.maybe(widget, "timezone", lambda: "+0545", 5)
    draw.maybe(widget, "levels", lambda: False, 4)
    draw.maybe(widget, "annotations", lambda: draw.some(_ANNOTATIONS))
    if kind == "gauge":
        return widget | {"min": 0, "max": 100}
    if kind == "number":
        return widget | {"sparkline": True, "precise": draw.chance(2)}
    if kind == "table":
        draw.maybe(widget, "time_series", lambda: False)
        return widget | {"layout": "vertical", "summary": ["MAX", "SUM"], "sticky_summary": True}
    if kind != "pie":
        draw.maybe(widget, draw.pick(("left", "right")), lambda: _AXIS)
    if kind == "graph":
        draw.maybe(widget, "stacked", lambda: True)
    else:
        draw.maybe(widget, "full_range", lambda: True)
    return widget


def _has_query(line: Any, signals: list[Signal]) -> bool:
    """Whether a line holds a Metrics Insights query; a widget takes one."""
    text = str(line)
    return "SELECT" in text or any(one.queries and one.key in text for one in signals)


def _draw_line(draw: Drawing, signal: Signal) -> Any:
    kind = draw.pick(("name", "use", "search", "math", "query", "aws"))
    if kind == "name":
        return signal.key
    if kind == "use":
        line: Data = {"metric": signal.key}
        if signal.is_single:
            draw.maybe(line, "statistic", lambda: draw.pick(("Maximum", "p99")))
        draw.maybe(line, "axis", lambda: "right")
    elif kind == "search":
        line = {"expression": "SEARCH('{AWS/EC2,InstanceId} cpu', 'Average', 300)"}
    elif kind == "math":
        line = {"expression": "2 * x", "given": {"x": signal.key}}
    elif kind == "query":
        line = {"query": 'SELECT AVG(CPUUtilization) FROM "AWS/EC2" GROUP BY InstanceId'}
    else:
        line = {"metric": "AWS/SQS NumberOfMessagesSent"}
        line["dimensions"] = {"QueueName": draw.parameter()}
    draw.maybe(line, "label", lambda: draw.choose("$${MAX} of it", draw.late_line))
    draw.maybe(line, "color", lambda: "#1f77b4", 4)
    return line


def _draw_status_widget(draw: Drawing, alarms: list[Alarm]) -> Data:
    chosen: Any = [one.key for one in draw.some(alarms)]
    severities = [one.severity for one in alarms if not one.control and "$" not in one.severity]
    if severities and draw.chance(2):
        chosen = draw.pick(("all", *severities))
    widget: Data = {"alarms": chosen}
    draw.maybe(widget, "states", lambda: draw.some(("ALARM", "OK", "INSUFFICIENT_DATA")))
    draw.maybe(widget, "sort", lambda: draw.pick(("default", "timestamp")))
    return widget


def _draw_plain_widget(draw: Drawing) -> Data:
    kind = draw.pick(("text", "explorer", "chart", "custom", "raw"))
    if kind == "text":
        return {"text": draw.late_prose(), "transparent": draw.chance(2)}
    if kind == "explorer":
        return {"explorer": _draw_explorer(draw)}
    if kind == "chart":
        return {"chart": _draw_chart(draw)}
    if kind == "custom":
        target = draw.choose(make_arn("lambda", "function:draw"), draw.parameter)
        widget: Data = {"custom": target}
        draw.maybe(widget, "params", lambda: {"a": [1, None, draw.late_line()], "for_each": "x"}, 2)
        draw.maybe(widget, "update_on", lambda: ["resize"], 2)
        return widget
    return {"raw": {"type": "text", "properties": {"markdown": draw.late_line(), "only": []}}}


def _draw_explorer(draw: Drawing) -> Data:
    metric = {"metricName": "CPUUtilization", "resourceType": "AWS::EC2::Instance"}
    labels = [{"key": "Stage", "value": draw.late_line()}, {"key": "Team"}]
    explorer: Data = {"labels": labels, "metrics": [metric | {"stat": "Average"}]}
    draw.maybe(explorer, "aggregateBy", lambda: {"key": "Team", "func": "MAX"}, 2)
    draw.maybe(explorer, "splitBy", lambda: "Team", 2)
    options = {
        "legend": {"position": "bottom"},
        "rowsPerPage": 5,
        "widgetsPerRow": 2,
        "view": "pie",
    }
    draw.maybe(explorer, "widgetOptions", lambda: options, 2)
    return explorer


def _draw_chart(draw: Drawing) -> Data:
    query = {"id": "q1", "language": "PromQL", "query": 'up{job="${service}"}', "step": 60}
    draw.maybe(query, "accountId", lambda: "111122223333", 2)
    chart: Data = {"view": "line", "data": {"queries": [query]}}
    draw.maybe(chart, "plotOptions", lambda: {"stacked": False}, 2)
    draw.maybe(chart, "xAxis", lambda: {"type": "time"}, 2)
    draw.maybe(chart, "yAxis", lambda: [{"min": 0}], 2)
    return chart

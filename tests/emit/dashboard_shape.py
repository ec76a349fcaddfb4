"""What CloudWatch takes as a dashboard body, written down independently of the compiler.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
(read 2026-11-24); what it does not say of `custom` widgets and of a few options is what the console writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_RELATIVE = re.compile(r"-P(?:T[0-9]+[HM]|[0-9]+[DWM])")
_TIME = re.compile(
    r"[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9](?::[0-5][0-9](?:\.[0-9]+)?)?Z"
)
_ID = re.compile(r"[a-z][A-Za-z0-9_]*")
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
_VARIABLE = re.compile(r"[0-9A-Za-z_-]{1,32}")
_SQL = re.compile(r"\s*SELECT\s", re.IGNORECASE)
_FRAME = {"type", "x", "y", "width", "height", "properties"}
_RENDER = {
    "accountId", "color", "expression", "id", "label", "period", "region", "stat", "visible", "yAxis",
}  # fmt: skip
_METRIC = {
    "accountId", "annotations", "insightRule", "legend", "liveData", "metrics", "period", "region",
    "setPeriodToTimeRange", "singleValueFullPrecision", "sparkline", "stacked", "stat", "table",
    "timezone", "title", "view", "yAxis",
}  # fmt: skip
_VIEWS = {"timeSeries", "singleValue", "gauge", "bar", "pie", "table"}
_FILLS = {"horizontal": {"above", "below", "none"}, "vertical": {"before", "after", "none"}}
_CHART_VIEWS = {
    "line", "bar", "pie", "number", "solidgauge", "column", "legend", "histogram", "heatmap",
    "scatter",
}  # fmt: skip


def find_faults(body: dict[str, Any]) -> list[str]:
    """What CloudWatch would refuse or not draw, each with a pointer to it."""
    return list(_body(body))


def _body(body: dict[str, Any]) -> Iterator[str]:
    known = {"widgets", "variables", "start", "end", "periodOverride"}
    yield from _unknown("", body, known)
    start, end = body.get("start"), body.get("end")
    if start is not None and not (_RELATIVE.fullmatch(start) or _TIME.fullmatch(start)):
        yield "/start: neither a time nor a distance"
    if end is not None and (start is None or not _TIME.fullmatch(end)):
        yield "/end: needs a start, and is a time"
    if body.get("periodOverride", "auto") not in {"auto", "inherit"}:
        yield "/periodOverride: auto or inherit"
    variables = body.get("variables", [])
    if len(variables) > 25 or len({one["id"] for one in variables}) < len(variables):
        yield "/variables: at most 25, each with an id of its own"
    for index, variable in enumerate(variables):
        yield from _variable(f"/variables/{index}", variable)
    widgets = body["widgets"]
    if len(widgets) > 500:
        yield "/widgets: 500 are the most"
    for index, widget in enumerate(widgets):
        yield from _widget(f"/widgets/{index}", widget)
        for other_index, other in enumerate(widgets[:index]):
            if _overlap(widget, other):
                yield f"/widgets/{index}: lies on /widgets/{other_index}"


def _variable(at: str, variable: dict[str, Any]) -> Iterator[str]:
    kind = variable.get("type")
    if kind not in {"property", "pattern"} or not isinstance(variable.get(kind), str):
        yield f"{at}: a property or a pattern"
    if variable.get("inputType") not in {"input", "select", "radio"}:
        yield f"{at}/inputType: input, select or radio"
    if not _VARIABLE.fullmatch(variable["id"]):
        yield f"{at}/id: 32 letters, digits, dashes and underscores"
    if len(variable.get("label", "")) > 30:
        yield f"{at}/label: 30 characters are the most"
    values = variable.get("values")
    is_choice = variable.get("inputType") in {"select", "radio"}
    if is_choice and (values is None) is ("search" not in variable):
        yield f"{at}: either values or a search"
    if ("search" in variable) is not ("populateFrom" in variable):
        yield f"{at}: a search and what to take from it"
    for index, value in enumerate(values or ()):
        if set(value) - {"value", "label"} or not isinstance(value.get("label", ""), str):
            yield f"{at}/values/{index}: a value and a label"
    default = variable.get("defaultValue")
    if is_choice and values and default not in {None, *(one["value"] for one in values)}:
        yield f"{at}/defaultValue: one of the values"


def _widget(at: str, widget: dict[str, Any]) -> Iterator[str]:
    yield from _unknown(at, widget, _FRAME)
    if not 0 <= widget["x"] <= 23 or widget["y"] < 0:
        yield f"{at}: outside the grid"
    if widget["width"] < 1 or widget["x"] + widget["width"] > 24:
        yield f"{at}/width: beyond the 24 columns"
    if not 1 <= widget["height"] <= 1000:
        yield f"{at}/height: 1 to 1000"
    check = {
        "metric": _metric,
        "text": _text,
        "log": _log,
        "alarm": _alarm,
        "explorer": _explorer,
        "chart": _chart,
        "custom": _custom,
    }.get(widget["type"])
    if check is None:
        yield f"{at}/type: unknown"
    else:
        yield from check(f"{at}/properties", widget["properties"])


def _metric(at: str, properties: dict[str, Any]) -> Iterator[str]:
    yield from _unknown(at, properties, _METRIC)
    if not isinstance(properties.get("region"), str):
        yield f"{at}/region: required"
    annotations = properties.get("annotations", {})
    alarms = annotations.get("alarms", [])
    metrics = properties.get("metrics")
    if metrics and alarms:
        yield f"{at}: metrics or an alarm, not both"
    if not (metrics or alarms or "insightRule" in properties):
        yield f"{at}: neither metrics nor an alarm"
    if properties.get("view", "timeSeries") not in _VIEWS:
        yield f"{at}/view: unknown"
    if properties.get("view") == "gauge" and set(properties["yAxis"]["left"]) < {"min", "max"}:
        yield f"{at}/yAxis/left: a gauge needs min and max"
    for side, axis in properties.get("yAxis", {}).items():
        yield from _unknown(f"{at}/yAxis/{side}", axis, {"label", "min", "max", "showUnits"})
        if axis.get("min", 0) >= axis.get("max", float("inf")):
            yield f"{at}/yAxis/{side}: ends before it begins"
    yield from _period(at, properties)
    yield from _metrics(f"{at}/metrics", metrics or [])
    yield from _annotations(f"{at}/annotations", annotations)


def _metrics(at: str, metrics: list[Any]) -> Iterator[str]:
    if len(metrics) > 500:
        yield f"{at}: 500 are the most"
    for index, entry in enumerate(metrics):
        yield from _entry(f"{at}/{index}", entry)
    renders = [entry[-1] for entry in metrics if isinstance(entry[-1], dict)]
    ids = [render["id"] for render in renders if "id" in render]
    if len(set(ids)) < len(ids):
        yield f"{at}: two entries share an id"
    if sum(bool(_SQL.match(render.get("expression", ""))) for render in renders) > 1:
        yield f"{at}: one Metrics Insights query is the most"


def _entry(at: str, entry: list[Any]) -> Iterator[str]:
    render = entry[-1] if isinstance(entry[-1], dict) else {}
    names = entry[:-1] if render else entry
    yield from _unknown(at, render, _RENDER)
    if not all(isinstance(name, str) and name for name in names):
        yield f"{at}: strings, then one object"
    if "expression" in render and (names or "id" not in render):
        yield f"{at}: an expression stands alone, with an id"
    if "expression" not in render and (len(names) < 2 or len(names) % 2):
        yield f"{at}: namespace, name, and pairs of dimensions"
    if not _ID.fullmatch(render.get("id", "x")):
        yield f"{at}/id: a lower-case letter, then letters, digits and underscores"
    if not _COLOR.fullmatch(render.get("color", "#000000")):
        yield f"{at}/color: #rrggbb"
    if render.get("yAxis", "left") not in {"left", "right"}:
        yield f"{at}/yAxis: left or right"
    yield from _period(at, render)


def _period(at: str, holder: dict[str, Any]) -> Iterator[str]:
    period = holder.get("period", 60)
    if period not in {1, 5, 10, 30} and (period < 60 or period % 60):
        yield f"{at}/period: a multiple of 60"


def _annotations(at: str, annotations: dict[str, Any]) -> Iterator[str]:
    yield from _unknown(at, annotations, {"alarms", "horizontal", "vertical"})
    if "alarms" in annotations and (len(annotations["alarms"]) > 1 or len(annotations) > 1):
        yield f"{at}: one alarm, and nothing beside it"
    for direction in ("horizontal", "vertical"):
        for index, drawn in enumerate(annotations.get(direction, [])):
            yield from _annotation(f"{at}/{direction}/{index}", direction, drawn)


def _annotation(at: str, direction: str, drawn: Any) -> Iterator[str]:
    ends = drawn if isinstance(drawn, list) else [drawn]
    if isinstance(drawn, list) and len(drawn) != 2:
        yield f"{at}: a band has two ends"
    for end in ends:
        is_time = isinstance(end["value"], str) and bool(_TIME.fullmatch(end["value"]))
        is_number = isinstance(end["value"], int | float)
        if not (is_time if direction == "vertical" else is_number):
            yield f"{at}/value: a number across, a time along"
        if end.get("fill", "none") not in _FILLS[direction]:
            yield f"{at}/fill: not for {direction} lines"
        if direction == "vertical" and "yAxis" in end:
            yield f"{at}/yAxis: times have no axis"
        if not _COLOR.fullmatch(end.get("color", "#000000")):
            yield f"{at}/color: #rrggbb"


def _text(at: str, properties: dict[str, Any]) -> Iterator[str]:
    yield from _unknown(at, properties, {"markdown", "background"})
    if not isinstance(properties.get("markdown"), str):
        yield f"{at}/markdown: required"
    if properties.get("background", "solid") not in {"solid", "transparent"}:
        yield f"{at}/background: solid or transparent"


def _log(at: str, properties: dict[str, Any]) -> Iterator[str]:
    yield from _unknown(
        at, properties, {"title", "query", "region", "view", "stacked", "accountId"}
    )
    if not isinstance(properties.get("region"), str):
        yield f"{at}/region: required"
    if not re.match(r"(?:SOURCE '[.\-_/#A-Za-z0-9<>]+' \| )+\S", properties["query"]):
        yield f"{at}/query: log groups first"
    if properties.get("view", "table") not in {"table", "timeSeries", "bar", "pie"}:
        yield f"{at}/view: unknown"


def _alarm(at: str, properties: dict[str, Any]) -> Iterator[str]:
    yield from _unknown(at, properties, {"title", "alarms", "sortBy", "states"})
    alarms = properties["alarms"]
    if not 1 <= len(alarms) <= 100 or not all(one.startswith("arn:aws:") for one in alarms):
        yield f"{at}/alarms: 1 to 100 ARNs"
    if set(properties.get("states", [])) - {"ALARM", "INSUFFICIENT_DATA", "OK"}:
        yield f"{at}/states: unknown"
    if properties.get("sortBy", "default") not in {"default", "stateUpdatedTimestamp", "timestamp"}:
        yield f"{at}/sortBy: unknown"


def _explorer(at: str, properties: dict[str, Any]) -> Iterator[str]:
    known = {"labels", "metrics", "aggregateBy", "splitBy", "period", "title", "widgetOptions"}
    yield from _unknown(at, properties, known)
    if not properties.get("labels") or not 1 <= len(properties.get("metrics", [])) <= 100:
        yield f"{at}: labels, and 1 to 100 metrics"
    if len({metric["resourceType"] for metric in properties["metrics"]}) > 1:
        yield f"{at}/metrics: of one resource type"
    yield from _period(at, properties)


def _chart(at: str, properties: dict[str, Any]) -> Iterator[str]:
    if properties.get("view") not in _CHART_VIEWS:
        yield f"{at}/view: unknown"
    queries = properties["data"]["queries"]
    if len({query["id"] for query in queries}) < len(queries):
        yield f"{at}/data/queries: two queries share an id"
    for index, query in enumerate(queries):
        if query.get("type") != "cloudwatch-metrics" or query["language"] not in {"PromQL", "SQL"}:
            yield f"{at}/data/queries/{index}: of cloudwatch-metrics, in PromQL or SQL"


def _custom(at: str, properties: dict[str, Any]) -> Iterator[str]:
    yield from _unknown(at, properties, {"endpoint", "params", "title", "updateOn"})
    if not properties.get("endpoint", "").startswith("arn:aws:lambda:"):
        yield f"{at}/endpoint: the ARN of a function"


def _unknown(at: str, holder: dict[str, Any], known: set[str]) -> Iterator[str]:
    for key in sorted(set(holder) - known):
        yield f"{at}/{key}: unknown"


def _overlap(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return bool(
        one["x"] < other["x"] + other["width"]
        and other["x"] < one["x"] + one["width"]
        and one["y"] < other["y"] + other["height"]
        and other["y"] < one["y"] + one["height"]
    )

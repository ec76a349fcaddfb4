"""Widgets: what an author puts into a row, as CloudWatch will draw it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from watchspec.diagnostics import suggest_name
from watchspec.model.alarms import Alarm, Combination
from watchspec.model.dashboards import (
    AlarmGraphWidget,
    AlarmStatusWidget,
    LogWidget,
    PlainWidget,
    TextWidget,
    WidgetContent,
)
from watchspec.model.logs import INSIGHTS
from watchspec.model.source import Map, Node
from watchspec.resolve import rules
from watchspec.resolve.axes import read_axis
from watchspec.resolve.composites import check_alarm
from watchspec.resolve.context import items, mapping
from watchspec.resolve.logs import check_logs
from watchspec.resolve.metric_widgets import is_metric_widget, read_metric_widget
from watchspec.resolve.names import title_of
from watchspec.resolve.shelf import Shelf

_MAX_STATUS_ALARMS = 100
"""Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html (read 2026-11-24)"""


def resolve_widget(shelf: Shelf, node: Map, shown: frozenset[str]) -> WidgetContent | None:
    """The content of a widget, or None with findings; `shown` are the metrics of the dashboard."""
    if is_metric_widget(node):
        return read_metric_widget(shelf, node)
    for key, read in _READERS.items():
        if key in node:
            return read(shelf, node, shown)
    raise AssertionError(sorted(node))


def _read_text_widget(shelf: Shelf, node: Map, _shown: frozenset[str]) -> TextWidget:
    markdown = shelf.context.text(str(node["text"]).strip())
    return TextWidget(markdown, node.get("transparent") is True)


def _read_status_widget(shelf: Shelf, node: Map, shown: frozenset[str]) -> AlarmStatusWidget | None:
    wanted = node["alarms"]
    place = node.place("alarms")
    if isinstance(wanted, str):
        chosen = tuple(
            key for key, alarm in shelf.alarms.items() if _is_wanted(alarm, wanted, shown, shelf)
        )
    else:
        keys = [(str(name), at) for name, at in items(node, "alarms")]
        chosen = tuple(
            key for key, at in keys if check_alarm(shelf.context, key, shelf.alarm_names, at)
        )
        if len(chosen) < len(keys) or not shelf.broken.isdisjoint(chosen):
            return None
    if not chosen and not shelf.broken:
        help_text = (
            "remove the widget, or limit it with `only` to environments that have such alarms"
        )
        shelf.found.error(rules.NOTHING_SHOWN, "the widget shows no alarm", place, help=help_text)
        return None
    if not chosen:
        return None
    if len(chosen) > _MAX_STATUS_ALARMS:
        message = f"the widget shows {len(chosen)} alarms; {_MAX_STATUS_ALARMS} are the most"
        shelf.found.error(rules.TOO_MUCH, message, place, help="split it by severity or by list")
        return None
    title = shelf.context.read_text(node, "title") or _status_title(wanted)
    states = tuple(str(state) for state, _ in items(node, "states"))
    return AlarmStatusWidget(title, chosen, states, str(node.get("sort", "default")))


def _is_wanted(alarm: Alarm, wanted: str, shown: frozenset[str], shelf: Shelf) -> bool:
    if wanted == "all":
        return True
    if wanted != "shown":
        return alarm.severity == wanted
    if isinstance(alarm.condition, Combination):
        children = [shelf.alarms[key] for key in alarm.condition.children if key in shelf.alarms]
        return any(_is_wanted(child, wanted, shown, shelf) for child in children)
    return bool(alarm.condition.signal.keys & shown)


def _status_title(wanted: Node) -> str:
    words = {"all": "All alarms", "shown": "Alarms", "critical": "Critical alarms"}
    words |= {"warning": "Warnings", "info": "Information"}
    return words.get(str(wanted), "Alarms")


def _read_alarm_widget(shelf: Shelf, node: Map, _shown: frozenset[str]) -> AlarmGraphWidget | None:
    key = shelf.context.read_word(node, "alarm")
    place = node.place("alarm")
    is_known = check_alarm(shelf.context, key, shelf.alarm_names, place)
    if not is_known or key in shelf.broken:
        return None
    alarm = shelf.alarms[key]
    if alarm.signal is None:
        message = f'"{key}" combines other alarms and has no graph'
        help_text = f"show its state:  alarms: [{key}]"
        shelf.found.error(rules.NOTHING_SHOWN, message, place, help=help_text)
        return None
    unit = alarm.signal.unit
    title = shelf.context.read_text(node, "title") or alarm.sentence
    left, right = (read_axis(shelf, node, side, unit) for side in ("left", "right"))
    return AlarmGraphWidget(title, key, node.get("stacked") is True, left, right)


_LogView = Literal["table", "timeSeries", "bar", "pie"]
_LOG_VIEWS: dict[str, _LogView] = {
    "table": "table",
    "line": "timeSeries",
    "stacked": "timeSeries",
    "bar": "bar",
    "pie": "pie",
}


def _read_query_widget(shelf: Shelf, node: Map, _shown: frozenset[str]) -> LogWidget | None:
    key = shelf.context.read_word(node, "query")
    query = shelf.queries.get(key)
    place = node.place("query")
    if query is None:
        hint = suggest_name(key, shelf.queries)
        message = f'there is no saved query "{key}"'
        help_text = "" if hint else "name a query of this spec, or write one with insights and logs"
        shelf.found.error(rules.UNKNOWN_QUERY, message, place, hint=hint, help=help_text)
        return None
    if query.language != INSIGHTS:
        message = f'the saved query "{key}" is in {query.language}, which no widget shows'
        shelf.found.error(rules.BAD_LANGUAGE, message, place)
        return None
    if not query.logs and not query.source.keys().isdisjoint({"log", "logs"}):
        return None  # that there is no such log is said already
    if not query.logs:
        message = f'the saved query "{key}" names no log to run on'
        help_text = "add log to the query, or write the widget with insights and logs"
        shelf.found.error(rules.UNKNOWN_QUERY, message, place, help=help_text)
        return None
    text = query.text
    for parameter in query.parameters:
        if parameter.default is None:
            message = f'the saved query "{key}" asks for "{parameter.name}", which has no default'
            shelf.found.error(
                rules.BAD_LANGUAGE, message, place, help="give the parameter a default"
            )
            return None
        text = text.replace(f"{{{{{parameter.name}}}}}", parameter.default)
    return _log_widget(shelf, node, query.logs, text, key)


def _read_log_widget(shelf: Shelf, node: Map, _shown: frozenset[str]) -> LogWidget:
    logs = check_logs(shelf.context, node, shelf.logs)
    query = shelf.context.read_lines(node, "insights")
    return _log_widget(shelf, node, logs, query, "Logs")


def _log_widget(
    shelf: Shelf, node: Map, logs: tuple[str, ...], query: str, title: str
) -> LogWidget:
    view = str(node.get("view", "table"))
    shown_title = shelf.context.read_text(node, "title") or title
    return LogWidget(shown_title, logs, query, _LOG_VIEWS[view], view == "stacked", node)


def _read_explorer(shelf: Shelf, node: Map, _shown: frozenset[str]) -> PlainWidget:
    return PlainWidget("explorer", _with_title(shelf, node, "explorer", {"period": 300}))


def _read_chart(shelf: Shelf, node: Map, _shown: frozenset[str]) -> PlainWidget:
    properties = _with_title(shelf, node, "chart", {})
    region = shelf.context.environment.region
    properties["data"]["queries"] = [
        {"id": query["id"], "type": "cloudwatch-metrics", "region": region} | query
        for query in properties["data"]["queries"]
    ]
    return PlainWidget("chart", properties)


def _with_title(
    shelf: Shelf, node: Map, key: str, defaults: dict[str, Any]
) -> dict[str, Any]:  # JSON data on its way through
    data = shelf.context.data(node[key])
    assert isinstance(data, dict)
    title = shelf.context.read_text(node, "title")
    return defaults | data | ({} if title is None else {"title": title})


def _read_custom(shelf: Shelf, node: Map, _shown: frozenset[str]) -> PlainWidget:
    moments = [str(moment) for moment, _ in items(node, "update_on")]
    all_moments = ("refresh", "resize", "timeRange")
    properties: dict[str, object] = {
        "endpoint": shelf.context.text(str(node["custom"])),
        "updateOn": {name: not moments or name in moments for name in all_moments},
    }
    params = mapping(node, "params")
    if params is not None:
        properties["params"] = shelf.context.data(params)
    properties["title"] = shelf.context.read_text(node, "title") or title_of("custom")
    return PlainWidget("custom", properties)


def _read_raw(shelf: Shelf, node: Map, _shown: frozenset[str]) -> PlainWidget:
    raw = mapping(node, "raw")
    assert raw is not None
    return PlainWidget(shelf.context.read_word(raw, "type"), shelf.context.data(raw["properties"]))


_READERS: dict[str, Callable[[Shelf, Map, frozenset[str]], WidgetContent | None]] = {
    "text": _read_text_widget,
    "alarms": _read_status_widget,
    "alarm": _read_alarm_widget,
    "query": _read_query_widget,
    "insights": _read_log_widget,
    "explorer": _read_explorer,
    "chart": _read_chart,
    "custom": _read_custom,
    "raw": _read_raw,
}

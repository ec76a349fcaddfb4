"""Widgets: what an author puts into a row, as CloudWatch will draw it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, cast

from watchspec.catalog.quotas import DASHBOARD_METRICS_PER_WIDGET
from watchspec.diagnostics import Findings, Location, suggest_name
from watchspec.model.alarms import Alarm, Combination
from watchspec.model.dashboards import (
    AlarmGraphWidget,
    AlarmStatusWidget,
    Annotation,
    Axis,
    Line,
    LogWidget,
    MetricView,
    MetricWidget,
    PlainWidget,
    Side,
    TextWidget,
    WidgetContent,
)
from watchspec.model.logs import LogGroup, SavedQuery
from watchspec.model.signals import Level, MetricStat
from watchspec.model.source import Map, Node
from watchspec.model.text import Text
from watchspec.resolve import rules
from watchspec.resolve.composites import check_alarm
from watchspec.resolve.context import Context, items, mapping
from watchspec.resolve.logs import check_logs
from watchspec.resolve.names import title_of
from watchspec.resolve.quantities import parse_quantity
from watchspec.resolve.signals import Signals

_VIEWS: dict[str, MetricView] = {
    "graph": "timeSeries",
    "number": "singleValue",
    "gauge": "gauge",
    "bar": "bar",
    "pie": "pie",
    "table": "table",
}
_NORMAL = frozenset({"normal", "good", "ok", "healthy"})
"""Levels that say what is fine: printed in the guide, not drawn."""
_COLORS = {"warning": "#ff7f0e", "critical": "#d62728"}
_OTHER_COLOR = "#7f7f7f"
_MAX_STATUS_ALARMS = 100
"""Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html (read 2026-11-24)"""


@dataclass(frozen=True, slots=True)
class Shelf:
    """What widgets can refer to."""

    context: Context
    signals: Signals
    alarms: Mapping[str, Alarm]
    logs: Mapping[str, LogGroup]
    queries: Mapping[str, SavedQuery]

    @property
    def found(self) -> Findings:
        """The findings of the environment."""
        return self.context.found


def resolve_widget(shelf: Shelf, node: Map, shown: frozenset[str]) -> WidgetContent | None:
    """The content of a widget, or None with findings; `shown` are the metrics of the dashboard."""
    for key, view in _VIEWS.items():
        if key in node:
            return _read_metric_widget(shelf, node, key, view)
    for key, read in _READERS.items():
        if key in node:
            return read(shelf, node, shown)
    raise AssertionError(sorted(node))


def metric_keys(content: WidgetContent | None) -> frozenset[str]:
    """The metrics of the spec that a widget shows."""
    if not isinstance(content, MetricWidget):
        return frozenset()
    signals = (line.signal for line in content.lines)
    return frozenset().union(*(one.keys if one.key is None else {one.key} for one in signals))


def is_metric_widget(node: Map) -> bool:
    """Whether a widget shows metrics."""
    return any(key in node for key in _VIEWS)


def _read_metric_widget(shelf: Shelf, node: Map, key: str, view: MetricView) -> MetricWidget | None:
    lines = _read_lines(shelf, node, key)
    if lines is None:
        return None
    if len(lines) > DASHBOARD_METRICS_PER_WIDGET:
        message = f"{len(lines)} lines in one widget; {DASHBOARD_METRICS_PER_WIDGET} are the most"
        shelf.found.error(rules.TOO_MUCH, message, node.place(key))
    unit = lines[0].signal.unit
    left = _read_axis(shelf, node, "left", unit)
    right = _read_axis(
        shelf, node, "right", next((one.signal.unit for one in lines if one.axis == "right"), unit)
    )
    if view == "gauge":
        left = _read_dial(shelf, node, unit)
    annotations = (
        _draw_levels(lines)
        if node.get("levels") is not False and view in {"timeSeries", "gauge", "bar"}
        else ()
    )
    return MetricWidget(
        view=view,
        title=shelf.context.read_text(node, "title") or _make_title(lines),
        lines=lines,
        left=left,
        right=right,
        annotations=(*annotations, *_read_annotations(shelf, node, unit)),
        options=_read_options(node, view),
    )


def _read_lines(shelf: Shelf, node: Map, key: str) -> tuple[Line, ...] | None:
    value = node[key]
    given = list(items(node, key)) if not isinstance(value, str) else [(value, node.place(key))]
    lines = []
    for item, place in given:
        line = _read_line(shelf, node, item, place)
        if line is not None:
            lines.append(line)
    if len(lines) < len(given):
        return None
    return _label_lines(tuple(lines)) or None


def _read_line(shelf: Shelf, widget: Map, item: Node, place: Location) -> Line | None:
    if isinstance(item, Map):
        node = item
    else:
        node = Map(place)
        node.put("metric", item, place, place)
    for key in ("period", "statistic"):
        inherits = key == "period" or "metric" in node
        if key in widget and key not in node and inherits:
            copy = Map(node.start)
            for name, value, key_place, value_place in node.entries():
                copy.put(name, value, key_place, value_place)
            copy.put(key, widget[key], *widget.places[key])
            node = copy
    signal = shelf.signals.read(node)
    if signal is None:
        return None
    context = shelf.context
    return Line(
        signal=signal,
        label=context.read_text(node, "label"),
        color=context.read_word(node, "color") or signal.color,
        axis=cast("Side", context.read_word(node, "axis", "left")),
        is_hidden=node.get("hidden") is True,
    )


def _label_lines(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Lines with the same title get the statistic behind it."""
    titles = [line.signal.title for line in lines]
    labelled = []
    for line in lines:
        label: Text | None = line.label
        source = line.signal.source
        if label is None and titles.count(line.signal.title) > 1 and isinstance(source, MetricStat):
            label = f"{line.signal.title} ({source.statistic.lower()})"
        labelled.append(replace(line, label=label or line.signal.title))
    return tuple(labelled)


def _make_title(lines: tuple[Line, ...]) -> str:
    titles = list(dict.fromkeys(line.signal.title for line in lines))
    return ", ".join(titles[:3]) + (" …" if len(titles) > 3 else "")  # noqa: PLR2004 - a title has room for three


def _draw_levels(lines: tuple[Line, ...]) -> tuple[Annotation, ...]:
    """The levels of the metrics as lines and bands, each metric's once."""
    drawn: list[Annotation] = []
    with_levels = {
        line.signal.key: line for line in lines if line.signal.levels and not line.is_hidden
    }
    for line in with_levels.values():
        prefix = f"{line.signal.title}: " if len(with_levels) > 1 else ""
        levels = [level for level in line.signal.levels if level.name not in _NORMAL]
        for upward in (True, False):
            ordered = sorted(
                (
                    level
                    for level in levels
                    if level.operator and (level.operator[0] == ">") is upward
                ),
                key=lambda level: level.value,
                reverse=not upward,
            )
            drawn.extend(
                _draw_direction(ordered, prefix, line.axis, "above" if upward else "below")
            )
        drawn.extend(
            Annotation(
                level.value,
                None,
                f"{prefix}{level.name} {level.written}",
                _color(level),
                "none",
                line.axis,
            )
            for level in levels
            if level.operator is None
        )
    return tuple(drawn)


def _draw_direction(levels: list[Level], prefix: str, axis: Side, fill: str) -> list[Annotation]:
    """Levels that get worse in one direction: a band up to the next, the last without end."""
    drawn = []
    for index, level in enumerate(levels):
        following = levels[index + 1] if index + 1 < len(levels) else None
        label = f"{prefix}{level.name} {level.operator} {level.written}"
        if following is None:
            drawn.append(Annotation(level.value, None, label, _color(level), fill, axis))
        else:
            drawn.append(
                Annotation(level.value, following.value, label, _color(level), "none", axis)
            )
    return drawn


def _color(level: Level) -> str:
    return _COLORS.get(level.name, _OTHER_COLOR)


def _read_annotations(shelf: Shelf, node: Map, unit: str | None) -> tuple[Annotation, ...]:
    annotations = []
    for item, _ in items(node, "annotations"):
        if not isinstance(item, Map):
            continue
        ends = [_read_end(shelf, item, key, unit) for key in ("at", "from", "to") if key in item]
        if any(end is None for end in ends):
            continue
        start, end = ends[0], ends[1] if len(ends) > 1 else None
        assert start is not None
        annotations.append(
            Annotation(
                start,
                end,
                shelf.context.read_text(item, "label"),
                shelf.context.read_word(item, "color") or None,
                shelf.context.read_word(item, "fill", "none"),
                cast("Side", shelf.context.read_word(item, "axis", "left")),
            )
        )
    return tuple(annotations)


def _read_end(shelf: Shelf, item: Map, key: str, unit: str | None) -> float | str | None:
    value = item[key]
    place = item.place(key)
    if isinstance(value, str) and len(value) > 10 and value[4:5] == "-" and "T" in value:  # noqa: PLR2004 - 2026-11-24T…
        return shelf.context.settle(value, place)
    assert isinstance(value, str | int | float)
    written = shelf.context.settle(value, place) if isinstance(value, str) else value
    quantity = parse_quantity(written, unit, place, shelf.found)
    return None if quantity is None else quantity.value


def _read_axis(shelf: Shelf, node: Map, key: str, unit: str | None) -> Axis | None:
    axis = mapping(node, key)
    if axis is None:
        return None
    low, high = (_read_bound(shelf, axis, name, unit) for name in ("min", "max"))
    label = shelf.context.read_word(axis, "label") or None
    return Axis(label, low, high, axis.get("show_units") is not False)


def _read_dial(shelf: Shelf, node: Map, unit: str | None) -> Axis:
    low, high = (_read_bound(shelf, node, name, unit) for name in ("min", "max"))
    return Axis(None, low, high, shows_units=True)


def _read_bound(shelf: Shelf, node: Map, key: str, unit: str | None) -> float | None:
    value = node.get(key)
    if not isinstance(value, str | int | float):
        return None
    place = node.place(key)
    written = shelf.context.settle(value, place) if isinstance(value, str) else value
    quantity = parse_quantity(written, unit, place, shelf.found)
    return None if quantity is None else quantity.value


def _read_options(node: Map, view: MetricView) -> tuple[tuple[str, object], ...]:
    """The properties of a metric widget that CloudWatch takes as they are."""
    options: dict[str, object] = {}
    for key, name in (
        ("stacked", "stacked"),
        ("sparkline", "sparkline"),
        ("precise", "singleValueFullPrecision"),
    ):
        if node.get(key) is True:
            options[name] = True
    if node.get("full_range") is True:
        options["setPeriodToTimeRange"] = True
    if node.get("legend", "bottom") != "bottom":
        options["legend"] = {"position": node["legend"]}
    if node.get("live") is True:
        options["liveData"] = True
    if "timezone" in node:
        options["timezone"] = node["timezone"]
    if view == "table":
        options["table"] = {
            "layout": node.get("layout", "horizontal"),
            "stickySummary": node.get("sticky_summary") is True,
            "showTimeSeriesData": node.get("time_series") is not False,
            "summaryColumns": [str(column) for column, _ in items(node, "summary")]
            or ["MIN", "MAX", "SUM", "AVG"],
        }
    return tuple(sorted(options.items()))


def _read_text_widget(shelf: Shelf, node: Map, _shown: frozenset[str]) -> TextWidget:
    markdown = shelf.context.text(str(node["text"]).strip())
    return TextWidget(markdown, node.get("transparent") is True)


def _read_status_widget(shelf: Shelf, node: Map, shown: frozenset[str]) -> AlarmStatusWidget | None:
    wanted = node["alarms"]
    place = node.place("alarms")
    names = {key: alarm.name for key, alarm in shelf.alarms.items()}
    if isinstance(wanted, str):
        chosen = tuple(
            key for key, alarm in shelf.alarms.items() if _is_wanted(alarm, wanted, shown, shelf)
        )
    else:
        keys = [(str(name), at) for name, at in items(node, "alarms")]
        chosen = tuple(key for key, at in keys if check_alarm(shelf.context, key, names, at))
        if len(chosen) < len(keys):
            return None
    if not chosen:
        help_text = (
            "remove the widget, or limit it with `only` to environments that have such alarms"
        )
        shelf.found.error(rules.NOTHING_SHOWN, "the widget shows no alarm", place, help=help_text)
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
    names = {name: alarm.name for name, alarm in shelf.alarms.items()}
    if not check_alarm(shelf.context, key, names, place):
        return None
    alarm = shelf.alarms[key]
    if alarm.signal is None:
        message = f'"{key}" combines other alarms and has no graph'
        help_text = f"show its state:  alarms: [{key}]"
        shelf.found.error(rules.NOTHING_SHOWN, message, place, help=help_text)
        return None
    unit = alarm.signal.unit
    title = shelf.context.read_text(node, "title") or alarm.sentence
    left, right = (_read_axis(shelf, node, side, unit) for side in ("left", "right"))
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
    if not query.logs:
        message = f'the saved query "{key}" names no log to run on'
        help_text = "add log to the query, or write the widget with insights and logs"
        shelf.found.error(rules.UNKNOWN_QUERY, message, place, help=help_text)
        return None
    return _log_widget(shelf, node, query.logs, query.text, key)


def _read_log_widget(shelf: Shelf, node: Map, _shown: frozenset[str]) -> LogWidget:
    logs = check_logs(shelf.context, node, shelf.logs)
    query = shelf.context.read_word(node, "insights").strip()
    return _log_widget(shelf, node, logs, query, "Logs")


def _log_widget(
    shelf: Shelf, node: Map, logs: tuple[str, ...], query: str, title: str
) -> LogWidget:
    view = str(node.get("view", "table"))
    shown_title = shelf.context.read_text(node, "title") or title
    return LogWidget(shown_title, logs, query, _LOG_VIEWS[view], is_stacked=view == "stacked")


def _read_explorer(shelf: Shelf, node: Map, _shown: frozenset[str]) -> PlainWidget:
    return PlainWidget("explorer", _with_title(shelf, node, "explorer", {"period": 300}))


def _read_chart(shelf: Shelf, node: Map, _shown: frozenset[str]) -> PlainWidget:
    properties = _with_title(shelf, node, "chart", {})
    for query in properties["data"]["queries"]:
        query.setdefault("type", "cloudwatch-metrics")
        query.setdefault("region", shelf.context.environment.region)
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

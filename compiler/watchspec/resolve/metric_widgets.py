"""Widgets that show metrics: graphs, numbers, gauges, bars, pies, tables."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from watchspec.catalog.quotas import DASHBOARD_METRICS_PER_WIDGET
from watchspec.diagnostics import Location
from watchspec.model.dashboards import Line, MetricView, MetricWidget, Side, WidgetContent
from watchspec.model.signals import MetricStat
from watchspec.model.source import Map, Node
from watchspec.model.text import Text
from watchspec.resolve import rules
from watchspec.resolve.axes import read_annotations, read_axis, read_dial
from watchspec.resolve.context import items
from watchspec.resolve.levels import draw_levels
from watchspec.resolve.shelf import Shelf

_VIEWS: dict[str, MetricView] = {
    "graph": "timeSeries",
    "number": "singleValue",
    "gauge": "gauge",
    "bar": "bar",
    "pie": "pie",
    "table": "table",
}


def read_metric_widget(shelf: Shelf, node: Map) -> MetricWidget | None:
    """The content of a widget that shows metrics, or None with findings."""
    key, view = next((key, view) for key, view in _VIEWS.items() if key in node)
    lines = _read_lines(shelf, node, key)
    if lines is None:
        return None
    if len(lines) > DASHBOARD_METRICS_PER_WIDGET:
        message = f"{len(lines)} lines in one widget; {DASHBOARD_METRICS_PER_WIDGET} are the most"
        shelf.found.error(rules.TOO_MUCH, message, node.place(key))
    unit = lines[0].signal.unit
    left = read_axis(shelf, node, "left", unit)
    right = read_axis(
        shelf, node, "right", next((one.signal.unit for one in lines if one.axis == "right"), unit)
    )
    if view == "gauge":
        left = read_dial(shelf, node, unit)
    annotations = (
        draw_levels(lines)
        if node.get("levels") is not False and view in {"timeSeries", "gauge", "bar"}
        else ()
    )
    return MetricWidget(
        view=view,
        title=shelf.context.read_text(node, "title") or _make_title(lines),
        lines=lines,
        left=left,
        right=right,
        annotations=(*annotations, *read_annotations(shelf, node, unit)),
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


def metric_keys(content: WidgetContent | None) -> frozenset[str]:
    """The metrics of the spec that a widget shows."""
    if not isinstance(content, MetricWidget):
        return frozenset()
    signals = (line.signal for line in content.lines)
    return frozenset().union(*(one.keys if one.key is None else {one.key} for one in signals))


def is_metric_widget(node: Map) -> bool:
    """Whether a widget shows metrics."""
    return any(key in node for key in _VIEWS)


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

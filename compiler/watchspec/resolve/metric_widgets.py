"""Widgets that show metrics: graphs, numbers, gauges, bars, pies, tables."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from watchspec.catalog.quotas import DASHBOARD_METRICS_PER_WIDGET
from watchspec.diagnostics import Location
from watchspec.model.dashboards import Line, MetricView, MetricWidget, Side, WidgetContent
from watchspec.model.signals import InsightsQuery, MetricStat
from watchspec.model.source import Map, Node
from watchspec.model.text import Text, join_text, show_text
from watchspec.resolve import rules
from watchspec.resolve.axes import read_annotations, read_axis, read_dial
from watchspec.resolve.context import items
from watchspec.resolve.levels import draw_levels
from watchspec.resolve.shelf import Shelf

_TITLES = 3
"""So many names have room in the title of a widget."""
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
    _check_lines(shelf, lines, node.place(key))
    unit = lines[0].signal.unit
    right_unit = next((line.signal.unit for line in lines if line.axis == "right"), unit)
    draws_levels = node.get("levels") is not False and view in {"timeSeries", "gauge", "bar"}
    return MetricWidget(
        view=view,
        title=shelf.context.read_text(node, "title") or _make_title(lines),
        lines=_label_lines(lines),
        left=read_dial(shelf, node, unit)
        if view == "gauge"
        else read_axis(shelf, node, "left", unit),
        right=read_axis(shelf, node, "right", right_unit),
        annotations=(
            *(draw_levels(lines) if draws_levels else ()),
            *read_annotations(shelf, node, unit),
        ),
        options=_read_options(node, view),
    )


def _check_lines(shelf: Shelf, lines: tuple[Line, ...], place: Location) -> None:
    if len(lines) > DASHBOARD_METRICS_PER_WIDGET:
        message = f"{len(lines)} lines in one widget; {DASHBOARD_METRICS_PER_WIDGET} are the most"
        shelf.found.error(rules.TOO_MUCH, message, place)
    if all(line.is_hidden for line in lines):
        shelf.found.error(rules.NOTHING_SHOWN, "all lines of the widget are hidden", place)
    queries = sum(isinstance(line.signal.source, InsightsQuery) for line in lines)
    if queries > 1:
        message = f"the widget has {queries} Metrics Insights queries; one is the most"
        shelf.found.error(rules.TWO_QUERIES, message, place)


def _read_lines(shelf: Shelf, node: Map, key: str) -> tuple[Line, ...] | None:
    value = node[key]
    given = list(items(node, key)) if not isinstance(value, str) else [(value, node.place(key))]
    lines = [_read_line(shelf, node, item, place) for item, place in given]
    complete = tuple(line for line in lines if line is not None)
    return complete if complete and len(complete) == len(given) else None


def _read_line(shelf: Shelf, widget: Map, item: Node, place: Location) -> Line | None:
    if isinstance(item, Map):
        node = item
    else:
        node = Map(place)
        node.put("metric", item, place, place)
    signal = shelf.signals.read(node)
    if signal is None:
        return None
    context = shelf.context
    return Line(
        signal=shelf.signals.inherit(signal, node, widget),
        label=context.read_text(node, "label"),
        color=context.read_word(node, "color") or signal.color,
        axis=cast("Side", context.read_word(node, "axis", "left")),
        is_hidden=node.get("hidden") is True,
    )


def _label_lines(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Lines without a label get their title; where two are alike, the statistic behind it."""
    titles = [line.signal.title for line in lines]
    labelled = []
    for line in lines:
        label = line.label or line.signal.title
        source = line.signal.source
        is_alike = line.label is None and titles.count(label) > 1
        if is_alike and isinstance(source, MetricStat):
            label = join_text(label, f" ({source.statistic.lower()})")
        labelled.append(replace(line, label=label))
    return tuple(labelled)


def _make_title(lines: tuple[Line, ...]) -> Text:
    """The titles of the first lines; CloudWatch fills in `${MAX}` and the like in labels alone."""
    shown = [
        line.label if line.label and "${" not in show_text(line.label) else line.signal.title
        for line in lines
        if not line.is_hidden
    ]
    titles = list(dict.fromkeys(shown))
    pieces: list[Text] = []
    for title in titles[:_TITLES]:
        pieces.extend((", ", title) if pieces else (title,))
    return join_text(*pieces, " …" if len(titles) > _TITLES else "")


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

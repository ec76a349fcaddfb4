"""Dashboards: rows of widgets on a grid, with a heading that leads on."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

from watchspec.catalog.console import query_url
from watchspec.catalog.quotas import DASHBOARD_WIDGETS
from watchspec.diagnostics import Location
from watchspec.model.dashboards import (
    GRID_COLUMNS,
    AlarmGraphWidget,
    AlarmStatusWidget,
    Dashboard,
    LogWidget,
    MetricWidget,
    TextWidget,
    Widget,
    WidgetContent,
)
from watchspec.model.logs import INSIGHTS, LogGroup, SavedQuery
from watchspec.model.source import Map, Seq
from watchspec.model.text import Text, join_text, show_text
from watchspec.resolve import rules
from watchspec.resolve.axes import check_time, is_time
from watchspec.resolve.context import items, number, section
from watchspec.resolve.metric_widgets import is_metric_widget, metric_keys
from watchspec.resolve.names import DASHBOARD, name_thing, title_of
from watchspec.resolve.quantities import read_duration
from watchspec.resolve.shelf import Shelf
from watchspec.resolve.variables import read_variables
from watchspec.resolve.widgets import resolve_widget

_SUFFIX = "-dashboard"
_NUMBER_HEIGHT = 4
_USUAL_HEIGHT = 6
_TEXT_LINES_PER_UNIT = 1.4
_ALARMS_PER_UNIT_WIDTH = 6
_MINUTES = ((7 * 86_400, "P{}W"), (86_400, "P{}D"), (3_600, "PT{}H"), (60, "PT{}M"))


def resolve_dashboards(shelf: Shelf, root: Map) -> tuple[Dashboard, ...]:
    """The dashboards of the environment by key, each linked to the others."""
    dashboards = [
        _read_dashboard(shelf, key, node, place) for key, node, place in section(root, "dashboards")
    ]
    return tuple(
        _add_header(shelf, dashboard, dashboards)
        if dashboard.source.get("header") is not False
        else dashboard
        for dashboard in dashboards
    )


def _read_dashboard(shelf: Shelf, key: str, node: Map, place: Location) -> Dashboard:
    base = key if key.endswith(_SUFFIX) else f"{key}{_SUFFIX}"
    rows = [row if isinstance(row, Seq) else [row] for row, _ in items(node, "rows")]
    nodes = [widget for row in rows for widget in row if isinstance(widget, Map)]
    # What the metric widgets show decides what "alarms: shown" means, so they come first.
    contents = {
        id(widget): resolve_widget(shelf, widget, frozenset())
        for widget in nodes
        if is_metric_widget(widget)
    }
    shown = frozenset().union(*(metric_keys(content) for content in contents.values()))
    widgets: list[Widget] = []
    top = 0
    for row in rows:
        placed = _place_row(
            shelf, [one for one in row if isinstance(one, Map)], contents, shown, top
        )
        widgets.extend(placed)
        top = max((widget.y + widget.height for widget in placed), default=top)
    has_heading = node.get("header") is not False
    if len(widgets) > DASHBOARD_WIDGETS - has_heading:
        most = f"{DASHBOARD_WIDGETS - has_heading}{' and the heading' if has_heading else ''}"
        message = f"{len(widgets)} widgets on one dashboard; {most} are the most"
        shelf.found.error(rules.TOO_MUCH, message, place)
    return Dashboard(
        key=key,
        name=name_thing(shelf.context, DASHBOARD, base, node, place),
        title=shelf.context.read_word(node, "title") or title_of(key),
        widgets=tuple(widgets),
        variables=read_variables(shelf, node),
        start=_read_start(shelf, node),
        end=check_time(shelf, node, "end") if "end" in node else None,
        period_override=shelf.context.read_word(node, "period", "auto"),
        metric_keys=shown,
        alarm_keys=frozenset().union(*(_alarm_keys(widget.content) for widget in widgets)),
        tags=shelf.context.read_tags(node),
        source=node,
        place=place,
    )


def _alarm_keys(content: WidgetContent) -> frozenset[str]:
    """The alarms a widget shows."""
    match content:
        case AlarmStatusWidget():
            return frozenset(content.alarms)
        case AlarmGraphWidget():
            return frozenset({content.alarm})
        case _:
            return frozenset()


def _place_row(
    shelf: Shelf,
    row: list[Map],
    contents: Mapping[int, WidgetContent | None],
    shown: frozenset[str],
    top: int,
) -> list[Widget]:
    """The widgets of a row side by side: given widths first, the rest in equal shares."""
    given = [number(node, "width", 0) for node in row]
    free = GRID_COLUMNS - sum(given)
    shares = given.count(0)
    if free < shares:
        message = f"the widgets of this row need {sum(given) + shares} of {GRID_COLUMNS} columns"
        place = row[0].start
        shelf.found.error(
            rules.ROW_TOO_WIDE, message, place, help="make them narrower, or use two rows"
        )
        return []
    placed = []
    left = 0
    open_shares = shares
    for node, wanted in zip(row, given, strict=True):
        width = wanted
        if not wanted:
            width = math.ceil(free / open_shares)
            free, open_shares = free - width, open_shares - 1
        content = contents[id(node)] if id(node) in contents else resolve_widget(shelf, node, shown)
        if content is not None:
            height = number(node, "height", 0) or _usual_height(content, width)
            placed.append(Widget(left, top, width, height, content, node.start))
        left += width
    tallest = max((widget.height for widget in placed), default=0)
    return [
        widget if _has_own_height(widget, row) else replace(widget, height=tallest)
        for widget in placed
    ]


def _has_own_height(widget: Widget, row: list[Map]) -> bool:
    return any(node.start == widget.place and "height" in node for node in row)


def _usual_height(content: WidgetContent, width: int) -> int:
    match content:
        case TextWidget():
            lines = show_text(content.markdown).count("\n") + 1
            return max(1, math.ceil(lines / _TEXT_LINES_PER_UNIT))
        case AlarmStatusWidget():
            in_a_row = max(1, width // _ALARMS_PER_UNIT_WIDTH)
            return 1 + math.ceil(len(content.alarms) / in_a_row)
        case MetricWidget() if content.view == "singleValue":
            return _NUMBER_HEIGHT
        case LogWidget():
            return _USUAL_HEIGHT + 1
        case _:
            return _USUAL_HEIGHT


def _read_start(shelf: Shelf, node: Map) -> str | None:
    """A duration becomes ISO 8601 relative to now; a time stays."""
    written = shelf.context.read_word(node, "start")
    if not written:
        return None
    if is_time(written):
        return check_time(shelf, node, "start")
    if "end" in node:
        message = "an end needs a start that is a time"
        shelf.found.error(rules.BAD_ANNOTATION, message, node.key_place("end"))
    seconds = read_duration(shelf.context, node, "start")
    if seconds is None:
        return None
    for size, form in _MINUTES:
        if seconds % size == 0:
            return f"-{form.format(seconds // size)}"
    return None


def _add_header(shelf: Shelf, dashboard: Dashboard, dashboards: list[Dashboard]) -> Dashboard:
    """The dashboard with a heading on top: what it is, where it comes from, where to go next."""
    markdown = _write_header(shelf, dashboard, dashboards)
    height = max(2, math.ceil((show_text(markdown).count("\n") + 1) / _TEXT_LINES_PER_UNIT))
    header = Widget(
        0, 0, GRID_COLUMNS, height, TextWidget(markdown, is_transparent=False), dashboard.place
    )
    below = tuple(replace(widget, y=widget.y + height) for widget in dashboard.widgets)
    return replace(dashboard, widgets=(header, *below))


def _write_header(shelf: Shelf, dashboard: Dashboard, dashboards: list[Dashboard]) -> Text:
    context = shelf.context
    lines: list[Text] = [f"# {dashboard.title} ({context.environment.name})"]
    description = context.read_text(dashboard.source, "description")
    if description:
        lines.extend(("", description))
    lines.extend(
        (
            "",
            f"Generated by watchspec from the spec of {context.service}; changes made here are lost.",
        )
    )
    others = [
        f"[{other.title}](#dashboards:name={other.name})"
        for other in dashboards
        if other.key != dashboard.key
    ]
    if others:
        lines.extend(("", f"Dashboards: {' · '.join(others)}"))
    links = [
        join_text(f"[{query.key}](", _query_link(shelf, query), ")")
        for query in shelf.queries.values()
        if query.language == INSIGHTS
    ]
    if links:
        joined: list[Text] = ["Saved queries: "]
        for index, link in enumerate(links):
            joined.extend((" · ", link) if index else (link,))
        lines.extend(("", join_text(*joined)))
    pieces: list[Text] = []
    for index, line in enumerate(lines):
        pieces.extend(("\n", line) if index else (line,))
    return join_text(*pieces)


def _query_link(shelf: Shelf, query: SavedQuery) -> Text:
    groups: list[LogGroup] = [shelf.logs[log] for log in query.logs]
    region = shelf.context.environment.region
    return query_url(region, query.text, tuple(group.name for group in groups))

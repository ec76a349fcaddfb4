"""The widgets that show metrics, each with what the author wrote."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from watchspec.diagnostics import Location
from watchspec.model.dashboards import Dashboard, Line, MetricWidget
from watchspec.model.monitoring import Monitoring
from watchspec.model.source import Map, Node, Seq

_KEYS = ("graph", "number", "gauge", "bar", "pie", "table")


@dataclass(frozen=True, slots=True)
class Graph:
    """A widget that shows metrics; `key` is what its lines are written under."""

    dashboard: Dashboard
    content: MetricWidget
    source: Map
    key: str

    def lines(self) -> Iterator[tuple[Line, Node, Location]]:
        """Each line with what was written for it and where."""
        written = self.source[self.key]
        if not isinstance(written, Seq):
            yield self.content.lines[0], written, self.source.place(self.key)
            return
        for line, (item, place) in zip(self.content.lines, written.entries(), strict=True):
            yield line, item, place


def graphs_of(monitoring: Monitoring) -> Iterator[Graph]:
    """Every widget of every dashboard that shows metrics."""
    for dashboard in monitoring.dashboards:
        has_heading = dashboard.source.get("header") is not False
        # What `for_each` repeats has one place, so widgets are told apart by their order.
        widgets = dashboard.widgets[has_heading:]
        for widget, source in zip(widgets, _sources(dashboard), strict=True):
            if isinstance(widget.content, MetricWidget):
                key = next(key for key in _KEYS if key in source)
                yield Graph(dashboard, widget.content, source, key)


def _sources(dashboard: Dashboard) -> Iterator[Map]:
    rows = dashboard.source["rows"]
    assert isinstance(rows, Seq)
    for row in rows:
        for widget in row if isinstance(row, Seq) else (row,):
            assert isinstance(widget, Map)
            yield widget

"""The Metrics Insights queries of a service, each where its text stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from watchspec.diagnostics import Location
from watchspec.languages import Problem, parse_metrics_insights
from watchspec.model.dashboards import MetricWidget
from watchspec.model.metrics_insights import InsightsSelect, Word
from watchspec.model.monitoring import Monitoring
from watchspec.model.signals import InsightsQuery, MetricMath, Signal
from watchspec.model.source import point_at


@dataclass(frozen=True, slots=True)
class Select:
    """A query as the author wrote it."""

    text: str
    place: Location

    @property
    def tree(self) -> InsightsSelect | Problem:
        """Its parts, or why it cannot be read."""
        return parse_metrics_insights(self.text)

    def point(self, word: Word | Problem) -> Location:
        """Where a piece of it stands; its end is its last character."""
        return point_at(self.place, self.text, min(word.offset, len(self.text) - 1), word.width)


def selects_of(monitoring: Monitoring) -> Iterator[Select]:
    """Every query, once, where its text stands."""
    seen: set[Select] = set()
    for signal in _signals(monitoring):
        source = signal.source
        inputs = (one.source for one in source.inputs) if isinstance(source, MetricMath) else ()
        for one in chain((source,), inputs):
            if isinstance(one, InsightsQuery):
                select = Select(str(one.written["query"]), one.written.place("query"))
                if select not in seen:
                    seen.add(select)
                    yield select


def readable_selects(monitoring: Monitoring) -> Iterator[tuple[Select, InsightsSelect]]:
    """Every query that CloudWatch can read, with its parts."""
    for select in selects_of(monitoring):
        if not isinstance(tree := select.tree, Problem):
            yield select, tree


def _signals(monitoring: Monitoring) -> Iterator[Signal]:
    yield from monitoring.signals
    yield from (alarm.signal for alarm in monitoring.alarms if alarm.signal is not None)
    for dashboard in monitoring.dashboards:
        for widget in dashboard.widgets:
            if isinstance(widget.content, MetricWidget):
                yield from (line.signal for line in widget.content.lines)

"""What is measured, and where the author says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from watchspec.diagnostics import Location
from watchspec.languages import Problem, parse_metric_math
from watchspec.model.dashboards import MetricWidget
from watchspec.model.metric_math import MathTerm
from watchspec.model.monitoring import Monitoring
from watchspec.model.signals import MetricMath, MetricStat, Signal, stats_of
from watchspec.model.source import Map, point_at


def measured_signals(monitoring: Monitoring) -> Iterator[Signal]:
    """What alarms watch and graphs draw, and the metrics of the spec that nobody uses.

    A metric that others use, perhaps with changes, is judged as they use it.
    """
    used = {key for one in monitoring.signals for key in one.keys if key != one.key}
    for signal in _used_signals(monitoring):
        used |= signal.keys
        yield signal
    for signal in monitoring.signals:
        if signal.key not in used:
            yield signal


def measured_stats(monitoring: Monitoring) -> Iterator[MetricStat]:
    """Each statistic of a metric that alarms, graphs and expressions are made of."""
    for signal in measured_signals(monitoring):
        yield from stats_of(signal.source)


@dataclass(frozen=True, slots=True)
class Expression:
    """Metric math as the author wrote it; `term` is its tree, `source` what it was resolved to."""

    source: MetricMath
    text: str
    place: Location
    term: MathTerm

    def point_at(self, offset: int, width: int) -> Location:
        """Where a piece of it stands."""
        return point_at(self.place, self.text, offset, width)


def written_expressions(monitoring: Monitoring) -> Iterator[Expression]:
    """Each expression that the author wrote, once."""
    seen = set()
    for signal in chain(monitoring.signals, _used_signals(monitoring)):
        expression = read_expression(signal)
        if expression is not None and (expression.text, expression.place) not in seen:
            seen.add((expression.text, expression.place))
            yield expression


def read_expression(signal: Signal) -> Expression | None:
    """The expression of a signal; None if it has none, or one that is reported as unreadable."""
    source = signal.source
    if not isinstance(source, MetricMath):
        return None
    text, place = str(source.written["expression"]), source.written.place("expression")
    term = parse_metric_math(text)
    return None if isinstance(term, Problem) else Expression(source, text, place, term)


def place_of_metric(stat: MetricStat, part: str) -> Location:
    """Where the namespace or the name of a metric stands."""
    written = str(stat.written.get("metric", ""))
    return point_at(stat.written.place("metric"), written, written.rfind(part), len(part))


def place_of_dimension(stat: MetricStat, name: str) -> Location:
    """Where the name of a dimension stands."""
    dimensions = stat.written.get("dimensions")
    return dimensions.key_place(name) if isinstance(dimensions, Map) else stat.written.start


def _used_signals(monitoring: Monitoring) -> Iterator[Signal]:
    for alarm in monitoring.alarms:
        if alarm.signal is not None:
            yield alarm.signal
    for dashboard in monitoring.dashboards:
        for widget in dashboard.widgets:
            if isinstance(widget.content, MetricWidget):
                yield from (line.signal for line in widget.content.lines)

"""Between which values the data points of a signal lie.

Where AWS says what is published and how it is reckoned, so does this; where not, all is possible.
"""

from __future__ import annotations

from math import inf

from watchspec.catalog.bounds import Bounds, bounds_of_samples
from watchspec.check.intervals import ANY, POSITIVE, ZERO, Interval, span, sum_up
from watchspec.check.math_ranges import MathReader, Range
from watchspec.model.logs import MetricFilter
from watchspec.model.monitoring import Monitoring
from watchspec.model.signals import MetricMath, MetricStat, SignalSource


class Ranges:
    """The ranges of the signals of a service; `is_sure` leaves out what AWS does not say."""

    def __init__(self, monitoring: Monitoring, *, is_sure: bool) -> None:
        self.is_sure = is_sure
        self.filters: dict[tuple[str, str], list[MetricFilter]] = {}
        for one in monitoring.metric_filters:
            self.filters.setdefault((one.namespace, one.metric_name), []).append(one)

    def of(self, source: SignalSource) -> Interval:
        """The values that the data points of a signal can have."""
        if isinstance(source, MetricStat):
            return self._of_stat(source)
        if not isinstance(source, MetricMath):
            return ANY
        return self.read_inputs(source).read_text(source.expression).values

    def read_inputs(self, source: MetricMath) -> MathReader:
        """A reader that knows what the names of an expression stand for."""
        reader = MathReader(source.period_seconds, {one.id: one.source for one in source.inputs})
        for one in source.inputs:
            if not isinstance(one.source, str):
                reader.names[one.id] = reader.metrics[one.id] = Range(self.of(one.source))
        for one in source.inputs:
            if isinstance(one.source, str):
                reader.names[one.id] = reader.read_text(one.source)
        return reader

    def _of_stat(self, stat: MetricStat) -> Interval:
        filters = self.filters.get((stat.namespace, stat.name))
        bounds = (
            _bounds_of_filters(filters) if filters else bounds_of_samples(stat.namespace, stat.name)
        )
        if self.is_sure and not bounds.is_sure:
            bounds = Bounds()
        return statistic_of(Interval(bounds.low, bounds.high), stat.statistic)


def statistic_of(samples: Interval, statistic: str) -> Interval:
    """The values of a statistic of one or more samples.

    Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html (read 2026-11-24)
    """
    kind = statistic.partition("(")[0].rstrip("0123456789.")
    if kind == "SampleCount":
        return Interval(1, inf)
    if kind == "Sum":
        return sum_up(samples)
    if kind in {"ts", "TS"}:
        return sum_up(samples.join(ZERO))
    if kind in {"tc", "TC"}:
        return POSITIVE
    if kind == "PR":
        return Interval(0, 100)
    return samples


def _bounds_of_filters(filters: list[MetricFilter]) -> Bounds:
    """A filter publishes its value for each line, and its default in a minute without any."""
    values: list[float] = []
    for one in filters:
        try:
            values.append(float(one.value))
        except ValueError:
            return Bounds()  # a field of the line
        if one.properties:
            return Bounds()
        if one.default is not None:
            values.append(one.default)
    known = span(values)
    # AWS describes what is published, but not in so many words what its statistics are.
    return Bounds(known.low, known.high, is_sure=False)

"""The metric filters whose patterns can be read, with what the lines of their log are said to be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from watchspec.catalog.quotas import LOGS_PATTERN_CHARACTERS
from watchspec.diagnostics import Location
from watchspec.languages import Problem, parse_filter_pattern, parse_selector
from watchspec.model.filter_patterns import Column, FilterPattern, Selector, Value
from watchspec.model.logs import LogGroup, MetricFilter
from watchspec.model.monitoring import Monitoring
from watchspec.model.source import point_at


@dataclass(frozen=True, slots=True)
class ReadFilter:
    """A metric filter, its log and its pattern."""

    filter: MetricFilter
    log: LogGroup
    pattern: FilterPattern

    def point(self, part: Selector | Value | Column) -> Location:
        """Where a part of the pattern stands."""
        match part:
            case Selector():
                width = len(part.text)
            case Value():
                width = part.width
            case _:
                width = max(len(part.name), 1)
        return point_into(self.filter, part.offset, width)

    def dimension(self, name: str) -> Selector | None:
        """The field that a dimension is read from."""
        return parse_selector(dict(self.filter.dimensions)[name])

    def reads(self) -> Iterator[tuple[str, Selector | None, Location]]:
        """The fields that its value and its dimensions are read from, None for what is no field."""
        one = self.filter
        if one.value.startswith("$"):
            yield one.value, parse_selector(one.value), one.source.place("value")
        for name, field in one.dimensions:
            yield field, parse_selector(field), one.source.place("dimensions", name)


def read_filters(monitoring: Monitoring) -> Iterator[ReadFilter]:
    """The metric filters with a pattern that CloudWatch would read."""
    logs = {log.key: log for log in monitoring.log_groups}
    for one in monitoring.metric_filters:
        pattern = read_pattern(one)
        if pattern is not None and not isinstance(pattern, Problem):
            yield ReadFilter(one, logs[one.log], pattern)


def read_pattern(one: MetricFilter) -> FilterPattern | Problem | None:
    """The pattern of a metric filter, or what is wrong with it; None if it is too long to be read."""
    is_short = len(one.pattern) <= LOGS_PATTERN_CHARACTERS
    return parse_filter_pattern(one.pattern) if is_short else None


def point_into(one: MetricFilter, offset: int, width: int = 1) -> Location:
    """Where a piece of a filter's pattern stands; where the pattern stands if it is not known."""
    place, written = one.source.place("pattern"), str(one.source["pattern"])
    before = written.find(one.pattern)
    if before < 0:
        return point_at(place, one.pattern, offset, width)
    return point_at(place, written, before + offset, width)

"""What the silence of an alarm's metric means."""

from __future__ import annotations

from dataclasses import dataclass

from watchspec.catalog.metrics import known_namespaces
from watchspec.catalog.silence import Direction, Kind, kind_of_metric
from watchspec.check.ranges import Ranges
from watchspec.model.alarms import Alarm, Band, Combination, Threshold
from watchspec.model.logs import MetricFilter
from watchspec.model.signals import MetricStat

_SIDES: dict[str, Direction] = {"above": "up", "below": "down", "outside": "both"}
_COUNTS = frozenset({"Sum", "SampleCount"})


@dataclass(frozen=True, slots=True)
class Silence:
    """What an alarm's metric tells, and in which direction the alarm looks; `is_sure` = no guess."""

    kind: Kind
    direction: Direction
    is_sure: bool = True


def silence_of(alarm: Alarm, ranges: Ranges) -> Silence | None:
    """What it means when an alarm has no data; None if nothing in particular."""
    condition = alarm.condition
    if isinstance(condition, Combination) or not isinstance(condition.signal.source, MetricStat):
        return None
    stat = condition.signal.source
    direction = _direction(condition)
    if stat.statistic == "SampleCount" and _is_out_of_reach(condition, ranges):
        return Silence("heartbeat", direction)
    filters = ranges.filters.get((stat.namespace, stat.name))
    if filters is not None:
        return _of_filters(filters, condition, stat, ranges)
    if stat.namespace not in known_namespaces():
        is_beat = stat.statistic in _COUNTS and _is_none(condition)
        return Silence("heartbeat", direction, is_sure=False) if is_beat else None
    kind = kind_of_metric(stat.namespace, stat.name, stat.statistic)
    return None if kind is None else Silence(kind, direction)


def _direction(condition: Threshold | Band) -> Direction:
    if isinstance(condition, Band):
        return _SIDES[condition.side]
    return "up" if condition.operator[0] == ">" else "down"


def _of_filters(
    filters: list[MetricFilter], condition: Threshold | Band, stat: MetricStat, ranges: Ranges
) -> Silence | None:
    """A filter without a default has data only when a line matches."""
    publishes_always = any(one.default is not None or one.properties for one in filters)
    if publishes_always or stat.statistic not in _COUNTS:
        return None
    direction = _direction(condition)
    if direction == "up":
        return Silence("error count", direction, is_sure=False)
    return Silence("heartbeat", direction, is_sure=_is_out_of_reach(condition, ranges))


def _is_none(condition: Threshold | Band) -> bool:
    """Whether a count of nothing at all is what an alarm is about."""
    return isinstance(condition, Threshold) and (
        (condition.operator, condition.value) in {("<", 1), ("<=", 0)}
    )


def _is_out_of_reach(condition: Threshold | Band, ranges: Ranges) -> bool:
    """Whether every data point is too large for an alarm that looks down, so that only silence is left."""
    if isinstance(condition, Band) or condition.operator[0] == ">":
        return False
    least = ranges.of(condition.signal.source).low
    return least > condition.value or (condition.operator == "<" and least == condition.value)

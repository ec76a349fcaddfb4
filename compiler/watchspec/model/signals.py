"""What is measured: metrics, metric math, Metrics Insights queries, and their levels."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from watchspec.diagnostics import Location
from watchspec.model.source import Map
from watchspec.model.text import Text

Operator: TypeAlias = Literal[">", ">=", "<", "<="]
PLAIN_STATISTICS = frozenset({"Average", "Sum", "Minimum", "Maximum", "SampleCount"})
"""The statistics that every metric has; the others are extended ones.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html (read 2026-11-24)
"""
COMPARE: Mapping[str, Callable[[Any, Any], Any]] = {  # numbers, or columns of them
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
}
"""What each operator says of two values."""
NORMAL_LEVELS = frozenset({"normal", "good", "ok", "healthy"})
"""Levels that say what is fine: printed in the guide, not drawn."""


@dataclass(frozen=True, slots=True)
class MetricStat:
    """One statistic of one CloudWatch metric.

    `region` and `account` say where the metric is; account None = the account of the stack.
    `written` is what the author wrote of it, what was changed by who uses it included.
    """

    namespace: str
    name: str
    dimensions: tuple[tuple[str, Text], ...]
    statistic: str
    period_seconds: int
    region: str
    account: Text | None = None
    written: Map = field(compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class InsightsQuery:
    """A Metrics Insights query; `written` is what the author wrote."""

    sql: str
    period_seconds: int
    region: str
    written: Map = field(compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class MathInput:
    """What an expression names by an id: a metric, a query, or an expression over other inputs."""

    id: str
    source: MetricStat | InsightsQuery | str


@dataclass(frozen=True, slots=True)
class MetricMath:
    """An expression over metrics; inputs come before those that use them.

    `written` is what the author wrote; there the ids are those of the spec.
    """

    expression: str
    inputs: tuple[MathInput, ...]
    period_seconds: int
    region: str
    written: Map = field(compare=False, repr=False, kw_only=True)


SignalSource: TypeAlias = "MetricStat | MetricMath | InsightsQuery"


def parts_of(source: SignalSource) -> Iterator[MetricStat | InsightsQuery]:
    """The metrics and queries that something measured is made of."""
    if isinstance(source, MetricMath):
        yield from (one.source for one in source.inputs if not isinstance(one.source, str))
    else:
        yield source


def stats_of(source: SignalSource) -> Iterator[MetricStat]:
    """The metrics that something measured is made of."""
    yield from (one for one in parts_of(source) if isinstance(one, MetricStat))


def queries_of(source: SignalSource) -> Iterator[InsightsQuery]:
    """The Metrics Insights queries that something measured is made of."""
    yield from (one for one in parts_of(source) if isinstance(one, InsightsQuery))


@dataclass(frozen=True, slots=True)
class Level:
    """A value that means something; without an operator it is only a line to draw.

    `value` is in the unit of the signal, `written` is what the author wrote.
    """

    name: str
    operator: Operator | None
    value: float
    written: str
    place: Location


@dataclass(frozen=True, slots=True)
class Signal:
    """Something measured, as alarms and graphs use it.

    `key` is its name in the spec (None if it is described on the spot), `keys` are the names of
    all metrics of the spec it is made of; `unit` is in CloudWatch's words, None = not known.
    """

    key: str | None
    keys: frozenset[str]
    title: Text
    source: SignalSource
    unit: str | None
    levels: tuple[Level, ...] = ()
    color: str | None = None

    @property
    def region(self) -> str:
        """The Region whose alarms can watch it."""
        return self.source.region

    @property
    def period_seconds(self) -> int:
        """The length of one data point."""
        return self.source.period_seconds

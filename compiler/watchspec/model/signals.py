"""What is measured: metrics, metric math, Metrics Insights queries, and their levels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from watchspec.diagnostics import Location
from watchspec.model.text import Text

Operator: TypeAlias = Literal[">", ">=", "<", "<="]
PLAIN_STATISTICS = frozenset({"Average", "Sum", "Minimum", "Maximum", "SampleCount"})
"""The statistics that every metric has; the others are extended ones.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html (read 2026-11-24)
"""


@dataclass(frozen=True, slots=True)
class MetricStat:
    """One statistic of one CloudWatch metric.

    `region` and `account` say where the metric is; account None = the account of the stack.
    """

    namespace: str
    name: str
    dimensions: tuple[tuple[str, Text], ...]
    statistic: str
    period_seconds: int
    region: str
    account: Text | None = None


@dataclass(frozen=True, slots=True)
class InsightsQuery:
    """A Metrics Insights query."""

    sql: str
    period_seconds: int
    region: str


@dataclass(frozen=True, slots=True)
class MathInput:
    """What an expression names by an id: a metric, a query, or an expression over other inputs."""

    id: str
    source: MetricStat | InsightsQuery | str


@dataclass(frozen=True, slots=True)
class MetricMath:
    """An expression over metrics; inputs come before those that use them."""

    expression: str
    inputs: tuple[MathInput, ...]
    period_seconds: int
    region: str


SignalSource: TypeAlias = "MetricStat | MetricMath | InsightsQuery"


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

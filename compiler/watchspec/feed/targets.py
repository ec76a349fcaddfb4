"""What a column of a data file can be: every metric of a spec, by what an author would call it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from watchspec.catalog.metrics import guess_metric, published_unit
from watchspec.languages import Problem, parse_metrics_insights
from watchspec.model.metric_ids import MetricId, identify
from watchspec.model.metrics_insights import InsightsSelect
from watchspec.model.monitoring import Monitoring
from watchspec.model.signals import MetricMath, MetricStat, Signal, queries_of


@dataclass(frozen=True, slots=True)
class Target:
    """A metric, and the statistic and the unit of values that do not say theirs; None = not known."""

    metric: MetricId
    statistic: str
    unit: str | None


def find_targets(monitoring: Monitoring, parameters: Mapping[str, str]) -> dict[str, Target]:
    """Metrics by name: `ecs_cpu`, `hit_rate.hits`, and what alarms watch by the alarm's name."""
    named = [(one.key, one) for one in monitoring.signals if one.key is not None]
    watched = [(one.key, one.signal) for one in monitoring.alarms if one.signal is not None]
    targets: dict[str, Target] = {}
    for name, signal in (*named, *watched):
        for inner, stat, unit in _stats(name, signal):
            target = Target(identify(stat, parameters), stat.statistic, unit)
            targets.setdefault(inner, target)
    return targets


def find_queries(monitoring: Monitoring) -> Iterator[InsightsSelect]:
    """The Metrics Insights queries of a spec."""
    signals = [*monitoring.signals, *(one.signal for one in monitoring.alarms if one.signal)]
    for signal in signals:
        for one in queries_of(signal.source):
            query = parse_metrics_insights(one.sql)
            if not isinstance(query, Problem):
                yield query


def _stats(name: str, signal: Signal) -> Iterator[tuple[str, MetricStat, str | None]]:
    source = signal.source
    if isinstance(source, MetricStat):
        yield name, source, signal.unit
    elif isinstance(source, MetricMath):
        for one in source.inputs:
            if isinstance(one.source, MetricStat):
                yield f"{name}.{one.id}", one.source, _unit_of(one.source)


def _unit_of(stat: MetricStat) -> str | None:
    known = published_unit(stat.namespace, stat.name, stat.statistic)
    return known or guess_metric(stat.namespace, stat.name).unit

"""What has to be asked of CloudWatch so that alarms can be judged."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from watchspec.catalog.metric_storage import RETENTION_SECONDS
from watchspec.diagnostics import Diagnostic, Findings
from watchspec.fetch import rules
from watchspec.model.alarms import Alarm, reach
from watchspec.model.metric_ids import MetricId, identify
from watchspec.model.monitoring import Monitoring
from watchspec.model.signals import PLAIN_STATISTICS, MetricStat, stats_of
from watchspec.model.text import Deferred, ParameterRef, say_duration

_MINUTE = 60
_SLACK_SECONDS = 3_600
"""What is about to be forgotten may be gone when it is asked for."""


@dataclass(frozen=True, slots=True, order=True)
class Query:
    """One statistic of a metric in periods of so many seconds."""

    metric: MetricId
    statistic: str
    period_seconds: int


def list_queries(
    monitoring: Monitoring, parameters: Mapping[str, str], keys: Collection[str], found: Findings
) -> tuple[Query, ...]:
    """All that the alarms of these keys watch, or all alarms; each once, in order.

    An alarm looks every minute, so of a longer period the data points of minutes are asked for and
    joined; an average with the number of samples as well, which is what it is weighted by. What
    cannot be joined, such as a percentile, is asked for in the alarm's own periods.
    """
    queries: set[Query] = set()
    unknown: dict[str, Alarm] = {}
    for alarm in _with_children(monitoring, keys):
        for stat in stats_of(alarm.signal.source) if alarm.signal else ():
            missing = sorted(_parameters_of(stat) - parameters.keys())
            unknown |= {name: alarm for name in missing if name not in unknown}
            if not missing:
                queries.update(_queries_of(stat, identify(stat, parameters)))
    for name, alarm in unknown.items():
        message = f'the parameter "{name}", which "{alarm.key}" watches by, has no value'
        advice = f"give it with  --parameter {name}=…"
        found.error(rules.UNKNOWN_PARAMETER, message, alarm.place, help=advice)
    return tuple(sorted(queries))


def shorten_since(
    monitoring: Monitoring, keys: Collection[str], seconds: int
) -> tuple[int, tuple[Diagnostic, ...]]:
    """How far back CloudWatch still has what all the alarms look at."""
    found = Findings()
    watched = [
        (_kept_seconds(alarm.signal.period_seconds), alarm.signal.period_seconds, alarm)
        for alarm in _with_children(monitoring, keys)
        if alarm.signal is not None
    ]
    if not watched:
        return seconds, ()
    most, period, alarm = min(watched, key=lambda one: (*one[:2], one[2].key))
    if seconds > most:
        message = (
            f'CloudWatch keeps the periods of {say_duration(period)} that "{alarm.key}" looks at '
            f"for {say_duration(most)}; no more is fetched"
        )
        found.warn(rules.NO_LONGER_KEPT, message, alarm.place)
    return min(seconds, most - _SLACK_SECONDS), tuple(found.items)


def _kept_seconds(period_seconds: int) -> int:
    """For how long CloudWatch has data points that make up periods of this length."""
    whole = max(period_seconds, _MINUTE)
    return max(kept for length, kept in RETENTION_SECONDS if whole % length == 0)


def _queries_of(stat: MetricStat, metric: MetricId) -> Iterator[Query]:
    # Of plain ones, data points of a minute tell those of any longer period, wherever it begins.
    if stat.statistic not in PLAIN_STATISTICS:
        yield Query(metric, stat.statistic, max(stat.period_seconds, _MINUTE))
        return
    yield Query(metric, stat.statistic, _MINUTE)
    if stat.statistic == "Average" and stat.period_seconds > _MINUTE:
        yield Query(metric, "SampleCount", _MINUTE)


def _with_children(monitoring: Monitoring, keys: Collection[str]) -> Iterator[Alarm]:
    """The alarms of these keys (or all), and those that they combine."""
    alarms = {alarm.key: alarm for alarm in monitoring.alarms}
    wanted = (key for key in alarms if not keys or key in keys)
    yield from (alarms[key] for key in reach(wanted, lambda key: alarms[key].children))


def _parameters_of(stat: MetricStat) -> set[str]:
    texts = [*(text for _, text in stat.dimensions), stat.account]
    parts = [part for text in texts if isinstance(text, Deferred) for part in text.parts]
    return {part.name for part in parts if isinstance(part, ParameterRef)}

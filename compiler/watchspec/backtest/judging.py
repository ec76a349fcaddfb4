"""Every alarm of a service over data of a time that has passed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter

import numpy as np

from watchspec.backtest.case import Case
from watchspec.backtest.conduct import (
    concerns,
    count_pages,
    describe_conduct,
    find_spans,
    first_told,
    longest_run,
)
from watchspec.languages import Problem, parse_metrics_insights
from watchspec.model.alarms import Alarm, Combination
from watchspec.model.backtests import AlarmRecord, Incident, IncidentRecord, Pages, Silence
from watchspec.model.metric_ids import MetricId, identify
from watchspec.model.signals import queries_of, stats_of
from watchspec.simulate.histories import History
from watchspec.simulate.judging import State
from watchspec.simulate.options import Options


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of an alarm, when it told somebody, and of which incidents, by their numbers."""

    record: AlarmRecord
    told: tuple[int, ...]
    delays: tuple[tuple[int, int], ...]


def find_unjudged(case: Case) -> dict[str, str]:
    """The alarms that the data cannot judge, and why."""
    alarms = {alarm.key: alarm for alarm in case.monitoring.alarms}
    known = {
        metric for metric, of in case.data.items() if any(len(one.times) for one in of.values())
    }
    names = {(metric.namespace, metric.name) for metric in known}
    reasons: dict[str, str] = {}
    for key in TopologicalSorter({key: one.children for key, one in alarms.items()}).static_order():
        others = [one for one in alarms[key].children if reasons[one]]
        if others:
            reasons[key] = f'"{others[0]}" is not judged'
        else:
            reasons[key] = _find_missing(alarms[key], known, names, case.options)
    return {key: reasons[key] for key in alarms if reasons[key]}


def _find_missing(
    alarm: Alarm,
    known: Collection[MetricId],
    names: Collection[tuple[str, str]],
    options: Options,
) -> str:
    """Which metric that an alarm watches is not among those known; "" if all are."""
    if alarm.signal is None:
        return ""
    source = alarm.signal.source
    for stat in stats_of(source):
        if identify(stat, options.parameters) not in known:
            return f"no data of {stat.namespace} {stat.name}"
    for one in queries_of(source):
        query = parse_metrics_insights(one.sql)
        assert not isinstance(query, Problem), "check has read it"
        if (query.namespace.text, query.metric.text) not in names:
            return f"no data of {query.namespace.text} {query.metric.text}"
    return ""


def judge_alarms(case: Case, keys: Collection[str]) -> tuple[list[Judged], dict[str, str]]:
    """What became of these alarms, and of those that only AWS can judge, why."""
    outcome = case.simulate(case.monitoring, keys)
    told: dict[str, set[int]] = defaultdict(set)
    for notice in outcome.notices:
        if notice.state is State.ALARM:
            told[notice.alarm].add(notice.time)
    judged = [
        _judge(outcome.histories[key], tuple(sorted(told[key])), case)
        for key in keys
        if key in outcome.histories
    ]
    return judged, {key: why for key, why in outcome.unsupported.items() if key in keys}


def _judge(history: History, told: tuple[int, ...], case: Case) -> Judged:
    alarm = history.alarm
    conduct, spans = describe_conduct(alarm.key, history.states, history.grid, case.incidents)
    delays = [
        (number, time - incident.start)
        for number, incident in enumerate(case.incidents)
        if concerns(incident, alarm.key) and (time := first_told(spans, incident)) is not None
    ]
    pages = count_pages(told, case.period.seconds)
    silence = _describe_silence(history, case.options)
    record = AlarmRecord(alarm.key, alarm.severity, alarm.place, conduct, pages, silence)
    return Judged(record, told, tuple(delays))


def _describe_silence(history: History, options: Options) -> Silence | None:
    condition = history.alarm.condition
    values = history.values()
    if values is None or isinstance(condition, Combination):
        return None
    length = condition.signal.period_seconds
    run = longest_run(np.isnan(values))
    slots = condition.window.evaluation_periods + options.extra_slots
    is_told = history.states == State.INSUFFICIENT_DATA
    known = np.flatnonzero(~is_told)
    is_told[: known[0] if len(known) else 0] = False
    spans = find_spans(is_told, history.grid)
    return Silence(
        longest_seconds=run * history.grid.step + length - history.grid.step if run else 0,
        range_seconds=slots * length,
        told_seconds=int((spans[:, 1] - spans[:, 0]).sum()),
        told=len(spans),
    )


def join_pages(judged: Iterable[Judged], seconds: int) -> Pages:
    """The pages of all critical alarms together."""
    critical = (one.told for one in judged if one.record.severity == "critical")
    return count_pages((time for told in critical for time in told), seconds)


def list_incidents(
    judged: Iterable[Judged], incidents: Sequence[Incident]
) -> tuple[IncidentRecord, ...]:
    """Of each incident, which alarms told of it and when, the first one first."""
    told: list[list[tuple[int, str]]] = [[] for _ in incidents]
    for one in judged:
        for number, delay in one.delays:
            told[number].append((delay, one.record.key))
    return tuple(
        IncidentRecord(incident, tuple((key, delay) for delay, key in sorted(found)))
        for incident, found in zip(incidents, told, strict=True)
    )

"""All alarms of a service, on every core if there are many."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from functools import partial
from typing import TypeAlias

from watchspec.backtest.case import Case
from watchspec.backtest.judging import (
    Judged,
    find_unjudged,
    join_pages,
    judge_alarms,
    list_incidents,
)
from watchspec.backtest.sweep import sweep_alarm
from watchspec.model.backtests import Backtest, Sweep
from watchspec.workers import count_workers, map_in_processes

_POOL_FROM = 20
"""So many alarms are worth a pool of processes."""
_GROUP = 10
"""So many alarms are a piece of work."""

Progress: TypeAlias = Callable[[str, int, int], None]
_Group: TypeAlias = tuple[list[Judged], dict[str, str], list[Sweep]]


def run_case(case: Case, keys: Collection[str], progress: Progress, *, is_sweep: bool) -> Backtest:
    """What the alarms of a service would have done, or those of these keys."""
    missing = find_unjudged(case)
    chosen = [one.key for one in case.monitoring.alarms if not keys or one.key in keys]
    unjudged = {key: missing[key] for key in chosen if key in missing}
    judged: list[Judged] = []
    sweeps: list[Sweep] = []
    work = [key for key in chosen if key not in missing]
    for group in _map_groups(case, work, progress, is_sweep=is_sweep):
        judged += group[0]
        unjudged |= group[1]
        sweeps += group[2]
    environment = case.monitoring.environment.name
    return Backtest(
        case.monitoring.service,
        environment,
        case.period.start,
        case.period.end,
        tuple(one.record for one in judged),
        tuple(sorted(unjudged.items())),
        join_pages(judged, case.period.seconds),
        list_incidents(judged, case.incidents),
        tuple(sweeps),
    )


def _map_groups(
    case: Case, keys: list[str], progress: Progress, *, is_sweep: bool
) -> Iterator[_Group]:
    size = 1 if is_sweep else _GROUP
    groups = [tuple(keys[at : at + size]) for at in range(0, len(keys), size)]
    work = partial(_judge_group, case, is_sweep=is_sweep)
    results: Iterator[_Group] = map(work, groups)
    if len(keys) >= _POOL_FROM or (is_sweep and len(keys) > 1):
        results = map_in_processes(work, groups, count_workers(len(groups)))
    for done, result in enumerate(results, 1):
        yield result
        progress("judging alarms", done, len(groups))


def _judge_group(case: Case, keys: tuple[str, ...], *, is_sweep: bool) -> _Group:
    judged, unsupported = judge_alarms(case, keys)
    alarms = [one for one in case.monitoring.alarms if is_sweep and one.key in keys]
    swept = (sweep_alarm(case, alarm) for alarm in alarms if alarm.key not in unsupported)
    return judged, unsupported, [one for one in swept if one is not None]

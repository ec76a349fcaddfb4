"""Which alarms the tests show going off, staying quiet, and missing their data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from watchspec.model.alarms import Alarm, Combination, reach
from watchspec.model.monitoring import Monitoring
from watchspec.model.spec_tests import Becomes, Changes, Expectation, Holds, Measures, Notifies
from watchspec.model.test_results import CoverageRow
from watchspec.simulate import simulate_monitoring
from watchspec.simulate.histories import History
from watchspec.simulate.judging import Bools
from watchspec.simulate.options import Options
from watchspec.test.expectations import is_at
from watchspec.test.facts import Facts

_MINUTE = 60


def cover_alarms(monitoring: Monitoring, passed: Iterable[Facts]) -> tuple[CoverageRow, ...]:
    """For every alarm of an environment the tests that passed and show something of it."""
    shown: defaultdict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    judged: set[str] = set()
    for facts in passed:
        judged |= facts.outcome.histories.keys()
        for alarm, kind in _show(facts):
            shown[alarm, kind][facts.test.name] = None
    silence = hear_silence(monitoring)
    unsupported = {key: one for key, one in silence.unsupported.items() if key not in judged}
    silence = replace(silence, unsupported=unsupported)
    return tuple(_describe(alarm, monitoring, shown, silence) for alarm in monitoring.alarms)


@dataclass(frozen=True, slots=True)
class Silence:
    """What a minute without any data tells of the alarms, whatever the tests expect of them.

    `unsupported` are those that only AWS can judge, or only with the data of days; `deaf` are those that have data
    points even then, as FILL makes them: what missing data means to them changes nothing.
    """

    unsupported: Mapping[str, str]
    deaf: frozenset[str]


def hear_silence(monitoring: Monitoring) -> Silence:
    """What becomes of the alarms if nothing is ever sent."""
    outcome = simulate_monitoring(monitoring, {}, 0, _MINUTE, Options())
    points = {key: history.values() for key, history in outcome.histories.items()}
    deaf = (key for key, one in points.items() if one is not None and not np.isnan(one).any())
    return Silence(outcome.unsupported, frozenset(deaf))


def _describe(
    alarm: Alarm,
    monitoring: Monitoring,
    shown: Mapping[tuple[str, str], Mapping[str, None]],
    silence: Silence,
) -> CoverageRow:
    def tests(kind: str) -> tuple[str, ...]:
        return tuple(shown.get((alarm.key, kind), ()))

    is_without_silence = isinstance(alarm.condition, Combination) or alarm.key in silence.deaf
    return CoverageRow(
        alarm.key,
        monitoring.environment.name,
        tests("fires"),
        tests("quiet"),
        None if is_without_silence else tests("missing"),
        silence.unsupported.get(alarm.key, ""),
        alarm.place,
    )


def _show(facts: Facts) -> Iterator[tuple[str, str]]:
    """What a test shows of which alarm; whatever it expects has happened."""
    for one in facts.test.expectations:
        if isinstance(one, Measures | Notifies):
            continue
        for alarm in one.alarms:
            if _says_alarm(one):
                yield alarm, "fires"
            if _says_quiet(one) and _has_data(alarm, facts):
                yield alarm, "quiet"
    yield from ((alarm, "missing") for alarm in _find_silent(facts))


def _says_alarm(one: Expectation) -> bool:
    match one:
        case Becomes() | Holds():
            return one.state == "ALARM" and not (isinstance(one, Holds) and one.is_never)
        case Changes():
            return "ALARM" in one.states
        case _:
            return False


def _says_quiet(one: Expectation) -> bool:
    match one:
        case Holds():
            return one.state == ("ALARM" if one.is_never else "OK")
        case Changes():
            return "ALARM" not in one.states
        case _:
            return False


def _has_data(alarm: str, facts: Facts) -> bool:
    """Whether some data point reaches an alarm, or one of those that it is made of."""
    reached = reach([alarm], lambda key: facts.outcome.histories[key].alarm.children)
    points = map(facts.points, reached)
    return any(one is not None and not np.isnan(one).all() for one in points)


def _find_silent(facts: Facts) -> Iterator[str]:
    """The alarms of which something is expected at a time when data is missing that they ask for."""
    gaps: dict[str, Bools] = {}
    for one in facts.test.expectations:
        if isinstance(one, Measures | Notifies):
            continue
        for alarm in one.alarms:
            if alarm not in gaps:
                gaps[alarm] = _find_gaps(facts.outcome.histories[alarm], facts.options.extra_slots)
            if gaps[alarm][_looks(one, alarm, facts)].any():
                yield alarm


def _find_gaps(history: History, extra_slots: int) -> Bools:
    """Whether at each step fewer data points are there than the alarm needs of those it asks for.

    Those from before the test are not missed. A composite alarm asks for none.
    """
    condition, points = history.alarm.condition, history.values()
    if points is None or isinstance(condition, Combination):
        return np.zeros(history.grid.size, dtype=np.bool_)
    width = max(condition.signal.period_seconds // history.grid.step, 1)
    needed = condition.window.evaluation_periods
    exists = ~np.isnan(points)
    found, asked = np.zeros((2, len(points)), dtype=np.int64)
    for shift in range(0, min((needed + extra_slots) * width, len(points)), width):
        found[shift:] += exists[: len(points) - shift]
        asked[shift:] += 1
    return found < np.minimum(asked, needed)


def _looks(one: Becomes | Holds | Changes, alarm: str, facts: Facts) -> list[int]:
    """The steps at whose end an expectation says something of an alarm."""
    grid = facts.outcome.histories[alarm].grid
    steps = range(grid.size)
    match one:
        case Holds():
            first = (one.start_seconds or 0) // grid.step - 1
            last = facts.test.seconds if one.end_seconds is None else one.end_seconds
            return list(steps[max(first, 0) : max(last // grid.step, 0)])
        case Becomes():
            times = [
                seconds
                for seconds, state in facts.changes(alarm)[1:]
                if state == one.state and is_at(seconds, one.moment)
            ]
            return [seconds // grid.step - 1 for seconds in times]
        case Changes():
            return list(steps)

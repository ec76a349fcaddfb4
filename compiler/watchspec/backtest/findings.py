"""What is remarkable in a backtest."""

from __future__ import annotations

import numpy as np

from watchspec.backtest import rules
from watchspec.diagnostics import Diagnostic, Findings
from watchspec.model.backtests import FLAPPING_CHANGES, PAGES_A_SHIFT, Backtest
from watchspec.model.metric_ids import identify
from watchspec.model.monitoring import Monitoring
from watchspec.model.signals import stats_of
from watchspec.model.text import say_duration
from watchspec.simulate.data import Data
from watchspec.simulate.options import Options


def find_remarkable(
    backtest: Backtest, monitoring: Monitoring, max_fires: int | None
) -> tuple[Diagnostic, ...]:
    """Alarms that go off too often or flap, too many pages, and nothing judged."""
    found = Findings()
    if not backtest.records:
        reasons = sorted({reason for _, reason in backtest.unjudged}, key=_is_about_another)
        why = reasons[0] if reasons else "it has no alarms"
        message = f'no alarm of "{backtest.service}" in {backtest.environment} is judged: {why}'
        found.error(rules.NOTHING_JUDGED, message, monitoring.source.start)
    for one in backtest.records:
        fires = one.conduct.fires
        if max_fires is not None and fires > max_fires:
            message = f'"{one.key}" would have gone off {_times(fires)}; {max_fires:,} are allowed'
            found.error(rules.TOO_MANY_FIRES, message, one.place)
        if one.conduct.is_flapping:
            changes = one.conduct.changes_an_hour
            message = f'"{one.key}" would have changed its state {changes:,} times in an hour'
            advice = f"{FLAPPING_CHANGES} are the most that anybody can follow"
            found.warn(rules.FLAPPING, message, one.place, help=advice)
    if backtest.pages.worst > PAGES_A_SHIFT:
        worst = _times(backtest.pages.worst)
        message = (
            f'the critical alarms of "{backtest.service}" would have paged {worst} in 12 hours'
        )
        place = next(one.place for one in backtest.records if one.severity == "critical")
        advice = f"{PAGES_A_SHIFT} leave time to follow them up"
        found.warn(rules.TOO_MANY_PAGES, message, place, help=advice)
    return tuple(found.items)


def find_coarse(
    monitoring: Monitoring, data: Data, seconds: int, options: Options
) -> tuple[Diagnostic, ...]:
    """Metrics whose data points are all a multiple of a longer period apart than their alarm's."""
    found = Findings()
    for alarm in monitoring.alarms:
        for stat in stats_of(alarm.signal.source) if alarm.signal else ():
            known = data.get(identify(stat, options.parameters), {})
            step = min((_step_of(one.times) for one in known.values()), default=0)
            if step > stat.period_seconds and step * 3 < seconds:
                message = (
                    f"the data points of {stat.namespace} {stat.name} are {say_duration(step)} apart, "
                    f'but "{alarm.key}" looks at periods of {say_duration(stat.period_seconds)}'
                )
                found.warn(rules.COARSE_DATA, message, alarm.place)
                break
    return tuple(found.items)


def _step_of(times: np.ndarray[tuple[int], np.dtype[np.int64]]) -> int:
    """The largest step that all times are a multiple of apart; 0 if there are too few to tell."""
    return int(np.gcd.reduce(np.diff(times))) if len(times) > len(("a", "few", "points")) else 0


def _is_about_another(reason: str) -> tuple[bool, str]:
    """Reasons of an alarm's own come first."""
    return reason.startswith('"'), reason


def _times(count: int) -> str:
    return "once" if count == 1 else "twice" if count == len(("one", "two")) else f"{count:,} times"

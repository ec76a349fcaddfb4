"""One alarm with other thresholds and durations, and which of them is clearly better."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from watchspec.backtest.case import Case
from watchspec.backtest.conduct import count_pages, describe_conduct
from watchspec.model.alarms import Alarm, Threshold, Window
from watchspec.model.backtests import PAGES_A_SHIFT, Setting, Sweep
from watchspec.simulate.data import Floats
from watchspec.simulate.histories import History

_SHARES = (0.5, 0.9, 0.99, 0.999, 1.0)
_FACTORS = (0.75, 0.9, 1.1, 1.25)
_WINDOWS = ((1, 1), (2, 2), (2, 3), (3, 3), (3, 5), (5, 5), (10, 10), (15, 15), (30, 30))
_MOST_WINDOWS = 8
_LONGEST_SECONDS = 86_400
"""A window of more than a day is another kind of alarm, evaluated once an hour."""


def sweep_alarm(case: Case, alarm: Alarm) -> Sweep | None:
    """What an alarm with a threshold would have done with others; None if nothing can tell."""
    threshold = alarm.condition
    if not isinstance(threshold, Threshold):
        return None
    present = _simulate(case, [alarm])
    if not present:
        return None
    values = present[0].values()
    assert values is not None
    thresholds = choose_thresholds(values, threshold)
    windows = choose_windows(threshold)
    variants = [
        replace(
            alarm,
            key=f"{alarm.key}/{row}/{column}",
            condition=replace(threshold, value=value, window=Window(n, m)),
        )
        for row, value in enumerate(thresholds)
        for column, (m, n) in enumerate(windows)
    ]
    settings = [_describe(alarm.key, history, case) for history in _simulate(case, variants)]
    width = len(windows)
    rows = tuple(tuple(settings[at : at + width]) for at in range(0, len(settings), width))
    window = threshold.window.datapoints_to_alarm, threshold.window.evaluation_periods
    now = rows[thresholds.index(threshold.value)][windows.index(window)]
    return Sweep(
        alarm.key,
        threshold.operator,
        threshold.signal.unit,
        threshold.signal.period_seconds,
        now,
        rows,
        find_better(now, [one for row in rows for one in row]),
    )


def choose_thresholds(values: Floats, threshold: Threshold) -> list[float]:
    """The present one, some around it, and values that few data points are beyond, in rising order.

    Three digits are all that a threshold is worth; among whole numbers, as of a count, it is whole.
    """
    known = values[~np.isnan(values)]
    is_whole = len(known) > 0 and bool((known == np.floor(known)).all())
    around = [_move(threshold.value, factor, is_whole=is_whole) for factor in _FACTORS]
    if len(known):
        is_upper = threshold.operator in {">", ">="}
        shares = _SHARES if is_upper else tuple(1 - one for one in _SHARES)
        quantiles = np.quantile(known, shares)
        quantiles = (np.round(quantiles) if is_whole else quantiles).tolist()
        last = quantiles[-1]  # beyond it nothing ever is
        around = [one for one in around if (one <= last if is_upper else one >= last)]
        around += quantiles
    return sorted({float(threshold.value), *(float(f"{one:.3g}") for one in around)})


def _move(value: float, factor: float, *, is_whole: bool) -> float:
    """A threshold further down or up; a whole one by one at least."""
    moved = float(f"{value * factor:.3g}")
    return float(math.floor(moved) if moved < value else math.ceil(moved)) if is_whole else moved


def choose_windows(threshold: Threshold) -> list[tuple[int, int]]:
    """The present M of N and usual ones, in the order of N."""
    window = threshold.window
    most = max(_LONGEST_SECONDS // threshold.signal.period_seconds, 1)
    usual = [one for one in _WINDOWS if one[1] <= most][:_MOST_WINDOWS]
    present = window.datapoints_to_alarm, window.evaluation_periods
    return sorted({present, *usual}, key=lambda one: (one[1], one[0]))


def find_better(present: Setting, others: Iterable[Setting]) -> Setting | None:
    """A setting that is clearly better; of several the one that changes least.

    With incidents: it misses none that the present one tells of and is not falsely told more often,
    and it tells of more, or is false at most half as often and not much later. Without: it is quiet
    enough where the present one is not, and still goes off.
    """
    chosen = [one for one in others if one != present and _is_better(one, present)]
    return min(chosen, key=lambda one: _rank(one, present), default=None)


def _is_better(one: Setting, present: Setting) -> bool:
    new, old = one.conduct.detection, present.conduct.detection
    if new is None or old is None:
        return _is_loud(present) and not _is_loud(one) and one.conduct.fires > 0
    if not set(new.missed) <= set(old.missed) or new.false > old.false or not new.delays:
        return False
    if len(new.missed) < len(old.missed):
        return True
    is_in_time = (new.median_delay or 0) <= (old.median_delay or 0) + _LATER_SECONDS
    return new.false < old.false and new.false <= old.false / 2 and is_in_time


_LATER_SECONDS = 300


def _is_loud(one: Setting) -> bool:
    return one.conduct.is_flapping or one.pages.worst > PAGES_A_SHIFT


def _rank(one: Setting, present: Setting) -> tuple[float, ...]:
    new = one.conduct.detection
    distance = abs(math.log(one.evaluation_periods / present.evaluation_periods))
    step = abs(one.threshold - present.threshold) / (abs(present.threshold) or 1)
    if new is None:
        return (distance + step, one.threshold)
    return (len(new.missed), new.false, new.median_delay or 0, distance + step, one.threshold)


def _simulate(case: Case, alarms: Sequence[Alarm]) -> list[History]:
    outcome = case.simulate(replace(case.monitoring, alarms=tuple(alarms)))
    return [outcome.histories[one.key] for one in alarms if one.key in outcome.histories]


def _describe(key: str, history: History, case: Case) -> Setting:
    threshold = history.alarm.condition
    assert isinstance(threshold, Threshold)
    conduct, spans = describe_conduct(key, history.states, history.grid, case.incidents)
    window = threshold.window
    pages = count_pages(spans[:, 0].tolist(), case.period.seconds)
    return Setting(
        threshold.value, window.datapoints_to_alarm, window.evaluation_periods, conduct, pages
    )

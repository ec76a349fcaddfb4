"""One alarm over a history of data: its state at every step.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html (read 2026-11-24)
"""

from __future__ import annotations

import operator
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from watchspec.model.alarms import MissingData, Threshold
from watchspec.model.signals import Operator
from watchspec.simulate.data import Data, Floats
from watchspec.simulate.judging import Codes, State, judge, judge_requests, settle
from watchspec.simulate.measures import measure_signal
from watchspec.simulate.options import Options
from watchspec.simulate.statistics import Grid

_DAY_SECONDS = 86_400
_HOUR_SECONDS = 3_600
_COMPARE: dict[Operator, Callable[[Floats, float], NDArray[np.bool_]]] = {
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
}


def evaluate_threshold(
    threshold: Threshold, missing: MissingData, data: Data, grid: Grid, options: Options
) -> Codes:
    """The state of an alarm at the end of each step of the grid, one step a period or finer."""
    measure = measure_signal(threshold.signal.source, data, grid, options)
    codes = np.empty(grid.size, dtype=np.int8)
    window = threshold.window
    for phase in measure.phases():
        if measure.depends_on_request:
            values = measure.requests(phase, window.evaluation_periods + options.extra_slots)
            breaches, exists = _compare(threshold, values)
            codes[phase] = judge_requests(breaches, exists, window, missing, options)
        else:
            breaches, exists = _compare(threshold, measure.points(phase))
            codes[phase] = judge(breaches, exists, window, missing, options)
    if window.evaluation_periods * threshold.signal.period_seconds > _DAY_SECONDS:
        codes = _hourly(codes, grid, options)
    return settle(codes, State.INSUFFICIENT_DATA)


def _compare(threshold: Threshold, values: Floats) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    exists = ~np.isnan(values)
    return _COMPARE[threshold.operator](values, threshold.value) & exists, exists


def _hourly(codes: Codes, grid: Grid, options: Options) -> Codes:
    """What is known at the full hour is said some minutes later, and holds for an hour."""
    ends = grid.start + grid.step * (np.arange(grid.size) + 1)
    at_hour = np.where(ends % _HOUR_SECONDS == 0, codes, np.int8(-1))
    shift = options.hourly_minute * 60 // grid.step
    return np.concatenate((np.full(shift, np.int8(-1)), at_hour))[: grid.size]

"""One alarm over a history of data: its state at every step.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html (read 2026-11-24)
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from watchspec.model.alarms import MissingData, Threshold
from watchspec.model.signals import Operator
from watchspec.simulate.data import Data, Floats
from watchspec.simulate.judging import Bools, Codes, State, judge, judge_requests, settle
from watchspec.simulate.measures import Measure, measure_signal
from watchspec.simulate.options import Options
from watchspec.simulate.reasons import Points, compare_words, say_threshold
from watchspec.simulate.statistics import Grid

_DAY_SECONDS = 86_400
_HOUR_SECONDS = 3_600
_COMPARE: dict[Operator, Callable[[Floats, float], Bools]] = {
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
}


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How an alarm compares a signal with a threshold."""

    threshold: Threshold
    missing: MissingData
    data: Data
    options: Options

    def states(self, grid: Grid) -> Codes:
        """The state at the end of each step of the grid, one step a period or finer."""
        measure = self._measure(grid)
        codes = np.empty(grid.size, dtype=np.int8)
        window = self.threshold.window
        for phase in measure.phases():
            if measure.depends_on_request:
                breaches, exists = self._compare(measure.requests(phase, self._span))
                codes[phase] = judge_requests(breaches, exists, window, self.missing, self.options)
            else:
                breaches, exists = self._compare(measure.points(phase))
                codes[phase] = judge(breaches, exists, window, self.missing, self.options)
        if window.evaluation_periods * self._period > _DAY_SECONDS:
            codes = _hourly(codes, grid, self.options)
        return settle(codes, State.INSUFFICIENT_DATA)

    def values(self, grid: Grid) -> Floats:
        """The newest data point at the end of each step of the grid; NaN = none."""
        measure = self._measure(grid)
        values = np.empty(grid.size)
        for phase in measure.phases():
            if measure.depends_on_request:
                values[phase] = measure.requests(phase, self._span)[:, -1]
            else:
                values[phase] = measure.points(phase)
        return values

    def explain(self, time: int, state: State) -> str:
        """Why the alarm came to a state at a time."""
        window = self.threshold.window
        if window.evaluation_periods * self._period > _DAY_SECONDS:
            time -= time % _HOUR_SECONDS
        span, period = self._span, self._period
        grid = Grid(time - span * period, period, span)
        values = self._measure(grid).requests(slice(None), span)[-1]
        breaches, _ = self._compare(values)
        points = Points(grid.start + period * np.arange(span), values, breaches)
        compared = compare_words(self.threshold.operator, self.threshold.value)
        return say_threshold(points, window, self.missing, state, compared)

    @property
    def _period(self) -> int:
        return self.threshold.signal.period_seconds

    @property
    def _span(self) -> int:
        return self.threshold.window.evaluation_periods + self.options.extra_slots

    def _measure(self, grid: Grid) -> Measure:
        return measure_signal(self.threshold.signal.source, self.data, grid, self.options)

    def _compare(self, values: Floats) -> tuple[Bools, Bools]:
        exists = ~np.isnan(values)
        compare = _COMPARE[self.threshold.operator]
        return compare(values, self.threshold.value) & exists, exists


def _hourly(codes: Codes, grid: Grid, options: Options) -> Codes:
    """What is known at the full hour is said some minutes later, and holds for an hour."""
    ends = grid.start + grid.step * (np.arange(grid.size) + 1)
    at_hour = np.where(ends % _HOUR_SECONDS == 0, codes, np.int8(-1))
    shift = options.hourly_minute * 60 // grid.step
    return np.concatenate((np.full(shift, np.int8(-1)), at_hour))[: grid.size]

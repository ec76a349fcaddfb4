"""One alarm over a history of data: its state at every step, and why.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from math import gcd

import numpy as np

from watchspec.model.alarms import Alarm, Threshold
from watchspec.model.metric_ids import identify
from watchspec.model.signals import COMPARE, MetricStat, stats_of
from watchspec.simulate.clocks import Calendar, make_calendar
from watchspec.simulate.columns import fill_column
from watchspec.simulate.data import RAW, Data, Floats, Times, UnsupportedError
from watchspec.simulate.judging import (
    Bools,
    Codes,
    State,
    judge,
    judge_requests,
    lay_out,
    settle,
    take_back,
)
from watchspec.simulate.measures import Measure, measure_signal
from watchspec.simulate.options import Options
from watchspec.simulate.reasons import Points, compare_words, say_threshold
from watchspec.simulate.settings import Settings, read_settings
from watchspec.simulate.statistics import Grid, Slots

_DAY_SECONDS = 86_400
_HOUR_SECONDS = 3_600
_MINUTE_SECONDS = 60
_MOST_POINTS_AT_ONCE = 4_000_000
_KEEP = np.int8(-1)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How an alarm compares a signal with a threshold, minute by minute."""

    threshold: Threshold
    settings: Settings
    data: Data
    options: Options
    measure: Callable[[Slots], Measure] | None = None
    """What is compared, if it is not the signal itself."""

    def states(self, grid: Grid) -> Codes:
        """The state at the end of each step from the creation of the alarm at the grid's start."""
        return settle(self.judge_steps(grid)[0], State.INSUFFICIENT_DATA)

    def judge_steps(self, grid: Grid) -> tuple[Codes, Bools]:
        """What each step says by itself, -1 = that all stays as it was; and whether the alarm looks."""
        looks, slots, newest = self._look(grid)
        judged, exists = self._judge(self._measure(slots))
        codes = judged[newest]
        length = self.threshold.window.evaluation_periods * slots.width(self._period)
        awake = self._is_awake(looks - grid.start, newest, exists, length)
        codes[~awake] = _KEEP
        if self.settings.least_samples:
            codes[self._has_few_samples(slots)[newest]] = _KEEP
        return codes, awake

    def reduce_requests(self, grid: Grid, reduce: Callable[[Floats], Floats]) -> Floats:
        """One number for all data points that are asked for at the end of each step of the grid."""
        _, slots, newest = self._look(grid)
        measure = self._measure(slots)
        blocks = self._blocks(slots.size)
        reduced = [reduce(measure.requests(self._span, steps)) for steps in blocks]
        return np.concatenate(reduced)[newest]

    def values(self, grid: Grid) -> Floats:
        """The newest data point at the end of each step of the grid; NaN = none."""
        _, slots, newest = self._look(grid)
        measure = self._measure(slots)
        if not measure.depends_on_request:
            return measure.points()[newest]
        return self.reduce_requests(grid, lambda rows: rows[:, -1])

    def explain(self, time: int, state: State) -> str:
        """Why the alarm came to a state at a time."""
        begins, values = self.ask(time)
        breaches, _ = self._compare(values)
        compared = compare_words(self.threshold.operator, self.threshold.value)
        points = Points(begins, values, breaches)
        return say_threshold(points, self.threshold.window, self.settings.missing, state, compared)

    def ask(self, time: int) -> tuple[Times, Floats]:
        """The data points that are asked for at a time, oldest first, with the starts of their periods."""
        end = int(self._known(self._looks(np.array([time])))[0])
        span, period = self._span, self._period
        slots: Slots = Grid(end - span * period, period, span)
        if self.settings.zone is not None:
            slots = self._slots(end, end)
        newest = int(slots.newest(np.array(end)))
        values = self._measure(slots).requests(span, slice(newest, newest + 1))[0]
        begins = slots.begins(newest + slots.width(period) * np.arange(-span + 1, 1), period)
        return begins, values

    @property
    def _period(self) -> int:
        return self.threshold.signal.period_seconds

    @property
    def _span(self) -> int:
        """How many data points are asked for."""
        return self.threshold.window.evaluation_periods + self.options.extra_slots

    @property
    def _is_hourly(self) -> bool:
        return self.threshold.window.evaluation_periods * self._period > _DAY_SECONDS

    def _look(self, grid: Grid) -> tuple[Times, Slots, Times]:
        """When the alarm looked last at the end of each step, all slots, and the newest it saw then."""
        looks = self._looks(grid.ends)
        known = self._known(looks)
        first, last = (int(known[0]), int(known[-1])) if grid.size else (grid.start, grid.start)
        slots = self._slots(first, last)
        return looks, slots, slots.newest(known)

    def _looks(self, ends: Times) -> Times:
        """When the alarm looked last: one over more than a day looks once an hour."""
        if not self._is_hourly:
            return ends
        minute = self.options.hourly_minute * _MINUTE_SECONDS
        return ends - (ends - minute) % _HOUR_SECONDS

    def _known(self, looks: Times) -> Times:
        """Up to when data count when the alarm looks; for those once an hour, up to the full hour."""
        if self._is_hourly:
            return looks - looks % _HOUR_SECONDS
        if self.options.fine_slots == "minute" and self._period < _MINUTE_SECONDS:
            return looks - looks % self._period
        return looks

    def _slots(self, first: int, last: int) -> Slots:
        """The periods that end from one time to another, and those before that count for them.

        What is known from before the alarm was created counts as well.
        """
        reach = self._span * self._period
        if self.settings.zone is not None:
            calendar = make_calendar(self.settings.zone, self._period, first - reach, last)
            oldest = int(calendar.newest(np.array(first))) - self._span + 1
            return Calendar(calendar.edges[oldest:])
        step = _evaluation_step(self._period)
        if self._is_hourly:
            step = gcd(self._period, _HOUR_SECONDS)
        known = [
            int(samples.times[0])
            for stat in stats_of(self.threshold.signal.source)
            for samples in self.data.get(identify(stat, self.options.parameters), {}).values()
            if len(samples.times)
        ]
        before = min(max(first - min(known, default=first), 0), reach)
        start = first - max(-(-before // step), 1) * step
        return Grid(start, step, (last - start) // step)

    def _measure(self, slots: Slots) -> Measure:
        if self.measure is not None:
            return self.measure(slots)
        return measure_signal(self.threshold.signal.source, self.data, slots, self.options)

    def _compare(self, values: Floats) -> tuple[Bools, Bools]:
        exists = ~np.isnan(values)
        compare = COMPARE[self.threshold.operator]
        return compare(values, self.threshold.value) & exists, exists

    def _judge(self, measure: Measure) -> tuple[Codes, Bools]:
        """What is thought of the alarm with each slot, and whether that has a data point."""
        window, missing = self.threshold.window, self.settings.missing
        if not measure.depends_on_request:
            breaches, exists = self._compare(measure.points())
            rows = [lay_out(one, measure.width, self._span) for one in (breaches, exists)]
            codes = judge(rows[0], rows[1], window, missing, self.options)
            return take_back(codes, measure.width, self._span)[: measure.grid.size], exists
        parts = []
        for steps in self._blocks(measure.grid.size):
            breaches, exists = self._compare(measure.requests(self._span, steps))
            codes = judge_requests(breaches, exists, window, missing, self.options)
            parts.append((codes, exists[:, -1]))
        return np.concatenate([one for one, _ in parts]), np.concatenate([one for _, one in parts])

    def _blocks(self, size: int) -> Iterator[slice]:
        length = max(_MOST_POINTS_AT_ONCE // self._span, 1)
        yield from (slice(at, at + length) for at in range(0, size, length))

    def _is_awake(self, ages: Times, newest: Times, exists: Bools, length: int) -> Bools:
        """Whether the alarm exists and is past its warm-up, `ages` seconds after its creation.

        A warm-up ends early once the window is full: its whole length (in slots) has passed since
        the first data point, and the newest period has one.
        """
        awake: Bools = (ages > 0) & (ages >= self.settings.warm_up_seconds)
        if not self.settings.ends_early or not exists.any():
            return awake
        is_full = exists[newest] & (newest - np.argmax(exists) + 1 >= length)
        return awake | np.logical_or.accumulate(is_full & (ages > 0))

    def _has_few_samples(self, slots: Slots) -> Bools:
        """Whether the window that ends with each slot has some samples, but too few to tell.

        AWS says "during the evaluation period"; that is read as the whole window.
        """
        source = self.threshold.signal.source
        assert isinstance(source, MetricStat)
        metric = identify(source, self.options.parameters)
        known = self.data.get(metric, {})
        if known and not {RAW, "SampleCount"} & known.keys():
            raise UnsupportedError(
                f'of how many samples each {source.statistic} of "{metric.name}" is made is not known'
            )
        counts = np.nan_to_num(fill_column(self.data, metric, "SampleCount", self._period, slots))
        total = np.zeros(slots.size)
        for age in range(self.threshold.window.evaluation_periods):
            shift = age * slots.width(self._period)
            total[shift:] += counts[: max(slots.size - shift, 0)]
        return (total > 0) & (total < self.settings.least_samples)


def evaluate(alarm: Alarm, threshold: Threshold, data: Data, options: Options) -> Evaluation:
    """How an alarm on a metric is evaluated; UnsupportedError if it has settings only AWS knows."""
    settings = read_settings(alarm, threshold, options)
    if settings.zone is not None:
        options = replace(options, extra_slots=0)
    return Evaluation(threshold, settings, data, options)


def evaluation_step(alarm: Alarm) -> int:
    """How often an alarm is evaluated, in seconds."""
    return _evaluation_step(
        _MINUTE_SECONDS if alarm.signal is None else alarm.signal.period_seconds
    )


def _evaluation_step(period_seconds: int) -> int:
    return 10 if period_seconds < _MINUTE_SECONDS else _MINUTE_SECONDS

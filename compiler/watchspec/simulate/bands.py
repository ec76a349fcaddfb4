"""An alarm on the expected band of a signal, by a stand-in for the model that CloudWatch learns.

AWS does not say how its model is made, so no simulation can be exact. The stand-in follows the rhythm of
the day: in an hour the signal is expected to be what it was in the same hour (UTC) of the 14 days before,
the median of all those data points; a standard deviation is 1.4826 times their median distance from it, or
1.2533 times the mean distance where most are equal. An hour of which fewer than three days are known has
no band, and where there is no band there is no data point to compare. A rhythm of the week, and trends,
are not followed.

Two weeks are what CloudWatch learns from at most.
Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Anomaly_Detection.html (read 2026-11-24)
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import gcd
from typing import Literal, TypeAlias

import numpy as np

from watchspec.model.alarms import Alarm, Band, BandSide, Threshold
from watchspec.model.signals import MetricStat
from watchspec.simulate.alarms import Evaluation, evaluate
from watchspec.simulate.data import Data, Floats, Times, UnsupportedError
from watchspec.simulate.judging import Codes, State
from watchspec.simulate.measures import Measure, measure_signal
from watchspec.simulate.options import Options
from watchspec.simulate.reasons import Points, say_threshold, show_number
from watchspec.simulate.statistics import Grid, Slots

NOTE = "the expected band is a stand-in for the one that CloudWatch learns"
_HOUR = 3_600
_DAY_HOURS = 24
_DAYS = 14
_LEAST_DAYS = 3
_FROM_MEDIAN = 1.4826
_FROM_MEAN = 1.2533
_ROUNDING = 1e-9
"""So much of the expected value a band is wide at least."""
_Part: TypeAlias = Literal["distance", "low", "high"]
_WORDS: dict[BandSide, str] = {
    "outside": "less than the lower thresholds [{low}] or greater than the upper thresholds [{high}]",
    "above": "greater than the upper thresholds [{high}]",
    "below": "less than the lower thresholds [{low}]",
}


@dataclass(frozen=True, slots=True)
class BandWatch:
    """How an alarm on a band is evaluated: `distance` is how far the signal is outside, in its unit."""

    band: Band
    signal: Evaluation
    distance: Evaluation
    low: Evaluation
    high: Evaluation

    def states(self, grid: Grid) -> Codes:
        """The state at the end of each step."""
        if np.isnan(self.low.values(grid)).all():
            raise UnsupportedError(f"{NOTE}, and needs data of {_LEAST_DAYS} days before")
        return self.distance.states(grid)

    def values(self, grid: Grid) -> Floats:
        """The newest data point of the signal at the end of each step; NaN = none."""
        return self.signal.values(grid)

    def explain(self, time: int, state: State) -> str:
        """Why the alarm came to a state at a time."""
        begins, values = self.signal.ask(time)
        (_, distances), (_, low), (_, high) = (
            one.ask(time) for one in (self.distance, self.low, self.high)
        )
        window = self.band.window
        points = Points(begins, np.where(np.isnan(distances), np.nan, values), distances > 0)
        newest = slice(-1, -1 - window.evaluation_periods, -1)
        limits = {"low": _list(low[newest]), "high": _list(high[newest])}
        words = _WORDS[self.band.side].format(**limits)
        reason = say_threshold(points, window, self.distance.settings.missing, state, words)
        return f"{reason.replace('Threshold', 'Thresholds', 1)} ({NOTE})"


def watch_band(alarm: Alarm, band: Band, data: Data, options: Options) -> BandWatch:
    """How an alarm on a band is evaluated; UnsupportedError if it has settings only AWS knows."""
    signal = evaluate(alarm, Threshold(band.signal, ">", 0, "", band.window), data, options)

    def follow(part: _Part) -> Evaluation:
        return replace(signal, measure=lambda slots: _measure(band, part, data, slots, options))

    return BandWatch(band, signal, follow("distance"), follow("low"), follow("high"))


def expect_band(band: Band, data: Data, begins: Times, options: Options) -> tuple[Floats, Floats]:
    """The lower and the upper end of the band in the periods that begin at some times; NaN = none."""
    period = band.signal.period_seconds
    step = gcd(period, _HOUR)
    lead = -(-period // _HOUR)
    first = int(begins.min()) // _HOUR - _DAYS * _DAY_HOURS - lead
    hours = int(begins.max()) // _HOUR - first + 1
    grid = Grid(first * _HOUR + period - step, step, hours * _HOUR // step)
    points = measure_signal(band.signal.source, data, grid, options).points().reshape(hours, -1)
    middle, deviation = _learn(np.where(np.arange(hours)[:, None] < lead, np.nan, points))
    half = np.maximum(band.deviations * deviation, _ROUNDING * np.abs(middle))
    places = begins // _HOUR - first
    return (middle - half)[places], (middle + half)[places]


def _learn(points: Floats) -> tuple[Floats, Floats]:
    """What is expected in each hour, a row of data points, from the same hour of the days before."""
    hours = len(points)
    before = np.full((_DAYS * _DAY_HOURS, points.shape[1]), np.nan)
    padded = np.concatenate((before, points))
    days = [padded[day * _DAY_HOURS :][:hours] for day in range(_DAYS)]
    known = np.sum([np.any(~np.isnan(day), axis=1) for day in days], axis=0)
    rows = np.concatenate(days, axis=1)
    rows[known < _LEAST_DAYS] = np.nan
    middle = _median(rows)
    distances = np.abs(rows - middle[:, None])
    counts = np.maximum(np.sum(~np.isnan(distances), axis=1), 1)
    typical = _FROM_MEDIAN * _median(distances)
    return middle, np.where(
        typical > 0, typical, _FROM_MEAN * np.nansum(distances, axis=1) / counts
    )


def _median(rows: Floats) -> Floats:
    ordered = np.sort(rows, axis=1)
    counts = np.sum(~np.isnan(rows), axis=1)
    places = np.stack((np.maximum(counts - 1, 0) // 2, np.minimum(counts // 2, rows.shape[1] - 1)))
    middles: Floats = np.take_along_axis(ordered, places.T, axis=1).mean(axis=1)
    return middles


def _measure(band: Band, part: _Part, data: Data, slots: Slots, options: Options) -> Measure:
    source = band.signal.source
    low, high = expect_band(
        band, data, slots.begins(np.arange(slots.size), source.period_seconds), options
    )
    column = low if part == "low" else high
    if part == "distance":
        values = measure_signal(source, data, slots, options).points()
        above, below = values - high, low - values
        column = {"above": above, "below": below, "outside": np.fmax(above, below)}[band.side]
    stat = MetricStat(
        "", part, (), "Average", source.period_seconds, source.region, written=source.written
    )
    return Measure(stat, {"": (column,)}, {}, slots)


def _list(values: Floats) -> str:
    return ", ".join(show_number(float(one)) for one in values if not np.isnan(one))

"""An alarm on several time series: it is in ALARM while one of them, a contributor, is.

A contributor that is not among the results is OK, whatever missing data are to mean. What AWS leaves open
is taken so: a contributor begins in OK, and is OK where a single metric would lack data.

Sources: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/multi-time-series-alarm.html and
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-metrics-insights-alarms-partial-data.html
(read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from watchspec.model.alarms import Alarm, MissingData, Threshold
from watchspec.model.signals import InsightsQuery, MetricStat
from watchspec.simulate.alarms import Evaluation, evaluate
from watchspec.simulate.data import Data, Floats, UnsupportedError
from watchspec.simulate.insights import Results, query_metrics, rank_scores, score_series, stand_in
from watchspec.simulate.judging import Bools, Codes, State, settle
from watchspec.simulate.options import Options
from watchspec.simulate.statistics import Grid

_KEEP = -1
_MOST_COUNTED = 100
"""So many contributors in ALARM are kept track of."""
_EMPTY: dict[MissingData, int] = {
    "missing": State.INSUFFICIENT_DATA,
    "ignore": _KEEP,
    "breaching": State.ALARM,
    "notBreaching": State.OK,
}


class Watch(Protocol):
    """How an alarm watches what it watches, at the steps of a grid that begins with its creation."""

    def states(self, grid: Grid) -> Codes:
        """The state at the end of each step."""

    def values(self, grid: Grid) -> Floats:
        """The newest data point at the end of each step; NaN = none."""

    def explain(self, time: int, state: State) -> str:
        """Why the alarm came to a state at a time."""


def watch(alarm: Alarm, threshold: Threshold, data: Data, options: Options) -> Watch:
    """How an alarm on a metric, an expression or a query is evaluated.

    UnsupportedError if it has settings only AWS knows.
    """
    query = threshold.signal.source
    if not isinstance(query, InsightsQuery):
        return evaluate(alarm, threshold, data, options)
    results = query_metrics(query, data)

    def follow(stat: MetricStat, data: Data) -> Evaluation:
        signal = replace(threshold.signal, source=stat)
        return evaluate(alarm, replace(threshold, signal=signal), data, options)

    series = {label: follow(stat, results.data) for label, stat in results.series.items()}
    if results.is_single:
        return series[""]
    if results.select.order_by is None:
        raise UnsupportedError(
            "CloudWatch takes no alarm on a query with GROUP BY without ORDER BY"
        )
    return Contributors(results, series, follow(stand_in(query, results.select), {}), options)


@dataclass(frozen=True, slots=True)
class _Followed:
    """The states of all contributors (a row each), which of them have results, and the alarm's own."""

    rows: Codes
    answered: Bools
    states: Codes


class Contributors:
    """An alarm on the series of a query, each judged as a metric of its own.

    `nothing` is how the alarm would judge a metric without data.
    """

    def __init__(
        self,
        results: Results,
        series: Mapping[str, Evaluation],
        nothing: Evaluation,
        options: Options,
    ) -> None:
        self.results = results
        self.series = series
        self.nothing = nothing
        self.options = options
        self._known: dict[Grid, _Followed] = {}

    def states(self, grid: Grid) -> Codes:
        """The state of the alarm at the end of each step."""
        return self._follow(grid).states

    def contributions(self, grid: Grid) -> Mapping[str, Codes]:
        """The state of each contributor at the end of each step, by its label."""
        return dict(zip(self.series, self._follow(grid).rows, strict=True))

    def values(self, grid: Grid) -> Floats:
        """Of the newest data points at the end of each step the one nearest to breaching."""
        values = self.nothing.values(grid)
        furthest = np.fmax if self.nothing.threshold.operator.startswith(">") else np.fmin
        for one in self.series.values():
            values = furthest(values, one.values(grid))
        return values

    def explain(self, time: int, state: State) -> str:
        """Why the alarm came to a state at a time that was followed."""
        for grid, followed in self._known.items():
            place = int(grid.newest(np.array(time)))
            total = int(followed.answered[:, place].sum())
            bad = int((followed.rows[:, place] == State.ALARM).sum())
            if total:
                counted = f"{bad} out of {total}" if bad <= _MOST_COUNTED else f"{_MOST_COUNTED}+"
                return f"{counted} time series evaluated to ALARM"
        return self.nothing.explain(time, state)

    def _follow(self, grid: Grid) -> _Followed:
        if grid not in self._known:
            self._known[grid] = self._judge(grid)
        return self._known[grid]

    def _judge(self, grid: Grid) -> _Followed:
        shape = len(self.series), grid.size
        awake = self.nothing.judge_steps(grid)[1]
        codes, answered = np.full(shape, _KEEP, dtype=np.int8), self._find_answered(grid)
        for place, one in enumerate(self.series.values()):
            judged, looks = one.judge_steps(grid)
            awake = awake | looks
            codes[place] = np.where(judged == State.INSUFFICIENT_DATA, State.OK, judged)
        codes[~answered] = State.OK
        rows = np.array([settle(row, State.OK) for row in codes], dtype=np.int8).reshape(shape)
        states = np.select(
            [~awake, np.any(rows == State.ALARM, axis=0), np.any(answered, axis=0)],
            [_KEEP, State.ALARM, State.OK],
            self._empty_state(),
        )
        return _Followed(rows, answered, settle(states.astype(np.int8)))

    def _empty_state(self) -> int:
        if self.options.empty_query == "INSUFFICIENT_DATA":
            return State.INSUFFICIENT_DATA
        return _EMPTY[self.nothing.settings.missing]

    def _find_answered(self, grid: Grid) -> Bools:
        """Which contributors are among the results of each step."""
        shape = len(self.series), grid.size
        counts = [one.reduce_requests(grid, _count) for one in self.series.values()]
        answered: Bools = np.array(counts).reshape(shape) > 0
        if len(self.series) > self.results.limit:
            scores = [
                one.reduce_requests(grid, lambda rows: score_series(self.results.select, rows))
                for one in self.series.values()
            ]
            answered &= rank_scores(self.results.select, np.array(scores)) < self.results.limit
        return answered


def _count(rows: Floats) -> Floats:
    counts: Floats = np.sum(~np.isnan(rows), axis=-1).astype(np.float64)
    return counts

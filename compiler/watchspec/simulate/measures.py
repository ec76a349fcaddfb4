"""The data points of a signal: what CloudWatch would give when asked at each step of a grid."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from watchspec.languages import Problem, parse_metric_math
from watchspec.model.metric_ids import identify
from watchspec.model.metric_math import MathTerm
from watchspec.model.signals import MetricMath, MetricStat, SignalSource
from watchspec.simulate.columns import fill_column
from watchspec.simulate.data import Data, Floats, Times, UnsupportedError
from watchspec.simulate.expressions import (
    Inputs,
    Scalar,
    Series,
    Value,
    evaluate,
    looks_around,
)
from watchspec.simulate.options import Options
from watchspec.simulate.statistics import Grid


@dataclass(frozen=True, slots=True)
class Measure:
    """The data points of a signal over a grid, one step a period or finer.

    Periods count back from when CloudWatch is asked, so steps that are a whole period apart share
    theirs: a phase.
    """

    source: SignalSource
    columns: Mapping[str, Floats]
    grid: Grid

    @property
    def depends_on_request(self) -> bool:
        """Whether a data point depends on how many others are asked for with it."""
        return any(map(looks_around, _terms(self.source)))

    def phases(self) -> Iterator[slice]:
        """The steps of each phase."""
        width = self.source.period_seconds // self.grid.step
        for first in range(min(width, self.grid.size)):
            yield slice(first, None, width)

    def points(self, phase: slice) -> Floats:
        """The data point of the period that ends at each step of a phase; NaN = none."""
        columns = {key: values[phase] for key, values in self.columns.items()}
        return self._compute(columns, self._begins()[phase])

    def requests(self, phase: slice, span: int) -> Floats:
        """The same in rows: for each step of a phase the newest `span` data points, asked for together."""
        rows = {key: _windows(values[phase], span) for key, values in self.columns.items()}
        ages = np.arange(-span + 1, 1) * self.source.period_seconds
        return self._compute(rows, ages + self._begins()[phase, None])

    def value_at(self, time: int) -> float:
        """The data point of the period that ends at a time, seconds since 1970; NaN = none.

        It is what a graph of the whole grid shows there; out of the grid there is nothing.
        """
        place = (time - self.grid.start) // self.grid.step - 1
        if not 0 <= place < self.grid.size:
            return np.nan
        width = self.source.period_seconds // self.grid.step
        points = self.points(slice(place % width, None, width))
        return float(points[place // width])

    def draw(self) -> tuple[Times, Floats]:
        """The data points as a graph has them: when each period begins, at whole multiples of it."""
        width = self.source.period_seconds // self.grid.step
        first = -(self.grid.start // self.grid.step + 1) % width
        phase = slice(first, None, width)
        return self._begins()[phase], self.points(phase)

    def _begins(self) -> Times:
        ends = self.grid.start + self.grid.step * (np.arange(self.grid.size) + 1)
        return ends - self.source.period_seconds

    def _compute(self, columns: Mapping[str, Floats], times: Times) -> Floats:
        if not isinstance(self.source, MetricMath):
            return next(iter(columns.values()))
        values: dict[str, Value] = {key: Series(one) for key, one in columns.items()}
        inputs = Inputs(values, tuple(columns), times, self.source.period_seconds)
        for one in self.source.inputs:
            if isinstance(one.source, str):
                values[one.id] = evaluate(_parse(one.source), inputs)
        result = evaluate(_parse(self.source.expression), inputs)
        if isinstance(result, Scalar):
            raise UnsupportedError("an alarm watches a series, and this is one number")
        if not isinstance(result, Series):
            raise UnsupportedError("an alarm watches one series, and these are several")
        return np.broadcast_to(result.values, times.shape)


def measure_signal(source: SignalSource, data: Data, grid: Grid, options: Options) -> Measure:
    """The data points of a signal; UnsupportedError if only AWS has them."""
    columns = {
        key: fill_column(
            data,
            identify(stat, options.parameters),
            stat.statistic,
            stat.period_seconds,
            grid,
        )
        for key, stat in _stats(source)
    }
    return Measure(source, columns, grid)


def _stats(source: SignalSource) -> list[tuple[str, MetricStat]]:
    match source:
        case MetricStat():
            return [("", source)]
        case MetricMath():
            return [
                (one.id, one.source) for one in source.inputs if isinstance(one.source, MetricStat)
            ]
        case _:
            raise UnsupportedError("a Metrics Insights query needs the metrics of an account")


def _terms(source: SignalSource) -> Iterator[MathTerm]:
    if isinstance(source, MetricMath):
        yield _parse(source.expression)
        yield from (_parse(one.source) for one in source.inputs if isinstance(one.source, str))


def _parse(text: str) -> MathTerm:
    term = parse_metric_math(text)
    assert not isinstance(term, Problem), "resolve has read it"
    return term


def _windows(values: Floats, span: int) -> Floats:
    """For each point a row of the points up to it, NaN before the first."""
    return sliding_window_view(np.concatenate((np.full(span - 1, np.nan), values)), span)

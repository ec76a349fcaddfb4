"""The data points of a signal: what CloudWatch would give when asked at each step of a grid."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from watchspec.languages import Problem, parse_metric_math
from watchspec.model.metric_ids import identify
from watchspec.model.metric_math import MathTerm
from watchspec.model.signals import MetricMath, MetricStat, SignalSource
from watchspec.simulate.columns import fill_column
from watchspec.simulate.data import Data, Floats, Times, UnsupportedError
from watchspec.simulate.expressions import evaluate, looks_around, varies_in_number
from watchspec.simulate.options import Options
from watchspec.simulate.statistics import Slots
from watchspec.simulate.values import Inputs, Scalar, Series, Several, Value


@dataclass(frozen=True, slots=True)
class Measure:
    """The data points of a signal over a grid, one step a period or finer.

    Periods count back from when CloudWatch is asked, so steps that are a whole period apart share
    theirs; those of a calendar stay where they are.
    """

    source: SignalSource
    columns: Mapping[str, Floats]
    grid: Slots

    @property
    def depends_on_request(self) -> bool:
        """Whether a data point depends on how many others are asked for with it."""
        return any(map(looks_around, _terms(self.source)))

    @property
    def width(self) -> int:
        """How many steps a period has."""
        return self.grid.width(self.source.period_seconds)

    def points(self, steps: slice | Times = slice(None)) -> Floats:
        """The data point of the period that ends at each of some steps; NaN = none."""
        columns = {key: values[steps] for key, values in self.columns.items()}
        return self._compute(columns, self._begins(np.arange(self.grid.size)[steps]))

    def requests(self, span: int, steps: slice = slice(None)) -> Floats:
        """The same in rows: for each step the newest `span` data points, asked for together."""
        ages = self.width * np.arange(-span + 1, 1)
        places = np.arange(self.grid.size)[steps, None] + ages
        if len(places) > 1 and any(map(varies_in_number, _terms(self.source))):
            rows = range(self.grid.size)[steps]
            return np.concatenate([self.requests(span, slice(row, row + 1)) for row in rows])
        columns = {
            key: np.where(places < 0, np.nan, values[np.maximum(places, 0)])
            for key, values in self.columns.items()
        }
        return self._compute(columns, self._begins(places))

    def value_at(self, time: int) -> float:
        """The data point of the period that ends at a time, seconds since 1970; NaN = none.

        It is what a graph of the whole grid shows there; out of the grid there is nothing.
        """
        place = int(self.grid.newest(np.array(time)))
        if not 0 <= place < self.grid.size:
            return np.nan
        points = self.points(slice(place % self.width, None, self.width))
        return float(points[place // self.width])

    def draw(self) -> tuple[Times, Floats]:
        """The data points as a graph has them: when each period begins, at whole multiples of it."""
        begins = self._begins(np.arange(self.grid.size))
        whole = np.flatnonzero(begins % self.source.period_seconds == 0)
        return begins[whole], self.points(whole)

    def _begins(self, places: Times) -> Times:
        return self.grid.begins(places, self.source.period_seconds)

    def _compute(self, columns: Mapping[str, Floats], times: Times) -> Floats:
        if not isinstance(self.source, MetricMath):
            return next(iter(columns.values()))
        values: dict[str, Value] = {key: Series(one) for key, one in columns.items()}
        inputs = Inputs(values, tuple(columns), times, self.source.period_seconds)
        for one in self.source.inputs:
            if isinstance(one.source, str):
                values[one.id] = evaluate(_parse(one.source), inputs)
        result = evaluate(_parse(self.source.expression), inputs)
        match result:
            case Series(series) | Several((series,)):
                return series
            case Several():
                raise UnsupportedError("an alarm watches one series, and these are several")
            case Scalar():
                raise UnsupportedError("an alarm watches a series, and this is one number")


def measure_signal(source: SignalSource, data: Data, grid: Slots, options: Options) -> Measure:
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

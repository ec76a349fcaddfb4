"""The data points of a signal: what CloudWatch would give when asked at each step of a grid."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from watchspec.languages import Problem, parse_metric_math
from watchspec.model.metric_ids import identify
from watchspec.model.metric_math import MathTerm
from watchspec.model.signals import InsightsQuery, MetricMath, MetricStat, SignalSource
from watchspec.simulate.columns import fill_column
from watchspec.simulate.data import Data, Floats, Times, UnsupportedError
from watchspec.simulate.expressions import evaluate, looks_around, varies_in_number
from watchspec.simulate.insights import Results, choose_first, query_metrics
from watchspec.simulate.options import Options
from watchspec.simulate.statistics import Slots
from watchspec.simulate.values import Inputs, Scalar, Series, Several, Value

_Source = TypeVar("_Source", MetricStat, InsightsQuery)


@dataclass(frozen=True, slots=True)
class Measure:
    """The data points of a signal over a grid, one step a period or finer.

    Periods count back from when CloudWatch is asked, so steps that are a whole period apart share
    theirs; those of a calendar stay where they are.

    columns: the values of each input by its id, of a query with GROUP BY as many as it has results.
    """

    source: SignalSource
    columns: Mapping[str, tuple[Floats, ...]]
    queries: Mapping[str, Results]
    grid: Slots

    @property
    def depends_on_request(self) -> bool:
        """Whether a data point depends on how many others are asked for with it."""
        return bool(self.queries) or any(map(looks_around, _terms(self.source)))

    @property
    def _varies(self) -> bool:
        """Whether each request may have to do with other series."""
        return bool(self.queries) or any(map(varies_in_number, _terms(self.source)))

    @property
    def width(self) -> int:
        """How many steps a period has."""
        return self.grid.width(self.source.period_seconds)

    def points(self, steps: slice | Times = slice(None)) -> Floats:
        """The data point of the period that ends at each of some steps; NaN = none."""
        begins = self._begins(np.arange(self.grid.size)[steps])
        return self._compute(lambda values: values[steps], begins)

    def requests(self, span: int, steps: slice = slice(None)) -> Floats:
        """The same in rows: for each step the newest `span` data points, asked for together."""
        ages = self.width * np.arange(-span + 1, 1)
        places = np.arange(self.grid.size)[steps, None] + ages
        if len(places) > 1 and self._varies:
            rows = range(self.grid.size)[steps]
            return np.concatenate([self.requests(span, slice(row, row + 1)) for row in rows])

        def take(values: Floats) -> Floats:
            return np.where(places < 0, np.nan, values[np.maximum(places, 0)])

        return self._compute(take, self._begins(places))

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

    def _compute(self, take: Callable[[Floats], Floats], times: Times) -> Floats:
        values = {key: self._take(key, take) for key in self.columns}
        metrics = tuple(key for key, _ in _inputs(self.source, MetricStat))
        inputs = Inputs(values, metrics, times, self.source.period_seconds)
        result = values.get("")
        if isinstance(self.source, MetricMath):
            for one in self.source.inputs:
                if isinstance(one.source, str):
                    values[one.id] = evaluate(_parse(one.source), inputs)
            result = evaluate(_parse(self.source.expression), inputs)
        match result:
            case Series(series) | Several((series,)):
                return series
            case Scalar():
                raise UnsupportedError("an alarm watches a series, and this is one number")
            case _:
                raise UnsupportedError("an alarm watches one series, and these are several")

    def _take(self, key: str, take: Callable[[Floats], Floats]) -> Value:
        items = tuple(map(take, self.columns[key]))
        if key not in self.queries:
            return Series(items[0])
        return Several(choose_first(self.queries[key], items))


def measure_signal(source: SignalSource, data: Data, grid: Slots, options: Options) -> Measure:
    """The data points of a signal; UnsupportedError if only AWS has them."""

    def fill(stat: MetricStat, data: Data) -> Floats:
        metric = identify(stat, options.parameters)
        return fill_column(data, metric, stat.statistic, stat.period_seconds, grid)

    columns: dict[str, tuple[Floats, ...]] = {
        key: (fill(stat, data),) for key, stat in _inputs(source, MetricStat)
    }
    queries = {}
    for key, query in _inputs(source, InsightsQuery):
        results = query_metrics(query, data)
        columns[key] = tuple(fill(stat, results.data) for stat in results.series.values())
        if not results.is_single:
            queries[key] = results
    return Measure(source, columns, queries, grid)


def _inputs(source: SignalSource, kind: type[_Source]) -> Iterator[tuple[str, _Source]]:
    """What of one kind a signal is made of, by its id; what is measured by itself has none."""
    if isinstance(source, kind):
        yield "", source
    elif isinstance(source, MetricMath):
        yield from ((one.id, one.source) for one in source.inputs if isinstance(one.source, kind))


def _terms(source: SignalSource) -> Iterator[MathTerm]:
    if isinstance(source, MetricMath):
        yield _parse(source.expression)
        yield from (_parse(one.source) for one in source.inputs if isinstance(one.source, str))


def _parse(text: str) -> MathTerm:
    term = parse_metric_math(text)
    assert not isinstance(term, Problem), "resolve has read it"
    return term

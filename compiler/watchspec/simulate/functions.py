"""The functions of metric math.

What AWS's page leaves open is taken so: DIFF, RATE and DIFF_TIME give nothing for the first point that
is asked for; AVG counts missing points as zero over several series, not over the points of one; STDDEV
is that of a whole population; LINEAR fills no gap before the first point or behind the last.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from watchspec.simulate.data import Floats, Times, UnsupportedError
from watchspec.simulate.values import (
    Inputs,
    Scalar,
    Series,
    Several,
    Value,
    items_of,
    last_point,
    map_value,
)

Argument: TypeAlias = "Value | str"
"""A value, or the text of a word or of what stands in quotes."""
Function: TypeAlias = Callable[..., Value]
"""The inputs of the expression and the arguments in, whose kinds have been looked at."""


# --- of single series


def _each(function: Callable[[Floats], Floats]) -> Function:
    return lambda _, value: map_value(function, value)


def _over_time(function: Callable[[Floats, Times], Floats]) -> Function:
    return lambda inputs, value: map_value(lambda one: function(one, inputs.times), value)


def _steps(values: Floats, times: Times) -> tuple[Floats, Floats]:
    """The change of value and the seconds since the point before; NaN for the first."""
    start = np.full((*values.shape[:-1], 1), -1)
    before = np.concatenate((start, last_point(values)[..., :-1]), axis=-1)
    at = np.maximum(before, 0)
    change = values - np.take_along_axis(values, at, axis=-1)
    seconds = times - np.take_along_axis(np.broadcast_to(times, values.shape), at, axis=-1)
    is_none = (before < 0) | np.isnan(values)
    return np.where(is_none, np.nan, change), np.where(is_none, np.nan, seconds)


def _sum_up(values: Floats) -> Floats:
    return np.where(np.isnan(values), np.nan, np.cumsum(np.nan_to_num(values), axis=-1))


def _fill(inputs: Inputs, value: Value, filler: Argument) -> Value:
    if isinstance(filler, str):
        return map_value(_repeat if filler == "REPEAT" else _connect, value)
    other = inputs.spread(items_of(filler)[0])
    return map_value(lambda one: np.where(np.isnan(one), other, one), value)


def _repeat(values: Floats) -> Floats:
    """Each gap with the last point before it."""
    last = last_point(values)
    repeated = np.take_along_axis(values, np.maximum(last, 0), axis=-1)
    return np.where(last < 0, np.nan, repeated)


def _connect(values: Floats) -> Floats:
    """Each gap between two points with a straight line."""
    size = values.shape[-1]
    before, after = last_point(values), size - 1 - last_point(values[..., ::-1])[..., ::-1]
    low = np.take_along_axis(values, np.maximum(before, 0), axis=-1)
    high = np.take_along_axis(values, np.minimum(after, size - 1), axis=-1)
    share = (np.arange(size) - before) / np.maximum(after - before, 1)
    return np.where((before >= 0) & (after < size), low + (high - low) * share, np.nan)


# --- of time


def _date(unit: str) -> Function:
    """A part of the date and time in UTC."""

    def part(inputs: Inputs, _: Value) -> Value:
        times = inputs.times
        days = times // 86400
        months = times.astype("datetime64[s]").astype("datetime64[M]")
        number = months.astype(np.int64)
        first_day = months.astype("datetime64[D]").astype(np.int64)
        parts = {
            "MINUTE": times // 60 % 60,
            "HOUR": times // 3600 % 24,
            "DAY": (days + 3) % 7 + 1,  # 1970 began on a Thursday; Monday is 1
            "DATE": days - first_day + 1,
            "MONTH": number % 12 + 1,
            "YEAR": number // 12 + 1970,
            "EPOCH": times,
        }
        return Series(parts[unit].astype(np.float64))

    return part


def _choose(inputs: Inputs, condition: Value, then: Value, otherwise: Value | None = None) -> Value:
    """IF: zero is false, all else is true; a point without a condition is left out."""
    if Several in {type(condition), type(then), type(otherwise)}:
        raise UnsupportedError("only AWS knows what IF makes of several series")
    truth, yes = items_of(condition)[0], items_of(then)[0]
    no = np.array([np.nan]) if otherwise is None else items_of(otherwise)[0]
    if isinstance(condition, Series) and isinstance(then, Series):
        yes = np.nan_to_num(yes)
        no = np.nan_to_num(no) if isinstance(otherwise, Series) else no
    return Series(inputs.spread(np.where(np.isnan(truth), np.nan, np.where(truth != 0, yes, no))))


# --- of several series


def _along_time(reduce: Callable[[Floats], Floats]) -> Callable[[Floats], Floats]:
    def reduced(values: Floats) -> Floats:
        is_empty = np.all(np.isnan(values), axis=-1, keepdims=True)
        return np.where(is_empty, np.nan, reduce(np.where(is_empty, 0, values)))

    return reduced


REDUCED: dict[str, Callable[[Floats], Floats]] = {
    "AVG": _along_time(lambda values: np.nanmean(values, axis=-1, keepdims=True)),
    "MAX": _along_time(lambda values: np.nanmax(values, axis=-1, keepdims=True)),
    "MIN": _along_time(lambda values: np.nanmin(values, axis=-1, keepdims=True)),
    "STDDEV": _along_time(lambda values: np.nanstd(values, axis=-1, keepdims=True)),
    "SUM": _along_time(lambda values: np.nansum(values, axis=-1, keepdims=True)),
}
"""One number for all points of a series; the last axis stays, with length one."""


def _reduce(name: str) -> Function:
    """One series becomes a number, several become one series."""

    def reduce(inputs: Inputs, value: Value) -> Value:
        if not isinstance(value, Several):
            return Scalar(REDUCED[name](value.values))
        if not value.items:
            return Series(inputs.nothing)
        stacked = np.stack(value.items, axis=-1)
        if name == "AVG":
            is_missing = np.all(np.isnan(stacked), axis=-1, keepdims=True)
            stacked = np.where(is_missing, np.nan, np.nan_to_num(stacked))
        return Series(REDUCED[name](stacked)[..., 0])

    return reduce


def _count_points(inputs: Inputs, value: Value) -> Value:
    if not isinstance(value, Several):
        exists = ~np.isnan(value.values)
        return Scalar(np.sum(exists, axis=-1, keepdims=True).astype(np.float64))
    counts = np.zeros(inputs.times.shape)
    for one in value.items:
        counts += ~np.isnan(one)
    return Series(counts)


def _pick(place: int) -> Function:
    def pick(inputs: Inputs, value: Value) -> Value:
        items = items_of(value)
        return Series(items[place] if items else inputs.nothing)

    return pick


def _sort(_: Inputs, value: Value, by: str, direction: str, limit: Value | None = None) -> Value:
    count = None if limit is None else _read_whole("SORT", limit)
    if not items_of(value):
        return value
    items = np.stack(items_of(value))
    measured = np.stack([REDUCED[by](one) for one in items])[..., 0]
    order = np.argsort(-measured if direction == "DESC" else measured, axis=0, kind="stable")
    ordered = np.take_along_axis(items, order[..., None], axis=0)
    return Several(tuple(ordered[:count]))


def _slice(_: Inputs, value: Value, start: Value, end: Value | None = None) -> Value:
    first = _read_whole("SLICE", start)
    last = None if end is None else _read_whole("SLICE", end)
    chosen = items_of(value)[first:last]
    return Series(chosen[0]) if last == first + 1 and chosen else Several(chosen)


def _read_whole(function: str, value: Value) -> int:
    numbers = items_of(value)[0]
    number = float(numbers.flat[0])
    if not (np.all(numbers == number) and number >= 0 and number.is_integer()):
        raise UnsupportedError(f"{function} counts series in whole numbers, and from 0")
    return int(number)


def _find_metrics(inputs: Inputs, part: str = "") -> Value:
    chosen = (one for one in inputs.metrics if part in one)
    return Several(tuple(items_of(inputs.values[one])[0] for one in chosen))


def _remove_empty(_: Inputs, value: Value) -> Value:
    return Several(tuple(one for one in items_of(value) if not np.all(np.isnan(one))))


FUNCTIONS: dict[str, Function] = {
    "ABS": _each(np.abs),
    "CEIL": _each(np.ceil),
    "FLOOR": _each(np.floor),
    "LOG": _each(np.log),
    "LOG10": _each(np.log10),
    "RUNNING_SUM": _each(_sum_up),
    "DIFF": _over_time(lambda values, times: _steps(values, times)[0]),
    "DIFF_TIME": _over_time(lambda values, times: _steps(values, times)[1]),
    "RATE": _over_time(lambda values, times: np.divide(*_steps(values, times))),
    "FILL": _fill,
    **{unit: _date(unit) for unit in ("MINUTE", "HOUR", "DAY", "DATE", "MONTH", "YEAR", "EPOCH")},
    "IF": _choose,
    **{name: _reduce(name) for name in REDUCED},
    "DATAPOINT_COUNT": _count_points,
    "FIRST": _pick(0),
    "LAST": _pick(-1),
    "SORT": _sort,
    "SLICE": _slice,
    "METRICS": _find_metrics,
    "REMOVE_EMPTY": _remove_empty,
    "METRIC_COUNT": lambda _, value: Scalar(np.array([float(len(items_of(value)))])),
    "PERIOD": lambda inputs, _: Scalar(np.array([float(inputs.period_seconds)])),
    "TIME_SERIES": lambda inputs, value: Series(inputs.spread(items_of(value)[0])),
}
"""Those that AWS alone does not know."""
IN_PLACE = frozenset(("ABS", "CEIL", "FLOOR", "LOG", "LOG10", "IF", "METRICS", "METRIC_COUNT")) | {
    *("MINUTE", "HOUR", "DAY", "DATE", "MONTH", "YEAR", "EPOCH"),
    *("PERIOD", "FIRST", "LAST", "SLICE", "TIME_SERIES"),
}
"""Functions whose value at one time depends on nothing at other times."""

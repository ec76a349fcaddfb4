"""Metric math on columns of numbers.

A series is an array whose last axis is time, oldest first, NaN = no data point; other axes are requests
that are made at different times. So one evaluation serves a whole history, and each of a number of
requests that see only their own few data points.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html (read 2026-11-24)
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from watchspec.model.metric_math import (
    Array,
    Call,
    MathTerm,
    Name,
    Negative,
    Number,
    Operation,
    String,
    walk_math,
)
from watchspec.simulate.data import Floats, UnsupportedError


@dataclass(frozen=True, slots=True)
class Scalar:
    """One number for each request; the last axis has length one."""

    values: Floats


@dataclass(frozen=True, slots=True)
class Series:
    """One time series."""

    values: Floats


@dataclass(frozen=True, slots=True)
class Several:
    """Several time series."""

    items: tuple[Floats, ...]


Value: TypeAlias = "Scalar | Series | Several"


@dataclass(frozen=True, slots=True)
class Inputs:
    """What an expression is over: values by id, which of them are metrics, and the time of each point.

    times: seconds since 1970 at which the slots begin, in the shape of a series.
    """

    values: Mapping[str, Value]
    metrics: tuple[str, ...]
    times: NDArray[np.int64]
    period_seconds: int


def evaluate(term: MathTerm, inputs: Inputs) -> Value:
    """The value of an expression; UnsupportedError if only AWS can tell."""
    match term:
        case Number():
            return Scalar(np.array([term.value]))
        case Name():
            return inputs.values[term.id]
        case Array():
            items = [_items(evaluate(one, inputs)) for one in term.items]
            return Several(tuple(one for each in items for one in each))
        case Negative():
            return _map(operator.neg, evaluate(term.term, inputs))
        case Operation():
            result = evaluate(term.terms[0], inputs)
            for symbol, one in zip(term.operators, term.terms[1:], strict=True):
                result = _combine(_OPERATORS[symbol], result, evaluate(one, inputs))
            return result
        case Call():
            return _call(term, inputs)
        case String():
            raise UnsupportedError(f'"{term.text}" is no value')


def looks_around(term: MathTerm) -> bool:
    """Whether a data point depends on others of its request, so that each request must be computed."""
    return any(isinstance(one, Call) and one.function not in _POINTWISE for one in walk_math(term))


def _call(call: Call, inputs: Inputs) -> Value:  # noqa: PLR0911 - a case for each kind of function
    name, arguments = call.function, call.arguments
    if name in _FROM_TIME:
        return Series(_FROM_TIME[name](inputs.times).astype(np.float64))
    match name:
        case "METRICS":
            wanted = arguments[0].text if arguments and isinstance(arguments[0], String) else ""
            chosen = [one for one in inputs.metrics if wanted in one]
            return Several(tuple(_items(inputs.values[one])[0] for one in chosen))
        case "PERIOD":
            return Scalar(np.array([float(inputs.period_seconds)]))
        case "IF":
            return _choose(*(evaluate(one, inputs) for one in arguments))
        case "FILL":
            return _fill(evaluate(arguments[0], inputs), arguments[1], inputs)
        case "SORT":
            return _sort(evaluate(arguments[0], inputs), arguments[1:])
        case "SLICE":
            bounds = [int(one.value) for one in arguments[1:] if isinstance(one, Number)]
            return Several(_items(evaluate(arguments[0], inputs))[slice(*_bounds(bounds))])
        case _:
            pass
    if name not in _FUNCTIONS:
        raise UnsupportedError(f"only AWS knows what {name} gives")
    return _FUNCTIONS[name](evaluate(arguments[0], inputs), inputs)


def _bounds(bounds: list[int]) -> tuple[int, int | None]:
    return (bounds[0], None) if len(bounds) == 1 else (bounds[0], bounds[1])


def _items(value: Value) -> tuple[Floats, ...]:
    return value.items if isinstance(value, Several) else (value.values,)


def _clean(values: Floats) -> Floats:
    """Without what CloudWatch has no number for."""
    return np.where(np.isfinite(values), values, np.nan)


# --- operators


def _combine(function: Callable[[Floats, Floats], Floats], left: Value, right: Value) -> Value:
    if isinstance(left, Several) or isinstance(right, Several):
        lefts, rights = _stretch(left, right)
        pairs = zip(lefts, rights, strict=True)
        return Several(tuple(_items(_combine(function, a, b))[0] for a, b in pairs))
    with np.errstate(all="ignore"):
        if isinstance(left, Series) and isinstance(right, Series):
            missing = np.isnan(left.values) & np.isnan(right.values)
            result = function(np.nan_to_num(left.values), np.nan_to_num(right.values))
            return Series(np.where(missing, np.nan, _clean(result)))
        result = function(left.values, right.values)
        missing = np.isnan(left.values) | np.isnan(right.values)
        result = np.where(missing, np.nan, _clean(result))
    is_scalar = isinstance(left, Scalar) and isinstance(right, Scalar)
    return Scalar(result) if is_scalar else Series(result)


def _stretch(left: Value, right: Value) -> tuple[list[Value], list[Value]]:
    """Two values as lists of equal length."""
    parts = [
        [Series(one) for one in value.items] if isinstance(value, Several) else [value]
        for value in (left, right)
    ]
    length = max(map(len, parts))
    first, second = (part * length if len(part) == 1 else part for part in parts)
    if len(first) != len(second):
        raise UnsupportedError("only AWS knows how arrays of different length are combined")
    return [*first], [*second]


def _as_number(compare: Callable[[Floats, Floats], NDArray[np.bool_]]) -> Callable[..., Floats]:
    return lambda left, right: compare(left, right).astype(np.float64)


_OPERATORS: dict[str, Callable[[Floats, Floats], Floats]] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.divide,
    "^": np.power,
    "==": _as_number(np.equal),
    "!=": _as_number(np.not_equal),
    "<": _as_number(np.less),
    "<=": _as_number(np.less_equal),
    ">": _as_number(np.greater),
    ">=": _as_number(np.greater_equal),
    **dict.fromkeys(("AND", "&&"), _as_number(lambda a, b: (a != 0) & (b != 0))),
    **dict.fromkeys(("OR", "||"), _as_number(lambda a, b: (a != 0) | (b != 0))),
}


def _map(function: Callable[[Floats], Floats], value: Value) -> Value:
    with np.errstate(all="ignore"):
        match value:
            case Several():
                return Several(tuple(_clean(function(one)) for one in value.items))
            case Series():
                return Series(_clean(function(value.values)))
            case Scalar():
                return Scalar(_clean(function(value.values)))


# --- functions


def _choose(condition: Value, then: Value, otherwise: Value | None = None) -> Value:
    """IF: zero is false, all else is true; a point without a condition is left out."""
    if Several in {type(condition), type(then), type(otherwise)}:
        raise UnsupportedError("IF takes single series")
    truth = _items(condition)[0]
    yes = _items(then)[0]
    if isinstance(then, Series) and isinstance(condition, Series):
        yes = np.nan_to_num(yes)
    no = np.array([np.nan]) if otherwise is None else _items(otherwise)[0]
    if all(isinstance(one, Series) for one in (condition, then, otherwise)):
        no = np.nan_to_num(no)
    chosen = np.where(np.isnan(truth), np.nan, np.where(truth != 0, yes, no))
    return Series(chosen)


def _fill(value: Value, filler: MathTerm, inputs: Inputs) -> Value:
    word = filler.text if isinstance(filler, String) else ""
    fill: Callable[[Floats], Floats]
    if word == "REPEAT":
        fill = _repeat
    elif word == "LINEAR":
        fill = _connect
    else:
        other = _items(evaluate(filler, inputs))[0]

        def fill(values: Floats) -> Floats:
            return np.where(np.isnan(values), other, values)

    return _map(fill, value)


def _repeat(values: Floats) -> Floats:
    """Each gap with the last point before it."""
    last = _last_point(values)
    repeated = np.take_along_axis(values, np.maximum(last, 0), axis=-1)
    return np.where(last < 0, np.nan, repeated)


def _connect(values: Floats) -> Floats:
    """Each gap between two points with a straight line."""
    before, after = _last_point(values), values.shape[-1] - 1 - _last_point(values[..., ::-1])
    after = after[..., ::-1]
    inside = (before >= 0) & (after < values.shape[-1])
    low = np.take_along_axis(values, np.maximum(before, 0), axis=-1)
    high = np.take_along_axis(values, np.minimum(after, values.shape[-1] - 1), axis=-1)
    share = (np.arange(values.shape[-1]) - before) / np.maximum(after - before, 1)
    return np.where(inside, low + (high - low) * share, np.nan)


def _last_point(values: Floats) -> NDArray[np.int64]:
    """For each place the nearest place from there back that has a point, -1 if none has."""
    places = np.where(np.isnan(values), -1, np.arange(values.shape[-1]))
    latest: NDArray[np.int64] = np.maximum.accumulate(places, axis=-1)
    return latest


def _steps(values: Floats, times: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """The change of value and the seconds since the point before; NaN for the first."""
    before = np.concatenate(
        (np.full((*values.shape[:-1], 1), -1), _last_point(values)[..., :-1]), axis=-1
    )
    at = np.maximum(before, 0)
    change = values - np.take_along_axis(values, at, axis=-1)
    seconds = times - np.take_along_axis(np.broadcast_to(times, values.shape), at, axis=-1)
    return (
        np.where(before < 0, np.nan, change),
        np.where((before < 0) | np.isnan(values), np.nan, seconds),
    )


def _sort(value: Value, arguments: tuple[MathTerm, ...]) -> Value:
    words = [one.text for one in arguments if isinstance(one, String)]
    limit = next((int(one.value) for one in arguments if isinstance(one, Number)), None)
    items = np.stack(_items(value))
    measured = np.stack([_AGAINST[words[0]](one) for one in items])[..., 0]
    order = np.argsort(-measured if words[1] == "DESC" else measured, axis=0, kind="stable")
    ordered = np.take_along_axis(items, order[..., None], axis=0)
    return Several(tuple(ordered[:limit]))


def _along_time(reduce: Callable[[Floats], Floats]) -> Callable[[Floats], Floats]:
    def reduced(values: Floats) -> Floats:
        empty = np.all(np.isnan(values), axis=-1, keepdims=True)
        return np.where(empty, np.nan, reduce(np.where(empty, 0, values)))

    return reduced


_AGAINST: dict[str, Callable[[Floats], Floats]] = {
    "AVG": _along_time(lambda values: np.nanmean(values, axis=-1, keepdims=True)),
    "MAX": _along_time(lambda values: np.nanmax(values, axis=-1, keepdims=True)),
    "MIN": _along_time(lambda values: np.nanmin(values, axis=-1, keepdims=True)),
    "STDDEV": _along_time(lambda values: np.nanstd(values, axis=-1, keepdims=True)),
    "SUM": _along_time(lambda values: np.nansum(values, axis=-1, keepdims=True)),
}


def _reduce(name: str) -> Callable[[Value, Inputs], Value]:
    """One series becomes a number, several become one series."""

    def reduce(value: Value, _: Inputs) -> Value:
        if not isinstance(value, Several):
            return Scalar(_AGAINST[name](_items(value)[0]))
        stacked = np.stack(value.items, axis=-1)
        if name == "AVG":  # AWS counts what is missing as zero here
            missing = np.all(np.isnan(stacked), axis=-1, keepdims=True)
            stacked = np.where(missing, np.nan, np.nan_to_num(stacked))
        return Series(_AGAINST[name](stacked)[..., 0])

    return reduce


def _count_points(value: Value, _: Inputs) -> Value:
    if isinstance(value, Several):
        return Series(np.sum(~np.isnan(np.stack(value.items)), axis=0).astype(np.float64))
    present = ~np.isnan(value.values)
    return Scalar(np.sum(present, axis=-1, keepdims=True).astype(np.float64))


def _each(function: Callable[[Floats], Floats]) -> Callable[[Value, Inputs], Value]:
    return lambda value, _: _map(function, value)


def _date(unit: str) -> Callable[[NDArray[np.int64]], NDArray[np.int64]]:
    """A part of the date and time in UTC."""

    def part(times: NDArray[np.int64]) -> NDArray[np.int64]:
        days = times // 86400
        months = times.astype("datetime64[s]").astype("datetime64[M]")
        number = months.astype(np.int64)
        first_day = months.astype("datetime64[D]").astype(np.int64)
        return {
            "MINUTE": times // 60 % 60,
            "HOUR": times // 3600 % 24,
            "DAY": (days + 3) % 7 + 1,  # 1970 began on a Thursday; Monday is 1
            "DATE": days - first_day + 1,
            "MONTH": number % 12 + 1,
            "YEAR": number // 12 + 1970,
            "EPOCH": times,
        }[unit]

    return part


_FROM_TIME = {
    unit: _date(unit) for unit in ("MINUTE", "HOUR", "DAY", "DATE", "MONTH", "YEAR", "EPOCH")
}
_FUNCTIONS: dict[str, Callable[[Value, Inputs], Value]] = {
    "ABS": _each(np.abs),
    "CEIL": _each(np.ceil),
    "FLOOR": _each(np.floor),
    "LOG": _each(np.log),
    "LOG10": _each(np.log10),
    **{name: _reduce(name) for name in _AGAINST},
    "DATAPOINT_COUNT": _count_points,
    "DIFF": lambda value, inputs: _map(lambda one: _steps(one, inputs.times)[0], value),
    "DIFF_TIME": lambda value, inputs: _map(lambda one: _steps(one, inputs.times)[1], value),
    "RATE": lambda value, inputs: _map(lambda one: np.divide(*_steps(one, inputs.times)), value),
    "RUNNING_SUM": _each(
        lambda one: np.where(np.isnan(one), np.nan, np.cumsum(np.nan_to_num(one), axis=-1))
    ),
    "FIRST": lambda value, _: Series(_items(value)[0]),
    "LAST": lambda value, _: Series(_items(value)[-1]),
    "METRIC_COUNT": lambda value, _: Scalar(np.array([float(len(_items(value)))])),
    "REMOVE_EMPTY": lambda value, _: Several(
        tuple(one for one in _items(value) if not np.all(np.isnan(one)))
    ),
    "TIME_SERIES": lambda value, inputs: Series(
        np.broadcast_to(_items(value)[0], inputs.times.shape).astype(np.float64)
    ),
}
_POINTWISE = frozenset(
    (*_FROM_TIME, "ABS", "CEIL", "FLOOR", "LOG", "LOG10", "IF", "METRICS", "METRIC_COUNT")
) | {"PERIOD", "FIRST", "LAST", "SLICE", "TIME_SERIES"}
"""What a function gives at one time depends on nothing at other times."""

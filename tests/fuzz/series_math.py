"""Metric math on lists of points, independently of the simulator: a tree in, a text and values out.

A tree is a tuple: a kind and what belongs to it. A value is a number, a list of points, or a list of
such lists; None = no data point.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st

Tree = tuple[Any, ...]
Points = list[float | None]
NAMES = ("a", "b", "ab")
STEP = 60
OPERATORS: dict[str, Callable[[float, float], float]] = {
    "+": lambda x, y: x + y,
    "-": lambda x, y: x - y,
    "*": lambda x, y: x * y,
    "/": lambda x, y: x / y,
    "<": lambda x, y: x < y,
    "<=": lambda x, y: x <= y,
    ">": lambda x, y: x > y,
    ">=": lambda x, y: x >= y,
    "==": lambda x, y: x == y,
    "!=": lambda x, y: x != y,
    "AND": lambda x, y: bool(x) and bool(y),
    "&&": lambda x, y: bool(x) and bool(y),
    "OR": lambda x, y: bool(x) or bool(y),
    "||": lambda x, y: bool(x) or bool(y),
}
POINTWISE: dict[str, Callable[[float], float]] = {
    "ABS": abs,
    "CEIL": math.ceil,
    "FLOOR": math.floor,
}
REDUCED: dict[str, Callable[[list[float]], float]] = {
    "AVG": lambda values: sum(values) / len(values),
    "MAX": max,
    "MIN": min,
    "SUM": sum,
    "STDDEV": lambda values: math.sqrt(
        sum((x - sum(values) / len(values)) ** 2 for x in values) / len(values)
    ),
}
CLOCK: dict[str, Callable[[datetime], float]] = {
    "MINUTE": lambda time: time.minute,
    "HOUR": lambda time: time.hour,
    "DAY": lambda time: time.isoweekday(),
    "DATE": lambda time: time.day,
    "MONTH": lambda time: time.month,
    "YEAR": lambda time: time.year,
    "EPOCH": lambda time: time.timestamp(),
}
_numbers = st.sampled_from((0, 1, 2, 5, 0.5, 60)).map(lambda number: ("number", number))
_names = st.sampled_from(NAMES).map(lambda name: ("name", name))


def _words(*words: str) -> st.SearchStrategy[str]:
    return st.sampled_from(words)


def _series(depth: int) -> st.SearchStrategy[Tree]:
    if depth == 0:
        return _names
    one, several, number = _series(depth - 1), _arrays(depth - 1), _scalars(depth - 1)
    choices = [
        st.tuples(st.just("operator"), _words(*OPERATORS), one, one | number),
        st.tuples(st.just("operator"), _words(*OPERATORS), number, one),
        st.tuples(st.just("minus"), one),
        st.tuples(st.just("call"), _words(*POINTWISE, *CLOCK, "RUNNING_SUM"), one),
        st.tuples(st.just("call"), _words("DIFF", "DIFF_TIME", "RATE"), one),
        st.tuples(st.just("fill"), one, one | number | _words("REPEAT", "LINEAR")),
        st.tuples(st.just("if"), one, one | number, st.none() | one | number),
        st.tuples(st.just("if"), number, one, st.none() | one | number),
        st.tuples(st.just("call"), _words(*REDUCED, "DATAPOINT_COUNT", "FIRST", "LAST"), several),
        st.tuples(st.just("call"), st.just("TIME_SERIES"), number),
    ]
    return st.one_of(one, *choices)


def _scalars(depth: int) -> st.SearchStrategy[Tree]:
    if depth == 0:
        return _numbers
    one, several, number = _series(depth - 1), _arrays(depth - 1), _scalars(depth - 1)
    choices = [
        st.tuples(st.just("operator"), _words(*OPERATORS), number, number),
        st.tuples(st.just("call"), _words(*REDUCED, "DATAPOINT_COUNT"), one),
        st.tuples(st.just("call"), st.just("METRIC_COUNT"), several),
        st.tuples(st.just("call"), st.just("PERIOD"), _names),
    ]
    return st.one_of(number, *choices)


def _arrays(depth: int) -> st.SearchStrategy[Tree]:
    plain = st.one_of(
        st.tuples(st.just("array"), st.lists(_names, min_size=1, max_size=3)),
        st.tuples(st.just("metrics"), st.none() | _words("a", "b", "none")),
    )
    if depth == 0:
        return plain
    one, several, number = _series(depth - 1), _arrays(depth - 1), _scalars(depth - 1)
    limit = st.none() | st.integers(0, 3)
    by = _words("AVG", "MIN", "MAX", "SUM")
    choices = [
        st.tuples(st.just("array"), st.lists(one, min_size=1, max_size=3)),
        st.tuples(st.just("operator"), _words(*OPERATORS), several, one | number),
        st.tuples(st.just("operator"), _words(*OPERATORS), one | number, several),
        st.tuples(st.just("minus"), several),
        st.tuples(st.just("call"), _words(*POINTWISE, "RUNNING_SUM", "RATE"), several),
        st.tuples(st.just("call"), st.just("REMOVE_EMPTY"), several),
        st.tuples(st.just("fill"), several, one | number | _words("REPEAT", "LINEAR")),
        st.tuples(st.just("sort"), several, by, _words("ASC", "DESC"), limit),
        st.tuples(st.just("slice"), several, st.integers(0, 3), st.none() | st.integers(4, 5)),
    ]
    return st.one_of(plain, *choices)


TREES = _series(3)


def write(tree: Any) -> str:  # noqa: PLR0911 - a case for each kind of tree
    """A tree as CloudWatch reads it."""
    match tree:
        case ("name", name):
            return str(name)
        case ("number", number):
            return f"{number:g}"
        case ("operator", operator, one, other):
            return f"({write(one)} {operator} {write(other)})"
        case ("minus", one):
            return f"(-{write(one)})"
        case ("array", several):
            return f"[{', '.join(map(write, several))}]"
        case ("metrics", part):
            return "METRICS()" if part is None else f'METRICS("{part}")'
        case ("call", function, *arguments) | (function, *arguments):
            given = (one for one in arguments if one is not None)
            return f"{function.upper()}({', '.join(map(write, given))})"
        case _:
            return str(tree)


@dataclass(frozen=True)
class Reckoner:
    """Reckons trees; `given` are the points of each metric, the first at `start`."""

    given: dict[str, Points]
    start: int

    @property
    def size(self) -> int:
        """How many points each series has."""
        return len(self.given["a"])

    def value(self, tree: Any) -> Any:  # noqa: C901, PLR0911 - a case for each kind of tree
        """A number, a list of points, or a list of these."""
        match tree:
            case ("name", name):
                return self.given[name]
            case ("number", number):
                return float(number)
            case ("operator", operator, one, other):
                return self._operate(operator, self.value(one), self.value(other))
            case ("minus", one):
                return _deep(lambda x: None if x is None else -x, self.value(one))
            case ("array", several):
                return [self.value(one) for one in several]
            case ("metrics", part):
                return [self.given[name] for name in NAMES if part is None or part in name]
            case ("if", *terms):
                return self._choose(*terms)
            case ("fill", one, filler):
                return self._fill(self.value(one), filler)
            case ("sort", several, by, direction, limit):
                return self._sort(self.value(several), by, direction, limit)
            case ("slice", several, first, last):
                return self.value(several)[first:last]
            case _:
                return self._call(tree[1], self.value(tree[2]))

    def _call(self, function: str, value: Any) -> Any:  # noqa: PLR0911 - a case for each function
        if function in POINTWISE:
            return _deep(lambda x: _try(POINTWISE[function], x), value)
        if function in CLOCK:
            times = (datetime.fromtimestamp(self._time(place), UTC) for place in range(self.size))
            return [float(CLOCK[function](time)) for time in times]
        if function in {"DIFF", "DIFF_TIME", "RATE", "RUNNING_SUM"}:
            if _is_several(value):
                return [self._follow(function, one) for one in value]
            return self._follow(function, value)
        match function:
            case "TIME_SERIES":
                return [value] * self.size
            case "PERIOD":
                return float(STEP)
            case "METRIC_COUNT":
                return float(len(value))
            case "REMOVE_EMPTY":
                return [one for one in value if any(x is not None for x in one)]
            case "FIRST" | "LAST":
                nothing: list[Points] = [[None] * self.size]
                return (value or nothing)[0 if function == "FIRST" else -1]
            case _:
                return self._reduce(function, value)

    def _reduce(self, function: str, value: Any) -> Any:
        if not _is_several(value):
            return _reduce(function, value)
        columns = [[one[place] for one in value] for place in range(self.size)]
        if function == "AVG":
            columns = [
                [x or 0.0 for x in column] if any(x is not None for x in column) else column
                for column in columns
            ]
        return [_reduce(function, column) for column in columns]

    def _time(self, place: int) -> int:
        return self.start + STEP * place

    def _follow(self, function: str, points: Points) -> Points:
        result: Points = []
        before, last, total = 0, None, 0.0
        for place, x in enumerate(points):
            if x is None:
                result.append(None)
                continue
            total += x
            if function == "RUNNING_SUM":
                result.append(total)
            elif last is None:
                result.append(None)
            else:
                change, seconds = x - last, (place - before) * STEP
                kinds = {"DIFF": change, "DIFF_TIME": float(seconds), "RATE": change / seconds}
                result.append(kinds[function])
            before, last = place, x
        return result

    def _fill(self, value: Any, filler: Any) -> Any:
        if _is_several(value):
            return [self._fill(one, filler) for one in value]
        points: Points = value
        if filler == "REPEAT":
            result: Points = []
            for x in points:
                result.append(result[-1] if x is None and result else x)
            return result
        if filler == "LINEAR":
            return [self._connect(points, place) for place in range(self.size)]
        other = self._spread(self.value(filler))
        return [y if x is None else x for x, y in zip(points, other, strict=True)]

    def _connect(self, points: Points, place: int) -> float | None:
        known = [at for at, x in enumerate(points) if x is not None]
        before = max((at for at in known if at <= place), default=None)
        after = min((at for at in known if at >= place), default=None)
        if before is None or after is None:
            return None
        low, high = points[before], points[after]
        assert low is not None
        assert high is not None
        return low + (high - low) * ((place - before) / max(after - before, 1))

    def _spread(self, value: Any) -> Points:
        return value if isinstance(value, list) else [value] * self.size

    def _choose(self, condition: Tree, then: Tree, otherwise: Tree | None) -> Points:
        truth, yes = self.value(condition), self.value(then)
        no = None if otherwise is None else self.value(otherwise)
        are_series = isinstance(truth, list) and isinstance(yes, list)
        fills_no = are_series and isinstance(no, list)
        result: Points = []
        for t, x, y in zip(*map(self._spread, (truth, yes, no)), strict=True):
            if t is None:
                result.append(None)
            elif t:
                result.append(0.0 if x is None and are_series else x)
            else:
                result.append(0.0 if y is None and fills_no else y)
        return result

    def _sort(self, several: list[Points], by: str, direction: str, limit: int | None) -> Any:
        sign = -1 if direction == "DESC" else 1

        def rank(points: Points) -> tuple[bool, float]:
            measured = _reduce(by, points)
            return measured is None, sign * (measured or 0.0)

        return sorted(several, key=rank)[:limit]

    def _operate(self, operator: str, left: Any, right: Any) -> Any:
        if _is_several(left) or _is_several(right):
            if _is_several(left):
                return [self._operate(operator, one, right) for one in left]
            return [self._operate(operator, left, one) for one in right]
        apply = OPERATORS[operator]
        if not isinstance(left, list) and not isinstance(right, list):
            return _try(apply, left, right)
        if isinstance(left, list) and isinstance(right, list):
            return [
                None if x is None and y is None else _try(apply, x or 0.0, y or 0.0)
                for x, y in zip(left, right, strict=True)
            ]
        pairs = zip(self._spread(left), self._spread(right), strict=True)
        return [_try(apply, x, y) for x, y in pairs]


def _is_several(value: Any) -> bool:
    return isinstance(value, list) and (not value or isinstance(value[0], list))


def _deep(function: Callable[[Any], Any], value: Any) -> Any:
    return [_deep(function, one) for one in value] if isinstance(value, list) else function(value)


def _reduce(function: str, points: Points) -> float | None:
    present = [x for x in points if x is not None]
    if function == "DATAPOINT_COUNT":
        return float(len(present))
    return _try(lambda: REDUCED[function](present)) if present else None


def _try(function: Callable[..., float], *arguments: float | None) -> float | None:
    if None in arguments:
        return None
    try:
        value = float(function(*arguments))
    except (ArithmeticError, ValueError):
        return None
    return value if math.isfinite(value) else None

"""Metric math reckoned point by point, independently of the compiler: a tree in, values out.

A tree is a tuple: a kind and what belongs to it. What AWS leaves open is for the caller to choose.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

Tree = tuple[Any, ...]
Points = list[float | None]
POINTS = 3
NAMES = ("a", "b", "c")
OPERATORS: dict[str, Callable[[float, float], float]] = {
    "+": lambda x, y: x + y,
    "-": lambda x, y: x - y,
    "*": lambda x, y: x * y,
    "/": lambda x, y: x / y,
    "^": lambda x, y: float(x**y) if x >= 0 or y == int(y) else math.nan,
    "<": lambda x, y: float(x < y),
    "<=": lambda x, y: float(x <= y),
    ">": lambda x, y: float(x > y),
    ">=": lambda x, y: float(x >= y),
    "==": lambda x, y: float(x == y),
    "!=": lambda x, y: float(x != y),
    "AND": lambda x, y: float(bool(x) and bool(y)),
    "OR": lambda x, y: float(bool(x) or bool(y)),
}
FUNCTIONS: dict[str, Callable[[float], float]] = {
    "ABS": abs,
    "CEIL": math.ceil,
    "FLOOR": math.floor,
    "LOG": math.log,
    "LOG10": math.log10,
}
AGGREGATES: dict[str, Callable[[list[float]], float]] = {
    "AVG": statistics.fmean,
    "MAX": max,
    "MIN": min,
    "STDDEV": statistics.pstdev,
    "SUM": sum,
}
CLOCK = {"DAY": (1, 7), "HOUR": (0, 23), "MINUTE": (0, 59), "MONTH": (1, 12), "DATE": (1, 31)}
_NUMBERS = st.sampled_from((0, 1, 2, 3, 7, 0.5, 0.25, 100, 60))
_LEAVES: st.SearchStrategy[Tree] = st.one_of(
    st.tuples(st.just("name"), st.sampled_from(NAMES)),
    st.tuples(st.just("number"), _NUMBERS),
    st.tuples(st.just("clock"), st.sampled_from(tuple(CLOCK))),
)


def _grow(inner: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    some = st.lists(inner, min_size=1, max_size=3)
    return st.one_of(
        st.tuples(st.just("operator"), st.sampled_from([*OPERATORS][:4]), inner, inner),
        st.tuples(st.just("operator"), st.sampled_from([*OPERATORS][5:]), inner, inner),
        st.tuples(
            st.just("operator"),
            st.just("^"),
            inner,
            st.tuples(st.just("number"), st.sampled_from((1, 2, 3, 0.5))),
        ),
        st.tuples(
            st.just("chain"),
            inner,
            st.lists(st.tuples(st.sampled_from("*/"), inner), min_size=1, max_size=3),
        ),
        st.tuples(st.just("share"), some, some, _NUMBERS),
        st.tuples(st.just("minus"), inner),
        st.tuples(st.just("function"), st.sampled_from(tuple(FUNCTIONS)), inner),
        st.tuples(st.just("aggregate"), st.sampled_from(tuple(AGGREGATES)), some),
        st.tuples(st.just("change"), st.sampled_from(("DIFF", "RATE")), inner),
        st.tuples(st.just("fill"), inner, _NUMBERS),
        st.tuples(st.just("if"), inner, inner, st.none() | inner),
    )


TREES = st.recursive(_LEAVES, _grow, max_leaves=8)


def write(tree: Tree) -> str:  # noqa: C901, PLR0911 - a case for each kind of tree
    """A tree as CloudWatch reads it."""
    match tree:
        case ("name", name):
            return str(name)
        case ("number", number):
            return f"{number:g}"
        case ("clock", function):
            return f"{function}(a)"
        case ("operator", operator, one, other):
            return f"({write(one)} {operator} {write(other)})"
        case ("chain", first, rest):
            factors = "".join(f" {operator} {write(one)}" for operator, one in rest)
            return f"({write(first)}{factors})"
        case ("share", parts, others, factor):
            return f"({factor:g} * {_sum(parts)} / {_sum([*others, *parts])})"
        case ("minus", one):
            return f"(-{write(one)})"
        case ("function" | "change", function, one):
            return f"{function}({write(one)})"
        case ("aggregate", function, several):
            return f"{function}([{', '.join(map(write, several))}])"
        case ("fill", one, number):
            return f"FILL({write(one)}, {number:g})"
        case ("if", *terms):
            return f"IF({', '.join(write(one) for one in terms if one is not None)})"
        case _:
            raise AssertionError(tree)


def _sum(several: list[Tree]) -> str:
    return f"({' + '.join(map(write, several))})"


@dataclass(frozen=True)
class Reckoner:
    """Reckons trees; the three switches are what AWS does not say of missing data points."""

    given: dict[str, Points]
    zero_if_both_miss: bool = False
    zero_with_number: bool = False
    zero_in_branch: bool = True

    def points(self, tree: Tree) -> Points:  # noqa: PLR0911 - a case for each kind of tree
        """The values at each point in time, None where there is no data point."""
        match tree:
            case ("name", name):
                return self.given[name]
            case ("number", number):
                return [float(number)] * POINTS
            case ("clock", function):
                return self.given[function]
            case ("operator", operator, one, other):
                return self._operate(operator, (one, self.points(one)), (other, self.points(other)))
            case ("chain", first, rest):
                so_far = self.points(first)
                for operator, one in rest:
                    so_far = self._operate(operator, (first, so_far), (one, self.points(one)))
                    first = ("name", "")  # a series, from now on
                return so_far
            case ("share", parts, others, factor):
                upper = self._operate(
                    "*", (("number",), [factor] * POINTS), (("name",), self._add(parts))
                )
                return self._operate(
                    "/", (("name",), upper), (("name",), self._add([*others, *parts]))
                )
            case _:
                return self._call(tree)

    def _add(self, several: list[Tree]) -> Points:
        first, *rest = several
        so_far, left = self.points(first), first
        for one in rest:
            so_far = self._operate("+", (left, so_far), (one, self.points(one)))
            left = ("name", "")
        return so_far

    def _call(self, tree: Tree) -> Points:
        match tree:
            case ("minus", one):
                return [None if x is None else -x for x in self.points(one)]
            case ("function", function, one):
                return [_try(FUNCTIONS[function], x) for x in self.points(one)]
            case ("aggregate", function, several):
                columns = zip(*map(self.points, several), strict=True)
                return [self._aggregate(function, column) for column in columns]
            case ("change", function, one):
                points = self.points(one)
                pairs = zip(points[1:], points, strict=False)
                seconds = 60 if function == "RATE" else 1
                return [None, *(None if None in (x, y) else (x - y) / seconds for x, y in pairs)]  # type: ignore[operator]  # neither is None
            case ("fill", one, number):
                return [number if x is None else x for x in self.points(one)]
            case ("if", condition, then, otherwise):
                branches = [self._branch(one) for one in (then, otherwise)]
                return [
                    None if x is None else branches[0 if x else 1][index]
                    for index, x in enumerate(self.points(condition))
                ]
            case _:
                raise AssertionError(tree)

    def _branch(self, tree: Tree | None) -> Points:
        if tree is None:
            return [None] * POINTS
        return [0 if x is None and self.zero_in_branch else x for x in self.points(tree)]

    def _aggregate(self, function: str, column: tuple[float | None, ...]) -> float | None:
        present = [x for x in column if x is not None]
        if function == "AVG" and present:
            present += [0.0] * (len(column) - len(present))
        return AGGREGATES[function](present) if present else None

    def _operate(
        self, operator: str, one: tuple[Tree, Points], other: tuple[Tree, Points]
    ) -> Points:
        has_number = "number" in {one[0][0], other[0][0]}
        zero = self.zero_with_number if has_number else self.zero_if_both_miss
        result: Points = []
        for x, y in zip(one[1], other[1], strict=True):
            misses = (x is None or y is None) if has_number else (x is None and y is None)
            if misses and not zero:
                result.append(None)
            else:
                result.append(_try(OPERATORS[operator], x or 0.0, y or 0.0))
        return result


def _try(function: Callable[..., float], *arguments: float | None) -> float | None:
    if None in arguments:
        return None
    try:
        value = float(function(*arguments))
    except (ArithmeticError, ValueError):
        return None
    return value if math.isfinite(value) else None

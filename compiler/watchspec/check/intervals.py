"""Arithmetic with all values something can have: a closed interval in, a closed interval out.

An end of infinity means that nothing is known. Every result holds all values that the operation can
give for values of its operands: it may hold more, never fewer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import copysign, inf, isnan


@dataclass(frozen=True, slots=True)
class Interval:
    """The values from `low` to `high`; there are none if `low` is above `high`."""

    low: float
    high: float

    @property
    def is_empty(self) -> bool:
        """Whether there is no value at all."""
        return self.low > self.high

    def holds(self, value: float) -> bool:
        """Whether a value lies in it."""
        return self.low <= value <= self.high

    def join(self, other: Interval) -> Interval:
        """All values of both, and what lies between."""
        return Interval(min(self.low, other.low), max(self.high, other.high))


ANY = Interval(-inf, inf)
NONE = Interval(inf, -inf)
ZERO = Interval(0, 0)
ONE = Interval(1, 1)
TRUTH = Interval(0, 1)
POSITIVE = Interval(0, inf)


def span(values: Iterable[float]) -> Interval:
    """The smallest interval that holds the values; what no arithmetic can say is left out."""
    known = [value for value in values if not isnan(value)]
    low, high = min(known, default=-inf), max(known, default=inf)
    # Beyond what a number can hold: not infinitely large, only unknown.
    return Interval(low, high) if low < inf and high > -inf else ANY


def add(one: Interval, other: Interval) -> Interval:
    """All sums."""
    return span((one.low + other.low, one.high + other.high))


def negate(one: Interval) -> Interval:
    """All values with the other sign."""
    return Interval(-one.high, -one.low)


def multiply(one: Interval, other: Interval) -> Interval:
    """All products."""
    return span(_times(x, y) for x in (one.low, one.high) for y in (other.low, other.high))


def divide(one: Interval, other: Interval) -> Interval:
    """All quotients; CloudWatch gives no data point for a division by zero."""
    if other == ZERO:
        return NONE
    if other.low < 0 < other.high:
        return ZERO if one == ZERO else ANY
    zero = copysign(0.0, other.high if other.high > 0 else -1)
    divisors = (other.low or zero, other.high or zero)
    return span(_over(x, y) for x in (one.low, one.high) for y in divisors)


def power(one: Interval, exponent: float) -> Interval:
    """All powers with a known exponent; only of what cannot be negative, or of squares and cubes."""
    if not 0 < exponent < inf or (one.low < 0 and exponent % 1):
        return ANY
    ends = [_raise(one.low, exponent), _raise(one.high, exponent)]
    if one.holds(0):
        ends.append(0)
    return span(ends)


def compare(one: Interval, operator: str, other: Interval) -> Interval:
    """1 where a comparison holds, 0 where it does not."""
    match operator:
        case "<":
            return _decide(one.high < other.low, one.low >= other.high)
        case "<=":
            return _decide(one.high <= other.low, one.low > other.high)
        case ">" | ">=":
            return compare(other, operator.replace(">", "<"), one)
        case _:
            is_same = one == other and one.low == one.high
            is_other = one.high < other.low or other.high < one.low
            return _decide(is_same, is_other) if operator == "==" else _decide(is_other, is_same)


def sum_up(values: Interval) -> Interval:
    """The sums of one value or more."""
    return Interval(
        values.low if values.low >= 0 else -inf, values.high if values.high <= 0 else inf
    )


def _decide(is_true: bool, is_false: bool) -> Interval:  # noqa: FBT001 - two answers to one question
    return ONE if is_true else ZERO if is_false else TRUTH


def _times(x: float, y: float) -> float:
    """A product of two ends: nothing times whatever is nothing."""
    return 0 if 0 in (x, y) else x * y


def _over(x: float, y: float) -> float:
    """A quotient of two ends, where a zero stands for the smallest value of its sign."""
    if x == 0:
        return 0
    return x / y if y else copysign(inf, x) * copysign(1, y)


def _raise(base: float, exponent: float) -> float:
    try:
        return float(base**exponent)
    except OverflowError:
        return -inf if base < 0 and exponent % 2 else inf

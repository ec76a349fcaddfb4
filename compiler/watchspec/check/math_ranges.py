"""Between which values the data points of an expression lie.

Where AWS says how CloudWatch reckons, so does this; where it does not, anything is possible.
Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import reduce
from math import ceil, floor, inf, isfinite, log, log10

from watchspec.check.intervals import (
    ANY,
    NONE,
    ONE,
    POSITIVE,
    TRUTH,
    ZERO,
    Interval,
    add,
    compare,
    divide,
    multiply,
    negate,
    power,
    span,
    sum_up,
)
from watchspec.check.shares import Sources, find_share
from watchspec.languages import Problem, parse_metric_math
from watchspec.model.metric_math import (
    Array,
    Call,
    MathTerm,
    Name,
    Negative,
    Number,
    Operation,
)

_CLOCK = {
    "DATE": Interval(1, 31),
    "DAY": Interval(1, 7),
    "EPOCH": POSITIVE,
    "HOUR": Interval(0, 23),
    "MINUTE": Interval(0, 59),
    "MONTH": Interval(1, 12),
    "YEAR": POSITIVE,
}
_COUNTING = frozenset({"DATAPOINT_COUNT", "DIFF_TIME", "METRIC_COUNT"})
_CHOOSING = frozenset({"AVG", "FIRST", "LAST", "MAX", "MIN", "REMOVE_EMPTY", "SLICE", "SORT"})
_ADDING = frozenset({"RUNNING_SUM", "SUM"})
_ROUNDING = {"CEIL": ceil, "FLOOR": floor}
_LOGARITHMS = {"LOG": log, "LOG10": log10}
_REPEATING = frozenset({"LINEAR", "REPEAT"})


@dataclass(frozen=True, slots=True)
class Range:
    """The values of data points; with `has_gaps` some may be missing, which operators take for 0."""

    values: Interval
    has_gaps: bool = True

    @property
    def operand(self) -> Interval:
        """The values that an operator takes."""
        return self.values.join(ZERO) if self.has_gaps else self.values


_UNKNOWN = Range(ANY)


@dataclass(frozen=True, slots=True)
class MathReader:
    """Reads the terms of an expression; `known` are those it has read, by identity."""

    period_seconds: int
    sources: Sources
    names: dict[str, Range] = field(default_factory=dict)
    metrics: dict[str, Range] = field(default_factory=dict)
    known: dict[int, tuple[MathTerm, Range]] = field(default_factory=dict)

    def read_text(self, text: str) -> Range:
        """The range of an expression; of one that cannot be read nothing is known."""
        term = parse_metric_math(text)
        return _UNKNOWN if isinstance(term, Problem) else self.read(term)

    def read(self, term: MathTerm) -> Range:
        """The range of a term."""
        if id(term) not in self.known:
            self.known[id(term)] = (term, self._read(term))
        return self.known[id(term)][1]

    def is_positive(self, term: MathTerm) -> bool:
        """Whether a term is never below zero."""
        return self.read(term).operand.low >= 0

    def _read(self, term: MathTerm) -> Range:  # noqa: PLR0911 - a case for each kind of term
        match term:
            case Number() if term.value < inf:
                return Range(Interval(term.value, term.value), has_gaps=False)
            case Name():
                return self.names.get(term.id, _UNKNOWN)
            case Array():
                return Range(join_all(map(self.read, term.items)))
            case Negative():
                inner = self.read(term.term)
                values = negate(inner.values)
                # AWS does not say whether -a^2 is -(a^2) or (-a)^2.
                is_power = _is_power(term.term)
                return Range(values.join(inner.values) if is_power else values, inner.has_gaps)
            case Operation(kind="comparison"):
                return self.read_comparison(term)
            case Operation(kind="logic"):
                return self.read_logic(term)
            case Operation():
                return self.read_arithmetic(term)
            case Call():
                return self.read_call(term)
            case _:
                return _UNKNOWN

    def read_comparison(self, term: Operation) -> Range:
        """1 or 0; AWS does not say what a < b < c is."""
        operands = [self.read(one) for one in term.terms]
        has_gaps = any(one.has_gaps for one in operands)
        if len(term.operators) > 1:
            return Range(TRUTH, has_gaps)
        one, other = operands
        return Range(compare(one.operand, term.operators[0], other.operand), has_gaps)

    def read_logic(self, term: Operation) -> Range:
        """AND and OR; of those in one expression AWS does not say which goes first."""
        operands = [self.read(one) for one in term.terms]
        has_gaps = any(one.has_gaps for one in operands)
        if any(isinstance(one, Operation) and one.kind == "logic" for one in term.terms):
            return Range(TRUTH, has_gaps)
        values = [one.operand for one in operands]
        is_or = term.operators[0] in {"OR", "||"}
        some_true = any(not one.holds(0) for one in values)
        some_false = any(one == ZERO for one in values)
        if is_or and some_true:
            return Range(ONE, has_gaps)
        if not is_or and some_false:
            return Range(ZERO, has_gaps)
        return Range(TRUTH, has_gaps)

    def read_arithmetic(self, term: Operation) -> Range:
        """Sums and products from left to right; a part divided by its whole is a share."""
        operands = [self.read(one) for one in term.terms]
        if _is_power(term):
            return self.read_power(term)
        share = None
        if "/" in term.operators:
            share = find_share(term, self.sources, self.is_positive)
        so_far = Range(ONE, has_gaps=False)
        for index, operator in enumerate(("", *term.operators)):
            if share is not None and index == share[0]:
                so_far = _apply("*", so_far, Range(TRUTH))
            elif share is None or index != share[1]:
                so_far = _apply(operator, so_far, operands[index])
        return so_far

    def read_power(self, term: Operation) -> Range:
        """A power with a number as exponent; AWS does not say what a^b^c is."""
        match term.terms:
            case [base, Number() as exponent] if not _is_power(base):
                read = self.read(base)
                return Range(power(read.operand, exponent.value), read.has_gaps)
            case _:
                return _UNKNOWN

    def read_call(self, call: Call) -> Range:  # noqa: PLR0911 - a case for each kind of function
        """What a function gives."""
        function, terms = call.function, call.arguments
        if function in _CLOCK:
            return Range(_CLOCK[function], has_gaps=False)
        if function in _COUNTING:
            return Range(POSITIVE, has_gaps=function == "DIFF_TIME")
        if function == "METRICS":
            return Range(join_all(self.metrics.values()))
        if not terms:
            return _UNKNOWN
        if function == "PERIOD":
            return Range(Interval(self.period_seconds, self.period_seconds), has_gaps=False)
        if function == "IF":
            return self.read_choice(terms)
        first = self.read(terms[0])
        if function == "FILL":
            return self.read_filled(first, terms)
        if function in _CHOOSING:
            return Range(first.operand if function in {"AVG", "MAX", "MIN"} else first.values)
        if function == "TIME_SERIES":
            return first
        return Range(_transform(function, first))

    def read_choice(self, terms: tuple[MathTerm, ...]) -> Range:
        """IF: a chosen series without a data point gives 0, or none."""
        match terms:
            case [condition, then, *otherwise]:
                is_true = self.read(condition).values
            case _:
                return _UNKNOWN
        branches = [then] if is_true != ZERO else []
        branches += otherwise if is_true.holds(0) else []
        values = (self.read(branch).operand for branch in branches)
        return Range(reduce(Interval.join, values, NONE))

    def read_filled(self, first: Range, terms: tuple[MathTerm, ...]) -> Range:
        """FILL: with its last value, along a line, or with what is given."""
        fillers = [one for one in terms[1:] if getattr(one, "text", "") not in _REPEATING]
        return Range(join_all((first, *map(self.read, fillers))))


_APPLY = {
    "+": add,
    "-": lambda one, other: add(one, negate(other)),
    "*": multiply,
    "/": divide,
}


def _is_power(term: MathTerm) -> bool:
    return isinstance(term, Operation) and "^" in term.operators


def _apply(operator: str, one: Range, other: Range) -> Range:
    """An operator between what stands left of it and the next term; without one, the term alone."""
    if not operator:
        return other
    has_gaps = one.has_gaps or other.has_gaps or operator == "/"
    return Range(_APPLY[operator](one.operand, other.operand), has_gaps)


def _transform(function: str, first: Range) -> Interval:  # noqa: PLR0911 - a case for each function
    """What a function of one series makes of each value, or of each and the one before."""
    values = first.values
    if values.is_empty:
        return NONE
    ends = (values.low, values.high)
    if function == "ABS":
        return span((*map(abs, ends), *((0,) if values.holds(0) else ())))
    if function in _ROUNDING:
        rounded = _ROUNDING[function]
        return Interval(*(rounded(end) if isfinite(end) else end for end in ends))
    if function in _LOGARITHMS and values.high > 0:
        logarithm = _LOGARITHMS[function]
        return Interval(
            logarithm(values.low) if values.low > 0 else -inf,
            logarithm(values.high) if values.high < inf else inf,
        )
    if function in _ADDING:
        return sum_up(first.operand)
    if function in {"DIFF", "RATE", "STDDEV"}:
        width = first.operand.high - first.operand.low
        return Interval(0 if function == "STDDEV" else -width, width)
    return ANY


def join_all(ranges: Iterable[Range]) -> Interval:
    """All values of several ranges; of none nothing is known."""
    values = [one.values for one in ranges]
    return reduce(Interval.join, values) if values else ANY

"""What an expression gives: one number, one series, or several."""

from __future__ import annotations

from collections.abc import Mapping

from watchspec.catalog.metric_math import ALIKE, REDUCING, RESULTS, Kind
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
from watchspec.model.signals import MetricMath, MetricStat

Kinds = Mapping[str, "Kind | None"]
"""The kinds of the inputs of an expression by id; None where it is not known."""


def kind_of_math(source: MetricMath) -> Kind | None:
    """The kind of an expression's result; None where AWS does not say, or the parser cannot tell."""
    kinds: dict[str, Kind | None] = {}
    for one in source.inputs:
        if isinstance(one.source, str):
            kinds[one.id] = _kind_of_text(one.source, kinds)
        else:
            # A Metrics Insights query gives as many series as it groups by.
            kinds[one.id] = "series" if isinstance(one.source, MetricStat) else None
    return _kind_of_text(source.expression, kinds)


def _kind_of_text(text: str, kinds: Kinds) -> Kind | None:
    term = parse_metric_math(text)
    return None if isinstance(term, Problem) else _kind(term, kinds)


def _kind(term: MathTerm, kinds: Kinds) -> Kind | None:  # noqa: PLR0911 - a case for each kind of term
    match term:
        case Number():
            return "scalar"
        case Name():
            return kinds.get(term.id)
        case Array():
            return "array"
        case Negative():
            return _kind(term.term, kinds)
        case Operation():
            return _join([_kind(one, kinds) for one in term.terms])
        case Call():
            return _kind_of_call(term, kinds)
        case _:
            return None


def _kind_of_call(call: Call, kinds: Kinds) -> Kind | None:
    if call.function in RESULTS or not call.arguments:
        return RESULTS.get(call.function)
    first = _kind(call.arguments[0], kinds)
    if call.function in ALIKE:
        return first
    if call.function in REDUCING and first in {"series", "array"}:
        return "scalar" if first == "series" else "series"
    return None


def _join(kinds: list[Kind | None]) -> Kind | None:
    """An operation gives as many series as its largest operand."""
    if None in kinds:
        return None
    return "array" if "array" in kinds else "series" if "series" in kinds else "scalar"

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
    String,
)
from watchspec.model.signals import MetricMath, MetricStat

Kinds = Mapping[str, "Kind | None"]
"""The kinds of the inputs of an expression by id; None where it is not known."""


def kind_of_math(source: MetricMath) -> Kind | None:
    """The kind of an expression's result; None where AWS does not say, or the parser cannot tell."""
    return _kind_of_text(source.expression, kinds_of_inputs(source))


def kinds_of_inputs(source: MetricMath) -> Kinds:
    """The kind of each input of an expression, by its id."""
    kinds: dict[str, Kind | None] = {}
    for one in source.inputs:
        if isinstance(one.source, str):
            kinds[one.id] = _kind_of_text(one.source, kinds)
        else:
            # A Metrics Insights query gives as many series as it groups by.
            kinds[one.id] = "series" if isinstance(one.source, MetricStat) else None
    return kinds


def _kind_of_text(text: str, kinds: Kinds) -> Kind | None:
    term = parse_metric_math(text)
    return None if isinstance(term, Problem) else kind_of_term(term, kinds)


def kind_of_term(term: MathTerm, kinds: Kinds) -> Kind | None:  # noqa: PLR0911 - a case for each kind of term
    """The kind of one part of an expression."""
    match term:
        case Number():
            return "scalar"
        case String():
            return "word" if term.is_word else "text"
        case Name():
            return kinds.get(term.id)
        case Array():
            return "array"
        case Negative():
            return kind_of_term(term.term, kinds)
        case Operation():
            return _join([kind_of_term(one, kinds) for one in term.terms])
        case Call():
            return _kind_of_call(term, kinds)


def _kind_of_call(call: Call, kinds: Kinds) -> Kind | None:
    if call.function in RESULTS or not call.arguments:
        return RESULTS.get(call.function)
    first = kind_of_term(call.arguments[0], kinds)
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

"""What is divided by a sum that it is part of: `a / (a + b)` lies between 0 and 1."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Mapping

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
from watchspec.model.signals import InsightsQuery, MetricStat

Sources = Mapping[str, "MetricStat | InsightsQuery | str"]
"""What the names of an expression stand for."""
_MOST = 64
"""So many factors, or parts of a sum, are compared; an alarm has ten metrics."""


def find_share(
    product: Operation, sources: Sources, is_positive: Callable[[MathTerm], bool]
) -> tuple[int, int] | None:
    """Which factor is part of which divisor, neither of which is ever negative; None if none is."""
    if len(product.terms) > _MOST:
        return None
    sums = [_addends(term, sources) for term in product.terms]
    parts = [Counter(spell(one, sources) for one in addends) for addends in sums]
    divisors = [index for index, sign in enumerate(product.operators, 1) if sign == "/"]
    for divisor in divisors:
        for factor in set(range(len(sums))).difference(divisors):
            if parts[factor] <= parts[divisor] and all(map(is_positive, sums[divisor])):
                return factor, divisor
    return None


def _addends(term: MathTerm, sources: Sources) -> list[MathTerm]:
    """What a sum adds, names of sums written out; a term that is no sum is all there is."""
    open_terms, addends = [term], []
    while open_terms:
        one = open_terms.pop()
        meaning = sources.get(one.id) if isinstance(one, Name) else None
        tree = parse_metric_math(meaning) if isinstance(meaning, str) else one
        if isinstance(tree, Operation) and set(tree.operators) == {"+"}:
            open_terms.extend(tree.terms)
        else:
            addends.append(one if isinstance(tree, Problem) else tree)
        if len(open_terms) + len(addends) > _MOST:
            return [term]
    return addends


def spell(term: MathTerm, sources: Sources) -> Hashable:  # noqa: PLR0911 - a case for each kind of term
    """A term without its place: two that are spelt alike have the same value."""
    match term:
        case Name():
            meaning = sources.get(term.id)
            return meaning if isinstance(meaning, MetricStat) else term.id
        case Number():
            return term.value
        case String():
            return (term.text,)
        case Negative():
            return ("-", spell(term.term, sources))
        case Call():
            return (term.function, *(spell(one, sources) for one in term.arguments))
        case Array():
            return ("[", *(spell(one, sources) for one in term.items))
        case Operation():
            return (term.operators, *(spell(one, sources) for one in term.terms))

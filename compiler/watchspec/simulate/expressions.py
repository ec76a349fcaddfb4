"""Metric math: the tree of an expression and its inputs in, a value out.

What AWS's page leaves open is taken so: two points that are both missing give none; operators of one
kind are read from left to right; a word for no series at all gives no data points.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html (read 2026-11-24)
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from watchspec.catalog.metric_math import SIGNATURES, WORDS
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
from watchspec.simulate.functions import FUNCTIONS, IN_PLACE, Argument
from watchspec.simulate.values import (
    Inputs,
    Scalar,
    Series,
    Several,
    Value,
    clean,
    items_of,
    map_value,
)


def evaluate(term: MathTerm, inputs: Inputs) -> Value:
    """The value of an expression; UnsupportedError if only AWS can tell."""
    match term:
        case Number():
            return Scalar(clean(np.array([term.value])))
        case Name():
            return inputs.values[term.id]
        case Array():
            parts = (one for term in term.items for one in items_of(evaluate(term, inputs)))
            return Several(tuple(map(inputs.spread, parts)))
        case Negative():
            return map_value(operator.neg, evaluate(term.term, inputs))
        case Operation():
            result = evaluate(term.terms[0], inputs)
            for symbol, one in zip(term.operators, term.terms[1:], strict=True):
                result = _combine(_OPERATORS[symbol], result, evaluate(one, inputs))
            return result
        case Call():
            return _call(term, inputs)
        case _:
            raise UnsupportedError(f'"{term.text}" is no value')


def looks_around(term: MathTerm) -> bool:
    """Whether a data point depends on others of its request, so that each request must be computed."""
    calls = (one for one in walk_math(term) if isinstance(one, Call))
    return any(one.function not in IN_PLACE for one in calls)


def varies_in_number(term: MathTerm) -> bool:
    """Whether it depends on the request how many series there are."""
    calls = (one for one in walk_math(term) if isinstance(one, Call))
    return any(one.function == "REMOVE_EMPTY" for one in calls)


def _call(call: Call, inputs: Inputs) -> Value:
    if call.function not in FUNCTIONS:
        raise UnsupportedError(f"only AWS knows what {call.function} gives")
    return FUNCTIONS[call.function](inputs, *_read_arguments(call, inputs))


def _read_arguments(call: Call, inputs: Inputs) -> Iterator[Argument]:
    """The arguments of a call; UnsupportedError if they are not what its function takes."""
    signature = SIGNATURES[call.function]
    if not signature.least <= len(call.arguments) <= len(signature.kinds):
        raise UnsupportedError(f"{call.function} does not take {len(call.arguments)} arguments")
    for index, argument in enumerate(call.arguments):
        allowed = signature.kinds[index].split()
        if isinstance(argument, String):
            kind = "word" if argument.is_word else "text"
            known = WORDS.get((call.function, index), (argument.text,))
            if kind not in allowed or argument.text not in known:
                raise UnsupportedError(f'{call.function} does not take "{argument.text}"')
            yield argument.text
            continue
        value = evaluate(argument, inputs)
        if _KINDS[type(value)].isdisjoint(allowed):
            raise UnsupportedError(f"{call.function} does not take what it is given")
        yield value


_KINDS: dict[type[Value], frozenset[str]] = {
    Scalar: frozenset({"scalar"}),
    Series: frozenset({"series", "array"}),
    Several: frozenset({"array"}),
}
"""What a value can be taken for: one series is as good as several."""


def _combine(function: Callable[[Floats, Floats], Floats], left: Value, right: Value) -> Value:
    if isinstance(left, Several) or isinstance(right, Several):
        pairs = zip(*_stretch(left, right), strict=True)
        return Several(tuple(items_of(_combine(function, a, b))[0] for a, b in pairs))
    is_missing = np.isnan(left.values) | np.isnan(right.values)
    if isinstance(left, Series) and isinstance(right, Series):
        is_missing = np.isnan(left.values) & np.isnan(right.values)
    with np.errstate(all="ignore"):
        result = clean(function(np.nan_to_num(left.values), np.nan_to_num(right.values)))
    result = np.where(is_missing, np.nan, result)
    is_scalar = isinstance(left, Scalar) and isinstance(right, Scalar)
    return Scalar(result) if is_scalar else Series(result)


def _stretch(left: Value, right: Value) -> tuple[list[Value], list[Value]]:
    """Two values as lists of equal length."""
    lefts, rights = (
        [Series(one) for one in value.items] if isinstance(value, Several) else [value]
        for value in (left, right)
    )
    if not isinstance(left, Several):
        lefts = lefts * len(rights)
    if not isinstance(right, Several):
        rights = rights * len(lefts)
    if len(lefts) != len(rights):
        raise UnsupportedError("only AWS knows how arrays of different length are combined")
    return [*lefts], [*rights]


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

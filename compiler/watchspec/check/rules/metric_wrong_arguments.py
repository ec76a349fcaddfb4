"""A function of metric math gets arguments that it does not take.

Why: CloudWatch refuses the alarm, and a graph shows an error in place of a line. `SLICE` and `SORT` take
several series, `FILL` wants a value to fill in, and a name that begins with a capital is no metric.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  orders: {metric: Shop Orders}
  filled: {expression: FILL(orders)}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  orders: {metric: Shop Orders}
  filled: {expression: "FILL(orders, 0)"}
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from watchspec.catalog.metric_math import SIGNATURES, WORDS, Kind
from watchspec.check.math_kinds import Kinds, kind_of_term, kinds_of_inputs
from watchspec.check.measured import written_expressions
from watchspec.diagnostics import Diagnostic, Rule, Severity, suggest_name
from watchspec.model.metric_math import (
    Array,
    Call,
    MathTerm,
    Name,
    Negative,
    Operation,
    String,
    walk_math,
)
from watchspec.model.monitoring import Monitoring

RULE = Rule("metric/wrong-arguments", __doc__)
_KINDS: dict[Kind, str] = {
    "scalar": "a number",
    "series": "a series",
    "array": "several series",
    "text": "a text",
    "word": "a word",
}


class _Problem(NamedTuple):
    """What is wrong with a part of an expression."""

    term: MathTerm
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Expressions whose parts do not fit together."""
    for expression in written_expressions(monitoring):
        kinds = kinds_of_inputs(expression.source)
        for problem in _find_problems(expression.term, kinds):
            place = expression.point_at(problem.term.offset, _width(problem.term))
            yield RULE.find(problem.severity, problem.message, place, hint=problem.hint)


def _find_problems(term: MathTerm, kinds: Kinds) -> Iterator[_Problem]:
    yield from _find_texts((term,), kinds)
    for one in walk_math(term):
        match one:
            case Call():
                yield from _find_in_call(one, kinds)
            case Operation():
                yield from _find_texts(one.terms, kinds)
            case Array():
                yield from _find_texts(one.items, kinds)
            case Negative():
                yield from _find_texts((one.term,), kinds)
            case _:
                pass


def _find_in_call(call: Call, kinds: Kinds) -> Iterator[_Problem]:
    signature = SIGNATURES.get(call.function)
    if signature is None:
        return
    least, most, count = signature.least, len(signature.kinds), len(call.arguments)
    if not least <= count <= most:
        wanted = str(least) if least == most else f"{least} to {most}"
        given = "1 argument" if count == 1 else f"{count} arguments"
        yield _Problem(call, f'"{call.function}" has {given} and takes {wanted}')
        return
    for index, allowed in enumerate(signature.kinds[:count]):
        yield from _find_in_argument(call, index, allowed.split(), kinds)


def _find_in_argument(
    call: Call, index: int, allowed: list[str], kinds: Kinds
) -> Iterator[_Problem]:
    argument = call.arguments[index]
    kind = kind_of_term(argument, kinds)
    if kind == "word" and "word" not in allowed:
        yield from _find_texts((argument,), kinds)
    elif kind is not None and kind not in allowed:
        wanted = " or ".join(_KINDS[one] for one in _KINDS if one in allowed)
        message = f'"{call.function}" wants {wanted} here, and this is {_KINDS[kind]}'
        # AWS writes of several series; whether it takes one for them is not documented.
        is_sure = not (kind == "series" and "array" in allowed)
        yield _Problem(argument, message, "", Severity.ERROR if is_sure else Severity.WARNING)
    elif isinstance(argument, String) and kind == "word":
        known = WORDS.get((call.function, index), ())
        if known and argument.text not in known:
            message = f'"{call.function}" does not know the word "{argument.text}"'
            hint = suggest_name(argument.text, known) or f"it knows {', '.join(known)}"
            yield _Problem(argument, message, hint)


def _find_texts(terms: tuple[MathTerm, ...], kinds: Kinds) -> Iterator[_Problem]:
    """Words and texts where only numbers and series can stand."""
    for term in terms:
        if isinstance(term, String) and term.is_word:
            message = f'"{term.text}" is no metric: their names begin with a small letter'
            yield _Problem(term, message, suggest_name(term.text, kinds))
        elif isinstance(term, String):
            yield _Problem(term, "a text cannot be calculated with")


def _width(term: MathTerm) -> int:
    match term:
        case Call():
            return len(term.function)
        case Name():
            return len(term.id)
        case String():
            return len(term.text) + (0 if term.is_word else len("''"))
        case _:
            return 1

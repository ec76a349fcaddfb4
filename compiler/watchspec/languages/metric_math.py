"""Metric math: text in, tree out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Literal

from watchspec.languages.parsing import REMEMBERED, Problem, parse_text
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

_LOWER_CASE_CALL = re.compile(r"(?<![\w.])([a-z]\w*)\s*\(")
_QUOTED = re.compile(r"\"[^\"]*(?:\"|$)|'[^']*(?:'|$)")
_KINDS: dict[str, Literal["arithmetic", "comparison", "logic"]] = {
    "either": "logic",
    "both": "logic",
    "comparison": "comparison",
}


@lru_cache(maxsize=REMEMBERED)
def parse_metric_math(text: str) -> MathTerm | Problem:
    """The tree of an expression, or what is wrong with it; those asked for lately are remembered."""
    tree = parse_text("metric_math", "expression", text)
    if not isinstance(tree, Problem):
        return _build(tree)
    blank = _QUOTED.sub(lambda quoted: " " * len(quoted.group()), text)
    call = _LOWER_CASE_CALL.search(blank)
    if call is not None:
        message = f'"{call[1]}" is not a function: functions are written in capitals'
        return Problem(message, call.start(1))
    return tree


def rename_identifiers(expression: str, renamed: Mapping[str, str]) -> str:
    """The expression with other identifiers; an expression that cannot be read stays as it is."""
    term = parse_metric_math(expression)
    names = [] if isinstance(term, Problem) else walk_math(term)
    pieces: list[str] = []
    position = 0
    for one in names:
        if isinstance(one, Name):
            pieces += (expression[position : one.offset], renamed.get(one.id, one.id))
            position = one.offset + len(one.id)
    return "".join(pieces) + expression[position:]


def _build(tree: Any) -> MathTerm:  # noqa: ANN401, PLR0911 - a lark tree, a case for each kind
    children = tree.children
    match tree.data:
        case "number":
            return Number(float(children[0]), children[0].start_pos)
        case "string":
            return String(str(children[0])[1:-1], is_word=False, offset=children[0].start_pos)
        case "word":
            return String(str(children[0]), is_word=True, offset=children[0].start_pos)
        case "name":
            return Name(str(children[0]), children[0].start_pos)
        case "call":
            return Call(str(children[0]), _build_all(children[1:]), children[0].start_pos)
        case "array":
            items = _build_all(children)
            return Array(items, items[0].offset if items else 0)
        case "negation":
            term = _build(children[0])
            return Negative(term, term.offset)
        case kind:
            terms = tuple(_build(child) for child in children[::2])
            operators = tuple(str(operator) for operator in children[1::2])
            return Operation(_KINDS.get(kind, "arithmetic"), terms, operators, terms[0].offset)


def _build_all(arguments: list[Any]) -> tuple[MathTerm, ...]:
    return tuple(_build(child) for part in arguments for child in part.children)

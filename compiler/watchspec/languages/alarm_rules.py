"""The rule of a composite alarm: text in, tree out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from watchspec.model.alarm_rules import AtLeast, Constant, Junction, Negation, RuleTerm, StateOf

MAX_ELEMENTS = 500
"""The elements (alarms, brackets …) a rule may have.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html (read 2026-11-24)
"""


MAX_LEVELS = 64
"""So deep may a rule be nested; who reads it takes a few frames of Python for each level."""

_WORD = re.compile(r'"(?:[^"\\]|\\.?)*(?:"|$)|\(|[^\s(),"]+', re.DOTALL)


@dataclass(frozen=True, slots=True)
class RuleProblem:
    """Why a rule cannot be read, and where in its text."""

    message: str
    offset: int


def parse_alarm_rule(text: str) -> RuleTerm | RuleProblem:
    """The tree of a rule, or what is wrong with it."""
    from lark.exceptions import UnexpectedInput, UnexpectedToken  # noqa: PLC0415 - few specs have rules

    if sum(word in {"(", "NOT"} for word in _WORD.findall(text)) > MAX_ELEMENTS:
        return RuleProblem(f"the rule has more than {MAX_ELEMENTS} elements", 0)
    try:
        tree = _parser().parse(text)
    except UnexpectedToken as error:
        token = str(error.token)
        what = f'"{token}" is not possible here' if token else "the rule ends too early"
        return RuleProblem(what, getattr(error, "pos_in_stream", 0) or 0)
    except UnexpectedInput as error:
        offset = getattr(error, "pos_in_stream", 0) or 0
        return RuleProblem(f'"{text[offset : offset + 20]}" is not possible here', offset)
    if _count_levels(tree) > MAX_LEVELS:
        return RuleProblem(f"the rule is nested more than {MAX_LEVELS} levels deep", 0)
    return _build(tree)


def _count_levels(tree: Any) -> int:  # noqa: ANN401 - a lark tree
    """How deep a tree is, counted without recursion."""
    levels, level = 0, [tree]
    while level:
        levels += 1
        level = [child for node in level for child in getattr(node, "children", ())]
    return levels


@cache
def _parser() -> Any:  # noqa: ANN401 - loaded on demand
    from lark import Lark  # noqa: PLC0415 - few specs have rules

    grammar = files("watchspec.languages").joinpath("alarm_rules.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr")


def _build(tree: Any) -> RuleTerm:  # noqa: ANN401 - a lark tree
    match tree.data:
        case "any_of" | "all_of":
            terms = tuple(_build(child) for child in tree.children)
            return Junction("OR" if tree.data == "any_of" else "AND", terms)
        case "negation":
            return Negation(_build(tree.children[0]))
        case "true" | "false":
            return Constant(tree.data == "true")
        case "state_of":
            state, reference = tree.children
            return _state_of(str(state), reference)
        case _:
            return _at_least(tree)


def _at_least(tree: Any) -> AtLeast:  # noqa: ANN401
    share, *rest = tree.children
    is_negated = getattr(rest[0], "type", "") == "NOT"
    state, *references = rest[1:] if is_negated else rest
    members = tuple(_state_of(str(state), reference) for reference in references)
    return AtLeast(int(share.children[0]), len(share.children) > 1, is_negated, members)


def _state_of(state: Any, reference: Any) -> StateOf:  # noqa: ANN401
    token = reference.children[0]
    name = str(token)
    if token.type == "QUOTED":
        name = name[1:-1].replace('\\"', '"').replace("\\\\", "\\")
    return StateOf(state, name, token.start_pos)

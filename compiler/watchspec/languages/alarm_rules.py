"""The rule of a composite alarm: text in, tree out."""

from __future__ import annotations

import re
from typing import Any

from watchspec.languages.parsing import Problem, parse_text
from watchspec.model.alarm_rules import AtLeast, Constant, Junction, Negation, RuleTerm, StateOf

MAX_ELEMENTS = 500
"""The elements (alarms, brackets …) a rule may have.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html (read 2026-11-24)
"""
_WORD = re.compile(r'"(?:[^"\\]|\\.?)*(?:"|$)|\(|[^\s(),"]+', re.DOTALL)


def parse_alarm_rule(text: str) -> RuleTerm | Problem:
    """The tree of a rule, or what is wrong with it."""
    if sum(word in {"(", "NOT"} for word in _WORD.findall(text)) > MAX_ELEMENTS:
        return Problem(f"the rule has more than {MAX_ELEMENTS} elements", 0)
    tree = parse_text("alarm_rules", "rule", text)
    return tree if isinstance(tree, Problem) else _build(tree)


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
    count = share.children[0]
    is_percent = len(share.children) > 1
    return AtLeast(int(count), is_percent, is_negated, members, count.start_pos)


def _state_of(state: Any, reference: Any) -> StateOf:  # noqa: ANN401
    token = reference.children[0]
    if token.type == "BARE":
        return StateOf(state, str(token), token.start_pos)
    name = token[1:-1].replace('\\"', '"').replace("\\\\", "\\")
    return StateOf(state, name, token.start_pos + 1)

"""Whether a line of a log matches a filter pattern, and what its fields are.

What AWS says: words are looked for anywhere in a line, within other words too; `?` has no effect beside
other words; a field that is an object or an array meets no comparison; a quoted or bracketed part of a
line is one column.
What AWS leaves open is taken so: comparisons see texts and numbers, not true, false and null; only
numbers are above and below something, and a text of JSON is none; an asterisk in the middle of a text
stands for itself, as in the documentation of 2018; a column's number ($1) counts the words of the line.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html (read 2026-11-24)
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NoReturn

from watchspec.model.filter_patterns import (
    Columns,
    Condition,
    FilterPattern,
    Junction,
    Operator,
    Selector,
    StateTest,
    Step,
    Value,
    Words,
    conditions_of,
    read_number,
)
from watchspec.model.signals import COMPARE
from watchspec.simulate.data import UnsupportedError
from watchspec.simulate.filter_regexes import compile_regex
from watchspec.simulate.options import Options

_MOST_CHARACTERS = 1_048_576
"""What is longer never gets into a log.

Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html (read 2026-11-24)
"""
_STATES = {"NULL": None, "TRUE": True, "FALSE": False}
_WORD = re.compile(r"\S+")
_CLOSED_BY = {"[": "]", '"': '"'}


class NumberText(str):
    """A number as it is written in a line."""

    __slots__ = ()


@dataclass(frozen=True)
class Line:
    """A line with what can be read of it, each once."""

    text: str

    @cached_property
    def tree(self) -> dict[str, Any] | None:
        """The JSON object that it is, numbers as NumberText; None if it is none."""
        try:
            tree = json.loads(
                self.text, parse_int=NumberText, parse_float=NumberText, parse_constant=_refuse
            )
        except (ValueError, RecursionError):
            return None
        return tree if isinstance(tree, dict) else None

    @cached_property
    def words(self) -> tuple[tuple[int, str], ...]:
        """Its words with their places; what stands in quotation marks or brackets is one."""
        return tuple(_split(self.text))


Fields = Mapping[str, Any]
"""The fields of a line: a JSON object, or columns by their names and numbers."""


def match_line(pattern: FilterPattern, line: Line, options: Options) -> Fields | None:
    """The fields of a line that matches a pattern; None if it does not."""
    if len(line.text) > _MOST_CHARACTERS:
        return None
    if isinstance(pattern, Words):
        return {} if _has_words(pattern, line.text) else None
    fields = _name_words(pattern, line, options) if isinstance(pattern, Columns) else line.tree
    if fields is None:
        return None
    is_met = all(_holds(one, fields, options) for one in conditions_of(pattern))
    return fields if is_met else None


def find_values(fields: Fields, selector: Selector) -> Sequence[Any]:
    """What a selector points at in a line; several if it has a wildcard, none if it is missing."""
    nodes: list[Any] = [fields]
    for step in selector.steps:
        nodes = [child for node in nodes for child in _children(node, step)]
    return nodes


def _children(node: Any, step: Step) -> Iterable[Any]:  # noqa: ANN401 - JSON
    if isinstance(node, Mapping):
        if step is None:
            return node.values()
        return (node[step],) if step in node else ()
    if isinstance(node, list):
        if step is None:
            return node
        return node[step : step + 1] if isinstance(step, int) else ()
    return ()


# --- words


def _has_words(pattern: Words, text: str) -> bool:
    choices = [word for word in pattern.words if word.sign == "?"]
    if choices and len(choices) == len(pattern.words):
        return any(_is_in(word.value, text) for word in choices)
    others = (word for word in pattern.words if word.sign != "?")
    return all(_is_in(word.value, text) == (word.sign == "") for word in others)


def _is_in(value: Value, text: str) -> bool:
    if value.is_regex:
        return compile_regex(value.text).is_in(text)
    # A blank in quotation marks is AWS's pattern for every line.
    return value.text in text or not value.text.strip()


# --- columns


def _name_words(pattern: Columns, line: Line, options: Options) -> Fields | None:
    """The words of a line by their columns; None if there are too few or too many."""
    words = [word for _, word in line.words]
    names = [column.name for column in pattern.columns]
    if names == [""]:  # AWS shows `[]` for lines of any length
        names = ["..."]
    if names.count("...") > 1:
        raise UnsupportedError("only CloudWatch knows what two ellipses stand for")
    numbered = {str(place + 1): word for place, word in enumerate(words)}
    surplus = len(words) - len(names)
    if "..." in names:
        gap = names.index("...")
        names[gap : gap + 1] = [""] * (surplus + 1)
        if surplus < -1:
            return None
    elif surplus < 0 or (surplus > 0 and options.surplus_words == "no match"):
        return None
    elif surplus > 0:
        last = len(names) - 1
        words[last:] = [line.text[line.words[last][0] :].rstrip()]
    named = zip(names, words, strict=True)
    columns = numbered | {name: word for name, word in named if name}
    return {name: _type(word) for name, word in columns.items()}


def _type(word: str) -> str:
    return word if read_number(word) is None else NumberText(word)


def _split(text: str) -> Iterable[tuple[int, str]]:
    place, unclosed = 0, set()
    while place < len(text):
        mark = text[place]
        if mark.isspace():
            place += 1
            continue
        end = -1
        if mark in _CLOSED_BY and mark not in unclosed:
            end = text.find(_CLOSED_BY[mark], place + 1)
            if end < 0:
                unclosed.add(mark)
        if end >= 0:
            yield place, text[place + 1 : end]
            place = end + 1
        else:
            word = _WORD.match(text, place)
            assert word is not None, "no blank stands here"
            yield place, word[0]
            place = word.end()


# --- conditions


def _holds(condition: Condition, fields: Fields, options: Options) -> bool:
    if isinstance(condition, Junction):
        join = all if condition.operator == "&&" else any
        return join(_holds(one, fields, options) for one in condition.terms)
    found = find_values(fields, condition.selector)
    if isinstance(condition, StateTest):
        if condition.state == "MISSING":
            return not found
        return any(one is _STATES[condition.state] for one in found)
    if not found and condition.operator == "!=":
        return options.missing_field_differs
    return any(_meets(one, condition.operator, condition.value) for one in found)


def _meets(found: Any, sign: Operator, value: Value) -> bool:  # noqa: ANN401 - JSON
    if not isinstance(found, str):
        return False
    if sign in {"=", "!="}:
        return _equals(found, value) == (sign == "=")
    if not isinstance(found, NumberText) or value.number is None:
        return False
    return bool(COMPARE[sign](float(found), value.number))


def _equals(found: str, value: Value) -> bool:
    if value.is_regex:
        return compile_regex(value.text).is_in(found)
    if isinstance(found, NumberText) and value.number is not None:
        return float(found) == value.number
    text = value.text
    if text.startswith("*") and text.endswith("*"):
        return text[1:-1] in found
    if text.startswith("*"):
        return found.endswith(text[1:])
    return found.startswith(text[:-1]) if text.endswith("*") else found == text


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)  # NaN and Infinity are no JSON

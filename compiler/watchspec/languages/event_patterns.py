"""Event patterns of EventBridge: a mapping in, the fields it looks at and what is wrong with it out.

A pattern is data, not text, so there is no grammar: its shape and its operators are checked value by
value. Texts with `${…}` are known only at deployment and are left alone.

Sources: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html and
https://github.com/aws/event-ruler, the library EventBridge matches with (read 2026-11-24)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from ipaddress import ip_network
from typing import TypeAlias

from watchspec.diagnostics import Location, shorten
from watchspec.model.event_patterns import EventPattern, Field, Matcher, PatternProblem
from watchspec.model.source import Map, Node, Seq, point_at

_MOST = 5e9
"""Numbers are compared exactly from -5e9 to 5e9.

Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html (read 2026-11-24)
"""
_LEAST_ALTERNATIVES = 2
_PAIR = 2
_COMPARISONS = ("=", "<", "<=", ">", ">=")
_LOWER, _UPPER = (">", ">="), ("<", "<=")
_TWO_STARS = re.compile(r"(?:[^\\*]|\\.|\*(?!\*))*(\*\*)", re.DOTALL)
_BAD_ESCAPE = re.compile(r"(?:[^\\]|\\[\\*])*(\\(?![\\*]))", re.DOTALL)

Problems: TypeAlias = Iterator[PatternProblem]
Check: TypeAlias = Callable[[Node, Location], Problems]


def read_event_pattern(pattern: Map) -> EventPattern:
    """The fields of a pattern; what EventBridge would refuse is among its problems alone."""
    reader = _Reader()
    reader.read_fields(pattern, pattern.start, ())
    return EventPattern(tuple(reader.fields), tuple(reader.problems))


class _Reader:
    def __init__(self) -> None:
        self.fields: list[Field] = []
        self.problems: list[PatternProblem] = []

    def refuse(self, message: str, place: Location, help_text: str = "") -> None:
        self.problems.append(PatternProblem(message, place, help_text))

    def read_fields(self, node: Map, place: Location, path: tuple[str, ...]) -> None:
        if not node:
            self.refuse("an empty mapping is no pattern", place, "name a field, or remove it")
        for key, value, key_place, value_place in node.entries():
            if key == "$or":
                self.read_alternatives(value, value_place, path)
            elif isinstance(value, Map):
                self.read_fields(value, value_place, (*path, *key.split(".")))
            elif not isinstance(value, Seq):
                self.refuse_single(key, value, value_place, path)
            elif not value:
                message = f'"{shorten(key)}" has an empty list, which EventBridge refuses'
                self.refuse(message, value_place, "name a value, or remove the field")
            else:
                matchers = [self.read_value(item, at) for item, at in value.entries()]
                good = tuple(one for one in matchers if one is not None)
                if good:
                    self.fields.append(Field((*path, *key.split(".")), key_place, good))

    def refuse_single(self, key: str, value: Node, place: Location, path: tuple[str, ...]) -> None:
        """A value that stands alone, or a comparison that does."""
        written = shorten(str(value).lower() if isinstance(value, bool) else str(value))
        help_text = "" if value is None else f"write [{written}]"
        if key in OPERATORS and path:
            help_text = f"write  {shorten(path[-1])}: [{{{key}: {written}}}]"
        if not (isinstance(value, str) and "${" in value):
            self.refuse(f'the values of "{shorten(key)}" must stand in a list', place, help_text)

    def read_alternatives(self, node: Node, place: Location, path: tuple[str, ...]) -> None:
        entries = list(node.entries()) if isinstance(node, Seq) else []
        for item, at in entries:
            if isinstance(item, Map):
                self.read_fields(item, at, path)
            else:
                self.refuse("an alternative of $or must be a mapping of fields", at)
        if len(entries) < _LEAST_ALTERNATIVES:
            message = "$or takes a list of at least two mappings"
            self.refuse(message, place, "write the fields without $or, or add an alternative")

    def read_value(self, node: Node, place: Location) -> Matcher | None:
        """What an item of a list of values matches; None if EventBridge refuses it."""
        if isinstance(node, Seq):
            self.refuse("a list in a list is no value", place, "write its items in the outer list")
            return None
        if not isinstance(node, Map):
            return Matcher("equals", node, place)
        if len(node) != 1:
            message = f"a comparison has one operator; this has {len(node)}"
            self.refuse(message, place, "write each in a mapping of its own")
            return None
        ((operator, operand, operator_place, operand_place),) = node.entries()
        if operator not in OPERATORS:
            message = f'"{shorten(operator)}" is not an operator of event patterns'
            self.problems.append(
                PatternProblem(message, operator_place, word=operator, known=tuple(OPERATORS))
            )
            return None
        problems = tuple(OPERATORS[operator](operand, operand_place))
        self.problems.extend(problems)
        return None if problems else Matcher(operator, operand, place)


def _check_text(node: Node, place: Location) -> Problems:
    if not isinstance(node, str):
        yield PatternProblem("this must be a text", place, "put it in quotes")


def _check_affix(node: Node, place: Location) -> Problems:
    """The text of `prefix` or `suffix`, or the same without regard to case."""
    if isinstance(node, Map):
        yield from _check_nested(node, place, {"equals-ignore-case": _check_text})
    else:
        yield from _check_text(node, place)


def _check_wildcard(node: Node, place: Location) -> Problems:
    if not isinstance(node, str):
        yield from _check_text(node, place)
    elif stars := _TWO_STARS.match(node):
        at = point_at(place, node, stars.start(1), 2)
        yield PatternProblem("a wildcard cannot have two stars in a row", at, "write one star")
    elif "${" not in node and (escape := _BAD_ESCAPE.match(node)):
        at = point_at(place, node, escape.start(1))
        message = "a backslash in a wildcard stands before a star or a backslash"
        yield PatternProblem(message, at, r"write \\ for a backslash")


def _check_exists(node: Node, place: Location) -> Problems:
    if not isinstance(node, bool):
        yield PatternProblem("exists takes true or false", place)


def _check_cidr(node: Node, place: Location) -> Problems:
    if isinstance(node, str) and "${" in node:
        return
    try:
        is_range = isinstance(node, str) and "/" in node and bool(ip_network(node, strict=False))
    except ValueError:
        is_range = False
    if not is_range:
        yield PatternProblem("this is not a range of addresses", place, "such as 10.0.0.0/24")


def _check_numeric(node: Node, place: Location) -> Problems:
    """Pairs of a comparison and a number: one, or two that make a range."""
    if not isinstance(node, Seq) or not node or len(node) % _PAIR or len(node) > 2 * _PAIR:
        message = "numeric takes a comparison and a number, or two of them for a range"
        yield PatternProblem(message, place, 'such as [">", 0, "<=", 5]')
        return
    numbers: list[float] = []
    for index, (item, at) in enumerate(node.entries()):
        if index % _PAIR:
            yield from _check_number(item, at, numbers)
        elif item not in _COMPARISONS:
            message = f'"{shorten(str(item))}" is not a comparison'
            yield PatternProblem(message, at, f"one of: {', '.join(_COMPARISONS)}")
        elif len(node) > _PAIR and item not in (_UPPER if index else _LOWER):
            message = "a range goes from the lower end (> or >=) to the upper end (< or <=)"
            yield PatternProblem(message, at)
            return


def _check_number(item: Node, place: Location, numbers: list[float]) -> Problems:
    """A number of `numeric`; `numbers` are those before it, to which it is added."""
    if isinstance(item, bool) or not isinstance(item, int | float):
        yield PatternProblem("numeric compares with a number", place, "write it as a number")
        return
    if abs(item) > _MOST:
        message = f"numbers are compared from {-_MOST:,.0f} to {_MOST:,.0f}"
        yield PatternProblem(message, place, is_sure=False)
    elif numbers and item <= numbers[0]:
        message = f"the range is empty: it ends at {item} and begins at {numbers[0]}"
        yield PatternProblem(message, place)
    numbers.append(item)


def _check_anything_but(node: Node, place: Location) -> Problems:
    if isinstance(node, Map):
        yield from _check_nested(node, place, _ANYTHING_BUT)
    elif isinstance(node, Seq):
        kinds = {isinstance(one, str) for one in node}
        for item, at in node.entries():
            if isinstance(item, bool | Map | Seq) or item is None:
                yield PatternProblem("anything-but takes texts or numbers", at)
                return
        if len(kinds) != 1:
            message = "anything-but takes a list of texts or one of numbers"
            yield PatternProblem(message, place, "" if kinds else "name a value")
    elif isinstance(node, bool) or node is None:
        yield PatternProblem("anything-but takes texts or numbers", place)


def _check_full_text(node: Node, place: Location) -> Problems:
    if node == "":
        yield PatternProblem("every text begins and ends with an empty text", place)
    else:
        yield from _check_text(node, place)


def _check_each(check: Check, node: Node, place: Location) -> Problems:
    """The one value there is, or each of a list."""
    if not isinstance(node, Seq):
        yield from check(node, place)
    elif not node:
        yield PatternProblem("an empty list names nothing", place, "name a value")
    else:
        for item, at in node.entries():
            yield from check(item, at)


def _check_nested(node: Map, place: Location, known: dict[str, Check]) -> Problems:
    """An operator inside an operator."""
    if len(node) != 1:
        yield PatternProblem(f"a comparison has one operator; this has {len(node)}", place)
        return
    ((operator, operand, operator_place, operand_place),) = node.entries()
    if operator in known:
        yield from known[operator](operand, operand_place)
    else:
        message = f'"{shorten(operator)}" is not possible here'
        yield PatternProblem(
            message, operator_place, f"one of: {', '.join(known)}", operator, tuple(known)
        )


_ANYTHING_BUT: dict[str, Check] = {
    "equals-ignore-case": partial(_check_each, _check_text),
    "prefix": partial(_check_each, _check_full_text),
    "suffix": partial(_check_each, _check_full_text),
    "wildcard": partial(_check_each, _check_wildcard),
}
OPERATORS: dict[str, Check] = {
    "anything-but": _check_anything_but,
    "cidr": _check_cidr,
    "equals-ignore-case": _check_text,
    "exists": _check_exists,
    "numeric": _check_numeric,
    "prefix": _check_affix,
    "suffix": _check_affix,
    "wildcard": _check_wildcard,
}

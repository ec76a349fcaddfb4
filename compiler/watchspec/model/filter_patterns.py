"""A filter pattern of CloudWatch Logs as a tree; every node knows where it begins in the text.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html (read 2026-11-24)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal, TypeAlias

Operator: TypeAlias = Literal["=", "!=", ">", ">=", "<", "<="]
State: TypeAlias = Literal["NULL", "TRUE", "FALSE", "MISSING"]
Step: TypeAlias = "str | int | None"
"""A field by its name, an item by its number from 0, or any field or item."""
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Value:
    """What is compared with, or looked for: a text without its quotation marks or percent signs.

    `width` counts these too.
    """

    text: str
    is_quoted: bool
    is_regex: bool
    offset: int
    width: int

    @property
    def has_wildcard(self) -> bool:
        """Whether an asterisk in it stands for any text."""
        return not self.is_regex and "*" in self.text

    @property
    def number(self) -> float | None:
        """The number it is written as, in quotation marks or without."""
        return None if self.is_regex else read_number(self.text)


@dataclass(frozen=True, slots=True)
class Word:
    """A term: one the line must have (""), one of several it may have (?), one it must not (-)."""

    sign: Literal["", "?", "-"]
    value: Value
    offset: int


@dataclass(frozen=True, slots=True)
class Words:
    """A pattern of terms; without any it takes every line."""

    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Selector:
    """A field of a JSON line, or a column of a space-delimited one (its name is the one step)."""

    text: str
    steps: tuple[Step, ...]
    offset: int

    @property
    def field(self) -> str:
        """Its names up to the first item or wildcard, with dots between them."""
        names = takewhile(lambda step: isinstance(step, str), self.steps)
        return ".".join(map(str, names))

    @property
    def wildcards(self) -> int:
        """How many of its steps stand for any field or item."""
        return self.steps.count(None)


@dataclass(frozen=True, slots=True)
class Comparison:
    """`$.status >= 500`, or `status = 4*` in a column."""

    selector: Selector
    operator: Operator
    value: Value
    offset: int


@dataclass(frozen=True, slots=True)
class StateTest:
    """`$.error IS NULL`, or `$.error NOT EXISTS` (MISSING)."""

    selector: Selector
    state: State
    offset: int


@dataclass(frozen=True, slots=True)
class Junction:
    """Conditions of which all (&&) or one (||) must be true."""

    operator: Literal["&&", "||"]
    terms: tuple[Condition, ...]
    offset: int


Condition: TypeAlias = "Comparison | StateTest | Junction"


@dataclass(frozen=True, slots=True)
class JsonPattern:
    """A pattern for lines that are JSON objects."""

    condition: Condition


@dataclass(frozen=True, slots=True)
class Column:
    """A column; "" is one without a name, `...` any number of them."""

    name: str
    condition: Condition | None
    offset: int


@dataclass(frozen=True, slots=True)
class Columns:
    """A pattern for space-delimited lines."""

    columns: tuple[Column, ...]


FilterPattern: TypeAlias = "Words | JsonPattern | Columns"


def read_number(text: str) -> float | None:
    """The number that a text is, if it is one for CloudWatch Logs."""
    return float(text) if _NUMBER.fullmatch(text) else None


def conditions_of(pattern: FilterPattern) -> tuple[Condition, ...]:
    """The conditions of a pattern that must all be true."""
    match pattern:
        case Words():
            return ()
        case JsonPattern():
            return (pattern.condition,)
        case _:
            return tuple(one.condition for one in pattern.columns if one.condition is not None)


def leaves_of(pattern: FilterPattern) -> Iterator[Comparison | StateTest]:
    """Every comparison and test of a pattern, from left to right."""
    waiting = list(reversed(conditions_of(pattern)))
    while waiting:
        one = waiting.pop()
        if isinstance(one, Junction):
            waiting.extend(reversed(one.terms))
        else:
            yield one


def comparisons_of(pattern: FilterPattern) -> Iterator[Comparison]:
    """Every comparison of a pattern, from left to right."""
    return (one for one in leaves_of(pattern) if isinstance(one, Comparison))


def values_of(pattern: FilterPattern) -> Iterator[Value]:
    """Every value of a pattern, from left to right."""
    if isinstance(pattern, Words):
        yield from (word.value for word in pattern.words)
    yield from (one.value for one in comparisons_of(pattern))

"""An expression of metric math as a tree; every node knows where it begins in the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias


@dataclass(frozen=True, slots=True)
class Number:
    """A literal number."""

    value: float
    offset: int


@dataclass(frozen=True, slots=True)
class String:
    """A text in quotes, or one of the words that stand without (AVG, ASC, REPEAT)."""

    text: str
    is_word: bool
    offset: int


@dataclass(frozen=True, slots=True)
class Name:
    """The id of a metric or of another expression."""

    id: str
    offset: int


@dataclass(frozen=True, slots=True)
class Call:
    """A function with its arguments."""

    function: str
    arguments: tuple[MathTerm, ...]
    offset: int


@dataclass(frozen=True, slots=True)
class Array:
    """Several series as one: `[m1, m2]`."""

    items: tuple[MathTerm, ...]
    offset: int


@dataclass(frozen=True, slots=True)
class Negative:
    """A term with a minus sign in front."""

    term: MathTerm
    offset: int


@dataclass(frozen=True, slots=True)
class Operation:
    """Terms with operators of one kind between them, read from left to right."""

    kind: Literal["arithmetic", "comparison", "logic"]
    terms: tuple[MathTerm, ...]
    operators: tuple[str, ...]
    offset: int


MathTerm: TypeAlias = "Number | String | Name | Call | Array | Negative | Operation"


def walk_math(term: MathTerm) -> Iterator[MathTerm]:
    """A term and everything in it, from left to right."""
    yield term
    match term:
        case Call():
            inner = term.arguments
        case Array():
            inner = term.items
        case Negative():
            inner = (term.term,)
        case Operation():
            inner = term.terms
        case _:
            inner = ()
    for one in inner:
        yield from walk_math(one)

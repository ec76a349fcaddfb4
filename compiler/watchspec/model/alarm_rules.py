"""The rule of a composite alarm as a tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

StateWord: TypeAlias = Literal["ALARM", "OK", "INSUFFICIENT_DATA"]


@dataclass(frozen=True, slots=True)
class StateOf:
    """Whether an alarm is in a state; `offset` is where its name stands in the rule."""

    state: StateWord
    alarm: str
    offset: int


@dataclass(frozen=True, slots=True)
class AtLeast:
    """Whether so many of the alarms (or so many percent of them) are, or are not, in a state.

    `offset` is where the number stands in the rule.
    """

    count: int
    is_percent: bool
    is_negated: bool
    members: tuple[StateOf, ...]
    offset: int


@dataclass(frozen=True, slots=True)
class Negation:
    """Whether something is not so."""

    term: RuleTerm


@dataclass(frozen=True, slots=True)
class Junction:
    """Whether all (AND) or any (OR) of the terms are so."""

    word: Literal["AND", "OR"]
    terms: tuple[RuleTerm, ...]


@dataclass(frozen=True, slots=True)
class Constant:
    """TRUE or FALSE."""

    value: bool


RuleTerm: TypeAlias = "StateOf | AtLeast | Negation | Junction | Constant"


def walk_rule(term: RuleTerm) -> Iterator[RuleTerm]:
    """A term and everything in it, from left to right."""
    yield term
    match term:
        case AtLeast():
            yield from term.members
        case Negation():
            yield from walk_rule(term.term)
        case Junction():
            for inner in term.terms:
                yield from walk_rule(inner)
        case _:
            return


def states_in(term: RuleTerm) -> Iterator[StateOf]:
    """Every state of an alarm that a rule asks for, from left to right."""
    return (one for one in walk_rule(term) if isinstance(one, StateOf))

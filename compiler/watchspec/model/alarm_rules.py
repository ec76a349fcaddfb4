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
    """Whether so many of the alarms (or so many percent of them) are, or are not, in a state."""

    count: int
    is_percent: bool
    is_negated: bool
    members: tuple[StateOf, ...]


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


def shares_in(term: RuleTerm) -> Iterator[AtLeast]:
    """Every AT_LEAST of a rule, from left to right."""
    match term:
        case AtLeast():
            yield term
        case Negation():
            yield from shares_in(term.term)
        case Junction():
            for inner in term.terms:
                yield from shares_in(inner)
        case _:
            return


def states_in(term: RuleTerm) -> Iterator[StateOf]:
    """Every state of an alarm that a rule asks for, from left to right."""
    match term:
        case StateOf():
            yield term
        case AtLeast():
            yield from term.members
        case Negation():
            yield from states_in(term.term)
        case Junction():
            for inner in term.terms:
                yield from states_in(inner)
        case Constant():
            return

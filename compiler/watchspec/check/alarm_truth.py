"""Whether the rule of a composite alarm can be true or false at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import get_args

from watchspec.diagnostics import Location
from watchspec.model.alarm_rules import (
    AtLeast,
    Constant,
    Junction,
    Negation,
    RuleTerm,
    StateOf,
    StateWord,
    states_in,
)
from watchspec.model.alarms import Alarm, Combination
from watchspec.model.monitoring import Monitoring
from watchspec.model.source import Map, point_at

STATES: tuple[StateWord, ...] = get_args(StateWord)
_MOST_TRIES, _MOST_LOOKS = 1000, 100_000
"""Combinations of states that are tried before a question is left open, and so many mentions of alarms
are looked at for it; rules of people need a few."""

Known = Mapping[str, StateWord]
"""The states of alarms by their keys; those of others may be any."""
Question = Callable[[Known], "bool | None"]
"""Whether something is so when these states are known; None = that depends on the others."""


def combinations_of(monitoring: Monitoring) -> Iterator[tuple[Alarm, Combination]]:
    """Each composite alarm with what it combines."""
    for alarm in monitoring.alarms:
        if isinstance(alarm.condition, Combination):
            yield alarm, alarm.condition


def can_be(term: RuleTerm, *, wanted: bool) -> bool | None:
    """Whether some states of its alarms make a rule true (or false); None if nobody can tell."""

    def is_wanted(known: Known) -> bool | None:
        truth = evaluate(term, known)
        return None if truth is None else truth is wanted

    return _search(term, is_wanted)


def depends_on(term: RuleTerm, alarm: str) -> bool | None:
    """Whether the state of an alarm ever makes a difference to a rule; None if nobody can tell."""

    def makes_a_difference(known: Known) -> bool | None:
        truths = {evaluate(term, {**known, alarm: state}) for state in STATES}
        if {True, False} <= truths:
            return True
        return None if None in truths else False

    alarms = len({one.alarm for one in states_in(term)})  # each of them asks the same
    return _search(term, makes_a_difference, but=alarm, looks=_MOST_LOOKS // max(alarms, 1))


def evaluate(term: RuleTerm, known: Known) -> bool | None:
    """The truth of a rule; None if it depends on states that are not known."""
    match term:
        case Constant():
            return term.value
        case StateOf():
            return known[term.alarm] == term.state if term.alarm in known else None
        case Negation():
            truth = evaluate(term.term, known)
            return None if truth is None else not truth
        case Junction():
            deciding = term.word == "OR"
            truths = [evaluate(one, known) for one in term.terms]
            if deciding in truths:
                return deciding
            return None if None in truths else not deciding
        case AtLeast():
            return _evaluate_share(term, known)


def _evaluate_share(term: AtLeast, known: Known) -> bool | None:
    truths = [evaluate(member, known) for member in term.members]
    sure = truths.count(not term.is_negated)
    possible = sure + truths.count(None)
    lowest = highest = term.count
    if term.is_percent:
        # AWS documents no rounding: between the two nearest numbers of alarms nobody can tell.
        lowest, rest = divmod(term.count * len(truths), 100)
        highest = lowest + (rest > 0)
    if sure >= highest:
        return True
    return False if possible < max(lowest, 1) else None


def point_at_state(alarm: Alarm, state: StateOf) -> Location:
    """Where the rule of a composite alarm names another."""
    when = alarm.source["when"]
    assert isinstance(when, Map)
    if "rule" not in when:
        return when.start
    return point_at(when.place("rule"), str(when["rule"]), state.offset, len(state.alarm))


def _search(
    term: RuleTerm, question: Question, *, but: str = "", looks: int = _MOST_LOOKS
) -> bool | None:
    """Whether the answer is yes for some states of the alarms in a rule."""
    mentioned = [one.alarm for one in states_in(term)]
    names = [name for name in dict.fromkeys(mentioned) if name != but]
    open_ends: list[dict[str, StateWord]] = [{}]
    is_sure = True
    for _ in range(min(_MOST_TRIES, looks // max(len(mentioned), 1))):
        if not open_ends:
            return False if is_sure else None
        known = open_ends.pop()
        answer = question(known)
        if answer:
            return True
        if answer is None and len(known) == len(names):
            is_sure = False
        elif answer is None:
            name = names[len(known)]
            open_ends.extend({**known, name: state} for state in STATES)
    return None

"""Rules of composite alarms that are a little different, and the states in which one can tell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations, product

import numpy as np

from watchspec.model.alarm_rules import (
    AtLeast,
    Constant,
    Junction,
    Negation,
    RuleTerm,
    StateOf,
    states_in,
)
from watchspec.simulate.composites import evaluate_rule
from watchspec.simulate.judging import Codes, State
from watchspec.test.words import say_list

_MOST_CASES = 100_000
_WHOLE_PERCENT = 100


def mutate_rule(term: RuleTerm) -> Iterator[tuple[RuleTerm, str]]:
    """Every rule with one thing changed, and the test that tells it from the rule as it is.

    Rules that are true in the same states of their alarms are one rule.
    """
    alarms = list(dict.fromkeys(one.alarm for one in states_in(term)))
    cases = _list_cases(len(alarms))
    histories = dict(zip(alarms, cases.T, strict=True))
    before = evaluate_rule(term, histories, len(cases))
    seen: set[object] = set()
    for changed in _change(term):
        after = evaluate_rule(changed, histories, len(cases))
        identity = after.tobytes() if _is_few(len(alarms)) else changed
        if identity in seen or not (before != after).any():
            continue
        seen.add(identity)
        first = int(np.flatnonzero(before != after)[0])
        names = zip(alarms, cases[first], strict=True)
        told = [f'"{name}" is {State(state).name}' for name, state in names]
        yield changed, f"{say_list(told)}, and expect {State(before[first]).name}"


def _list_cases(alarms: int) -> Codes:
    """States of so many alarms, one case a row, the plainest first.

    All there are; of many alarms those in which one is in another state than the others, and those in
    which the first so many are in another state than the rest.
    """
    if _is_few(alarms):
        cases = np.array(list(product(State, repeat=alarms)), dtype=np.int8)
    else:
        pairs = list(permutations(State, 2))
        odd = [np.where(np.eye(alarms, dtype=np.bool_), one, rest) for one, rest in pairs]
        some = [np.where(np.tri(alarms + 1, alarms, -1) > 0, one, rest) for one, rest in pairs]
        cases = np.concatenate([*odd, *some]).astype(np.int8)
    return cases[np.argsort(cases.sum(axis=1), kind="stable")]


def _is_few(alarms: int) -> bool:
    return bool(len(State) ** alarms <= _MOST_CASES)


def say_rule(term: RuleTerm) -> str:
    """A rule by the keys of its alarms."""
    match term:
        case Constant():
            return "TRUE" if term.value else "FALSE"
        case StateOf():
            return f"{term.state}({term.alarm})"
        case Negation():
            return f"NOT {_say_inner(term.term)}"
        case Junction():
            return f" {term.word} ".join(map(_say_inner, term.terms))
        case AtLeast():
            state = f"{'NOT ' if term.is_negated else ''}{term.members[0].state}"
            names = ", ".join(one.alarm for one in term.members)
            return f"AT_LEAST({term.count}{'%' if term.is_percent else ''}, {state}, ({names}))"


def _say_inner(term: RuleTerm) -> str:
    return f"({say_rule(term)})" if isinstance(term, Junction) else say_rule(term)


def _change(term: RuleTerm) -> Iterator[RuleTerm]:
    match term:
        case Constant():
            return
        case StateOf():
            yield Negation(term)
        case Negation():
            yield term.term
            yield from (Negation(inner) for inner in _change(term.term))
        case Junction():
            yield replace(term, word="OR" if term.word == "AND" else "AND")
            for at, inner in enumerate(term.terms):
                before, after = term.terms[:at], term.terms[at + 1 :]
                left = before + after
                yield left[0] if len(left) == 1 else replace(term, terms=left)
                yield from (replace(term, terms=(*before, one, *after)) for one in _change(inner))
        case AtLeast():
            yield from _change_count(term)


def _change_count(term: AtLeast) -> Iterator[RuleTerm]:
    most = len(term.members)
    count = -(-term.count * most // _WHOLE_PERCENT) if term.is_percent else term.count
    for changed in (count - 1, count + 1):
        if 1 <= changed <= most:
            yield replace(term, count=changed, is_percent=False)
    for at in range(most if most > 1 else 0):
        members = term.members[:at] + term.members[at + 1 :]
        yield replace(term, count=min(count, most - 1), is_percent=False, members=members)
    yield replace(term, is_negated=not term.is_negated)

"""Expectations held against what happened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import assert_never

from watchspec.diagnostics import Location, shorten
from watchspec.model.spec_tests import (
    Becomes,
    Expectation,
    Holds,
    Measures,
    Moment,
    Notifies,
    StateWord,
)
from watchspec.model.spec_tests import Changes as ChangesExpected
from watchspec.model.test_results import Changes, Mark
from watchspec.model.text import say_time
from watchspec.simulate.data import UnsupportedError
from watchspec.simulate.judging import State
from watchspec.test.facts import Facts
from watchspec.test.words import (
    say_list,
    say_moment,
    say_span,
    say_story,
)

_MOST_TIMES = 4
_FIRST_LOOK_SECONDS = 60
"""Every alarm begins without a state that means anything, and is looked at within a minute."""


@dataclass(frozen=True, slots=True)
class Miss:
    """An expectation that was not met: of which alarm ("" = of none), in words and on a timeline.

    `moment` is what is wrong, if nothing but the time is.
    """

    expectation: Expectation
    alarm: str
    message: str
    expected: Mark | None = None
    happened: Mark | None = None
    moment: Moment | None = None
    is_unsupported: bool = False

    @property
    def place(self) -> Location:
        """What in the spec is not so."""
        return self.expectation.place if self.moment is None else self.moment.place


def judge_expectations(facts: Facts) -> Iterator[Miss]:
    """Every expectation of a test that was not met; an alarm that only AWS can judge is told once."""
    cursors = _Cursors()
    unsupported = dict(facts.outcome.unsupported)
    for one in facts.test.expectations:
        if isinstance(one, Measures):
            yield from _judge_value(one, facts)
            continue
        for alarm in one.alarms:
            if alarm in facts.outcome.unsupported:
                if alarm in unsupported:
                    yield _cannot_judge(one, f'"{alarm}"', unsupported.pop(alarm))
                continue
            yield from _judge_alarm(one, alarm, facts, cursors)


def _judge_alarm(
    one: Becomes | Holds | ChangesExpected | Notifies, alarm: str, facts: Facts, cursors: _Cursors
) -> Iterator[Miss]:
    match one:
        case Becomes():
            yield from cursors.judge(one, alarm, facts)
        case Holds():
            yield from _judge_state(one, alarm, facts)
        case ChangesExpected():
            yield from _judge_changes(one, alarm, facts)
        case Notifies() if alarm in facts.outcome.untold:
            yield _cannot_judge(one, f'whom "{alarm}" tells', facts.outcome.untold[alarm])
        case Notifies():
            yield from _judge_notices(one, alarm, facts)
        case _:
            assert_never(one)


def is_at(seconds: int, moment: Moment | None) -> bool:
    """Whether it is the moment meant; without one any is."""
    return moment is None or abs(seconds - moment.seconds) <= moment.within_seconds


def _cannot_judge(one: Expectation, what: str, reason: str) -> Miss:
    return Miss(one, "", f"{what} cannot be simulated: {reason}", is_unsupported=True)


@dataclass(slots=True)
class _Cursors:
    """How far each alarm's changes have been told by the expectations so far."""

    told: dict[str, int] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)

    def judge(self, one: Becomes, alarm: str, facts: Facts) -> Iterator[Miss]:
        """Nothing is said of an alarm that has not come to where the next change was to follow."""
        if alarm in self.lost:
            return
        changes = facts.changes(alarm)
        before = self.told.get(alarm, 0)
        places = range(before + 1, len(changes))
        found = next((at for at in places if changes[at][1] == one.state), None)
        wanted = _expect(one.moment, f"{one.state} expected")
        if found is None:
            self.lost.add(alarm)
            after = f" after {say_time(changes[before][0])}" if before else ""
            when = f", expected {say_moment(one.moment)}" if one.moment else ""
            story = say_story(changes[before:])
            yield Miss(
                one, alarm, f'"{alarm}" never became {one.state}{after}{when}; {story}', wanted
            )
            return
        self.told[alarm] = found
        seconds = changes[found][0]
        fact = f"became {one.state} at {say_time(seconds)}"
        happened = Mark(seconds, fact)
        if one.moment is not None and not is_at(seconds, one.moment):
            message = f'"{alarm}" {fact}, not {say_moment(one.moment)}'
            yield Miss(one, alarm, message, wanted, happened, one.moment)
        elif one.reason and one.reason not in facts.reason(alarm, seconds):
            message = f'"{alarm}" {fact}, and the reason does not contain "{shorten(one.reason)}"'
            yield Miss(one, alarm, message, None, happened)


def _judge_state(one: Holds, alarm: str, facts: Facts) -> Iterator[Miss]:
    changes = facts.changes(alarm)
    first = 0 if one.is_never else _FIRST_LOOK_SECONDS
    start = first if one.start_seconds is None else one.start_seconds
    end = facts.test.seconds if one.end_seconds is None else one.end_seconds
    wrong = [
        (begin, state)
        for begin, after, state in _spans(changes, facts.test.seconds)
        if begin <= end and after > start and (state == one.state) == one.is_never
    ]
    if not wrong:
        return
    begin, state = wrong[0]
    seconds = max(begin, start)
    fact = f"{'became' if begin > start else 'was'} {state} at {say_time(seconds)}"
    span = say_span(one.start_seconds, one.end_seconds)
    if one.is_never:
        message = f'"{alarm}" {fact}, which was never to happen{f" {span}" if span else ""}'
    elif start == end:
        place = max(at for at, (time, _) in enumerate(changes) if time <= seconds)
        message = f'"{alarm}" {fact}, not {one.state}; {say_story(changes[place:])}'
    else:
        message = f'"{alarm}" {fact}, and was to be {one.state} {span or "all the time"}'
    denial = f"never {one.state}" if one.is_never else one.state
    expected = Mark(seconds, f"expected {denial}{f' {span}' if span else ''}")
    yield Miss(one, alarm, message, expected, Mark(seconds, fact))


def _spans(changes: Changes, seconds: int) -> Iterator[tuple[int, int, StateWord]]:
    """From when to when (outside) an alarm was in each state."""
    ends = [begin for begin, _ in changes[1:]] + [seconds + 1]
    for (begin, state), end in zip(changes, ends, strict=True):
        yield begin, end, state


def _judge_changes(one: ChangesExpected, alarm: str, facts: Facts) -> Iterator[Miss]:
    """The state in which every alarm begins need not be told."""
    changes = facts.changes(alarm)
    states = tuple(state for _, state in changes)
    if one.states in {states[1:], states}:
        return
    pairs = zip_longest(changes[1:], one.states, fillvalue=None)
    found = next((change for change, state in pairs if change is None or change[1] != state), None)
    happened = (
        None if found is None else Mark(found[0], f"became {found[1]} at {say_time(found[0])}")
    )
    wanted = " -> ".join(one.states) or "INSUFFICIENT_DATA all the time"
    yield Miss(one, alarm, f'"{alarm}" was not {wanted}; {say_story(changes)}', None, happened)


def _judge_notices(one: Notifies, alarm: str, facts: Facts) -> Iterator[Miss]:
    told = [
        (seconds, notice)
        for seconds, notice in facts.notices(alarm)
        if one.state is None or notice.state is State[one.state]
    ]
    if not one.routes:
        for seconds, notice in told[:1]:
            fact = f'told "{notice.route}" of {notice.state.name} at {say_time(seconds)}'
            message = f'"{alarm}" {fact}, and was to tell nobody'
            yield Miss(one, alarm, message, None, Mark(seconds, fact))
        return
    subject = f" of {one.state}" if one.state else ""
    for route in one.routes:
        times = [seconds for seconds, notice in told if notice.route == route]
        if any(is_at(seconds, one.moment) for seconds in times):
            continue
        wanted = _expect(one.moment, f'"{route}" expected to be told{subject}')
        if times and one.moment is not None:
            when = say_list([say_time(seconds) for seconds in times[:_MOST_TIMES]])
            fact = f'told "{route}"{subject} at {when}'
            message = f'"{alarm}" {fact}, not {say_moment(one.moment)}'
            yield Miss(one, alarm, message, wanted, Mark(times[0], fact), one.moment)
        else:
            others = dict.fromkeys(f'"{notice.route}"' for _, notice in told)
            fact = f"it told {say_list(list(others)) if others else 'nobody'}"
            yield Miss(one, alarm, f'"{alarm}" never told "{route}"{subject}; {fact}', wanted)


def _judge_value(one: Measures, facts: Facts) -> Iterator[Miss]:
    try:
        value = facts.measure(one.source, one.at_seconds)
    except UnsupportedError as error:
        yield _cannot_judge(one, f'"{one.name}"', str(error))
        return
    if value is None or one.value is None:
        is_met = value is one.value
    else:
        is_met = abs(value - one.value) <= one.tolerance
    if is_met:
        return
    margin = f" ± {one.tolerance:g}" if one.tolerance and one.value is not None else ""
    wanted = "no data point" if one.value is None else f"{one.written}{margin}"
    fact = "had no data point" if value is None else f"was {value:.12g}"
    yield Miss(one, "", f'"{one.name}" {fact} at {say_time(one.at_seconds)}, not {wanted}')


def _expect(moment: Moment | None, text: str) -> Mark | None:
    return None if moment is None else Mark(moment.seconds, f"{text} {say_moment(moment)}")

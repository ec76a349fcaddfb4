"""Alarms that are a little different: what a slip of a pen could make of one, and how to tell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import get_args

from watchspec.model.alarms import Alarm, Band, Combination, MissingData, Threshold, Window
from watchspec.model.routing import Route, says
from watchspec.model.signals import COMPARE, Operator, Signal
from watchspec.model.text import say_duration, show_text
from watchspec.test.rule_mutants import mutate_rule, say_rule

_FLIPPED: dict[Operator, tuple[Operator, ...]] = {
    ">": (">=", "<"),
    ">=": (">", "<="),
    "<": ("<=", ">"),
    "<=": ("<", ">="),
}
_NUMBER = re.compile(r"-?(?:[0-9][0-9,]*(?:\.[0-9]+)?|\.[0-9]+)")
_WITHOUT_DATA: dict[MissingData, str] = {
    "missing": "INSUFFICIENT_DATA",
    "ignore": "that it stays in its state",
    "breaching": "ALARM",
    "notBreaching": "OK",
}


@dataclass(frozen=True, slots=True)
class Mutant:
    """An alarm with one thing changed: from what to what, and the test that tells them apart."""

    alarm: Alarm
    before: str
    after: str
    advice: str
    is_of_notices: bool = False


def make_mutants(alarm: Alarm) -> Iterator[Mutant]:
    """Every mutant of an alarm's condition, without those that provably do the same."""
    condition = alarm.condition
    match condition:
        case Combination():
            before = say_rule(condition.term)
            for term, advice in mutate_rule(condition.term):
                changed = replace(condition, term=term)
                yield Mutant(replace(alarm, condition=changed), before, say_rule(term), advice)
            return
        case Threshold():
            yield from _mutate_comparison(alarm, condition)
        case Band():
            yield from _mutate_band(alarm, condition)
    yield from _mutate_window(alarm, condition)
    yield from _mutate_missing(alarm, condition)


def make_notice_mutants(alarm: Alarm, routes: tuple[Route, ...]) -> Iterator[Mutant]:
    """Every mutant of whom an alarm tells, and of what."""
    told = [route for route in routes if route.key in alarm.routes]
    for route in told:
        left = tuple(key for key in alarm.routes if key != route.key)
        words = f"telling {route.key}"
        advice = f'it becomes ALARM, and expect that it notifies "{route.key}"'
        yield Mutant(replace(alarm, routes=left), words, f"not {words}", advice, is_of_notices=True)
    if told:
        recovers = says(alarm.on_recovery, default=told[0].on_recovery)
        choices = ("not telling of recovery", "telling of recovery")
        advice = f"it becomes OK again, and expect that it notifies {'them' if recovers else 'nobody'} of OK"
        changed = replace(alarm, on_recovery=not recovers)
        yield Mutant(changed, choices[recovers], choices[not recovers], advice, is_of_notices=True)
    condition = alarm.condition
    if isinstance(condition, Combination) and condition.suppressor is not None:
        silencer = condition.suppressor.alarm
        advice = f'it becomes ALARM while "{silencer}" is ALARM, and expect that it notifies nobody'
        changed = replace(alarm, condition=replace(condition, suppressor=None))
        yield Mutant(changed, f"silence by {silencer}", "none", advice, is_of_notices=True)


def _mutate_comparison(alarm: Alarm, condition: Threshold) -> Iterator[Mutant]:
    moved = list(move_threshold(condition))
    beyond = [(condition.value, condition.written), *moved]
    changed = [replace(condition, operator=sign) for sign in _FLIPPED[condition.operator]]
    changed += [replace(condition, value=value, written=words) for value, words in moved]
    for one in changed:
        for value, words in beyond:
            fires = COMPARE[condition.operator](value, condition.value)
            if fires != COMPARE[one.operator](value, one.value):
                state = "ALARM" if fires else "OK"
                length = _say_length(condition.window, condition.signal)
                advice = f"{_name(condition.signal)} is {words} {length}, and expect {state}"
                before, after = _say(condition), _say(one)
                yield Mutant(replace(alarm, condition=one), before, after, advice)
                break


def move_threshold(condition: Threshold) -> Iterator[tuple[float, str]]:
    """The threshold a tenth lower and higher: at least to the next whole number of what is counted."""
    value, unit = condition.value, condition.signal.unit
    is_counted = unit in {None, "Count", "None"} and value == int(value)
    step = max(abs(value) / 10, 1.0 if is_counted or value == 0 else 0.0)
    for moved in (value - step, value + step):
        yield moved, _reword(condition, moved)


def _reword(condition: Threshold, value: float) -> str:
    """The value as the author would write it, in his unit."""
    found = _NUMBER.search(condition.written)
    assert found is not None, "a quantity has a number"
    ratio = float(found.group().replace(",", "")) / condition.value if condition.value else 1.0
    start, end = condition.written[: found.start()], condition.written[found.end() :]
    return f"{start}{value * ratio + 0.0:.12g}{end}"


def _mutate_band(alarm: Alarm, condition: Band) -> Iterator[Mutant]:
    for step in (-0.5, 0.5):
        width = condition.deviations + step
        if width > 0:
            changed = replace(condition, deviations=width)
            words = f"{_name(condition.signal)} is just outside {min(width, condition.deviations):g} deviations"
            advice = f"{words}, and expect {'OK' if step < 0 else 'ALARM'}"
            before = f"{condition.deviations:g} deviations"
            yield Mutant(replace(alarm, condition=changed), before, f"{width:g} deviations", advice)


def _mutate_window(alarm: Alarm, condition: Threshold | Band) -> Iterator[Mutant]:
    periods, needed = condition.window.evaluation_periods, condition.window.datapoints_to_alarm
    beyond = f"{_name(condition.signal)} is {_say(condition)}"
    fewer = f"{beyond} in only {needed - 1} of {periods} data points, and expect no ALARM"
    more = f"{beyond} in {needed} of {periods} data points and in no other, and expect ALARM"
    longer = f"{beyond} until it is ALARM and no longer, and expect when it is OK again"
    shorter = f"{beyond} in {needed} of {periods} data points, the first and the last among them, and expect ALARM"
    changes = [(-1, 0, fewer), (1, 0, more), (0, -1, shorter), (0, 1, longer)]
    if needed == periods:  # `for: 10m` becomes 9m, or 11m
        changes += [(-1, -1, fewer), (1, 1, more)]
    for of_needed, of_periods, advice in changes:
        window = Window(periods + of_periods, needed + of_needed)
        if 1 <= window.datapoints_to_alarm <= window.evaluation_periods:
            changed = replace(condition, window=window)
            before, after = _say_window(condition.window), _say_window(window)
            yield Mutant(replace(alarm, condition=changed), before, after, advice)


def _mutate_missing(alarm: Alarm, condition: Threshold | Band) -> Iterator[Mutant]:
    own = alarm.missing_data
    length = _say_length(condition.window, condition.signal)
    for other in get_args(MissingData):
        if other != own:
            after = " after it is ALARM" if {own, other} == {"ignore", "notBreaching"} else ""
            silence = f"{_name(condition.signal)} has no data {length} and longer{after}"
            advice = f"{silence}, and expect {_WITHOUT_DATA[own]}"
            yield Mutant(
                replace(alarm, missing_data=other),
                f"missing_data: {own}",
                f"missing_data: {other}",
                advice,
            )


def _name(signal: Signal) -> str:
    return signal.key or show_text(signal.title)


def _say(condition: Threshold | Band) -> str:
    if isinstance(condition, Band):
        return f"{condition.side} its band"
    return f"{condition.operator} {condition.written}"


def _say_window(window: Window) -> str:
    return f"{window.datapoints_to_alarm} of {window.evaluation_periods} data points"


def _say_length(window: Window, signal: Signal) -> str:
    return f"for {say_duration(window.evaluation_periods * signal.period_seconds)}"

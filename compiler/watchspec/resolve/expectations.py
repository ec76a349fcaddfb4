"""What a test expects of alarms and metrics."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import cast

from watchspec.diagnostics import Location, shorten, suggest_name
from watchspec.model.source import Map
from watchspec.model.spec_tests import (
    Becomes,
    Changes,
    Expectation,
    Holds,
    Measures,
    Moment,
    Notifies,
    StateWord,
)
from watchspec.model.text import say_duration
from watchspec.resolve import rules
from watchspec.resolve.composites import check_alarm
from watchspec.resolve.context import items
from watchspec.resolve.quantities import read_duration, read_quantity
from watchspec.resolve.stage import Stage

_STATES: tuple[StateWord, ...] = ("OK", "ALARM", "INSUFFICIENT_DATA")
_NOBODY = "nobody"
_MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Times:
    """The times of an expectation in seconds from the start of its test; None = not given."""

    node: Map
    at: int | None
    start: int | None
    end: int | None
    within: int

    @property
    def last(self) -> int:
        """The latest of them."""
        return max((self.at or 0) + self.within, self.start or 0, self.end or 0)

    @property
    def moment(self) -> Moment | None:
        """The one at which it happens."""
        return None if self.at is None else Moment(self.at, self.within, self.node.place("at"))


def read_times(stage: Stage, node: Map) -> Times | None:
    """When something is expected, or None with findings."""
    given = [key for key in ("at", "from", "to") if key in node]
    read = {key: stage.read_moment(node, key) for key in given}
    within: int | None = 0
    if "within" in node and "alarm" in node:
        within = read_duration(stage.context, node, "within")
    if within is None or any(seconds is None for seconds in read.values()):
        return None
    start, end = read.get("from"), read.get("to")
    if start is not None and end is not None and end < start:
        message = f'"{node["to"]}" is before "{node["from"]}"'
        stage.context.found.error(rules.BAD_TIME, message, node.place("to"))
        return None
    return Times(node, read.get("at"), start, end, within)


def check_times(stage: Stage, times: Times, seconds: int) -> None:
    """Report times after the end of the test."""
    for key, moment in (("at", times.at), ("from", times.start), ("to", times.end)):
        if moment is not None and moment > seconds:
            node = times.node
            message = (
                f'"{node[key]}" is after the end of the test, which lasts {say_duration(seconds)}'
            )
            help_text = "let it last longer with  for"
            stage.context.found.error(rules.BAD_TIME, message, node.place(key), help=help_text)


def read_expectation(stage: Stage, times: Times, seconds: int) -> Expectation | None:
    """What is expected in a test of so many seconds, or None with findings."""
    node = times.node
    if "metric" in node:
        return _read_measures(stage, times, seconds)
    alarms = tuple(_choose_alarms(stage, node))
    kind = next(key for key in _READERS if key in node)
    return _READERS[kind](stage, times, alarms, seconds)


def check_repetition(stage: Stage, expectations: list[Expectation]) -> None:
    """Report what is expected a second time."""
    known: dict[Expectation, Location] = {}
    for one in expectations:
        if known.setdefault(replace(one, place=Location("")), one.place) != one.place:
            message = "the same is expected above"
            stage.context.found.error(rules.EXPECTED_TWICE, message, one.place, help="remove one")


def _state(node: Map, key: str) -> StateWord:
    return cast("StateWord", str(node[key]))  # the schema knows them


def _read_measures(stage: Stage, times: Times, seconds: int) -> Measures | None:
    node = times.node
    signal = stage.signals.read(node)
    if signal is None:
        return None
    name, at = str(node["metric"]), seconds if times.at is None else times.at
    if node["is"] == _MISSING:
        if "within" in node:
            message = "what is missing has no value that something could be within"
            place = node.key_place("within")
            stage.context.found.error(rules.NEVER_TRUE, message, place, help="leave it out")
        return Measures(name, signal.source, None, _MISSING, 0.0, at, node.place("is"))
    value = read_quantity(stage.context, node, "is", signal.unit)
    within = read_quantity(stage.context, node, "within", signal.unit) if "within" in node else None
    if value is None or ("within" in node and within is None):
        return None
    tolerance = 0.0 if within is None else float(within.value)
    place = node.place("is")
    return Measures(name, signal.source, float(value.value), value.words, tolerance, at, place)


def _read_becomes(stage: Stage, times: Times, alarms: tuple[str, ...], _: int) -> Becomes:
    node = times.node
    reason = stage.context.read_word(node, "because")
    return Becomes(alarms, _state(node, "becomes"), times.moment, reason, node.place("becomes"))


def _read_never(_stage: Stage, times: Times, alarms: tuple[str, ...], _: int) -> Holds:
    node = times.node
    return Holds(
        alarms, _state(node, "never"), None, None, is_never=True, place=node.place("never")
    )


def _read_states(_stage: Stage, times: Times, alarms: tuple[str, ...], _: int) -> Changes:
    states = tuple(cast("StateWord", str(one)) for one, _ in items(times.node, "states"))
    return Changes(alarms, states, times.node.place("states"))


def _read_is(stage: Stage, times: Times, alarms: tuple[str, ...], seconds: int) -> Holds | None:
    node = times.node
    state = next((one for one in _STATES if one == node["is"]), None)
    if state is None:
        written, place = str(node["is"]), node.place("is")
        message = f'an alarm cannot be "{shorten(written)}"'
        hint = suggest_name(written, _STATES)
        help_text = f"one of: {', '.join(_STATES)}"
        stage.context.found.error(rules.NEVER_TRUE, message, place, hint=hint, help=help_text)
        return None
    if times.start is not None:
        start, end = times.start, seconds if times.end is None else times.end
    else:
        start = end = seconds if times.at is None else times.at
    return Holds(alarms, state, start, end, is_never=False, place=node.place("is"))


def _read_notifies(stage: Stage, times: Times, alarms: tuple[str, ...], _: int) -> Notifies:
    node, moment = times.node, times.moment
    state = _state(node, "about") if "about" in node else None
    wanted = list(_named(node, "notifies"))
    if [name for name, _ in wanted] == [_NOBODY]:
        if moment is not None:
            message = "nobody is told in the whole test, so there is no time of it"
            place = node.key_place("at")
            stage.context.found.error(rules.NEVER_TRUE, message, place, help="leave it out")
        return Notifies(alarms, (), state, None, node.place("notifies"))
    for name, place in wanted:
        if name not in stage.routes:
            _report_unknown_route(stage, name, place)
            continue
        for key in alarms:
            routes = stage.alarms[key].routes
            if name not in routes:
                message = f'"{key}" does not tell "{name}"'
                help_text = f"it tells {', '.join(routes) or _NOBODY}"
                stage.context.found.error(rules.NEVER_TRUE, message, place, help=help_text)
    names = dict.fromkeys(name for name, _ in wanted)
    return Notifies(alarms, tuple(names), state, moment, node.place("notifies"))


def _report_unknown_route(stage: Stage, name: str, place: Location) -> None:
    hint = "" if name == _NOBODY else suggest_name(name, [*stage.routes, _NOBODY])
    help_text = "name a route as it is named under notify, or nobody alone"
    message = f'there is no route "{name}"'
    stage.context.found.error(rules.UNKNOWN_ROUTE, message, place, hint=hint, help=help_text)


def _named(node: Map, key: str) -> Iterator[tuple[str, Location]]:
    """The names under a key, which holds one or a list."""
    if isinstance(node[key], list):
        yield from ((str(name), place) for name, place in items(node, key))
    else:
        yield str(node[key]), node.place(key)


def _choose_alarms(stage: Stage, node: Map) -> Iterator[str]:
    """The alarms that are named or fit a pattern, each once, without those that are broken."""
    names = dict.fromkeys(stage.broken, "") | {key: one.name for key, one in stage.alarms.items()}
    chosen: dict[str, None] = {}
    for written, place in _named(node, "alarm"):
        if not set(written) & set("*?"):
            if check_alarm(stage.context, written, names, place):
                chosen[written] = None
            continue
        pattern = written.replace("[", "[[]")  # of patterns, only * and ? are known here
        matches = [name for name in names if fnmatchcase(name, pattern)]
        if not matches:
            message = f'no alarm fits "{shorten(written)}"'
            help_text = f"there are: {', '.join(sorted(names))}" if names else "there are none"
            stage.context.found.error(rules.NO_MATCH, message, place, help=help_text)
        chosen.update(dict.fromkeys(matches))
    yield from (key for key in chosen if key in stage.alarms)


_READERS: Mapping[str, Callable[[Stage, Times, tuple[str, ...], int], Expectation | None]] = {
    "becomes": _read_becomes,
    "is": _read_is,
    "never": _read_never,
    "states": _read_states,
    "notifies": _read_notifies,
}
"""What reads an expectation of alarms, by the key that says what is expected."""

"""The tests of a spec: who puts in what, for how long, and whether anything expected depends on it."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from watchspec.catalog.time_zones import TIME_ZONES
from watchspec.diagnostics import Location, shorten, suggest_name
from watchspec.languages.series import MAX_VALUES
from watchspec.model.routing import known_values
from watchspec.model.source import Map
from watchspec.model.spec_tests import LogLines, SpecTest
from watchspec.model.text import say_duration
from watchspec.resolve import rules
from watchspec.resolve.context import items, mapping, section
from watchspec.resolve.expectations import (
    check_repetition,
    check_times,
    read_expectation,
    read_times,
)
from watchspec.resolve.quantities import read_duration
from watchspec.resolve.routing import check_value
from watchspec.resolve.series_values import Values
from watchspec.resolve.spec_test_inputs import Feed, check_fed_once, read_feeds, read_lines
from watchspec.resolve.spec_test_reading import check_reading
from watchspec.resolve.stage import Stage

_MINUTE = 60
_LONGEST_SECONDS = MAX_VALUES * _MINUTE
_START = "2026-01-05T00:00"
"""A Monday, at the hour at which a daily wave is lowest."""


def resolve_tests(stage: Stage, root: Map) -> tuple[SpecTest, ...]:
    """The tests of the environment in the order in which they are written."""
    tests = [_read_test(stage, name, node, place) for name, node, place in section(root, "tests")]
    return tuple(sorted((one for one in tests if one), key=lambda one: one.place[:3]))


def _read_test(stage: Stage, name: str, node: Map, place: Location) -> SpecTest | None:
    found = stage.context.found
    known = len(found.items)
    parameters = _read_parameters(stage, node)
    feeds = read_feeds(stage, node, parameters)
    lines = read_lines(stage, node, parameters)
    check_fed_once(stage, feeds, lines, parameters)
    wanted = [one for one, _ in items(node, "expect") if isinstance(one, Map)]
    read = [read_times(stage, one) for one in wanted]
    times = [one for one in read if one is not None]
    start = _read_start(stage, node)
    is_whole = len(found.items) == known and not stage.is_broken
    given = _read_length(stage, node)
    ends = [*(one.seconds for one in feeds), *map(_end_of, lines), *(one.last for one in times)]
    seconds = given or -(-max(ends, default=0) // _MINUTE) * _MINUTE
    if is_whole and not _check_length(stage, node, place, seconds, is_given=given is not None):
        return None
    if given is not None:
        _check_ends(stage, feeds, lines, given)
        for one in times:
            check_times(stage, one, given)
    expectations = [read_expectation(stage, one, seconds) for one in times]
    sound = [one for one in expectations if one is not None]
    if len(found.items) > known or len(sound) < len(wanted) or start is None or stage.is_broken:
        return None
    check_repetition(stage, sound)
    check_reading(stage, feeds, lines, sound, parameters)
    return SpecTest(
        name=name,
        start=start,
        seconds=seconds,
        parameters=tuple(sorted(parameters.items())),
        series=tuple(feed.fill(seconds) for feed in feeds),
        logs=tuple(lines),
        expectations=tuple(sound),
        source=node,
        place=place,
    )


def _read_parameters(stage: Stage, node: Map) -> dict[str, str]:
    """The values that are known: the test's own, the environment's, defaults."""
    values = known_values(stage.parameters.values())
    given = mapping(node, "parameters")
    for name, _, key_place, place in given.entries() if given is not None else ():
        assert given is not None
        if name not in stage.parameters:
            message = f'there is no parameter "{name}"'
            hint = suggest_name(name, stage.parameters)
            stage.context.found.error(rules.UNKNOWN_PARAMETER, message, key_place, hint=hint)
            continue
        values[name] = stage.context.read_word(given, name)
        check_value(stage.context, stage.parameters[name], values[name], place)
    return values


def _read_start(stage: Stage, node: Map) -> int | None:
    """When the test begins, in seconds since 1970."""
    found = stage.context.found
    written = stage.context.read_word(node, "start", _START)
    zone = stage.context.read_word(node, "timezone", "UTC")
    if zone not in TIME_ZONES:
        message = f'"{shorten(zone)}" is not a known time zone'
        hint = suggest_name(zone, TIME_ZONES)
        help_text = "" if hint else "such as UTC or Europe/Berlin"
        found.error(rules.BAD_TIME, message, node.place("timezone"), hint=hint, help=help_text)
        return None
    try:
        local = datetime.fromisoformat(written)
    except ValueError:
        message = f'"{written}" is not in the calendar'
        found.error(rules.BAD_TIME, message, node.place("start"))
        return None
    seconds = (
        local.replace(tzinfo=ZoneInfo(zone)) - datetime(1970, 1, 1, tzinfo=UTC)
    ).total_seconds()
    if seconds < 0:
        message = f'"{written}" is before 1970'
        found.error(rules.BAD_TIME, message, node.place("start"))
        return None
    return int(seconds)


def _read_length(stage: Stage, node: Map) -> int | None:
    seconds = read_duration(stage.context, node, "for")
    if seconds is not None and seconds % _MINUTE:
        message = "a test lasts whole minutes"
        stage.context.found.error(rules.BAD_TIME, message, node.place("for"))
    return seconds


def _check_length(
    stage: Stage, node: Map, place: Location, seconds: int, *, is_given: bool
) -> bool:
    if seconds == 0:
        message = "nothing says how long the test lasts"
        help_text = "add  for: 30m, or say how many values there are and when something is expected"
        stage.context.found.error(rules.BAD_TIME, message, place, help=help_text)
    if seconds > _LONGEST_SECONDS:
        message = f"the test lasts longer than {say_duration(_LONGEST_SECONDS)}"
        where = node.place("for") if is_given else place
        stage.context.found.error(rules.BAD_TIME, message, where)
    return 0 < seconds <= _LONGEST_SECONDS


def _end_of(one: LogLines) -> int:
    """The end of the minute of the last line."""
    last = one.start_seconds + (one.count - 1) * one.step_seconds
    return (last // _MINUTE + 1) * _MINUTE


def _check_ends(stage: Stage, feeds: list[Feed], lines: list[LogLines], seconds: int) -> None:
    """Report values and lines after the end of the test."""
    length = say_duration(seconds)
    help_text = "let the test last longer with  for, or leave some out"
    for feed in feeds:
        # The last value may end after the test, but not begin there.
        if feed.seconds - feed.step_seconds >= seconds and isinstance(feed.values, Values):
            step, end = say_duration(feed.step_seconds), say_duration(feed.seconds)
            message = f'"{feed.name}" has {feed.values.count:,} values, one every {step}, which last {end}; the test lasts {length}'
            stage.context.found.error(rules.BAD_TIME, message, feed.place, help=help_text)
    for line in lines:
        if _end_of(line) > seconds:
            message = f"lines are logged after the end of the test, which lasts {length}"
            stage.context.found.error(rules.BAD_TIME, message, line.place, help=help_text)

"""Quantities and durations: what an author writes, in the unit CloudWatch expects."""

from __future__ import annotations

import re
from dataclasses import dataclass

from watchspec.catalog.units import (
    CLOUDWATCH_UNITS,
    KIND_WORDS,
    WRITTEN_UNITS,
    Kind,
    UnitFacts,
)
from watchspec.diagnostics import Findings, Location, suggest_name
from watchspec.model.signals import Operator
from watchspec.model.source import Map
from watchspec.resolve import rules
from watchspec.resolve.context import Context

_NUMBER = re.compile(r"(\$?)\s*([-+]?[0-9][0-9,]*(?:\.[0-9]+)?|[-+]?\.[0-9]+)\s*([A-Za-z%]*)(/s)?")
_COMPARISON = re.compile(r"(>=|<=|>|<)\s*(.*)")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in the unit of a signal, and how to say it."""

    value: float
    words: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """A quantity and what is beyond it; without operator it is only a value."""

    operator: Operator | None
    quantity: Quantity


def parse_quantity(
    written: str | float, unit: str | None, place: Location, found: Findings
) -> Quantity | None:
    """The quantity in a CloudWatch unit, or None with a finding.

    A bare number is in the unit already. `unit` None or "None" takes bare numbers and money.
    """
    if isinstance(written, int | float):
        return Quantity(_exact(written), _join_words(_plain(written), _symbol(unit)))
    match = _NUMBER.fullmatch(written.strip())
    if match is None:
        found.error(
            rules.BAD_QUANTITY,
            f'"{written}" is not a quantity',
            place,
            help="write a number and its unit, such as 70%, 2 GiB, 10m, $60 or 50 ms",
        )
        return None
    dollar, digits, suffix, per_second = match.groups()
    number = _exact(float(digits.replace(",", "")))
    if not suffix and not dollar and not per_second:
        return Quantity(number, _join_words(_plain(number), _symbol(unit)))
    facts = UnitFacts("money") if dollar else _written_unit(suffix, per_second, place, found)
    if facts is None:
        return None
    value = _convert(number, facts, unit, written, place, found)
    if value is None:
        return None
    shown = f"${_plain(number)}" if dollar else _say(number, suffix, per_second or "")
    return Quantity(value, shown)


def read_quantity(context: Context, node: Map, key: str, unit: str | None) -> Quantity | None:
    """The quantity under a key, which must be known at compile time; None with a finding."""
    value, place = node[key], node.place(key)
    written = context.settle(value, place) if isinstance(value, str) else value
    assert isinstance(written, str | int | float)
    return parse_quantity(written, unit, place, context.found)


def parse_comparison(
    written: str | float, unit: str | None, place: Location, found: Findings
) -> Comparison | None:
    """A level: `> 70%`, or a bare quantity."""
    match = _COMPARISON.fullmatch(written.strip()) if isinstance(written, str) else None
    if match is None:
        quantity = parse_quantity(written, unit, place, found)
        return None if quantity is None else Comparison(None, quantity)
    operator, rest = match.groups()
    quantity = parse_quantity(rest, unit, place, found)
    return None if quantity is None else Comparison(operator, quantity)  # type: ignore[arg-type]  # the pattern admits the four operators only


def parse_duration(written: str, place: Location, found: Findings) -> int | None:
    """A duration in whole seconds, or None with a finding."""
    match = _NUMBER.fullmatch(written.strip())
    facts = WRITTEN_UNITS.get(match.group(3)) if match else None
    if match is None or facts is None or facts.kind != "time":
        message = f'"{written}" is not a duration'
        found.error(
            rules.BAD_QUANTITY, message, place, help="write it as 90s, 10m, 2 hours or 7 days"
        )
        return None
    seconds = float(match.group(2)) * facts.size
    if seconds <= 0 or seconds != int(seconds):
        message = f'"{written}" is not a whole number of seconds'
        found.error(rules.BAD_QUANTITY, message, place)
        return None
    return int(seconds)


def say_duration(seconds: int) -> str:
    """A duration in words, in the largest unit that fits: 10 minutes, 1 day."""
    for size, word in ((86400, "day"), (3600, "hour"), (60, "minute")):
        if seconds % size == 0:
            count = seconds // size
            return f"{count} {word}" + ("" if count == 1 else "s")
    return f"{seconds} second" + ("" if seconds == 1 else "s")


def _written_unit(
    suffix: str, per_second: str | None, place: Location, found: Findings
) -> UnitFacts | None:
    if not suffix:
        return UnitFacts("number", is_rate=bool(per_second))
    facts = WRITTEN_UNITS.get(suffix)
    if facts is None:
        hint = suggest_name(suffix, WRITTEN_UNITS)
        found.error(rules.BAD_QUANTITY, f'"{suffix}" is not a unit', place, hint=hint)
        return None
    return UnitFacts(facts.kind, facts.size, is_rate=bool(per_second))


def _convert(
    number: float,
    facts: UnitFacts,
    unit: str | None,
    written: str,
    place: Location,
    found: Findings,
) -> float | None:
    if unit in {None, "None"}:
        if facts.kind == "money":
            return number
        found.error(
            rules.UNKNOWN_UNIT,
            f'"{written}" has a unit, but the unit of the metric is not known',
            place,
            help='give the metric a "unit", such as Percent, Bytes or Milliseconds',
        )
        return None
    wanted = CLOUDWATCH_UNITS[str(unit)]
    if (wanted.kind, wanted.is_rate) != (facts.kind, facts.is_rate):
        found.error(
            rules.WRONG_KIND,
            f'"{written}" is {_say_kind(facts.kind, is_rate=facts.is_rate)}, but the metric is in {unit}',
            place,
            help=f"write {_say_kind(wanted.kind, is_rate=wanted.is_rate)}",
        )
        return None
    return _exact(round(number * facts.size / wanted.size, 9))


def _exact(number: float) -> float:
    """The number as an integer if it is one, so that a template says 70 and not 70.0."""
    return int(number) if number == int(number) else number


def _say_kind(kind: Kind, *, is_rate: bool) -> str:
    return KIND_WORDS[kind] + (" a second" if is_rate else "")


def _say(number: float, suffix: str, per_second: str) -> str:
    """A quantity as it is read: minutes, hours and days in full, all else as it is written."""
    facts = WRITTEN_UNITS.get(suffix)
    if facts is not None and facts.kind == "time" and facts.size > 1 and not per_second:
        seconds = number * facts.size
        return say_duration(int(seconds)) if seconds == int(seconds) else f"{seconds:g} seconds"
    return _join_words(_plain(number), f"{suffix}{per_second}")


def _symbol(unit: str | None) -> str:
    return {"Percent": "%", "Seconds": "s", "Milliseconds": "ms", "Bytes": "B"}.get(unit or "", "")


def _join_words(number: str, unit: str) -> str:
    return f"{number} {unit}" if unit else number


def _plain(number: float) -> str:
    return f"{number:,.10g}" if number == int(number) else f"{number:.10g}"

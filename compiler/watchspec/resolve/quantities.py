"""Quantities and durations: what an author writes, in the unit CloudWatch expects."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import cast

from watchspec.catalog.units import (
    CLOUDWATCH_UNITS,
    KIND_WORDS,
    WRITTEN_UNITS,
    Kind,
    UnitFacts,
)
from watchspec.diagnostics import Findings, Location, shorten, suggest_name
from watchspec.model.signals import Operator
from watchspec.model.source import Map
from watchspec.model.text import say_duration
from watchspec.resolve import rules
from watchspec.resolve.context import Context

_DIGITS = r"[-+]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)"
_NUMBER = re.compile(rf"({_DIGITS})\s*([A-Za-z%]*)(/s)?")
_MONEY = re.compile(rf"\$\s*({_DIGITS})")
_OPERATOR = re.compile(r">=|<=|>|<")
_LARGEST = 2.0**360
"""Values of metrics are between -2^360 and 2^360.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html (read 2026-11-24)
"""
_SIGNIFICANT_DIGITS = 15
"""So many are kept of a converted quantity, which leaves out what floating point adds."""
_SYMBOLS = {
    "Percent": "%",
    "Seconds": "s",
    "Milliseconds": "ms",
    "Microseconds": "us",
    "Bytes": "B",
    "Count": "",
    "Count/Second": "/s",
    "None": "",
}
_LONGEST_SECONDS = 10_000 * 86_400
"""Far more than the ten years for which CloudWatch Logs keeps lines."""
_TIMES = [word for word, facts in WRITTEN_UNITS.items() if facts.kind == "time"]


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
        return Quantity(exact(written), _join_words(_plain(written), _symbol(unit)))
    money = _MONEY.fullmatch(written.strip())
    match = money or _NUMBER.fullmatch(written.strip())
    if match is None:
        found.error(
            rules.BAD_QUANTITY,
            f'"{shorten(written)}" is not a quantity',
            place,
            help="write a number and its unit, such as 70%, 2 GiB, 10m, $60 or 1,000.5 ms",
        )
        return None
    suffix, per_second = ("", None) if money else match.group(2, 3)
    number = float(match.group(1).replace(",", ""))
    facts = UnitFacts("money") if money else _written_unit(suffix, per_second, place, found)
    if facts is None:
        return None
    is_bare = not (money or suffix or per_second)
    value = _convert(number, None if is_bare else facts, unit, written, place, found)
    if value is None:
        return None
    if is_bare:
        return Quantity(value, _join_words(_plain(number), _symbol(unit)))
    return Quantity(value, _say_money(number) if money else _say(number, suffix, per_second or ""))


def read_quantity(context: Context, node: Map, key: str, unit: str | None) -> Quantity | None:
    """The quantity under a key, which must be known at compile time; None with a finding."""
    value, place = node[key], node.place(key)
    written = context.try_settle(value, place) if isinstance(value, str) else value
    if written is None:
        return None
    assert isinstance(written, int | float | str)
    return parse_quantity(written, unit, place, context.found)


def read_duration(context: Context, node: Map, key: str, default: int | None = None) -> int | None:
    """The whole seconds under a key, or the default; None if there is neither, or with a finding."""
    if key not in node:
        return default
    written = context.try_settle(str(node[key]), node.place(key))
    return None if written is None else parse_duration(written, node.place(key), context.found)


def parse_comparison(
    written: str | float, unit: str | None, place: Location, found: Findings
) -> Comparison | None:
    """A level: `> 70%`, or a bare quantity."""
    match = _OPERATOR.match(written.strip()) if isinstance(written, str) else None
    operator = None if match is None else match.group()
    rest = written if match is None else match.string[match.end() :].strip()
    quantity = parse_quantity(rest, unit, place, found)
    return None if quantity is None else Comparison(cast("Operator | None", operator), quantity)


def parse_duration(written: str, place: Location, found: Findings) -> int | None:
    """A duration in whole seconds, or None with a finding."""
    match = _NUMBER.fullmatch(written.strip())
    facts = WRITTEN_UNITS.get(match.group(2)) if match else None
    if match is None or facts is None or facts.kind != "time" or match.group(3):
        message = f'"{shorten(written)}" is not a duration'
        hint = suggest_name(match.group(2), _TIMES) if match and not match.group(3) else ""
        help_text = "write it as 90s, 10m, 2 hours or 7 days"
        found.error(rules.BAD_QUANTITY, message, place, hint=hint, help=help_text)
        return None
    seconds = float(match.group(1).replace(",", "")) * facts.size
    problem = ""
    if seconds < 1:
        problem = "is shorter than a second"
    elif seconds > _LONGEST_SECONDS:
        problem = "is longer than anything lasts here"
    elif seconds != int(seconds):
        problem = "is not a whole number of seconds"
    if problem:
        found.error(rules.BAD_QUANTITY, f'"{shorten(written)}" {problem}', place)
        return None
    return int(seconds)


def _written_unit(
    suffix: str, per_second: str | None, place: Location, found: Findings
) -> UnitFacts | None:
    if not suffix:
        return UnitFacts("number", is_rate=bool(per_second))
    facts = WRITTEN_UNITS.get(suffix)
    if facts is None:
        hint = suggest_name(suffix, WRITTEN_UNITS)
        help_text = "" if hint else f"units: {', '.join(WRITTEN_UNITS)}"
        message = f'"{shorten(suffix)}" is not a unit'
        found.error(rules.BAD_QUANTITY, message, place, hint=hint, help=help_text)
        return None
    return UnitFacts(facts.kind, facts.size, is_rate=bool(per_second))


def _convert(
    number: float,
    facts: UnitFacts | None,
    unit: str | None,
    written: str,
    place: Location,
    found: Findings,
) -> float | None:
    """The number in a CloudWatch unit; without facts about its own unit it is in that one already."""
    if abs(number) * (facts.size if facts else 1) > _LARGEST:
        message = f'"{shorten(written)}" is beyond 2^360, the largest value of a metric'
        found.error(rules.BAD_QUANTITY, message, place)
        return None
    if facts is None:
        return exact(number)
    if unit in {None, "None"}:
        if facts.kind == "money":
            return exact(number)
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
    converted = number * facts.size / wanted.size
    return exact(float(f"{converted:.{_SIGNIFICANT_DIGITS}g}"))


def exact(number: float) -> float:
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


def _say_money(number: float) -> str:
    is_in_cents = number != int(number) and round(number, 2) == number
    return f"${number:,.2f}" if is_in_cents else f"${_plain(number)}"


def _symbol(unit: str | None) -> str:
    return _SYMBOLS.get(unit or "None", unit or "")


def _join_words(number: str, unit: str) -> str:
    return f"{number} {unit}" if unit and not unit.startswith("/") else f"{number}{unit}"


def _plain(number: float) -> str:
    return f"{int(number):,}" if number == int(number) else f"{number:.10g}"

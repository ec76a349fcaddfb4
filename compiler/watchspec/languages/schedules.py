"""Schedules of EventBridge rules and of mute rules: text in, times or what is wrong with them out.

Sources: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html and
https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Schedule.html (read 2026-11-24)
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from watchspec.diagnostics import shorten
from watchspec.languages.parsing import Problem
from watchspec.model.schedules import Cron

_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_WEEKDAYS = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")
_ITEM = re.compile(r"(\*|\?|[0-9]{1,9}|[A-Z]{3})(?:-([0-9]{1,9}|[A-Z]{3}))?(?:/([0-9]{1,9}))?")
_SPECIAL = re.compile(r"(?:[0-9]{1,2}|[A-Z]{3})?(?:L(?:-[0-9]{1,2})?|W|LW|#[1-5])")
_RATE = re.compile(r"rate\(([0-9]{1,9}) (minutes?|hours?|days?)\)")
_FIRST_DAY = date(2024, 1, 1)
_EIGHT_YEARS, _TWO_WEEKS = 8 * 365 + 2, 14
"""What starts at all starts twice in eight years; if only the day of the week counts, in two weeks."""
_DAY_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class _Part:
    """A field of a cron expression: its name, its least and largest value, and words for values."""

    name: str
    least: int
    most: int
    words: tuple[str, ...] = ()
    is_day: bool = False

    def number(self, word: str) -> int | None:
        """What a word stands for, None if it is not possible here."""
        if word in self.words:
            return self.words.index(word) + self.least
        return int(word) if word.isdigit() and self.least <= int(word) <= self.most else None


_MINUTE, _HOUR = _Part("minute", 0, 59), _Part("hour", 0, 23)
_DAY = _Part("day of the month", 1, 31, is_day=True)
_MONTH = _Part("month", 1, 12, _MONTHS)
_EVENT_PARTS = (
    _MINUTE, _HOUR, _DAY, _MONTH, _Part("day of the week", 1, 7, _WEEKDAYS, is_day=True),
    _Part("year", 1970, 2199),
)  # fmt: skip
_MUTE_PARTS = (*_EVENT_PARTS[:4], _Part("day of the week", 0, 7, _WEEKDAYS, is_day=True))


def read_event_schedule(text: str) -> Cron | Problem | None:
    """The times of a rule's schedule; None for a rate."""
    if text.startswith("cron(") and text.endswith(")"):
        fields = text[5:-1].split()
        cron = _read_cron(text, _EVENT_PARTS)
        if isinstance(cron, Cron) and "?" not in (fields[2], fields[4]):
            message = "one of the day of the month and the day of the week must be ?"
            return Problem(message, text.index("("))
        return cron
    match = _RATE.fullmatch(text)
    if match is None:
        return Problem("this is not rate(value unit) or cron(six fields)", 0)
    count, unit = int(match[1]), match[2]
    if count == 0:
        return Problem("a rate is at least one", match.start(1))
    if (count == 1) is unit.endswith("s"):
        wanted = unit.removesuffix("s") if count == 1 else f"{unit}s"
        return Problem(f"it is rate({count} {wanted})", match.start(2))
    return None


def read_mute_cron(text: str) -> Cron | Problem:
    """The times of a mute rule that comes again and again."""
    return _read_cron(text, _MUTE_PARTS)


def find_longest_gap(cron: Cron) -> int | None:
    """The most minutes between two starts; 0 = it never starts; None = left to AWS."""
    parts = (cron.minutes, cron.hours, cron.days, cron.months, cron.weekdays)
    if None in parts or (cron.counts_days and cron.counts_weekdays):
        return None  # whether both or one of the days must hold is not said
    minutes, hours, month_days, months, weekdays = (part or frozenset() for part in parts)
    times = sorted(hour * 60 + minute for hour in hours for minute in minutes)
    span = _EIGHT_YEARS if cron.counts_days or len(months) < len(_MONTHS) else _TWO_WEEKS
    days = []
    for number in range(span):
        day = _FIRST_DAY + timedelta(days=number)
        if day.month in months and day.day in month_days and day.isoweekday() % 7 in weekdays:
            days.append(number)
    if not days:
        return 0
    gaps = [later - sooner for sooner, later in pairwise(times)]
    nights = max(later - sooner for sooner, later in pairwise(days))
    return max([*gaps, nights * _DAY_MINUTES + times[0] - times[-1]])


def has_possible_day(cron: Cron) -> bool:
    """Whether some month has one of the days: no February has a 31st."""
    if cron.days is None or cron.months is None:
        return True
    return any(
        day <= monthrange(_FIRST_DAY.year, month)[1] for month in cron.months for day in cron.days
    )


def _read_cron(text: str, parts: tuple[_Part, ...]) -> Cron | Problem:
    fields = list(re.finditer(r"[^ ]+", text[5:-1]))
    if len(fields) != len(parts):
        names = ", ".join(part.name for part in parts)
        message = f"it has {len(fields)} fields; these are needed: {names}"
        return Problem(message, 0)
    values: list[frozenset[int] | None] = []
    for field, part in zip(fields, parts, strict=True):
        read = _read_field(field.group().upper(), 5 + field.start(), part)
        if isinstance(read, Problem):
            return read
        values.append(read)
    minutes, hours, days, months, weekdays = values[:5]
    if weekdays is not None:  # Sunday is 0 and 7, and 1 for EventBridge
        first = parts[4].least
        weekdays = frozenset((one - first) % 7 for one in weekdays)
    counts = [fields[index].group() not in {"*", "?"} for index in (2, 4)]
    return Cron(minutes, hours, days, months, weekdays, counts[0], counts[1])


def _read_field(text: str, offset: int, part: _Part) -> frozenset[int] | Problem | None:
    values: set[int] = set()
    is_special = False
    for item in text.split(","):
        match = _ITEM.fullmatch(item)
        if match is None and part.is_day and _SPECIAL.fullmatch(item):
            is_special = True
        elif match is None:
            return Problem(f'"{shorten(item)}" is no {part.name}', offset)
        else:
            read = _read_item(match, part)
            if isinstance(read, Problem):
                return Problem(read.message, offset + read.offset)
            values |= read
        offset += len(item) + 1
    return None if is_special else frozenset(values)


def _read_item(match: re.Match[str], part: _Part) -> set[int] | Problem:
    first, last, step = match.groups()
    if first == "?" and not part.is_day:
        return Problem(f"? is only for days, not for the {part.name}", 0)
    if step is not None and int(step) == 0:
        return Problem("a step is at least one", match.start(3))
    ends = []
    for word, start in ((first, 0), (last, match.start(2))):
        if word is None or word in {"*", "?"}:
            continue
        number = part.number(word)
        if number is None:
            span = f"from {part.least} to {part.most}"
            return Problem(f'"{word}" is no {part.name}, which is {span}', start)
        ends.append(number)
    everything = list(range(part.least, part.most + 1))
    low = ends[0] if ends else part.least
    high = ends[-1] if last is not None else (part.most if step or not ends else low)
    span_values = [one for one in everything if low <= one <= high]
    if high < low:  # round the corner, as from FRI to MON
        span_values = [one for one in everything if one >= low] + [
            one for one in everything if one <= high
        ]
    return set(span_values[:: int(step or 1)])

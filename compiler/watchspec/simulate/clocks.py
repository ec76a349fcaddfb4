"""Time zones, and the periods of a calendar in them.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation-window.html (read 2026-11-24)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

import numpy as np

from watchspec.catalog.time_zones import TIME_ZONES
from watchspec.simulate.data import Times, UnsupportedError

_OFFSET = re.compile(r"(?:UTC|GMT)?([+-])([0-9]{2}):([0-9]{2})")
_MOST_MINUTES = 14 * 60
_FIVE_MINUTES, _HOUR, _DAY, _WEEK = 300, 3_600, 86_400, 604_800
CALENDAR_PERIODS = frozenset({60, _FIVE_MINUTES, _HOUR, _DAY, _WEEK})
"""The periods that a calendar has."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Periods of a calendar, each from one edge to the next; with the clocks their lengths change."""

    edges: Times

    @property
    def size(self) -> int:
        """How many periods there are."""
        return len(self.edges) - 1

    def places(self, times: Times) -> Times:
        """In which period each time is; -1 or `size` = in none."""
        return np.searchsorted(self.edges, times, side="right") - 1

    def newest(self, ends: Times) -> Times:
        """The newest period that is over at each time."""
        return self.places(ends) - 1

    def width(self, _period_seconds: int) -> int:
        """How many steps a period has."""
        return 1

    def begins(self, places: Times, _period_seconds: int) -> Times:
        """When the period at each place begins."""
        return self.edges[np.maximum(places, 0)]


def read_zone(text: str) -> tzinfo:
    """A time zone by its name (`Europe/Berlin`) or offset (`+05:30`, `UTC+05:30`, `Z`)."""
    offset = _OFFSET.fullmatch(text)
    if text == "Z":
        return UTC
    if offset is not None:
        minutes = int(offset[2]) * 60 + int(offset[3])
        if minutes % 5 == 0 and minutes <= _MOST_MINUTES:
            return timezone(timedelta(minutes=minutes if offset[1] == "+" else -minutes))
    elif text in TIME_ZONES:
        return ZoneInfo(text)
    raise UnsupportedError(f'"{text}" is not a known time zone')


def make_calendar(zone: tzinfo, period_seconds: int, start: int, end: int) -> Calendar:
    """The periods of a calendar, from one that begins before `start` to that in which `end` is.

    Hours begin when the clock shows a full hour, days and weeks with their first moment.
    """
    if period_seconds <= _FIVE_MINUTES:  # offsets are whole multiples of five minutes
        first = start - start % period_seconds - period_seconds
        return Calendar(np.arange(first, end + period_seconds + 1, period_seconds))
    edges = list(_find_edges(zone, period_seconds, start - 2 * period_seconds, end))
    after = next(_find_edges(zone, period_seconds, edges[-1] + _FIVE_MINUTES, None))
    return Calendar(np.array([*edges, after]))


def _find_edges(zone: tzinfo, period_seconds: int, start: int, end: int | None) -> Iterator[int]:
    """The edges from a time on, up to and with another."""
    time = start - start % _FIVE_MINUTES
    label = _label(zone, period_seconds, time - _FIVE_MINUTES)
    while end is None or time <= end:
        previous, label = label, _label(zone, period_seconds, time)
        if label != previous:
            yield time
        time += _FIVE_MINUTES


def _label(zone: tzinfo, period_seconds: int, time: int) -> object:
    """What the period of a time is called; a full hour that comes twice has two names."""
    local = datetime.fromtimestamp(time, zone)
    if period_seconds == _HOUR:
        return time - local.minute * 60 - local.second
    return local.date() if period_seconds == _DAY else local.isocalendar()[:2]

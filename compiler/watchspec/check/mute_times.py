"""The dates of a mute rule."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from watchspec.model.alarms import MuteRule


def times_of(mute: MuteRule) -> Iterator[tuple[str, str]]:
    """The key and the text of each date: its start, its end, and when it begins if it does once."""
    if mute.start is not None:
        yield "start", mute.start
    if mute.end is not None:
        yield "end", mute.end
    if mute.schedule.startswith("at("):
        yield "schedule", mute.schedule[3:-1]


def read_time(written: str) -> datetime | None:
    """A date and a time, in the time zone of the rule; None if the calendar has no such."""
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        return None

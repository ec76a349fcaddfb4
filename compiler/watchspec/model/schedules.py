"""When something begins again and again, as it was read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cron:
    """The minutes, hours, days of the month, months and days of the week (Sunday = 0) of a schedule.

    None = a form that is left to AWS (`L`, `W`, `#`). `counts_weekdays` says whether the days of the
    week limit it, `counts_days` whether those of the month do.
    """

    minutes: frozenset[int] | None
    hours: frozenset[int] | None
    days: frozenset[int] | None
    months: frozenset[int] | None
    weekdays: frozenset[int] | None
    counts_days: bool
    counts_weekdays: bool

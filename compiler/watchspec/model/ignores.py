"""What people have asked to hear nothing of, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from watchspec.diagnostics import Diagnostic, Location

Position: TypeAlias = tuple[int, int]
"""A line and a column, both one-based."""


class Extent(NamedTuple):
    """A stretch of a file: from `start` to just before `end`."""

    file: str
    start: Position
    end: Position


@dataclass(frozen=True, slots=True)
class Ignore:
    """A rule that is not to be heard of up to a day, why, and where.

    `until` is an ISO date, the last such day. The findings meant are those in `extent`, the thing the
    ignore stands in; without one, those in files whose path matches `pattern`.
    """

    rule: str
    reason: str
    until: str
    place: Location
    until_place: Location
    extent: Extent | None = None
    pattern: str = "*"


class Suppressed(NamedTuple):
    """A finding that is not shown, by whose word, and why."""

    finding: Diagnostic
    by: Literal["spec", "project", "baseline"]
    reason: str

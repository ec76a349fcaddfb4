"""States in, numbers out: how often an alarm went off, for how long, and whether it was right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

import numpy as np

from watchspec.model.backtests import SHIFT_SECONDS, Conduct, Detection, Incident, Pages
from watchspec.simulate.data import Times
from watchspec.simulate.judging import Bools, Codes, State
from watchspec.simulate.statistics import Grid

_HOUR_SECONDS = 3600

Spans: TypeAlias = Times
"""Rows of start and end."""


def describe_conduct(
    key: str, codes: Codes, grid: Grid, incidents: Sequence[Incident]
) -> tuple[Conduct, Spans]:
    """What an alarm did, and the times in which it was in ALARM."""
    spans = find_spans(codes == State.ALARM, grid)
    lengths = spans[:, 1] - spans[:, 0]
    places = np.flatnonzero(np.diff(codes)) + 1
    quiet = find_spans(codes != State.ALARM, grid)
    end = grid.start + grid.size * grid.step
    if len(quiet) and codes[0] != State.ALARM:
        quiet[0, 0] = grid.start
    conduct = Conduct(
        fires=len(spans),
        alarm_seconds=int(lengths.sum()),
        longest_seconds=int(lengths.max(initial=0)),
        quiet_seconds=int((quiet[:, 1] - quiet[:, 0]).max(initial=0))
        if len(spans)
        else end - grid.start,
        changes_an_hour=count_most(places * grid.step, _HOUR_SECONDS),
        detection=_detect(key, spans, incidents) if incidents else None,
    )
    return conduct, spans


def count_pages(times: Iterable[int], seconds: int) -> Pages:
    """Of the times at which somebody was told, in so many seconds."""
    ordered = np.sort(np.fromiter(times, dtype=np.int64))
    shifts = max(seconds / SHIFT_SECONDS, 1)
    return Pages(len(ordered), count_most(ordered, SHIFT_SECONDS), len(ordered) / shifts)


def find_spans(flags: Bools, grid: Grid) -> Spans:
    """When something begins to be so and when it ends; what is so at the end ends with the grid."""
    return grid.start + np.minimum(_find_runs(flags) + 1, grid.size) * grid.step


def count_most(times: Times, seconds: int) -> int:
    """The most of the times, in rising order, that lie within so many seconds."""
    ends = np.searchsorted(times, times + seconds, side="left")
    return int((ends - np.arange(len(times))).max(initial=0))


def concerns(incident: Incident, key: str) -> bool:
    """Whether an alarm is to tell of an incident."""
    return not incident.alarms or key in incident.alarms


def first_told(spans: Spans, incident: Incident) -> int | None:
    """When an alarm was first in ALARM during an incident; None if it never was."""
    overlaps = (spans[:, 0] <= incident.end) & (spans[:, 1] > incident.start)
    found = spans[overlaps, 0]
    return max(int(found[0]), incident.start) if len(found) else None


def _detect(key: str, spans: Spans, incidents: Sequence[Incident]) -> Detection:
    delays: list[int] = []
    missed: list[str] = []
    is_true = np.zeros(len(spans), dtype=np.bool_)
    for incident in incidents:
        if concerns(incident, key):
            is_true |= (spans[:, 0] <= incident.end) & (spans[:, 1] > incident.start)
            told = first_told(spans, incident)
            if told is None:
                missed.append(incident.name)
            else:
                delays.append(told - incident.start)
    return Detection(tuple(delays), tuple(missed), int((~is_true).sum()))


def longest_run(flags: Bools) -> int:
    """How many flags in a row are true."""
    runs = _find_runs(flags)
    return int((runs[:, 1] - runs[:, 0]).max(initial=0))


def _find_runs(flags: Bools) -> Times:
    """Rows of places: from where flags are true, up to where they are no more."""
    return np.flatnonzero(np.diff(flags, prepend=False, append=False)).reshape(-1, 2)

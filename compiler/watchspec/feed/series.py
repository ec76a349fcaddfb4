"""Times and values as they come, made into samples: in order, one a time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from watchspec.diagnostics import Findings, Location, shorten
from watchspec.feed import rules
from watchspec.simulate.data import RAW, Floats, Samples, Times

RAW_WORD = "raw"
"""In place of a statistic: each value was sent like that, and several at one time are several."""


@dataclass(frozen=True, slots=True)
class Tidied:
    """Samples, how many times have two different values, and the row of the first that counts."""

    samples: Samples
    conflicts: int
    row: int


def tidy(times: Times, values: Floats, statistic: str) -> Tidied:
    """Rows in any order, NaN = no value; of two values at one time the later row counts."""
    rows: NDArray[np.int64] | None = None
    is_there = ~np.isnan(values)
    if not is_there.all():
        rows = np.flatnonzero(is_there)
        times, values = times[rows], values[rows]
    steps = np.diff(times)
    if np.any(steps < 0):
        order = np.argsort(times, kind="stable")
        rows = order if rows is None else rows[order]
        times, values = times[order], values[order]
        steps = np.diff(times)
    same = steps == 0
    if statistic == RAW_WORD or not same.any():
        return Tidied(Samples(times, values), 0, 0)
    differs = np.flatnonzero(same & (np.diff(values) != 0))
    first = int(differs[0]) + 1 if len(differs) else 0
    keep = np.append(~same, True)
    row = first if rows is None else int(rows[first])
    return Tidied(Samples(times[keep], values[keep]), len(differs), row)


def merge(samples: list[Samples], statistic: str) -> Tidied:
    """Samples of several files or pages as one; of two values at one time the later file's counts."""
    if len(samples) == 1:
        return Tidied(samples[0], 0, 0)
    times = np.concatenate([one.times for one in samples])
    values = np.concatenate([one.values for one in samples])
    return tidy(times, values, statistic)


def key_of(statistic: str) -> str:
    """What the data of a statistic is found under."""
    return RAW if statistic == RAW_WORD else statistic


@dataclass(slots=True)
class Conflicts:
    """The series of a file with two values at one time, told of in one finding."""

    first: tuple[str, int, Location] | None = None
    others: int = 0

    def note(self, name: str, tidied: Tidied, place: Location) -> None:
        """Remember a series, if it is one of them."""
        if tidied.conflicts and self.first is None:
            self.first = name, tidied.conflicts, place
        elif tidied.conflicts:
            self.others += 1

    def report(self, found: Findings) -> None:
        """Tell of the first and count the others."""
        if self.first is None:
            return
        name, count, place = self.first
        later = "" if count == 1 else f" and at {count - 1:,} later ones"
        others = f"; so {'has' if self.others == 1 else 'have'} {self.others:,} more"
        message = (
            f'"{shorten(name)}" has two values at this time{later}{others if self.others else ""}'
        )
        found.warn(rules.CONFLICTING_VALUES, message, place, help="the last value counts")

"""Which state an alarm has after each data point: M of N, and what a missing point means.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html (read 2026-11-24)
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from watchspec.model.alarms import MissingData, Window
from watchspec.simulate.options import Options

Bools: TypeAlias = NDArray[np.bool_]
Codes: TypeAlias = NDArray[np.int8]
Counts: TypeAlias = NDArray[np.int64]


class State(IntEnum):
    """The state of an alarm."""

    OK = 0
    ALARM = 1
    INSUFFICIENT_DATA = 2


_KEEP = -1
"""The state stays what it was."""


@dataclass(frozen=True, slots=True)
class _Tally:
    """Of the data points CloudWatch looks at.

    How many there are, how many breach, how many of the newest N breach, and how many slots ago
    the oldest breach was.
    """

    points: Counts
    bad: Counts
    newest_bad: Counts
    age: Counts


def judge(
    breaches: Bools, exists: Bools, window: Window, missing: MissingData, options: Options
) -> Codes:
    """The state after each slot, oldest first; -1 = as before.

    breaches, exists: one value a slot, oldest first: whether its data point breaches, whether it
    has one. Before the first slot there is no data.
    """
    ends = np.arange(1, len(exists) + 1)
    span = window.evaluation_periods + options.extra_slots
    starts = np.maximum(ends - span, 0)
    points = _count(exists, starts, ends)
    bad = _count(breaches, starts, ends)
    surplus = points - window.evaluation_periods
    oldest_bad = _count_oldest(breaches, exists, starts, surplus, options.extra_slots)
    tally = _Tally(points, bad, bad - oldest_bad, ends - _next_true(breaches)[starts])
    return _decide(tally, window, missing, options)


def judge_requests(
    breaches: Bools, exists: Bools, window: Window, missing: MissingData, options: Options
) -> Codes:
    """The state after each of several requests, one a row; -1 = as before.

    breaches, exists: in each row the slots of its request, oldest first.
    """
    newer = np.cumsum(exists[:, ::-1], axis=1)[:, ::-1]
    newest_bad = np.sum(breaches & (newer <= window.evaluation_periods), axis=1)
    first = np.where(np.any(breaches, axis=1), np.argmax(breaches, axis=1), breaches.shape[1])
    tally = _Tally(
        np.sum(exists, axis=1), np.sum(breaches, axis=1), newest_bad, breaches.shape[1] - first
    )
    return _decide(tally, window, missing, options)


def _decide(tally: _Tally, window: Window, missing: MissingData, options: Options) -> Codes:
    enough = window.datapoints_to_alarm
    gap = window.evaluation_periods - tally.points
    if missing in {"missing", "ignore"}:
        sparse = _decide_sparse(tally, enough, options, keeps=missing == "ignore")
    else:
        filled = gap if missing == "breaching" else 0
        sparse = np.where(tally.bad + filled >= enough, State.ALARM, State.OK)
    full = np.where(tally.newest_bad >= enough, State.ALARM, State.OK)
    return np.where(gap <= 0, full, sparse).astype(np.int8)


def lay_out(flags: Bools, width: int, span: int) -> Bools:
    """Slots that are looked at every `width` steps: one phase after another, `span` empty between."""
    rows = -(-len(flags) // width)
    table = np.zeros((width, span + rows), dtype=np.bool_)
    table[:, span:] = (
        np.append(flags, np.zeros(rows * width - len(flags), bool)).reshape(-1, width).T
    )
    return table.reshape(-1)


def take_back(codes: Codes, width: int, span: int) -> Codes:
    """What was made of slots that were laid out, in their own order."""
    return codes.reshape(width, -1)[:, span:].T.reshape(-1)


def settle(codes: Codes, before: State = State.INSUFFICIENT_DATA) -> Codes:
    """The same with every -1 as the state that came before it."""
    known = np.where(codes == _KEEP, -1, np.arange(len(codes)))
    latest = np.maximum.accumulate(known) if len(codes) else known
    return np.where(latest < 0, np.int8(before), codes[latest])


def _decide_sparse(tally: _Tally, enough: int, options: Options, *, keeps: bool) -> Counts:
    """Fewer than N data points, and nothing in place of those that are missing.

    The alarm goes off early if all there is are breaches and the first of them is M slots old.
    """
    silent = _KEEP if keeps else State.INSUFFICIENT_DATA
    waiting = _KEEP if keeps or options.too_early == "keep" else State.INSUFFICIENT_DATA
    return np.select(
        [tally.points == 0, tally.bad >= enough, tally.points > tally.bad, tally.age >= enough],
        [silent, State.ALARM, State.OK, _KEEP if keeps else State.ALARM],
        waiting,
    )


def _count(flags: Bools, starts: Counts, ends: Counts) -> Counts:
    sums = np.concatenate(([0], np.cumsum(flags)))
    counted: Counts = sums[ends] - sums[starts]
    return counted


def _count_oldest(
    breaches: Bools, exists: Bools, starts: Counts, surplus: Counts, most: int
) -> Counts:
    """How many of the oldest `surplus` data points from each start breach."""
    next_point = _next_true(exists)
    padded = np.append(breaches, False)
    counted = np.zeros(len(starts), dtype=np.int64)
    at = starts
    for number in range(most):
        first = next_point[at]
        counted += padded[first] & (surplus > number)
        at = np.minimum(first + 1, len(exists))
    return counted


def _next_true(flags: Bools) -> Counts:
    """For each place (and the one behind the last) the first place from there on that is true."""
    places = np.where(flags, np.arange(len(flags)), len(flags))
    nearest = np.minimum.accumulate(places[::-1])[::-1] if len(flags) else places
    return np.append(nearest, len(flags))

"""Statistics of samples: one value for each slot that ends at a step of the grid.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html (read 2026-11-24)
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from watchspec.model.signals import PLAIN_STATISTICS
from watchspec.simulate.clocks import Calendar
from watchspec.simulate.data import Floats, Samples, Times

_SHORT = re.compile(r"(p|tm|tc|ts|wm)([0-9.]+)")
_LONG = re.compile(r"(TM|TC|TS|WM|PR)\((?:([0-9.]+)(%?))?:(?:([0-9.]+)(%?))?\)")
_MOST_VALUES_AT_ONCE = 4_000_000
"""Windows are cut out in blocks of so many values, so that memory stays bounded."""
_Number = TypeVar("_Number", np.int64, np.float64)


@dataclass(frozen=True, slots=True)
class Grid:
    """The times at which alarms look: `size` steps of `step` seconds, the first ends at start + step."""

    start: int
    step: int
    size: int

    @property
    def ends(self) -> Times:
        """When each step ends."""
        return self.start + self.step * np.arange(1, self.size + 1)

    def places(self, times: Times) -> Times:
        """In which step each time is; less than 0, or `size` and more = in none."""
        return (times - self.start) // self.step

    def newest(self, ends: Times) -> Times:
        """The newest step that is over at each time."""
        return self.places(ends) - 1

    def width(self, period_seconds: int) -> int:
        """How many steps a period has."""
        return period_seconds // self.step

    def begins(self, places: Times, period_seconds: int) -> Times:
        """When the period begins that ends with the step at each place."""
        return self.start + self.step * (places + 1) - period_seconds


Slots: TypeAlias = "Grid | Calendar"
"""The periods of an alarm: those that end with each step of a grid, or those of a calendar."""


def slot_values(samples: Samples, statistic: str, period_seconds: int, grid: Slots) -> Floats:
    """One value for each step: the statistic of the period that ends there, NaN without samples.

    The period is a whole number of steps; a sample at its very end belongs to the next one.
    """
    bins = grid.places(samples.times)
    inside = (bins >= 0) & (bins < grid.size)
    bins, values = bins[inside], samples.values[inside]
    width = grid.width(period_seconds)
    if statistic in PLAIN_STATISTICS:
        return _plain(statistic, bins, values, width, grid.size)
    firsts = np.searchsorted(bins, np.arange(grid.size + 1))
    starts = np.maximum(np.arange(grid.size) - width + 1, 0)
    return _over_windows(values, firsts[starts], firsts[1:], _reducer(statistic))


def _plain(statistic: str, bins: Times, values: Floats, width: int, size: int) -> Floats:
    """A statistic that is worked out for each step, and then for the steps of each period."""
    counts = _slide(np.bincount(bins, minlength=size), width, np.add, 0)
    exists = np.where(counts == 0, np.nan, counts)
    if statistic == "SampleCount":
        return exists
    if statistic in _EXTREMES:
        join, nothing = _EXTREMES[statistic]
        firsts = np.flatnonzero(np.diff(bins, prepend=-1))
        steps = np.full(size, nothing)
        if len(bins):
            steps[bins[firsts]] = join.reduceat(values, firsts)
        return np.where(counts == 0, np.nan, _slide(steps, width, join, nothing))
    sums = _slide(np.bincount(bins, values, minlength=size), width, np.add, 0)
    return sums / exists if statistic == "Average" else np.where(counts == 0, np.nan, sums)


_EXTREMES = {"Minimum": (np.minimum, math.inf), "Maximum": (np.maximum, -math.inf)}


def _slide(
    values: NDArray[_Number], width: int, join: np.ufunc, nothing: float
) -> NDArray[_Number]:
    """Each value joined with those before it, `width` values in all."""
    joined = np.full_like(values, nothing)
    block, length, done = values, 1, 0  # each value with those before it, `length` in all
    while width:
        if width % 2:
            joined = join(joined, _shift(block, done, nothing))
            done += length
        block = join(block, _shift(block, length, nothing))
        length, width = 2 * length, width // 2
    return joined


def _shift(values: NDArray[_Number], by: int, nothing: float) -> NDArray[_Number]:
    shifted = np.full_like(values, nothing)
    shifted[by:] = values[: max(len(values) - by, 0)]
    return shifted


Reducer: TypeAlias = Callable[[Floats], Floats]
"""Rows of samples (NaN = none) in, one value a row out; each row has a sample."""


def _over_windows(values: Floats, starts: Times, ends: Times, reduce: Reducer) -> Floats:
    """The reduction of the values from each start to its end, the longest first."""
    lengths = ends - starts
    order = np.argsort(-lengths, kind="stable")[: np.count_nonzero(lengths)]
    reduced = np.full(len(lengths), np.nan)
    while len(order):
        depth = int(lengths[order[0]])
        number = max(_MOST_VALUES_AT_ONCE // depth, 1)
        rows, order = order[:number], order[number:]
        places = starts[rows, None] + np.arange(depth)
        if lengths[rows[-1]] == depth:
            reduced[rows] = reduce(values[places])
        else:
            is_in = places < ends[rows, None]
            reduced[rows] = reduce(np.where(is_in, values[np.where(is_in, places, 0)], np.nan))
    return reduced


def _reducer(statistic: str) -> Reducer:
    reduce = _extended_reducer(statistic)

    def reduce_positive(rows: Floats) -> Floats:
        """Where a value is negative there are no such statistics; AWS says so of a whole metric."""
        return np.where(np.any(rows < 0, axis=1), np.nan, reduce(rows))

    return reduce_positive


def _extended_reducer(statistic: str) -> Reducer:
    if statistic == "IQM":
        return lambda rows: _trim("TM", rows, 0.25, 0.75)
    short = _SHORT.fullmatch(statistic)
    if short is not None:
        kind, share = short[1].upper(), float(short[2]) / 100
        if kind == "P":
            return lambda rows: _percentile(rows, share)
        return lambda rows: _trim(kind, rows, 0, share)
    long = _LONG.fullmatch(statistic)
    assert long is not None, statistic
    kind, low, low_unit, high, high_unit = long.groups()
    if "%" in {low_unit, high_unit}:
        shares = float(low or 0) / 100, float(high or 100) / 100
        return lambda rows: _trim(kind, rows, *shares)
    bounds = float(low or -math.inf), float(high or math.inf)
    return lambda rows: _cut(kind, rows, *bounds)


def _count(rows: Floats) -> Floats:
    counts: Floats = np.sum(~np.isnan(rows), axis=1).astype(np.float64)
    counts[counts == 0] = np.nan
    return counts


def _sum(rows: Floats) -> Floats:
    return np.where(np.isnan(_count(rows)), np.nan, np.nansum(rows, axis=1))


def _percentile(rows: Floats, share: float) -> Floats:
    """The largest of the lowest values that make up a share of all; AWS documents no interpolation."""
    ordered, counts = np.sort(rows, axis=1), _count(rows)
    places = np.ceil(np.nan_to_num(counts) * share - 1e-9).astype(np.int64) - 1
    picked: Floats = np.take_along_axis(ordered, np.maximum(places, 0)[:, None], axis=1)[:, 0]
    return picked


def _trim(kind: str, rows: Floats, low: float, high: float) -> Floats:
    """Of the values in order, those from one share of them to another; the outermost count in part."""
    ordered, counts = np.sort(rows, axis=1), _count(rows)
    ranks = np.arange(rows.shape[1])
    weights = np.clip(
        np.minimum(ranks + 1, high * counts[:, None]) - np.maximum(ranks, low * counts[:, None]),
        0,
        None,
    )
    filled = np.nan_to_num(ordered)
    kept: Floats = counts * (high - low)
    total: Floats = np.sum(filled * weights, axis=1)
    match kind:
        case "TC":
            return kept
        case "TS":
            return np.where(np.isnan(counts), np.nan, total)
        case "TM":
            return total / np.where(kept > 0, kept, np.nan)
        case _:
            bottom, top = _percentile(rows, max(low, 1e-9)), _percentile(rows, high)
            outer = bottom * counts * low + top * counts * (1 - high)
            return (total + outer) / counts


def _cut(kind: str, rows: Floats, low: float, high: float) -> Floats:
    """Of the values those above one bound, up to the other."""
    counts = _count(rows)
    inside = (rows > low) & (rows <= high)
    kept: Floats = np.sum(inside, axis=1).astype(np.float64)
    total: Floats = np.sum(np.where(inside, rows, 0), axis=1)
    match kind:
        case "PR":
            return 100 * kept / counts
        case "TC":
            return np.where(np.isnan(counts), np.nan, kept)
        case "TS":
            return np.where(np.isnan(counts), np.nan, total)
        case "TM":
            return total / np.where(kept > 0, kept, np.nan)
        case _:
            return _sum(np.clip(rows, low, high)) / counts

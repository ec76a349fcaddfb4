"""Statistics of samples: one value for each slot that ends at a step of the grid.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html (read 2026-11-24)
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from watchspec.simulate.clocks import Calendar
from watchspec.simulate.data import Floats, Samples, Times

_SHORT = re.compile(r"(p|tm|tc|ts|wm)([0-9.]+)")
_LONG = re.compile(r"(TM|TC|TS|WM|PR)\((?:([0-9.]+)(%?))?:(?:([0-9.]+)(%?))?\)")
_MOST_VALUES_AT_ONCE = 4_000_000
"""Windows are cut out in blocks of so many values, so that memory stays bounded."""


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
    counts = np.bincount(bins, minlength=grid.size)
    depth = int(counts.max(initial=0))
    table = np.full((grid.size, max(depth, 1)), np.nan)
    firsts = np.concatenate(([0], np.cumsum(counts)))[:-1]
    table[bins, np.arange(len(bins)) - firsts[bins]] = values
    width = grid.width(period_seconds)
    if depth <= 1 and width == 1 and statistic in _ALIKE_OF_ONE:
        return table[:, 0]
    return _over_windows(table, width, _reducer(statistic))


_ALIKE_OF_ONE = frozenset(("Average", "Sum", "Minimum", "Maximum"))
"""What one sample is, whatever is asked of it."""

Reducer: TypeAlias = Callable[[Floats], Floats]
"""Rows of samples (NaN = none) in, one value a row out; a row without samples gives NaN."""


def _over_windows(table: Floats, width: int, reduce: Reducer) -> Floats:
    """The reduction of each row together with those before it, `width` rows in all."""
    size, depth = table.shape
    padded = np.concatenate((np.full((width - 1, depth), np.nan), table))
    windows = sliding_window_view(padded, width, axis=0).reshape(size, depth, width)
    block = max(_MOST_VALUES_AT_ONCE // (width * depth), 1)
    return np.concatenate(
        [
            reduce(np.ascontiguousarray(windows[at : at + block]).reshape(-1, depth * width))
            for at in range(0, size, block)
        ]
        or [np.empty(0)]
    )


def _reducer(statistic: str) -> Reducer:
    if statistic in _PLAIN:
        return _PLAIN[statistic]
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


_PLAIN: dict[str, Reducer] = {
    "Average": lambda rows: _sum(rows) / _count(rows),
    "Sum": _sum,
    "Minimum": lambda rows: np.fmin.reduce(rows, axis=1),
    "Maximum": lambda rows: np.fmax.reduce(rows, axis=1),
    "SampleCount": _count,
}


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

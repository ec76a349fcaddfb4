"""What metric math calculates with: numbers, series, and several series.

A series is an array whose last axis is time, oldest first, NaN = no data point; other axes are requests
that are made at different times. So one evaluation serves a whole history, and each of a number of
requests that see only their own few data points.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from watchspec.simulate.data import Floats, Times


@dataclass(frozen=True, slots=True)
class Scalar:
    """One number for each request; the last axis has length one."""

    values: Floats


@dataclass(frozen=True, slots=True)
class Series:
    """One time series."""

    values: Floats


@dataclass(frozen=True, slots=True)
class Several:
    """Several time series."""

    items: tuple[Floats, ...]


Value: TypeAlias = "Scalar | Series | Several"


@dataclass(frozen=True, slots=True)
class Inputs:
    """What an expression is over: values by id, which of them are metrics, and the time of each point.

    times: seconds since 1970 at which the slots begin, in the shape of a series.
    """

    values: Mapping[str, Value]
    metrics: tuple[str, ...]
    times: Times
    period_seconds: int

    @property
    def nothing(self) -> Floats:
        """A series without data points."""
        return np.full(self.times.shape, np.nan)

    def spread(self, values: Floats) -> Floats:
        """Numbers as constant series; series as they are."""
        return np.broadcast_to(values, self.times.shape)


def items_of(value: Value) -> tuple[Floats, ...]:
    """The series of a value, or its number."""
    return value.items if isinstance(value, Several) else (value.values,)


def clean(values: Floats) -> Floats:
    """Without what CloudWatch has no number for."""
    return np.where(np.isfinite(values), values, np.nan)


def map_value(function: Callable[[Floats], Floats], value: Value) -> Value:
    """The same kind of value, each series or number changed by itself."""
    with np.errstate(all="ignore"):
        match value:
            case Several():
                return Several(tuple(clean(function(one)) for one in value.items))
            case Series():
                return Series(clean(function(value.values)))
            case _:
                return Scalar(clean(function(value.values)))


def last_point(values: Floats) -> NDArray[np.int64]:
    """For each place the nearest place from there back that has a point, -1 if none has."""
    places = np.where(np.isnan(values), -1, np.arange(values.shape[-1]))
    latest: NDArray[np.int64] = np.maximum.accumulate(places, axis=-1)
    return latest

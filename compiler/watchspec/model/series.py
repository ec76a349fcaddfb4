"""The values of a series as an author writes them: `50x5 85x20 _x10`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Gap:
    """No data points."""


@dataclass(frozen=True, slots=True)
class Steps:
    """`first`, then each time `step` more."""

    first: float
    step: float


@dataclass(frozen=True, slots=True)
class Ramp:
    """From one value to another in equal steps, both included."""

    first: float
    last: float


@dataclass(frozen=True, slots=True)
class Wave:
    """Up and down between two values, lowest at midnight UTC; one period is `period_seconds` long."""

    low: float
    high: float
    period_seconds: int


@dataclass(frozen=True, slots=True)
class Noise:
    """Values around a mean, normally distributed; the same seed gives the same values."""

    mean: float
    deviation: float
    seed: int


Shape: TypeAlias = "Gap | Steps | Ramp | Wave | Noise"


@dataclass(frozen=True, slots=True)
class Stretch:
    """So many values of one shape."""

    shape: Shape
    count: int


Series: TypeAlias = tuple[Stretch, ...]
"""One stretch after the other."""

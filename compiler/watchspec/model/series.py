"""The values of a series: as an author writes them, `50x5 85x20 _x10`, and as they are understood."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

ShapeWord: TypeAlias = Literal["gap", "value", "steps", "ramp", "wave", "noise"]


@dataclass(frozen=True, slots=True)
class Gap:
    """No data points."""


@dataclass(frozen=True, slots=True)
class Steps:
    """`first`, then each time `step` more: 0+10x5 is 0 10 20 30 40, and a plain value has step 0."""

    first: float
    step: float


@dataclass(frozen=True, slots=True)
class Ramp:
    """From one value to another in equal steps, both included; of one value it is the first."""

    first: float
    last: float


@dataclass(frozen=True, slots=True)
class Wave:
    """A cosine between two values; it is lowest whenever a whole period has passed since 1970.

    With a period of a day that is midnight UTC.
    """

    low: float
    high: float
    period_seconds: int


@dataclass(frozen=True, slots=True)
class Noise:
    """Values around a mean, normally distributed.

    The same seed gives the same values on every machine, the shorter series the beginning of the
    longer one.
    """

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


@dataclass(frozen=True, slots=True)
class Part:
    """A quantity or a number in the text of a series, and where it begins there."""

    text: str
    offset: int


@dataclass(frozen=True, slots=True)
class WrittenStretch:
    """A stretch as it is written; its quantities have units of their own.

    `count` is a number of values or a duration, None = not given. `text` is all of it.
    """

    shape: ShapeWord
    arguments: tuple[Part, ...]
    count: Part | None
    text: str
    offset: int

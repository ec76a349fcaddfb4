"""What a data file holds, before it is known what each of its columns means to a spec."""

from __future__ import annotations

from dataclasses import dataclass

from watchspec.diagnostics import Location
from watchspec.simulate.data import Samples


@dataclass(frozen=True, slots=True)
class Column:
    """One series of a file: what the file calls it, and its values.

    `names` are what it is called, the surest first: a column of a CSV file has one, a result of
    GetMetricData an Id and a Label. `statistic` and `unit` are "" where the file does not say.
    """

    names: tuple[str, ...]
    statistic: str
    unit: str
    samples: Samples
    place: Location


@dataclass(frozen=True, slots=True)
class Recording:
    """A data file, read: its columns in the order in which they are named first."""

    file: str
    columns: tuple[Column, ...]

"""What metrics were sent, found by what they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from watchspec.model.metric_ids import MetricId

Floats: TypeAlias = NDArray[np.float64]
Times: TypeAlias = NDArray[np.int64]
RAW = ""
"""In place of a statistic: the values as they were sent."""


class UnsupportedError(Exception):
    """What is asked for is known to AWS only."""


@dataclass(frozen=True, slots=True)
class Samples:
    """Values of a metric: times in seconds since 1970 in rising order, and as many values.

    A value of a whole period stands at the period's start.
    """

    times: Times
    values: Floats


Data: TypeAlias = Mapping[MetricId, Mapping[str, Samples]]
"""What is known of each metric: its samples under RAW, or its data points under their statistics.

`columns.py` says which of them counts for what.
"""

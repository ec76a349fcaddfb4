"""What metrics were sent, found by what they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from watchspec.model.metric_ids import MetricId

Floats: TypeAlias = NDArray[np.float64]
Times: TypeAlias = NDArray[np.int64]
LARGEST = 2.0**360
"""Values of metrics are between -2^360 and 2^360, and never infinite.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html (read 2026-11-24)
"""
RAW = ""
"""In place of a statistic: the values as they were sent."""


class UnsupportedError(Exception):
    """What is asked for is known to AWS only."""


@dataclass(frozen=True, slots=True)
class Samples:
    """Values of a metric, and their times in whole seconds since 1970.

    A value of a whole period stands at the period's start. They are put in the order of their times;
    what CloudWatch refuses (NaN, infinite, beyond 2 to the 360th) is left out, and several values at
    one time are as many samples.

    Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html (read 2026-11-24)
    """

    times: Times
    values: Floats

    def __post_init__(self) -> None:
        is_value = np.abs(self.values) <= LARGEST
        if not is_value.all():
            self._keep(is_value)
        if (self.times[1:] < self.times[:-1]).any():
            self._keep(np.argsort(self.times, kind="stable"))

    def _keep(self, chosen: NDArray[np.bool_] | NDArray[np.intp]) -> None:
        object.__setattr__(self, "times", self.times[chosen])
        object.__setattr__(self, "values", self.values[chosen])


Data: TypeAlias = Mapping[MetricId, Mapping[str, Samples]]
"""What is known of each metric: its samples under RAW, or its data points under their statistics.

`columns.py` says which of them counts for what.
"""


def merge_samples(parts: Iterable[Samples]) -> Samples:
    """All samples of several."""
    known = [*parts]
    return Samples(
        np.concatenate([one.times for one in known]), np.concatenate([one.values for one in known])
    )

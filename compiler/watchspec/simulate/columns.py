"""A metric's data points from whatever is known of it: samples, or data points of some statistics.

What is known is used in this order:

1. Samples as they were sent: any statistic is worked out from them.
2. Data points of the statistic that is asked for; several in one period are joined. Sums and counts
   (Sum, SampleCount, TC, TS) are added, of Minimum and Maximum the outermost counts. Average and other
   means (TM, WM, IQM, PR) are weighted with SampleCount; where that is not known, each point weighs the
   same. Of several percentiles the same percentile is taken, which is an estimate: samples alone could
   tell it exactly.
3. SampleCount together with Sum or Average: they give Average or Sum.
4. Data points of one other statistic, each taken for one sample.

Data points that are further apart than the period leave gaps between them, as in CloudWatch.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from watchspec.languages import find_statistic_problem
from watchspec.model.metric_ids import MetricId
from watchspec.simulate.data import RAW, Data, Floats, Samples, UnsupportedError
from watchspec.simulate.statistics import Slots, slot_values

_ADDED = ("Sum", "SampleCount", "TC", "TS", "tc", "ts")
_AVERAGED = ("Average", "IQM", "TM", "WM", "PR", "tm", "wm")
"""How data points of a statistic are joined, by what its name begins with."""
_ESTIMATED = ("p", "tm", "wm", "TM", "WM", "IQM")


def fill_column(
    data: Data, metric: MetricId, statistic: str, period_seconds: int, grid: Slots
) -> Floats:
    """One value for each step: the statistic of the period that ends there, NaN = no data point.

    UnsupportedError if what is known of the metric does not tell.
    """
    problem = find_statistic_problem(statistic)
    if problem is not None:
        raise UnsupportedError(problem.message)
    known = data.get(metric, {})
    if not known:
        return np.full(grid.size, np.nan)
    parts = [
        slot_values(samples, joined, period_seconds, grid)
        for samples, joined in find_parts(known, metric, statistic)
    ]
    if len(parts) == 1:
        return parts[0]
    sums, counts = parts
    return sums / np.where(counts > 0, counts, np.nan)


def is_estimate(data: Data, metric: MetricId, statistic: str, period_seconds: int) -> bool:
    """Whether data points of a statistic are joined that only the samples could tell exactly."""
    points = data.get(metric, {}).get(statistic)
    if points is None or RAW in data[metric] or not statistic.startswith(_ESTIMATED):
        return False
    return bool(np.any(np.diff(points.times) < period_seconds))


def find_parts(
    known: Mapping[str, Samples], metric: MetricId, statistic: str
) -> tuple[tuple[Samples, str], ...]:
    """What a statistic is made of, and by which statistic each part is joined over a period.

    It is one part, or what to divide by what. UnsupportedError if what is known does not tell.
    """
    counts = known.get("SampleCount")
    if RAW in known:
        return ((known[RAW], statistic),)
    if statistic in known:
        if counts is not None and statistic.startswith(_AVERAGED):
            return tuple((part, "Sum") for part in _weigh(known[statistic], counts))
        return ((known[statistic], _join(statistic)),)
    if counts is not None and statistic == "Average" and "Sum" in known:
        return ((known["Sum"], "Sum"), (counts, "Sum"))
    if counts is not None and statistic == "Sum" and "Average" in known:
        return ((_weigh(known["Average"], counts)[0], "Sum"),)
    others = sorted(known.keys() - {"SampleCount"})
    if len(others) == 1:
        return ((known[others[0]], statistic),)
    given = " and ".join(others or ["SampleCount"])
    raise UnsupportedError(
        f'"{metric.name}" is given as {given}, which does not tell its {statistic}'
    )


def _join(statistic: str) -> str:
    """The statistic of several data points that stands for the statistic of all their samples."""
    if statistic.startswith(_ADDED):
        return "Sum"
    return "Average" if statistic.startswith(_AVERAGED) else statistic


def _weigh(points: Samples, counts: Samples) -> tuple[Samples, Samples]:
    """The points times their numbers of samples, and these; a point without its number counts once."""
    places = np.searchsorted(counts.times, points.times)
    is_known = np.append(counts.times, -1)[places] == points.times
    weights = np.where(is_known, np.append(counts.values, 1)[places], 1)
    return Samples(points.times, points.values * weights), Samples(points.times, weights)

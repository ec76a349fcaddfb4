"""The rules of evaluation once more, as slowly and plainly as they can be written.

Written from AWS's pages alone, without anything of the simulator; see `test_evaluation.py` and
`test_missing_data.py` for the pages.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from watchspec.model.alarms import MissingData

MINUTE, HOUR, DAY, WEEK = 60, 3_600, 86_400, 604_800


def state_after(points: str, n: int, m: int, missing: MissingData, extra: int = 2) -> str:  # noqa: PLR0911 - a line a row of the table
    """The state after the newest of the points: X breaches, 0 does not, - is missing."""
    seen = points.rjust(n + extra, "-")[-(n + extra) :]
    real = [one for one in seen if one != "-"]
    if len(real) >= n:
        return "ALARM" if real[-n:].count("X") >= m else "OK"
    bad, gap = real.count("X"), n - len(real)
    if missing == "breaching":
        return "ALARM" if bad + gap >= m else "OK"
    if missing == "notBreaching":
        return "ALARM" if bad >= m else "OK"
    keep = "keep" if missing == "ignore" else ""
    if not real:
        return keep or "INSUFFICIENT_DATA"
    if bad >= m:
        return "ALARM"
    if "0" in real:
        return "OK"
    is_old = len(seen) - seen.index("X") >= m
    return keep or ("ALARM" if is_old else "INSUFFICIENT_DATA")


@dataclass(frozen=True)
class PlainAlarm:
    """An alarm on one metric, or on the differences of its data points.

    `zone` is that of a wall clock, "" = the window slides; a warm-up of no minutes is none.
    """

    period: int
    n: int
    m: int
    operator: str
    threshold: float
    missing: MissingData
    statistic: str
    zone: str = ""
    warm_up_minutes: int = 0
    waits: bool = False
    least_samples: int = 0
    is_difference: bool = False

    def states(self, samples: list[tuple[int, float]], start: int, seconds: int) -> list[str]:
        """The state at the end of each minute (or ten seconds) from its creation at `start` on."""
        samples = sorted(samples, key=lambda one: one[0])
        step = 10 if self.period < MINUTE else MINUTE
        states, state, is_warm, first = [], "INSUFFICIENT_DATA", False, 0
        for end in range(start + step, start + seconds + 1, step):
            look = end
            if self.n * self.period > DAY:
                look = next(t for t in range(end, 0, -MINUTE) if t % HOUR == 3 * MINUTE)
            if look > start:
                is_warm = is_warm or self._is_warm(samples, start, look, first or look)
                first = first or look
                found = self._evaluate(samples, look) if is_warm else "keep"
                state = state if found == "keep" else found
            states.append(state)
        return states

    def _evaluate(self, samples: list[tuple[int, float]], look: int) -> str:
        slots = list(self._slots(look))
        values = [self._value(list(_within(samples, *slot))) for slot in slots]
        if self.is_difference:
            values = list(_differences(values))
        count = sum(len(list(_within(samples, *slot))) for slot in slots[-self.n :])
        if 0 < count < self.least_samples:
            return "keep"
        points = "".join("-" if x is None else "X" if self._breaches(x) else "0" for x in values)
        return state_after(points, self.n, self.m, self.missing, len(slots) - self.n)

    def _known(self, look: int) -> int:
        return look // HOUR * HOUR if self.n * self.period > DAY else look

    def _slots(self, look: int) -> Iterator[tuple[int, int]]:
        end = self._known(look)
        if not self.zone:
            for age in range(self.n + 1, -1, -1):
                yield end - (age + 1) * self.period, end - age * self.period
            return
        edges = [_floor(end, self.period, ZoneInfo(self.zone))]
        while len(edges) <= self.n:
            edges.append(_floor(edges[-1] - 1, self.period, ZoneInfo(self.zone)))
        yield from pairwise(reversed(edges))

    def _value(self, values: list[float]) -> float | None:
        if not values:
            return None
        if self.statistic.startswith("p"):
            rank = math.ceil(len(values) * int(self.statistic[1:]) / 100)
            return sorted(values)[rank - 1]
        if self.statistic in {"Minimum", "Maximum"}:
            return min(values) if self.statistic == "Minimum" else max(values)
        if self.statistic == "SampleCount":
            return len(values)
        return sum(values) / (len(values) if self.statistic == "Average" else 1)

    def _breaches(self, value: float) -> bool:
        match self.operator:
            case ">":
                return value > self.threshold
            case ">=":
                return value >= self.threshold
            case "<":
                return value < self.threshold
            case _:
                return value <= self.threshold

    def _is_warm(
        self, samples: list[tuple[int, float]], start: int, look: int, first_look: int
    ) -> bool:
        if look - start >= self.warm_up_minutes * MINUTE:
            return True
        slots = list(self._slots(look))
        newest = slots[-1]
        if self.waits or not list(_within(samples, *newest)):
            return False
        reach = next(self._slots(first_look))[0]
        oldest = next(time for time, _ in samples if time >= reach)
        return self._begin(oldest) <= slots[-self.n][0]

    def _begin(self, moment: int) -> int:
        """When the minute (or ten seconds, hour or calendar period) began in which data came."""
        if self.zone:
            return _floor(moment, self.period, ZoneInfo(self.zone))
        step = HOUR if self.n * self.period > DAY else 10 if self.period < MINUTE else MINUTE
        return moment // step * step


def _within(samples: list[tuple[int, float]], start: int, end: int) -> Iterator[float]:
    first = bisect_left(samples, (start, -math.inf))
    for moment, value in samples[first:]:
        if moment >= end:
            return
        yield value


def _differences(values: list[float | None]) -> Iterator[float | None]:
    before: float | None = None
    for value in values:
        yield None if value is None or before is None else value - before
        before = before if value is None else value


def _floor(moment: int, period: int, zone: ZoneInfo) -> int:
    """When the calendar period began that a moment is in."""
    local = datetime.fromtimestamp(moment, zone)
    if period <= HOUR:
        since_hour = timedelta(minutes=local.minute, seconds=local.second)
        return moment - int(since_hour.total_seconds()) % period
    day = local.date() - timedelta(days=local.weekday() if period == WEEK else 0)
    return int(datetime.combine(day, time(), zone).timestamp())

"""How an alarm is evaluated: what the spec says, and what its author's own properties add.

A property that changes what an alarm does is honoured, or the alarm is unsupported.

Sources: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation-window.html,
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-warm-up.html and
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/percentiles-with-low-samples.html
(read 2026-11-24)
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import tzinfo
from fractions import Fraction

from watchspec.model.alarms import Alarm, MissingData, Threshold
from watchspec.model.metric_ids import fill_data
from watchspec.model.signals import MetricStat, stats_of
from watchspec.simulate.clocks import CALENDAR_PERIODS, read_zone
from watchspec.simulate.data import UnsupportedError
from watchspec.simulate.options import Options

_WITHOUT_EFFECT = frozenset({"ActionConfiguration", "Tags"})
_ACTIONS = frozenset({"AlarmActions", "OKActions", "InsufficientDataActions"})
_HONOURED = frozenset(
    {"EvaluationWindow", "WarmUpConfiguration", "EvaluateLowSampleCountPercentile"}
)
_PERCENTILE = re.compile(r"p([0-9.]+)")
_SAMPLES_OF_A_SHARE = 10


@dataclass(frozen=True, slots=True)
class Settings:
    """How an alarm on a metric is evaluated, besides its window.

    `zone` is that of a wall clock window, None = the window slides. A warm-up `ends_early` once the
    window is full. The alarm keeps its state with fewer than `least_samples` samples in its window.
    """

    missing: MissingData
    zone: tzinfo | None = None
    warm_up_seconds: int = 0
    ends_early: bool = True
    least_samples: int = 0


def read_settings(alarm: Alarm, threshold: Threshold, options: Options) -> Settings:
    """The settings of an alarm; UnsupportedError if it has a property that is not simulated."""
    refuse_properties(alarm, _HONOURED)
    given = {one.name: fill_data(one.value, options.parameters) for one in alarm.properties}
    warm_up = given.get("WarmUpConfiguration", {})
    if not isinstance(warm_up, Mapping):
        raise _unknown("WarmUpConfiguration")
    ignores = threshold.ignores_few_samples
    if "EvaluateLowSampleCountPercentile" in given:
        ignores = given["EvaluateLowSampleCountPercentile"] == "ignore"
    return Settings(
        _read_missing(alarm, threshold, options),
        _read_window(given.get("EvaluationWindow", {}), threshold.signal.period_seconds),
        60 * _read_number(warm_up.get("WarmUpPeriodDurationInMinutes", 0), "WarmUpConfiguration"),
        str(warm_up.get("OnlyStartEvaluatingAfterWarmUpPeriodEnds", False)).lower() == "false",
        _least_samples(threshold) if ignores else 0,
    )


def refuse_properties(alarm: Alarm, honoured: frozenset[str] = frozenset()) -> None:
    """UnsupportedError if an alarm has a property besides these that changes what it does."""
    for one in alarm.properties:
        if one.name not in _WITHOUT_EFFECT | _ACTIONS | honoured:
            raise _unknown(one.name)


def _read_missing(alarm: Alarm, threshold: Threshold, options: Options) -> MissingData:
    stats = stats_of(threshold.signal.source)
    if options.dynamodb_ignores and any(one.namespace == "AWS/DynamoDB" for one in stats):
        return "ignore"
    return alarm.missing_data


def _read_window(window: object, period_seconds: int) -> tzinfo | None:
    match window:
        case {"WallClockWindow": {**inner}}:
            zone = inner.pop("Timezone", "UTC")
            if not inner and isinstance(zone, str) and period_seconds in CALENDAR_PERIODS:
                return read_zone(zone)
        case {"SlidingWindow": _}:
            return None
        case {**rest} if not rest:
            return None
    raise _unknown("EvaluationWindow")


def _read_number(value: object, name: str) -> int:
    try:
        return int(str(value))
    except ValueError:
        raise _unknown(name) from None


def _least_samples(threshold: Threshold) -> int:
    """How many samples a percentile needs to say much; AWS has no bound for the 0th and the 100th."""
    source = threshold.signal.source
    percentile = isinstance(source, MetricStat) and _PERCENTILE.fullmatch(source.statistic)
    if not percentile:
        raise UnsupportedError("only of a percentile it is known how many samples are few")
    ratio = Fraction(percentile[1]) / 100
    share = ratio if ratio < Fraction(1, 2) else 1 - ratio
    return math.ceil(_SAMPLES_OF_A_SHARE / share) if share > 0 else 0


def _unknown(name: str) -> UnsupportedError:
    return UnsupportedError(f'what its property "{name}" does is not simulated')

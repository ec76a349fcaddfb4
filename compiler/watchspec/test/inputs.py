"""What a test sends to CloudWatch: series written out, log lines counted, files as they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

import numpy as np

from watchspec.model.metric_ids import MetricId, identify
from watchspec.model.monitoring import Monitoring
from watchspec.model.series import Gap, Noise, Ramp, Series, Steps, Stretch, Wave
from watchspec.model.spec_tests import DataFile, SpecTest
from watchspec.simulate.data import RAW, Data, Floats, Samples, Times, merge_samples
from watchspec.simulate.log_lines import measure_lines
from watchspec.simulate.options import Options

Files: TypeAlias = Mapping[DataFile, Samples]
"""The values of each file that a test names, at the times the file gives them."""
_MINUTE = 60
_DECIMALS = 9
"""Processors differ in the last digits of a cosine; results are to be the same on all of them."""


def make_data(monitoring: Monitoring, test: SpecTest, files: Files, options: Options) -> Data:
    """All that the metrics of a test are sent; UnsupportedError if only AWS knows it of some."""
    data: dict[MetricId, dict[str, Samples]] = {}
    shift = _shift(test, files)
    for one in test.series:
        known = data.setdefault(identify(one.stat, options.parameters), {})
        if isinstance(one.values, DataFile):
            recorded = files[one.values]
            known[one.stat.statistic] = Samples(recorded.times + shift, recorded.values)
        else:
            known[one.stat.statistic] = _read_series(one.values, one.step_seconds, test.start)
    for log in dict.fromkeys(one.log for one in test.logs):
        filters = [one for one in monitoring.metric_filters if one.log == log]
        region = monitoring.environment.region
        for metric, samples in measure_lines(filters, _lines(test, log), region, options).items():
            known = data.setdefault(metric, {})
            known[RAW] = merge_samples([*known.values(), *samples.values()])
    return data


def _shift(test: SpecTest, files: Files) -> int:
    """How much later files are taken to be, all together: not at all if one has data in the test.

    Otherwise the first data point of all is in the first minute of the test.
    """
    times = [files[one.values].times for one in test.series if isinstance(one.values, DataFile)]
    end = test.start + test.seconds
    if not times or any(((one >= test.start) & (one < end)).any() for one in times):
        return 0
    first = min(int(one[0]) for one in times)
    return test.start - first // _MINUTE * _MINUTE


def _read_series(series: Series, step_seconds: int, start: int) -> Samples:
    times = start + step_seconds * np.arange(sum(stretch.count for stretch in series))
    values = write_out(series, times)
    exists = ~np.isnan(values)
    return Samples(times[exists], values[exists])


def _lines(test: SpecTest, log: str) -> Iterator[tuple[int, str]]:
    """The lines of a log with their times."""
    for one in test.logs:
        if one.log == log:
            first = test.start + one.start_seconds
            yield from (
                (first + number * one.step_seconds, one.text) for number in range(one.count)
            )


def write_out(series: Series, times: Times) -> Floats:
    """The values of a series at its times (seconds since 1970), NaN = none."""
    ends = np.cumsum([stretch.count for stretch in series])
    pieces = [
        _shape(stretch, times[end - stretch.count : end])
        for stretch, end in zip(series, ends, strict=True)
    ]
    return np.concatenate([np.empty(0), *pieces])


def _shape(stretch: Stretch, times: Times) -> Floats:
    count = stretch.count
    match stretch.shape:
        case Gap():
            return np.full(count, np.nan)
        case Steps(first, step):
            return np.asarray(first + step * np.arange(count), dtype=np.float64)
        case Ramp(first, last):
            return np.asarray(np.linspace(first, last, count), dtype=np.float64)
        case Wave(low, high, period):
            height = (1 - np.cos(2 * np.pi * (times % period) / period)) / 2
            return np.round(low + (high - low) * height, _DECIMALS)
        case Noise(mean, deviation, seed):
            # Newer generators may give other values in another version of numpy; this one is frozen.
            drawn = np.random.RandomState(seed).standard_normal(count)
            return np.round(mean + deviation * drawn, _DECIMALS)

"""The data point of a signal at a time, and all of them as a graph has them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from support import HEAD, resolve_text
from watchspec.model.metric_ids import identify
from watchspec.model.signals import stats_of
from watchspec.simulate.data import RAW, Samples, UnsupportedError
from watchspec.simulate.measures import Measure, measure_signal
from watchspec.simulate.options import Options
from watchspec.simulate.statistics import Grid

START = 1_773_014_400
SPEC = """\
metrics:
  messages: {metric: Shop Messages, statistic: Sum, period: 5m}
  twice: {expression: 2 * messages}
  change: {expression: DIFF(messages)}
  more: {expression: twice + 1}
  all: {expression: "SUM(METRICS()) + METRIC_COUNT(METRICS()) + 0 * twice"}
"""


def measure(key: str, folder: Path, start: int = START, minutes: int = 16) -> Measure:
    """The measure of a metric of which one is sent a minute: 1, 2, 3 …"""
    signals = {signal.key: signal for signal in resolve_text(HEAD + SPEC, folder).signals}
    (stat,) = stats_of(signals[key].source)
    times = START + 60 * np.arange(minutes)
    data = {identify(stat, {}): {RAW: Samples(times, np.arange(1.0, minutes + 1))}}
    return measure_signal(signals[key].source, data, Grid(start, 60, minutes), Options())


@pytest.mark.parametrize(
    ("key", "minute", "value"),
    [
        ("messages", 5, 1 + 2 + 3 + 4 + 5),
        ("messages", 6, 2 + 3 + 4 + 5 + 6),
        ("messages", 2, 1 + 2),
        ("messages", 16, 12 + 13 + 14 + 15 + 16),
        ("messages", 0, np.nan),
        ("messages", 17, np.nan),
        ("twice", 7, 2 * (3 + 4 + 5 + 6 + 7)),
        ("more", 7, 2 * (3 + 4 + 5 + 6 + 7) + 1),
        ("all", 7, (3 + 4 + 5 + 6 + 7) + 1),
        ("change", 11, 25),
        ("change", 5, np.nan),
    ],
)
def test_the_data_point_of_the_period_that_ends_at_a_time(
    key: str, minute: int, value: float, tmp_path: Path
) -> None:
    point = measure(key, tmp_path).value_at(START + 60 * minute)

    assert point == pytest.approx(value, nan_ok=True)


def test_seconds_of_a_minute_are_not_looked_at(tmp_path: Path) -> None:
    assert measure("messages", tmp_path).value_at(START + 60 * 5 + 59) == 15


@pytest.mark.parametrize("ahead", [0, 1, 4])
def test_a_graph_has_whole_periods(ahead: int, tmp_path: Path) -> None:
    times, values = measure("twice", tmp_path, START - 60 * ahead).draw()

    shown = {int(time - START) // 60: value for time, value in zip(times, values, strict=True)}
    assert shown[0] == 30
    assert shown[5] == 80
    assert all(minute % 5 == 0 for minute in shown)


def test_each_request_has_as_many_series_as_it_finds(tmp_path: Path) -> None:
    text = """\
metrics:
  a: {metric: Shop A, statistic: Sum}
  b: {metric: Shop B, statistic: Sum}
  share: {expression: "a / METRIC_COUNT(REMOVE_EMPTY([a, b]))"}
"""
    signals = {signal.key: signal for signal in resolve_text(HEAD + text, tmp_path).signals}
    first, second = stats_of(signals["share"].source)
    times = START + 60 * np.arange(6)
    data = {
        identify(first, {}): {RAW: Samples(times, np.full(6, 12.0))},
        identify(second, {}): {RAW: Samples(times[2:3], np.array([1.0]))},
    }

    rows = measure_signal(signals["share"].source, data, Grid(START, 60, 6), Options()).requests(2)

    assert rows[:, -1].tolist() == [12, 12, 6, 6, 12, 12]


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("SUM(messages)", "an alarm watches a series, and this is one number"),
        ("[messages, messages]", "an alarm watches one series, and these are several"),
    ],
)
def test_what_is_not_one_series_is_not_measured(
    expression: str, message: str, tmp_path: Path
) -> None:
    text = SPEC + f"  other: {{expression: '{expression}'}}\n"
    signals = {signal.key: signal for signal in resolve_text(HEAD + text, tmp_path).signals}
    measured = measure_signal(signals["other"].source, {}, Grid(START, 60, 9), Options())

    with pytest.raises(UnsupportedError) as caught:
        measured.points()

    assert str(caught.value) == message


def test_one_series_in_brackets_is_measured(tmp_path: Path) -> None:
    text = SPEC + "  other: {expression: '[messages]'}\n"
    signals = {signal.key: signal for signal in resolve_text(HEAD + text, tmp_path).signals}
    points = measure_signal(signals["other"].source, {}, Grid(START, 60, 9), Options()).points()

    assert np.isnan(points).all()

"""Statistics of ten samples, worked out by hand.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html (read 2026-11-24)
"""

from __future__ import annotations

import numpy as np
import pytest

from watchspec.simulate.data import Samples
from watchspec.simulate.statistics import Grid, slot_values

START = 1_773_014_400
TO_TEN = [4.0, 1, 9, 7, 10, 2, 8, 3, 6, 5]


def compute(statistic: str, values: list[float], period: int = 60, minutes: int = 1) -> list[float]:
    """The statistic of values that are sent one a second."""
    samples = Samples(START + np.arange(len(values)), np.array(values))
    return [*map(float, slot_values(samples, statistic, period, Grid(START, 60, minutes)))]


@pytest.mark.parametrize(
    ("statistic", "value"),
    [
        ("SampleCount", 10),
        ("Sum", 55),
        ("Average", 5.5),
        ("Minimum", 1),
        ("Maximum", 10),
        ("p0", 1),
        ("p10", 1),
        ("p10.1", 2),
        ("p50", 5),
        ("p90", 9),
        ("p95", 10),
        ("p99.9", 10),
        ("p100", 10),
        ("tm90", (1 + 2 + 3 + 4 + 5 + 6 + 7 + 8 + 9) / 9),
        ("tm95", (45 + 10 / 2) / 9.5),
        ("TM(:90%)", 5),
        ("TM(20%:80%)", (3 + 4 + 5 + 6 + 7 + 8) / 6),
        ("TM(2%:98%)", (1 * 0.8 + 44 + 10 * 0.8) / 9.6),
        ("TM(10%:)", 54 / 9),
        ("TM(3:7)", (4 + 5 + 6 + 7) / 4),
        ("TM(:7)", 4),
        ("IQM", (3 / 2 + 4 + 5 + 6 + 7 + 8 / 2) / 5),
        ("TM(25%:75%)", 5.5),
        ("tc90", 9),
        ("tc95", 9.5),
        ("TC(20%:80%)", 6),
        ("TC(3:7)", 4),
        ("TC(20:30)", 0),
        ("ts90", 45),
        ("TS(80%:)", 9 + 10),
        ("TS(3:7)", 22),
        ("TS(20:30)", 0),
        ("wm90", (45 + 9) / 10),
        ("WM(20%:80%)", (2 + 2 + 3 + 4 + 5 + 6 + 7 + 8 + 8 + 8) / 10),
        ("WM(3:7)", (3 * 3 + 4 + 5 + 6 + 7 + 7 * 3) / 10),
        ("PR(:3)", 30),
        ("PR(3:7)", 40),
        ("PR(7:)", 30),
        ("PR(20:30)", 0),
    ],
)
def test_statistics_of_the_numbers_up_to_ten(statistic: str, value: float) -> None:
    assert compute(statistic, TO_TEN) == pytest.approx([value])


def test_a_mean_of_nothing_is_none() -> None:
    assert np.isnan(compute("TM(20:30)", TO_TEN)).all()


@pytest.mark.parametrize("statistic", ["p50", "tm90", "TC(:5)", "PR(:5)", "IQM", "wm90"])
def test_negative_values_have_none_but_the_plain_statistics(statistic: str) -> None:
    """Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricStatistics.html (read 2026-11-24)"""
    assert np.isnan(compute(statistic, [*TO_TEN, -1])).all()
    assert compute("Minimum", [*TO_TEN, -1]) == [-1]


@pytest.mark.parametrize(
    "statistic", ["Sum", "Average", "Minimum", "Maximum", "SampleCount", "p50", "tm90", "PR(:1)"]
)
def test_a_period_without_samples_has_no_value(statistic: str) -> None:
    assert np.isnan(compute(statistic, [1.0], minutes=3)).tolist() == [False, True, True]
    assert np.isnan(compute(statistic, [], minutes=2)).all()


def test_a_period_has_the_samples_from_its_begin_to_before_its_end() -> None:
    values = [1.0] * 60 + [2.0] * 60 + [4.0]

    assert compute("Sum", values, minutes=3) == [60, 120, 4]
    assert compute("Sum", values, period=120, minutes=3) == [60, 180, 124]

"""Data points of a metric from samples, or from data points of whatever statistic is known."""

from __future__ import annotations

import numpy as np
import pytest

from watchspec.model.metric_ids import MetricId
from watchspec.simulate.columns import fill_column, is_estimate
from watchspec.simulate.data import RAW, Samples, UnsupportedError
from watchspec.simulate.statistics import Grid

START = 1_773_014_400
METRIC = MetricId("Shop", "Latency", (), "eu-west-1")


def read(points: str, step: int = 60) -> Samples:
    """Points so many seconds apart, `-` = none."""
    pairs = [
        (START + step * place, float(one)) for place, one in enumerate(points.split()) if one != "-"
    ]
    return Samples(np.array([time for time, _ in pairs]), np.array([value for _, value in pairs]))


def compute(statistic: str, period: int, known: dict[str, Samples], minutes: int = 4) -> str:
    """The values of the periods that end after each minute, `-` = none."""
    column = fill_column({METRIC: known}, METRIC, statistic, period, Grid(START, 60, minutes))
    return " ".join("-" if np.isnan(one) else f"{one:g}" for one in column)


@pytest.mark.parametrize(
    ("statistic", "points", "joined"),
    [
        ("Sum", "1 2 - 4", "1 3 2 4"),
        ("SampleCount", "1 2 - 4", "1 3 2 4"),
        ("TC(:300)", "1 2 - 4", "1 3 2 4"),
        ("tc90", "1 2 - 4", "1 3 2 4"),
        ("TS(:300)", "1 2 - 4", "1 3 2 4"),
        ("Minimum", "1 2 - 4", "1 1 2 4"),
        ("Maximum", "1 2 - 4", "1 2 2 4"),
        ("Average", "1 2 - 4", "1 1.5 2 4"),
        ("PR(:300)", "100 50 - 40", "100 75 50 40"),
        ("tm90", "1 2 - 4", "1 1.5 2 4"),
        ("IQM", "1 2 - 4", "1 1.5 2 4"),
        ("p99", "1 2 - 4", "1 2 2 4"),
        ("p10", "1 2 - 4", "1 1 2 4"),
    ],
)
def test_points_of_the_statistic_are_joined_over_longer_periods(
    statistic: str, points: str, joined: str
) -> None:
    known = {statistic: read(points)}

    assert compute(statistic, 60, known) == points
    assert compute(statistic, 120, known) == joined


def test_an_average_is_weighted_by_the_number_of_its_samples() -> None:
    known = {"Average": read("10 40 40 7"), "SampleCount": read("3 1 - 0")}

    assert compute("Average", 60, known) == "10 40 40 -"
    assert compute("Average", 120, known) == "10 17.5 40 40"


@pytest.mark.parametrize(
    ("statistic", "known", "result"),
    [
        ("Average", {"Sum": "30 40 5 -", "SampleCount": "3 1 0 2"}, "10 40 - -"),
        ("Sum", {"Average": "10 40 5 -", "SampleCount": "3 1 - 2"}, "30 40 5 -"),
        ("SampleCount", {"Average": "10 40 5 -"}, "1 1 1 -"),
        ("Average", {"p99": "10 40 5 -"}, "10 40 5 -"),
        ("p50", {"Maximum": "10 40 5 -", "SampleCount": "3 1 1 2"}, "10 40 5 -"),
    ],
)
def test_a_statistic_is_worked_out_from_others(
    statistic: str, known: dict[str, str], result: str
) -> None:
    assert compute(statistic, 60, {key: read(one) for key, one in known.items()}) == result


def test_points_of_another_statistic_count_as_one_sample_each() -> None:
    assert compute("Sum", 180, {"Maximum": read("1 2 - 4")}) == "1 3 3 6"


def test_samples_tell_every_statistic() -> None:
    known = {RAW: read("1 2 3 4", 30), "Average": read("100 100")}

    assert compute("SampleCount", 60, known) == "2 2 - -"
    assert compute("p100", 60, known) == "2 4 - -"


def test_points_further_apart_than_the_period_leave_gaps() -> None:
    known = {"Average": read("1 2 3", 300)}

    assert compute("Average", 60, known, 12) == "1 - - - - 2 - - - - 3 -"


@pytest.mark.parametrize(
    ("known", "given"),
    [(("Average", "Maximum"), "Average and Maximum"), (("SampleCount",), "SampleCount")],
)
def test_what_cannot_be_worked_out_is_said(known: tuple[str, ...], given: str) -> None:
    with pytest.raises(UnsupportedError) as caught:
        compute("p99", 60, {key: read("1") for key in known})

    assert str(caught.value) == f'"Latency" is given as {given}, which does not tell its p99'


@pytest.mark.parametrize(
    ("statistic", "message"),
    [("Mean", '"Mean" is not a statistic'), ("p101", '"101" is more than 100')],
)
def test_what_is_no_statistic_is_said(statistic: str, message: str) -> None:
    with pytest.raises(UnsupportedError) as caught:
        compute(statistic, 60, {RAW: read("1")})

    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("statistic", "step", "known", "is_so"),
    [
        ("p99", 60, "p99", True),
        ("tm90", 60, "tm90", True),
        ("p99", 300, "p99", False),
        ("p99", 60, "Maximum", False),
        ("Average", 60, "Average", False),
        ("Sum", 60, "Sum", False),
        ("p99", 60, RAW, False),
    ],
)
def test_what_only_samples_could_tell_is_an_estimate(
    statistic: str,
    step: int,
    known: str,
    is_so: bool,  # noqa: FBT001 - a column of the table
) -> None:
    assert is_estimate({METRIC: {known: read("1 2 3", step)}}, METRIC, statistic, 300) is is_so


def test_of_a_metric_without_data_there_are_no_points() -> None:
    assert compute("Sum", 60, {}) == "- - - -"

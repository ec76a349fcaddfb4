"""What a test sends: shapes written out, files moved to its time."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from made_tests import CPU, PLACE, START, make_test, resolve
from watchspec.model.metric_ids import identify
from watchspec.model.series import Gap, Noise, Ramp, Shape, Steps, Stretch, Wave
from watchspec.model.spec_tests import DataFile, LogLines
from watchspec.simulate.data import Samples
from watchspec.simulate.options import Options
from watchspec.test.inputs import make_data, write_out

NAN = float("nan")
DAY = 86_400


@pytest.mark.parametrize(
    ("shape", "values"),
    [
        (Gap(), [NAN, NAN, NAN]),
        (Steps(5, 0), [5, 5, 5]),
        (Steps(0, 10), [0, 10, 20]),
        (Ramp(10, 20), [10, 15, 20]),
        (Ramp(20, -20), [20, 0, -20]),
    ],
)
def test_shape_is_written_out(shape: Shape, values: list[float]) -> None:
    times = START + 60 * np.arange(3)

    np.testing.assert_array_equal(write_out((Stretch(shape, 3),), times), values)


def test_stretches_follow_each_other() -> None:
    series = (Stretch(Steps(1, 0), 2), Stretch(Gap(), 1), Stretch(Ramp(5, 9), 1))

    np.testing.assert_array_equal(write_out(series, 60 * np.arange(4)), [1, 1, NAN, 5])


def test_wave_is_lowest_at_midnight_utc_and_highest_at_noon() -> None:
    times = START // DAY * DAY + 6 * 3600 * np.arange(5)

    np.testing.assert_array_equal(
        write_out((Stretch(Wave(10, 30, DAY), 5),), times), [10, 20, 30, 20, 10]
    )


def test_wave_goes_on_where_the_time_is_and_not_where_it_begins() -> None:
    series = (Stretch(Gap(), 1), Stretch(Wave(0, 1, DAY), 1))

    np.testing.assert_array_equal(write_out(series, np.array([0, DAY // 2])), [NAN, 1])


def test_noise_is_the_same_with_every_version_of_numpy() -> None:
    times = 60 * np.arange(4)

    assert write_out((Stretch(Noise(50, 5, 7), 4),), times).tolist() == [
        58.452628519,
        47.670313147,
        50.164100818,
        52.037581415,
    ]
    assert write_out((Stretch(Noise(50, 5, 8), 4),), times)[0] == 50.456023583


def test_noise_has_its_mean_and_its_deviation() -> None:
    values = write_out((Stretch(Noise(50, 5, 1), 10_000),), 60 * np.arange(10_000))

    assert abs(values.mean() - 50) < 0.2
    assert abs(values.std() - 5) < 0.2


@pytest.mark.parametrize(
    ("first", "times"),
    [
        (1_700_000_030, [START + 50, START + 110]),
        (START + 120, [START + 120, START + 180]),
        (START - 60, [START - 60, START]),
    ],
    ids=["of another day", "in the test", "partly in the test"],
)
def test_file_of_another_time_begins_with_the_test(
    tmp_path: Path, first: int, times: list[int]
) -> None:
    file = DataFile("cpu.csv", "", PLACE)
    monitoring = resolve(CPU, tmp_path)
    test = make_test(monitoring, cpu="1")
    test = replace(test, series=(replace(test.series[0], values=file),))
    files = {file: Samples(np.array([first, first + 60]), np.array([1.0, 2.0]))}

    data = make_data(monitoring, test, files, Options())

    (samples,) = data[identify(test.series[0].stat, {})].values()
    assert samples.times.tolist() == times


def test_lines_of_two_logs_add_up_where_they_make_one_metric(tmp_path: Path) -> None:
    text = """\
logs:
  web: {group: /web, retention: 30 days, metrics: {errors: {pattern: ERROR}}}
  api: {group: /api, retention: 30 days, metrics: {faults: {pattern: ERROR, name: errors}}}
"""
    monitoring = resolve(text, tmp_path)
    lines = (LogLines("web", "ERROR", 60, 60, 2, PLACE), LogLines("api", "ERROR", 0, 60, 2, PLACE))

    data = make_data(monitoring, replace(make_test(monitoring), logs=lines), {}, Options())

    ((samples,),) = (known.values() for known in data.values())
    assert samples.times.tolist() == [START, START + 60, START + 60, START + 120]

"""The values of the series of a test, in the unit of the metric."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest

from resolve.spec_tests import find, only, read_test
from support import marked_text
from watchspec.model.series import Gap, Noise, Ramp, Series, Steps, Stretch, Wave

GIB = 1024.0**3


def read_values(metric: str, alarm: str, values: str, folder: Path) -> Series:
    """The values of a metric in a test that lasts an hour."""
    test = f"series:\n  {metric}: {values}\nfor: 1h\nexpect: [{{alarm: {alarm}, is: OK}}]"
    (series,) = read_test(test, folder).series
    assert isinstance(series.values, tuple)
    return series.values


@pytest.mark.parametrize(
    ("values", "stretches"),
    [
        ("50x5", [Stretch(Steps(50, 0), 5)]),
        ("50 85x2", [Stretch(Steps(50, 0), 1), Stretch(Steps(85, 0), 2)]),
        ("50x20m", [Stretch(Steps(50, 0), 20)]),
        ("0+10x5", [Stretch(Steps(0, 10), 5)]),
        ("5-1x5", [Stretch(Steps(5, -1), 5)]),
        ("20..80x10", [Stretch(Ramp(20, 80), 10)]),
        ("20%..80%x10", [Stretch(Ramp(20, 80), 10)]),
        ("50x2 _x3 50x2", [Stretch(Steps(50, 0), 2), Stretch(Gap(), 3), Stretch(Steps(50, 0), 2)]),
        ("wave(20, 80)x30", [Stretch(Wave(20, 80, 86_400), 30)]),
        ("wave(20, 80, 12h)x30", [Stretch(Wave(20, 80, 43_200), 30)]),
        ("noise(50, 5, 7)x30", [Stretch(Noise(50, 5, 7), 30)]),
        ("[50, 85x2, _]", [Stretch(Steps(50, 0), 1), Stretch(Steps(85, 0), 2), Stretch(Gap(), 1)]),
        ("[50]", [Stretch(Steps(50, 0), 1)]),
        ("{values: [50x2, 85]}", [Stretch(Steps(50, 0), 2), Stretch(Steps(85, 0), 1)]),
    ],
)
def test_values_are_stretches_of_shapes(
    values: str, stretches: list[Stretch], tmp_path: Path
) -> None:
    assert read_values("cpu", "cpu-hot", values, tmp_path) == tuple(stretches)


@pytest.mark.parametrize(
    ("values", "shape"),
    [
        ("50", Steps(50, 0)),
        ("50.5", Steps(50.5, 0)),
        ("'50'", Steps(50, 0)),
        ("85%", Steps(85, 0)),
        ("{values: 50}", Steps(50, 0)),
        ("0+1", Steps(0, 1)),
        ("20..80", Ramp(20, 80)),
        ("wave(20, 80)", Wave(20, 80, 86_400)),
        ("noise(50, 5, 7)", Noise(50, 5, 7)),
    ],
)
def test_a_single_shape_without_a_number_lasts_as_long_as_the_test(
    values: str, shape: object, tmp_path: Path
) -> None:
    (stretch,) = read_values("cpu", "cpu-hot", values, tmp_path)

    assert stretch.shape == shape
    assert stretch.count == 60


def test_a_single_shape_has_as_many_values_as_periods_begin_in_the_test(tmp_path: Path) -> None:
    test = "series: {cost: 5}\nfor: 12m\nexpect: [{alarm: cost-high, is: OK}]"

    (series,) = read_test(test, tmp_path).series

    assert series.step_seconds == 300
    assert series.values == (Stretch(Steps(5, 0), 3),)


@pytest.mark.parametrize(
    ("metric", "alarm", "values", "first"),
    [
        ("disk", "disk-full", "2GiBx3", 2 * GIB),
        ("disk", "disk-full", "1.5GBx3", 1.5e9),
        ("disk", "disk-full", "100x3", 100.0),
        ("cost", "cost-high", "$60x3", 60.0),
        ("cost", "cost-high", "-$60x3", -60.0),
        ("cost", "cost-high", "$-60x3", -60.0),
    ],
)
def test_quantities_are_converted_to_the_unit_of_the_metric(
    metric: str, alarm: str, values: str, first: float, tmp_path: Path
) -> None:
    (stretch,) = read_values(metric, alarm, values, tmp_path)

    assert stretch == Stretch(Steps(first, 0.0), 3)


def test_steps_of_quantities_go_up_and_down(tmp_path: Path) -> None:
    assert read_values("disk", "disk-full", "3GB-0.5GBx4 0+1kBx2", tmp_path) == (
        Stretch(Steps(3e9, -5e8), 4),
        Stretch(Steps(0, 1000), 2),
    )
    assert read_values("cost", "cost-high", "$5+$2x4 $5-$2x2", tmp_path) == (
        Stretch(Steps(5, 2), 4),
        Stretch(Steps(5, -2), 2),
    )


def test_noise_without_a_seed_has_one_of_its_own_in_each_series_and_stretch(tmp_path: Path) -> None:
    first, second = read_values("cpu", "cpu-hot", "noise(50, 5)x3 noise(50, 5)x3", tmp_path)
    (other,) = read_values("disk", "disk-full", "noise(50, 5)x3", tmp_path)

    assert first.shape == Noise(50, 5, zlib.crc32(b"cpu 0"))
    assert second.shape == Noise(50, 5, zlib.crc32(b"cpu 1"))
    assert other.shape == Noise(50, 5, zlib.crc32(b"disk 0"))


@pytest.mark.parametrize(
    ("metric", "values", "rule", "wrong", "says"),
    [
        ("cpu", "50*5 20", "test/bad-series", "50*5", ('"50*5" is not a value', "write 50x5")),
        (
            "cpu",
            '"50x2 9GBx2"',
            "quantity/wrong-kind",
            "9GB",
            ('"9GB" is an amount', "write a perc"),
        ),
        ("cpu", "50x2 9kgx2", "quantity/malformed", "9kg", ('"kg" is not a unit', "units: ")),
        ("cost", "50%x2", "quantity/unknown-unit", "50%", ('"50%" has a unit', "give the metric")),
        ("disk", "1..3GBx5", "test/bad-series", "1", ('"1" has no unit', "write 1GB")),
        ("disk", "1GB..3x5", "test/bad-series", "3", ('"3" has no unit', "write 3GB")),
        ("disk", "5GB-1x5", "test/bad-series", "-1", ('"-1" has no unit', "write -1GB")),
        ("cost", "$5..9x5", "test/bad-series", "9", ('"9" has no unit', "write $9")),
        ("cpu", '"wave(80, 20)x5"', "test/bad-series", "wave(80, 20)x5", ("the highest value", "")),
        (
            "cpu",
            '"wave(2, 8, 3)x5"',
            "quantity/malformed",
            "3",
            ('"3" is not a duration', "write it as"),
        ),
        ("cpu", '"noise(8, -2)x5"', "test/bad-series", "-2", ('"-2" is no deviation', "")),
        ("cpu", "50x90s", "test/bad-series", "90s", ('"90s" is not a whole number of', "")),
        (
            "cpu",
            "50x5 20x3q",
            "quantity/malformed",
            "3q",
            ('"3q" is not a duration', "write it as"),
        ),
        ("cpu", "_", "test/bad-series", "_", ('"cpu" has no values at all', "leave it out")),
        ("cpu", "0x100001", "test/bad-series", "0x100001", ('"cpu" has 100,001 values', "")),
        ("cpu", "[50, 60*5]", "test/bad-series", "60*5", ('"60*5" is not a value', "write 60x5")),
        ("cpu", '{values: ["1x2 NaN"]}', "test/bad-series", "NaN", ('"NaN" is not', "write _ for")),
        (
            "cpu",
            "${database}",
            "reference/not-at-compile-time",
            "${database}",
            ('"database"', "use a"),
        ),
    ],
)
def test_a_wrong_value_is_told_at_its_column(
    metric: str, values: str, rule: str, wrong: str, says: tuple[str, str], tmp_path: Path
) -> None:
    values = f'"{values}"' if values[0] not in '"[{' else values
    alarm = {"cpu": "cpu-hot", "disk": "disk-full", "cost": "cost-high"}[metric]

    test = f"series: {{{metric}: {values}}}\nexpect: [{{alarm: {alarm}, is: OK, at: 5m}}]"
    found = only(find(test, tmp_path))

    assert found.rule == rule
    assert found.message.startswith(says[0])
    assert found.help.startswith(says[1])
    assert marked_text(found).strip('"') == wrong


def test_every_wrong_value_of_a_series_is_told(tmp_path: Path) -> None:
    found = find(
        'series: {cpu: "50*5 9GBx2 x5"}\nexpect: [{alarm: cpu-hot, is: OK, at: 5m}]', tmp_path
    )

    assert [marked_text(one) for one in found] == ["50*5", "9GB", "x5"]


def test_of_very_many_wrong_values_the_first_are_told(tmp_path: Path) -> None:
    values = "50*5 9GBx2 " * 1000

    found = find(
        f'series: {{cpu: "{values}"}}\nexpect: [{{alarm: cpu-hot, is: OK, at: 5m}}]', tmp_path
    )

    assert len(found) == 20
    assert found[-1].message.endswith("; what follows is not read")


def test_a_series_of_the_most_values_is_read(tmp_path: Path) -> None:
    test = 'series: {cpu: "0x100000"}\nexpect: [{alarm: cpu-hot, is: OK}]'

    assert read_test(test, tmp_path).seconds == 6_000_000


def test_zero_times_five_must_be_quoted_alone(tmp_path: Path) -> None:
    found = only(find("series: {cpu: 0x5}\nexpect: [{alarm: cpu-hot, is: OK}]", tmp_path))

    assert found.rule == "yaml/ambiguous-scalar"
    assert found.help == 'quote it ("0x5") or write a plain decimal number'

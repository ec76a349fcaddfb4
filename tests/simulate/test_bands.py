"""Alarms on the expected band, judged by the stand-in for what CloudWatch learns."""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias

import numpy as np
import pytest

from simulate.stories import START, story
from support import HEAD, resolve_text
from watchspec.model.alarms import Alarm, Band
from watchspec.model.metric_ids import identify
from watchspec.model.signals import stats_of
from watchspec.simulate.bands import NOTE, expect_band
from watchspec.simulate.data import RAW, Data, Floats, Samples
from watchspec.simulate.options import Options
from watchspec.simulate.scenario import Outcome, simulate_monitoring

HOUR, DAY = 3_600, 86_400
Values: TypeAlias = list[float] | Floats
SPEC = """\
metrics:
  orders: {{metric: Shop Orders, statistic: Average, period: {period}}}
alarms:
  odd: {{severity: info, missing_data: missing, when: {{metric: orders, {band}, for: {window}}}}}
"""


def read_alarm(folder: Path, band: str, period: str = "1m", window: str = "2m") -> Alarm:
    text = SPEC.format(band=band, period=period, window=window)
    (alarm,) = resolve_text(HEAD + text, folder).alarms
    return alarm


def sent(alarm: Alarm, values: Values, start: int) -> Data:
    """Values that are sent one a minute from a time on."""
    assert alarm.signal is not None
    (stat,) = stats_of(alarm.signal.source)
    times = start + 60 * np.arange(len(values))
    return {identify(stat, {}): {RAW: Samples(times, np.array(values))}}


def live(days: int) -> Floats:
    """A day like the other: at night 10 and 12 in turn, from eight o'clock 100 and 102."""
    minutes = np.arange(days * 1440)
    return np.where(minutes % 1440 < 480, 10.0, 100.0) + 2 * (minutes % 2)


def expect(
    folder: Path, before: Values, hour: int = 0, band: str = "outside_band: 2", **more: str
) -> list[str]:
    """The band in an hour of the day before which some values were sent."""
    alarm = read_alarm(folder, band, **more)
    assert isinstance(alarm.condition, Band)
    data = sent(alarm, before, START - 60 * len(before))
    ends = expect_band(alarm.condition, data, np.array([START + HOUR * hour]), Options())
    return ["-" if np.isnan(one[0]) else f"{one[0]:.2f}" for one in ends]


def run(folder: Path, tail: Values, hour: int = 0, band: str = "outside_band: 2") -> Outcome:
    """What happens with some values from an hour on, after four days that are alike."""
    alarm = read_alarm(folder, band)
    before = live(5)[: 4 * 1440 + hour * 60]
    start = START + HOUR * hour
    data = sent(alarm, np.concatenate((before, tail)), start - 60 * len(before))
    monitoring = resolve_text((folder / "spec.yaml").read_text(encoding="utf-8"), folder)
    return simulate_monitoring(monitoring, data, start, 60 * len(tail), Options())


@pytest.mark.parametrize(
    ("hour", "low", "high"),
    [(0, "8.03", "13.97"), (7, "8.03", "13.97"), (8, "98.03", "103.97"), (23, "98.03", "103.97")],
)
def test_an_hour_is_expected_to_be_as_on_the_days_before(
    hour: int, low: str, high: str, tmp_path: Path
) -> None:
    """Half of 100 and half of 102 lie 1 off their median: 2 deviations are 2 × 1.4826."""
    assert expect(tmp_path, live(4), hour) == [low, high]


def test_three_days_are_needed(tmp_path: Path) -> None:
    assert expect(tmp_path, live(2)) == ["-", "-"]
    assert expect(tmp_path, live(3)) == ["8.03", "13.97"]
    assert expect(tmp_path, []) == ["-", "-"]


def test_two_weeks_are_remembered(tmp_path: Path) -> None:
    high_before = np.concatenate((np.full(20 * 1440, 1000.0), live(14)))

    assert expect(tmp_path, high_before) == ["8.03", "13.97"]


def test_where_most_values_are_equal_the_mean_distance_counts(tmp_path: Path) -> None:
    hour = np.zeros(60)
    hour[:2] = 30  # on average 1 off

    assert expect(tmp_path, np.tile(hour, 24 * 4)) == ["-2.51", "2.51"]


def test_equal_values_have_a_band_that_rounding_does_not_leave(tmp_path: Path) -> None:
    outcome = run(tmp_path, [101.0] * 3, hour=12)
    assert expect(tmp_path, np.full(4 * 1440, 0.1)) == ["0.10", "0.10"]
    assert story(outcome, "odd") == ["0 INSUFFICIENT_DATA", "1 OK"]


def test_what_comes_later_does_not_change_the_band(tmp_path: Path) -> None:
    alarm = read_alarm(tmp_path, "outside_band: 2")
    assert isinstance(alarm.condition, Band)
    begins = np.arange(START, START + 2 * DAY, HOUR)
    bands = []
    for after in ([], [5000.0] * 1440):
        data = sent(alarm, [*live(6), *after], START - 4 * DAY)
        bands.append(expect_band(alarm.condition, data, begins, Options()))

    np.testing.assert_array_equal(bands[0], bands[1])


@pytest.mark.parametrize("period", ["5m", "7m", "1h", "2h", "1d"])
def test_bands_of_longer_periods(period: str, tmp_path: Path) -> None:
    window = {"1d": "2d"}.get(period, period)

    low, high = expect(tmp_path, np.full(9 * 1440, 7.0), period=period, window=window)

    assert (low, high) == ("7.00", "7.00")


@pytest.mark.parametrize(
    ("band", "value", "changes"),
    [
        ("outside_band: 2", 105, ["4 ALARM", "6 OK"]),
        ("outside_band: 2", 97, ["4 ALARM", "6 OK"]),
        ("above_band: 2", 105, ["4 ALARM", "6 OK"]),
        ("above_band: 2", 97, []),
        ("below_band: 2", 97, ["4 ALARM", "6 OK"]),
        ("below_band: 2", 105, []),
        ("outside_band: 3", 105, []),
        ("outside_band: 0.5", 100, ["1 ALARM"]),
    ],
)
def test_the_alarm_goes_off_outside_of_its_side(
    band: str, value: float, changes: list[str], tmp_path: Path
) -> None:
    outcome = run(tmp_path, [100, 102, value, value, value, 100, 102, 100], 10, band)

    assert [one for one in story(outcome, "odd")[1:] if one != "1 OK"] == changes


def test_what_is_usual_by_day_is_odd_at_night(tmp_path: Path) -> None:
    assert story(run(tmp_path, [100.0] * 3, hour=3), "odd")[-1] == "2 ALARM"


def test_the_reason_says_that_the_band_is_a_stand_in(tmp_path: Path) -> None:
    history = run(tmp_path, [100, 102, 105, 106], hour=10).histories["odd"]

    assert history.note == NOTE
    assert history.reason_at(START + 10 * HOUR + 240) == (
        "Thresholds Crossed: 2 out of the last 2 datapoints [106.0 (09/03/26 10:03:00), "
        "105.0 (09/03/26 10:02:00)] were less than the lower thresholds [98.0348, 98.0348] or greater "
        "than the upper thresholds [103.9652, 103.9652] (minimum 2 datapoints for OK -> ALARM "
        "transition). (the expected band is a stand-in for the one that CloudWatch learns)"
    )
    values = history.values()
    assert values is not None
    assert values.tolist() == [100, 102, 105, 106]


def test_without_days_before_nothing_is_judged(tmp_path: Path) -> None:
    alarm = read_alarm(tmp_path, "outside_band: 2")
    monitoring = resolve_text((tmp_path / "spec.yaml").read_text(encoding="utf-8"), tmp_path)

    outcome = simulate_monitoring(
        monitoring, sent(alarm, [1.0] * 60, START), START, 3600, Options()
    )

    assert outcome.unsupported == {"odd": f"{NOTE}, and needs data of 3 days before"}

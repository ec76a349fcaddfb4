"""States in, numbers out: every figure of a backtest on a history short enough to count by hand."""

from __future__ import annotations

import numpy as np
import pytest

from watchspec.backtest.conduct import count_most, count_pages, describe_conduct
from watchspec.diagnostics import Location
from watchspec.model.backtests import Conduct, Detection, Incident, Pages
from watchspec.simulate.judging import State
from watchspec.simulate.statistics import Grid

CODES = {"o": State.OK, "a": State.ALARM, "?": State.INSUFFICIENT_DATA}
HOUR = 3_600


def conduct(states: str, *incidents: Incident) -> Conduct:
    """A letter is the state from the end of its minute on; the first minute begins at 0."""
    codes = np.array([CODES[one] for one in states], dtype=np.int8)
    return describe_conduct("cpu", codes, Grid(0, 60, len(codes)), incidents)[0]


def incident(start: int, end: int, *alarms: str) -> Incident:
    return Incident(f"from {start}", start * 60, end * 60, alarms, Location("incidents.csv"))


@pytest.mark.parametrize(
    ("states", "fires", "in_alarm", "longest", "quiet"),
    [
        ("oooooooooo", 0, 0, 0, 10),
        ("ooaaaooooo", 1, 3, 3, 4),
        ("oaoaaoaaaa", 3, 6, 3, 2),
        ("aaaaaaaaaa", 1, 9, 9, 0),
        ("??a?ooooao", 2, 2, 1, 5),
    ],
)
def test_times_in_alarm_and_out_of_it_are_counted(
    states: str, fires: int, in_alarm: int, longest: int, quiet: int
) -> None:
    found = conduct(states)

    assert found.fires == fires
    assert found.alarm_seconds == in_alarm * 60
    assert found.longest_seconds == longest * 60
    assert found.quiet_seconds == quiet * 60


def test_more_than_four_changes_in_an_hour_are_flapping() -> None:
    slow = conduct("oa" + "o" * 56 + "aao" + "o" * 60 + "a")
    fast = conduct("oaoaoa" + "a" * 60)

    assert (slow.changes_an_hour, slow.is_flapping) == (4, False)
    assert (fast.changes_an_hour, fast.is_flapping) == (5, True)


def test_what_is_an_hour_apart_is_not_in_one_hour() -> None:
    assert count_most(np.array([0, HOUR, HOUR + 1, 2 * HOUR]), HOUR) == 2
    assert count_most(np.array([0, HOUR - 1]), HOUR) == 2
    assert count_most(np.array([], dtype=np.int64), HOUR) == 0


def test_pages_are_counted_in_the_worst_twelve_hours_and_on_average() -> None:
    times = [hour * HOUR for hour in (1, 2, 13, 30)]

    assert count_pages(times, 48 * HOUR) == Pages(4, 2, 1.0)
    assert count_pages([], 48 * HOUR) == Pages(0, 0, 0.0)
    assert count_pages([5], HOUR) == Pages(1, 1, 1.0), "less than a shift is taken for one"


def test_an_alarm_in_an_incident_is_true_and_late_by_so_much() -> None:
    found = conduct("oooaaooaoo", incident(2, 6), incident(20, 30)).detection

    assert found == Detection(delays=(120,), missed=("from 20",), false=1)
    assert found.recall == 0.5


def test_an_alarm_that_is_on_already_tells_at_once() -> None:
    found = conduct("oaaaaaaoo", incident(4, 6)).detection

    assert found == Detection(delays=(0,), missed=(), false=0)


def test_an_alarm_that_ends_when_the_incident_begins_is_false() -> None:
    found = conduct("oaaoooooo", incident(4, 6)).detection

    assert found == Detection(delays=(), missed=("from 4",), false=1)


def test_incidents_of_other_alarms_are_not_counted() -> None:
    found = conduct("oooaaoo", incident(2, 6, "memory"), incident(2, 6, "cpu", "memory")).detection

    assert found == Detection(delays=(120,), missed=(), false=0)
    nothing = conduct("oooaaoo", incident(2, 6, "memory"))
    assert nothing.detection == Detection((), (), 1)
    assert nothing.detection.recall is None
    assert nothing.precision == 0


def test_precision_is_the_part_of_firing_that_was_in_an_incident() -> None:
    found = conduct("oaoaoaoaoo", incident(1, 5))

    assert found.precision == 0.5
    assert conduct("ooo", incident(1, 2)).precision is None
    assert conduct("oao").precision is None


def test_the_median_delay_is_between_the_two_in_the_middle() -> None:
    assert Detection((10, 40, 20), (), 0).median_delay == 20
    assert Detection((10, 40, 20, 30), (), 0).median_delay == 25
    assert Detection((), ("x",), 0).median_delay is None

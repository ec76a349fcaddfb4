"""The tables of AWS's page on missing data.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html (read 2026-11-24)
"""

from __future__ import annotations

from itertools import product
from typing import get_args

import numpy as np
import pytest

from simulate.reference import state_after
from watchspec.model.alarms import MissingData, Window
from watchspec.simulate.judging import State, judge, judge_requests, settle
from watchspec.simulate.options import Options

SETTINGS: tuple[MissingData, ...] = get_args(MissingData)
UNKNOWN = "INSUFFICIENT_DATA"


def final_state(points: str, window: Window, missing: MissingData) -> str:
    """The state after the last point: X breaches, 0 does not, - is missing."""
    flags = points.replace(" ", "")
    codes = judge(
        np.array([one == "X" for one in flags]),
        np.array([one != "-" for one in flags]),
        window,
        missing,
        Options(),
    )
    return "keep" if codes[-1] < 0 else State(codes[-1]).name


@pytest.mark.parametrize(
    ("points", "states"),
    [
        ("0 - X - X", ("OK", "OK", "OK", "OK")),
        ("0 - - - -", ("OK", "OK", "OK", "OK")),
        ("- - - - -", (UNKNOWN, "keep", "ALARM", "OK")),
        ("0 X X - X", ("ALARM", "ALARM", "ALARM", "ALARM")),
        ("- - X - -", ("ALARM", "keep", "ALARM", "OK")),
    ],
)
def test_three_of_three(points: str, states: tuple[str, ...]) -> None:
    found = tuple(final_state(points, Window(3, 3), missing) for missing in SETTINGS)

    assert found == states


@pytest.mark.parametrize(
    ("points", "states"),
    [
        ("0 - X - X", ("ALARM", "ALARM", "ALARM", "ALARM")),
        ("0 0 X 0 X", ("ALARM", "ALARM", "ALARM", "ALARM")),
        ("0 - X - -", ("OK", "OK", "ALARM", "OK")),
        ("- - - - 0", ("OK", "OK", "ALARM", "OK")),
        ("- - - X -", ("ALARM", "keep", "ALARM", "OK")),
    ],
)
def test_two_of_three(points: str, states: tuple[str, ...]) -> None:
    found = tuple(final_state(points, Window(3, 2), missing) for missing in SETTINGS)

    assert found == states


@pytest.mark.parametrize(
    ("points", "states"),
    [
        # One evaluation after `0 - - - -` the only point is out of range.
        ("0 - - - - -", (UNKNOWN, "keep", "ALARM", "OK")),
        # Not yet: the next point may be fine.
        ("- - - - X", (UNKNOWN, "keep", "ALARM", "OK")),
        ("- - - X -", (UNKNOWN, "keep", "ALARM", "OK")),
        ("- - - X 0", ("OK", "OK", "OK", "OK")),
        ("- - X - 0", ("OK", "OK", "OK", "OK")),
        ("- - X - -", ("ALARM", "keep", "ALARM", "OK")),
    ],
)
def test_an_alarm_does_not_go_off_too_early(points: str, states: tuple[str, ...]) -> None:
    found = tuple(final_state(points, Window(3, 3), missing) for missing in SETTINGS)

    assert found == states


@pytest.mark.parametrize("m", [1, 2, 3])
def test_all_patterns_of_complete_data_over_three_points(m: int) -> None:
    for pattern in product("0X", repeat=5):
        points = "".join(pattern)
        expected = "ALARM" if points[-3:].count("X") >= m else "OK"

        found = {final_state(points, Window(3, m), missing) for missing in SETTINGS}

        assert found == {expected}, points


@pytest.mark.parametrize(("n", "m"), [(n, m) for n in (1, 2, 3, 4) for m in range(1, n + 1)])
def test_every_pattern_is_judged_as_the_plain_rules_say(n: int, m: int) -> None:
    for pattern in product("0X-", repeat=min(n + 2, 6)):
        points = "".join(pattern)
        for missing in SETTINGS:
            found = final_state(points, Window(n, m), missing)
            assert found == state_after(points, n, m, missing), (points, missing)


def test_requests_are_judged_as_a_history_is() -> None:
    rng = np.random.default_rng(5)
    flags = rng.choice(np.array(["0", "X", "-"]), 500)
    breaches, exists = flags == "X", flags != "-"
    for n, m in ((1, 1), (3, 2), (5, 5), (12, 3)):
        span = n + 2
        padded = [
            np.concatenate((np.zeros(span - 1, dtype=bool), one)) for one in (breaches, exists)
        ]
        rows = [np.lib.stride_tricks.sliding_window_view(one, span) for one in padded]
        for missing in SETTINGS:
            window = Window(n, m)
            history = judge(breaches, exists, window, missing, Options())
            assert (judge_requests(rows[0], rows[1], window, missing, Options()) == history).all()


def test_a_state_that_is_kept_is_the_one_before() -> None:
    codes = np.array([-1, 1, -1, 0, -1, -1, 2], dtype=np.int8)

    assert settle(codes).tolist() == [2, 1, 1, 0, 0, 0, 2]
    assert settle(codes, State.OK).tolist() == [0, 1, 1, 0, 0, 0, 2]

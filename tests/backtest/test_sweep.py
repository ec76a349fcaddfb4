"""Other thresholds and durations: what they would do, and which of them is clearly better."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from backtest.test_backtest import START, case, hot, run, samples
from support import HEAD, resolve_text
from watchspec.backtest.sweep import choose_thresholds, choose_windows, find_better
from watchspec.diagnostics import Location
from watchspec.model.alarms import Threshold
from watchspec.model.backtests import Conduct, Detection, Incident, Pages, Setting, Sweep


def threshold(folder: Path, when: str) -> Threshold:
    text = (
        HEAD + f"alarms:\n  x: {{severity: info, when: {{metric: Shop Cpu, {when}}}, notify: []}}\n"
    )
    condition = resolve_text(text, folder).alarms[0].condition
    assert isinstance(condition, Threshold)
    return condition


def test_thresholds_are_around_the_present_one_and_where_the_data_is(tmp_path: Path) -> None:
    values = np.arange(1_001.0)

    above = choose_thresholds(values, threshold(tmp_path, "above: 100, for: 5m"))
    below = choose_thresholds(values, threshold(tmp_path, "below: 100, for: 5m"))

    assert above == [75, 90, 100, 110, 125, 500, 900, 990, 999, 1000]
    assert below == [0, 1, 10, 75, 90, 100, 110, 125, 500]


def test_where_all_data_are_whole_thresholds_are_whole(tmp_path: Path) -> None:
    counts = np.array([0.0, 1, 2, 1, 0, 0, 3, np.nan])

    above = choose_thresholds(counts, threshold(tmp_path, "above: 1, for: 5m"))
    below = choose_thresholds(counts, threshold(tmp_path, "below: 2, for: 5m"))
    odd = choose_thresholds(counts, threshold(tmp_path, "above: 0.5, for: 5m"))

    assert above == [0, 1, 2, 3]
    assert below == [0, 1, 2, 3]
    assert odd == [0, 0.5, 1, 2, 3]


def test_a_series_with_a_value_that_is_not_whole_has_thresholds_between(tmp_path: Path) -> None:
    values = np.array([0.0, 1, 2, 2.5])

    assert choose_thresholds(values, threshold(tmp_path, "above: 1, for: 5m"))[:3] == [0.75, 0.9, 1]


def test_a_series_without_values_leaves_those_around_the_present_one(tmp_path: Path) -> None:
    values = np.array([np.nan])

    assert choose_thresholds(values, threshold(tmp_path, "above: 10, for: 5m")) == [
        7.5,
        9,
        10,
        11,
        12.5,
    ]


@pytest.mark.parametrize(
    ("when", "windows"),
    [
        ("above: 9, for: 5m", [(1, 1), (2, 2), (2, 3), (3, 3), (3, 5), (5, 5), (10, 10), (15, 15)]),
        ("above: 9, for: 4m", [(1, 1), (2, 2), (2, 3), (3, 3), (4, 4), (3, 5), (5, 5), (10, 10), (15, 15)]),
        ("above: 9, for: 1 day, period: 1 day", [(1, 1)]),
    ],
)  # fmt: skip
def test_durations_are_usual_ones_of_a_day_at_most(
    when: str, windows: list[tuple[int, int]], tmp_path: Path
) -> None:
    assert choose_windows(threshold(tmp_path, when)) == windows


def sweep(folder: Path, *incidents: Incident) -> Sweep:
    minutes = [*range(20, 25), 60, 61, 120, 121, 180, 181]
    backtest = run(case(folder, {"Cpu": hot(*minutes)}, *incidents), is_sweep=True)
    (found,) = backtest.sweeps
    return found


OUTAGE = Incident("outage", START + 20 * 60, START + 30 * 60, (), Location("incidents.csv"))


def setting(found: Sweep, value: float, m: int, n: int) -> Setting:
    return next(one for row in found.rows for one in row if (one.threshold, one.window) == (value, (m, n)))  # fmt: skip


def test_each_setting_is_what_the_alarm_would_do_with_it(tmp_path: Path) -> None:
    found = sweep(tmp_path)

    assert (found.key, found.operator, found.period_seconds) == ("cpu-high", ">", 60)
    assert found.present == setting(found, 90, 2, 2)
    assert [setting(found, 90, n, n).conduct.fires for n in (1, 2, 3, 5, 10)] == [4, 4, 1, 1, 0]
    assert setting(found, 95, 1, 1).conduct.fires == 0
    assert setting(found, 50, 1, 1).conduct == setting(found, 90, 1, 1).conduct


def test_without_incidents_a_setting_that_is_quiet_enough_is_better(tmp_path: Path) -> None:
    better = sweep(tmp_path).suggestion

    assert better is not None
    assert (better.threshold, better.window) == (90, (3, 3))


def test_with_incidents_one_that_tells_of_them_and_of_nothing_else_is_better(
    tmp_path: Path,
) -> None:
    better = sweep(tmp_path, OUTAGE).suggestion

    assert better is not None
    assert (better.threshold, better.window) == (90, (3, 3))
    assert better.conduct.detection == Detection((180,), (), 0)


def test_alarms_without_a_threshold_of_their_own_have_no_sweep(tmp_path: Path) -> None:
    beat = samples([1.0] * 240)

    backtest = run(case(tmp_path, {"Cpu": hot(), "Beat": beat}), "both", "beat-lost", is_sweep=True)

    assert [one.key for one in backtest.sweeps] == ["beat-lost"]


def make(fires: int, detection: Detection | None, n: int = 1, worst: int = 0) -> Setting:
    return Setting(
        9.0, n, n, Conduct(fires, 0, 0, 0, 0, detection), Pages(fires, worst, float(fires))
    )


@pytest.mark.parametrize(
    ("present", "other", "is_better"),
    [
        (Detection((60,), ("b",), 2), Detection((90, 90), (), 2), True),
        (Detection((60,), ("b",), 2), Detection((90, 90), (), 3), False),
        (Detection((60,), ("b",), 2), Detection((60,), ("a",), 0), False),
        (Detection((60,), (), 4), Detection((60,), (), 2), True),
        (Detection((60,), (), 4), Detection((60,), (), 3), False),
        (Detection((60,), (), 4), Detection((361,), (), 0), False),
        (Detection((60,), (), 0), Detection((30,), (), 0), False),
        (Detection((), ("a",), 2), Detection((), ("a",), 0), False),
    ],
)
def test_better_is_only_what_nobody_would_doubt(
    present: Detection, other: Detection, *, is_better: bool
) -> None:
    now, then = make(5, present), make(3, other, n=2)

    assert find_better(now, [now, then]) == (then if is_better else None)


@pytest.mark.parametrize(
    ("worst", "other", "fires", "is_better"),
    [(3, 2, 1, True), (2, 1, 1, False), (3, 3, 1, False), (3, 0, 0, False)],
)
def test_without_incidents_only_a_loud_alarm_can_be_better(
    worst: int, other: int, fires: int, *, is_better: bool
) -> None:
    now, then = make(9, None, worst=worst), make(fires, None, n=2, worst=other)

    assert find_better(now, [now, then]) == (then if is_better else None)

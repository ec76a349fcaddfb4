"""Tables of backtests: nothing is cut off, however narrow the terminal, and nothing in them commands it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from backtest.test_backtest import case, hot, run
from backtest.test_sweep import OUTAGE
from watchspec.report.backtests import draw_backtests


def words(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("width", [110, 140, 200, None])
def test_a_narrow_terminal_shows_the_same_columns(width: int | None, tmp_path: Path) -> None:
    backtest = run(case(tmp_path, {"Cpu": hot(20, 21, 22, 60, 61)}, OUTAGE), is_sweep=True)

    drawn = words(draw_backtests([backtest], width=width, color=False))

    for shown in ("timetodetect", "silence", "1of2(50%)", "1of1(100%)", "recall100%", "better:>90"):
        assert shown in drawn, shown
    assert "\x1b" not in draw_backtests([backtest], width=width, color=False)
    assert "\x1b[1m" in draw_backtests([backtest], width=width, color=True)


def test_a_name_that_would_command_the_terminal_is_spelled_out(tmp_path: Path) -> None:
    incident = replace(OUTAGE, name="\x1b[2J[bold]outage")
    backtest = run(case(tmp_path, {"Cpu": hot(20, 21, 22)}, incident))

    drawn = draw_backtests([backtest], width=None, color=False)

    assert "\\x1b[2J[bold]outage" in drawn
    assert "\x1b" not in drawn


def test_columns_that_do_not_fit_make_lines_longer_than_the_terminal(tmp_path: Path) -> None:
    backtest = run(case(tmp_path, {"Cpu": hot(20, 21, 22)}, OUTAGE))

    lines = draw_backtests([backtest], width=30, color=False).splitlines()

    assert max(map(len, lines)) > 30
    assert any(line.startswith("cpu-high ") for line in lines)


@pytest.mark.parametrize(
    ("hot_minutes", "said"),
    [((), "0 "), ((1,) * 2, "0 "), (tuple(range(10, 73)), "1 h 2 min")],
)
def test_durations_are_said_in_their_two_largest_units(
    hot_minutes: tuple[int, ...], said: str, tmp_path: Path
) -> None:
    backtest = run(case(tmp_path, {"Cpu": hot(*hot_minutes)}))

    line = next(
        one
        for one in draw_backtests([backtest], width=None, color=False).splitlines()
        if one.startswith("cpu-high")
    )
    assert said in line

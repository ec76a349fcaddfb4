"""Pictures: the same bytes for the same data, in either form, whatever the names hold."""

from __future__ import annotations

from pathlib import Path

import pytest
from matplotlib.image import imread

from backtest.test_backtest import START, case, hot, run, samples
from backtest.test_sweep import OUTAGE
from support import HEAD
from watchspec.backtest import draw_case
from watchspec.diagnostics import Location
from watchspec.model.backtests import Incident

ODD = Incident("$x^2$ <b> \U0001f525", START + 3_600, START + 7_200, (), Location("incidents.csv"))


@pytest.mark.parametrize(("name", "head"), [("p.svg", b"<?xml"), ("p.PNG", b"\x89PNG")])
def test_the_same_backtest_is_drawn_in_the_same_bytes(
    name: str, head: bytes, tmp_path: Path
) -> None:
    one = case(tmp_path, {"Cpu": hot(20, 21, 22), "Beat": samples([1.0] * 9)}, OUTAGE, ODD)
    backtest = run(one, is_sweep=True)

    drawn = []
    for folder in ("first", "second"):
        (tmp_path / folder).mkdir()
        draw_case(one, backtest, str(tmp_path / folder / name))
        drawn.append((tmp_path / folder / name).read_bytes())

    assert drawn[0] == drawn[1]
    assert drawn[0].startswith(head)
    assert b"watchspec" not in drawn[0]
    assert b"2026-11-25T" not in drawn[0], "no date of the day it was drawn"


def test_of_many_alarms_those_that_go_off_most_are_drawn(tmp_path: Path) -> None:
    names = [f"m{number}" for number in range(14)]
    spec = HEAD + "metrics:\n" + "".join(f"  {one}: {{metric: Shop {one}}}\n" for one in names)
    spec += "alarms:\n" + "".join(
        f"  {one}-high: {{severity: info, when: {{metric: {one}, above: 90, for: 1m}}, notify: []}}\n"
        for one in names
    )
    series = {name: hot(*range(0, 2 * number, 2)) for number, name in enumerate(names)}
    one = case(tmp_path, series, spec=spec)
    backtest = run(one)

    draw_case(one, backtest, str(tmp_path / "all.svg"))
    draw_case(one, run(one, *(f"{name}-high" for name in names[2:])), str(tmp_path / "most.svg"))

    assert (tmp_path / "all.svg").read_bytes() == (tmp_path / "most.svg").read_bytes()


def test_minutes_in_alarm_are_seen_in_a_month(tmp_path: Path) -> None:
    month = [50.0] * 43_200
    month[20_000:20_003] = [95.0] * 3
    one = case(tmp_path, {"Cpu": samples(month)})

    draw_case(one, run(one, "cpu-high"), str(tmp_path / "month.png"))

    pixels = (imread(tmp_path / "month.png")[:, :, :3] * 255).round()
    red = (pixels == (0xC6, 0x28, 0x28)).all(axis=2)
    strip = red[:-40].sum(axis=0) >= 15  # without the legend below
    assert 3 <= strip.sum() <= 10


def test_an_alarm_that_combines_others_is_drawn_by_its_states(tmp_path: Path) -> None:
    one = case(tmp_path, {"Cpu": hot(20, 21), "Beat": samples([1.0] * 240)})

    draw_case(one, run(one, "both"), str(tmp_path / "both.svg"))

    assert (tmp_path / "both.svg").stat().st_size > 5_000

"""What a test shows of an alarm: that it fires, that it is quiet, what it is without data."""

from __future__ import annotations

from pathlib import Path

import pytest

from made_tests import CPU, becomes, changes, holds, make_test, never, notifies, resolve
from watchspec.model.spec_tests import Expectation
from watchspec.test.coverage import cover_alarms
from watchspec.test.run import judge_test, make_facts

HOT = "50x5 85x20 40x10"
MORE = """\
  cold: {severity: info, when: {metric: cpu, below: 5%, for: 2m}}
  strange: {severity: info, when: {metric: cpu, outside_band: 2, for: 5m}}
  any: {severity: info, when: {any: [hot, cold]}}
"""


def shown(
    folder: Path,
    *expectations: Expectation,
    values: str = HOT,
    alarm: str = "hot",
    minutes: int = 60,
) -> str:
    """What a test shows of an alarm."""
    monitoring = resolve(CPU + MORE, folder)
    series = {"cpu": values} if values else {}
    facts = make_facts(
        monitoring, make_test(monitoring, *expectations, minutes=minutes, **series), {}
    )
    assert judge_test(facts) == ()
    (row,) = (one for one in cover_alarms(monitoring, [facts]) if one.alarm == alarm)
    kinds = {"fires": row.fires, "quiet": row.quiet, "missing": row.missing}
    return " ".join(kind for kind, tests in kinds.items() if tests)


@pytest.mark.parametrize(
    ("expectations", "kinds"),
    [
        ([becomes("ALARM", 15)], "fires"),
        ([holds("ALARM", 20, 20)], "fires"),
        ([changes("OK", "ALARM", "OK", "INSUFFICIENT_DATA")], "fires missing"),
        ([never("ALARM", None, 14)], "quiet"),
        ([holds("OK", 5, 5)], "quiet"),
        ([becomes("OK")], ""),
        ([becomes("OK", 1)], ""),
        ([never("OK", 15, 20)], ""),
        ([becomes("INSUFFICIENT_DATA")], "missing"),
        ([holds("INSUFFICIENT_DATA", 50, 50)], "missing"),
        ([holds("OK", 36, 36)], "quiet"),
        ([holds("OK", 38, 38)], "quiet missing"),
        ([never("ALARM", 26)], "quiet missing"),
        ([notifies("critical")], ""),
        ([holds("INSUFFICIENT_DATA", 0, 0)], ""),
    ],
)
def test_expectation_that_is_met_shows_something(
    tmp_path: Path, expectations: list[Expectation], kinds: str
) -> None:
    assert shown(tmp_path, *expectations) == kinds


def test_alarm_is_not_shown_quiet_by_silence(tmp_path: Path) -> None:
    assert shown(tmp_path, never("ALARM"), values="_x30", minutes=30) == "missing"
    assert shown(tmp_path, never("ALARM"), values="", minutes=30) == "missing"


def test_gap_that_older_data_points_fill_is_no_missing_data(tmp_path: Path) -> None:
    values = "50x20 _x2 50x20"

    assert shown(tmp_path, never("ALARM"), values=values, minutes=40) == "quiet"
    assert shown(tmp_path, never("ALARM"), values="50x20 _x3 50x20", minutes=40) == "quiet missing"


def test_composite_has_no_missing_data_of_its_own(tmp_path: Path) -> None:
    assert (
        shown(
            tmp_path, becomes("ALARM", alarm="any"), never("ALARM", 1, 14, alarm="any"), alarm="any"
        )
        == "fires quiet"
    )
    assert shown(tmp_path, never("ALARM", alarm="any"), values="_x9", minutes=9, alarm="any") == ""
    monitoring = resolve(CPU + MORE, tmp_path)
    rows = {row.alarm: row for row in cover_alarms(monitoring, [])}
    assert len(rows["any"].cells) == 2
    assert len(rows["hot"].cells) == 3


def test_alarm_that_only_aws_can_judge_is_told_apart(tmp_path: Path) -> None:
    rows = {row.alarm: row for row in cover_alarms(resolve(CPU + MORE, tmp_path), [])}

    assert (
        rows["strange"].unsupported
        == "the expected band is a stand-in for the one that CloudWatch learns, and needs data of 3 days before"
    )
    assert rows["hot"].unsupported == ""


def test_alarm_that_always_has_data_needs_no_test_without(tmp_path: Path) -> None:
    text = CPU.replace("metric: cpu, above", 'expression: "FILL(cpu, 0)", unit: Percent, above')

    (row,) = cover_alarms(resolve(text, tmp_path), [])

    assert row.missing is None


def test_band_that_is_tested_over_days_is_no_alarm_of_aws_alone(tmp_path: Path) -> None:
    days = 60 * 24 * 4
    values = f"50x{days // 2} 51x{days // 2 - 60} 90x60"

    assert (
        shown(
            tmp_path,
            becomes("ALARM", alarm="strange"),
            values=values,
            minutes=days,
            alarm="strange",
        )
        == "fires"
    )
    monitoring = resolve(CPU + MORE, tmp_path)
    facts = make_facts(
        monitoring,
        make_test(monitoring, becomes("ALARM", alarm="strange"), minutes=days, cpu=values),
        {},
    )
    rows = {row.alarm: row for row in cover_alarms(monitoring, [facts])}
    assert rows["strange"].unsupported == ""

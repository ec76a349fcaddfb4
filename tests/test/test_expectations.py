"""What is expected, held against what happens: what passes, and what is said of what does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from made_tests import CPU, becomes, changes, holds, make_test, never, notifies, resolve
from watchspec.model.spec_tests import Expectation
from watchspec.test.run import judge_test, make_facts

HOT = "50x5 85x20 40x10"
"""ALARM at 15m, OK at 26m, and without data from 47m on."""


def messages(
    folder: Path, *expectations: Expectation, values: str = HOT, text: str = CPU, minutes: int = 60
) -> list[str]:
    """What is said of an alarm over that metric."""
    monitoring = resolve(text, folder)
    test = make_test(monitoring, *expectations, minutes=minutes, cpu=values)
    return [one.finding.message for one in judge_test(make_facts(monitoring, test, {}))]


@pytest.mark.parametrize(
    "expectations",
    [
        [becomes("ALARM")],
        [becomes("ALARM", 15)],
        [becomes("ALARM", 17, within=2)],
        [becomes("ALARM", 13, within=2)],
        [becomes("OK", 1), becomes("ALARM", 15), becomes("OK", 26)],
        [becomes("ALARM", 15, reason="greater than the threshold (70.0)")],
        [becomes("INSUFFICIENT_DATA", 47)],
        [holds("OK", 14, 14), holds("ALARM", 15, 15), holds("ALARM", 25, 25), holds("OK", 26, 26)],
        [holds("ALARM", 15, 25), holds("OK", None, 14), holds("INSUFFICIENT_DATA", 47)],
        [holds("INSUFFICIENT_DATA", 0, 0)],
        [never("ALARM", None, 14), never("ALARM", 26), never("INSUFFICIENT_DATA", 1, 46)],
        [changes("OK", "ALARM", "OK", "INSUFFICIENT_DATA")],
        [changes("INSUFFICIENT_DATA", "OK", "ALARM", "OK", "INSUFFICIENT_DATA")],
        [notifies("critical"), notifies("critical", state="ALARM", minute=15)],
        [notifies("critical", state="OK", minute=26), notifies(state="INSUFFICIENT_DATA")],
    ],
)
def test_expectations_that_are_met(tmp_path: Path, expectations: list[Expectation]) -> None:
    assert messages(tmp_path, *expectations) == []


@pytest.mark.parametrize(
    ("expectation", "message"),
    [
        (becomes("ALARM", 14), '"hot" became ALARM at 15m, not at 14m'),
        (becomes("ALARM", 18, within=2), '"hot" became ALARM at 15m, not at 18m ± 2m'),
        (
            becomes("ALARM", 15, reason="NonBreaching"),
            '"hot" became ALARM at 15m, and the reason does not contain "NonBreaching"',
        ),
        (
            holds("ALARM", 14, 14),
            (
                '"hot" was OK at 14m, not ALARM; '
                "it became OK at 1m, ALARM at 15m, OK at 26m and INSUFFICIENT_DATA at 47m"
            ),
        ),
        (holds("OK", 5, 30), '"hot" became ALARM at 15m, and was to be OK from 5m to 30m'),
        (holds("ALARM", 14, 20), '"hot" was OK at 14m, and was to be ALARM from 14m to 20m'),
        (holds("OK"), '"hot" became ALARM at 15m, and was to be OK all the time'),
        (holds("ALARM", 20), '"hot" became OK at 26m, and was to be ALARM from 20m on'),
        (never("ALARM"), '"hot" became ALARM at 15m, which was never to happen'),
        (never("ALARM", 20), '"hot" was ALARM at 20m, which was never to happen from 20m on'),
        (never("OK", None, 3), '"hot" became OK at 1m, which was never to happen until 3m'),
        (
            changes("OK", "ALARM"),
            (
                '"hot" was not OK -> ALARM; '
                "it became OK at 1m, ALARM at 15m, OK at 26m and INSUFFICIENT_DATA at 47m"
            ),
        ),
        (notifies(), '"hot" told "critical" of OK at 1m, and was to tell nobody'),
        (
            notifies("critical", state="ALARM", minute=16),
            '"hot" told "critical" of ALARM at 15m, not at 16m',
        ),
        (
            notifies("critical", state="INSUFFICIENT_DATA"),
            '"hot" never told "critical" of INSUFFICIENT_DATA; it told nobody',
        ),
        (notifies("chat"), '"hot" never told "chat"; it told "critical"'),
    ],
)
def test_expectation_that_is_not_met_says_what_happened(
    tmp_path: Path, expectation: Expectation, message: str
) -> None:
    assert messages(tmp_path, expectation) == [message]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ("50x60", '"hot" never became ALARM; it was OK from 1m on'),
        ("_x60", '"hot" never became ALARM; it was INSUFFICIENT_DATA all the time'),
        (
            "50x5 _x55",
            '"hot" never became ALARM; it became OK at 1m and INSUFFICIENT_DATA at 17m',
        ),
    ],
)
def test_alarm_that_never_came_says_what_came_instead(
    tmp_path: Path, values: str, message: str
) -> None:
    assert messages(tmp_path, becomes("ALARM"), values=values) == [message]


def test_change_is_looked_for_behind_the_one_that_was_expected_before(tmp_path: Path) -> None:
    assert messages(tmp_path, becomes("ALARM"), becomes("OK", 1)) == [
        '"hot" became OK at 26m, not at 1m'
    ]
    assert messages(tmp_path, becomes("ALARM", 15), becomes("ALARM")) == [
        (
            '"hot" never became ALARM after 15m; '
            "it became ALARM at 15m, OK at 26m and INSUFFICIENT_DATA at 47m"
        )
    ]


def test_alarm_that_never_came_is_not_asked_when_it_went(tmp_path: Path) -> None:
    found = messages(tmp_path, becomes("ALARM", 15), becomes("OK", 26), values="50x60")

    assert found == ['"hot" never became ALARM, expected at 15m; it was OK from 1m on']


def test_alarm_that_changes_often_is_told_in_short(tmp_path: Path) -> None:
    text = CPU.replace("for: 10m", "for: 1m")

    (found,) = messages(tmp_path, changes("OK"), values="50 90 50 90 50 90 50 90", text=text)

    assert found == (
        '"hot" was not OK; it became OK at 1m, ALARM at 2m, OK at 3m, ALARM at 4m, '
        "and changed 5 more times"
    )


def test_alarm_that_only_aws_can_judge_is_an_error_and_not_a_pass(tmp_path: Path) -> None:
    monitoring = resolve(CPU.replace("above: 70%", "outside_band: 2"), tmp_path)
    test = make_test(monitoring, becomes("ALARM"), never("ALARM"), cpu=HOT)

    (failure,) = judge_test(make_facts(monitoring, test, {}))

    assert failure.finding.rule == "test/not-simulated"
    assert failure.finding.message == (
        '"hot" cannot be simulated: the expected band is a stand-in for the one that CloudWatch learns, and needs data of 3 days before'
    )


def test_whom_an_alarm_tells_under_a_mute_rule_that_only_aws_can_read(tmp_path: Path) -> None:
    text = (
        CPU
        + """\
mutes:
  night: {alarms: [hot], reason: backups, schedule: "cron(0 2 L * *)", duration: 1h}
"""
    )
    monitoring = resolve(text, tmp_path)
    test = make_test(monitoring, notifies("critical"), becomes("ALARM", 15), cpu=HOT)

    (failure,) = judge_test(make_facts(monitoring, test, {}))

    assert failure.finding.message.startswith('whom "hot" tells cannot be simulated: ')

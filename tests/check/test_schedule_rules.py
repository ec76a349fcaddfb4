from __future__ import annotations

from pathlib import Path

import pytest

from support import HEAD, compile_text, marked_text

ALARM = HEAD + "alarms: {a: {severity: critical, notify: [], when: {metric: Shop A, above: 1}}}\n"
BASE = {"schedule": "cron(0 2 * * *)", "duration": "1h", "end": "2027-03-01T00:00"}


def found_in(folder: Path, **settings: str | None) -> list[tuple[str, str, str, str, str]]:
    """Rule, severity, message, what stands under the caret and the advice, of a mute rule."""
    given = {key: value for key, value in (BASE | settings).items() if value is not None}
    lines = "".join(f"    {key}: {value}\n" for key, value in given.items())
    text = f"{ALARM}mutes:\n  m:\n    alarms: all\n    reason: Backup\n{lines}"
    return [
        (one.rule, one.severity.word, one.message, marked_text(one), one.hint or one.help)
        for one in compile_text(text, folder).diagnostics
        if one.rule.startswith("mute/")
    ]


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"timezone": "Europe/Berlin"},
        {"timezone": "Etc/GMT+5"},
        {"schedule": "cron(0 18 * * FRI)", "duration": "60h"},
        {"schedule": "cron(0 * * * *)", "duration": "59m"},
        {"schedule": "cron(0 18 * * MON-FRI)", "duration": "2 days"},
        {"schedule": "at(2027-01-10T06:00)", "end": None},
        {"schedule": "at(2027-01-10T06:00)", "start": "2027-01-10T06:30"},
        {"start": "2027-01-01T00:00"},
    ],
)
def test_a_mute_rule_that_works_has_no_findings(
    settings: dict[str, str | None], tmp_path: Path
) -> None:
    assert found_in(tmp_path, **settings) == []


@pytest.mark.parametrize(
    ("settings", "found"),
    [
        (
            {"schedule": "cron(0 24 * * *)"},
            ("mute/bad-schedule", "error", '"24" is no hour, which is from 0 to 23', "2", ""),
        ),
        (
            {"schedule": "at(2027-02-30T06:00)"},
            (
                "mute/bad-schedule",
                "error",
                '"2027-02-30T06:00" is not in the calendar',
                "at(2027-02-30T06:00)",
                "",
            ),
        ),
        (
            {"start": "2027-01-01T24:00"},
            (
                "mute/bad-schedule",
                "error",
                '"2027-01-01T24:00" is not in the calendar',
                "2027-01-01T24:00",
                "",
            ),
        ),
        (
            {"timezone": "Europe/Berln"},
            (
                "mute/bad-schedule",
                "error",
                '"Europe/Berln" is not a known time zone',
                "Europe/Berln",
                'did you mean "Europe/Berlin"?',
            ),
        ),
        (
            {"timezone": "'+02:00'"},
            (
                "mute/bad-schedule",
                "warning",
                '"+02:00" is not a known time zone',
                "'+02:00'",
                "such as UTC or Europe/Berlin",
            ),
        ),
        (
            {"schedule": "cron(0 2 30,31 2 *)"},
            (
                "mute/never",
                "error",
                "no month it names has such a day",
                "cron(0 2 30,31 2 *)",
                "",
            ),
        ),
        (
            {"start": "2027-03-01T00:00"},
            ("mute/never", "error", "it ends before it starts", "2027-03-01T00:00", ""),
        ),
        (
            {"schedule": "at(2027-03-02T00:00)"},
            (
                "mute/never",
                "error",
                "it would begin after its end, 2027-03-01T00:00",
                "at(2027-03-02T00:00)",
                "",
            ),
        ),
        (
            {"schedule": "at(2027-01-01T00:00)", "start": "2027-01-01T01:00"},
            (
                "mute/never",
                "error",
                "it would be over before its start, 2027-01-01T01:00",
                "at(2027-01-01T00:00)",
                "",
            ),
        ),
        (
            {"duration": "1 day"},
            (
                "mute/always",
                "warning",
                '"m" is not over when it begins again: its alarms are always silent',
                "1 day",
                "make it shorter, or rarer",
            ),
        ),
        (
            {"schedule": "cron(0 0 * * SUN)", "duration": "7 days"},
            (
                "mute/always",
                "warning",
                '"m" is not over when it begins again: its alarms are always silent',
                "7 days",
                "make it shorter, or rarer",
            ),
        ),
        (
            {"end": None},
            (
                "mute/no-end",
                "warning",
                '"m" has no end',
                "m",
                "add  end: the day on which somebody looks at it again",
            ),
        ),
    ],
)
def test_a_mute_rule_that_does_not_work_is_found_at_the_value(
    settings: dict[str, str | None], found: tuple[str, ...], tmp_path: Path
) -> None:
    assert found_in(tmp_path, **settings) == [found]


@pytest.mark.parametrize(
    ("schedule", "message", "marked"),
    [
        ("rate(1 hours)", "it is rate(1 hour)", "h"),
        ("cron(0 8 31 4 ? *)", "no month it names has such a day", "cron(0 8 31 4 ? *)"),
    ],
)
def test_a_schedule_of_an_event_that_does_not_work_is_an_error(
    schedule: str, message: str, marked: str, tmp_path: Path
) -> None:
    text = HEAD + "notify: {info: {email: [a@example.com]}}\n"
    text += f"events: {{e: {{severity: info, schedule: {schedule}}}}}\n"

    (error,) = compile_text(text, tmp_path).diagnostics

    assert (error.rule, error.message) == ("event/bad-schedule", message)
    assert marked_text(error) == marked


@pytest.mark.parametrize("schedule", ["rate(1 hour)", "cron(0 8 ? * MON *)"])
def test_a_schedule_of_an_event_that_works_is_left_alone(schedule: str, tmp_path: Path) -> None:
    text = HEAD + "notify: {info: {email: [a@example.com]}}\n"
    text += f"events: {{e: {{severity: info, schedule: {schedule}}}}}\n"

    assert compile_text(text, tmp_path).diagnostics == ()

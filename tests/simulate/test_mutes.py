"""When alarms are mute, and what is told when they speak again.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-mute-rules.html (read 2026-11-24)
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from watchspec.diagnostics import Location
from watchspec.model.alarms import MuteRule
from watchspec.model.source import Map
from watchspec.simulate.acting import Change, act
from watchspec.simulate.data import UnsupportedError
from watchspec.simulate.judging import State
from watchspec.simulate.mutes import mute_spans

NOWHERE = Location("")
NIGHTLY = MuteRule(
    key="nights",
    name="nights",
    region="eu-west-1",
    reason="",
    alarms=("a",),
    schedule="cron(0 2 * * *)",
    duration="PT1H",
    duration_seconds=3600,
    timezone="UTC",
    start=None,
    end=None,
    tags=(),
    properties=(),
    source=Map(NOWHERE),
    place=NOWHERE,
)


def show(mute: MuteRule, start: str, end: str) -> list[str]:
    """The times in which alarm a is mute, in the zone of the rule."""
    zone = ZoneInfo(mute.timezone)
    during = tuple(
        int(datetime.fromisoformat(one).replace(tzinfo=zone).timestamp()) for one in (start, end)
    )
    spans = mute_spans([mute], "a", (during[0], during[1]))
    shown = [
        [datetime.fromtimestamp(one, zone).strftime("%d %H:%M") for one in span] for span in spans
    ]
    return [" - ".join(one) for one in shown]


@pytest.mark.parametrize(
    ("changes", "spans"),
    [
        ({}, ["01 02:00 - 01 03:00", "02 02:00 - 02 03:00"]),
        ({"schedule": "cron(30 22 * * SUN)"}, ["01 22:30 - 01 23:30"]),
        ({"schedule": "cron(0 0 2 3 *)"}, ["02 00:00 - 02 01:00"]),
        ({"schedule": "cron(0 0 * 4 *)"}, []),
        ({"schedule": "cron(0,30 2 * * *)"}, ["01 02:00 - 01 03:30", "02 02:00 - 02 03:30"]),
        ({"schedule": "at(2026-03-01T20:15)"}, ["01 20:15 - 01 21:15"]),
        ({"start": "2026-03-02T00:00"}, ["02 02:00 - 02 03:00"]),
        ({"start": "2026-03-02T02:00"}, ["02 02:00 - 02 03:00"]),
        ({"end": "2026-03-02T02:00"}, ["01 02:00 - 01 03:00"]),
        ({"end": "2026-03-01T02:20"}, ["01 02:00 - 01 02:20"]),
        # What began the day before goes on.
        ({"schedule": "cron(30 23 * * *)"}, ["28 23:30 - 01 00:30", "01 23:30 - 02 00:30"]),
    ],
)
def test_a_mute_rule_comes_when_its_schedule_says(
    changes: dict[str, str], spans: list[str]
) -> None:
    mute = replace(NIGHTLY, **changes)  # type: ignore[arg-type]  # texts alone

    assert show(mute, "2026-03-01T00:00", "2026-03-02T12:00") == spans


@pytest.mark.parametrize(
    ("zone", "day", "spans"),
    [
        # In spring the hour from two to three is left out, in autumn it comes twice.
        ("Europe/Berlin", "2026-03-29", ["29 03:30 - 29 04:30"]),
        ("Europe/Berlin", "2026-10-25", ["25 02:30 - 25 02:30"]),
        ("America/New_York", "2026-03-08", ["08 03:30 - 08 04:30"]),
        ("Asia/Tokyo", "2026-03-08", ["08 02:30 - 08 03:30"]),
        ("Asia/Kolkata", "2026-03-08", ["08 02:30 - 08 03:30"]),
        ("America/St_Johns", "2026-03-08", ["08 03:30 - 08 04:30"]),
        # Clocks go from 02:00 to 02:30, so 02:30 is there; and back from 02:00 to 01:30.
        ("Australia/Lord_Howe", "2026-10-04", ["04 02:30 - 04 03:30"]),
        ("Australia/Lord_Howe", "2026-04-05", ["05 02:30 - 05 03:30"]),
    ],
)
def test_a_mute_rule_follows_the_clock_of_its_zone(zone: str, day: str, spans: list[str]) -> None:
    mute = replace(NIGHTLY, schedule="cron(30 2 * * *)", timezone=zone)

    assert show(mute, f"{day}T00:00", f"{day}T23:00") == spans


def test_an_alarm_is_only_mute_by_rules_that_name_it() -> None:
    assert mute_spans([NIGHTLY], "b", (0, 10**6)) == []


@pytest.mark.parametrize("schedule", ["cron(0 2 L * *)", "cron(0 2 1 * MON)"])
def test_a_schedule_only_aws_can_tell_is_said(schedule: str) -> None:
    with pytest.raises(UnsupportedError, match="only AWS knows"):
        mute_spans([replace(NIGHTLY, schedule=schedule)], "a", (0, 10**6))


def read(changes: str) -> list[Change]:
    """`A2 O3`: in alarm from 2 on, fine from 3 on."""
    letters = {"O": 0, "A": 1, "I": 2}
    return [Change(int(one[1:]), State(letters[one[0]])) for one in changes.split()]


@pytest.mark.parametrize(
    ("changes", "silence", "told"),
    [
        # It is fine again before the rule ends.
        ("O0 A2 O4", [(1, 5)], "O0"),
        # It still is in ALARM when the rule ends.
        ("O0 A2", [(1, 5)], "O0 A5"),
        # Two rules overlap; the later one ends at 9.
        ("O0 A2", [(1, 9)], "O0 A9"),
        # The rule is changed, and ends at 6.
        ("O0 A2", [(1, 6)], "O0 A6"),
        # Its actions are changed meanwhile, which does not matter here.
        ("O0 A2", [(1, 8)], "O0 A8"),
    ],
)
def test_the_five_scenarios_of_the_page_on_mute_rules(
    changes: str, silence: list[tuple[int, int]], told: str
) -> None:
    assert list(act(read(changes), silence=silence)) == read(told)


def test_rules_that_overlap_are_one_silence() -> None:
    other = replace(NIGHTLY, schedule="cron(30 2 * * *)")

    assert mute_spans([NIGHTLY, other], "a", (0, 86_400)) == [(7_200, 12_600)]


@pytest.mark.parametrize(
    ("acts", "told"),
    [
        ("A2", "A2"),
        ("A10", "A20"),
        ("A15", "A20"),
        ("A20", "A20"),
        ("O2 A12 O15", "O2"),
        ("A2 O12", "A2 O20"),
        ("A2 O12 A15", "A2"),
        ("A12 O25", "A20 O25"),
        ("A12 O15 A18", "A20"),
        ("A35", "A40"),
        ("A12 O35", "A20 O40"),
    ],
)
def test_what_happens_in_silence_is_told_after_it_if_it_still_is_so(acts: str, told: str) -> None:
    assert list(act(read(acts), silence=[(10, 20), (30, 40)])) == read(told)

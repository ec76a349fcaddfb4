from __future__ import annotations

import pytest

from watchspec.languages.parsing import Problem
from watchspec.languages.schedules import (
    find_longest_gap,
    has_possible_day,
    read_event_schedule,
    read_mute_cron,
)
from watchspec.model.schedules import Cron

HOUR, DAY = 60, 24 * 60


def read(text: str) -> Cron:
    cron = read_mute_cron(text)
    assert isinstance(cron, Cron), cron
    return cron


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("cron(0 * * * *)", set(range(24))),
        ("cron(0 2 * * *)", {2}),
        ("cron(0 2,4 * * *)", {2, 4}),
        ("cron(0 2-4,8 * * *)", {2, 3, 4, 8}),
        ("cron(0 */8 * * *)", {0, 8, 16}),
        ("cron(0 3/9 * * *)", {3, 12, 21}),
        ("cron(0 2-8/3 * * *)", {2, 5, 8}),
        ("cron(0 22-2 * * *)", {0, 1, 2, 22, 23}),
    ],
)
def test_a_field_is_a_list_of_values_ranges_and_steps(text: str, hours: set[int]) -> None:
    assert read(text).hours == frozenset(hours)


@pytest.mark.parametrize(
    ("weekday", "days"),
    [
        ("SUN", {0}),
        ("0", {0}),
        ("7", {0}),
        ("MON-FRI", {1, 2, 3, 4, 5}),
        ("1-5", {1, 2, 3, 4, 5}),
        ("FRI-MON", {0, 1, 5, 6}),
        ("mon", {1}),
        ("?", {0, 1, 2, 3, 4, 5, 6}),
    ],
)
def test_a_mute_rule_counts_the_days_of_the_week_from_sunday(weekday: str, days: set[int]) -> None:
    assert read(f"cron(0 2 * * {weekday})").weekdays == frozenset(days)


@pytest.mark.parametrize(("weekday", "days"), [("SUN", {0}), ("1", {0}), ("2-6", {1, 2, 3, 4, 5})])
def test_eventbridge_counts_them_from_one(weekday: str, days: set[int]) -> None:
    cron = read_event_schedule(f"cron(0 8 ? * {weekday} *)")

    assert isinstance(cron, Cron)
    assert cron.weekdays == frozenset(days)


@pytest.mark.parametrize(
    "text",
    [
        "cron(0 2 L * *)",
        "cron(0 2 L-3 * *)",
        "cron(0 2 15W * *)",
        "cron(0 2 LW * *)",
        "cron(0 2 * * FRI#2)",
        "cron(0 2 * * 5L)",
        "cron(0 2 ? JAN-MAR,12 MON)",
    ],
)
def test_forms_of_which_the_pages_disagree_are_taken(text: str) -> None:
    assert isinstance(read_mute_cron(text), Cron)


@pytest.mark.parametrize(
    ("text", "message", "marked"),
    [
        ("cron(60 2 * * *)", '"60" is no minute, which is from 0 to 59', "60"),
        ("cron(0 24 * * *)", '"24" is no hour, which is from 0 to 23', "24"),
        ("cron(0 2 1,32 * *)", '"32" is no day of the month, which is from 1 to 31', "32"),
        ("cron(0 2 0 * *)", '"0" is no day of the month, which is from 1 to 31', "0 *"),
        ("cron(0 2 * 1-13 *)", '"13" is no month, which is from 1 to 12', "13"),
        ("cron(0 2 * JUNE *)", '"JUNE" is no month', "JUNE"),
        ("cron(0 2 * * TUES)", '"TUES" is no day of the week', "TUES"),
        ("cron(0 2 * * DAY)", '"DAY" is no day of the week, which is from 0 to 7', "DAY"),
        ("cron(0 2 * * 8)", '"8" is no day of the week, which is from 0 to 7', "8"),
        ("cron(*/0 2 * * *)", "a step is at least one", "0 2"),
        ("cron(? 2 * * *)", "? is only for days, not for the minute", "?"),
        ("cron(0 2, * * *)", '"" is no hour', " * * *"),
        ("cron(0 L * * *)", '"L" is no hour', "L"),
    ],
)
def test_what_is_no_time_is_found_where_it_stands(text: str, message: str, marked: str) -> None:
    problem = read_mute_cron(text)

    assert isinstance(problem, Problem)
    assert problem.message == message
    assert text[problem.offset :].startswith(marked)


@pytest.mark.parametrize(
    "text",
    ["rate(1 minute)", "rate(5 minutes)", "rate(1 hour)", "rate(7 days)", "cron(0 8 ? * MON *)",
     "cron(0/15 8-18 * JAN,FEB ? 2026-2028)", "cron(0 8 L * ? *)", "cron(0 8 ? * 2#1 *)"],
)  # fmt: skip
def test_eventbridge_takes_rates_and_six_fields(text: str) -> None:
    assert not isinstance(read_event_schedule(text), Problem)


@pytest.mark.parametrize(
    ("text", "message", "offset"),
    [
        ("rate(1 hours)", "it is rate(1 hour)", 7),
        ("rate(5 minute)", "it is rate(5 minutes)", 7),
        ("rate(0 minutes)", "a rate is at least one", 5),
        ("rate(5 weeks)", "this is not rate(value unit) or cron(six fields)", 0),
        ("at(2027-01-01T00:00)", "this is not rate(value unit) or cron(six fields)", 0),
        ("every day", "this is not rate(value unit) or cron(six fields)", 0),
        (
            "cron(0 8 * * MON *)",
            "one of the day of the month and the day of the week must be ?",
            4,
        ),
        (
            "cron(0 8 * * ?)",
            (
                "it has 5 fields; these are needed: minute, hour, day of the month, month,"
                " day of the week, year"
            ),
            0,
        ),
        ("cron(0 8 ? * 0 *)", '"0" is no day of the week, which is from 1 to 7', 13),
        ("cron(0 8 * * ? 1969)", '"1969" is no year, which is from 1970 to 2199', 15),
    ],
)
def test_what_eventbridge_would_refuse_is_found(text: str, message: str, offset: int) -> None:
    assert read_event_schedule(text) == Problem(message, offset)


@pytest.mark.parametrize(
    ("fields", "minutes"),
    [
        ("* * * * *", 1),
        ("0 * * * *", HOUR),
        ("*/15 * * * *", 15),
        ("0,10 * * * *", 50),
        ("0 2 * * *", DAY),
        ("0 0,12 * * *", 12 * HOUR),
        ("0 2 * * SUN", 7 * DAY),
        ("0 18 * * MON-FRI", 3 * DAY),
        ("0 0 1 * *", 31 * DAY),
        ("0 0 29 2 *", (4 * 365 + 1) * DAY),
        ("0 0 31 2 *", 0),
        ("0 0 1 * MON", None),
        ("0 0 L * *", None),
        ("0 0 * * 5L", None),
    ],
)
def test_the_longest_time_between_two_starts_is_counted(fields: str, minutes: int | None) -> None:
    assert find_longest_gap(read(f"cron({fields})")) == minutes


@pytest.mark.parametrize(
    ("days", "months", "possible"),
    [
        ("31", "2", False),
        ("30,31", "FEB", False),
        ("31", "4,6,9,11", False),
        ("29", "2", True),
        ("31", "2,3", True),
        ("30-31", "2,4", True),
        ("31", "*", True),
        ("L", "2", True),
    ],
)
def test_no_month_has_a_day_it_has_not(days: str, months: str, *, possible: bool) -> None:
    assert has_possible_day(read(f"cron(0 2 {days} {months} *)")) is possible


def test_a_long_schedule_is_read_in_one_go() -> None:
    assert isinstance(read_mute_cron(f"cron({'0,' * 100_000}0 2 * * *)"), Cron)
    for digits in ("9" * 10_000, "*/" + "9" * 10_000, "1-" + "9" * 10_000):
        problem = read_mute_cron(f"cron({digits} 2 * * *)")
        assert isinstance(problem, Problem)
        assert len(problem.message) < 100
    assert isinstance(read_event_schedule(f"rate({'9' * 10_000} days)"), Problem)

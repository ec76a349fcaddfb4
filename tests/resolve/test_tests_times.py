"""When a test begins, how long it lasts, and with what parameters."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from resolve.spec_tests import SHOP, find, only, read_test, write
from support import marked_text, resolve_text

HOT = "expect: [{alarm: cpu-hot, is: OK}]"


@pytest.mark.parametrize(
    ("written", "start"),
    [
        ("", datetime(2026, 1, 5, tzinfo=UTC)),
        ("start: 2026-03-09T08:00", datetime(2026, 3, 9, 8, tzinfo=UTC)),
        ("start: 2026-03-09T08:00\ntimezone: Europe/Berlin", datetime(2026, 3, 9, 7, tzinfo=UTC)),
        ("start: 2026-07-09T08:00\ntimezone: Europe/Berlin", datetime(2026, 7, 9, 6, tzinfo=UTC)),
        ("timezone: Europe/Berlin", datetime(2026, 1, 4, 23, tzinfo=UTC)),
    ],
)
def test_a_test_begins_when_it_says_or_on_a_monday(
    written: str, start: datetime, tmp_path: Path
) -> None:
    assert read_test(f"{written}\nfor: 5m\n{HOT}", tmp_path).start == start.timestamp()


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("for: 40m", 2400),
        ("series: {cpu: 50x5 85x20}", 1500),
        ("series: {cpu: {values: 50x5, every: 10s}}", 60),
        ("series: {cpu: {values: 50x7, every: 10s}}", 120),
        ("series: {cpu: 50}\nfor: 3m", 180),
        ("series: {cpu: [{values: 50x3}, {statistic: Maximum, values: 5x4}]}", 240),
    ],
)
def test_a_test_lasts_until_its_last_value(written: str, seconds: int, tmp_path: Path) -> None:
    assert read_test(f"{written}\n{HOT}", tmp_path).seconds == seconds


@pytest.mark.parametrize(
    ("expectation", "seconds"),
    [
        ("{alarm: cpu-hot, is: OK, at: 7m}", 420),
        ("{alarm: cpu-hot, is: OK, at: 90s}", 300),
        ("{alarm: cpu-hot, becomes: OK, at: 7m, within: 90s}", 540),
        ("{alarm: cpu-hot, is: OK, from: 7m}", 420),
        ("{alarm: cpu-hot, is: OK, from: 7m, to: 9m}", 540),
        ("{metric: cpu, is: 5, at: 7m, within: 2}", 420),
    ],
)
def test_a_test_lasts_until_its_last_expectation(
    expectation: str, seconds: int, tmp_path: Path
) -> None:
    test = f"series: {{cpu: 50x5}}\nexpect: [{expectation}]"

    assert read_test(test, tmp_path).seconds == seconds


@pytest.mark.parametrize(
    ("line", "seconds"),
    [
        ("{at: 0m, line: ERROR}", 60),
        ("{at: 3m, line: ERROR}", 240),
        ("{at: 5m, every: 10s, count: 7, line: ERROR}", 420),
        ("{at: 5m, every: 10s, count: 6, line: ERROR}", 360),
    ],
)
def test_a_test_lasts_until_the_end_of_the_minute_of_its_last_line(
    line: str, seconds: int, tmp_path: Path
) -> None:
    test = f"logs: {{backend: [{line}]}}\nexpect: [{{metric: error_rate, is: 100%}}]"

    assert read_test(test, tmp_path).seconds == seconds


@pytest.mark.parametrize(
    ("written", "wrong", "message"),
    [
        ("for: 90s", "90s", "a test lasts whole minutes"),
        ("for: 100001m", "100001m", "the test lasts longer than 100000 minutes"),
        (
            "for: 5m\nstart: 2026-02-30T08:00",
            "2026-02-30T08:00",
            '"2026-02-30T08:00" is not in the',
        ),
        (
            "for: 5m\nstart: 1969-12-31T08:00",
            "1969-12-31T08:00",
            '"1969-12-31T08:00" is before 197',
        ),
        (
            "for: 5m\nstart: 2026-01-01T25:00",
            "2026-01-01T25:00",
            '"2026-01-01T25:00" is not in the',
        ),
        ("for: 5m\ntimezone: Europe/Berlyn", "Europe/Berlyn", '"Europe/Berlyn" is not a known'),
        ("for: 5m\ntimezone: Moon", "Moon", '"Moon" is not a known time zone'),
    ],
)
def test_a_wrong_time_is_told(written: str, wrong: str, message: str, tmp_path: Path) -> None:
    found = only(find(f"{written}\n{HOT}", tmp_path))

    assert found.rule == "test/bad-time"
    assert found.message.startswith(message)
    assert marked_text(found) == wrong


def test_a_time_of_the_first_century_is_told_in_any_zone(tmp_path: Path) -> None:
    test = f"for: 5m\nstart: 0001-01-01T00:00\ntimezone: Asia/Tokyo\n{HOT}"

    assert only(find(test, tmp_path)).message == '"0001-01-01T00:00" is before 1970'


@pytest.mark.parametrize(
    "written", ["", "series: {cpu: 50}", "series: {cpu: {file: hot.csv}}"], ids=range(3)
)
def test_a_test_of_unknown_length_is_told(written: str, tmp_path: Path) -> None:
    found = only(find(f"{written}\n{HOT}", tmp_path))

    assert found.message == "nothing says how long the test lasts"
    assert found.help.startswith("add  for: 30m")
    assert marked_text(found) == "it works"


def test_a_test_that_would_last_too_long_is_told_at_its_name(tmp_path: Path) -> None:
    test = 'series: {cost: "5x20002"}\nexpect: [{alarm: cost-high, is: OK}]'

    found = only(find(test, tmp_path))

    assert found.message == "the test lasts longer than 100000 minutes"
    assert marked_text(found) == "it works"


def test_values_after_the_end_are_told_with_their_number(tmp_path: Path) -> None:
    found = only(find(f"series: {{cpu: 50x5 85x20}}\nfor: 20m\n{HOT}", tmp_path))

    assert found.message == (
        '"cpu" has 25 values, one every 1 minute, which last 25 minutes; the test lasts 20 minutes'
    )
    assert marked_text(found) == "cpu"


def test_the_last_value_may_end_after_the_test(tmp_path: Path) -> None:
    test = "series: {cost: 5x3}\nfor: 11m\nexpect: [{alarm: cost-high, is: OK}]"

    assert read_test(test, tmp_path).seconds == 660


def test_lines_after_the_end_are_told(tmp_path: Path) -> None:
    line = "{at: 5m, every: 1m, count: 6, line: ERROR}"
    test = f"logs: {{backend: [{line}]}}\nfor: 10m\nexpect: [{{metric: error_rate, is: 5%}}]"

    found = only(find(test, tmp_path))

    assert found.message == "lines are logged after the end of the test, which lasts 10 minutes"


def test_lines_up_to_the_end_are_logged(tmp_path: Path) -> None:
    line = "{at: 5m, every: 1m, count: 5, line: ERROR}"
    test = f"logs: {{backend: [{line}]}}\nfor: 10m\nexpect: [{{metric: error_rate, is: 5%}}]"

    assert read_test(test, tmp_path).logs[0].count == 5


def test_parameters_are_those_of_the_test_then_the_environment_then_their_defaults(
    tmp_path: Path,
) -> None:
    plain = resolve_text(write(f"for: 5m\n{HOT}"), tmp_path).tests[0]
    given = read_test(f"for: 5m\nparameters: {{cluster: big, database: db-1}}\n{HOT}", tmp_path)
    text = write(f"for: 5m\n{HOT}").replace(
        "{region: eu-west-1}", "{region: eu-west-1, parameters: {cluster: of-prod}}"
    )
    of_environment = resolve_text(text, tmp_path).tests[0]

    known = dict(plain.parameters)
    assert known["cluster"] == "shop"
    assert "database" not in known
    assert dict(of_environment.parameters)["cluster"] == "of-prod"
    assert dict(given.parameters) == known | {"cluster": "big", "database": "db-1"}


@pytest.mark.parametrize(
    ("parameters", "rule", "wrong", "advice"),
    [
        ("{clutser: a}", "parameter/unknown", "clutser", 'did you mean "cluster"?'),
        ("{cluster: much-too-long}", "parameter/bad-value", "much-too-long", ""),
    ],
)
def test_a_wrong_parameter_is_told(
    parameters: str, rule: str, wrong: str, advice: str, tmp_path: Path
) -> None:
    found = only(find(f"for: 5m\nparameters: {parameters}\n{HOT}", tmp_path))

    assert found.rule == rule
    assert found.advice == advice
    assert marked_text(found) == wrong


def test_tests_come_in_the_order_in_which_they_are_written(tmp_path: Path) -> None:
    text = SHOP + "".join(
        f"  {name}: {{for: 5m, {HOT}}}\n" if name else "tests:\n" for name in ("", "b", "c", "a")
    )

    assert [one.name for one in resolve_text(text, tmp_path).tests] == ["b", "c", "a"]

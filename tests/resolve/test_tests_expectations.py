"""What a test may expect, and what can never be."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from resolve.spec_tests import SHOP, find, only, read_test
from support import check_text, marked_text
from watchspec.diagnostics import Location, Severity
from watchspec.model.signals import MetricMath
from watchspec.model.spec_tests import (
    Becomes,
    Changes,
    Expectation,
    Holds,
    Measures,
    Moment,
    Notifies,
)

NOWHERE = Location("")


def expect(written: str, folder: Path) -> Expectation:
    """The one expectation of a test of an hour, wherever it stands."""
    (one,) = read_test(f"for: 1h\nexpect: [{written}]", folder).expectations
    return replace(one, place=NOWHERE)


HOT = ("cpu-hot",)


@pytest.mark.parametrize(
    ("written", "expectation"),
    [
        ("becomes: ALARM", Becomes(HOT, "ALARM", None, "", NOWHERE)),
        ("becomes: OK, at: 26m", Becomes(HOT, "OK", Moment(1560, 0, NOWHERE), "", NOWHERE)),
        (
            "becomes: OK, at: 90s, within: 1m, because: were not greater than",
            Becomes(HOT, "OK", Moment(90, 60, NOWHERE), "were not greater than", NOWHERE),
        ),
        ("is: OK", Holds(HOT, "OK", 3600, 3600, is_never=False, place=NOWHERE)),
        ("is: OK, at: 10m", Holds(HOT, "OK", 600, 600, is_never=False, place=NOWHERE)),
        ("is: OK, at: 0m", Holds(HOT, "OK", 0, 0, is_never=False, place=NOWHERE)),
        ("is: OK, from: 0s", Holds(HOT, "OK", 0, 3600, is_never=False, place=NOWHERE)),
        ("is: OK, from: 1m, to: 9m", Holds(HOT, "OK", 60, 540, is_never=False, place=NOWHERE)),
        ("never: ALARM", Holds(HOT, "ALARM", None, None, is_never=True, place=NOWHERE)),
        ("states: [OK, ALARM, OK]", Changes(HOT, ("OK", "ALARM", "OK"), NOWHERE)),
        ("notifies: warning", Notifies(HOT, ("warning",), None, None, NOWHERE)),
        (
            "notifies: [warning], about: ALARM, at: 15m, within: 2m",
            Notifies(HOT, ("warning",), "ALARM", Moment(900, 120, NOWHERE), NOWHERE),
        ),
        ("notifies: nobody", Notifies(HOT, (), None, None, NOWHERE)),
        ("notifies: nobody, about: OK", Notifies(HOT, (), "OK", None, NOWHERE)),
    ],
)
def test_an_alarm_is_expected_to_do_something(
    written: str, expectation: Expectation, tmp_path: Path
) -> None:
    assert expect(f"{{alarm: cpu-hot, {written}}}", tmp_path) == expectation


@pytest.mark.parametrize(
    ("written", "alarms"),
    [
        ("cpu-*", ("cpu-burning", "cpu-hot")),
        ("[disk-full, cpu-hot, disk-full]", ("disk-full", "cpu-hot")),
        ("[cpu-hot, 'cpu-*']", ("cpu-hot", "cpu-burning")),
        ("'c??-hot'", ("cpu-hot",)),
        ("'front door-*'", ("front door-unhealthy",)),
    ],
)
def test_alarms_are_named_by_lists_and_patterns(
    written: str, alarms: tuple[str, ...], tmp_path: Path
) -> None:
    one = expect(f"{{alarm: {written}, never: ALARM}}", tmp_path)

    assert isinstance(one, Holds)
    assert one.alarms == alarms


@pytest.mark.parametrize(
    ("written", "value", "words", "tolerance", "at"),
    [
        ("metric: cpu, is: 85%", 85.0, "85%", 0.0, 3600),
        ("metric: cpu, is: 85, at: 5m", 85.0, "85 %", 0.0, 300),
        ("metric: disk, is: 2GiB, at: 5m, within: 1kB", 2.0**31, "2 GiB", 1000.0, 300),
        ("metric: cpu, is: missing, at: 5m", None, "missing", 0.0, 300),
    ],
)
def test_a_metric_is_expected_to_have_a_value(
    written: str,
    value: float | None,
    words: str,
    tolerance: float,
    at: int,
    *,
    tmp_path: Path,
) -> None:
    one = expect(f"{{{written}}}", tmp_path)

    assert isinstance(one, Measures)
    assert (one.value, one.tolerance, one.at_seconds) == (value, tolerance, at)
    assert one.written.replace(" ", "") == words.replace(" ", "")


def test_an_expression_is_expected_to_have_a_value(tmp_path: Path) -> None:
    one = expect("{metric: error_rate, is: 12%}", tmp_path)

    assert isinstance(one, Measures)
    assert one.name == "error_rate"
    assert isinstance(one.source, MetricMath)


@pytest.mark.parametrize(
    ("written", "rule", "wrong", "message", "advice"),
    [
        ("alarm: cpu-hott, is: OK", "alarm/unknown", "cpu-hott", "there is no", "did you mean"),
        ("alarm: [cpu-hot, nix], is: OK", "alarm/unknown", "nix", 'there is no alarm "nix"', ""),
        (
            "alarm: 'hot-*', is: OK",
            "test/no-match",
            "hot-*",
            'no alarm fits "hot-*"',
            "there are: ",
        ),
        ("alarm: ['cpu-*', '?'], is: OK", "test/no-match", "?", 'no alarm fits "?"', "there are: "),
        ("alarm: cpu-hot, is: alarm", "test/never-true", "alarm", "an alarm cannot be", "did you"),
        ("alarm: cpu-hot, is: missing", "test/never-true", "missing", "an alarm cannot", "one of"),
        ("alarm: cpu-hot, is: 5", "test/never-true", "5", 'an alarm cannot be "5"', "one of: OK"),
        (
            "alarm: cpu-hot, notifies: warnin",
            "notify/unknown-route",
            "warnin",
            'there is no route "warnin"',
            'did you mean "warning"?',
        ),
        (
            "alarm: cpu-hot, notifies: [warning, nobody]",
            "notify/unknown-route",
            "nobody",
            'there is no route "nobody"',
            "name a route as it is named under notify, or nobody alone",
        ),
        (
            "alarm: cpu-hot, notifies: critical",
            "test/never-true",
            "critical",
            '"cpu-hot" does not tell "critical"',
            "it tells warning",
        ),
        (
            "alarm: 'cpu-*', notifies: critical",
            "test/never-true",
            "critical",
            '"cpu-hot" does not tell "critical"',
            "it tells warning",
        ),
        (
            "alarm: cpu-hot, notifies: nobody, at: 5m",
            "test/never-true",
            "at",
            "nobody is told in the whole test, so there is no time of it",
            "leave it out",
        ),
        (
            "metric: cpu, is: missing, at: 5m, within: 3%",
            "test/never-true",
            "within",
            "what is missing has no value that something could be within",
            "leave it out",
        ),
        ("metric: cpuu, is: 5", "metric/unknown", "cpuu", 'there is no metric "cpuu"', "did you"),
        ("metric: cpu, is: 5GB", "quantity/wrong-kind", "5GB", '"5GB" is an amount', "write a"),
        ("metric: cpu, is: 5, at: 1m, within: 5m", "quantity/wrong-kind", "5m", '"5m" is', "write"),
        ("metric: cpu, is: OK", "quantity/malformed", "OK", '"OK" is not a quantity', "write a"),
        ("alarm: cpu-hot, is: OK, at: 0.5s", "quantity/malformed", "0.5s", '"0.5s" is sh', ""),
        (
            "alarm: cpu-hot, becomes: OK, at: 1m, within: 5%",
            "quantity/malformed",
            "5%",
            '"5%" is not a duration',
            "write it as 90s",
        ),
        (
            "alarm: cpu-hot, is: OK, from: 5m, to: 4m",
            "test/bad-time",
            "4m",
            '"4m" is before "5m"',
            "",
        ),
        (
            "alarm: cpu-hot, is: OK, at: 61m",
            "test/bad-time",
            "61m",
            '"61m" is after the end',
            "let",
        ),
        ("alarm: cpu-hot, is: OK, from: 2h", "test/bad-time", "2h", '"2h" is after the end', "let"),
        (
            "alarm: cpu-hot, is: OK, from: 2m, to: 2h",
            "test/bad-time",
            "2h",
            '"2h" is after the end of the test, which lasts 1 hour',
            "let it last longer with  for",
        ),
    ],
)
def test_what_cannot_be_is_told_where_it_stands(
    written: str, rule: str, wrong: str, message: str, advice: str, *, tmp_path: Path
) -> None:
    found = only(find(f"for: 1h\nexpect: [{{{written}}}]", tmp_path))

    assert found.rule == rule
    assert found.message.startswith(message)
    assert found.advice.startswith(advice)
    assert marked_text(found).strip("'") == wrong


def test_a_pattern_of_many_stars_is_soon_found_to_fit_nothing(tmp_path: Path) -> None:
    text = SHOP.replace("cpu-burning:", f"{'a' * 250}:") + (
        f"tests:\n  a: {{for: 5m, expect: [{{alarm: '{'*a' * 100}*b', never: ALARM}}]}}\n"
    )

    found = [one for one in check_text(text, tmp_path) if one.rule == "test/no-match"]

    assert only(found).message.startswith('no alarm fits "*a*a')


def test_a_bracket_in_a_pattern_is_a_bracket(tmp_path: Path) -> None:
    found = only(find("for: 5m\nexpect: [{alarm: '[c]*', never: ALARM}]", tmp_path))

    assert found.message == 'no alarm fits "[c]*"'


def test_an_alarm_that_tells_nobody_is_told_so(tmp_path: Path) -> None:
    text = SHOP.replace("disk-full: {severity: warning,", "disk-full: {severity: info,") + (
        "tests:\n  a: {for: 5m, expect: [{alarm: disk-full, notifies: warning}]}\n"
    )

    found = [one for one in check_text(text, tmp_path) if one.severity is Severity.ERROR]

    assert only(found).help == "it tells nobody"


def test_every_wrong_expectation_of_a_test_is_told(tmp_path: Path) -> None:
    test = """
        for: 10m
        expect:
          - {alarm: cpu-hott, is: OK}
          - {alarm: cpu-hot, notifies: critical}
          - {metric: cpu, is: 3GB}
          - {alarm: cpu-hot, is: OK, at: 11m}
    """

    found = find(test, tmp_path)

    assert [marked_text(one) for one in found] == ["cpu-hott", "critical", "3GB", "11m"]


@pytest.mark.parametrize("written", ["{alarm: cpu-hot, is: OK}", "{metric: cpu, is: 5, at: 1m}"])
def test_what_is_expected_twice_is_told_the_second_time(written: str, tmp_path: Path) -> None:
    found = only(find(f"for: 5m\nexpect:\n  - {written}\n  - {written}", tmp_path))

    assert found.rule == "test/expected-twice"
    assert found.location is not None
    assert found.location.line == len(SHOP.splitlines()) + 6


def test_a_pattern_in_a_spec_without_alarms_says_so(tmp_path: Path) -> None:
    text = "\n".join(SHOP.split("health_checks:", maxsplit=1)[0].splitlines()) + (
        "\ntests:\n  a: {for: 5m, expect: [{alarm: '*', never: ALARM}]}\n"
    )

    found = [one for one in check_text(text, tmp_path) if one.severity is Severity.ERROR]

    assert only(found).help == "there are none"


def test_nothing_follows_from_a_broken_alarm(tmp_path: Path) -> None:
    text = SHOP.replace("above: 70%", "above: 70 GB") + (
        "tests:\n"
        "  a: {series: {cpu: 5x5}, expect: [{alarm: cpu-hot, is: OK}, {alarm: 'cpu-h*', is: OK}]}\n"
        "  b: {series: {cpu: 5x5}, expect: [{alarm: trouble, is: OK}]}\n"
    )

    found = [one for one in check_text(text, tmp_path) if one.severity is Severity.ERROR]

    assert only(found).rule == "quantity/wrong-kind"

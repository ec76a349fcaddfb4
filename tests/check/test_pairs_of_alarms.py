"""Alarms beside alarms and levels: warnings that come too late, copies, normal values."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import HEAD, compile_text, marked_text
from watchspec.diagnostics import Diagnostic

NOTIFY = (
    "owner: o\nnotify: {critical: {email: [a@example.com]}, warning: {email: [a@example.com]}}\n"
)
LATE = "alarm/warning-behind-critical"
SAME = "alarm/same-as-another"
NORMAL = "alarm/threshold-in-normal"


def find(rule: str, text: str, folder: Path) -> list[Diagnostic]:
    """What a rule says of a spec."""
    return [
        one for one in compile_text(HEAD + NOTIFY + text, folder).diagnostics if one.rule == rule
    ]


def pair(warning: str, critical: str, *, more: str = "") -> str:
    """A warning (on line 8) and a critical alarm (on line 9) on one metric."""
    return (
        "alarms:\n"
        f"  w: {{severity: warning, when: {{metric: Shop Load, {warning}}}{more}}}\n"
        f"  c: {{severity: critical, when: {{metric: Shop Load, {critical}}}, runbook: {{steps: [a]}}}}\n"
    )


@pytest.mark.parametrize(
    ("warning", "critical", "marked"),
    [
        ("above: 90", "above: 70", "90"),
        ("above: 70", "above: 70", "70"),
        ("above: 70", "at_least: 70", "70"),
        ("below: 5", "below: 10", "5"),
        ("at_most: 5", "at_most: 5", "5"),
        ("above: 90, for: 10m, period: 1m", "above: 90, for: 5m, period: 1m", "90"),
        ("above: 90, datapoints: 3 of 5, period: 1m", "above: 90, datapoints: 3 of 6, period: 1m", "90"),
        ("above: 90, datapoints: 4 of 5, period: 1m", "above: 90, datapoints: 3 of 4, period: 1m", "90"),
    ],
)  # fmt: skip
def test_a_warning_that_never_comes_first_is_found(
    warning: str, critical: str, marked: str, tmp_path: Path
) -> None:
    (found,) = find(LATE, pair(warning, critical), tmp_path)

    assert found.message == '"w" never comes before "c", which is critical'
    assert found.severity.word == "warning"
    assert marked_text(found) == marked
    assert found.location is not None
    assert found.location.line == 8
    ((related, message),) = found.related
    assert (related.line, message) == (9, 'the threshold of "c"')


@pytest.mark.parametrize(
    ("warning", "critical", "more"),
    [
        ("above: 70", "above: 90", ""),
        ("at_least: 70", "above: 70", ""),
        ("below: 10", "below: 5", ""),
        ("above: 90", "below: 5", ""),
        # High for a minute, or higher than usual for a quarter of an hour.
        ("above: 90, for: 1m, period: 1m", "above: 70, for: 15m, period: 1m", ""),
        ("above: 90, datapoints: 3 of 6, period: 1m", "above: 90, datapoints: 3 of 5, period: 1m", ""),
        ("above: 90, statistic: Maximum", "above: 70", ""),
        ("above: 90", "above: 70", ", missing_data: breaching"),
        ("outside_band: 2", "above: 70", ""),
    ],
)  # fmt: skip
def test_a_warning_that_may_come_first_is_fine(
    warning: str, critical: str, more: str, tmp_path: Path
) -> None:
    assert not find(LATE, pair(warning, critical, more=more), tmp_path)


def test_of_several_critical_alarms_the_nearest_counts(tmp_path: Path) -> None:
    third = (
        "  d: {severity: critical, when: {metric: Shop Load, above: 70}, runbook: {steps: [a]}}\n"
    )
    text = pair("above: 80", "above: 90") + third
    text += (
        "  e: {severity: critical, when: {metric: Shop Load, above: 95}, runbook: {steps: [a]}}\n"
    )
    text += "  f: {severity: info, when: {metric: Shop Load, above: 60}}\n"

    (found,) = find(LATE, text, tmp_path)

    assert found.message == '"w" never comes before "d", which is critical'


LEVELS = "metrics:\n  load: {metric: Shop Load, levels: {%s}}\n"


def test_levels_in_the_wrong_order_are_found_once_at_the_level(tmp_path: Path) -> None:
    text = LEVELS % 'warning: "> 90", critical: "> 70"' + (
        "alarms:\n"
        "  w: {severity: warning, when: {metric: load, level: warning}}\n"
        "  c: {severity: critical, when: {metric: load, level: critical}, runbook: {steps: [a]}}\n"
    )

    (found,) = find(LATE, text, tmp_path)

    assert found.message == '"load" is critical above 70, before its warning level'
    assert marked_text(found) == '"> 90"'
    assert [(one.message, one.location.line) for one in found.related] == [
        ("the critical level", 8)
    ]


def test_a_value_behind_a_level_is_found_at_the_value_for_each_alarm_once(tmp_path: Path) -> None:
    text = LEVELS % 'warning: "> 90"' + (
        "alarms:\n"
        "  w: {severity: warning, when: {metric: load, level: warning}}\n"
        "  v: {severity: warning, when: {metric: load, level: warning, for: 20m, period: 1m}}\n"
        "  u: {severity: warning, when: {metric: load, level: warning, for: 2m, period: 1m}}\n"
        "  c: {severity: critical, when: {metric: load, above: 70, period: 1m}, runbook: {steps: [a]}}\n"
    )

    (found,) = find(LATE, text, tmp_path)

    assert marked_text(found) == '"> 90"'


@pytest.mark.parametrize(
    "levels",
    [
        'warning: "> 70", critical: "> 90"',
        'warning: "< 10", critical: "< 5"',
        'warning: "> 70", critical: "> 70"',
        'warning: "> 70", critical: "< 5"',
        'warning: "> 70"',
        'critical: "> 70"',
        'warning: 90, critical: "> 70"',
        'warning: "> 90", critical: 70',
    ],
)
def test_levels_in_order_are_fine(levels: str, tmp_path: Path) -> None:
    assert not find(LATE, LEVELS % levels, tmp_path)


@pytest.mark.parametrize(
    ("levels", "when", "message"),
    [
        ("normal: < 50", "above: 40", '"load" above 40 may be "normal", which is below 50'),
        ("normal: <= 50", "at_least: 50", '"load" at or above 50 may be "normal", which is at or below 50'),
        ('good: "> 80"', "below: 90", '"load" below 90 may be "good", which is above 80'),
        ("normal: < 50", "level: normal", '"load" below 50 may be "normal", which is below 50'),
        ('normal: < 50, hot: "> 40"', "level: hot", '"load" above 40 may be "normal", which is below 50'),
    ],
)  # fmt: skip
def test_an_alarm_on_what_is_normal_is_found(
    levels: str, when: str, message: str, tmp_path: Path
) -> None:
    text = LEVELS % levels + f"alarms: {{a: {{severity: info, when: {{metric: load, {when}}}}}}}\n"

    (found,) = find(NORMAL, text, tmp_path)

    assert found.message == message
    assert found.severity.word == "warning"
    assert found.related


@pytest.mark.parametrize(
    ("levels", "when"),
    [
        ("normal: < 50", "above: 50"),
        ("normal: < 50", "at_least: 50"),
        ("normal: <= 50", "above: 50"),
        ("normal: < 50", "below: 5"),  # idle is less than normal
        ('good: "> 80"', "below: 60"),
        ("normal: 50", "above: 40"),
        ('warning: "< 50"', "above: 40"),
        ("normal: < 50", "above: 40, statistic: Maximum"),
        ("normal: < 50", "above_band: 2"),
    ],
)
def test_an_alarm_beyond_what_is_normal_is_fine(levels: str, when: str, tmp_path: Path) -> None:
    text = LEVELS % levels + f"alarms: {{a: {{severity: info, when: {{metric: load, {when}}}}}}}\n"

    assert not find(NORMAL, text, tmp_path)


def test_a_level_that_two_alarms_take_is_found_once(tmp_path: Path) -> None:
    text = LEVELS % 'normal: < 50, hot: "> 40"' + (
        "alarms:\n"
        "  a: {severity: info, when: {metric: load, level: hot}}\n"
        "  b: {severity: info, when: {metric: load, level: hot, period: 2m}}\n"
    )

    (found,) = find(NORMAL, text, tmp_path)

    assert marked_text(found) == '"> 40"'
    assert [one.location.line for one in found.related] == [10, 8]


COPY = "metric: Shop Load, dimensions: {Host: a}, above: 5"


def two(first: str, second: str) -> str:
    """Two alarms, on lines 8 and 9."""
    return f"alarms:\n  a: {{{first}}}\n  b: {{{second}}}\n"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (f"severity: warning, when: {{{COPY}}}", f"severity: warning, when: {{{COPY}}}"),
        (f"severity: warning, when: {{{COPY}}}", f"severity: warning, when: {{{COPY}.0, for: 1m}}, name: x"),
        ("severity: warning, when: {metric: Shop Load, outside_band: 2}", "severity: warning, when: {metric: Shop Load, outside_band: 2}"),
        ("severity: warning, when: {expression: 'a + a', given: {a: Shop Load}, above: 5}", "severity: warning, when: {expression: a  +  a, given: {a: Shop Load}, above: 5}"),
    ],
)  # fmt: skip
def test_the_same_alarm_under_another_name_is_found(
    first: str, second: str, tmp_path: Path
) -> None:
    (found,) = find(SAME, two(first, second), tmp_path)

    assert found.message == '"b" is the same alarm as "a"'
    assert found.severity.word == "warning"
    assert found.location is not None
    assert found.location.line == 9
    assert [one.location.line for one in found.related] == [8]


@pytest.mark.parametrize(
    "second",
    [
        "severity: warning, when: {metric: Shop Load, dimensions: {Host: b}, above: 5}",
        "severity: warning, when: {metric: Shop Load, dimensions: {Host: a}, above: 6}",
        "severity: warning, when: {metric: Shop Load, dimensions: {Host: a}, at_least: 5}",
        f"severity: warning, when: {{{COPY}, for: 2m}}",
        f"severity: warning, when: {{{COPY}, statistic: p99}}",
        f"severity: warning, when: {{{COPY}}}, missing_data: breaching",
        f"severity: warning, when: {{{COPY}}}, notify: [critical]",
        f"severity: info, when: {{{COPY}}}, notify: [warning]",
        "severity: warning, when: {metric: Shop Load, dimensions: {Host: a}, above_band: 2}",
        "severity: warning, when: {any: [a]}",
    ],
)
def test_an_alarm_that_differs_in_anything_is_another(second: str, tmp_path: Path) -> None:
    assert not find(SAME, two(f"severity: warning, when: {{{COPY}}}", second), tmp_path)


def test_two_alarms_that_tell_nobody_disturb_nobody(tmp_path: Path) -> None:
    alarm = f"severity: info, when: {{{COPY}}}"

    assert not find(SAME, two(alarm, alarm), tmp_path)

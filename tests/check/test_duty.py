"""What a critical alarm owes to whoever it wakes, and how often alarms are judged."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import HEAD, compile_text, marked_text
from watchspec.diagnostics import Diagnostic

NOTIFY = "notify: {critical: {email: [a@example.com]}}\n"
WHEN = "when: {metric: Shop Orders, below: 5}"


def find(rule: str, text: str, folder: Path) -> list[Diagnostic]:
    """What a rule says of a spec."""
    return [
        one for one in compile_text(HEAD + NOTIFY + text, folder).diagnostics if one.rule == rule
    ]


def test_a_critical_alarm_without_steps_is_a_warning(tmp_path: Path) -> None:
    text = f"alarms: {{low: {{severity: critical, {WHEN}, runbook: {{impact: No money.}}}}}}\n"

    (found,) = find("alarm/no-runbook", text, tmp_path)

    assert found.message == '"low" is critical, and nothing says what to do then'
    assert found.severity.word == "warning"
    assert marked_text(found) == "low"


@pytest.mark.parametrize(
    "alarm",
    [
        f"severity: critical, {WHEN}, runbook: {{steps: [Roll back.]}}",
        f"severity: critical, {WHEN}, notify: []",
        f"severity: critical, {WHEN}, enabled: false",
        f"severity: info, {WHEN}",
        "severity: critical, when: {any: [other]}",
    ],
)
def test_an_alarm_that_pages_nobody_needs_no_runbook_nor_a_composite_one(
    alarm: str, tmp_path: Path
) -> None:
    text = f"alarms: {{other: {{severity: info, {WHEN}}}, low: {{{alarm}}}}}\n"

    assert not find("alarm/no-runbook", text, tmp_path)


def test_an_alarm_that_pages_by_an_action_of_its_own_needs_a_runbook(tmp_path: Path) -> None:
    text = f"alarms: {{low: {{severity: critical, {WHEN}, notify: [], actions: {{alarm: ['${{topic}}']}}}}}}\n"

    assert find("alarm/no-runbook", text + "parameters: {topic: {pattern: arn}}\n", tmp_path)


def test_critical_alarms_without_an_owner_are_one_note(tmp_path: Path) -> None:
    alarm = f"{{severity: critical, {WHEN}, runbook: {{steps: [Roll back.]}}}}"
    text = f"alarms:\n  one: {alarm}\n  two: {alarm}\n"

    (found,) = find("alarm/no-owner", text, tmp_path)

    assert found.message == '"one" is critical and has no owner'
    assert found.severity.word == "note"
    assert marked_text(found) == "one"


@pytest.mark.parametrize(
    "text",
    [
        f"owner: checkout\nalarms: {{a: {{severity: critical, {WHEN}}}}}\n",
        f"alarms: {{a: {{severity: critical, owner: checkout, {WHEN}}}}}\n",
        f"alarms: {{a: {{severity: critical, {WHEN}, notify: []}}}}\n",
        f"alarms: {{a: {{severity: info, {WHEN}}}}}\n",
    ],
)
def test_an_alarm_with_an_owner_or_for_nobody_is_fine(text: str, tmp_path: Path) -> None:
    assert not find("alarm/no-owner", text, tmp_path)


@pytest.mark.parametrize(
    ("when", "marked"),
    [
        ("metric: Shop Orders, period: 1 hour, below: 5, for: 25 hours", "25 hours"),
        ("metric: Shop Orders, period: 1 hour, below: 5, datapoints: 3 of 30", "3 of 30"),
        ("metric: Shop Orders, period: 2 days, below: 5", "2 days"),
        (
            "expression: a * 2, given: {a: Shop Orders}, period: 2 hours, below: 5, for: 2 days",
            "2 days",
        ),
    ],
)
def test_an_alarm_over_more_than_a_day_is_judged_once_an_hour(
    when: str, marked: str, tmp_path: Path
) -> None:
    text = f"alarms: {{a: {{severity: info, when: {{{when}}}}}}}\n"

    (found,) = find("alarm/slow-evaluation", text, tmp_path)

    assert found.severity.word == "note"
    assert marked_text(found) == marked


@pytest.mark.parametrize(
    "when",
    [
        "metric: Shop Orders, period: 1 hour, below: 5, for: 1 day",
        "metric: AWS/S3 BucketSizeBytes, above: 5 GB, for: 3 days",
        "metric: AWS/Billing EstimatedCharges, above: $5, for: 30 hours",
        "any: [b]",
    ],
)
def test_a_day_or_what_comes_slower_than_hourly_is_fine(when: str, tmp_path: Path) -> None:
    text = f"alarms: {{b: {{severity: info, {WHEN}}}, a: {{severity: info, when: {{{when}}}}}}}\n"

    assert not find("alarm/slow-evaluation", text, tmp_path)

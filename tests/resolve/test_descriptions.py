from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from support import HEAD, compile_text, errors, marked_text, only_error, resource, template
from watchspec.diagnostics import Severity

ALARM = """\
metrics: {orders: {title: orders, metric: Shop Orders, statistic: Sum}}
alarms:
  few-orders:
    severity: info
    when: {metric: orders, below: 1, for: 5m}
"""
SENTENCE = "Orders below 1 for 5 minutes."


def description(more: str, folder: Path, head: str = HEAD) -> Any:
    """The description of an alarm with these further lines."""
    body = template(compile_text(head + ALARM + more, folder))
    return resource(body, "AlarmFewOrders")["AlarmDescription"]


def test_a_description_says_what_is_wrong_and_how_bad_it_is(tmp_path: Path) -> None:
    assert description("", tmp_path) == f"{SENTENCE}\nSeverity: info."


def test_a_description_names_the_owner(tmp_path: Path) -> None:
    head = HEAD + "owner: checkout\n"

    assert description("", tmp_path, head) == f"{SENTENCE}\nSeverity: info. Owner: checkout."


def test_the_owner_of_an_alarm_goes_before_that_of_the_spec(tmp_path: Path) -> None:
    head = HEAD + "owner: checkout\n"

    found = description("    owner: money-team\n", tmp_path, head)

    assert found == f"{SENTENCE}\nSeverity: info. Owner: money-team."


def test_a_description_tells_impact_steps_and_links_in_order(tmp_path: Path) -> None:
    more = """\
    description: |
      Mostly at night.

    runbook:
      impact: No money.
      steps:
        - Look at the queue.
        - |
          Restart it:
          make restart
      links:
        Wiki: https://wiki.example.com/orders
        Status: https://status.example.com/
"""

    assert description(more, tmp_path).split("\n") == [
        SENTENCE,
        "Severity: info.",
        "Mostly at night.",
        "Impact: No money.",
        "1. Look at the queue.",
        "2. Restart it:",
        "make restart",
        "Status: https://status.example.com/",
        "Wiki: https://wiki.example.com/orders",
    ]


def test_a_description_leads_to_the_first_dashboard_that_shows_the_metric(tmp_path: Path) -> None:
    more = """\
dashboards:
  costs: {rows: [graph: Shop Costs]}
  sales: {rows: [graph: orders]}
  sales-too: {rows: [graph: orders]}
"""

    url = "https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1"
    assert description(more, tmp_path).split("\n") == [
        SENTENCE,
        "Severity: info.",
        f"Dashboard: {url}#dashboards:name=prod-sales-dashboard",
    ]


def test_a_dashboard_of_what_an_expression_is_made_of_counts(tmp_path: Path) -> None:
    more = "  part: {severity: info, when: {expression: orders * 2, above: 1}}\n"
    more += "  parts: {severity: info, when: {any: [part]}}\n"
    more += "dashboards: {sales: {rows: [graph: orders]}}\n"

    body = template(compile_text(HEAD + ALARM + more, tmp_path))

    for name in ("AlarmPart", "AlarmParts"):
        assert "dashboards:name=prod-sales-dashboard" in resource(body, name)["AlarmDescription"]


def test_a_description_may_hold_values_known_at_deployment(tmp_path: Path) -> None:
    head = HEAD + "parameters: {queue: {}}\n"
    more = "    runbook: {steps: ['Look at ${queue} ($${queue}).']}\n"

    assert description(more, tmp_path, head) == {
        "Fn::Sub": f"{SENTENCE}\nSeverity: info.\n1. Look at ${{Queue}} (${{!queue}})."
    }


# --- how long it may be

FIXED = len(f"{SENTENCE}\nSeverity: info.\nImpact: ")


def impact(characters: int, suffix: str = "") -> str:
    """A runbook that makes the description so many characters long."""
    return f"    runbook: {{impact: '{'x' * (characters - FIXED)}{suffix}'}}\n"


@pytest.mark.parametrize("length", [1_023, 1_024])
def test_a_description_may_have_as_many_characters_as_cloudwatch_takes(
    length: int, tmp_path: Path
) -> None:
    found = description(impact(length), tmp_path)

    assert len(found) == length


def test_one_character_more_is_an_error(tmp_path: Path) -> None:
    compiled = compile_text(HEAD + ALARM + impact(1_025), tmp_path)

    error = only_error(compiled, "alarm/description-too-long")
    assert error.message == (
        'the description of "few-orders" has 1,025 characters; 1,024 are the most'
    )
    assert marked_text(error) == "{"


def test_a_long_description_without_a_runbook_is_found_at_the_alarm(tmp_path: Path) -> None:
    more = f"    description: {'x' * 1_025}\n"

    error = only_error(compile_text(HEAD + ALARM + more, tmp_path), "alarm/description-too-long")

    assert marked_text(error) == "few-orders"


@pytest.mark.parametrize("given", ["parameters", "default"])
@pytest.mark.parametrize(("length", "found"), [(1_023, 0), (1_024, 0), (1_025, 1)])
def test_a_value_that_is_given_counts_with_its_length(
    given: str, length: int, found: int, tmp_path: Path
) -> None:
    value = "v" * 100
    if given == "parameters":
        head = HEAD.replace("eu-west-1", f"eu-west-1, parameters: {{p: {value}}}")
        head += "parameters: {p: {default: x}}\n"
    else:
        head = HEAD + f"parameters: {{p: {{default: {value}}}}}\n"

    compiled = compile_text(head + ALARM + impact(length - 100, "${p}"), tmp_path)

    assert [one.severity for one in compiled.diagnostics] == [Severity.ERROR] * found


@pytest.mark.parametrize(
    ("length", "severity"),
    [
        (1_024 - 64, None),
        (1_025 - 64, Severity.WARNING),
        (1_024, Severity.WARNING),
        (1_025, Severity.ERROR),
    ],
)
@pytest.mark.parametrize("parameter", ["{p: {}}", "{p: {ssm: /a}}", "{p: {export: a}}", "account"])
def test_a_value_nobody_knows_counts_as_sixty_four_characters_for_a_warning(
    length: int, severity: Severity | None, parameter: str, tmp_path: Path
) -> None:
    name = "account" if parameter == "account" else "p"
    head = HEAD if name == "account" else HEAD + f"parameters: {parameter}\n"

    compiled = compile_text(head + ALARM + impact(length, f"${{{name}}}"), tmp_path)

    found = [one.severity for one in compiled.diagnostics]
    assert found == ([] if severity is None else [severity])


def test_a_warning_says_that_it_guesses(tmp_path: Path) -> None:
    head = HEAD + "parameters: {p: {}}\n"

    compiled = compile_text(head + ALARM + impact(1_000, "${p}"), tmp_path)

    assert "has about 1,064 characters" in compiled.diagnostics[0].message
    assert compiled.templates


def test_a_composite_alarm_and_a_health_check_are_described_too(tmp_path: Path) -> None:
    long = "x" * 1_025
    text = (
        HEAD
        + ALARM
        + f"  any: {{severity: info, when: {{any: [few-orders]}}, description: {long}}}\n"
    )
    text += (
        f"health_checks: {{h: {{host: a.org, alarm: {{severity: info, description: {long}}}}}}}\n"
    )

    found = errors(compile_text(text, tmp_path))

    assert [one.rule for one in found] == ["alarm/description-too-long"] * 2

"""Alarms that no value raises, and alarms that every value does."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import HEAD, compile_text, marked_text
from watchspec.diagnostics import Diagnostic, Severity

METRICS = """\
metrics:
  cpu: {metric: AWS/RDS CPUUtilization, dimensions: {DBInstanceIdentifier: a}}
  tasks: {metric: AWS/ECS CPUUtilization, dimensions: {ClusterName: a, ServiceName: b}}
  sent: {metric: AWS/SQS NumberOfMessagesSent, dimensions: {QueueName: a}, statistic: Sum}
  got: {metric: AWS/SQS NumberOfMessagesReceived, dimensions: {QueueName: a}, statistic: Sum}
  open: {metric: AWS/RDS DatabaseConnections, dimensions: {DBInstanceIdentifier: a}}
  failed: {metric: AWS/ApiGateway 5XXError, dimensions: {ApiName: a}, statistic: Average}
  checked: {metric: AWS/EC2 StatusCheckFailed, dimensions: {InstanceId: a}, statistic: Maximum}
  own: {metric: Shop Orders}
  share: {expression: 100 * got / (got + sent), unit: Percent}
  query: {query: SELECT MAX(Orders) FROM Shop}
logs:
  l:
    group: /l
    retention: never
    metrics:
      errors: {pattern: ERROR}
      counted: {pattern: ERROR, default: 0}
      field: {pattern: "{ $.a = * }", value: $.a, statistic: Maximum}
      changed: {pattern: ERROR, properties: {ApplyOnTransformedLogs: false}}
"""


def find(when: str, folder: Path, *, more: str = "") -> list[Diagnostic]:
    """What is said of the reach of an alarm; its threshold stands on line 25."""
    text = HEAD + METRICS + f"alarms: {{x: {{severity: info{more}, when: {{{when}}}}}}}\n"
    rules = {"alarm/never-fires", "alarm/always-fires"}
    return [one for one in compile_text(text, folder).diagnostics if one.rule in rules]


@pytest.mark.parametrize(
    ("when", "severity", "marked", "message"),
    [
        ("metric: cpu, above: 120%", "error", "120%", '"cpu" is at most 100 %, so it never is above 120 %'),
        ("metric: cpu, at_least: 101%", "error", "101%", '"cpu" is at most 100 %, so it never is at or above 101 %'),
        ("metric: cpu, above: 100%", "error", "100%", '"cpu" is at most 100 %, so it never is above 100 %'),
        ("metric: sent, below: 0", "error", "0", '"sent" is at least 0, so it never is below 0'),
        ("metric: sent, at_most: -1", "error", "-1", '"sent" is at least 0, so it never is at or below -1'),
        ("metric: open, below: 0", "warning", "0", '"open" is at least 0, so it never is below 0'),
        ("metric: failed, above: 5", "error", "5", '"failed" is at most 1, so it never is above 5'),
        ("metric: checked, at_least: 2", "error", "2", '"checked" is at most 1, so it never is at or above 2'),
        ("metric: share, above: 100%", "error", "100%", '"share" is at most 100 %, so it never is above 100 %'),
        ("metric: AWS/RDS CPUUtilization, above: 120%", "error", "120%", '"CPUUtilization" is at most 100 %, so it never is above 120 %'),
        ("expression: sent > 5, above: 1", "error", "1", "the expression is at most 1, so it never is above 1"),
        ("expression: 'IF(DAY(sent) > 7, sent)', above: 1", "error", "1", "the expression never has a value"),
        ("metric: errors, statistic: Maximum, above: 1", "warning", "1", '"errors" is at most 1, so it never is above 1'),
        ("metric: counted, statistic: Average, below: 0", "warning", "0", '"counted" is at least 0, so it never is below 0'),
        ("metric: own, statistic: 'PR(:300)', above: 100", "error", "100", '"own" is at most 100, so it never is above 100'),
    ],
)  # fmt: skip
def test_a_threshold_no_value_reaches_is_found_where_it_stands(
    when: str, severity: str, marked: str, message: str, tmp_path: Path
) -> None:
    (found,) = find(when, tmp_path)

    assert (found.rule, found.severity.word) == ("alarm/never-fires", severity)
    assert found.message == message
    assert marked_text(found) == marked
    assert found.location is not None
    assert found.location.line == 25


@pytest.mark.parametrize(
    ("when", "severity", "message"),
    [
        ("metric: sent, at_least: 0", "error", '"sent" is at least 0, so it always is at or above 0'),
        ("metric: sent, above: -1", "error", '"sent" is at least 0, so it always is above -1'),
        ("metric: cpu, below: 101%", "error", '"cpu" is at most 100 %, so it always is below 101 %'),
        ("metric: cpu, at_most: 100%", "error", '"cpu" is at most 100 %, so it always is at or below 100 %'),
        ("metric: open, at_least: 0", "warning", '"open" is at least 0, so it always is at or above 0'),
        ("metric: errors, at_least: 0", "warning", '"errors" is at least 1, so it always is at or above 0'),
    ],
)  # fmt: skip
def test_a_threshold_every_value_is_beyond_is_found(
    when: str, severity: str, message: str, tmp_path: Path
) -> None:
    (found,) = find(when, tmp_path)

    assert (found.rule, found.severity.word) == ("alarm/always-fires", severity)
    assert found.message == message


@pytest.mark.parametrize(
    "when",
    [
        "metric: cpu, at_least: 100%",
        "metric: cpu, above: 99.9%",
        "metric: cpu, at_most: 0%",
        "metric: tasks, above: 120%",
        "metric: cpu, statistic: Sum, above: 120",
        "metric: failed, statistic: Sum, above: 5",
        "metric: failed, above: 0.05",
        "metric: sent, above: 0",
        "metric: sent, at_most: 0",
        "metric: own, below: 0",
        "metric: own, at_least: 0",
        "metric: query, below: 0",
        "metric: errors, at_least: 1",  # any line at all
        "metric: errors, above: 0",
        "metric: field, above: 1",
        "metric: changed, statistic: Maximum, above: 1",
        "expression: 'IF(sent > 5, 1)', at_least: 1",  # there is a value only then
        "metric: sent, outside_band: 2",
        "metric: sent, statistic: SampleCount, below: 1",  # only silence is left; see missing data
    ],
)
def test_a_threshold_that_some_value_reaches_and_some_does_not_is_fine(
    when: str, tmp_path: Path
) -> None:
    assert not find(when, tmp_path)


def test_an_alarm_that_only_missing_data_raise_is_a_warning(tmp_path: Path) -> None:
    (found,) = find("metric: cpu, above: 120%", tmp_path, more=", missing_data: breaching")

    assert found.severity is Severity.WARNING
    assert found.message.endswith("so it never is above 120 %: only missing data raise the alarm")


@pytest.mark.parametrize(
    ("when", "help_text"),
    [
        ("metric: cpu, above: 120%", "write a value below 100 %"),
        ("metric: sent, below: 0", "write a value above 0"),
        ("metric: failed, above: 5", "write a share from 0 to 1, or count with  statistic: Sum"),
        ("expression: 'IF(DAY(sent) > 7, sent)', above: 1", "write a condition that can hold"),
        ("metric: cpu, below: 101%", "write a value below 100 %"),
        ("metric: sent, above: -1", "write a value above 0"),
    ],
)
def test_it_is_said_what_to_write_instead(when: str, help_text: str, tmp_path: Path) -> None:
    (found,) = find(when, tmp_path)

    assert found.help == help_text


@pytest.mark.parametrize("level", ["> 120%", ">= 0%"])
def test_a_threshold_taken_from_a_level_is_found_at_the_level_once(
    level: str, tmp_path: Path
) -> None:
    text = HEAD + (
        "metrics:\n"
        f'  cpu: {{metric: AWS/RDS CPUUtilization, dimensions: {{DBInstanceIdentifier: a}}, levels: {{hot: "{level}"}}}}\n'
        "alarms:\n"
        "  one: {severity: info, when: {metric: cpu, level: hot}}\n"
        "  two: {severity: info, when: {metric: cpu, level: hot, for: 2m}}\n"
    )

    (found,) = compile_text(text, tmp_path).diagnostics

    assert found.location is not None
    assert found.location.line == 6
    assert marked_text(found) == f'"{level}"'
    ((related, message),) = found.related
    assert (related.line, message) == (8, "an alarm takes it from here")


def test_the_alarm_of_a_health_check_reaches_its_threshold(tmp_path: Path) -> None:
    text = (
        HEAD
        + "health_checks: {h: {host: a.example.com, path: /, alarm: {severity: info, for: 1m}}}\n"
    )

    assert not compile_text(text, tmp_path).diagnostics

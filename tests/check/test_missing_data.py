"""What each setting of missing data means for each kind of metric: 112 verdicts."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import HEAD, compile_text, marked_text
from watchspec.diagnostics import Diagnostic

SETTINGS = ("missing", "ignore", "breaching", "notBreaching")
SIGNALS = {
    "error count": "metric: AWS/ApplicationELB HTTPCode_ELB_5XX_Count, dimensions: {LoadBalancer: a}",
    "availability": "metric: ECS/ContainerInsights RunningTaskCount, dimensions: {ClusterName: a, ServiceName: b}",
    "heartbeat": "metric: beats",
    "utilisation": "metric: AWS/ECS CPUUtilization, dimensions: {ClusterName: a, ServiceName: b}",
}
OPERATORS = {
    ">": "above: 2",
    ">=": "at_least: 2",
    "<": "below: 1",
    "<=": "at_most: 0",
    "outside": "outside_band: 2",
    "above": "above_band: 2",
    "below": "below_band: 2",
}
LOG = "logs: {l: {group: /l, retention: never, metrics: {beats: {pattern: alive}}}}\n"
# In the order of the settings: - fine, w warning, E error.
# A line of a log that is not there has no kind but what the alarm makes of it: many are failures,
# few a heartbeat. Of those verdicts only the worst are given, as warnings, unless nothing else is left.
EXPECTED = {
    "error count": {
        ">": "wwE-",
        ">=": "wwE-",
        "<": "---w",
        "<=": "---w",
        "outside": "--E-",
        "above": "wwE-",
        "below": "---w",
    },
    "availability": {
        ">": "--w-",
        ">=": "--w-",
        "<": "ww-w",
        "<=": "ww-w",
        "outside": "-w-w",
        "above": "--w-",
        "below": "ww-w",
    },
    "heartbeat": {
        ">": "--w-",
        ">=": "--w-",
        "<": "wE-E",
        "<=": "wE-E",
        "outside": "----",
        "above": "--w-",
        "below": "-w-w",
    },
    "utilisation": dict.fromkeys(OPERATORS, "----"),
}


def find(text: str, folder: Path) -> list[Diagnostic]:
    """What is said of the missing data of a spec."""
    found = compile_text(HEAD + text, folder).diagnostics
    return [one for one in found if one.rule == "alarm/wrong-missing-data"]


@pytest.mark.parametrize("kind", EXPECTED)
def test_each_setting_has_its_verdict(kind: str, tmp_path: Path) -> None:
    lines, cells = [], []
    for operator, condition in OPERATORS.items():
        for setting in SETTINGS:
            cells.append((operator, setting))
            said = "" if setting == "missing" else f", missing_data: {setting}"
            when = f"when: {{{SIGNALS[kind]}, {condition}}}"
            lines.append(f"  a{len(cells)}: {{severity: info, {when}{said}}}\n")
    text = LOG + "alarms:\n" + "".join(lines)

    found = {one.location.line - 7: one for one in find(text, tmp_path) if one.location}

    letters = {"warning": "w", "error": "E"}
    given = [letters[found[i].severity.word] if i in found else "-" for i in range(len(cells))]
    rows = {operator: "".join(given[index * 4 :][:4]) for index, operator in enumerate(OPERATORS)}
    assert len(cells) == 28
    assert rows == EXPECTED[kind]


@pytest.mark.parametrize(
    ("alarm", "marked", "message", "better"),
    [
        (
            "when: {metric: AWS/ApplicationELB HTTPCode_ELB_5XX_Count, above: 5}, missing_data: breaching",
            "breaching",
            '"HTTPCode_ELB_5XX_Count" has data only when something fails, so the alarm is on whenever nothing does',
            "notBreaching",
        ),
        (
            "when: {metric: AWS/ApplicationELB HTTPCode_ELB_5XX_Count, above: 5}",
            "a",
            '"HTTPCode_ELB_5XX_Count" has data only when something fails, so the alarm has insufficient data whenever nothing does',
            "notBreaching",
        ),
        (
            "when: {metric: AWS/ApplicationELB HealthyHostCount, below: 1}, missing_data: notBreaching",
            "notBreaching",
            '"HealthyHostCount" has no data when nothing is left to count, and the alarm takes that for well',
            "breaching",
        ),
        (
            "when: {metric: AWS/ECS CPUUtilization, statistic: SampleCount, below: 2}, missing_data: ignore",
            "ignore",
            '"CPUUtilization" has no data when nothing is left to count, and the alarm keeps its state then',
            "breaching",
        ),
        (
            "when: {metric: AWS/Lambda Invocations, statistic: SampleCount, below: 1}, missing_data: notBreaching",
            "notBreaching",
            '"Invocations" has no data when it stops, which is what this alarm is for, and the alarm takes that for well',
            "breaching",
        ),
        (
            "when: {metric: Shop Beats, statistic: Sum, below: 1}, missing_data: notBreaching",
            "notBreaching",
            '"Beats" has no data when it stops, which is what this alarm is for, and the alarm takes that for well',
            "breaching",
        ),
    ],
)
def test_it_is_said_what_silence_means_and_which_setting_fits(
    alarm: str, marked: str, message: str, better: str, tmp_path: Path
) -> None:
    (found,) = find(f"alarms: {{a: {{severity: info, {alarm}}}}}\n", tmp_path)

    assert found.message == message
    assert found.help == f"write  missing_data: {better}"
    assert marked_text(found) == marked


@pytest.mark.parametrize(
    "alarm",
    [
        # Who says `missing`, or is told of it, knows.
        "when: {metric: AWS/ApplicationELB HealthyHostCount, below: 1}, missing_data: missing",
        "when: {metric: AWS/ApplicationELB HealthyHostCount, below: 1}, notify: [r], on_missing_data: true",
        "when: {metric: AWS/ApplicationELB HealthyHostCount, below: 1}, notify: [told]",
        "when: {metric: AWS/ApplicationELB HealthyHostCount, below: 1}, actions: {insufficient_data: ['${arn}']}",
        # CloudWatch's own choice for DynamoDB.
        "when: {metric: AWS/DynamoDB UserErrors, above: 5}, missing_data: ignore",
        # Of these silence says nothing in particular.
        "when: {metric: AWS/Lambda Errors, above: 5}, missing_data: breaching",
        "when: {metric: AWS/Lambda Errors, statistic: SampleCount, above: 5}, missing_data: breaching",
        "when: {metric: Shop Beats, statistic: Average, below: 1}, missing_data: notBreaching",
        "when: {metric: Shop Beats, statistic: Sum, below: 100}, missing_data: notBreaching",
        "when: {metric: Shop Beats, statistic: Sum, outside_band: 2}, missing_data: notBreaching",
        "when: {metric: counted, below: 1}, missing_data: notBreaching",
        "when: {metric: beats, statistic: Average, below: 1}, missing_data: notBreaching",
        "when: {query: SELECT SUM(Beats) FROM Shop, below: 1}, missing_data: notBreaching",
        "when: {any: [other]}",
    ],
)
def test_a_setting_that_may_be_right_is_fine(alarm: str, tmp_path: Path) -> None:
    text = (
        "parameters: {arn: {pattern: arn}}\n"
        "logs: {l: {group: /l, retention: never, metrics: {beats: {pattern: a}, counted: {pattern: a, default: 0}}}}\n"
        "notify: {r: {email: [a@example.com]}, told: {email: [a@example.com], on_missing_data: true}}\n"
        "alarms:\n"
        "  other: {severity: info, when: {metric: Shop Other, above: 1}}\n"
        f"  a: {{severity: info, {alarm}}}\n"
    )

    assert not find(text, tmp_path)


def test_few_lines_of_many_are_a_heartbeat_of_which_the_worst_is_a_warning(tmp_path: Path) -> None:
    text = LOG + (
        "alarms: {a: {severity: info, when: {metric: beats, below: 100}, missing_data: notBreaching}}\n"
    )

    (found,) = find(text, tmp_path)

    assert found.severity.word == "warning"

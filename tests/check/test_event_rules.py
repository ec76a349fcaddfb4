from __future__ import annotations

from pathlib import Path

import pytest

from support import HEAD, compile_text, marked_text

START = HEAD + "notify: {info: {email: [a@example.com]}}\nevents:\n  it:\n    severity: info\n"
TASK = "source: [aws.ecs], detail-type: [ECS Task State Change]"
STOPPED = f"{TASK}, detail: {{lastStatus: [STOPPED], "
ALARM = "source: [aws.cloudwatch], detail-type: [CloudWatch Alarm State Change], detail: "
HEALTH = "source: [aws.health], detail-type: [AWS Health Event], detail: "
DATABASE = "source: [aws.rds], detail-type: [RDS DB Instance Event], detail: "


def findings(settings: str, folder: Path) -> list[tuple[str, str, str, str, str]]:
    """Rule, severity, message, what stands under the caret, and the advice."""
    return [
        (one.rule, one.severity.word, one.message, marked_text(one), one.hint or one.help)
        for one in compile_text(START + settings, folder).diagnostics
    ]


def found_in(pattern: str, folder: Path) -> list[tuple[str, str, str, str, str]]:
    return findings(f"    pattern: {{{pattern}}}\n", folder)


@pytest.mark.parametrize(
    "pattern",
    [
        "source: [shop.orders], detail: {anything: [at all]}",
        "source: [shop.orders]",
        "source: [aws.s3], detail-type: [Object Created], detail: {bucket: {name: [videos]}}",
        "source: [{prefix: aws.}], detail-type: [ECS Task State Change], detail: {lastStatus: [STOPPED]}",
        "source: [aws.ecs], detail-type: [ECS Service Action], detail: {eventName: [NEW_ONE]}",
        "source: [aws.ecs], detail-type: [AWS API Call via CloudTrail], detail: {eventName: [StopTask]}",
        "source: [aws.ecs, shop], detail-type: [A Kind Of Our Own]",
        f"{STOPPED}stopCode: [TaskFailedToStart], containers: {{exitCode: [{{anything-but: 0}}]}}}}",
        f"{STOPPED}group: [{{prefix: 'service:'}}], overrides: {{containerOverrides: {{name: [web]}}}}}}",
        f"{STOPPED}healthStatus: [{{exists: false}}], containers: [{{exists: false}}]}}",
        f"{TASK}, detail: {{stoppedAt: [{{exists: true}}]}}",
        f"{TASK}, detail: {{lastStatus: [RUNNING], stopCode: [{{exists: false}}]}}",
        f"{TASK}, detail: {{lastStatus: [RUNNING, STOPPED], stopCode: [{{exists: true}}]}}",
        "source: [aws.ecs], detail-type: [ECS Task State Change], detail.lastStatus: [STOPPED]",
        (
            "$or: [{source: [aws.ecs], detail-type: [ECS Task State Change], detail: {lastStatus: [STOPPED]}},"
            " {source: [shop]}]"
        ),
        "source: [aws.rds, aws.ecs], detail-type: [ECS Service Action]",
        (
            "$or: [{source: [aws.rds]}, {source: [aws.ecs], detail-type: [ECS Service Action]},"
            " {source: [aws.ce], detail-type: [Anomaly Detected]}]"
        ),
        ALARM + "{state: {value: [ALARM, OK]}, configuration: {metrics: {id: [m1]}}}",
        HEALTH + "{service: [EC2], eventTypeCategory: [issue], statusCode: [open]}",
        DATABASE + "{EventID: [RDS-EVENT-0006], SourceIdentifier: [shop]}",
        (
            "source: [aws.rds], detail-type: [RDS DB Instance Event, RDS DB Cluster Event], detail:"
            " {SourceType: [CLUSTER]}"
        ),
        "account: ['111122223333'], resources: [{prefix: 'arn:aws:ecs:'}]",
    ],
)
def test_a_pattern_that_can_match_has_no_findings(pattern: str, tmp_path: Path) -> None:
    assert found_in(pattern, tmp_path) == []


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        (
            "detail_type: [x], source: [shop]",
            (
                "event/unknown-field",
                "error",
                'an event has no field "detail_type"',
                "detail_type",
                'did you mean "detail-type"?',
            ),
        ),
        (
            "source: [shop], payload: {x: [y]}",
            (
                "event/unknown-field",
                "warning",
                'an event has no known field "payload"',
                "x",
                "compare it with an event that was sent",
            ),
        ),
        (
            STOPPED + "healthStatus: [UNHEALTHY]}",
            (
                "event/unknown-field",
                "warning",
                '"ECS Task State Change" has no known field "healthStatus"',
                "healthStatus",
                'did you mean "lastStatus"?',
            ),
        ),
        (
            STOPPED + "containers: {exitcode: [1]}}",
            (
                "event/unknown-field",
                "error",
                '"ECS Task State Change" has no field "containers.exitcode"',
                "exitcode",
                'did you mean "containers.exitCode"?',
            ),
        ),
        (
            DATABASE + "{event: [x]}",
            (
                "event/unknown-field",
                "warning",
                '"RDS DB Instance Event" has no known field "event"',
                "event",
                'did you mean "EventID"?',
            ),
        ),
    ],
)
def test_a_field_that_no_event_has_is_found(
    pattern: str, found: tuple[str, ...], tmp_path: Path
) -> None:
    assert found_in(pattern, tmp_path) == [found]


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        (
            STOPPED + "stopCode: [OutOfMemory]}",
            (
                "error",
                '"OutOfMemory" is no stopCode of an event "ECS Task State Change"',
                "OutOfMemory",
                "a task that runs out of memory stops as EssentialContainerExited",
            ),
        ),
        (
            STOPPED + "stopCode: [TaskFailedToStart, TaskFailToStart]}",
            (
                "error",
                '"TaskFailToStart" is no stopCode of an event "ECS Task State Change"',
                "TaskFailToStart",
                'did you mean "TaskFailedToStart"?',
            ),
        ),
        (
            f"{TASK}, detail: {{lastStatus: [Stopped]}}",
            (
                "error",
                '"Stopped" is no lastStatus of an event "ECS Task State Change"',
                "Stopped",
                'did you mean "STOPPED"?',
            ),
        ),
        (
            STOPPED + "launchType: [LAMBDA]}",
            (
                "warning",
                '"LAMBDA" is no launchType of an event "ECS Task State Change"',
                "LAMBDA",
                "one of: EC2, FARGATE, EXTERNAL, MANAGED_INSTANCES",
            ),
        ),
        (
            ALARM + "{state: {value: [INSUFFICIENT]}}",
            (
                "warning",
                '"INSUFFICIENT" is no state.value of an event "CloudWatch Alarm State Change"',
                "INSUFFICIENT",
                'did you mean "INSUFFICIENT_DATA"?',
            ),
        ),
        (
            DATABASE + "{SourceType: [db-instance]}",
            (
                "error",
                '"db-instance" is no SourceType of an event "RDS DB Instance Event"',
                "db-instance",
                'did you mean "DB_INSTANCE"?',
            ),
        ),
        (
            "source: [aws.ecs], detail-type: [ECS Task StateChange], detail: {lastStatus: [STOPPED]}",
            (
                "error",
                'no event of aws.ecs is called "ECS Task StateChange"',
                "ECS Task StateChange",
                'did you mean "ECS Task State Change"?',
            ),
        ),
        (
            "source: [aws.health], detail-type: [Weather]",
            (
                "warning",
                'no event of aws.health is called "Weather"',
                "Weather",
                "one of: AWS Health Event, AWS Health Abuse Event",
            ),
        ),
        (
            "source: [AWS.RDS]",
            ("error", 'no event has the source "AWS.RDS"', "AWS.RDS", "write aws.rds"),
        ),
        (
            "source: [aws.esc], detail-type: [ECS Service Action]",
            ("error", '"aws.esc" sends no event "ECS Service Action"', "aws.esc", "write aws.ecs"),
        ),
        (
            "source: [aws.rds], detail-type: [ECS Service Action]",
            ("error", '"aws.rds" sends no event "ECS Service Action"', "aws.rds", "write aws.ecs"),
        ),
    ],
)
def test_a_value_that_no_event_has_is_found(
    pattern: str, found: tuple[str, ...], tmp_path: Path
) -> None:
    assert found_in(pattern, tmp_path) == [("event/unknown-value", *found)]


@pytest.mark.parametrize(
    ("pattern", "message", "marked", "advice"),
    [
        (
            ALARM + "{state: [ALARM]}",
            '"state" is a mapping, which no value in a list equals',
            "state",
            (
                "name a field in it: actionsSuppressedBy, actionsSuppressedReason, evaluationState,"
                " reason, reasonData, timestamp, value"
            ),
        ),
        (
            STOPPED + "containers: [{exists: true}]}",
            '"containers" is a mapping, which no value in a list equals',
            "containers",
            "",
        ),
        (
            "source: [shop], detail: [x]",
            "the detail of an event is a mapping, never one of these values",
            "detail",
            "",
        ),
        (
            "source: [shop], account: [111122223333]",
            '"account" is a text in every event, and this is a number',
            "111122223333",
            "put it in quotes",
        ),
        (
            "source: [shop], account: [{numeric: ['=', 5]}]",
            '"account" is a text in every event, and this is a number',
            "{",
            "put it in quotes",
        ),
        (
            STOPPED + "containers: {exitCode: ['1']}}",
            '"containers.exitCode" is a number in every event, and this is a text',
            "'1'",
            "write it without quotes",
        ),
        (
            f"{TASK}, detail: {{lastStatus: [RUNNING, PENDING], stopCode: [TaskFailedToStart]}}",
            "a task that is RUNNING or PENDING has no stopCode",
            "stopCode",
            "write  lastStatus: [STOPPED]",
        ),
    ],
)
def test_what_no_event_can_be_is_found(
    pattern: str, message: str, marked: str, advice: str, tmp_path: Path
) -> None:
    ((rule, severity, said, under, help_text),) = found_in(pattern, tmp_path)

    assert (rule, severity, said, under) == ("event/never-matches", "error", message, marked)
    assert help_text.startswith(advice)


@pytest.mark.parametrize(
    ("pattern", "marked"),
    [
        (f"{TASK}, detail: {{stopCode: [TaskFailedToStart]}}", "ECS Task State Change"),
        (TASK, "ECS Task State Change"),
        ("source: [aws.ecs]", "aws.ecs"),
    ],
)
def test_a_rule_that_fires_for_every_step_of_a_task_is_warned_of(
    pattern: str, marked: str, tmp_path: Path
) -> None:
    assert found_in(pattern, tmp_path) == [
        (
            "event/repeats",
            "warning",
            '"it" fires for every step of a task, several times for each stop',
            marked,
            "add  lastStatus: [STOPPED]  to its detail",
        )
    ]


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("$", None),
        ("$.detail", None),
        ("$.detail.containers[0].exitCode", None),
        ("$.detail.containers[*].name", None),
        ("$.detail.overrides.containerOverrides[0].name", None),
        ("$['detail']['stopCode']", None),
        ("$.resources[0]", None),
        (
            "detail.stopCode",
            (
                "error",
                '"detail.stopCode" is not a path into an event, which begins with $',
                "write $.detail.stopCode",
            ),
        ),
        (
            "$.detail-typ",
            ("warning", 'no event has "$.detail-typ"', 'did you mean "$.detail-type"?'),
        ),
        (
            "$.detail.containers[0].exit",
            (
                "warning",
                'an event "ECS Task State Change" has no known "$.detail.containers[0].exit"',
                'did you mean "$.detail.containers.exitCode"?',
            ),
        ),
    ],
)
@pytest.mark.parametrize(
    "event", ["event: ecs-task-stopped-unexpectedly", f"pattern: {{{STOPPED}group: [x]}}}}"]
)
def test_a_path_of_a_message_leads_into_the_event(
    event: str, path: str, found: tuple[str, ...] | None, tmp_path: Path
) -> None:
    message = f'    message: {{text: <it>, values: {{it: "{path}"}}}}\n'

    said = findings(f"    {event}\n{message}", tmp_path)

    if found is None:
        assert said == []
    else:
        severity, words, advice = found
        assert said == [("event/bad-path", severity, words, f'"{path}"', advice)]


def test_the_paths_into_an_event_of_ones_own_are_not_known(tmp_path: Path) -> None:
    settings = (
        "    pattern: {source: [shop]}\n    message: {text: <it>, values: {it: $.detail.x}}\n"
    )

    assert findings(settings, tmp_path) == []


def test_what_is_long_is_told_shortly(tmp_path: Path) -> None:
    long = "x" * 3_000
    patterns = [
        f"{long}: [x]",
        f"source: [shop], {long}: x",
        f"source: [shop], detail: {{a: [{{{long}: x}}]}}",
        f"{TASK}, detail: {{lastStatus: [{long}]}}",
        f"source: [aws.ecs], detail-type: [{long}]",
        f"source: [aws.{long}], detail-type: [ECS Service Action]",
        f"source: [shop], detail: {{a: [{{numeric: [{long}, 5]}}]}}",
    ]

    found = [one for pattern in patterns for one in found_in(pattern, tmp_path)]

    assert len(found) >= len(patterns)
    assert all(len(message) < 200 for _, _, message, _, _ in found)

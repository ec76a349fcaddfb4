from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from support import HEAD, compile_text, errors, marked_text, only_error, resource, template

ROUTE = "notify: {info: {email: [a@example.com]}}\n"
ARN = "arn:${AWS::Partition}:ecs:eu-west-1:${AWS::AccountId}:"


def event_with(settings: str, folder: Path, head: str = HEAD + ROUTE) -> dict[str, Any]:
    """An event rule with these settings."""
    text = head + f"events:\n  it-happened:\n    severity: info\n{settings}"
    return resource(template(compile_text(text, folder)), "EventItHappened")


def test_a_known_event_has_a_pattern_and_a_message(tmp_path: Path) -> None:
    event = event_with("    event: ecs-task-stopped-unexpectedly\n", tmp_path)

    assert event["EventPattern"] == {
        "source": ["aws.ecs"],
        "detail-type": ["ECS Task State Change"],
        "detail": {
            "lastStatus": ["STOPPED"],
            "stopCode": ["EssentialContainerExited", "TaskFailedToStart"],
            "group": [{"prefix": "service:"}],
        },
    }
    assert event["Description"] == "An ECS task stopped unexpectedly"
    transformer = event["Targets"][0]["InputTransformer"]
    assert transformer["InputTemplate"].split("\n") == [
        '"prod-it-happened. Severity: info."',
        '"A task of <group> stopped unexpectedly at <time>."',
        '"Reason: <reason> (<code>, exit code of the first container: <exit>)"',
        '"Task: <task>"',
        '"Cluster: <cluster>"',
    ]
    assert set(transformer["InputPathsMap"]) == {
        "group", "time", "reason", "code", "exit", "task", "cluster",
    }  # fmt: skip
    assert event["Targets"][0]["Arn"] == {"Ref": "TopicInfo"}
    assert event["State"] == "ENABLED"


@pytest.mark.parametrize(
    ("where", "detail"),
    [
        ("cluster: blue", {"clusterArn": [{"Fn::Sub": ARN + "cluster/blue"}]}),
        ("service: web", {"group": ["service:web"]}),
        (
            "cluster: blue, service: web",
            {"clusterArn": [{"Fn::Sub": ARN + "cluster/blue"}], "group": ["service:web"]},
        ),
    ],
)
def test_stopped_tasks_may_be_those_of_a_cluster_or_a_service(
    where: str, detail: dict[str, Any], tmp_path: Path
) -> None:
    settings = f"    event: ecs-task-stopped-unexpectedly\n    where: {{{where}}}\n"

    event = event_with(settings, tmp_path)

    for key, value in detail.items():
        assert event["EventPattern"]["detail"][key] == value


@pytest.mark.parametrize(
    ("where", "resources"),
    [
        ("cluster: blue", [{"prefix": {"Fn::Sub": ARN + "service/blue/"}}]),
        ("cluster: blue, service: web", [{"Fn::Sub": ARN + "service/blue/web"}]),
    ],
)
def test_failed_deployments_may_be_those_of_a_cluster_or_a_service(
    where: str, resources: object, tmp_path: Path
) -> None:
    settings = f"    event: ecs-deployment-failed\n    where: {{{where}}}\n"

    assert event_with(settings, tmp_path)["EventPattern"]["resources"] == resources


def test_failed_deployments_of_a_service_are_those_in_any_cluster(tmp_path: Path) -> None:
    settings = "    event: ecs-deployment-failed\n    where: {service: web}\n"

    (matcher,) = event_with(settings, tmp_path)["EventPattern"]["resources"]

    assert isinstance(matcher, dict)
    assert matcher.keys() & {"suffix", "wildcard"}


def test_an_event_without_limits_is_any(tmp_path: Path) -> None:
    event = event_with("    event: ecs-deployment-failed\n", tmp_path)

    assert "resources" not in event["EventPattern"]


def test_a_pattern_of_ones_own_is_taken_as_it_is(tmp_path: Path) -> None:
    event = event_with(
        "    pattern: {source: [my.app], detail: {n: [{numeric: ['>', 5]}], ok: [{exists: false}]}}\n",
        tmp_path,
    )

    assert event["EventPattern"] == {
        "source": ["my.app"],
        "detail": {"n": [{"numeric": [">", 5]}], "ok": [{"exists": False}]},
    }
    assert event["Description"] == "It happened"
    assert "InputTransformer" not in event["Targets"][0]


def test_an_event_may_happen_on_a_schedule(tmp_path: Path) -> None:
    event = event_with("    schedule: cron(0 8 ? * MON *)\n", tmp_path)

    assert event["ScheduleExpression"] == "cron(0 8 ? * MON *)"
    assert "EventPattern" not in event


def test_a_message_of_ones_own_names_its_values(tmp_path: Path) -> None:
    settings = """\
    pattern: {source: [my.app]}
    message:
      values: {order: $.detail.order, who: "$.detail.users[0]"}
      text: |
        Order <order> of <who> failed "again".
        See https://example.com/<order>.
"""

    transformer = event_with(settings, tmp_path)["Targets"][0]["InputTransformer"]

    assert transformer["InputPathsMap"] == {"order": "$.detail.order", "who": "$.detail.users[0]"}
    assert transformer["InputTemplate"].split("\n") == [
        '"prod-it-happened. Severity: info."',
        '"Order <order> of <who> failed \\"again\\"."',
        '"See https://example.com/<order>."',
    ]


def test_a_message_goes_on_with_description_and_runbook(tmp_path: Path) -> None:
    settings = """\
    event: ecs-deployment-failed
    owner: web-team
    description: The new version does not start.
    runbook: {impact: None yet., steps: [Look., Roll back.], links: {Wiki: "https://example.com"}}
"""

    event = event_with(settings, tmp_path)

    lines = event["Targets"][0]["InputTransformer"]["InputTemplate"].split("\n")
    assert lines[0] == '"prod-it-happened. Severity: info. Owner: web-team."'
    assert lines[-5:] == [
        '"The new version does not start."',
        '"Impact: None yet."',
        '"1. Look."',
        '"2. Roll back."',
        '"Wiki: https://example.com"',
    ]
    assert event["Description"] == "The new version does not start."


def test_a_message_may_use_what_eventbridge_knows(tmp_path: Path) -> None:
    settings = "    pattern: {source: [a]}\n    message: {text: 'Rule <aws.events.rule-name>.'}\n"

    transformer = event_with(settings, tmp_path)["Targets"][0]["InputTransformer"]

    assert "<aws.events.rule-name>" in transformer["InputTemplate"]
    assert "InputPathsMap" not in transformer


@pytest.mark.parametrize("text", ["5 < 7 > 3", "< order >", "<5>", "a <- b", "<>"])
def test_angle_brackets_that_hold_no_name_are_text(text: str, tmp_path: Path) -> None:
    settings = f"    pattern: {{source: [a]}}\n    message: {{text: '{text}'}}\n"

    event = event_with(settings, tmp_path)

    assert text in event["Targets"][0]["InputTransformer"]["InputTemplate"]


def test_a_variable_that_stands_for_nothing_is_an_error_with_a_suggestion(tmp_path: Path) -> None:
    text = HEAD + ROUTE + "events:\n  e:\n    severity: info\n    pattern: {source: [a]}\n"
    text += "    message: {values: {order: $.detail.order}, text: 'Order <ordr> failed'}\n"

    error = only_error(compile_text(text, tmp_path), "event/unknown-variable")

    assert error.message == "<ordr> in the message stands for nothing"
    assert error.hint == 'did you mean "order"?'
    assert marked_text(error) == "'Order <ordr> failed'"


def test_a_variable_in_a_runbook_stands_for_nothing_either(tmp_path: Path) -> None:
    text = HEAD + ROUTE + "events:\n  e:\n    severity: info\n    event: ecs-deployment-failed\n"
    text += "    runbook: {steps: ['Restart <pod>.']}\n"

    error = only_error(compile_text(text, tmp_path), "event/unknown-variable")

    assert error.message == "<pod> in the message stands for nothing"


def test_a_variable_is_marked_where_it_stands(tmp_path: Path) -> None:
    text = HEAD + ROUTE + "events:\n  e:\n    severity: info\n    pattern: {source: [a]}\n"
    text += "    message: {text: It happened.}\n    runbook: {steps: ['Restart <pod>.']}\n"

    error = only_error(compile_text(text, tmp_path), "event/unknown-variable")

    assert marked_text(error) == "'Restart <pod>.'"


def test_a_runbook_may_use_every_value_of_a_known_event(tmp_path: Path) -> None:
    settings = (
        "    event: ecs-task-stopped-unexpectedly\n    runbook: {steps: ['Look in <region>.']}\n"
    )

    transformer = event_with(settings, tmp_path)["Targets"][0]["InputTransformer"]

    assert transformer["InputPathsMap"]["region"] == "$.region"


def test_the_runbook_of_an_event_is_told_or_missed(tmp_path: Path) -> None:
    text = HEAD + ROUTE + "events:\n  e:\n    severity: info\n    pattern: {source: [a]}\n"
    text += "    runbook: {impact: No orders.}\n"

    compiled = compile_text(text, tmp_path)

    assert compiled.diagnostics or "No orders." in compiled.templates[0].text


def test_an_event_may_come_on_another_bus_and_fail_into_a_queue(tmp_path: Path) -> None:
    queue = "arn:aws:sqs:eu-west-1:111122223333:failed"
    settings = f"    pattern: {{source: [a]}}\n    bus: orders\n    dead_letter_queue: {queue}\n"

    event = event_with(settings, tmp_path)

    assert event["EventBusName"] == "orders"
    assert event["Targets"][0]["DeadLetterConfig"] == {"Arn": queue}


def test_the_default_bus_is_not_named(tmp_path: Path) -> None:
    event = event_with("    pattern: {source: [a]}\n    bus: default\n", tmp_path)

    assert "EventBusName" not in event


def test_an_event_rule_can_be_switched_off(tmp_path: Path) -> None:
    event = event_with("    pattern: {source: [a]}\n    enabled: false\n", tmp_path)

    assert event["State"] == "DISABLED"


def test_an_event_tells_every_route_it_names(tmp_path: Path) -> None:
    head = (
        HEAD
        + "notify: {info: {email: [a@example.com]}, other: {topic: 'arn:aws:sns:eu-west-1:111122223333:t'}}\n"
    )

    event = event_with("    pattern: {source: [a]}\n    notify: [other, info]\n", tmp_path, head)

    assert [(one["Id"], one["Arn"]) for one in event["Targets"]] == [
        ("other", "arn:aws:sns:eu-west-1:111122223333:t"),
        ("info", {"Ref": "TopicInfo"}),
    ]


def test_an_event_that_is_only_recorded_has_no_target(tmp_path: Path) -> None:
    event = event_with("    pattern: {source: [a]}\n", tmp_path, HEAD)

    assert "Targets" not in event


def test_the_topic_of_an_event_lets_eventbridge_publish(tmp_path: Path) -> None:
    text = HEAD + ROUTE + "events: {e: {severity: info, pattern: {source: [a]}}}\n"

    resources = template(compile_text(text, tmp_path))["Resources"].values()

    (policy,) = [one["Properties"] for one in resources if one["Type"] == "AWS::SNS::TopicPolicy"]
    services = [one["Principal"]["Service"] for one in policy["PolicyDocument"]["Statement"]]
    assert services == ["cloudwatch.amazonaws.com", "events.amazonaws.com"]


def test_a_severity_without_a_route_is_an_error_for_events_too(tmp_path: Path) -> None:
    text = HEAD + "events: {e: {severity: critical, pattern: {source: [a]}}}\n"

    assert [one.rule for one in errors(compile_text(text, tmp_path))] == ["notify/unknown-route"]

"""The guide on LocalStack: real change sets, routing, and alarms that are evaluated."""

from __future__ import annotations

import json
import re
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Event
from typing import Any

import pytest

from e2e.aws import Aws, wait_for
from e2e.deployments import Deployments
from e2e.project import CPU_WARNING_AT_75, EMAIL, Project

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.xdist_group("localstack")]
CRASH: Mapping[str, Any] = {
    "lastStatus": "STOPPED",
    "stopCode": "EssentialContainerExited",
    "stoppedReason": "Essential container in task exited",
    "stoppedAt": "2026-03-01T12:00:00Z",
    "group": "service:ai-video-backend-service",
    "taskArn": "arn:aws:ecs:us-east-1:111111111111:task/ai-video-cluster/0123456789abcdef",
    "clusterArn": "arn:aws:ecs:us-east-1:111111111111:cluster/ai-video-cluster",
    "containers": [{"name": "backend", "exitCode": 137}],
}
FAILED_TO_START = {
    "stopCode": "TaskFailedToStart",
    "stoppedReason": "CannotPullContainerError: image not found",
    "containers": [{"name": "backend"}],
}


def test_changed_threshold_is_a_change_set_of_the_alarm_and_its_graph(
    localstack: Deployments, project: Project
) -> None:
    aws = localstack.deployed("dev")
    project.edit(*CPU_WARNING_AT_75)
    project.make(aws, "compile")
    template = project.folder / "templates" / "out" / "dev" / "dev-ai-video.yaml"

    said = aws.run(
        *("cloudformation", "deploy", "--no-execute-changeset", "--stack-name", "dev-ai-video"),
        *("--template-file", str(template), "--parameter-overrides", f"AlertEmail={EMAIL}"),
    )

    (name,) = re.findall(r"--change-set-name (\S+)", said)
    answer = aws.cli("cloudformation", "describe-change-set", "--change-set-name", name)
    changes = [one["ResourceChange"] for one in answer["Changes"]]
    assert {one["LogicalResourceId"]: (one["Action"], one["Replacement"]) for one in changes} == {
        "AlarmEcsCpuWarning": ("Modify", "False"),
        "DashboardApplication": ("Modify", "False"),
    }
    alarm = project.template("dev")["Resources"]["AlarmEcsCpuWarning"]["Properties"]
    assert (alarm["AlarmName"], alarm["Threshold"]) == ("dev-ecs-cpu-warning", 75)


@pytest.mark.parametrize(
    ("detail", "expected"),
    [
        pytest.param({}, True, id="crash"),
        pytest.param(FAILED_TO_START, True, id="failed to start"),
        pytest.param({"stopCode": "ServiceSchedulerInitiated"}, False, id="deployment"),
        pytest.param({"stopCode": "UserInitiated"}, False, id="stopped by hand"),
        pytest.param({"lastStatus": "RUNNING"}, False, id="running"),
        pytest.param({"clusterArn": f"{CRASH['clusterArn']}-2"}, False, id="another cluster"),
    ],
)
def test_rule_matches_only_tasks_that_stopped_unexpectedly(
    localstack: Deployments, detail: Mapping[str, Any], *, expected: bool
) -> None:
    aws = localstack.deployed("dev")
    rule = aws.cli("events", "describe-rule", "--name", "dev-ecs-task-stopped")
    event = {
        "id": "1",
        "account": aws.account,
        "source": "aws.ecs",
        "time": "2026-03-01T12:00:00Z",
        "region": "us-east-1",
        "resources": [],
        "detail-type": "ECS Task State Change",
        "detail": {**CRASH, **detail},
    }

    answer = aws.cli(
        *("events", "test-event-pattern", "--event-pattern", rule["EventPattern"]),
        *("--event", json.dumps(event)),
    )

    assert answer["Result"] is expected


def test_event_of_a_task_that_failed_becomes_a_message_that_says_what_to_do(
    localstack: Deployments,
) -> None:
    aws = localstack.deployed("dev")
    with listen(aws, "events", "dev-ai-video-critical") as queue:
        for detail in ({"stopCode": "ServiceSchedulerInitiated"}, FAILED_TO_START):
            entry = {"Source": "aws.ecs", "DetailType": "ECS Task State Change"}
            entry["Detail"] = json.dumps({**CRASH, **detail})
            aws.client("events").put_events(Entries=[entry])

        text = wait_for("message", lambda: queue.find("dev-ecs-task-stopped"))

    assert "A task of service:ai-video-backend-service stopped unexpectedly" in text
    assert "Reason: CannotPullContainerError: image not found (TaskFailedToStart" in text
    assert f"Task: {CRASH['taskArn']}" in text
    assert "1. Check stopped task reason in ECS console." in text
    assert not [one for one in queue.seen if "ServiceSchedulerInitiated" in one]


def test_warning_reaches_the_topic_of_warnings_alone_and_only_once(
    localstack: Deployments,
) -> None:
    aws = localstack.deployed("prod")
    name = "prod-rds-connections-warning"
    with (
        listen(aws, "warnings", "prod-ai-video-warning") as warnings,
        listen(aws, "no-warnings", "prod-ai-video-critical") as criticals,
    ):
        for state in ("ALARM", "OK"):
            set_state(aws, name, state)
        set_state(aws, "prod-redis-memory-warning", "ALARM")

        wait_for("second warning", lambda: warnings.find("prod-redis-memory-warning"))
        criticals.find(name)

    told = [json.loads(one) for one in warnings.seen if name in one]
    assert [one["NewStateValue"] for one in told] == ["ALARM"]
    assert not [one for one in criticals.seen if name in one]


def test_critical_alarm_is_told_when_it_begins_and_when_it_is_over(
    localstack: Deployments,
) -> None:
    aws = localstack.deployed("prod")
    name = "prod-rds-storage-critical"
    with listen(aws, "criticals", "prod-ai-video-critical") as queue:
        for state in ("ALARM", "OK"):
            set_state(aws, name, state)

        wait_for("recovery", lambda: queue.find(name, '"NewStateValue": "OK"'))

    told = [json.loads(one) for one in queue.seen if name in one]
    assert sorted(one["NewStateValue"] for one in told) == ["ALARM", "OK"]


def test_breaching_data_becomes_an_alarm_a_message_and_a_mail(
    localstack: Deployments, crash: Event
) -> None:
    aws = localstack.deployed("dev")
    name = "dev-ecs-service-unhealthy"
    assert find_state(aws, name) == "OK"

    with listen(aws, "on-call", "dev-ai-video-critical") as queue:
        crash.set()
        for minutes_ago in (0, 1):
            aws.put_running_tasks(0, minutes_ago)

        # LocalStack looks at an alarm once in all its evaluation periods: here every two minutes.
        wait_for("alarm", lambda: find_state(aws, name) == "ALARM" or None, seconds=200)
        text = wait_for("message", lambda: queue.find(name, '"NewStateValue": "ALARM"'))

    message = json.loads(text)
    assert message["OldStateValue"] == "OK"
    assert message["AlarmDescription"].startswith("Running tasks below 1 for 2 minutes.\n")
    mail = wait_for("mail", lambda: find_mail(aws, name, '"NewStateValue": "ALARM"'))
    assert mail["Destination"]["ToAddresses"] == [EMAIL]


class Queue:
    """A queue that hears of a topic, like a second mailbox."""

    def __init__(self, sqs: Any, url: str) -> None:
        self.sqs = sqs
        self.url = url
        self.seen: list[str] = []

    def find(self, *texts: str) -> str | None:
        """The first message so far that holds all these texts."""
        answer = self.sqs.receive_message(
            QueueUrl=self.url, MaxNumberOfMessages=10, WaitTimeSeconds=1
        )
        for message in answer.get("Messages", []):
            self.seen.append(json.loads(message["Body"])["Message"])
            self.sqs.delete_message(QueueUrl=self.url, ReceiptHandle=message["ReceiptHandle"])
        return next((one for one in self.seen if all(text in one for text in texts)), None)


@contextmanager
def listen(aws: Aws, name: str, topic: str) -> Iterator[Queue]:
    sns, sqs = aws.client("sns"), aws.client("sqs")
    queue = Queue(sqs, sqs.create_queue(QueueName=name)["QueueUrl"])
    subscription = sns.subscribe(
        TopicArn=f"arn:aws:sns:us-east-1:{aws.account}:{topic}",
        Protocol="sqs",
        Endpoint=f"arn:aws:sqs:us-east-1:{aws.account}:{name}",
    )
    yield queue
    sns.unsubscribe(SubscriptionArn=subscription["SubscriptionArn"])


def set_state(aws: Aws, alarm: str, state: str) -> None:
    aws.run(
        *("cloudwatch", "set-alarm-state", "--alarm-name", alarm),
        *("--state-value", state, "--state-reason", "drill"),
    )


def find_state(aws: Aws, alarm: str) -> str:
    (found,) = aws.client("cloudwatch").describe_alarms(AlarmNames=[alarm])["MetricAlarms"]
    state: str = found["StateValue"]
    return state


def find_mail(aws: Aws, *texts: str) -> dict[str, Any] | None:
    """A mail LocalStack would have sent that holds all these texts."""
    with urllib.request.urlopen(f"{aws.url}/_aws/ses", timeout=10) as answer:  # noqa: S310 - loopback
        mails: list[dict[str, Any]] = json.load(answer)["messages"]
    return next(
        (one for one in mails if all(text in one["Body"]["text_part"] for text in texts)), None
    )

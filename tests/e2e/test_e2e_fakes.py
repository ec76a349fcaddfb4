"""What the stand-ins only pretend to do, each with what is asserted on the templates instead.

Everything else in these tests is read back from a service. A check takes a template as CloudFormation
would get it, and the environment it is for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pytest

from e2e import guide
from support import ROOT, compile_text, template

pytestmark = pytest.mark.e2e
Template = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Fake:
    """One thing that a stand-in does not do as AWS does."""

    stand_in: Literal["moto", "LocalStack", "both"]
    what: str
    check: Callable[[Template, str], None]


def properties_of(body: Template, resource_type: str) -> dict[str, dict[str, Any]]:
    """The properties of every resource of a type, by logical id."""
    return {
        logical_id: resource["Properties"]
        for logical_id, resource in body["Resources"].items()
        if resource["Type"] == resource_type
    }


def patterns_refuse_what_is_no_address(body: Template, environment: str) -> None:
    pattern = body["Parameters"]["AlertEmail"]["AllowedPattern"]

    assert re.fullmatch(pattern, f"ops@{environment}.example.com")
    for wrong in ("", "ops", "ops@", "@example.com", "ops@example", "a b@example.com"):
        assert not re.fullmatch(pattern, wrong), wrong


def every_log_group_outlives_its_stack(body: Template, environment: str) -> None:
    groups = {
        logical_id: resource
        for logical_id, resource in body["Resources"].items()
        if resource["Type"] == "AWS::Logs::LogGroup"
    }

    assert len(groups) == len(guide.log_groups(environment))
    for group in groups.values():
        assert group["DeletionPolicy"] == "RetainExceptOnCreate"
        assert group["UpdateReplacePolicy"] == "Retain"
        assert group["Properties"]["DeletionProtectionEnabled"] is True


def every_log_group_has_its_days(body: Template, environment: str) -> None:
    groups = properties_of(body, "AWS::Logs::LogGroup").values()

    days = sorted(group["RetentionInDays"] for group in groups)
    assert days == sorted(guide.log_groups(environment).values())


def every_dashboard_is_json_under_its_name(body: Template, environment: str) -> None:
    dashboards = properties_of(body, "AWS::CloudWatch::Dashboard").values()

    assert [one["DashboardName"] for one in dashboards] == [
        f"{environment}-{name}-dashboard" for name in guide.DASHBOARDS
    ]
    for one in dashboards:
        text = one["DashboardBody"]["Fn::Sub"]
        assert json.loads(text)["widgets"]
        names = set(re.findall(r"\$\{([^!}]+)\}", text))
        alarms = {name for name in names if name.endswith(".Arn")}
        assert {name.removesuffix(".Arn") for name in alarms} <= set(
            properties_of(body, "AWS::CloudWatch::Alarm")
        )
        assert names - alarms <= {"AWS::Partition", "AWS::AccountId", *body["Parameters"]}


def every_metric_filter_counts_in_the_log_of_the_backend(body: Template, environment: str) -> None:
    filters = properties_of(body, "AWS::Logs::MetricFilter").values()

    assert {one["FilterName"] for one in filters} == set(guide.metric_filters(environment))
    for one in filters:
        assert one["LogGroupName"] == {"Ref": "LogBackend"}


def every_query_asks_the_log_of_the_backend(body: Template, environment: str) -> None:
    queries = properties_of(body, "AWS::Logs::QueryDefinition").values()

    folder = f"{environment}-ai-video"
    assert [one["Name"] for one in queries] == [f"{folder}/{name}" for name in guide.QUERIES]
    for one in queries:
        assert one["LogGroupNames"] == [{"Ref": "LogBackend"}]


def every_series_of_a_math_alarm_is_written_by_a_filter(body: Template, environment: str) -> None:
    written = {
        (to["MetricNamespace"], to["MetricName"])
        for one in properties_of(body, "AWS::Logs::MetricFilter").values()
        for to in one["MetricTransformations"]
    }

    alarm = properties_of(body, "AWS::CloudWatch::Alarm")["AlarmApiErrorRateCritical"]
    read = [one["MetricStat"]["Metric"] for one in alarm["Metrics"] if "MetricStat" in one]
    assert {(one["Namespace"], one["MetricName"]) for one in read} == written
    assert {one["Namespace"] for one in read} == {f"ai-video/{environment}"}


def everything_carries_its_tags(body: Template, environment: str) -> None:
    tagged = [
        resource["Properties"].get("Tags") or resource["Properties"].get("HealthCheckTags")
        for resource in body["Resources"].values()
        if not re.search("Subscription|TopicPolicy|MetricFilter|QueryDefinition$", resource["Type"])
    ]

    for tags in tagged:
        found = {one["Key"]: one["Value"] for one in tags or ()}
        assert found | {"Name": ""} == {
            "environment": environment,
            "owner": "video-team",
            "service": "ai-video",
            "Name": "",
        }


def alarms_keep_their_names(body: Template, environment: str) -> None:
    alarms = properties_of(body, "AWS::CloudWatch::Alarm").values()

    names = {one["AlarmName"] for one in alarms}
    assert names == set(guide.alarms(environment))


def both_topics_mail_the_parameter(body: Template, environment: str) -> None:
    subscriptions = properties_of(body, "AWS::SNS::Subscription").values()
    topics = properties_of(body, "AWS::SNS::Topic")

    assert {topic["TopicName"] for topic in topics.values()} == {
        f"{environment}-ai-video-critical",
        f"{environment}-ai-video-warning",
    }
    assert {one["TopicArn"]["Ref"] for one in subscriptions} == set(topics)
    for one in subscriptions:
        assert (one["Protocol"], one["Endpoint"]) == ("email", {"Ref": "AlertEmail"})


def every_line_of_the_event_is_a_quoted_text(body: Template, environment: str) -> None:
    rule = properties_of(body, "AWS::Events::Rule")["EventEcsTaskStopped"]

    (target,) = rule["Targets"]
    assert rule["Name"] == f"{environment}-ecs-task-stopped"
    assert target["InputTransformer"]["InputPathsMap"]["exit"] == (
        "$.detail.containers[0].exitCode"
    )
    lines = target["InputTransformer"]["InputTemplate"].split("\n")
    assert all(re.fullmatch(r'"[^"]+"', line) for line in lines)


FAKES = (
    Fake(
        "both",
        "the allowed pattern of a parameter is not looked at",
        patterns_refuse_what_is_no_address,
    ),
    Fake(
        "both",
        "deletion protection of a log group is not kept; LocalStack deletes a group in spite of"
        " RetainExceptOnCreate, and on moto the test's own patch keeps it",
        every_log_group_outlives_its_stack,
    ),
    Fake(
        "both",
        "an address is subscribed without being asked to confirm it",
        both_topics_mail_the_parameter,
    ),
    Fake("LocalStack", "the retention of a log group is dropped", every_log_group_has_its_days),
    Fake("LocalStack", "no dashboard is made", every_dashboard_is_json_under_its_name),
    Fake(
        "LocalStack",
        "no metric filter is made",
        every_metric_filter_counts_in_the_log_of_the_backend,
    ),
    Fake("LocalStack", "no saved query is made", every_query_asks_the_log_of_the_backend),
    Fake(
        "both",
        "a metric-math alarm is never evaluated, and moto evaluates none at all",
        every_series_of_a_math_alarm_is_written_by_a_filter,
    ),
    Fake(
        "both",
        "LocalStack keeps the tags of topics alone, and moto those of neither topics nor dashboards",
        everything_carries_its_tags,
    ),
    Fake(
        "LocalStack",
        "an update of an alarm is UPDATE_COMPLETE without an effect; on moto it is read back",
        alarms_keep_their_names,
    ),
    Fake(
        "both",
        "moto sends no events to topics; LocalStack cannot place a number, such as an exit code,"
        " into a text, and takes all lines for one",
        every_line_of_the_event_is_a_quoted_text,
    ),
)


@pytest.fixture(params=["dev", "prod"])
def environment(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture
def shipped(tmp_path: Path, environment: str) -> dict[str, Any]:
    text = (ROOT / "specs" / "ai-video.yaml").read_text(encoding="utf-8")
    return template(compile_text(text, tmp_path), environment)


@pytest.mark.parametrize("fake", FAKES, ids=lambda fake: fake.check.__name__)
def test_what_a_stand_in_fakes_holds_on_the_template(
    shipped: dict[str, Any], environment: str, fake: Fake
) -> None:
    fake.check(shipped, environment)

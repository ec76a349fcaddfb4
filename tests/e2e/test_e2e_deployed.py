"""The guide on both stand-ins: everything that each of them really makes."""

from __future__ import annotations

import json
import re

import pytest

from e2e import guide, reading
from e2e.deployments import Deployments

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
both_environments = pytest.mark.parametrize("environment", ["dev", "prod"])


@both_environments
def test_alarms_are_those_of_the_guide(deployments: Deployments, environment: str) -> None:
    aws = deployments.deployed(environment)

    found = reading.describe_alarms(aws, environment)

    assert found == guide.alarms(environment)


@both_environments
def test_alarm_says_what_it_means_and_what_to_do(
    deployments: Deployments, environment: str
) -> None:
    aws = deployments.deployed(environment)

    alarms = reading.read_alarms(aws, environment)

    assert len(alarms) == {"dev": 10, "prod": 12}[environment]
    for alarm in alarms:
        text = alarm["AlarmDescription"]
        assert len(text) <= 1024
        assert "${" not in text
        assert re.search(
            r"^Severity: (critical|warning)\. Owner: video-team\.$", text, re.MULTILINE
        )
        assert re.search(r"^Impact: .+\.$", text, re.MULTILINE)
        steps = re.findall(r"^(\d+)\. .+$", text, re.MULTILINE)
        assert steps == [str(number) for number in range(1, len(steps) + 1)]
        assert len(steps) >= 2


def test_alarm_description_begins_with_its_condition_in_words(deployments: Deployments) -> None:
    aws = deployments.deployed("prod")

    first_lines = {
        alarm["AlarmName"]: alarm["AlarmDescription"].split("\n")[0]
        for alarm in reading.read_alarms(aws, "prod")
    }

    api = "Health check of https://api.ai-video.example.com"
    assert first_lines == {
        "prod-ecs-service-unhealthy": "Running tasks below 1 for 2 minutes.",
        "prod-rds-cpu-critical": "RDS CPU utilization above 90 % for 5 minutes.",
        "prod-rds-storage-critical": "RDS free storage below 2 GB for 5 minutes.",
        "prod-api-error-rate-critical": "API error rate above 10 % for 5 minutes.",
        "prod-ecs-cpu-warning": "ECS CPU utilization above 70 % for 10 minutes.",
        "prod-ecs-memory-warning": "ECS memory utilization above 80 % for 10 minutes.",
        "prod-rds-connections-warning": "Database connections above 80 for 10 minutes.",
        "prod-redis-memory-warning": "Redis memory usage above 80 % for 10 minutes.",
        "prod-monthly-cost-warning": "Estimated monthly cost above $60 for 1 day.",
        "prod-s3-storage-warning": "S3 storage above 50 GB for 1 day.",
        "prod-health-unhealthy": f"{api}/health failing for 2 minutes.",
        "prod-health-detailed-unhealthy": f"{api}/health/detailed failing for 5 minutes.",
    }


@both_environments
def test_alarm_links_to_the_dashboard_that_shows_it(
    deployments: Deployments, environment: str
) -> None:
    aws = deployments.deployed(environment)
    console = "https://us-east-1.console.aws.amazon.com/cloudwatch/home?region=us-east-1"

    last_lines = {
        alarm["AlarmName"]: alarm["AlarmDescription"].split("\n")[-1]
        for alarm in reading.read_alarms(aws, environment)
    }

    assert last_lines == {
        name: f"Dashboard: {console}#dashboards:name={environment}-{dashboard}-dashboard"
        for name, dashboard in guide.dashboard_of_alarm(environment).items()
    }


@both_environments
def test_topics_mail_the_address_that_was_given(deployments: Deployments, environment: str) -> None:
    aws = deployments.deployed(environment)
    topics = [f"{environment}-ai-video-critical", f"{environment}-ai-video-warning"]

    assert [name for name in reading.read_topics(aws) if name.startswith(environment)] == topics
    for topic in topics:
        assert reading.describe_subscriptions(aws, topic) == ["email ops@example.com"]


@both_environments
def test_only_alarms_and_rules_of_this_account_may_publish(
    deployments: Deployments, environment: str
) -> None:
    aws = deployments.deployed(environment)
    alarms = {"cloudwatch.amazonaws.com": f"arn:aws:cloudwatch:us-east-1:{aws.account}:alarm:*"}
    rules = {"events.amazonaws.com": f"arn:aws:events:us-east-1:{aws.account}:rule/*"}

    for severity, sources in (("critical", alarms | rules), ("warning", alarms)):
        topic = f"{environment}-ai-video-{severity}"
        policy = reading.read_topic_policy(aws, topic)

        assert {one["Principal"]["Service"]: one["Condition"] for one in policy} == {
            service: {
                "StringEquals": {"aws:SourceAccount": aws.account},
                "ArnLike": {"aws:SourceArn": source},
            }
            for service, source in sources.items()
        }
        for one in policy:
            assert (one["Effect"], one["Action"]) == ("Allow", "sns:Publish")
            assert one["Resource"] == f"arn:aws:sns:us-east-1:{aws.account}:{topic}"


@both_environments
def test_rule_tells_of_crashed_tasks_with_the_facts_of_the_event(
    deployments: Deployments, environment: str
) -> None:
    aws = deployments.deployed(environment)
    name = f"{environment}-ecs-task-stopped"

    rule = aws.client("events").describe_rule(Name=name)
    (target,) = aws.client("events").list_targets_by_rule(Rule=name)["Targets"]

    assert rule["State"] == "ENABLED"
    assert json.loads(rule["EventPattern"]) == {
        "source": ["aws.ecs"],
        "detail-type": ["ECS Task State Change"],
        "detail": {
            "lastStatus": ["STOPPED"],
            "stopCode": ["EssentialContainerExited", "TaskFailedToStart"],
            "group": [{"prefix": "service:"}],
            "clusterArn": [f"arn:aws:ecs:us-east-1:{aws.account}:cluster/ai-video-cluster"],
        },
    }
    assert target["Arn"] == f"arn:aws:sns:us-east-1:{aws.account}:{environment}-ai-video-critical"
    transformer = target["InputTransformer"]
    lines = transformer["InputTemplate"].split("\n")
    assert all(re.fullmatch(r'"[^"]+"', line) for line in lines)
    assert lines[0].startswith(f'"{name}. Severity: critical.')
    used = set(re.findall(r"<(\w+)>", transformer["InputTemplate"]))
    assert used == set(transformer["InputPathsMap"])
    assert {"$.detail.stoppedReason", "$.detail.stopCode", "$.detail.taskArn"} <= set(
        transformer["InputPathsMap"].values()
    )


def test_health_checks_exist_only_where_there_is_a_host(deployments: Deployments) -> None:
    aws = deployments.deployed("prod")

    deployments.deployed("dev")

    found = reading.describe_health_checks(aws)

    assert found == guide.health_checks("dev") + guide.health_checks("prod")


@both_environments
def test_outputs_lead_to_dashboards_and_topics(deployments: Deployments, environment: str) -> None:
    aws = deployments.deployed(environment)

    found = reading.read_outputs(aws, f"{environment}-ai-video")

    assert found == guide.outputs(environment, "us-east-1", aws.account)


def test_deploying_again_without_a_change_succeeds(deployments: Deployments) -> None:
    aws = deployments.deployed("dev")

    said = deployments.project.deploy(aws, "dev")

    assert "No changes to deploy. Stack dev-ai-video is up to date" in said
    assert "deployed dev-ai-video" in said


def test_environment_in_europe_is_two_stacks(deployments: Deployments) -> None:
    aws = deployments.deployed("europe")

    said = deployments.said("europe")

    assert "deployed prod-ai-video, prod-ai-video-us-east-1" in said
    assert reading.read_outputs(aws, "prod-ai-video", "eu-west-1") == guide.outputs(
        "prod", "eu-west-1", aws.account
    )
    topics = guide.outputs("prod", "us-east-1", aws.account)
    assert reading.read_outputs(aws, "prod-ai-video-us-east-1") == {
        name: topics[name] for name in ("TopicCriticalArn", "TopicWarningArn")
    }


def test_alarms_of_europe_stand_where_their_metrics_are(deployments: Deployments) -> None:
    aws = deployments.deployed("europe")
    here = guide.alarms("prod")
    there = {name: here.pop(name) for name in guide.ONLY_IN_US_EAST_1}

    assert reading.describe_alarms(aws, "prod", "eu-west-1") == here
    assert reading.describe_alarms(aws, "prod", "us-east-1") == there


def test_alarms_of_europe_tell_topics_of_their_own_region(deployments: Deployments) -> None:
    aws = deployments.deployed("europe")
    topics = ["prod-ai-video-critical", "prod-ai-video-warning"]

    for region in ("eu-west-1", "us-east-1"):
        assert reading.read_topics(aws, region) == topics
        for topic in topics:
            assert reading.describe_subscriptions(aws, topic, region) == ["email ops@example.com"]
            (alarms, *_) = reading.read_topic_policy(aws, topic, region)
            assert alarms["Condition"]["ArnLike"] == {
                "aws:SourceArn": f"arn:aws:cloudwatch:{region}:{aws.account}:alarm:*"
            }


def test_logs_of_europe_stay_in_europe(deployments: Deployments) -> None:
    aws = deployments.deployed("europe")

    assert set(reading.read_log_groups(aws, "eu-west-1")) == set(guide.log_groups("prod"))
    assert reading.read_log_groups(aws, "us-east-1") == {}

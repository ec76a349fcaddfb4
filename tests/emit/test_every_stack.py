"""What holds for every stack: all golden cases and the specs that come with the project."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from emit.deployment import deploy, of_type, read_body
from golden.cases import every_stack
from watchspec.lint import start_linter

# All that is ever emitted. None of it needs a capability, as IAM resources and macros would.
TYPES = {
    "AWS::CloudWatch::Alarm",
    "AWS::CloudWatch::AlarmMuteRule",
    "AWS::CloudWatch::CompositeAlarm",
    "AWS::CloudWatch::Dashboard",
    "AWS::Events::Rule",
    "AWS::KMS::Key",
    "AWS::Lambda::Permission",
    "AWS::Logs::LogGroup",
    "AWS::Logs::MetricFilter",
    "AWS::Logs::QueryDefinition",
    "AWS::Route53::HealthCheck",
    "AWS::SNS::Subscription",
    "AWS::SNS::Topic",
    "AWS::SNS::TopicPolicy",
}
SECTIONS = ["AWSTemplateFormatVersion", "Description", "Parameters", "Resources", "Outputs"]


@pytest.mark.slow
def test_cfn_lint_has_nothing_to_say_of_any_stack() -> None:
    stacks = every_stack()

    with start_linter() as linter:
        said = [findings for _, findings in linter.lint(tuple(stacks.values()))]

    assert dict(zip(stacks, said, strict=True)) == dict.fromkeys(stacks, ())


@pytest.mark.slow
def test_cfn_lint_would_say_so_if_a_stack_were_wrong() -> None:
    stack = every_stack()["alarm-on-a-metric/prod-shop"]
    broken = replace(stack, text=stack.text.replace("Period: 60", "Period: 61"))

    with start_linter() as linter:
        ((_, findings),) = linter.lint((broken,))

    assert ["E3615" in one.message for one in findings] == [True]


def test_golden_cases_show_every_type_that_is_emitted() -> None:
    shown = {made["Type"] for body in bodies().values() for made in body["Resources"].values()}

    assert shown == TYPES


def test_no_stack_needs_a_capability() -> None:
    for body in bodies().values():
        assert "Transform" not in body
        assert not [made for made in body["Resources"].values() if "::IAM::" in made["Type"]]


def test_template_has_the_sections_of_one_in_the_order_people_read() -> None:
    for body in bodies().values():
        assert list(body) == [section for section in SECTIONS if section in body]
        assert body["AWSTemplateFormatVersion"] == "2010-09-09"


def test_every_reference_leads_somewhere() -> None:
    for name, body in deployed().items():  # deploy raises KeyError if one does not
        assert not re.search(r"'(Ref|Fn::[A-Za-z0-9]+)':", repr(body["Resources"])), name


def test_every_parameter_of_a_stack_is_used_in_it() -> None:
    for name, body in bodies().items():
        used = repr([body["Resources"], body.get("Outputs")])
        parameters = sorted(body.get("Parameters", {}))

        assert parameters == [
            one for one in parameters if f"{{'Ref': '{one}'}}" in used or f"${{{one}}}" in used
        ]
        assert parameters == [one.logical_id for one in every_stack()[name].parameters]


def test_every_resource_and_every_parameter_is_led_back_to_the_spec() -> None:
    for name, stack in every_stack().items():
        origins = dict(stack.origins)
        body = bodies()[name]
        parameters = {path[1] for path in origins if path[0] == "Parameters"}
        resources = {path[0] for path in origins if path[0] != "Parameters"}

        assert resources == set(body["Resources"])
        assert parameters == set(body.get("Parameters", ()))
        assert all(place.line > 1 for place in origins.values())


def test_every_alarm_says_what_missing_data_mean() -> None:
    said = {properties["TreatMissingData"] for _, properties in every("AWS::CloudWatch::Alarm")}

    assert said == {"missing", "ignore", "breaching", "notBreaching"}


def test_every_alarm_is_one_that_cloudwatch_takes() -> None:
    faults = [
        f"{name}: {fault}"
        for name, properties in every("AWS::CloudWatch::Alarm")
        for fault in (*condition_faults(properties), *other_faults(properties))
    ]

    assert faults == []


def test_log_groups_keep_their_lines_unless_the_author_lets_them_go() -> None:
    may_lose_lines = {
        f"{name}/{key}"
        for name, body in bodies().items()
        for key, made in body["Resources"].items()
        if made["Type"] == "AWS::Logs::LogGroup"
        and (
            made["DeletionPolicy"] != "RetainExceptOnCreate"
            or made["UpdateReplacePolicy"] != "Retain"
            or made["Properties"]["DeletionProtectionEnabled"] is not True
        )
    }

    assert may_lose_lines == {"log-group-deletable/prod-shop/LogScratch"}


def test_keys_are_kept_as_long_as_what_they_encrypt() -> None:
    kept = {"DeletionPolicy": "RetainExceptOnCreate", "UpdateReplacePolicy": "Retain"}
    keys = {
        f"{name}/{key}": made
        for name, body in bodies().items()
        for key, made in body["Resources"].items()
        if made["Type"] == "AWS::KMS::Key"
    }

    assert {key.rsplit("/", 1)[1][:6] for key in keys} == {"KeyOfL", "KeyOfT"}
    for name, made in keys.items():
        policies = {key: made[key] for key in made if key.endswith("Policy")}
        assert policies == (kept if "/KeyOfLog" in name else {}), name
        assert made["Properties"]["EnableKeyRotation"] is True


def test_key_of_a_topic_is_for_those_who_publish_to_it() -> None:
    for body in deployed().values():
        policies = {
            policy["Topics"][0]: services_of(policy["PolicyDocument"])
            for _, policy in of_type(body, "AWS::SNS::TopicPolicy")
        }
        for name, topic in of_type(body, "AWS::SNS::Topic"):
            key = topic.get("KmsMasterKeyId", "")
            if key.startswith("<KeyOf"):
                policy = body["Resources"][key[1:-1]]["Properties"]["KeyPolicy"]
                assert services_of(policy) == policies[f"<{name}>"]


def test_composite_alarms_and_mutes_wait_for_the_alarms_they_name() -> None:
    for body in bodies().values():
        alarms = {
            made["Properties"]["AlarmName"]: key
            for key, made in body["Resources"].items()
            if "AlarmName" in made["Properties"]
        }
        for made in body["Resources"].values():
            awaited = sorted({alarms[name] for name in named_alarms(made["Properties"])})

            assert made.get("DependsOn", []) == awaited


def test_only_cloudwatch_and_eventbridge_of_this_account_may_publish() -> None:
    policies = [
        (policy, every_stack()[name].region)
        for name, body in deployed().items()
        for _, policy in of_type(body, "AWS::SNS::TopicPolicy")
    ]

    assert policies
    for policy, region in policies:
        for statement in policy["PolicyDocument"]["Statement"]:
            service = statement["Principal"]["Service"].removesuffix(".amazonaws.com")
            what = {"cloudwatch": "alarm:*", "events": "rule/*"}[service]
            assert statement["Effect"] == "Allow"
            assert statement["Action"] == "sns:Publish"
            assert [statement["Resource"]] == policy["Topics"]
            assert statement["Condition"] == {
                "StringEquals": {"aws:SourceAccount": "123456789012"},
                "ArnLike": {"aws:SourceArn": f"arn:aws:{service}:{region}:123456789012:{what}"},
            }


def test_every_topic_has_a_policy() -> None:
    for body in deployed().values():
        topics = [f"<{name}>" for name, _ in of_type(body, "AWS::SNS::Topic")]
        policies = [policy["Topics"] for _, policy in of_type(body, "AWS::SNS::TopicPolicy")]

        assert policies == [[topic] for topic in topics]


def test_no_policy_speaks_of_everybody() -> None:
    found = [one for body in deployed().values() for one in statements(body["Resources"])]

    assert found
    for statement in found:
        assert set(statement["Principal"]) <= {"Service", "AWS"}
        assert "*" not in repr(statement["Principal"])


def test_log_keys_are_for_one_log_group_of_this_account() -> None:
    keys = {
        name: body["Resources"]
        for name, body in deployed().items()
        if any("KeyOfLog" in key for key in body["Resources"])
    }

    assert keys
    for made in keys.values():
        owner, logs = made["KeyOfLogAudit"]["Properties"]["KeyPolicy"]["Statement"]
        group = made["LogAudit"]["Properties"]["LogGroupName"]
        assert owner["Principal"] == {"AWS": "arn:aws:iam::123456789012:root"}
        assert {"kms:Decrypt", "kms:GenerateDataKey*"} <= set(logs["Action"])
        assert logs["Principal"] == {"Service": "logs.eu-west-1.amazonaws.com"}
        assert logs["Condition"] == {
            "ArnEquals": {
                "kms:EncryptionContext:aws:logs:arn": (
                    f"arn:aws:logs:eu-west-1:123456789012:log-group:{group}"
                )
            }
        }


def test_topics_that_alarms_publish_to_are_not_encrypted_by_a_key_of_aws() -> None:
    keys = {topic.get("KmsMasterKeyId", "") for _, topic in every("AWS::SNS::Topic")}

    assert not [key for key in keys if "alias/aws/" in key]


@cache
def bodies() -> dict[str, dict[str, Any]]:
    """Every stack as it stands in its template."""
    return {name: read_body(stack) for name, stack in every_stack().items()}


@cache
def deployed() -> dict[str, dict[str, Any]]:
    """Every stack as it would be deployed."""
    exports = {"network-<Plain>-cluster": "imported"}
    return {name: deploy(stack, exports=exports) for name, stack in every_stack().items()}


def every(resource_type: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The resources of a type in all stacks: name and properties."""
    for name, body in deployed().items():
        for key, properties in of_type(body, resource_type):
            yield f"{name}/{key}", properties


def condition_faults(alarm: dict[str, Any]) -> Iterator[str]:
    """What PutMetricAlarm has against the condition of an alarm, and cfn-lint does not know.

    Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
    (read 2026-11-24)
    """
    queries = alarm.get("Metrics", [])
    ids = [query["Id"] for query in queries]
    is_band = "ThresholdMetricId" in alarm
    if ("Threshold" in alarm) is is_band:
        yield "a threshold or a band"
    if ("MetricName" in alarm) is bool(queries):
        yield "a metric or queries"
    if len(set(ids)) < len(ids):
        yield "two queries share an id"
    if sum(query["ReturnData"] for query in queries) != bool(queries) + is_band:
        yield "the wrong number of queries return data"
    if is_band and alarm["ThresholdMetricId"] not in ids:
        yield "no query is the band"


def other_faults(alarm: dict[str, Any]) -> Iterator[str]:
    """What it has against the rest."""
    period = alarm.get("Period") or max(
        query.get("Period") or query.get("MetricStat", {}).get("Period", 0)
        for query in alarm["Metrics"]
    )
    if alarm["DatapointsToAlarm"] > alarm["EvaluationPeriods"]:
        yield "more data points than periods"
    if alarm["EvaluationPeriods"] * period > (604_800 if period >= 3_600 else 86_400):
        yield "looks too far back"
    for state in ("AlarmActions", "OKActions", "InsufficientDataActions"):
        if not 1 <= len(alarm.get(state, ["one"])) <= 5:
            yield f"{state}: 1 to 5"
    if len(alarm["AlarmDescription"]) > 1024:
        yield "a description of more than 1,024 characters"


def named_alarms(properties: dict[str, Any]) -> Iterator[str]:
    """The alarms that another resource names."""
    yield from re.findall(r'"([^"]+)"', properties.get("AlarmRule", ""))
    if "ActionsSuppressor" in properties:
        yield properties["ActionsSuppressor"]
    yield from properties.get("MuteTargets", {}).get("AlarmNames", ())


def services_of(policy: dict[str, Any]) -> set[str]:
    """The services a policy speaks of."""
    principals = [one["Principal"].get("Service", []) for one in policy["Statement"]]
    return {
        service
        for principal in principals
        for service in ([principal] if isinstance(principal, str) else principal)
    }


def statements(value: Any) -> Iterator[dict[str, Any]]:
    """Every policy statement anywhere."""
    if isinstance(value, dict):
        yield from value.get("Statement", ())
        for inner in value.values():
            yield from statements(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from statements(inner)

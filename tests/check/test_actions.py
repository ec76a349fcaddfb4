from __future__ import annotations

from pathlib import Path

import pytest

from support import HEAD, compile_text, errors, marked_text, only_error, template

HERE = HEAD.replace("eu-west-1", 'eu-west-1, account: "111122223333"')

ALLOWED = [
    "arn:aws:sns:eu-west-1:111122223333:alarms",
    "arn:aws:sns:eu-west-1:111122223333:alarms.fifo",
    "arn:aws:sns:eu-west-1:999988887777:theirs",
    "arn:aws:lambda:eu-west-1:111122223333:function:page",
    "arn:aws:lambda:eu-west-1:111122223333:function:page:live",
    "arn:aws:lambda:eu-west-1:111122223333:function:page:7",
    "arn:aws:ssm:eu-west-1:111122223333:opsitem:3",
    "arn:aws:ssm:eu-west-1:111122223333:opsitem:1#CATEGORY=Security",
    "arn:aws:ssm-incidents::111122223333:responseplan/shop",
    "arn:aws:ssm-incidents::111122223333:response-plan/shop",
    "arn:aws:aiops:eu-west-1:111122223333:investigation-group:abc",
    "arn:aws:autoscaling:eu-west-1:111122223333:scalingPolicy:1-2-3:autoScalingGroupName/g:policyName/p",
]

REFUSED = {
    # nothing an alarm can do
    "arn:aws:s3:::bucket": "an alarm cannot do",
    "arn:aws:sqs:eu-west-1:111122223333:queue": "an alarm cannot do",
    "arn:aws:iam::111122223333:role/admin": "an alarm cannot do",
    "arn:aws:events:eu-west-1:111122223333:rule/x": "an alarm cannot do",
    "arn:aws:lambda:eu-west-1:111122223333:layer:page": "an alarm cannot do",
    "arn:aws:ssm:eu-west-1:111122223333:document/x": "an alarm cannot do",
    "arn:aws:sns:eu-west-1:111122223333": "an alarm cannot do",
    "arn:aws:sns:eu-west-1:111122223333:a:b": "an alarm cannot do",
    "arn:aws:logs:eu-west-1:111122223333:log-group:/shop": "an alarm cannot do",
    # no ARN
    "not-an-arn": "is not an ARN",
    "alarms": "is not an ARN",
    "arn:aws": "is not an ARN",
    "ARN:aws:sns:eu-west-1:111122223333:alarms": "is not an ARN",
    "https://example.com": "is not an ARN",
    # somewhere else
    "arn:aws:sns:us-east-1:111122223333:alarms": "the action is in us-east-1, the alarm in eu-west-1",
    "arn:aws:lambda:eu-central-1:111122223333:function:page": "the action is in eu-central-1",
    "arn:aws:ssm:us-west-2:111122223333:opsitem:3": "the action is in us-west-2",
    "arn:aws-cn:sns:eu-west-1:111122223333:alarms": "the partition aws-cn, the alarm in aws",
    "arn:aws-us-gov:sns:us-gov-west-1:111122223333:alarms": "the partition aws-us-gov",
    "arn:aws:lambda:eu-west-1:999988887777:function:page": "the account 999988887777",
    "arn:aws:ssm:eu-west-1:999988887777:opsitem:3": "the account 999988887777",
}

INSTANCE = [
    "arn:aws:automate:eu-west-1:ec2:stop",
    "arn:aws:automate:eu-west-1:ec2:terminate",
    "arn:aws:automate:eu-west-1:ec2:reboot",
    "arn:aws:automate:eu-west-1:ec2:recover",
    "arn:aws:swf:eu-west-1:111122223333:action/actions/AWS_EC2.InstanceId.Terminate/1.0",
    "arn:aws:swf:eu-west-1:111122223333:action/actions/AWS_EC2.InstanceId.Stop/1.0",
]


def spec(action: str, more: str = "", state: str = "alarm") -> str:
    """A spec with one alarm that takes an action."""
    text = (
        HERE
        + "alarms:\n  a:\n    severity: info\n"
        + "    when: {metric: AWS/EC2 CPUUtilization, dimensions: {InstanceId: i-1}, above: 1}\n"
    )
    return text + f"    actions: {{{state}: ['{action}']}}\n{more}"


@pytest.mark.parametrize("action", ALLOWED)
def test_an_action_of_an_alarm_in_its_own_place_is_taken(action: str, tmp_path: Path) -> None:
    compiled = compile_text(spec(action), tmp_path)

    assert not compiled.diagnostics
    assert template(compiled)["Resources"]["AlarmA"]["Properties"]["AlarmActions"] == [action]


@pytest.mark.parametrize("state", ["alarm", "ok", "insufficient_data"])
@pytest.mark.parametrize("action", REFUSED)
def test_any_other_action_is_refused(action: str, state: str, tmp_path: Path) -> None:
    error = only_error(compile_text(spec(action, state=state), tmp_path), "alarm/forbidden-action")

    assert REFUSED[action] in error.message
    assert marked_text(error) == f"'{action}'"


@pytest.mark.parametrize("action", INSTANCE)
def test_an_action_on_instances_needs_permission(action: str, tmp_path: Path) -> None:
    error = only_error(compile_text(spec(action), tmp_path), "alarm/forbidden-action")

    assert "stops or restarts an instance" in error.message
    assert "allow_instance_actions: true" in error.help


@pytest.mark.parametrize("action", INSTANCE)
def test_an_action_on_instances_is_taken_with_permission(action: str, tmp_path: Path) -> None:
    compiled = compile_text(spec(action, "    allow_instance_actions: true\n"), tmp_path)

    assert not errors(compiled)


@pytest.mark.parametrize(
    "action",
    [
        "arn:aws:automate:us-east-1:ec2:stop",
        "arn:aws-cn:automate:eu-west-1:ec2:stop",
        "arn:aws:swf:eu-west-1:999988887777:action/actions/AWS_EC2.InstanceId.Stop/1.0",
        "arn:aws:automate:eu-west-1:ec2:destroy",
        "arn:aws:automate:eu-west-1:rds:stop",
    ],
)
def test_permission_does_not_allow_other_places_or_other_acts(action: str, tmp_path: Path) -> None:
    compiled = compile_text(spec(action, "    allow_instance_actions: true\n"), tmp_path)

    assert only_error(compiled, "alarm/forbidden-action").message


def test_permission_to_touch_instances_is_not_inherited(tmp_path: Path) -> None:
    more = "    allow_instance_actions: true\n"
    more += "  b:\n    severity: info\n    when: {metric: Shop B, dimensions: {InstanceId: i-1}, above: 1}\n"
    more += f"    actions: {{alarm: ['{INSTANCE[0]}']}}\n"

    error = only_error(compile_text(spec(INSTANCE[0], more), tmp_path), "alarm/forbidden-action")

    assert error.location is not None
    assert error.location.line == 14


@pytest.mark.parametrize(
    ("route", "rule"),
    [
        ("actions: ['@']", "alarm/forbidden-action"),
        ("topic: '@'", "notify/bad-endpoint"),
        ("topic: {eu-west-1: '@'}", "notify/bad-endpoint"),
    ],
)
def test_the_actions_and_topics_of_routes_are_looked_at_too(
    route: str, rule: str, tmp_path: Path
) -> None:
    action = "arn:aws:sqs:eu-west-1:111122223333:queue"
    text = HERE + f"notify:\n  info: {{{route.replace('@', action)}}}\n"
    text += "alarms: {a: {severity: info, when: {metric: Shop A, above: 1}}}\n"

    error = only_error(compile_text(text, tmp_path), rule)

    assert marked_text(error) == f"'{action}'"
    assert error.location is not None
    assert error.location.line == 6


def test_a_topic_for_a_region_without_alarms_is_not_looked_at(tmp_path: Path) -> None:
    text = HERE + "notify:\n  info:\n    topic:\n"
    text += "      eu-west-1: arn:aws:sns:eu-west-1:111122223333:a\n"
    text += "      us-east-1: arn:aws:sns:us-east-1:111122223333:a\n"
    text += "alarms: {a: {severity: info, when: {metric: Shop A, above: 1}}}\n"

    assert not errors(compile_text(text, tmp_path))


@pytest.mark.parametrize(
    "action",
    [
        "arn:${partition}:sns:${region}:${account}:alarms",
        "arn:aws:sns:eu-west-1:${account}:${name}",
        "${topic}",
        "${topic}${name}",
        "arn:${name}:sns:eu-west-1:111122223333:alarms",
    ],
)
def test_an_action_may_be_known_at_deployment_alone(action: str, tmp_path: Path) -> None:
    text = spec(action).replace("alarms:\n", "parameters: {topic: {}, name: {}}\nalarms:\n", 1)

    assert not errors(compile_text(text, tmp_path))


@pytest.mark.parametrize(
    ("action", "what"),
    [
        ("arn:aws:sqs:eu-west-1:${account}:${name}", "cannot do"),
        ("arn:aws:sns:us-east-1:${account}:${name}", "us-east-1"),
        ("arn:aws-cn:sns:eu-west-1:${account}:${name}", "aws-cn"),
        ("arn:aws:automate:${region}:ec2:stop", "nobody allowed"),
        ("x-${name}", "is not an ARN"),
    ],
)
def test_what_is_known_of_an_action_is_looked_at(action: str, what: str, tmp_path: Path) -> None:
    text = spec(action).replace("alarms:\n", "parameters: {topic: {}, name: {}}\nalarms:\n", 1)

    error = only_error(compile_text(text, tmp_path), "alarm/forbidden-action")

    assert what in error.message


def test_actions_in_other_partitions_are_taken_there(tmp_path: Path) -> None:
    text = spec("arn:aws-cn:sns:cn-north-1:111122223333:alarms").replace(
        "eu-west-1", "cn-north-1", 1
    )

    assert not errors(compile_text(text, tmp_path))


def test_without_an_account_any_account_is_taken(tmp_path: Path) -> None:
    text = spec("arn:aws:lambda:eu-west-1:999988887777:function:page")
    text = text.replace(', account: "111122223333"', "")

    assert not errors(compile_text(text, tmp_path))


@pytest.mark.parametrize(
    "key", ["alias/aws/sns", "arn:aws:kms:eu-west-1:111122223333:alias/aws/sns"]
)
def test_a_topic_cannot_be_encrypted_with_the_key_of_sns(key: str, tmp_path: Path) -> None:
    text = HERE + f"notify:\n  info: {{email: [a@example.com], kms_key: '{key}'}}\n"

    error = only_error(compile_text(text, tmp_path), "notify/unusable-encryption")

    assert "kms_key: create" in error.help
    assert marked_text(error) == f"'{key}'"


@pytest.mark.parametrize(
    "key", ["create", "alias/ours", "arn:aws:kms:eu-west-1:111122223333:key/1", "${k}"]
)
def test_a_topic_may_be_encrypted_with_any_other_key(key: str, tmp_path: Path) -> None:
    text = (
        HERE
        + f"parameters: {{k: {{}}}}\nnotify: {{info: {{email: [a@example.com], kms_key: '{key}'}}}}\n"
    )

    assert not errors(compile_text(text, tmp_path))

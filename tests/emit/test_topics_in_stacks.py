"""Topics and who may use them: subscriptions, functions and their permissions, keys, targets."""

from __future__ import annotations

from pathlib import Path

import pytest

from emit.deployment import deploy, of_type, read_body
from support import HEAD, compile_text, errors, marked_text, only_error, resource
from watchspec.diagnostics import Severity
from watchspec.model.compiled import CompiledSpec

TOPIC = 'notify: {critical: {topic: "arn:aws:sns:eu-west-1:123456789012:ops"}}\n'
CHAT = "arn:aws:lambda:{region}:123456789012:function:tell-chat"
BOTH = """
owner: shop-team
alarms:
  cost: {severity: critical, when: {metric: AWS/Billing EstimatedCharges, dimensions: {Currency: USD}, above: 1}, runbook: &todo {steps: [Look.]}}
  cpu: {severity: critical, when: {metric: A/B C, above: 1}, runbook: *todo}
"""


def test_endpoint_more_replaces_no_subscription(tmp_path: Path) -> None:
    one = compile_text(HEAD + "notify: {critical: {email: [b@example.com]}}\n", tmp_path)
    two = compile_text(
        HEAD + "notify: {critical: {email: [a@example.com, b@example.com]}}\n", tmp_path
    )

    before, after = (read_body(compiled.templates[0])["Resources"] for compiled in (one, two))
    assert before.items() <= after.items()
    assert len(after) == len(before) + 1


def test_functions_of_one_name_have_ids_of_their_own(tmp_path: Path) -> None:
    function = "arn:aws:lambda:eu-west-1:123456789012:function:tell-chat"

    compiled = compile_text(
        f'{HEAD}notify: {{critical: {{lambda: ["{function}:blue", "{function}:green"]}}}}\n',
        tmp_path,
    )

    endpoints = {
        permission["FunctionName"]
        for _, permission in of_type(deploy(compiled.templates[0]), "AWS::Lambda::Permission")
    }
    assert endpoints == {f"{function}:blue", f"{function}:green"}


def test_functions_of_one_name_in_two_accounts_have_ids_of_their_own(tmp_path: Path) -> None:
    functions = [
        f"arn:aws:lambda:eu-west-1:{account}:function:tell-chat"
        for account in ("123456789012", "210987654321")
    ]

    compiled = compile_text(
        f'{HEAD}notify: {{critical: {{lambda: ["{functions[0]}", "{functions[1]}"]}}}}\n', tmp_path
    )

    assert errors(compiled) == []


@pytest.mark.parametrize("region", ["eu-west-1", "us-east-1"])
def test_permission_for_every_topic_stands_beside_the_function(region: str, tmp_path: Path) -> None:
    function = CHAT.format(region=region)

    compiled = compile_text(
        f'{HEAD}notify: {{critical: {{lambda: ["{function}"]}}}}\n{BOTH}', tmp_path
    )

    assert compiled.diagnostics == ()
    assert permissions(compiled) == [
        (region, function, f"arn:aws:sns:{one}:123456789012:prod-shop-critical")
        for one in ("eu-west-1", "us-east-1")
    ]


def test_function_whose_region_is_not_known_is_taken_to_be_at_home(tmp_path: Path) -> None:
    route = "parameters: {chat: {pattern: arn}}\nnotify: {critical: {lambda: ['${chat}']}}\n"

    compiled = compile_text(HEAD + route + BOTH, tmp_path)

    assert [(region, function) for region, function, _ in permissions(compiled)] == [
        ("eu-west-1", "<Chat>"),
        ("eu-west-1", "<Chat>"),
    ]


def test_region_of_a_function_is_known_though_its_account_is_not(tmp_path: Path) -> None:
    function = CHAT.format(region="us-east-1").replace("123456789012", "${account}")

    compiled = compile_text(
        f'{HEAD}notify: {{critical: {{lambda: ["{function}"]}}}}\n{BOTH}', tmp_path
    )

    assert {region for region, _, _ in permissions(compiled)} == {"us-east-1"}


def test_permission_that_no_stack_can_make_is_said_to_be_missing(tmp_path: Path) -> None:
    near, far = CHAT.format(region="eu-west-1"), CHAT.format(region="us-west-2")

    compiled = compile_text(
        f'{HEAD}notify:\n  critical:\n    lambda:\n      - "{near}"\n      - "{far}"\n', tmp_path
    )

    (warning,) = compiled.diagnostics
    assert (warning.rule, warning.severity) == ("notify/permission-elsewhere", Severity.WARNING)
    assert marked_text(warning) == f'"{far}"'
    assert [function for _, function, _ in permissions(compiled)] == [near]
    endpoints = [
        subscription["Endpoint"]
        for _, subscription in of_type(deploy(compiled.templates[0]), "AWS::SNS::Subscription")
    ]
    assert endpoints == [near, far]


def test_key_of_another_region_than_the_topic_is_refused(tmp_path: Path) -> None:
    route = f"""
notify:
  critical:
    lambda: ["{CHAT.format(region="eu-west-1")}"]
    kms_key: arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555
"""

    compiled = compile_text(HEAD + route + BOTH, tmp_path)

    assert errors(compiled)


@pytest.mark.parametrize(
    ("key", "setting"),
    [
        ("kms_key", "create"),
        ("email", "[ops@example.com]"),
        ("display_name", "The shop"),
        ("name", "ops"),
        ("tags", "{a: b}"),
        ("properties", "{Nonsense: 1}"),
    ],
)
def test_setting_that_an_existing_topic_cannot_get_is_refused(
    key: str, setting: str, tmp_path: Path
) -> None:
    compiled = compile_text(
        HEAD
        + TOPIC.replace('ops"', f'ops", {key}: {setting}')
        + "alarms: {a: {severity: critical, when: {metric: A/B C, above: 1}}}\n",
        tmp_path,
    )

    error = only_error(compiled, "spec/wrong-keys")
    assert error.message == f'"topic" and "{key}" do not go together'
    assert marked_text(error) == key


def test_event_heard_by_several_routes_has_a_target_for_each(tmp_path: Path) -> None:
    spec = """
notify:
  critical: {topic: "arn:aws:sns:eu-west-1:123456789012:one"}
  other: {topic: "arn:aws:sns:eu-west-1:123456789012:other"}
events:
  a: {severity: critical, schedule: rate(1 hour), notify: [critical, other]}
"""

    compiled = compile_text(HEAD + spec, tmp_path)

    assert resource(read_body(compiled.templates[0]), "EventA")["Targets"] == [
        {"Id": "critical", "Arn": "arn:aws:sns:eu-west-1:123456789012:one"},
        {"Id": "other", "Arn": "arn:aws:sns:eu-west-1:123456789012:other"},
    ]


def test_event_has_at_most_five_targets(tmp_path: Path) -> None:
    topics = "".join(
        f"  r{index}: {{topic: 'arn:aws:sns:eu-west-1:123456789012:t{index}'}}\n"
        for index in range(6)
    )
    spec = "events: {a: {severity: info, schedule: rate(1 hour), notify: [r0, r1, r2, r3, r4, r5]}}"

    five = compile_text(f"{HEAD}notify:\n{topics}{spec.replace(', r5', '')}\n", tmp_path)
    six = compile_text(f"{HEAD}notify:\n{topics}{spec}\n", tmp_path)

    assert errors(five) == []
    assert len(resource(read_body(five.templates[0]), "EventA")["Targets"]) == 5
    error = only_error(six, "event/too-many-targets")
    assert error.message == '"a" has 6 targets; 5 are the most'


def test_topic_behind_two_routes_hears_once(tmp_path: Path) -> None:
    spec = """
notify:
  critical: {topic: "arn:aws:sns:eu-west-1:123456789012:ops"}
  other: {topic: "arn:aws:sns:eu-west-1:123456789012:ops"}
events: {a: {severity: critical, schedule: rate(1 hour), notify: [critical, other]}}
alarms: {a: {severity: critical, when: {metric: A/B C, above: 1}, notify: [critical, other]}}
"""

    compiled = compile_text(HEAD + spec, tmp_path)

    body = read_body(compiled.templates[0])
    assert len(resource(body, "EventA")["Targets"]) == 1
    assert len(resource(body, "AlarmA")["AlarmActions"]) == 1


def test_route_of_a_topic_that_hears_events_lets_eventbridge_publish(tmp_path: Path) -> None:
    spec = """
parameters: {email: {description: Where alarms are mailed}}
notify: {critical: {email: ["${email}"]}, warning: {email: ["${email}"]}}
events: {a: {severity: critical, schedule: rate(1 hour)}}
"""

    compiled = compile_text(HEAD + spec, tmp_path)

    body = read_body(compiled.templates[0])
    may = {
        name: [one["Principal"]["Service"] for one in policy["PolicyDocument"]["Statement"]]
        for name, policy in of_type(body, "AWS::SNS::TopicPolicy")
    }
    assert may == {
        "PolicyOfTopicCritical": ["cloudwatch.amazonaws.com", "events.amazonaws.com"],
        "PolicyOfTopicWarning": ["cloudwatch.amazonaws.com"],
    }


def test_event_that_nobody_can_hear_is_reported(tmp_path: Path) -> None:
    spec = """
notify: {critical: {ops_item: {severity: 1}}}
events: {a: {severity: critical, schedule: rate(1 hour)}}
"""

    compiled = compile_text(HEAD + spec, tmp_path)

    error = only_error(compiled, "notify/no-topic-for-event")
    assert marked_text(error) == "a"


def permissions(compiled: CompiledSpec) -> list[tuple[str, str, str]]:
    """The Region, the function and the topic of every permission."""
    assert errors(compiled) == []
    return [
        (stack.region, permission["FunctionName"], permission["SourceArn"])
        for stack in compiled.templates
        for _, permission in of_type(deploy(stack), "AWS::Lambda::Permission")
    ]

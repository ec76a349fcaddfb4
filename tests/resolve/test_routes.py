from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from support import HEAD, compile_text, errors, marked_text, only_error, resource, template

ROUTES = """\
notify:
  critical: {email: [page@example.com], on_recovery: true, on_missing_data: true}
  warning: {email: [mail@example.com]}
  tickets: {ops_item: {severity: 3, category: cost}}
  others: {actions: ["arn:aws:sns:eu-west-1:111122223333:others"]}
"""
CRITICAL, WARNING = {"Ref": "TopicCritical"}, {"Ref": "TopicWarning"}


def alarm_with(settings: str, folder: Path, routes: str = ROUTES) -> dict[str, Any]:
    """An alarm with these settings."""
    text = HEAD + routes + f"alarms: {{a: {{when: {{metric: Shop A, above: 1}}, {settings}}}}}\n"
    return resource(template(compile_text(text, folder)), "AlarmA")


def test_the_severity_of_an_alarm_names_its_route(tmp_path: Path) -> None:
    assert alarm_with("severity: critical", tmp_path)["AlarmActions"] == [CRITICAL]
    assert alarm_with("severity: warning", tmp_path)["AlarmActions"] == [WARNING]


def test_a_list_of_routes_goes_before_the_severity(tmp_path: Path) -> None:
    alarm = alarm_with("severity: critical, notify: [warning, critical, warning]", tmp_path)

    assert alarm["AlarmActions"] == [WARNING, CRITICAL]


def test_an_empty_list_tells_nobody(tmp_path: Path) -> None:
    alarm = alarm_with("severity: critical, notify: []", tmp_path)

    assert not {"AlarmActions", "OKActions", "InsufficientDataActions"} & alarm.keys()
    assert alarm["ActionsEnabled"] is True


def test_info_is_recorded_and_tells_nobody_unless_there_is_a_route(tmp_path: Path) -> None:
    assert "AlarmActions" not in alarm_with("severity: info", tmp_path)

    routes = ROUTES + "  info: {email: [info@example.com]}\n"
    assert alarm_with("severity: info", tmp_path, routes)["AlarmActions"] == [{"Ref": "TopicInfo"}]


@pytest.mark.parametrize("severity", ["critical", "warning"])
def test_a_severity_without_a_route_is_an_error(severity: str, tmp_path: Path) -> None:
    text = HEAD + f"alarms: {{a: {{when: {{metric: Shop A, above: 1}}, severity: {severity}}}}}\n"

    error = only_error(compile_text(text, tmp_path), "notify/unknown-route")

    assert error.message == f'there is no route "{severity}"'
    assert "notify: []" in error.help
    assert marked_text(error) == severity


def test_a_route_that_does_not_exist_is_an_error_with_a_suggestion(tmp_path: Path) -> None:
    text = (
        HEAD
        + ROUTES
        + "alarms:\n  a: {when: {metric: Shop A, above: 1}, severity: info, notify: [critcal]}\n"
    )

    error = only_error(compile_text(text, tmp_path), "notify/unknown-route")

    assert error.hint == 'did you mean "critical"?'
    assert marked_text(error) == "critcal"


@pytest.mark.parametrize(
    ("settings", "ok", "no_data"),
    [
        ("severity: critical", [CRITICAL], [CRITICAL]),
        ("severity: warning", None, None),
        ("severity: critical, on_recovery: false", None, [CRITICAL]),
        ("severity: critical, on_missing_data: false", [CRITICAL], None),
        ("severity: warning, on_recovery: true", [WARNING], None),
        ("severity: warning, on_missing_data: true", None, [WARNING]),
        ("severity: info, notify: [critical, warning]", [CRITICAL], [CRITICAL]),
        (
            "severity: info, notify: [critical, warning], on_recovery: true",
            [CRITICAL, WARNING],
            [CRITICAL],
        ),
    ],
)
def test_who_hears_of_recovery_and_missing_data(
    settings: str, ok: object, no_data: object, tmp_path: Path
) -> None:
    alarm = alarm_with(settings, tmp_path)

    assert alarm.get("OKActions") == ok
    assert alarm.get("InsufficientDataActions") == no_data


def test_an_incident_is_opened_by_an_alarm_and_by_nothing_else(tmp_path: Path) -> None:
    plan = "arn:${partition}:ssm-incidents::${account}:response-plan/shop"
    topic = "arn:aws:sns:eu-west-1:111122223333:others"
    routes = f'notify: {{critical: {{actions: ["{plan}", "{topic}"], on_recovery: true}}}}\n'

    alarm = alarm_with("severity: critical, on_missing_data: true", tmp_path, routes)

    assert len(alarm["AlarmActions"]) == 2
    assert alarm["OKActions"] == [topic]
    assert alarm["InsufficientDataActions"] == [topic]


def test_an_ops_item_is_opened_by_an_alarm_and_by_nothing_else(tmp_path: Path) -> None:
    alarm = alarm_with("severity: info, notify: [tickets], on_recovery: true", tmp_path)

    arn = "arn:${AWS::Partition}:ssm:eu-west-1:${AWS::AccountId}:opsitem:3#CATEGORY=Cost"
    assert alarm["AlarmActions"] == [{"Fn::Sub": arn}]
    assert "OKActions" not in alarm


def test_an_ops_item_needs_no_category(tmp_path: Path) -> None:
    routes = "notify: {tickets: {ops_item: {severity: 1}}}\n"

    alarm = alarm_with("severity: info, notify: [tickets]", tmp_path, routes)

    assert alarm["AlarmActions"][0]["Fn::Sub"].endswith(":opsitem:1")


def test_further_actions_stand_behind_those_of_the_routes(tmp_path: Path) -> None:
    topic = "arn:aws:sns:eu-west-1:111122223333:"

    alarm = alarm_with(
        f"severity: critical, actions: {{alarm: ['{topic}a'], ok: ['{topic}b'],"
        f" insufficient_data: ['{topic}c']}}",
        tmp_path,
    )

    assert alarm["AlarmActions"] == [CRITICAL, f"{topic}a"]
    assert alarm["OKActions"] == [CRITICAL, f"{topic}b"]
    assert alarm["InsufficientDataActions"] == [CRITICAL, f"{topic}c"]


def test_the_actions_of_a_route_follow_recovery_too(tmp_path: Path) -> None:
    alarm = alarm_with("severity: info, notify: [others], on_recovery: true", tmp_path)

    assert alarm["AlarmActions"] == ["arn:aws:sns:eu-west-1:111122223333:others"]
    assert alarm["OKActions"] == alarm["AlarmActions"]


def test_an_alarm_can_be_switched_off(tmp_path: Path) -> None:
    alarm = alarm_with("severity: critical, enabled: false", tmp_path)

    assert alarm["ActionsEnabled"] is False
    assert alarm["AlarmActions"] == [CRITICAL]


def test_a_composite_alarm_tells_its_routes_like_any_other(tmp_path: Path) -> None:
    text = HEAD + ROUTES + "alarms:\n  a: {severity: info, when: {metric: Shop A, above: 1}}\n"
    text += "  b: {severity: critical, when: {any: [a]}, enabled: false}\n"

    alarm = resource(template(compile_text(text, tmp_path)), "AlarmB")

    assert alarm["AlarmActions"] == alarm["OKActions"] == [CRITICAL]
    assert alarm["ActionsEnabled"] is False


# --- topics somebody else made


def arn(region: str) -> str:
    """The ARN of a topic in a Region."""
    return f"arn:aws:sns:{region}:111122223333:alarms"


def existing(region: str) -> str:
    """A route to a topic that somebody else made."""
    return f"notify:\n  critical:\n    topic: '{arn(region)}'\n"


def test_an_existing_topic_is_used_and_none_is_made(tmp_path: Path) -> None:
    routes = existing("eu-west-1")
    text = HEAD + routes + "alarms: {a: {when: {metric: Shop A, above: 1}, severity: critical}}\n"

    body = template(compile_text(text, tmp_path))

    assert resource(body, "AlarmA")["AlarmActions"] == [arn("eu-west-1")]
    assert list(body["Resources"]) == ["AlarmA"]


BOTH = """\
alarms:
  a: {severity: critical, when: {metric: Shop A, above: 1}}
  cost: {severity: critical, when: {metric: AWS/Billing EstimatedCharges, dimensions: {Currency: USD}, above: 1}}
"""


def test_existing_topics_are_chosen_by_region(tmp_path: Path) -> None:
    routes = "notify:\n  critical:\n    topic:\n"
    for region in ("eu-west-1", "us-east-1"):
        routes += f"      {region}: {arn(region)}\n"

    compiled = compile_text(HEAD + routes + BOTH, tmp_path)

    for region, alarm in (("eu-west-1", "AlarmA"), ("us-east-1", "AlarmCost")):
        body = template(compiled, region=region)
        assert resource(body, alarm)["AlarmActions"] == [arn(region)]


def test_an_alarm_in_a_region_without_a_topic_is_an_error(tmp_path: Path) -> None:
    routes = existing("eu-west-1")

    error = only_error(compile_text(HEAD + routes + BOTH, tmp_path), "notify/no-topic-in-region")

    assert error.message == '"critical" has no topic in us-east-1, where "cost" lives'
    assert error.help == "give topics by Region:  topic: {us-east-1: …}"
    assert arn("eu-west-1") in marked_text(error)


def test_a_topic_in_the_only_region_that_has_alarms_is_enough(tmp_path: Path) -> None:
    routes = existing("us-east-1")
    alarms = BOTH.replace("  a: {severity: critical", "  a: {severity: info")

    compiled = compile_text(HEAD + routes + alarms, tmp_path)

    assert not errors(compiled)


@pytest.mark.parametrize("topic", ["arn:x", "arn:aws:sns"])
def test_a_topic_that_is_no_arn_is_an_error(topic: str, tmp_path: Path) -> None:
    routes = f"notify: {{critical: {{topic: '{topic}'}}}}\n"

    compiled = compile_text(HEAD + routes + BOTH.replace("  cost", "  # cost"), tmp_path)

    assert errors(compiled)


def test_a_topic_in_another_region_is_an_error(tmp_path: Path) -> None:
    routes = existing("eu-central-1")

    compiled = compile_text(HEAD + routes + BOTH.replace("  cost", "  # cost"), tmp_path)

    assert only_error(compiled, "notify/no-topic-in-region").message.startswith('"critical"')


def test_a_topic_by_region_for_events_must_name_the_region_of_the_environment(
    tmp_path: Path,
) -> None:
    routes = f"notify: {{critical: {{topic: {{us-east-1: '{arn('us-east-1')}'}}}}}}\n"
    text = HEAD + routes + "events: {e: {severity: critical, pattern: {source: [a]}}}\n"

    error = only_error(compile_text(text, tmp_path), "notify/no-topic-for-event")

    assert marked_text(error) == "e"


@pytest.mark.parametrize(
    "route", ["{ops_item: {severity: 4}}", "{actions: ['arn:aws:sns:eu-west-1:111122223333:x']}"]
)
def test_an_event_needs_a_topic(route: str, tmp_path: Path) -> None:
    text = (
        HEAD
        + f"notify: {{info: {route}}}\nevents: {{e: {{severity: info, pattern: {{source: [a]}}}}}}\n"
    )

    error = only_error(compile_text(text, tmp_path), "notify/no-topic-for-event")

    assert '"info"' in error.message


# --- routes that lead nowhere


def test_a_route_that_leads_nowhere_is_an_error(tmp_path: Path) -> None:
    error = only_error(
        compile_text(HEAD + "notify: {critical: {on_recovery: true}}\n", tmp_path),
        "notify/no-target",
    )

    assert error.message == '"critical" leads nowhere'
    assert marked_text(error) == "critical"


def test_a_route_has_endpoints_of_its_own_or_an_existing_topic(tmp_path: Path) -> None:
    text = (
        HEAD
        + "notify: {critical: {email: [a@example.com], topic: 'arn:aws:sns:eu-west-1:111122223333:t'}}\n"
    )

    error = only_error(compile_text(text, tmp_path), "spec/wrong-keys")

    assert error.message == '"topic" and "email" do not go together'


@pytest.mark.parametrize("setting", ["kms_key: create", "display_name: Ops", "name: ops"])
def test_the_settings_of_a_topic_that_is_not_made_are_not_ignored(
    setting: str, tmp_path: Path
) -> None:
    text = (
        HEAD + f"notify: {{info: {{topic: 'arn:aws:sns:eu-west-1:111122223333:t', {setting}}}}}\n"
    )
    text += "alarms: {a: {severity: info, when: {metric: Shop A, above: 1}}}\n"

    compiled = compile_text(text, tmp_path)

    assert compiled.diagnostics


# --- endpoints


@pytest.mark.parametrize(
    ("kind", "endpoint"),
    [
        ("email", "ops@example.com"),
        ("email", "first.last+tag@mail.example.co.uk"),
        ("sms", "+4915112345678"),
        ("https", "https://example.com/hook?token=secret"),
    ],
)
def test_addresses_are_parameters_and_stand_in_no_template(
    kind: str, endpoint: str, tmp_path: Path
) -> None:
    text = HEAD + f"notify: {{info: {{{kind}: ['{endpoint}']}}}}\n"

    compiled = compile_text(text, tmp_path)

    body = template(compiled)
    assert endpoint not in compiled.templates[0].text
    ((name, parameter),) = body["Parameters"].items()
    assert parameter["NoEcho"] is True
    assert "Default" not in parameter
    (subscription,) = [one for one in body["Resources"].values() if "Subscription" in one["Type"]]
    assert subscription["Properties"]["Endpoint"] == {"Ref": name}
    assert subscription["Properties"]["Protocol"] == kind
    assert [one.value for one in compiled.templates[0].parameters] == [endpoint]


def test_no_part_of_an_address_stands_in_a_template(tmp_path: Path) -> None:
    text = HEAD + "parameters: {who: {}}\nnotify: {info: {email: ['${who}@private.example.com']}}\n"

    error = only_error(compile_text(text, tmp_path), "notify/bad-endpoint")

    assert error.message == "an address that is partly known would stand in the template"


def test_another_address_changes_no_subscription_that_is_there(tmp_path: Path) -> None:
    def resources(addresses: str) -> dict[str, Any]:
        text = HEAD + f"notify: {{info: {{email: [{addresses}]}}}}\n"
        made: dict[str, Any] = template(compile_text(text, tmp_path))["Resources"]
        return made

    before = resources("one@example.com")
    after = resources("zero@example.com, one@example.com, two@example.com")

    assert len(after) == len(before) + 2
    for name, one in before.items():
        assert after[name] == one


def test_two_routes_share_the_parameter_of_an_address(tmp_path: Path) -> None:
    text = HEAD + "notify: {info: {email: [a@example.com]}, warning: {email: [a@example.com]}}\n"

    body = template(compile_text(text, tmp_path))

    assert len(body["Parameters"]) == 1
    kinds = [one["Type"] for one in body["Resources"].values()]
    assert kinds.count("AWS::SNS::Subscription") == 2


def test_an_address_given_twice_is_one_subscription_or_a_finding_about_it(tmp_path: Path) -> None:
    text = HEAD + "notify: {info: {email: [a@example.com, a@example.com]}}\n"

    compiled = compile_text(text, tmp_path)

    assert [one.rule for one in errors(compiled)] in ([], ["notify/bad-endpoint"])


def test_a_function_is_subscribed_and_may_be_called(tmp_path: Path) -> None:
    function = "arn:aws:lambda:eu-west-1:111122223333:function:page"
    text = HEAD + f"notify: {{info: {{lambda: ['{function}']}}}}\n"

    resources = template(compile_text(text, tmp_path))["Resources"].values()

    by_type = {one["Type"]: one["Properties"] for one in resources}
    assert by_type["AWS::SNS::Subscription"]["Endpoint"] == function
    assert by_type["AWS::Lambda::Permission"]["FunctionName"] == function
    assert by_type["AWS::Lambda::Permission"]["SourceArn"]["Fn::Sub"].endswith(":prod-shop-info")


@pytest.mark.parametrize(
    ("kind", "endpoint"),
    [
        ("email", "ops at example.com"),
        ("email", "night@org"),
        ("email", "@night.org"),
        ("email", "ops@@example.com"),
        ("email", "a@b.c d"),
        ("sms", "004915112345678"),
        ("sms", "+49 151 12345678"),
        ("sms", "+0151123456"),
        ("https", "http://example.com"),
        ("https", "example.com"),
        ("https", "https://night.org/a b"),
        ("lambda", "page-people"),
        ("lambda", "arn:aws:sns:eu-west-1:111122223333:page"),
    ],
)
def test_what_is_no_endpoint_is_an_error_that_does_not_repeat_it(
    kind: str, endpoint: str, tmp_path: Path
) -> None:
    text = HEAD + f"notify: {{info: {{{kind}: ['{endpoint}']}}}}\n"

    error = only_error(compile_text(text, tmp_path), "notify/bad-endpoint")

    assert endpoint not in error.message + error.help
    assert marked_text(error) == f"'{endpoint}'"


def test_a_topic_has_a_name_and_shows_it(tmp_path: Path) -> None:
    text = HEAD + "notify:\n  info: {email: [a@example.com]}\n"
    text += "  warning: {email: [a@example.com], name: my-topic, display_name: Shop warnings}\n"

    body = template(compile_text(text, tmp_path))

    info, warning = resource(body, "TopicInfo"), resource(body, "TopicWarning")
    assert (info["TopicName"], info["DisplayName"]) == ("prod-shop-info", "prod-shop-info")
    assert (warning["TopicName"], warning["DisplayName"]) == ("my-topic", "Shop warnings")


def test_a_topic_is_made_in_every_region_that_needs_it(tmp_path: Path) -> None:
    text = (
        HEAD
        + "notify: {critical: {email: [a@example.com]}, info: {email: [a@example.com]}}\n"
        + BOTH
    )

    compiled = compile_text(text, tmp_path)

    assert "TopicCritical" in template(compiled, region="eu-west-1")["Resources"]
    elsewhere = template(compiled, region="us-east-1")["Resources"]
    assert "TopicCritical" in elsewhere
    assert "TopicInfo" not in elsewhere


def test_a_topic_may_be_encrypted_with_a_key_of_its_own(tmp_path: Path) -> None:
    text = HEAD + "notify: {info: {email: [a@example.com], kms_key: create}}\n"

    body = template(compile_text(text, tmp_path))

    (key,) = [name for name, one in body["Resources"].items() if one["Type"] == "AWS::KMS::Key"]
    assert resource(body, "TopicInfo")["KmsMasterKeyId"] == {"Ref": key}


def test_a_topic_may_be_encrypted_with_a_given_key(tmp_path: Path) -> None:
    text = HEAD + "notify: {info: {email: [a@example.com], kms_key: alias/ours}}\n"

    body = template(compile_text(text, tmp_path))

    assert resource(body, "TopicInfo")["KmsMasterKeyId"] == "alias/ours"

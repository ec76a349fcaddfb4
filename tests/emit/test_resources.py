"""Single resources: what AWS would refuse, or would take for something else, is not emitted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from emit.deployment import dashboards, deploy, of_type, read_body
from support import HEAD, compile_text, errors, marked_text, only_error, resource
from watchspec.model.compiled import CompiledSpec

US = HEAD.replace("eu-west-1", "us-east-1")
TOPIC = 'notify: {critical: {topic: "arn:aws:sns:eu-west-1:123456789012:ops"}}\n'
LOG = "logs: {web: {group: /shop/web, retention: 1 day}}\n"


def test_ssm_parameter_has_no_default_but_its_path(tmp_path: Path) -> None:
    compiled = compile_text(
        HEAD + "parameters: {a: {ssm: /shop/a}}\nlogs: {b: {group: '/${a}', retention: 1 day}}\n",
        tmp_path,
    )

    assert parameters(compiled) == {
        "A": {"Type": "AWS::SSM::Parameter::Value<String>", "Default": "/shop/a"}
    }


# CloudFormation checks the path of such a parameter, never the value behind it:
# https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/systems-manager-parameter-types.html
# (read 2026-11-24)
@pytest.mark.parametrize("check", ["pattern: email", "max_length: 5", "allowed: [red, blue]"])
@pytest.mark.xfail(strict=True, reason="CloudFormation would check the path instead")
def test_ssm_parameter_is_not_checked_by_its_path(check: str, tmp_path: Path) -> None:
    compiled = compile_text(
        f"{HEAD}parameters: {{a: {{ssm: /shop/a, {check}}}}}\n"
        "logs: {b: {group: '/${a}', retention: 1 day}}\n",
        tmp_path,
    )

    assert errors(compiled) or set(parameters(compiled)["A"]) == {"Type", "Default"}


@pytest.mark.parametrize(
    "setting", ["pattern: email", "max_length: 5", "allowed: [red]", "secret: true"]
)
@pytest.mark.xfail(strict=True, reason="an imported value is no parameter; the setting is lost")
def test_setting_that_an_imported_value_cannot_have_is_reported(
    setting: str, tmp_path: Path
) -> None:
    compiled = compile_text(
        f"{HEAD}parameters: {{a: {{export: network-a, {setting}}}}}\n"
        "logs: {b: {group: '/${a}', retention: 1 day}}\n",
        tmp_path,
    )

    assert compiled.diagnostics


def test_imported_value_is_no_parameter_of_the_stack(tmp_path: Path) -> None:
    compiled = compile_text(
        HEAD + "parameters: {a: {export: network-a}}\n"
        "logs: {b: {group: '${a}', retention: 1 day}, c: {group: '/x/${a}', retention: 1 day}}\n",
        tmp_path,
    )

    body = read_body(compiled.templates[0])
    assert "Parameters" not in body
    assert resource(body, "LogB")["LogGroupName"] == {"Fn::ImportValue": "network-a"}
    assert resource(body, "LogC")["LogGroupName"] == {
        "Fn::Sub": ["/x/${A}", {"A": {"Fn::ImportValue": "network-a"}}]
    }


def test_key_of_a_log_with_an_imported_name_is_for_that_log(tmp_path: Path) -> None:
    compiled = compile_text(
        HEAD + "parameters: {a: {export: network-a}}\n"
        "logs: {b: {group: '/shop/${a}', retention: 1 day, kms_key: create}}\n",
        tmp_path,
    )

    body = deploy(compiled.templates[0], exports={"network-a": "blue"})
    _, logs = resource(body, "LogKeyB")["KeyPolicy"]["Statement"]
    assert resource(body, "LogB")["LogGroupName"] == "/shop/blue"
    assert logs["Condition"]["ArnEquals"] == {
        "kms:EncryptionContext:aws:logs:arn": (
            "arn:aws:logs:eu-west-1:123456789012:log-group:/shop/blue"
        )
    }


def test_account_alone_is_a_reference(tmp_path: Path) -> None:
    compiled = compile_text(
        HEAD + "tags: {account: '${account}'}\nlogs: {a: {group: /a, retention: 1 day}}\n", tmp_path
    )

    tags = resource(deploy(compiled.templates[0]), "LogA")["Tags"]
    assert {"Key": "account", "Value": "123456789012"} in tags


@pytest.mark.parametrize("protocol", ["email", "sms", "https"])
def test_addresses_stand_in_no_template(protocol: str, tmp_path: Path) -> None:
    address = {
        "email": "ops@example.com",
        "sms": "+4915112345678",
        "https": "https://hooks.example.com/s3cret",
    }[protocol]

    compiled = compile_text(
        f'{HEAD}notify: {{critical: {{{protocol}: ["{address}"]}}}}\n', tmp_path
    )

    (stack,) = compiled.templates
    assert address not in stack.text
    assert [one.value for one in stack.parameters] == [address]
    ((_, subscription),) = of_type(
        deploy(stack, {stack.parameters[0].logical_id: address}), "AWS::SNS::Subscription"
    )
    assert subscription["Endpoint"] == address


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


@pytest.mark.xfail(strict=True, reason="functions are told apart by their names alone")
def test_functions_of_one_name_in_two_accounts_have_ids_of_their_own(tmp_path: Path) -> None:
    functions = [
        f"arn:aws:lambda:eu-west-1:{account}:function:tell-chat"
        for account in ("123456789012", "210987654321")
    ]

    compiled = compile_text(
        f'{HEAD}notify: {{critical: {{lambda: ["{functions[0]}", "{functions[1]}"]}}}}\n', tmp_path
    )

    assert errors(compiled) == []


@pytest.mark.xfail(strict=True, reason="its permission cannot be made in this stack")
def test_function_of_another_region_is_refused(tmp_path: Path) -> None:
    function = "arn:aws:lambda:us-west-2:123456789012:function:tell-chat"

    compiled = compile_text(f'{HEAD}notify: {{critical: {{lambda: ["{function}"]}}}}\n', tmp_path)

    assert errors(compiled)


@pytest.mark.parametrize(
    ("key", "setting"),
    [
        ("kms_key", "create"),
        ("display_name", "The shop"),
        ("name", "ops"),
        ("tags", "{a: b}"),
        ("properties", "{Nonsense: 1}"),
    ],
)
@pytest.mark.xfail(strict=True, reason="it is lost without a word")
def test_setting_that_an_existing_topic_cannot_get_is_reported(
    key: str, setting: str, tmp_path: Path
) -> None:
    compiled = compile_text(
        HEAD
        + TOPIC.replace('ops"', f'ops", {key}: {setting}')
        + "alarms: {a: {severity: critical, when: {metric: A/B C, above: 1}}}\n",
        tmp_path,
    )

    assert compiled.diagnostics


@pytest.mark.parametrize(
    ("key", "setting"),
    [
        ("kms_key", "create"),
        ("retention", "3 days"),
        ("class", "infrequent_access"),
        ("on_delete", "delete"),
        ("tags", "{a: b}"),
        ("properties", "{Nonsense: 1}"),
    ],
)
@pytest.mark.xfail(strict=True, reason="it is lost without a word")
def test_setting_that_an_existing_log_group_cannot_get_is_reported(
    key: str, setting: str, tmp_path: Path
) -> None:
    compiled = compile_text(
        f"{HEAD}logs: {{a: {{group: /a, existing: true, {key}: {setting}}}}}\n"
        "queries: {q: {log: a, question: What?, query: limit 1}}\n",
        tmp_path,
    )

    assert compiled.diagnostics


@pytest.mark.xfail(strict=True, reason="DeletionProtectionEnabled stays true")
def test_log_group_that_goes_with_its_stack_is_not_protected_from_it(tmp_path: Path) -> None:
    compiled = compile_text(
        HEAD + "logs: {a: {group: /a, retention: 1 day, on_delete: delete}}\n", tmp_path
    )

    assert errors(compiled) or not resource(read_body(compiled.templates[0]), "LogA").get(
        "DeletionProtectionEnabled"
    )


@pytest.mark.parametrize("log_class", ["infrequent_access", "delivery"])
@pytest.mark.xfail(strict=True, reason="emitted without a word")
def test_metric_filter_on_a_class_that_has_none_is_refused(log_class: str, tmp_path: Path) -> None:
    compiled = compile_text(
        f"{HEAD}logs: {{a: {{group: /a, retention: 1 day, class: {log_class},"
        " metrics: {errors: {pattern: ERROR}}}}\n",
        tmp_path,
    )

    assert errors(compiled)


@pytest.mark.xfail(strict=True, reason="emitted without a word: the alarm would see no data")
def test_alarm_on_a_filter_with_dimensions_must_give_them(tmp_path: Path) -> None:
    spec = """
logs:
  web:
    group: /shop/web
    retention: 1 day
    metrics: {errors: {pattern: "{ $.a = 1 }", dimensions: {A: $.a}}}
alarms: {errors: {severity: info, when: {metric: errors, above: 1}}}
"""

    compiled = compile_text(HEAD + spec, tmp_path)

    assert compiled.diagnostics


def test_alarm_on_a_filter_with_dimensions_watches_the_metric_with_them(tmp_path: Path) -> None:
    spec = """
logs:
  web:
    group: /shop/web
    retention: 1 day
    metrics: {errors: {pattern: "{ $.a = 1 }", dimensions: {A: $.a}}}
alarms: {errors: {severity: info, when: {metric: errors, dimensions: {A: x}, above: 1}}}
"""

    compiled = compile_text(HEAD + spec, tmp_path)

    alarm = resource(read_body(compiled.templates[0]), "AlarmErrors")
    assert (alarm["Namespace"], alarm["MetricName"]) == ("shop/prod", "errors")
    assert alarm["Dimensions"] == [{"Name": "A", "Value": "x"}]


@pytest.mark.parametrize(
    ("value", "written"), [("2", "2"), ("0.5", "0.5"), ("-1", "-1"), ("$.a.b", "$.a.b")]
)
def test_value_of_a_metric_filter_is_text(value: str, written: str, tmp_path: Path) -> None:
    compiled = compile_text(
        f"{HEAD}logs: {{a: {{group: /a, existing: true, metrics:"
        f" {{b: {{pattern: x, value: {value}}}}}}}}}\n",
        tmp_path,
    )

    (transformation,) = resource(read_body(compiled.templates[0]), "FilterB")[
        "MetricTransformations"
    ]
    assert transformation["MetricValue"] == written


@pytest.mark.xfail(strict=True, reason="written as 1e-05, which CloudWatch Logs does not take")
def test_small_value_of_a_metric_filter_is_written_in_full(tmp_path: Path) -> None:
    compiled = compile_text(
        HEAD
        + "logs: {a: {group: /a, existing: true, metrics: {b: {pattern: x, value: 0.00001}}}}\n",
        tmp_path,
    )

    (transformation,) = resource(read_body(compiled.templates[0]), "FilterB")[
        "MetricTransformations"
    ]
    assert transformation["MetricValue"] == "0.00001"


# In SQL the log groups stand in the query:
# https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutQueryDefinition.html
# (read 2026-11-24)
@pytest.mark.xfail(strict=True, reason="LogGroupNames are emitted beside it")
def test_query_in_sql_names_its_log_groups_itself(tmp_path: Path) -> None:
    compiled = compile_text(
        f"{HEAD}{LOG}queries: {{q: {{log: web, language: SQL, question: What?, query: SELECT 1}}}}\n",
        tmp_path,
    )

    ((_, query),) = of_type(read_body(compiled.templates[0]), "AWS::Logs::QueryDefinition")
    assert "LogGroupNames" not in query


@pytest.mark.parametrize("language", ["SQL", "PPL"])
@pytest.mark.xfail(strict=True, reason="emitted without a word")
def test_only_queries_in_insights_ql_have_parameters(language: str, tmp_path: Path) -> None:
    compiled = compile_text(
        f"{HEAD}{LOG}queries: {{q: {{log: web, language: {language}, question: What?,"
        ' query: "limit {{n}}", parameters: {n: {default: "1"}}}}\n',
        tmp_path,
    )

    assert errors(compiled)


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("language: SQL, query: SELECT 1", id="in SQL"),
        pytest.param('query: "limit {{n}}", parameters: {n: {}}', id="with parameters"),
    ],
)
@pytest.mark.xfail(strict=True, reason="emitted without a word")
def test_widget_shows_no_query_that_a_dashboard_cannot_run(query: str, tmp_path: Path) -> None:
    compiled = compile_text(
        f"{HEAD}{LOG}queries: {{q: {{log: web, question: What?, {query}}}}}\n"
        "dashboards: {web: {rows: [{query: q}]}}\n",
        tmp_path,
    )

    assert errors(compiled)


def test_query_in_another_language_has_no_comment(tmp_path: Path) -> None:
    compiled = compile_text(
        f"{HEAD}{LOG}queries: {{q: {{log: web, language: PPL, question: What?, query: head 1}}}}\n",
        tmp_path,
    )

    ((_, query),) = of_type(read_body(compiled.templates[0]), "AWS::Logs::QueryDefinition")
    assert query["QueryString"] == "head 1"
    assert query["QueryLanguage"] == "PPL"


@pytest.mark.xfail(strict=True, reason="two tags of one key")
def test_health_check_has_each_tag_once(tmp_path: Path) -> None:
    compiled = compile_text(
        US + "tags: {Name: The shop}\n"
        "health_checks: {a: {host: shop.example.com, alarm: {severity: info}}}\n",
        tmp_path,
    )

    check = resource(read_body(compiled.templates[0]), "HealthCheckA")
    keys = [tag["Key"] for tag in check["HealthCheckTags"]]
    assert len(set(keys)) == len(keys)


@pytest.mark.xfail(strict=True, reason='it says "health check of /"')
def test_alarm_of_a_health_check_says_which_host_fails(tmp_path: Path) -> None:
    compiled = compile_text(
        US + "health_checks:\n"
        "  a: {host: mail.example.com, protocol: tcp, port: 25, alarm: {severity: info}}\n"
        "  b: {host: shop.example.com, alarm: {severity: info}}\n",
        tmp_path,
    )

    said = {
        name: alarm["AlarmDescription"].split("\n")[0]
        for name, alarm in of_type(read_body(compiled.templates[0]), "AWS::CloudWatch::Alarm")
    }
    assert "mail.example.com" in said["AlarmAUnhealthy"]
    assert "shop.example.com" in said["AlarmBUnhealthy"]


@pytest.mark.parametrize(
    ("protocol", "kind", "port"), [("https", "HTTPS", 443), ("http", "HTTP", 80)]
)
def test_health_check_asks_in_its_protocol(
    protocol: str, kind: str, port: int, tmp_path: Path
) -> None:
    compiled = compile_text(
        f"{US}health_checks: {{a: {{host: shop.example.com, protocol: {protocol},"
        " contains: ok, alarm: {severity: info}}}\n",
        tmp_path,
    )

    config = resource(read_body(compiled.templates[0]), "HealthCheckA")["HealthCheckConfig"]
    assert (config["Type"], config["Port"]) == (f"{kind}_STR_MATCH", port)
    assert ("EnableSNI" in config) is (protocol == "https")


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


@pytest.mark.xfail(strict=True, reason="only cfn-lint notices")
def test_event_of_more_than_five_targets_is_refused(tmp_path: Path) -> None:
    topics = "".join(
        f"  r{index}: {{topic: 'arn:aws:sns:eu-west-1:123456789012:t{index}'}}\n"
        for index in range(6)
    )
    spec = "events: {a: {severity: info, schedule: rate(1 hour), notify: [r0, r1, r2, r3, r4, r5]}}"

    compiled = compile_text(f"{HEAD}notify:\n{topics}{spec}\n", tmp_path)

    assert errors(compiled)


@pytest.mark.xfail(strict=True, reason="each message would arrive twice")
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
        "TopicPolicyCritical": ["cloudwatch.amazonaws.com", "events.amazonaws.com"],
        "TopicPolicyWarning": ["cloudwatch.amazonaws.com"],
    }


@pytest.mark.xfail(strict=True, reason="the API takes 100")
def test_mute_of_more_than_100_alarms_is_refused_or_split(tmp_path: Path) -> None:
    alarms = "".join(
        f"  a{index}: {{severity: info, when: {{metric: A/B C, above: {index}}}}}\n"
        for index in range(101)
    )
    spec = "mutes: {m: {alarms: all, schedule: cron(0 2 * * *), duration: 1h, reason: x}}\n"

    compiled = compile_text(f"{HEAD}alarms:\n{alarms}{spec}", tmp_path)

    assert errors(compiled) or all(
        len(mute["MuteTargets"]["AlarmNames"]) <= 100
        for _, mute in of_type(read_body(compiled.templates[0]), "AWS::CloudWatch::AlarmMuteRule")
    )


@pytest.mark.parametrize("cents", ["0.29", "0.07", "1.1"])
def test_thresholds_are_the_numbers_that_are_written(cents: str, tmp_path: Path) -> None:
    compiled = compile_text(
        f"{HEAD}alarms: {{a: {{severity: info, when: {{metric: A/B C, above: {cents}}}}}}}\n",
        tmp_path,
    )

    assert f"Threshold: {cents}\n" in compiled.templates[0].text


def test_dashboard_in_a_stack_elsewhere_is_shown_in_the_main_one_only(tmp_path: Path) -> None:
    spec = """
metrics: {cost: {metric: AWS/Billing EstimatedCharges, dimensions: {Currency: USD}}}
alarms: {cost: {severity: info, when: {metric: cost, above: 1}}}
dashboards: {web: {header: false, rows: [{graph: cost}]}}
"""

    compiled = compile_text(HEAD + spec, tmp_path)

    shown = {one.region: list(dashboards(deploy(one))) for one in compiled.templates}
    outputs = {one.region: list(read_body(one).get("Outputs", ())) for one in compiled.templates}
    assert shown == {"eu-west-1": ["DashboardWeb"], "us-east-1": []}
    assert outputs == {"eu-west-1": ["DashboardWebUrl"], "us-east-1": []}


def test_event_that_nobody_can_hear_is_reported(tmp_path: Path) -> None:
    spec = """
notify: {critical: {ops_item: {severity: 1}}}
events: {a: {severity: critical, schedule: rate(1 hour)}}
"""

    compiled = compile_text(HEAD + spec, tmp_path)

    error = only_error(compiled, "notify/no-topic-for-event")
    assert marked_text(error) == "a"


def parameters(compiled: CompiledSpec) -> dict[str, Any]:
    """The parameters of the only stack."""
    assert errors(compiled) == []
    found: dict[str, Any] = read_body(compiled.templates[0])["Parameters"]
    return found

"""What goes into which stack, and what a deployment is told about it."""

from __future__ import annotations

from pathlib import Path

import pytest

from emit.deployment import deploy, of_type, read_body
from support import HEAD, compile_text, errors, marked_text, only_error
from watchspec.diagnostics import Severity
from watchspec.model.template import Template

METRICS = """
metrics:
  cost: {title: costs, metric: AWS/Billing EstimatedCharges, dimensions: {Currency: USD}}
  cpu: {title: CPU, metric: AWS/ECS CPUUtilization, dimensions: {ClusterName: "${cluster}"}}
  far: {title: CPU, metric: AWS/ECS CPUUtilization, dimensions: {ClusterName: b}, region: us-west-2}
parameters:
  cluster: {description: The ECS cluster}
  email: {description: Where alarms are mailed}
notify:
  critical: {email: ["${email}"]}
  warning: {email: ["${email}"]}
"""
ALARMS = """
alarms:
  cost: {severity: warning, when: {metric: cost, above: 1}}
  cpu: {severity: critical, when: {metric: cpu, above: 1}}
  far: {severity: warning, when: {metric: far, above: 1}}
"""


def test_alarms_live_in_the_region_of_their_metric_with_the_topics_they_need(
    tmp_path: Path,
) -> None:
    compiled = compile_text(HEAD + METRICS + ALARMS, tmp_path)

    assert {one.stack_name: list(read_body(one)["Resources"]) for one in compiled.templates} == {
        "prod-shop": [
            "TopicCritical",
            "PolicyOfTopicCritical",
            "SubscriptionCriticalEmailX0ae503de",
            "AlarmCpu",
        ],
        "prod-shop-us-east-1": [
            "TopicWarning",
            "PolicyOfTopicWarning",
            "SubscriptionWarningEmailX25fe14dd",
            "AlarmCost",
        ],
        "prod-shop-us-west-2": [
            "TopicWarning",
            "PolicyOfTopicWarning",
            "SubscriptionWarningEmailX25fe14dd",
            "AlarmFar",
        ],
    }
    assert [one.region for one in compiled.templates] == ["eu-west-1", "us-east-1", "us-west-2"]


def test_stack_of_another_region_has_only_the_parameters_and_outputs_it_uses(
    tmp_path: Path,
) -> None:
    compiled = compile_text(HEAD + METRICS + ALARMS, tmp_path)

    home, east, _ = map(read_body, compiled.templates)
    assert list(home["Parameters"]) == ["Cluster", "Email"]
    assert list(east["Parameters"]) == ["Email"]
    assert list(home["Outputs"]) == ["TopicCriticalArn"]
    assert list(east["Outputs"]) == ["TopicWarningArn"]


@pytest.mark.parametrize(
    ("spec", "regions"),
    [
        pytest.param("", ["eu-west-1"], id="nobody"),
        pytest.param("alarms: {a: CPU}", ["eu-west-1"], id="an alarm at home"),
        pytest.param("alarms: {a: COST}", ["us-east-1"], id="an alarm elsewhere"),
        pytest.param("alarms: {a: CPU, b: COST}", ["eu-west-1", "us-east-1"], id="alarms in both"),
        pytest.param(
            "alarms: {a: COST}\nevents: {e: {severity: critical, schedule: rate(1 hour)}}",
            ["eu-west-1", "us-east-1"],
            id="an event at home and an alarm elsewhere",
        ),
        pytest.param(
            "health_checks: {h: {host: shop.example.com, alarm: {severity: critical}}}",
            ["us-east-1"],
            id="the alarm of a health check",
        ),
    ],
)
def test_topic_stands_where_somebody_publishes_to_it_or_else_at_home(
    spec: str, regions: list[str], tmp_path: Path
) -> None:
    billing = "AWS/Billing EstimatedCharges, dimensions: {Currency: USD}"
    spec = spec.replace("CPU", "{severity: critical, when: {metric: A/B C, above: 1}}")
    spec = spec.replace("COST", f"{{severity: critical, when: {{metric: {billing}, above: 1}}}}")
    route = "parameters: {email: {}}\nnotify: {critical: {email: ['${email}']}}\n"

    compiled = compile_text(f"{HEAD}{route}{spec}\n", tmp_path)

    assert errors(compiled) == []
    made = [one.region for one in compiled.templates if "TopicCritical" in resources(one)]
    told = [one.region for one in compiled.templates if "TopicCriticalArn" in outputs(one)]
    assert made == told == regions


def test_environment_in_us_east_1_needs_one_stack_only(tmp_path: Path) -> None:
    spec = METRICS.replace(", region: us-west-2", "") + ALARMS

    compiled = compile_text((HEAD + spec).replace("eu-west-1", "us-east-1"), tmp_path)

    assert [one.stack_name for one in compiled.templates] == ["prod-shop"]


def test_environment_with_nothing_in_its_own_region_has_no_stack_there(tmp_path: Path) -> None:
    spec = """
alarms:
  cost:
    severity: info
    when: {metric: AWS/Billing EstimatedCharges, dimensions: {Currency: USD}, above: 1}
"""

    compiled = compile_text(HEAD + spec, tmp_path)

    assert [one.stack_name for one in compiled.templates] == ["prod-shop-us-east-1"]
    assert compiled.diagnostics == ()


def test_empty_environment_is_warned_of_and_has_no_stack(tmp_path: Path) -> None:
    compiled = compile_text(HEAD, tmp_path)

    (warning,) = compiled.diagnostics
    assert compiled.templates == ()
    assert (warning.rule, warning.severity) == ("template/empty", Severity.WARNING)
    assert warning.message == "there is nothing to deploy in prod"


def test_deployment_is_told_every_value_that_is_known_and_asked_for_the_rest(
    tmp_path: Path,
) -> None:
    head = HEAD.replace("eu-west-1}", "eu-west-1, parameters: {given: blue, twice: given}}")
    spec = """
parameters:
  asked: {}
  default: {default: red}
  empty: {default: ""}
  number: {default: 3}
  given: {}
  twice: {default: default}
  stored: {ssm: /shop/stored}
dashboards:
  web: {rows: [{text: "${asked} ${default} ${empty} ${number} ${given} ${twice} ${stored}"}]}
"""

    compiled = compile_text(head + spec, tmp_path)

    told = {one.name: (one.value, one.is_required) for one in compiled.templates[0].parameters}
    assert told == {
        "asked": (None, True),
        "default": ("red", False),
        "empty": ("", False),
        "number": ("3", False),
        "given": ("blue", False),
        "twice": ("given", False),
        "stored": ("/shop/stored", False),
    }


def test_stack_carries_the_tags_that_are_known(tmp_path: Path) -> None:
    spec = """
owner: web-team
tags: {layer: "${layer}", cost-center: "4711"}
parameters: {layer: {description: The layer}}
logs: {web: {group: /shop/web, retention: 1 day}}
"""

    compiled = compile_text(HEAD + spec, tmp_path)

    assert dict(compiled.templates[0].tags) == {
        "cost-center": "4711",
        "environment": "prod",
        "owner": "web-team",
        "service": "shop",
    }


def test_same_spec_gives_the_same_bytes(tmp_path: Path) -> None:
    first = compile_text(HEAD + METRICS + ALARMS, tmp_path).templates
    second = compile_text(HEAD + METRICS + ALARMS, tmp_path).templates

    assert [one.text for one in first] == [one.text for one in second]


OWN = "logs:\n  web:\n    group: /shop/web\n    retention: 1 day\n    properties: {PROPERTY}\n"


def test_property_of_ones_own_is_led_back_to_its_own_value(tmp_path: Path) -> None:
    spec = OWN.replace("PROPERTY", "BearerTokenAuthenticationEnabled: true")

    compiled = compile_text(HEAD + spec, tmp_path)

    origins = dict(compiled.templates[0].origins)
    value = origins["LogWeb", "Properties", "BearerTokenAuthenticationEnabled"]
    log = origins[("LogWeb",)]
    assert (value.line, value.column) == (
        9,
        len("    properties: {BearerTokenAuthenticationEnabled: t"),
    )
    assert (log.line, log.column) == (6, len("  w"))


def test_parameter_is_led_back_to_its_name(tmp_path: Path) -> None:
    spec = "logs: {web: {group: '/${a}', retention: 1 day}}\nparameters:\n  a: {}\n  b: {}\n"

    compiled = compile_text(HEAD + spec, tmp_path)

    origins = dict(compiled.templates[0].origins)
    parameters = {path[1]: place for path, place in origins.items() if path[0] == "Parameters"}
    assert {name: (place.line, place.column) for name, place in parameters.items()} == {"A": (7, 3)}


def test_unknown_property_is_an_error_with_the_name_that_is_meant(tmp_path: Path) -> None:
    spec = OWN.replace("PROPERTY", "FieldIndexPolices: []")

    compiled = compile_text(HEAD + spec, tmp_path)

    error = only_error(compiled, "template/unknown-property")
    assert error.message == 'AWS::Logs::LogGroup has no property "FieldIndexPolices"'
    assert error.hint == 'did you mean "FieldIndexPolicies"?'
    assert marked_text(error) == "FieldIndexPolices"


@pytest.mark.parametrize(
    "name", ["LogGroupName", "RetentionInDays", "DeletionProtectionEnabled", "Tags"]
)
def test_property_the_compiler_makes_cannot_be_given(name: str, tmp_path: Path) -> None:
    spec = OWN.replace("PROPERTY", f"{name}: 5")

    compiled = compile_text(HEAD + spec, tmp_path)

    error = only_error(compiled, "template/property-set")
    assert marked_text(error) == name


# Each thing that takes `properties`, with one that CloudFormation has and the compiler does not make.
TAKERS = [
    (
        'notify: {info: {email: ["${email}"], properties: {SignatureVersion: "2"}}}',
        "AWS::SNS::Topic",
        {"SignatureVersion": "2"},
    ),
    (
        "logs: {a: {group: /a, retention: 1 day, properties: {FieldIndexPolicies: []}}}",
        "AWS::Logs::LogGroup",
        {"FieldIndexPolicies": []},
    ),
    (
        """logs:
  a:
    group: /a
    existing: true
    metrics: {b: {pattern: x, properties: {ApplyOnTransformedLogs: true}}}""",
        "AWS::Logs::MetricFilter",
        {"ApplyOnTransformedLogs": True},
    ),
    (
        """alarms:
  a:
    severity: info
    when: {metric: A/B C, above: 1}
    properties: {ActionConfiguration: {AlarmTagsPropagation: {Enabled: true}}}""",
        "AWS::CloudWatch::Alarm",
        {"ActionConfiguration": {"AlarmTagsPropagation": {"Enabled": True}}},
    ),
    (
        """notify: {info: {topic: "arn:aws:sns:eu-west-1:123456789012:ops"}}
events: {a: {severity: info, schedule: rate(1 hour), properties: {RoleArn: x}}}""",
        "AWS::Events::Rule",
        {"RoleArn": "x"},
    ),
]


@pytest.mark.parametrize(("spec", "kind", "expected"), TAKERS, ids=[kind for _, kind, _ in TAKERS])
def test_properties_stand_in_the_resource_as_they_are(
    spec: str, kind: str, expected: dict[str, object], tmp_path: Path
) -> None:
    parameters = "parameters: {email: {description: a}}\n" if "${email}" in spec else ""

    compiled = compile_text(f"{HEAD}{parameters}{spec}\n", tmp_path)

    assert errors(compiled) == []
    ((_, properties),) = of_type(deploy(compiled.templates[0]), kind)
    assert properties.items() >= expected.items()


def resources(stack: Template) -> list[str]:
    """The logical ids of what a stack makes."""
    return list(read_body(stack)["Resources"])


def outputs(stack: Template) -> list[str]:
    """The names of its outputs."""
    return list(read_body(stack).get("Outputs", ()))

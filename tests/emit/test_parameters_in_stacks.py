"""Parameters of a stack: what CloudFormation may and may not ask of their values."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from emit.deployment import deploy, of_type, read_body
from support import HEAD, compile_text, errors, marked_text, only_error, resource
from watchspec.model.compiled import CompiledSpec

NO_QUOTES = {
    "AllowedPattern": r'[^"\\\n\r\t]*',
    "ConstraintDescription": "must hold no quotes and no backslashes",
}
WIDGET = "dashboards: {{web: {{header: false, rows: [{{{}}}]}}}}"
SHOWN = WIDGET.format("text: '${a}'")
ROUTE = 'notify: {info: {topic: "arn:aws:sns:eu-west-1:123456789012:ops"}}'


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
def test_ssm_parameter_takes_no_check_of_its_value(check: str, tmp_path: Path) -> None:
    compiled = compile_text(
        f"{HEAD}parameters: {{a: {{ssm: /shop/a, {check}}}}}\n"
        "logs: {b: {group: '/${a}', retention: 1 day}}\n",
        tmp_path,
    )

    error = only_error(compiled, "spec/wrong-keys")
    assert marked_text(error) == check.split(":", maxsplit=1)[0]


@pytest.mark.parametrize(
    "setting", ["pattern: email", "max_length: 5", "allowed: [red]", "secret: true"]
)
def test_setting_that_an_imported_value_cannot_have_is_refused(
    setting: str, tmp_path: Path
) -> None:
    compiled = compile_text(
        f"{HEAD}parameters: {{a: {{export: network-a, {setting}}}}}\n"
        "logs: {b: {group: '/${a}', retention: 1 day}}\n",
        tmp_path,
    )

    error = only_error(compiled, "spec/wrong-keys")
    assert marked_text(error) == setting.split(":", maxsplit=1)[0]


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


@pytest.mark.parametrize(
    "user",
    [
        WIDGET.format("text: '${a}'"),
        WIDGET.format("graph: [{metric: X/Y Z, dimensions: {D: '${a}'}}]"),
        WIDGET.format("graph: [{metric: X/Y Z, label: '${a}'}]"),
        WIDGET.format("raw: {type: custom, properties: {a: [{b: '${a}'}]}}"),
        "dashboards: {web: {variables: {v: {property: '${a}', input: input}}, rows: [{text: b}]}}",
        ROUTE + "\nevents: {e: {severity: info, schedule: rate(1 hour), message: {text: '${a}'}}}",
    ],
)
def test_parameter_between_quotes_of_json_holds_none(user: str, tmp_path: Path) -> None:
    compiled = compile_text(f"{HEAD}parameters: {{a: {{}}}}\n{user}\n", tmp_path)

    assert parameters(compiled) == {"A": {"Type": "String", **NO_QUOTES}}


@pytest.mark.parametrize(
    "user",
    [
        "logs: {b: {group: '/${a}', retention: 1 day}}",
        "tags: {t: '${a}'}\nlogs: {b: {group: /b, retention: 1 day}}",
        "alarms: {b: {severity: info, when: {metric: X/Y Z, dimensions: {D: '${a}'}, above: 1}}}",
        ROUTE + "\nevents: {e: {severity: info, pattern: {source: ['${a}']}}}",
        "notify: {info: {email: ['${a}']}}",
    ],
)
def test_parameter_anywhere_else_holds_what_it_likes(user: str, tmp_path: Path) -> None:
    compiled = compile_text(f"{HEAD}parameters: {{a: {{}}}}\n{user}\n", tmp_path)

    assert parameters(compiled) == {"A": {"Type": "String"}}


def test_parameter_is_kept_from_quotes_only_in_the_stack_that_needs_it(tmp_path: Path) -> None:
    spec = """
parameters: {a: {}}
alarms:
  b: {severity: info, description: "${a}", when: {metric: AWS/Billing EstimatedCharges, dimensions: {Currency: USD}, above: 1}}
"""

    compiled = compile_text(f"{HEAD}{spec}{SHOWN}\n", tmp_path)

    home, east = (read_body(one)["Parameters"]["A"] for one in compiled.templates)
    assert home == {"Type": "String", **NO_QUOTES}
    assert east == {"Type": "String"}


@pytest.mark.parametrize(
    ("check", "expected"),
    [
        ("pattern: '[a-z]+'", {"AllowedPattern": "[a-z]+"}),
        ("allowed: [red, blue]", {"AllowedValues": ["red", "blue"]}),
        ("max_length: 5", {**NO_QUOTES, "MaxLength": 5}),
        ("default: red", {**NO_QUOTES, "Default": "red"}),
        ("secret: true", {**NO_QUOTES, "NoEcho": True}),
    ],
)
def test_check_of_the_author_goes_before_that_of_the_compiler(
    check: str, expected: dict[str, Any], tmp_path: Path
) -> None:
    compiled = compile_text(f"{HEAD}parameters: {{a: {{{check}}}}}\n{SHOWN}\n", tmp_path)

    assert parameters(compiled) == {"A": {"Type": "String", **expected}}


@pytest.mark.parametrize(
    ("name", "pattern", "said"),
    [
        ("email", r"""[^@\s"\\]+@[^@\s."\\]+(?:\.[^@\s."\\]+)+""", "must be an e-mail address"),
        ("arn", r"""arn:[a-z-]+:[^\s"\\]+""", "must be an ARN"),
    ],
)
def test_named_pattern_says_in_words_what_is_asked_for(
    name: str, pattern: str, said: str, tmp_path: Path
) -> None:
    compiled = compile_text(
        f"{HEAD}parameters: {{a: {{pattern: {name}}}}}\n"
        "logs: {b: {group: '/${a}', retention: 1 day}}\n",
        tmp_path,
    )

    assert parameters(compiled) == {
        "A": {"Type": "String", "AllowedPattern": pattern, "ConstraintDescription": said}
    }


@pytest.mark.parametrize(
    ("check", "given"),
    [
        pytest.param("default: 'say \"hi\"'", "", id="a default"),
        pytest.param(r"default: 'a\b'", "", id="a default with a backslash"),
        pytest.param("", ", parameters: {a: 'say \"hi\"'}", id="the value of an environment"),
        pytest.param("allowed: ['say \"hi\"', no]", "", id="a value to choose"),
    ],
)
def test_value_that_would_end_a_string_of_json_is_refused(
    check: str, given: str, tmp_path: Path
) -> None:
    head = HEAD.replace("eu-west-1}", f"eu-west-1{given}}}")

    compiled = compile_text(f"{head}parameters: {{a: {{{check}}}}}\n{SHOWN}\n", tmp_path)

    assert errors(compiled)


@pytest.mark.parametrize(
    ("name", "value"), [("email", 'a"b@example.com'), ("arn", 'arn:aws:sns:"')]
)
def test_named_pattern_lets_no_quotes_into_json(name: str, value: str, tmp_path: Path) -> None:
    compiled = compile_text(
        f"{HEAD}parameters: {{a: {{pattern: {name}}}}}\n{SHOWN}\n",
        tmp_path,
    )

    assert re.fullmatch(parameters(compiled)["A"]["AllowedPattern"], value) is None


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
    kind = {"email": "Email", "sms": "Phone", "https": "Webhook"}[protocol]
    assert address not in stack.text
    assert [one.value for one in stack.parameters] == [address]
    assert re.fullmatch(f"{kind}[A-P][a-p]{{7}}", stack.parameters[0].logical_id)
    ((_, subscription),) = of_type(
        deploy(stack, {stack.parameters[0].logical_id: address}), "AWS::SNS::Subscription"
    )
    assert subscription["Endpoint"] == address


def parameters(compiled: CompiledSpec) -> dict[str, Any]:
    """The parameters of the only stack."""
    assert errors(compiled) == []
    found: dict[str, Any] = read_body(compiled.templates[0])["Parameters"]
    return found

"""A text arrives in AWS as its author wrote it, with the values that only the deployment knows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from emit.deployment import dashboards, deploy, of_type, read_body
from support import HEAD, compile_text, errors
from watchspec.model.compiled import CompiledSpec

HOSTILE = {
    "quotes": """both "double" and 'single' quotes""",
    "backslashes": r"C:\new\table \" \\ \u0041",
    "braces": "{ } {} {{x}} }{ [ ]",
    "dollar": "$ $5 $$ $x costs $",
    "a reference that is none": "${x} and ${AWS::AccountId} and ${!x} and ${}",
    "dollars before it": "$${x} $$${x}",
    "a label of CloudWatch": "${MAX} ${PROP('Dim.ClusterName')}",
    "unicode": "ü é 日本 ß İ ﬁ",
    "beyond sixteen bits": "😀 🚀",
    "markup": "<script>alert(1)</script> & <b> -->",
    "a function": '{"Ref": "x"} {"Fn::Sub": "${x}"}',
    "yaml": "- a: b # c | > & * ! % @",
    "a percent sign": "%7B 100% %s %(x)s",
}
hostile_texts = pytest.mark.parametrize("text", HOSTILE.values(), ids=list(HOSTILE))
PARAMETER = "parameters: {cluster: {description: The ECS cluster}}\n"
TEXTS = st.text(
    st.characters(codec="utf-8", categories=["L", "N", "P", "S"], include_characters=" ${}!\\\"'"),
    min_size=1,
    max_size=30,
).filter(lambda text: "${" not in text or text.rfind("}") > text.rfind("${"))


@hostile_texts
@pytest.mark.parametrize("suffix", ["", " ${cluster}"], ids=["alone", "beside a parameter"])
def test_texts_of_a_dashboard_arrive(text: str, suffix: str, tmp_path: Path) -> None:
    written = write(text, suffix=suffix)
    spec = f"""
metrics:
  cpu: {{title: {write(text)}, metric: AWS/ECS CPUUtilization, dimensions: {{ClusterName: shop}}}}
logs: {{web: {{group: /shop/web, retention: 1 day}}}}
queries: {{all: {{log: web, question: What?, query: {write(text)}}}}}
alarms: {{cpu: {{severity: info, when: {{metric: cpu, above: 1}}}}}}
dashboards:
  web:
    title: {write(text)}
    description: {written}
    rows:
      - text: {written}
      - title: {written}
        graph: [{{metric: cpu, label: {written}}}]
        left: {{label: {write(text)}}}
        annotations: [{{at: 1, label: {written}}}]
      - {{title: {written}, alarms: all}}
      - {{title: {written}, alarm: cpu}}
      - {{title: {written}, query: all}}
      - {{title: {written}, insights: {write(text)}, logs: [web]}}
      - {{title: {written}, explorer: {{labels: [{{key: {written}}}], metrics: [{{metricName: a, resourceType: b, stat: Sum}}]}}}}
      - {{title: {written}, chart: {{view: line, data: {{queries: [{{id: a, language: SQL, query: {written}}}]}}}}}}
      - {{title: {written}, custom: "arn:aws:lambda:eu-west-1:123456789012:function:f", params: {{a: [{written}]}}}}
      - raw: {{type: custom, properties: {{a: {{b: {written}}}}}}}
"""

    compiled = compile_text(HEAD + (PARAMETER if suffix else "") + spec, tmp_path)

    meant = text + ("" if not suffix else " <Cluster>")
    heading, *widgets = body_of(compiled)["widgets"]
    shown = [widget["properties"] for widget in widgets]
    lines = heading["properties"]["markdown"].split("\n")
    assert lines[0] == f"# {text} (prod)"
    assert lines[2] == meant
    assert shown[0]["markdown"] == meant
    assert [one["title"] for one in shown[1:9]] == [meant] * 8
    assert shown[1]["metrics"][0][-1]["label"] == meant
    assert shown[1]["yAxis"]["left"]["label"] == text
    assert shown[1]["annotations"]["horizontal"][0]["label"] == meant
    assert shown[4]["query"] == f"SOURCE '/shop/web' | {text}"
    assert shown[5]["query"] == f"SOURCE '/shop/web' | {text}"
    assert shown[6]["labels"] == [{"key": meant}]
    assert shown[7]["data"]["queries"][0]["query"] == meant
    assert shown[8]["params"] == {"a": [meant]}
    assert shown[9] == {"a": {"b": meant}}


@given(text=TEXTS, is_deferred=st.booleans())
@example(text="${MAX}", is_deferred=True)
@example(text="$${a}", is_deferred=True)
@example(text="${!a}", is_deferred=False)
@example(text="\\${a}\\", is_deferred=True)
@settings(max_examples=200)
def test_any_text_of_a_dashboard_arrives(text: str, is_deferred: bool, tmp_path: Path) -> None:  # noqa: FBT001 - an argument of the property
    other = "${cluster}" if is_deferred else "cluster"
    spec = f"dashboards: {{web: {{header: false, rows: [{{text: {write('a' + text + 'z')}}}, {{text: '{other}'}}]}}}}\n"

    compiled = compile_text(HEAD + (PARAMETER if is_deferred else "") + spec, tmp_path)

    first, second = (widget["properties"]["markdown"] for widget in body_of(compiled)["widgets"])
    assert first == f"a{text}z"
    assert second == ("<Cluster>" if is_deferred else "cluster")
    assert ("Fn::Sub" in compiled.templates[0].text) is is_deferred


@hostile_texts
def test_text_of_an_alarm_arrives(text: str, tmp_path: Path) -> None:
    spec = f"""
owner: web-team
alarms:
  plain:
    severity: info
    description: {write(text)}
    when: {{metric: Shop/Web A, above: 1}}
    runbook: {{impact: {write(text)}, steps: [{write(text)}]}}
  deferred:
    severity: info
    description: {write(text, suffix=" ${cluster}")}
    when: {{metric: Shop/Web A, above: 1}}
    runbook: {{impact: {write(text)}, steps: [{write(text)}]}}
"""

    compiled = compile_text(HEAD + PARAMETER + spec, tmp_path)

    body = deploy(compiled.templates[0])["Resources"]
    for name, meant in (("AlarmPlain", text), ("AlarmDeferred", f"{text} <Cluster>")):
        assert body[name]["Properties"]["AlarmDescription"].split("\n") == [
            "A above 1 for 1 minute.",
            "Severity: info. Owner: web-team.",
            meant,
            f"Impact: {text}",
            f"1. {text}",
        ]


@hostile_texts
def test_message_of_an_event_is_lines_of_quoted_strings(text: str, tmp_path: Path) -> None:
    text = text.replace("<", "(").replace(">", ")")
    spec = f"""
notify: {{critical: {{topic: "arn:aws:sns:eu-west-1:123456789012:ops"}}}}
events:
  plain:
    severity: critical
    schedule: rate(1 hour)
    message: {{text: {write(text, "", text)}}}
    runbook: {{impact: {write(text)}, steps: [{write(text, text)}]}}
  deferred:
    severity: critical
    schedule: rate(1 hour)
    message: {{text: {write(text, "and more", suffix=" ${cluster}")}}}
    runbook: {{steps: [{write(text, "and more", suffix=" ${cluster}")}]}}
"""

    compiled = compile_text(HEAD + PARAMETER + spec, tmp_path)

    rules = dict(of_type(deploy(compiled.templates[0]), "AWS::Events::Rule"))
    said = {name: read_message(rule) for name, rule in rules.items()}
    assert said == {
        "EventPlain": [
            "prod-plain. Severity: critical.",
            text,
            "",
            text,
            f"Impact: {text}",
            f"1. {text}",
            text,
        ],
        "EventDeferred": [
            "prod-deferred. Severity: critical.",
            f"{text} <Cluster>",
            "and more",
            f"1. {text} <Cluster>",
            "and more",
        ],
    }


@hostile_texts
def test_data_of_ones_own_arrive(text: str, tmp_path: Path) -> None:
    spec = f"""
notify: {{critical: {{topic: "arn:aws:sns:eu-west-1:123456789012:ops"}}}}
logs:
  web:
    group: /shop/web
    retention: 1 day
    properties: {{DataProtectionPolicy: {{Name: [{write(text)}, {write(text, suffix=" ${cluster}")}]}}}}
events:
  a: {{severity: critical, pattern: {{source: [{write(text)}, {{prefix: {write(text, suffix="/${cluster}")}}}]}}}}
"""

    compiled = compile_text(HEAD + PARAMETER + spec, tmp_path)

    body = deploy(compiled.templates[0])["Resources"]
    assert body["LogWeb"]["Properties"]["DataProtectionPolicy"] == {
        "Name": [text, f"{text} <Cluster>"]
    }
    assert body["EventA"]["Properties"]["EventPattern"] == {
        "source": [text, {"prefix": f"{text}/<Cluster>"}]
    }


@hostile_texts
def test_texts_that_are_known_before_arrive_as_plain_strings(text: str, tmp_path: Path) -> None:
    spec = f"""
logs: {{web: {{group: /shop/web, retention: 1 day, metrics: {{a: {{pattern: {write(text)}}}}}}}}}
tags: {{note: {write(text)}}}
description: {write(text)}
queries: {{q: {{question: {write(text)}, query: {write(text)}}}}}
alarms: {{a: {{severity: info, when: {{metric: a, above: 1}}}}}}
mutes: {{m: {{alarms: all, schedule: cron(0 2 * * *), duration: 1h, reason: {write(text)}}}}}
"""

    compiled = compile_text(HEAD + spec, tmp_path)

    assert errors(compiled) == []
    body = read_body(compiled.templates[0])
    made = {name: one["Properties"] for name, one in body["Resources"].items()}
    assert body["Description"] == f"Monitoring of shop in prod: {text}"
    assert made["FilterA"]["FilterPattern"] == text.strip()
    assert {"Key": "note", "Value": text} in made["LogWeb"]["Tags"]
    assert made["QueryQ"]["QueryString"] == f"# {text}\n{text}"
    assert made["MuteM"]["Description"] == text


VARIABLES = """
metrics: {a: {metric: Shop/Web A}}
dashboards:
  web:
    header: false
    rows: [{graph: a}]
    variables:
      v: {property: ClusterName, input: select, values: [ONE, TWO], default: ONE}
"""


@pytest.mark.xfail(strict=True, reason="variables are not read as texts: ${cluster} stays as it is")
def test_variable_of_a_dashboard_can_offer_a_parameter(tmp_path: Path) -> None:
    spec = VARIABLES.replace("ONE", '"${cluster}"').replace("TWO", "other")

    compiled = compile_text(HEAD + PARAMETER + spec, tmp_path)

    (variable,) = body_of(compiled)["variables"]
    assert [one["value"] for one in variable["values"]] == ["<Cluster>", "other"]
    assert variable["defaultValue"] == "<Cluster>"


@pytest.mark.xfail(strict=True, reason="variables are not read as texts: $${x} stays as it is")
def test_variable_of_a_dashboard_can_hold_a_dollar_and_a_brace(tmp_path: Path) -> None:
    spec = VARIABLES.replace("ONE", '"$${x}"').replace("TWO", "other")

    compiled = compile_text(HEAD + spec, tmp_path)

    (variable,) = body_of(compiled)["variables"]
    assert variable["defaultValue"] == "${x}"


@pytest.mark.xfail(strict=True, reason="the label is Python's word for it")
def test_choice_of_yes_and_no_is_labelled_as_written(tmp_path: Path) -> None:
    spec = VARIABLES.replace("ONE", "true").replace("TWO", "false")

    compiled = compile_text(HEAD + spec, tmp_path)

    (variable,) = body_of(compiled)["variables"]
    assert variable["values"] == [
        {"value": True, "label": "true"},
        {"value": False, "label": "false"},
    ]


@pytest.mark.parametrize("key", ["a$${x}", "${cluster}"])
@pytest.mark.xfail(strict=True, reason="keys stand in Fn::Sub as they are, and name nothing there")
def test_key_of_a_raw_widget_is_data_too(key: str, tmp_path: Path) -> None:
    spec = f"""
dashboards:
  web:
    header: false
    rows: [{{raw: {{type: custom, properties: {{"{key}": "${{cluster}}"}}}}}}]
"""

    compiled = compile_text(HEAD + PARAMETER + spec, tmp_path)

    assert errors(compiled) or body_of(compiled)["widgets"][0]["properties"] in (
        {"a${x}": "<Cluster>"},
        {"<Cluster>": "<Cluster>"},
        {"${cluster}": "<Cluster>"},
    )


def test_value_of_a_parameter_is_put_in_wherever_it_is_named(tmp_path: Path) -> None:
    spec = """
notify: {critical: {email: ["${user}@example.com"]}}
parameters: {user: {description: Who is mailed}}
"""

    compiled = compile_text(HEAD + spec, tmp_path)

    body = deploy(compiled.templates[0], {"User": "ops"})
    ((_, subscription),) = of_type(body, "AWS::SNS::Subscription")
    assert subscription["Endpoint"] == "ops@example.com"


def test_reference_split_over_two_texts_is_refused(tmp_path: Path) -> None:
    spec = """
alarms:
  a:
    severity: info
    description: "a {{"
    when: {metric: Shop/Web A, above: 1}
    runbook: {links: {resolve: "https://example.com/ssm:x}}"}}
"""

    compiled = compile_text(HEAD + spec, tmp_path)

    assert [one.rule for one in errors(compiled)] == ["template/dynamic-reference"]
    assert compiled.templates == ()


def write(text: str, *lines: str, suffix: str = "") -> str:
    """A text as its author writes it in YAML, where `$${` stands for `${`; more lines may follow."""
    escaped = [line.replace("${", "$${") for line in (text, *lines)]
    return json.dumps("\n".join((escaped[0] + suffix, *escaped[1:])), ensure_ascii=False)


def body_of(compiled: CompiledSpec) -> dict[str, Any]:
    """The body of the only dashboard."""
    assert errors(compiled) == []
    (body,) = dashboards(deploy(compiled.templates[0])).values()
    return body


def read_message(rule: dict[str, Any]) -> list[str]:
    """The lines of the message of an event rule; each is a quoted string of its own."""
    template = rule["Targets"][0]["InputTransformer"]["InputTemplate"]
    lines = [json.loads(line) for line in template.split("\n")]
    assert all(isinstance(line, str) for line in lines)
    return lines

"""A text arrives in AWS as its author wrote it, with the values that only the deployment knows."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from emit.deployment import dashboards, deploy, of_type, read_body
from support import HEAD, compile_text, errors, marked_text, only_error
from watchspec.model.compiled import CompiledSpec

HOSTILE = {
    "quotes": """both "double" and 'single' quotes""",
    "backslashes": r"C:\new\table \" \\ \u0041",
    "braces": "{ } {} {{x}} }{ [ ]",
    "dollar": "$ $5 $$ $x costs $",
    "a reference that is none": "${x} and ${AWS::AccountId} and ${!x} and ${}",
    "dollars before it": "$${x} $$${x} $$$${x}",
    "dollars without a brace": "$$ $$$ {$} $ {$$} $",
    "a label of CloudWatch": "${MAX} ${PROP('Dim.ClusterName')}",
    "unicode": "ü é 日本 ß İ ﬁ",
    "beyond sixteen bits": "😀 🚀",
    "markup": "<script>alert(1)</script> & <b> -->",
    "a function": '{"Ref": "x"} {"Fn::Sub": "${x}"}',
    "yaml": "- a: b # c | > & * ! % @",
    "a percent sign": "%7B 100% %s %(x)s",
}
hostile_texts = pytest.mark.parametrize("text", HOSTILE.values(), ids=list(HOSTILE))
DOLLARS = re.compile(r"(\$+)\{")
QUERY = "limit 1 # "
"""A query whose end may be any text."""
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
queries: {{all: {{log: web, question: What?, query: {write(QUERY + text)}}}}}
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
      - {{title: {written}, insights: {write(QUERY + text)}, logs: [web]}}
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
    assert shown[4]["query"] == f"SOURCE '/shop/web' | {QUERY}{text}"
    assert shown[5]["query"] == f"SOURCE '/shop/web' | {QUERY}{text}"
    assert shown[6]["labels"] == [{"key": meant}]
    assert shown[7]["data"]["queries"][0]["query"] == meant
    assert shown[8]["params"] == {"a": [meant]}
    assert shown[9] == {"a": {"b": meant}}


@given(text=TEXTS, is_deferred=st.booleans())
@example(text="${MAX}", is_deferred=True)
@example(text="$${a}", is_deferred=True)
@example(text="$$$${a} $$", is_deferred=False)
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
    phrase = json.dumps(text, ensure_ascii=False)
    spec = f"""
logs: {{web: {{group: /shop/web, retention: 1 day, metrics: {{a: {{pattern: {write(phrase)}}}}}}}}}
tags: {{note: {write(text)}}}
description: {write(text)}
queries: {{q: {{question: {write(text)}, query: {write(QUERY + text)}}}}}
alarms: {{a: {{severity: info, when: {{metric: a, above: 1}}}}}}
mutes: {{m: {{alarms: all, schedule: cron(0 2 * * *), duration: 1h, reason: {write(text)}}}}}
"""

    compiled = compile_text(HEAD + spec, tmp_path)

    assert errors(compiled) == []
    body = read_body(compiled.templates[0])
    made = {name: one["Properties"] for name, one in body["Resources"].items()}
    assert body["Description"] == f"Monitoring of shop in prod: {text}"
    assert made["FilterA"]["FilterPattern"] == phrase
    assert {"Key": "note", "Value": text} in made["LogWeb"]["Tags"]
    assert made["QueryQ"]["QueryString"] == f"# {text}\n{QUERY}{text}"
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
TAGGED = 'tags: {cluster: "${cluster}"}\n'  # or the parameter would be called unused
RAW = """
dashboards:
  web:
    header: false
    rows: [{raw: {type: custom, properties: {"KEY": "${cluster}"}}}]
"""


def test_variable_of_a_dashboard_can_offer_a_parameter(tmp_path: Path) -> None:
    spec = VARIABLES.replace("ONE", '"${cluster}"').replace("TWO", "other")
    spec = spec.replace(', default: "${cluster}"', ", label: 'Cluster ${cluster}'")

    compiled = compile_text(HEAD + PARAMETER + spec, tmp_path)

    (variable,) = body_of(compiled)["variables"]
    assert variable["values"] == [{"value": "<Cluster>"}, {"value": "other"}]
    assert variable["label"] == "Cluster <Cluster>"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("shop", "shop"),
        ("$${x}", "${x}"),
        ("${cluster}", "<Cluster>"),
    ],
)
def test_variable_of_a_dashboard_has_its_default_among_its_values(
    text: str, meant: str, tmp_path: Path
) -> None:
    spec = VARIABLES.replace("ONE", f'"{text}"').replace("TWO", "other")

    compiled = compile_text(HEAD + PARAMETER + TAGGED + spec, tmp_path)

    (variable,) = body_of(compiled)["variables"]
    assert variable["values"] == [{"value": meant}, {"value": "other"}]
    assert variable["defaultValue"] == meant


def test_choice_of_yes_and_no_is_labelled_by_cloudwatch(tmp_path: Path) -> None:
    spec = VARIABLES.replace("ONE", "true").replace("TWO", "false")

    compiled = compile_text(HEAD + spec, tmp_path)

    (variable,) = body_of(compiled)["variables"]
    assert variable["values"] == [{"value": True}, {"value": False}]
    assert variable["defaultValue"] is True


def test_key_of_a_raw_widget_can_hold_a_dollar_and_a_brace(tmp_path: Path) -> None:
    spec = RAW.replace("KEY", "a$${x}")

    compiled = compile_text(HEAD + PARAMETER + spec, tmp_path)

    assert body_of(compiled)["widgets"][0]["properties"] == {"a${x}": "<Cluster>"}


def test_key_of_a_raw_widget_must_be_known_before(tmp_path: Path) -> None:
    spec = RAW.replace("KEY", "${cluster}")

    compiled = compile_text(HEAD + PARAMETER + spec, tmp_path)

    error = only_error(compiled, "reference/known-too-late")
    assert marked_text(error) == '"${cluster}"'


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("$$${cluster}", "$blue"),
        ("$$$$${cluster}", "$$blue"),
        ("a $$${cluster} b", "a $blue b"),
        ("$${cluster}", "${cluster}"),
        ("$$$${cluster}", "$${cluster}"),
        ("$${${cluster}", "${blue"),
        ("${cluster}$", "blue$"),
        ("$5 and ${cluster}{}", "$5 and blue{}"),
        ("{${cluster}}", "{blue}"),
        ("${cluster}${cluster}", "blueblue"),
    ],
)
def test_dollar_signs_before_a_value_are_written_twice(
    text: str, meant: str, tmp_path: Path
) -> None:
    spec = f"""
alarms: {{a: {{severity: info, description: "{text}", when: {{metric: Shop/Web A, above: 1}}}}}}
notify: {{info: {{topic: "arn:aws:sns:eu-west-1:123456789012:ops"}}}}
events: {{e: {{severity: info, schedule: rate(1 hour), message: {{text: "{text}"}}}}}}
tags: {{note: "{text}"}}
dashboards: {{web: {{header: false, rows: [{{text: "{text} ${{cluster}}"}}]}}}}
"""

    compiled = compile_text(HEAD + PARAMETER + spec, tmp_path)

    assert errors(compiled) == []
    body = deploy(compiled.templates[0], {"Cluster": "blue"})
    alarm = body["Resources"]["AlarmA"]["Properties"]
    (dashboard,) = dashboards(body).values()
    assert alarm["AlarmDescription"].split("\n")[2] == meant
    assert {"Key": "note", "Value": meant} in alarm["Tags"]
    assert read_message(body["Resources"]["EventE"]["Properties"])[1] == meant
    assert dashboard["widgets"][0]["properties"]["markdown"] == f"{meant} blue"


def test_titles_hold_values_that_only_the_deployment_knows(tmp_path: Path) -> None:
    spec = """
metrics:
  a: {title: "A of ${cluster}", metric: Shop/Web A, levels: {warning: "> 1"}}
  b: {metric: Shop/Web B, dimensions: {Cluster: "${cluster}"}, levels: {warning: "> 2"}}
alarms:
  a: {severity: info, when: {metric: a, above: 1}}
  unusual: {severity: info, when: {metric: a, outside_band: 2}}
health_checks:
  h: {host: "${cluster}.example.com", path: /health, port: 8443, alarm: {severity: info}}
dashboards:
  web:
    header: false
    rows:
      - graph: [a, b]
      - graph: [a, {metric: a, statistic: Maximum}]
      - {alarm: a}
"""

    compiled = compile_text(HEAD.replace("eu-west-1", "us-east-1") + PARAMETER + spec, tmp_path)

    assert errors(compiled) == []
    body = deploy(compiled.templates[0], {"Cluster": "blue"})
    made = {name: one["Properties"] for name, one in body["Resources"].items()}
    (dashboard,) = dashboards(body).values()
    graph, twice, alarm = (widget["properties"] for widget in dashboard["widgets"])
    assert made["AlarmA"]["AlarmDescription"].startswith("A of blue above 1 for 1 minute.")
    assert made["AlarmUnusual"]["Metrics"][0]["Label"] == "A of blue"
    assert made["AlarmHUnhealthy"]["AlarmDescription"].startswith(
        "Health check of https://blue.example.com:8443/health failing for 1 minute."
    )
    assert graph["title"] == "A of blue, B of blue"
    assert [entry[-1]["label"] for entry in graph["metrics"]] == ["A of blue", "B of blue"]
    assert [line["label"] for line in graph["annotations"]["horizontal"]] == [
        "A of blue: warning > 1",
        "B of blue: warning > 2",
    ]
    assert [entry[-1]["label"] for entry in twice["metrics"]] == [
        "A of blue (average)",
        "A of blue (maximum)",
    ]
    assert alarm["title"] == "A of blue above 1 for 1 minute"


def test_value_of_a_parameter_is_put_in_wherever_it_is_named(tmp_path: Path) -> None:
    spec = """
notify: {critical: {https: ["https://example.com/${token}"]}}
parameters: {token: {description: Who asks}}
"""

    compiled = compile_text(HEAD + spec, tmp_path)

    body = deploy(compiled.templates[0], {"Token": "secret"})
    ((_, subscription),) = of_type(body, "AWS::SNS::Subscription")
    assert subscription["Endpoint"] == "https://example.com/secret"


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
    """A text as its author writes it in YAML, dollar signs before a brace twice; more lines may follow."""
    escaped = [DOLLARS.sub(r"\1\1{", line) for line in (text, *lines)]
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

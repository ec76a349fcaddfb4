"""Texts that have broken other programs: refused with a finding, or unchanged in the template.

The texts are the Big List of Naughty Strings (MIT, Copyright (c) 2015 Max Woolf) and traps of our own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from support import HEAD, ROOT, errors, template
from watchspec.diagnostics import Diagnostic
from watchspec.pipeline import compile_spec
from watchspec.report import FORMATS, write_report

DATA = json.loads((ROOT / "tests/data/naughty_strings.json").read_text(encoding="utf-8"))
NAUGHTY: list[str] = list(dict.fromkeys([*DATA["strings"], *DATA["own"]]))
OWN: list[str] = DATA["own"]

Reader = Callable[[dict[str, Any]], Any]


class Field(NamedTuple):
    """A free text of a spec: a spec with a HOLE for it, and where it arrives in the template.

    In a `line` it arrives as it is; other texts may lose blanks around them, and may have
    other text around them.
    """

    spec: str
    read: Reader
    line: bool = True


def properties(logical_id: str, *path: str | int) -> Reader:
    def read(body: dict[str, Any]) -> Any:
        value: Any = body["Resources"][logical_id]["Properties"]
        for step in path:
            value = value[step]
        return value

    return read


def tag(key: str) -> Reader:
    def read(body: dict[str, Any]) -> Any:
        tags = body["Resources"]["LogApp"]["Properties"]["Tags"]
        return next(one["Value"] for one in tags if one["Key"] == key)

    return read


def dashboard(*path: str | int) -> Reader:
    def read(body: dict[str, Any]) -> Any:
        text = deploy(body["Resources"]["DashboardMain"]["Properties"]["DashboardBody"])
        value = json.loads(text)
        for step in path:
            value = value[step]
        return value

    return read


def message(body: dict[str, Any]) -> Any:
    """The text of an event's message, below the line every message begins with."""
    transformer = body["Resources"]["EventTold"]["Properties"]["Targets"][0]["InputTransformer"]
    lines = deploy(transformer["InputTemplate"]).split("\n")
    return "\n".join(json.loads(line) for line in lines[1:])


def query(body: dict[str, Any]) -> Any:
    resources = body["Resources"].values()
    saved = next(one for one in resources if one["Type"] == "AWS::Logs::QueryDefinition")
    return saved["Properties"]["QueryString"]


def question(body: dict[str, Any]) -> Any:
    *lines, last = query(body).split("\n")
    assert last == "fields @message"
    assert all(line.startswith("#") for line in lines)
    return "\n".join(line.removeprefix("#").removeprefix(" ") for line in lines)


def deploy(value: Any) -> str:
    """What a text of a template is once it is deployed; pseudo parameters stay."""
    if isinstance(value, str):
        return value
    assert set(value) == {"Fn::Sub"}, value
    given = value["Fn::Sub"]
    text, variables = given if isinstance(given, list) else (given, {})

    def substitute(found: re.Match[str]) -> str:
        sign, name = found.groups()
        if sign:
            return f"${{{name}}}"
        assert name in variables or name.startswith("AWS::"), found[0]
        return str(variables.get(name, found[0]))

    return re.sub(r"\$\{(!?)([^}]*)\}", substitute, text)


APP = "logs: {app: {group: /app, retention: never}}\n"
CPU = "metrics: {cpu: {metric: Shop Cpu}}\n"
TOLD = "notify: {info: {email: [ops@example.com]}}\n"
HOT = "severity: info, notify: [], when: {metric: cpu, above: 1}"
PLAIN = "header: false, rows:"
WIDGET = ("widgets", 0, "properties")

FIELDS = {
    "a tag": Field(APP + "tags: {t: HOLE}\n", tag("t")),
    "the owner": Field(APP + "owner: HOLE\n", tag("owner")),
    "a value in a text": Field(
        APP + 'values: {v: HOLE}\ntags: {t: "<${v}>"}\n', lambda body: tag("t")(body)[1:-1]
    ),
    "the spec's description": Field(
        APP + "description: HOLE\n", lambda body: body["Description"], line=False
    ),
    "a parameter's description": Field(
        APP + 'parameters: {p: {description: HOLE}}\ntags: {t: "${p}"}\n',
        lambda body: body["Parameters"]["P"].get("Description", ""),
    ),
    "a parameter's default": Field(
        APP + 'parameters: {p: {default: HOLE}}\ntags: {t: "${p}"}\n',
        lambda body: body["Parameters"]["P"]["Default"],
    ),
    "a topic's display name": Field(
        "notify: {info: {email: [ops@example.com], display_name: HOLE}}\n",
        properties("TopicInfo", "DisplayName"),
    ),
    "a dimension": Field(
        "metrics: {cpu: {metric: Shop Cpu, dimensions: {Name: HOLE}}}\n"
        f"alarms: {{hot: {{{HOT}}}}}\n",
        properties("AlarmHot", "Dimensions", 0, "Value"),
    ),
    "a metric's title": Field(
        "metrics: {cpu: {metric: Shop Cpu, title: HOLE}}\n"
        f"dashboards: {{main: {{{PLAIN} [{{graph: cpu}}]}}}}\n",
        dashboard(*WIDGET, "metrics", 0, -1, "label"),
    ),
    "an alarm's description": Field(
        CPU + f"alarms: {{hot: {{{HOT}, description: HOLE}}}}\n",
        properties("AlarmHot", "AlarmDescription"),
        line=False,
    ),
    "an impact": Field(
        CPU + f"alarms: {{hot: {{{HOT}, runbook: {{impact: HOLE}}}}}}\n",
        properties("AlarmHot", "AlarmDescription"),
        line=False,
    ),
    "a step": Field(
        CPU + f"alarms: {{hot: {{{HOT}, runbook: {{steps: [HOLE]}}}}}}\n",
        properties("AlarmHot", "AlarmDescription"),
        line=False,
    ),
    "a filter pattern": Field(
        "values: {phrase: HOLE}\n"
        "logs: {app: {group: /app, retention: never, metrics: {hits: {pattern: '\"${phrase}\"'}}}}\n",
        properties("FilterHits", "FilterPattern"),
        line=False,
    ),
    "a query": Field(
        APP + "queries: {Q: {log: app, language: PPL, question: Why?, query: HOLE}}\n",
        query,
        line=False,
    ),
    "a question": Field(
        APP + "queries: {Q: {log: app, question: HOLE, query: fields @message}}\n",
        question,
        line=False,
    ),
    "an event's description": Field(
        TOLD + "events: {told: {severity: info, schedule: rate(1 day), description: HOLE}}\n",
        properties("EventTold", "Description"),
        line=False,
    ),
    "a value of an event pattern": Field(
        TOLD + "events: {told: {severity: info, pattern: {source: [HOLE]}}}\n",
        properties("EventTold", "EventPattern", "source", 0),
    ),
    "a message in one line": Field(
        TOLD + "events: {told: {severity: info, pattern: {source: [x]}, message: {text: HOLE}}}\n",
        message,
        line=False,
    ),
    "the reason of a mute": Field(
        CPU + f"alarms: {{hot: {{{HOT}}}}}\n"
        "mutes: {m: {alarms: all, schedule: cron(0 2 * * *), duration: 1h, reason: HOLE}}\n",
        properties("MuteM", "Description"),
        line=False,
    ),
    "a property": Field(
        "logs: {app: {group: /app, retention: never, properties: {FieldIndexPolicies: [{F: HOLE}]}}}\n",
        properties("LogApp", "FieldIndexPolicies", 0, "F"),
    ),
    "a dashboard's description": Field(
        "dashboards: {main: {description: HOLE, rows: [{text: x}]}}\n",
        dashboard(*WIDGET, "markdown"),
        line=False,
    ),
    "Markdown": Field(
        f"dashboards: {{main: {{{PLAIN} [{{text: HOLE}}]}}}}\n",
        dashboard(*WIDGET, "markdown"),
        line=False,
    ),
    "a widget's title": Field(
        CPU + f"dashboards: {{main: {{{PLAIN} [{{graph: cpu, title: HOLE}}]}}}}\n",
        dashboard(*WIDGET, "title"),
    ),
    "a line's label": Field(
        CPU + f"dashboards: {{main: {{{PLAIN} [{{graph: [{{metric: cpu, label: HOLE}}]}}]}}}}\n",
        dashboard(*WIDGET, "metrics", 0, -1, "label"),
    ),
    "an axis": Field(
        CPU + f"dashboards: {{main: {{{PLAIN} [{{graph: cpu, left: {{label: HOLE}}}}]}}}}\n",
        dashboard(*WIDGET, "yAxis", "left", "label"),
    ),
    "an annotation": Field(
        CPU
        + f"dashboards: {{main: {{{PLAIN} [{{graph: cpu, annotations: [{{at: 1, label: HOLE}}]}}]}}}}\n",
        dashboard(*WIDGET, "annotations", "horizontal", 0, "label"),
    ),
    "a parameter of a custom widget": Field(
        f"dashboards: {{main: {{{PLAIN} [{{custom: x, params: {{p: HOLE}}}}]}}}}\n",
        dashboard(*WIDGET, "params", "p"),
    ),
    "a raw widget": Field(
        f"dashboards: {{main: {{{PLAIN} [{{raw: {{type: custom, properties: {{params: {{p: HOLE}}}}}}}}]}}}}\n",
        dashboard(*WIDGET, "params", "p"),
    ),
    "a variable's value": Field(
        f"dashboards: {{main: {{variables: {{v: {{pattern: x, input: radio, values: [{{value: HOLE}}]}}}}, {PLAIN} [{{text: x}}]}}}}\n",
        dashboard("variables", 0, "values", 0, "value"),
    ),
}


def quote(text: str) -> str:
    """The text in double quotes, everything unusual escaped."""
    plain = (one if " " <= one <= "~" and one not in '"\\' else escape(one) for one in text)
    return f'"{"".join(plain)}"'


def escape(character: str) -> str:
    return f"\\U{ord(character):08x}"


def meaning(text: str) -> str:
    """What an author means by a text: before a brace, two dollar signs are one."""
    return re.sub(r"(\$+)(?=\{)", lambda found: "$" * (len(found[1]) // 2), text)


def check_refusal(found: list[Diagnostic], path: Path) -> None:
    """Assert that a refusal stands in the file and can be printed in every form."""
    lines = path.read_text(encoding="utf-8").split("\n")
    for one in found:
        assert one.location is not None
        assert one.location.file == str(path)
        assert 1 <= one.location.column <= len(lines[one.location.line - 1]) + 1
    for form in FORMATS:
        assert "\x1b" not in write_report(found, form)


def try_text(name: str, text: str, folder: Path) -> bool:
    """Whether a text in a field is accepted; then it arrives unchanged."""
    field = FIELDS[name]
    path = folder / "spec.yaml"
    path.write_text(HEAD + field.spec.replace("HOLE", quote(text)), encoding="utf-8")
    compiled = compile_spec(str(path))
    found = errors(compiled)
    if found:
        check_refusal(found, path)
        return False
    arrived = field.read(template(compiled))
    arrived = arrived if isinstance(arrived, str) else deploy(arrived)
    wanted = meaning(text)
    if field.line:
        assert arrived == wanted, (name, text)
    else:
        assert wanted.strip() in arrived, (name, text)
    return True


def test_there_are_more_than_five_hundred_texts() -> None:
    assert len(DATA["strings"]) == 461
    assert len(OWN) >= 60
    assert len(NAUGHTY) >= 515


@pytest.mark.parametrize("name", FIELDS)
def test_a_plain_text_arrives_in_every_field(name: str, tmp_path: Path) -> None:
    assert try_text(name, "plain text", tmp_path)


@pytest.mark.parametrize("name", ["a tag", "an alarm's description", "Markdown"])
def test_a_trap_of_our_own_is_refused_or_arrives_unchanged(name: str, tmp_path: Path) -> None:
    accepted = [try_text(name, text, tmp_path) for text in OWN]

    assert sum(accepted) > 80


@pytest.mark.slow
@pytest.mark.parametrize("name", FIELDS)
def test_a_naughty_string_is_refused_or_arrives_unchanged(name: str, tmp_path: Path) -> None:
    accepted = [try_text(name, text, tmp_path) for text in NAUGHTY]

    assert sum(accepted) > 300


@pytest.mark.parametrize("name", FIELDS)
def test_a_dynamic_reference_is_refused_in_every_field(name: str, tmp_path: Path) -> None:
    for text in ("{{resolve:ssm:x}}", "{{ resolve : ssm : x }}", "a {{RESOLVE:ssm:x}} b"):
        assert not try_text(name, text, tmp_path), text


@pytest.mark.parametrize("name", FIELDS)
def test_a_reference_to_nothing_of_the_spec_is_refused_in_every_field(
    name: str, tmp_path: Path
) -> None:
    for text in ("${AWS::AccountId}", "${AWS::NoValue}", "${nowhere}", "a ${!Literal} b"):
        assert not try_text(name, text, tmp_path), text


@pytest.mark.parametrize("name", FIELDS)
def test_a_doubled_dollar_sign_makes_a_reference_mere_text(name: str, tmp_path: Path) -> None:
    for text in ("$${AWS::AccountId}", "$${nowhere}", "a $${b} c"):
        assert try_text(name, text, tmp_path), text


@pytest.mark.parametrize("value", ["$", "${", "$$", "a$"])
def test_a_value_never_completes_a_reference(value: str, tmp_path: Path) -> None:
    path = tmp_path / "spec.yaml"
    text = f'values: {{v: {quote(value.replace("${", "$${"))}}}\ntags: {{t: "${{v}}{{region}}"}}\n'
    path.write_text(HEAD + APP + text, encoding="utf-8")

    arrived = tag("t")(template(compile_spec(str(path))))

    assert deploy(arrived) == value + "{region}"


def test_a_text_looks_the_same_to_every_reader_of_the_template(tmp_path: Path) -> None:
    path = tmp_path / "spec.yaml"
    values = ", ".join(
        f"v{index}: {quote(text)}"
        for index, text in enumerate(["\u00e9", "\U0001f600", "a'b", '"'])
    )
    path.write_text(HEAD + APP + f"tags: {{{values}}}\n", encoding="utf-8")

    text = compile_spec(str(path)).templates[0].text

    assert yaml.load(text, Loader=yaml.CSafeLoader) == yaml.load(text, Loader=yaml.SafeLoader)

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from support import HEAD, ROOT, compile_text, errors, marked_text, only_error, resource, template
from watchspec.load import load_spec
from watchspec.model.compiled import CompiledSpec

MAXIMAL = ROOT / "tests" / "validate" / "maximal.yaml"
"""A spec that uses every word of the language."""
DYNAMIC = [
    "{{resolve:ssm:/shop/secret}}",
    "{{resolve:ssm-secure:/shop/secret:3}}",
    "{{resolve:secretsmanager:shop:SecretString:password}}",
    "{{ resolve : ssm:/shop/secret }}",
    "{{RESOLVE:ssm:/shop/secret}}",
    "before {{resolve:ssm:a}} after",
]
NO_REFERENCES = ["${AWS::AccountId}", "a ${nowhere} b", "${", "${!x}", "${AlarmHot.Arn}"]
"""What an author may take for a reference of CloudFormation, and what is none here."""


@cache
def maximal() -> Any:
    """The spec as data; what its fragment uses is used here."""
    documents = load_spec(str(MAXIMAL)).value
    assert documents is not None
    data = json.loads(json.dumps(documents[0].root))
    del data["include"]
    data["tags"]["used"] = "${team} ${vpc} ${bucket}"
    return data


def texts(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The paths of all texts in the data."""
    if isinstance(node, str):
        yield path
    elif isinstance(node, dict):
        for key, value in node.items():
            yield from texts(value, (*path, key))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from texts(value, (*path, index))


def look_up(node: Any, path: tuple[Any, ...]) -> Any:
    """The value at a path."""
    for step in path:
        node = node[step]
    return node


def compile_with(path: tuple[Any, ...], value: object, folder: Path) -> CompiledSpec:
    """What becomes of the spec with another value in one place."""
    data = deepcopy(maximal())
    look_up(data, path[:-1])[path[-1]] = value
    return compile_text(json.dumps(data, ensure_ascii=False), folder)


_WORDS = {
    "color",
    "legend",
    "only",
    "period",
    "sort",
    "statistic",
    "timezone",
    "view",
    "where_given",
}
"""Settings that take one of a few words, wherever they stand: one of each is enough."""


def chosen_paths() -> Iterator[tuple[Any, ...]]:
    """The paths of all texts but those that only repeat what another one shows."""
    seen = set()
    for path in texts(maximal()):
        setting = next(step for step in reversed(path) if isinstance(step, str))
        if path[0] in {"version", "values"} or (setting in _WORDS and (path[0], setting) in seen):
            continue
        if path[:3] == ("logs", "backend", "description"):  # a change puts another one in its place
            continue
        if "for_each" in path and path[0] == "dashboards":  # some variables are not used
            continue
        if "ignore" in path:  # a reason goes nowhere, so it is what it is
            continue
        seen.add((path[0], setting))
        yield path


PATHS = list(chosen_paths())
IDS = [".".join(map(str, path)) for path in PATHS]
every_text = pytest.mark.parametrize("path", PATHS, ids=IDS)


def deployed(compiled: CompiledSpec) -> list[str]:
    """The texts of all templates as they are once the stacks are there; values in angle brackets."""
    found: list[str] = []
    for one in compiled.templates:
        body = yaml.safe_load(one.text)
        _deploy([body["Resources"], body.get("Outputs", {})], found)
    return found


def _deploy(node: Any, found: list[str]) -> Any:
    """What CloudFormation makes of a part of a template; each text is also kept in `found`."""
    if isinstance(node, list):
        return [_deploy(value, found) for value in node]
    made = node
    if isinstance(node, dict):
        if not node.keys() & {"Ref", "Fn::Sub", "Fn::GetAtt", "Fn::ImportValue"}:
            found.extend(node)
            return {key: _deploy(value, found) for key, value in node.items()}
        made = f"<{json.dumps(node)}>"
        if "Fn::Sub" in node:
            text = node["Fn::Sub"]
            made = _substitute(text if isinstance(text, str) else text[0])
    if isinstance(made, str):
        found.append(made)
    return made


def _substitute(text: str) -> str:
    """What Fn::Sub makes of a text: names in angle brackets, literals without their mark."""

    def put(match: re.Match[str]) -> str:
        name = match.group(1)
        return "${" + name[1:] + "}" if name.startswith("!") else f"<{name}>"

    return re.sub(r"\$\{([^}]*)\}", put, text)


def test_the_spec_with_every_word_compiles(tmp_path: Path) -> None:
    compiled = compile_text(json.dumps(maximal()), tmp_path)

    assert not errors(compiled)
    assert len(PATHS) > 300


@pytest.mark.slow
@every_text
def test_a_dynamic_reference_is_an_error_wherever_it_stands(
    path: tuple[Any, ...], tmp_path: Path
) -> None:
    written = DYNAMIC[PATHS.index(path) % len(DYNAMIC)]

    compiled = compile_with(path, written, tmp_path)

    assert errors(compiled), written
    assert not compiled.templates


@pytest.mark.slow
@every_text
def test_what_is_no_reference_here_is_an_error_wherever_it_stands(
    path: tuple[Any, ...], tmp_path: Path
) -> None:
    written = NO_REFERENCES[PATHS.index(path) % len(NO_REFERENCES)]

    compiled = compile_with(path, written, tmp_path)

    assert errors(compiled), written
    assert not compiled.templates


@pytest.mark.slow
@every_text
def test_a_function_of_cloudformation_is_an_error_wherever_it_stands(
    path: tuple[Any, ...], tmp_path: Path
) -> None:
    functions: list[dict[str, Any]] = [
        {"Ref": "Injected"},
        {"Fn::Sub": "x"},
        {"Fn::GetAtt": ["a", "b"]},
    ]
    written = functions[PATHS.index(path) % len(functions)]

    compiled = compile_with(path, written, tmp_path)

    assert errors(compiled)
    assert not compiled.templates


@pytest.mark.slow
@every_text
def test_a_literal_reference_is_text_in_what_is_deployed(
    path: tuple[Any, ...], tmp_path: Path
) -> None:
    compiled = compile_with(path, "x $${AWS::AccountId} y", tmp_path)

    found = deployed(compiled)
    assert errors(compiled) or compiled.templates
    assert not [text for text in found if "x <AWS::AccountId> y" in text]
    assert not [text for text in found if "x $${AWS::AccountId} y" in text]


@pytest.mark.slow
@every_text
def test_text_that_looks_like_a_function_is_text_in_what_is_deployed(
    path: tuple[Any, ...], tmp_path: Path
) -> None:
    compiled = compile_with(path, '{"Ref": "Injected"}', tmp_path)

    found = deployed(compiled)
    assert errors(compiled) or compiled.templates
    assert not [text for text in found if text == '<{"Ref": "Injected"}>']


# --- the same, in a few places and quickly


@pytest.mark.parametrize("written", DYNAMIC)
def test_a_dynamic_reference_is_marked(written: str, tmp_path: Path) -> None:
    text = HEAD + f"tags:\n  t: '{written}'\n"

    error = only_error(compile_text(text, tmp_path), "reference/dynamic")

    assert "ssm" in error.help
    assert marked_text(error) == f"'{written}'"


def test_a_dynamic_reference_in_a_key_is_an_error(tmp_path: Path) -> None:
    text = (
        HEAD
        + "events: {e: {severity: info, pattern: {source: [a], detail: {'{{resolve:ssm:a}}': [b]}}}}\n"
    )

    error = only_error(compile_text(text, tmp_path), "reference/dynamic")

    assert marked_text(error) == "'{{resolve:ssm:a}}'"


@pytest.mark.parametrize("value", ["resolve:ssm:a", "{{resolve", "{resolve:ssm:a}", "{{ resolve"])
def test_a_dynamic_reference_made_of_values_is_an_error(value: str, tmp_path: Path) -> None:
    around = {"resolve:ssm:a": "{{${v}}}", "{{resolve": "${v}:ssm:a}}", "{resolve:ssm:a}": "{${v}}"}
    text = HEAD + f"values: {{v: '{value}'}}\ntags: {{t: '{around.get(value, '${v} :ssm:a}}')}'}}\n"

    assert only_error(compile_text(text, tmp_path), "reference/dynamic").message


@pytest.mark.parametrize("given", ["default", "environment"])
def test_a_dynamic_reference_made_of_a_parameter_is_an_error(given: str, tmp_path: Path) -> None:
    head = HEAD + "parameters: {p: {default: 'resolve:ssm:a'}}\n"
    if given == "environment":
        head = HEAD.replace("eu-west-1", "eu-west-1, parameters: {p: 'resolve:ssm:a'}")
        head += "parameters: {p: {}}\n"
    text = head + "tags: {t: '{{${p}}}'}\nlogs: {l: {group: /l, retention: never}}\n"

    assert errors(compile_text(text, tmp_path))


@pytest.mark.parametrize(
    "text", ["{{name}}", "{{ resolved:x }}", "{ {resolve:ssm:a} }", "resolve:ssm:a", "{{resolve}}"]
)
def test_other_double_braces_are_text(text: str, tmp_path: Path) -> None:
    spec = HEAD + f"queries: {{q: {{question: q, language: PPL, query: '{text}'}}}}\n"

    made = resource(template(compile_text(spec, tmp_path)), "QueryQ")

    assert made["QueryString"] == text


@pytest.mark.parametrize("key", ["Ref", "Fn::Sub", "Fn::GetAtt", "Fn::ImportValue", "Fn::Anything"])
@pytest.mark.parametrize(
    "place",
    [
        "logs: {l: {group: /l, retention: never, properties: {KmsKeyId: {@: x}}}}",
        "events: {e: {severity: info, pattern: {source: [{@: x}]}}}",
        "dashboards: {d: {rows: [{custom: f, params: {a: {b: [{@: x}]}}}]}}",
        "dashboards: {d: {rows: [{raw: {type: text, properties: {markdown: {@: x}}}}]}}",
    ],
)
def test_a_function_in_a_free_form_part_is_an_error(key: str, place: str, tmp_path: Path) -> None:
    text = HEAD + place.replace("@", f"'{key}'") + "\n"

    error = only_error(compile_text(text, tmp_path), "reference/intrinsic")

    assert f'"{key}"' in error.message
    assert marked_text(error) == f"'{key}'"


def test_every_such_text_is_reported(tmp_path: Path) -> None:
    text = HEAD + "tags: {a: '{{resolve:ssm:a}}', b: '{{resolve:ssm:b}}'}\n"

    assert len(errors(compile_text(text, tmp_path))) == 2


def test_a_literal_reference_in_a_key_of_a_raw_widget_is_text(tmp_path: Path) -> None:
    text = HEAD + "dashboards:\n  d:\n    rows:\n    - raw:\n        type: custom\n"
    text += "        properties: {'x $${AWS::AccountId} y': 1, here: '${account}'}\n"

    compiled = compile_text(text, tmp_path)

    assert not errors(compiled)
    assert not [one for one in deployed(compiled) if "<AWS::AccountId> y" in one]

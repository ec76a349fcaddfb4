"""References: what is known only at deployment becomes a reference, and nothing else does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from property.compiling import compile_data, parse, templates
from strategies import Data, examples, specs
from support import HEAD, compile_text, errors

SECTIONS = (
    "notify", "metrics", "logs", "alarms", "events", "queries", "health_checks", "dashboards", "mutes",
)  # fmt: skip


@given(spec=specs())
@examples(20)
def test_references_lead_somewhere_and_every_parameter_is_referred_to(
    spec: Data, tmp_path: Path
) -> None:
    for body in templates(spec, tmp_path).values():
        known = body["Resources"].keys() | body.get("Parameters", {}).keys()

        used = {one for one in _references(body) if not one.startswith("AWS::")}

        assert not used - known
        assert body.get("Parameters", {}).keys() <= used


@given(spec=specs(), data=st.data(), is_late=st.booleans())
@examples(40)
def test_a_name_never_stands_for_itself(
    spec: Data, data: st.DataObject, *, is_late: bool, tmp_path: Path
) -> None:
    leaves = [path for section in SECTIONS for path in _leaves(spec.get(section, {}), (section,))]
    changed = deepcopy(spec)
    if leaves:
        _put(changed, data.draw(st.sampled_from(leaves)), "a ${leaky_name} b")
    if is_late:
        changed.setdefault("parameters", {})["leaky_name"] = {}
    else:
        changed.setdefault("values", {})["leaky_name"] = "sealed"

    compiled = compile_data(changed, tmp_path)

    assert not any("{leaky_name}" in one.text for one in compiled.templates)
    assert not any("{!leaky_name}" in one.text for one in compiled.templates)


OWNER = """
owner: "${late}"
logs: {a: {group: /a, retention: 1 day}}
"""
VARIABLES = """
dashboards: {a: {rows: [{text: x}], variables: {v: {pattern: "${late}", input: input}}}}
"""
DIMENSIONS_OF_FILTERS = """
logs:
  a:
    group: /a
    retention: 1 day
    metrics: {hits: {pattern: "{ $.a = * }", dimensions: {A: "${late}"}}}
"""
VALUES_OF_MESSAGES = """
events:
  a:
    severity: info
    notify: [ops]
    schedule: rate(1 day)
    message: {text: it is <a>, values: {a: "$.${late}"}}
"""


@pytest.mark.parametrize(
    "text",
    [
        OWNER,
        VARIABLES,
        DIMENSIONS_OF_FILTERS,
        VALUES_OF_MESSAGES,
    ],
    ids=["owner", "variables", "dimensions of filters", "values of messages"],
)
def test_a_parameter_is_refused_or_referred_to(text: str, tmp_path: Path) -> None:
    start = 'parameters: {late: {}}\ntags: {late: "${late}"}\nnotify: {ops: {email: [a@b.com]}}\n'

    compiled = compile_text(HEAD + start + text, tmp_path)

    assert errors(compiled) or not any("{late}" in one.text for one in compiled.templates)


@pytest.mark.parametrize(
    "place", ['{region: "${late}"}', '{region: eu-west-1, account: "${late}"}']
)
def test_where_a_stack_goes_must_be_known_before(place: str, tmp_path: Path) -> None:
    text = (
        "version: v1\nservice: shop\n"
        f"environments: {{prod: {place}}}\n"
        "parameters: {late: {}}\n"
        'tags: {late: "${late}"}\n'
        "logs: {a: {group: /a, retention: 1 day}}\n"
    )

    compiled = compile_text(text, tmp_path)

    assert errors(compiled)


@pytest.mark.parametrize(
    ("text", "meant"),
    [("${dollar}{account}", "${account}"), ("${dollar}${late}", {"Fn::Sub": "$${Late}"})],
)
def test_a_value_that_ends_with_a_dollar_sign_makes_no_reference(
    text: str, meant: Any, tmp_path: Path
) -> None:
    spec = (
        f'{HEAD}values: {{dollar: "$"}}\n'
        'parameters: {late: {default: "5"}}\n'
        'tags: {late: "${late}"}\n'
        f'logs: {{a: {{group: /a, retention: 1 day, tags: {{price: "{text}"}}}}}}\n'
    )

    compiled = compile_text(spec, tmp_path)

    assert not errors(compiled)
    tags = parse(compiled.templates[0].text)["Resources"]["LogA"]["Properties"]["Tags"]
    assert {"Key": "price", "Value": meant} in tags


def _references(node: Any) -> Iterator[str]:
    """What every function of a template names; the variables of an `Fn::Sub` are its own."""
    if isinstance(node, list):
        for item in node:
            yield from _references(item)
    elif isinstance(node, dict):
        for key, value in node.items():
            if key == "Ref":
                yield value
            elif key == "Fn::GetAtt":
                yield value[0]
            elif key == "Fn::Sub":
                yield from _placeholders(value)
            else:
                yield from _references(value)


def _placeholders(value: Any) -> Iterator[str]:
    text, variables = (value, {}) if isinstance(value, str) else value
    yield from _references(variables)
    names = set(re.findall(r"\$\{([^!}][^}]*)\}", text))
    assert variables.keys() <= names
    yield from (name.removesuffix(".Arn") for name in names - variables.keys())


def _leaves(node: Any, path: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    """The texts of a spec that may hold a name, but for those that have a test of their own above."""
    if isinstance(node, str):
        yield path
    entries = node.items() if isinstance(node, dict) else ()
    for key, value in enumerate(node) if isinstance(node, list) else entries:
        of_filter = path[0] == "logs" and key == "dimensions"
        of_message = path[-1] == "message" and key == "values"
        if not of_filter and not of_message:
            yield from _leaves(value, (*path, key))


def _put(node: Any, path: tuple[Any, ...], value: str) -> None:
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = value

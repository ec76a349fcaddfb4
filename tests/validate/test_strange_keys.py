"""Keys that mean something to schemas or to programming languages mean nothing to a spec."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import HEAD, compile_text, errors, marked_text, resource, template

STRANGE = [
    *("$ref", "$schema", "$id", "$defs", "$dynamicRef", "$anchor", "$comment", "$vocabulary"),
    *("__proto__", "__class__", "__dict__", "__init__", "constructor", "prototype", "toString"),
]
PLACES = {
    "the spec": "%s: x\n",
    "alarms.hot": "alarms: {hot: {severity: info, when: {metric: A B, above: 1}, %s: x}}\n",
    "alarms.hot.when": "alarms: {hot: {severity: info, when: {metric: A B, above: 1, %s: x}}}\n",
    "metrics.cpu": "metrics: {cpu: {metric: A B, %s: x}}\n",
    "logs.app": "logs: {app: {group: /app, retention: never, %s: x}}\n",
    "dashboards.main.rows[0]": "dashboards: {main: {rows: [{text: x, %s: x}]}}\n",
    "notify.info": "notify: {info: {email: [a@example.com], %s: x}}\n",
}


@pytest.mark.parametrize("where", PLACES)
@pytest.mark.parametrize("key", STRANGE)
def test_a_key_of_another_language_is_an_unknown_key(key: str, where: str, tmp_path: Path) -> None:
    compiled = compile_text(HEAD + PLACES[where] % f'"{key}"', tmp_path)

    found = errors(compiled)
    assert [one.rule for one in found] == ["spec/unknown-key"]
    place = "" if where == "the spec" else f" in {where}"
    assert found[0].message == f'unknown key "{key}"{place}'
    assert marked_text(found[0]) == f'"{key}"'
    assert found[0].hint.startswith("did you mean") or found[0].help.startswith("known here: ")


def test_a_reference_of_a_schema_is_not_followed_in_place_of_a_thing(tmp_path: Path) -> None:
    text = HEAD + 'alarms: {hot: {"$ref": "#/$defs/alarm"}}\n'

    found = errors(compile_text(text, tmp_path))

    assert {one.rule for one in found} == {"spec/unknown-key", "spec/missing-key"}


def test_names_of_another_language_are_names_where_the_author_names_things(tmp_path: Path) -> None:
    text = HEAD + (
        "values: {__class__: a, __proto__: b, constructor: c}\n"
        'tags: {t: "${__class__}${__proto__}${constructor}"}\n'
        "metrics: {m: {metric: A B, dimensions: {__proto__: x}}}\n"
        "alarms: {constructor: {severity: info, notify: [], when: {metric: m, above: 1}}}\n"
    )

    alarm = resource(template(compile_text(text, tmp_path)), "AlarmConstructor")

    assert {"Key": "t", "Value": "abc"} in alarm["Tags"]
    assert alarm["Dimensions"] == [{"Name": "__proto__", "Value": "x"}]


@pytest.mark.parametrize(
    "reference",
    ["service.__class__", "service.__class__.__init__", "list.append", "list.0", "map.keys"],
)
def test_a_reference_reaches_into_data_and_never_into_the_program(
    reference: str, tmp_path: Path
) -> None:
    text = HEAD + (
        f'values: {{list: [a], map: {{a: b}}}}\ntags: {{a: "x${{{reference}}}", b: "${{map.a}}"}}\n'
    )

    found = errors(compile_text(text, tmp_path))

    assert "reference/unknown-name" in {one.rule for one in found}

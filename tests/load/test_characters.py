"""Characters that make a spec read differently from what it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import HEAD, compile_text, errors, marked_text, resource, template
from watchspec.diagnostics import Diagnostic
from watchspec.load import load_spec

RULE = "yaml/forbidden-character"

CONTROLS = [*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F]
C1_CONTROLS = [*range(0x80, 0xA0)]
BIDIRECTIONAL = [0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
INVISIBLE = [0xAD, 0x180E, 0x200B, 0x200C, 0x200D, 0x2060, 0x2061, 0x2062, 0x2063, 0x2064, 0xFEFF]
SEPARATORS = [0x2028, 0x2029]
ANNOTATIONS = [0xFFF9, 0xFFFA, 0xFFFB, 0xE0001, 0xE0041, 0xE007F]
FORBIDDEN = [
    chr(code)
    for code in (
        *CONTROLS,
        *C1_CONTROLS,
        *BIDIRECTIONAL,
        *INVISIBLE,
        *SEPARATORS,
        *ANNOTATIONS,
    )
]

ESCAPED = {
    "a description": 'description: "%s"',
    "an owner": 'owner: "team%s"',
    "a tag": 'tags: {team: "%steam"}',
    "a tag's key": 'tags: {"te%sam": x}',
    "a dimension": 'metrics: {m: {metric: A B, dimensions: {Name: "%s"}}}',
    "a metric's name": 'metrics: {"m%s": {metric: A B}}',
    "a runbook": 'alarms: {a: {severity: info, when: {metric: A B, above: 1}, runbook: {steps: ["%s"]}}}',
    "a query": 'queries: {q: {question: x, query: "a%sb"}}',
    "a value": 'values: {a: ["%s"]}',
    "a property": 'logs: {a: {group: x, retention: never, properties: {"%s": 1}}}',
    "Markdown": 'dashboards: {d: {rows: [{text: "# %s"}]}}',
}
RAW = {
    "a comment": "# %s\n",
    "a plain value": "description: a%sb\n",
    "a quoted value": 'description: "a%sb"\n',
    "a key": "a%sb: 1\n",
    "a block": "description: |\n  a%sb\n",
    "an anchor": "description: &a%s b\n",
    "between keys": "%sdescription: x\n",
}


def name_of(character: str) -> str:
    return f"U+{ord(character):04X}"


def refuse(text: str, folder: Path) -> list[Diagnostic]:
    path = folder / "spec.yaml"
    path.write_text(text, encoding="utf-8", newline="")
    outcome = load_spec(str(path))
    assert outcome.value is None
    return list(outcome.diagnostics)


def test_the_table_holds_eighty_characters() -> None:
    assert len(set(FORBIDDEN)) >= 80


@pytest.mark.parametrize("where", ESCAPED)
def test_an_escape_for_a_forbidden_character_is_refused_in_every_text(
    where: str, tmp_path: Path
) -> None:
    for character in FORBIDDEN:
        escape = f"\\U{ord(character):08x}"
        found = refuse(HEAD + ESCAPED[where] % escape, tmp_path)

        assert [one.rule for one in found] == [RULE], name_of(character)
        assert name_of(character) in found[0].message
        assert escape in marked_text(found[0])


@pytest.mark.parametrize("where", RAW)
def test_a_forbidden_character_itself_is_refused_wherever_it_stands(
    where: str, tmp_path: Path
) -> None:
    for character in FORBIDDEN:
        found = refuse(HEAD + RAW[where] % character, tmp_path)

        assert [one.rule for one in found] == [RULE], name_of(character)
        assert name_of(character) in found[0].message
        assert marked_text(found[0]) == character


@pytest.mark.parametrize(
    ("escape", "character"),
    [
        ("\\0", "U+0000"),
        ("\\a", "U+0007"),
        ("\\b", "U+0008"),
        ("\\v", "U+000B"),
        ("\\f", "U+000C"),
        ("\\r", "U+000D"),
        ("\\e", "U+001B"),
        ("\\N", "U+0085"),
        ("\\L", "U+2028"),
        ("\\P", "U+2029"),
    ],
)
def test_short_escapes_are_no_way_around(escape: str, character: str, tmp_path: Path) -> None:
    found = refuse(f'version: v1\ndescription: "a{escape}b"\n', tmp_path)

    assert [one.rule for one in found] == [RULE]
    assert character in found[0].message


@pytest.mark.parametrize("code", [0xD800, 0xDBFF, 0xDC00, 0xDFFF])
def test_half_a_surrogate_pair_is_refused(code: int, tmp_path: Path) -> None:
    found = refuse(f'a: "\\u{code:04x}"\n', tmp_path)

    assert [one.rule for one in found] == ["yaml/syntax"]
    assert found[0].message == "the escape names a character that does not exist"


def test_a_surrogate_pair_in_escapes_is_refused_as_json_for_json(tmp_path: Path) -> None:
    found = refuse('{"a": "\\ud83d\\ude00"}', tmp_path)

    assert [one.rule for one in found] == ["yaml/syntax"]


@pytest.mark.parametrize("code", ["110000", "7fffffff", "ffffffff"])
def test_an_escape_beyond_unicode_is_refused(code: str, tmp_path: Path) -> None:
    found = refuse(f'a: "\\U{code:>08}"\n', tmp_path)

    assert [one.rule for one in found] == ["yaml/syntax"]


@pytest.mark.parametrize("code", [0xFFFE, 0xFFFF])
def test_a_character_that_libyaml_refuses_is_a_finding(code: int, tmp_path: Path) -> None:
    found = refuse(f"description: a{chr(code)}b\n", tmp_path)

    assert len(found) == 1
    assert marked_text(found[0]) == chr(code)


@pytest.mark.parametrize(
    "text",
    [
        "caf\u00e9",
        "\u65e5\u672c\u8a9e",
        "\u0627\u0644\u0639\u0631\u0628\u064a\u0629",
        "\U0001f600",
        "\u2014 \u2026 \u201cquoted\u201d",
        "a\u00a0b",
        "e\u0301",
        "\U0001f3f4",
        "\u2764\ufe0f",
    ],
)
def test_letters_of_every_script_and_pictures_are_welcome(text: str, tmp_path: Path) -> None:
    compiled = compile_text(
        HEAD + f"logs: {{a: {{group: /x, retention: never}}}}\ntags: {{t: '{text}'}}\n", tmp_path
    )

    tags = resource(template(compiled), "LogA")["Tags"]
    assert {"Key": "t", "Value": text} in tags


@pytest.mark.parametrize("character", ["\\n", "\\t"])
@pytest.mark.parametrize(
    "field",
    [
        'owner: "a%sb"',
        'namespace: "a%sb"',
        'tags: {t: "a%sb"}',
        'metrics: {m: {metric: "A B%s"}}',
        'logs: {l: {group: "a%sb", retention: never}}',
        'notify: {info: {email: ["a%sb"]}}',
        'dashboards: {d: {title: "a%sb", rows: [{text: x}]}}',
        'metrics: {m: {metric: A B, levels: {high: "> %s1"}}}',
    ],
)
def test_a_field_of_one_line_takes_neither_newline_nor_tab(
    field: str, character: str, tmp_path: Path
) -> None:
    compiled = compile_text(HEAD + field % character, tmp_path)

    assert [one.rule for one in errors(compiled)] == ["spec/wrong-value"]


def test_a_text_of_several_lines_takes_newline_and_tab(tmp_path: Path) -> None:
    compiled = compile_text(
        HEAD + 'dashboards: {d: {header: false, rows: [{text: "a\\n\\tb"}]}}\n', tmp_path
    )

    assert errors(compiled) == []
    assert '"markdown": "a\\n\\tb"' in compiled.templates[0].text


def test_every_forbidden_character_of_a_file_is_reported(tmp_path: Path) -> None:
    found = refuse("a: \u202e\nb: 1 # \x00\n\x7f: 2\n", tmp_path)

    places = [(one.location.line, one.location.column) for one in found if one.location]
    assert places == [(1, 4), (2, 8), (3, 1)]


def test_a_file_full_of_forbidden_characters_is_refused_at_once(tmp_path: Path) -> None:
    found = refuse("a: " + "\x01" * 200_000, tmp_path)

    assert {one.rule for one in found} == {RULE}
    assert len(found) == 20
    assert found[-1].message.endswith("; 199,980 more follow")

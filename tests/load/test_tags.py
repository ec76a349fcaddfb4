"""Tags make a reader build objects; a spec is plain data, so none is followed."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import ROOT, marked_text
from watchspec.load import load_spec

TAGGED = [
    ("!!python/object/apply:os.system", '["touch canary"]'),
    ("!!python/object/new:os.system", '["touch canary"]'),
    ("!!python/object:pathlib.Path", "{}"),
    ("!!python/name:os.system", '""'),
    ("!!python/module:os", '""'),
    ("!!python/tuple", "[1, 2]"),
    ("!!python/complex", "1+2j"),
    ("!!python/bytes", "aGk="),
    ("!!set", "{x, y}"),
    ("!!omap", "[a: 1]"),
    ("!!pairs", "[a: 1]"),
    ("!!binary", "aGVsbG8="),
    ("!!timestamp", "2026-11-24"),
    ("!!int", '"5"'),
    ("!!float", "abc"),
    ("!!bool", "xyz"),
    ("!!null", '"null"'),
    ("!!str", "5"),
    ("!!map", "{a: 1}"),
    ("!!seq", "[1]"),
    ("!!merge", "<<"),
    ("!Ref", "cluster"),
    ("!Sub", '"${AWS::Region}"'),
    ("!GetAtt", "a.b"),
    ("!ImportValue", "vpc"),
    ("!include", "other.yaml"),
    ("!", "text"),
]


@pytest.mark.parametrize(("tag", "value"), TAGGED, ids=[tag for tag, _ in TAGGED])
def test_a_tag_is_refused_where_it_stands_and_not_followed(
    tag: str, value: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("spec.yaml").write_text(f"version: v1\nservice: {tag} {value}\n", encoding="utf-8")

    outcome = load_spec("spec.yaml")

    assert outcome.value is None
    assert [one.rule for one in outcome.diagnostics] == ["yaml/tag"]
    assert outcome.diagnostics[0].message == f'the tag "{tag}" is not supported'
    assert marked_text(outcome.diagnostics[0]).startswith(tag)
    assert [path.name for path in tmp_path.iterdir()] == ["spec.yaml"]


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ('!<tag:yaml.org,2002:python/object/apply:os.system> ["touch canary"]', "!!python/"),
        ("%TAG !x! tag:yaml.org,2002:python/object/apply:\n---\na: !x!os.system [x]", "!!python/"),
        ("!!python/name:os.system key: 1", "!!python/name:os.system"),
        ("a: [1, !!str 2]", "!!str"),
        ("a: {b: !Ref c}", "!Ref"),
        ("a: &anchor !!set {b}", "!!set"),
        ("!custom\na: 1", "!custom"),
    ],
    ids=["verbatim", "handle", "key", "item", "value", "anchored", "root"],
)
def test_no_way_of_writing_a_tag_gets_through(
    text: str, tag: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("spec.yaml").write_text(text, encoding="utf-8")

    outcome = load_spec("spec.yaml")

    assert outcome.value is None
    assert [one.rule for one in outcome.diagnostics] == ["yaml/tag"]
    assert tag in outcome.diagnostics[0].message
    assert [path.name for path in tmp_path.iterdir()] == ["spec.yaml"]


def test_the_known_attack_leaves_no_trace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    outcome = load_spec(str(ROOT / "tests" / "data" / "hostile" / "pytag.yaml"))

    assert [one.rule for one in outcome.diagnostics] == ["yaml/tag"]
    assert list(tmp_path.iterdir()) == []


def test_an_exclamation_mark_inside_a_value_is_no_tag(tmp_path: Path) -> None:
    path = tmp_path / "spec.yaml"
    path.write_text('a: stop!now\nb: "!Ref c"\n', encoding="utf-8")

    outcome = load_spec(str(path))

    assert outcome.value is not None
    assert outcome.value[0].root == {"a": "stop!now", "b": "!Ref c"}

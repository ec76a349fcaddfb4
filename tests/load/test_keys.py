"""Keys: each is a name, and stands once in a mapping."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import marked_text
from watchspec.diagnostics import Diagnostic, Location
from watchspec.load import load_spec


def refuse(text: str, folder: Path) -> tuple[Diagnostic, ...]:
    path = folder / "spec.yaml"
    path.write_text(text, encoding="utf-8")
    outcome = load_spec(str(path))
    assert outcome.value is None
    return outcome.diagnostics


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("a: 1\nb: 2\na: 3\n", (1, 1), (3, 1)),
        ("{a: 1, a: 1}", (1, 2), (1, 8)),
        ('{"a": 1,\n "a": 2}', (1, 2), (2, 2)),
        ("a: 1\n'a': 2\n", (1, 1), (2, 1)),
        ('a: 1\n"\\x61": 2\n', (1, 1), (2, 1)),
        ("? a\n: 1\na: 2\n", (1, 3), (3, 1)),
        ('1: a\n"1": b\n', (1, 1), (2, 1)),
        ("deep:\n  list:\n    - {x: 1, y: 2, x: 3}\n", (3, 8), (3, 20)),
        ("base: &b {a: 1}\ncopy: {k: *b, k: *b}\n", (2, 8), (2, 15)),
    ],
    ids=["block", "flow", "JSON", "quotes", "escape", "complex", "number", "deep", "aliases"],
)
def test_a_key_that_stands_twice_is_refused_and_both_places_are_named(
    text: str, first: tuple[int, int], second: tuple[int, int], tmp_path: Path
) -> None:
    found = refuse(text, tmp_path)

    assert [one.rule for one in found] == ["yaml/duplicate-key"]
    assert found[0].location is not None
    assert (found[0].location.line, found[0].location.column) == second
    related = found[0].related[0]
    assert (related.location.line, related.location.column) == first
    assert related.message == "first given here"


def test_every_repetition_of_a_key_is_reported_with_the_first(tmp_path: Path) -> None:
    found = refuse("a: 1\na: 2\nb: 1\na: 3\nb: 2\n", tmp_path)

    places = [one.location.line for one in found if one.location is not None]
    assert places == [2, 4, 5]
    assert [one.related[0].location.line for one in found] == [1, 1, 3]


def test_a_key_given_again_through_a_merge_is_refused_as_a_merge(tmp_path: Path) -> None:
    found = refuse("base: &b {a: 1}\ncopy:\n  a: 2\n  <<: *b\n", tmp_path)

    assert [one.rule for one in found] == ["yaml/merge-key"]
    assert found[0].help == "use include, for_each or values instead"


def test_keys_that_differ_in_case_are_different(tmp_path: Path) -> None:
    path = tmp_path / "spec.yaml"
    path.write_text("a: 1\nA: 2\n", encoding="utf-8")

    outcome = load_spec(str(path))

    assert outcome.value is not None
    assert outcome.value[0].root == {"a": 1, "A": 2}


@pytest.mark.parametrize(
    "text",
    [
        "~: 1\n",
        "null: 1\n",
        "Null: 1\n",
        "NULL: 1\n",
        "a:\n  ? \n  : 1\n",
        "? \n: 1\n",
        "? &a\n: 1\n",
    ],
)
def test_an_empty_key_is_refused(text: str, tmp_path: Path) -> None:
    found = refuse(text, tmp_path)

    assert [one.rule for one in found] == ["yaml/bad-key"]
    assert found[0].message == "a key is empty"


@pytest.mark.parametrize("key", ["[a, b]", "{a: b}", "[]", "{}", "\n  - a"])
def test_a_list_or_a_mapping_cannot_be_a_key(key: str, tmp_path: Path) -> None:
    found = refuse(f"? {key}\n: 1\n", tmp_path)

    assert [one.rule for one in found] == ["yaml/bad-key"]
    assert found[0].message == "a list or a mapping cannot be a key"


@pytest.mark.parametrize("key", ["1", "1.5", "true", "no", "0777", "2024-01-02", ".inf", "1_0"])
def test_a_key_is_text_whatever_it_looks_like(key: str, tmp_path: Path) -> None:
    path = tmp_path / "spec.yaml"
    path.write_text(f"{key}: 1\n", encoding="utf-8")

    outcome = load_spec(str(path))

    assert outcome.value is not None
    assert outcome.value[0].root == {key: 1}


def test_keys_and_values_know_where_they_stand(tmp_path: Path) -> None:
    path = tmp_path / "spec.yaml"
    path.write_text('top:\n  "quoted key": [1, {inner: value}]\n', encoding="utf-8")

    outcome = load_spec(str(path))

    assert outcome.value is not None
    root = outcome.value[0].root
    file = str(path)
    assert root.key_place("top") == Location(file, 1, 1, 3)
    assert root.place("top", "quoted key", 0) == Location(file, 2, 18, 1)
    assert root.place("top", "quoted key", 1, "inner") == Location(file, 2, 29, 5)


def test_the_second_of_two_equal_keys_is_marked(tmp_path: Path) -> None:
    found = refuse("service: shop\nservice: store\n", tmp_path)

    assert marked_text(found[0]) == "service"
    assert found[0].message == 'the key "service" stands twice in one mapping'

"""A misspelt key is always an error, where it stands, with the key that was meant."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from support import ROOT
from watchspec.diagnostics import Diagnostic, Severity
from watchspec.load import load_spec
from watchspec.model.source import Document, Map, Node, Seq
from watchspec.pipeline import compile_spec
from watchspec.validate import validate_documents

SCHEMA = json.loads((ROOT / "schema" / "v1" / "spec.schema.json").read_text(encoding="utf-8"))
DEFINITIONS = SCHEMA["$defs"]
MAXIMAL = Path(__file__).parent / "maximal.yaml"
SPECS = {"ai-video": ROOT / "specs" / "ai-video.yaml", "maximal": MAXIMAL}

Steps = tuple[str | int, ...]
"""The way from the root of a tree to a value."""


@dataclass(frozen=True, slots=True)
class Word:
    """A key of a spec that is a word of the language: where, and the properties it is one of."""

    path: Steps
    key: str
    properties: dict[str, Any]

    @property
    def meaning(self) -> int:
        """The same for two words that are the same property of the schema."""
        return id(self.properties[self.key])


@cache
def load(name: str) -> Document:
    outcome = load_spec(str(SPECS[name]))
    assert outcome.value is not None
    return outcome.value[0]


@cache
def validator(written: str) -> Any:
    return jsonschema_rs.validator_for({**json.loads(written), "$defs": DEFINITIONS})


def fitting(schema: dict[str, Any], value: Node) -> Iterator[dict[str, Any]]:
    """The parts of a schema that describe a value, references followed and alternatives chosen."""
    if "$ref" in schema:
        yield from fitting(DEFINITIONS[schema["$ref"].rsplit("/", 1)[1]], value)
    for branch in schema.get("anyOf", ()):
        if validator(json.dumps(branch)).is_valid(value):
            yield from fitting(branch, value)
    yield schema


def words_of(schema: dict[str, Any], value: Node, path: Steps = ()) -> Iterator[Word]:
    """Every word of the language in a tree that fits a schema."""
    for part in fitting(schema, value):
        properties = part.get("properties", {})
        others = part.get("additionalProperties")
        for key, inner in value.items() if isinstance(value, Map) else ():
            if key in properties:
                yield Word(path, key, properties)
                yield from words_of(properties[key], inner, (*path, key))
            elif isinstance(others, dict):
                yield from words_of(others, inner, (*path, key))
        if isinstance(value, Seq) and "items" in part:
            for index, inner in enumerate(value):
                yield from words_of(part["items"], inner, (*path, index))


def properties_of(schema: dict[str, Any]) -> Iterator[int]:
    """Every property in a part of the schema, as `Word.meaning` has it."""
    for inner in schema.get("properties", {}).values():
        yield id(inner)
        yield from properties_of(inner)
    further = (schema.get("additionalProperties"), schema.get("items"), *schema.get("anyOf", ()))
    for inner in further:
        if isinstance(inner, dict):
            yield from properties_of(inner)


def words(name: str) -> list[Word]:
    """The words of a spec but its version, without which it cannot be read at all."""
    found = words_of(SCHEMA, load(name).root)
    return [word for word in found if word.path or word.key != "version"]


def one_of_each(name: str) -> list[Word]:
    """The words of a spec, each once for each meaning."""
    return list({word.meaning: word for word in words(name)}.values())


def misspell(node: Node, path: Steps, key: str, wrong: str, depth: int = 0) -> Node:
    """The tree with another key at a place, without the other sections, things and items.

    What is left out does not matter for the shape, and the rest keeps its places.
    """
    if isinstance(node, Seq):
        items = Seq(node.start)
        step = path[0]
        assert isinstance(step, int)
        items.put(misspell(node[step], path[1:], key, wrong, depth + 1), node.places[step])
        return items
    assert isinstance(node, Map)
    copy = Map(node.start)
    for name, value, key_place, place in node.entries():
        if not path:
            copy.put(wrong if name == key else name, value, key_place, place)
        elif name == path[0]:
            inside = misspell(value, path[1:], key, wrong, depth + 1)
            copy.put(name, inside, key_place, place)
        elif depth > 1 or (depth == 0 and name in {"version", "service", "environments"}):
            copy.put(name, value, key_place, place)
    return copy


def find_errors(document: Document, word: Word, wrong: str) -> list[Diagnostic]:
    """What is said of a document with a misspelt word."""
    root = misspell(document.root, word.path, word.key, wrong)
    assert isinstance(root, Map)
    outcome = validate_documents((replace(document, root=root),))
    return [one for one in outcome.diagnostics if one.severity is Severity.ERROR]


def check_misspelling(name: str, word: Word, wrong: str) -> None:
    """Assert that a misspelt word is reported where it stands, with the one that was meant."""
    document = load(name)
    mapping: Any = document.root
    for step in word.path:
        mapping = mapping[step]

    found = find_errors(document, word, wrong)

    where = ".".join(map(str, (*word.path, wrong)))
    here = [one for one in found if one.rule == "spec/unknown-key"]
    assert [one.location for one in here] == [mapping.key_place(word.key)], (where, found)
    assert here[0].message.startswith(f'unknown key "{wrong}"'), where
    assert here[0].hint == f'did you mean "{word.key}"?', where


def test_the_maximal_spec_is_without_mistakes() -> None:
    compiled = compile_spec(str(MAXIMAL))

    assert [one for one in compiled.diagnostics if one.severity > Severity.NOTE] == []
    assert len(compiled.templates) == 1


def test_the_maximal_spec_uses_every_word_of_the_language() -> None:
    used = {word.meaning for word in words_of(SCHEMA, load("maximal").root)}

    wanted = {one for schema in (SCHEMA, *DEFINITIONS.values()) for one in properties_of(schema)}
    assert len(wanted) > 400
    assert used == wanted


def test_every_kind_of_key_is_found_when_it_is_misspelt() -> None:
    for word in one_of_each("ai-video"):
        check_misspelling("ai-video", word, f"{word.key}{word.key[-1]}")


@pytest.mark.slow
@pytest.mark.parametrize("name", SPECS)
def test_every_key_of_a_spec_is_found_when_it_has_a_letter_too_many(name: str) -> None:
    for word in words(name):
        check_misspelling(name, word, f"{word.key}{word.key[-1]}")


@pytest.mark.slow
@pytest.mark.parametrize("mistake", ["a letter missing", "upper case"])
def test_every_word_of_the_language_is_found_however_it_is_misspelt(mistake: str) -> None:
    tried = 0

    for word in one_of_each("maximal"):
        key = word.key
        wrong = {
            "a letter missing": f"{key[:1]}{key[2:]}",
            "upper case": key.upper(),
        }[mistake]
        if wrong != key and wrong not in word.properties:
            check_misspelling("maximal", word, wrong)
            tried += 1

    assert tried > 400

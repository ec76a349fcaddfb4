"""What every part of the schema keeps to, so that editors, reference and error messages are good."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from itertools import combinations
from typing import Any

import jsonschema
import pytest

from support import ROOT

Schema = dict[str, Any]

SCHEMA: Schema = json.loads((ROOT / "schema/v1/spec.schema.json").read_text(encoding="utf-8"))
PROJECT: Schema = json.loads((ROOT / "schema/v1/project.schema.json").read_text(encoding="utf-8"))
DEFINITIONS: dict[str, Schema] = SCHEMA["$defs"]
KEYWORDS = {
    *("$schema", "$id", "$ref", "$defs", "title", "description", "default", "examples"),
    *("type", "const", "enum", "pattern", "patternErrorMessage", "minLength", "maxLength"),
    *("minimum", "maximum", "multipleOf", "items", "minItems", "maxItems"),
    *("properties", "required", "additionalProperties", "propertyNames"),
    *("minProperties", "maxProperties", "dependentRequired", "anyOf", "oneOf", "allOf", "not"),
}
"""The keywords whose errors are put into words; another one would say "is not possible here"."""
NOT_READ = {
    # Passed on as they are, in the words of the dashboard body.
    **dict.fromkeys(("aggregateBy", "func", "key", "labels", "metricName"), "explorer"),
    **dict.fromkeys(("resourceType", "splitBy", "widgetOptions"), "explorer"),
    **dict.fromkeys(("rowsPerPage", "widgetsPerRow"), "explorer"),
    **dict.fromkeys(("plotOptions", "step", "xAxis"), "chart"),
}


def children(schema: Schema, path: str) -> Iterator[tuple[str, Schema]]:
    """The schemas directly inside a schema, with their places."""
    for word in ("properties", "$defs"):
        for key, inner in schema.get(word, {}).items():
            yield f"{path}/{key}" if path else key, inner
    for word in ("additionalProperties", "items", "propertyNames", "not"):
        if isinstance(schema.get(word), dict):
            yield f"{path} ({word})", schema[word]
    for word in ("anyOf", "oneOf", "allOf"):
        for index, inner in enumerate(schema.get(word, ())):
            yield f"{path} ({word} {index})", inner


def walk(schema: Schema, path: str = "") -> Iterator[tuple[str, Schema]]:
    """Every schema with its place."""
    yield path, schema
    for inner_path, inner in children(schema, path):
        yield from walk(inner, inner_path)


def needed(schema: Schema) -> set[str]:
    """The keys that must be given, or of which one must be."""
    choices = [schema, *schema.get("allOf", ())]
    branches = [branch for choice in choices for branch in choice.get("oneOf", ())]
    return {key for part in (schema, *branches) for key in part.get("required", ())}


ALL = dict(walk(SCHEMA)) | dict(walk(PROJECT, "project"))
PROPERTIES = [
    (f"{path}/{key}", inner, key in needed(schema))
    for path, schema in ALL.items()
    for key, inner in schema.get("properties", {}).items()
]


def resolve(schema: Schema) -> Schema:
    """A schema with what it refers to; its own words go before those of the definition."""
    while "$ref" in schema:
        own = {word: value for word, value in schema.items() if word != "$ref"}
        schema = DEFINITIONS[schema["$ref"].removeprefix("#/$defs/")] | own
    return schema


def test_the_schema_is_a_schema() -> None:
    for schema in (SCHEMA, PROJECT):
        jsonschema.Draft202012Validator.check_schema(schema)
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"

    assert len(PROPERTIES) > 400


def test_only_keywords_are_used_whose_errors_are_put_into_words() -> None:
    assert {word for schema in ALL.values() for word in schema} <= KEYWORDS


def test_every_property_has_a_title_and_a_description() -> None:
    for path, schema, _ in PROPERTIES:
        described = resolve(schema)
        assert described.get("title"), path
        assert described.get("description", "").endswith("."), path


def test_everything_an_author_may_write_has_a_title_and_a_description() -> None:
    for path, schema in ALL.items():
        for word in ("items", "additionalProperties", "propertyNames"):
            inner = schema.get(word)
            if isinstance(inner, dict) and "enum" not in inner and inner != {"type": "object"}:
                described = resolve(inner)
                is_plain = set(inner) <= {"type"}
                assert is_plain or (described.get("title") and described.get("description")), path


def test_titles_and_descriptions_are_short_sentences() -> None:
    for path, schema in ALL.items():
        if path and "title" in schema:
            assert len(schema["title"]) <= 30, path
            assert schema["title"][0].isupper(), path
        if "description" in schema:
            assert "\n" not in schema["description"], path
            assert schema["description"].endswith("."), path


def test_every_property_is_needed_or_has_a_default_or_says_what_happens_without_it() -> None:
    for path, schema, is_required in PROPERTIES:
        described = resolve(schema)
        says = "Left out:" in described.get("description", "")
        assert is_required or "default" in described or says, path


def test_nothing_that_must_be_given_has_a_default_of_its_own() -> None:
    assert [
        path for path, schema, is_required in PROPERTIES if is_required and "default" in schema
    ] == []


def test_every_default_is_a_value_that_fits() -> None:
    for path, schema in ALL.items():
        if "default" in schema:
            validator = jsonschema.Draft202012Validator({**schema, "$defs": DEFINITIONS})
            assert validator.is_valid(schema["default"]), path


def test_every_mapping_with_words_of_its_own_is_closed() -> None:
    for path, schema in ALL.items():
        if "properties" in schema:
            assert schema.get("type") == "object", path
            assert schema.get("additionalProperties") is False, path
            assert set(schema.get("required", ())) <= set(schema["properties"]), path


def test_every_list_says_what_it_holds() -> None:
    # The items of a for_each are the author's own.
    free = {
        path
        for path, schema in ALL.items()
        if schema.get("type") == "array" and "items" not in schema
    }

    assert free == {"forEach (additionalProperties) (anyOf 0)"}


def test_every_text_says_what_it_may_hold() -> None:
    for path, schema in ALL.items():
        if schema.get("type") == "string":
            assert {"pattern", "minLength", "enum"} & set(schema), path


def test_every_pattern_is_for_the_whole_text_and_explained() -> None:
    for path, schema in ALL.items():
        if "pattern" in schema:
            assert schema["pattern"].startswith("^"), path
            assert schema["pattern"].endswith("$"), path
            says = schema["patternErrorMessage"]
            assert not says.endswith("."), path
            assert "\n" not in says, path


def test_every_definition_is_used() -> None:
    used = {schema["$ref"] for schema in ALL.values() if "$ref" in schema}

    assert used == {f"#/$defs/{name}" for name in DEFINITIONS}


def test_one_of_is_a_choice_between_keys() -> None:
    for path, schema in ALL.items():
        for branch in schema.get("oneOf", ()):
            assert set(branch) == {"required"}, path
            assert set(branch["required"]) <= set(schema_around(path)["properties"]), path


def test_not_and_dependent_required_are_about_two_keys() -> None:
    for path, schema in ALL.items():
        if "not" in schema:
            assert set(schema["not"]) == {"required"}, path
            assert len(schema["not"]["required"]) == 2, path
            assert set(schema["not"]["required"]) <= set(schema_around(path)["properties"]), path
        for key, needed in schema.get("dependentRequired", {}).items():
            assert {key, *needed} <= set(schema["properties"]), path


def schema_around(path: str) -> Schema:
    """The schema a part of an allOf belongs to, or the schema itself."""
    return ALL[path.split(" (allOf", maxsplit=1)[0]]


def test_all_of_adds_choices_and_nothing_else() -> None:
    for path, schema in ALL.items():
        for branch in schema.get("allOf", ()):
            assert set(branch) <= {"oneOf", "not"}, path


def kinds(schema: Schema) -> set[str]:
    """The JSON types a schema takes."""
    wanted = schema.get("type", "string" if "enum" in schema else ())
    return {wanted} if isinstance(wanted, str) else set(wanted)


def flatten(branches: list[Schema]) -> list[Schema]:
    """Alternatives, with the alternatives of alternatives written out."""
    flat: list[Schema] = []
    for branch in map(resolve, branches):
        flat.extend(flatten(branch["anyOf"]) if "anyOf" in branch else [branch])
    return flat


@pytest.mark.parametrize("path", [path for path, schema in ALL.items() if "anyOf" in schema])
def test_alternatives_can_be_told_apart_by_their_type_or_by_a_key(path: str) -> None:
    branches = flatten(ALL[path]["anyOf"])
    values = [branch for branch in branches if branch.get("title") != "Reference"]

    assert all(kinds(branch) for branch in branches)
    for one, other in combinations(values, 2):
        if kinds(one) != {"object"} or kinds(other) != {"object"}:
            assert not kinds(one) & kinds(other)
        elif "required" in one and "required" in other:
            assert one["required"][0] != other["required"][0]
        else:
            assert not set(one["properties"]) & set(other["properties"])


def test_only_references_are_called_so() -> None:
    named = {path for path, schema in ALL.items() if schema.get("title") == "Reference"}

    assert named == {"reference"}


def test_every_word_of_the_schema_is_read_by_the_compiler() -> None:
    read = set()
    for path in (ROOT / "compiler").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                read.add(node.value)

    words = {path.rsplit("/", 1)[1] for path, _, _ in PROPERTIES}
    assert words - read == set(NOT_READ)

"""Templates as YAML: every reader reads the same, and so do people."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from golden.cases import every_stack
from support import HEAD, compile_text, errors
from watchspec.emit.yaml_text import write_yaml
from watchspec.load import load_spec
from watchspec.model.source import Map, Node, Seq
from watchspec.pipeline import compile_spec

# What the loader lets into a spec: no control, bidirectional and zero-width characters.
TEXTS = st.text(
    st.characters(
        codec="utf-8", categories=["L", "M", "N", "P", "S", "Zs"], include_characters="\t\n"
    ),
    max_size=30,
)
SCALARS = st.one_of(
    TEXTS, st.booleans(), st.integers(-(2**53), 2**53), st.sampled_from([0.5, -1.25, 1e-9, 1e15])
)
TREES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.from_regex(r"[A-Z][a-z]{1,8}", fullmatch=True), inner, max_size=4)
    ),
    max_leaves=12,
)


@pytest.mark.parametrize("name", list(every_stack()))
def test_stack_reads_the_same_in_our_strict_loader_as_elsewhere(name: str, tmp_path: Path) -> None:
    text = every_stack()[name].text

    assert read_strictly(text, tmp_path) == yaml.load(text, Loader=yaml.CSafeLoader)


def test_stacks_hold_no_anchors_no_aliases_and_no_tags() -> None:
    for name, stack in every_stack().items():
        for event in yaml.parse(stack.text, Loader=yaml.CSafeLoader):
            assert not isinstance(event, yaml.AliasEvent), name
            assert getattr(event, "anchor", None) is None, name
            assert getattr(event, "tag", None) is None, name


def test_something_used_twice_is_written_twice() -> None:
    shared = [{"Key": "environment", "Value": "prod"}]

    text = write_yaml({"One": shared, "Other": shared})

    assert text.count("{Key: environment, Value: prod}") == 2
    assert "&" not in text
    assert "*" not in text


@given(tree=TREES)
def test_any_tree_comes_back_from_both_loaders(tree: Any, tmp_path: Path) -> None:
    text = write_yaml({"Tree": tree})

    assert yaml.load(text, Loader=yaml.CSafeLoader) == {"Tree": tree}
    assert read_strictly(text, tmp_path) == {"Tree": tree}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "~",
        "null",
        "yes",
        "No",
        "on",
        "true",
        "0",
        "0777",
        "012345678901",
        "089",
        "1_000",
        "0x1F",
        "0b11",
        "0o17",
        ".5",
        "1.",
        "+1",
        "-0",
        "1e3",
        "1e-7",
        "5e12345",
        "12345678e90",
        "1.0e+3",
        ".inf",
        ".nan",
        "12:30:00",
        "2026-11-24",
        "2026-11-24T10:00:00Z",
        "=",
        "<<",
        "- a",
        "a: b",
        "a #b",
        "#a",
        "*a",
        "&a",
        "!a",
        "%a",
        "@a",
        "`a",
        "'a'",
        '"a"',
        "{a}",
        "[a]",
        "|",
        ">",
        "? a",
        "---",
        "...",
        " a",
        "a ",
        "a\\b",
        "é",
        "日本",
        "😀",
        "a\tb",
        "a\nb",
        "a\nb\n",
        "\na",
        "  a\nb",
        "a \nb",
    ],
)
def test_text_stays_the_text_it_is(text: str, tmp_path: Path) -> None:
    written = write_yaml({"Value": text})

    assert yaml.load(written, Loader=yaml.CSafeLoader) == {"Value": text}
    assert read_strictly(written, tmp_path) == {"Value": text}


@pytest.mark.parametrize(
    "text", ["012345678901", "1e3", "-P3D", "+4915", ".5", "2027-01-01T00:00", "5e", "1_000"]
)
def test_text_that_begins_like_a_number_is_quoted(text: str) -> None:
    assert write_yaml({"Value": text}) == f"Value: '{text}'\n"


@pytest.mark.parametrize("text", ["prod-shop", "5 of 10", "a1", "arn:aws:sns:eu-west-1:1:a", "/a"])
def test_other_text_is_not_quoted(text: str) -> None:
    assert write_yaml({"Value": text}) == f"Value: {text}\n"


@pytest.mark.parametrize("value", [True, False, 0, -5, 2**53, 0.1, 1e-9, [], {}, [[]], {"A": {}}])
def test_other_values_stay_what_they_are(value: Any, tmp_path: Path) -> None:
    written = write_yaml({"Value": value})

    assert read_strictly(written, tmp_path) == {"Value": value}


def test_text_of_several_lines_keeps_its_lines() -> None:
    text = write_yaml({"Query": 'filter level = "ERROR"\n| stats count(*)'})

    assert text == 'Query: |-\n  filter level = "ERROR"\n  | stats count(*)\n'


def test_long_line_is_not_folded() -> None:
    text = write_yaml({"Query": "word " * 400 + "end"})

    assert text.count("\n") == 1


@pytest.mark.parametrize(
    "line",
    [
        "two spaces at its end  ",
        "a smile 😀",
        "ünïcödé and 日本",
        "'quotes' and \"quotes\" and \\ and: and #",
    ],
)  # fmt: skip
def test_dashboard_stays_readable_whatever_its_text_says(line: str, tmp_path: Path) -> None:
    spec = f"dashboards:\n  web:\n    rows:\n      - text: |\n          {line}\n          more\n"

    (stack,) = compile_text(HEAD + spec, tmp_path).templates

    assert "DashboardBody: |-\n" in stack.text


@pytest.mark.parametrize(
    "line",
    [
        "filter a = 1  ",
        "filter a = 'é'",
        pytest.param("filter a = '😀'", marks=pytest.mark.xfail(
            strict=True, reason="the whole query becomes one quoted line"
        )),
    ],
)  # fmt: skip
def test_query_stays_readable_whatever_it_says(line: str, tmp_path: Path) -> None:
    spec = f"queries:\n  q:\n    question: What?\n    query: |\n      {line}\n      | limit 1\n"

    (stack,) = compile_text(HEAD + spec, tmp_path).templates

    assert "QueryString: |-\n" in stack.text


def test_names_and_values_share_a_line_and_nothing_else_does() -> None:
    text = write_yaml(
        {
            "Tags": [{"Key": "a", "Value": "b, c: {d}"}],
            "Dimensions": [{"Name": "a", "Value": {"Ref": "B"}}],
            "Other": {"Name": "a"},
        }
    )

    assert text == (
        "Tags:\n- {Key: a, Value: 'b, c: {d}'}\n"
        "Dimensions:\n- Name: a\n  Value: {Ref: B}\n"
        "Other:\n  Name: a\n"
    )


@pytest.mark.parametrize("length", [60, 61, 255])
def test_logical_id_of_a_long_name_stays_a_plain_key(length: int, tmp_path: Path) -> None:
    (stack,) = compile_text(
        f"{HEAD}logs:\n  {'a' * length}: {{group: /a, retention: 1 day}}\n", tmp_path
    ).templates

    assert f"\n  LogA{'a' * 59}" in stack.text
    assert "\n  ? " not in stack.text


def test_first_line_names_the_spec(tmp_path: Path) -> None:
    (stack,) = compile_text(HEAD + "logs: {a: {group: /a, retention: 1 day}}\n", tmp_path).templates

    assert stack.text.split("\n")[0] == (
        "# Made by watchspec from spec.yaml. Do not edit: change the spec and compile it again."
    )


@pytest.mark.parametrize(
    "name",
    [
        "ünïcödé and spaces.yaml",
        pytest.param("a\nResources: {}\n#.yaml", id="lines"),
        pytest.param("a\u2028b.yaml", id="line separator"),
        pytest.param("a\udcff.yaml", id="not UTF-8"),
    ],
)
def test_first_line_stays_one_line_whatever_the_spec_is_called(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(HEAD + "logs: {a: {group: /a, retention: 1 day}}\n", encoding="utf-8")

    compiled = compile_spec(str(path))

    if errors(compiled):
        return
    first, second = compiled.templates[0].text.splitlines()[:2]
    assert first.startswith("# Made by watchspec from ")
    assert first.endswith(" Do not edit: change the spec and compile it again.")
    assert second == "AWSTemplateFormatVersion: '2010-09-09'"
    assert compiled.templates[0].text.encode()


def read_strictly(text: str, folder: Path) -> Any:
    """What our own loader reads."""
    path = folder / "text.yaml"
    path.write_text(text, encoding="utf-8")
    outcome = load_spec(str(path))
    assert outcome.value is not None, outcome.diagnostics
    return plain(outcome.value[0].root)


def plain(node: Node) -> Any:
    """Located nodes as dicts and lists."""
    if isinstance(node, Map):
        return {key: plain(value) for key, value in node.items()}
    return [plain(value) for value in node] if isinstance(node, Seq) else node

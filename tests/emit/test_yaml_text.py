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


FILE_NAMES = pytest.mark.xfail(strict=True, reason="the name stands in the template as it is")
NUMBER_ELSEWHERE = pytest.mark.xfail(
    strict=True, reason="unquoted, though other readers than PyYAML see a number"
)


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
        pytest.param("012345678901", marks=NUMBER_ELSEWHERE),
        pytest.param("089", marks=NUMBER_ELSEWHERE),
        "1_000",
        "0x1F",
        "0b11",
        pytest.param("0o17", marks=NUMBER_ELSEWHERE),
        ".5",
        "1.",
        "+1",
        "-0",
        pytest.param("1e3", marks=NUMBER_ELSEWHERE),
        pytest.param("1e-7", marks=NUMBER_ELSEWHERE),
        pytest.param("5e12345", marks=NUMBER_ELSEWHERE),
        pytest.param("12345678e90", marks=NUMBER_ELSEWHERE),
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
        pytest.param("a smile 😀", marks=pytest.mark.xfail(
            strict=True, reason="the whole text becomes one quoted line"
        )),
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
        pytest.param("filter a = 1  ", marks=pytest.mark.xfail(
            strict=True, reason="the whole query becomes one quoted line"
        )),
        "filter a = 'é'",
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


def test_long_logical_id_stays_a_plain_key(tmp_path: Path) -> None:
    name = "a" * 100

    (stack,) = compile_text(
        f"{HEAD}logs:\n  {name}: {{group: /a, retention: 1 day}}\n", tmp_path
    ).templates

    assert f"\n  LogA{'a' * 99}:\n" in stack.text


@pytest.mark.xfail(strict=True, reason="keys of more than 128 characters are written as ? key")
def test_very_long_logical_id_stays_a_plain_key(tmp_path: Path) -> None:
    (stack,) = compile_text(
        f"{HEAD}logs:\n  {'a' * 200}: {{group: /a, retention: 1 day}}\n", tmp_path
    ).templates

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
        pytest.param("a\nResources: {}\n#.yaml", id="lines", marks=FILE_NAMES),
        pytest.param("a\u2028b.yaml", id="line separator", marks=FILE_NAMES),
        pytest.param("a\udcff.yaml", id="not UTF-8", marks=FILE_NAMES),
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

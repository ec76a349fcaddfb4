"""What the parser complains about, in words for the person who typed it."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import marked_text
from watchspec.load import load_spec

MISTAKES = [
    ("a second colon", "description: a: b\n", 'a second ":" in one line', (1, 15)),
    ("a tab", "a:\n\tb: 1\n", "a tab cannot indent YAML", (2, 1)),
    ("a percent sign", "a: %x\n", 'a value cannot begin with "%"', (1, 4)),
    ("an at sign", "a: @b\n", 'a value cannot begin with "@"', (1, 4)),
    ("a backtick", "a: `b`\n", 'a value cannot begin with "`"', (1, 4)),
    ("an open quote", 'a: "b\n', "a quoted value is never closed", (1, 4)),
    ("an open single quote", "a: 'b\n", "a quoted value is never closed", (1, 4)),
    ("an open list", "a: [1, 2\n", '"[" is never closed', (1, 4)),
    ("an open mapping", "a: {b: 1\n", '"{" is never closed', (1, 4)),
    ("a list beside a key", "a: - b\n", 'a list item ("- ") cannot begin here', (1, 4)),
    ("a quote in quotes", "a: 'it's'\n", "no key where one is expected", (1, 8)),
    ("too little indentation", "a:\n    b: 1\n  c: 2\n", "no key where one is expected", (3, 3)),
    ("a list that ends", "a:\n  - b\n  c: 1\n", "no list item where one is expected", (3, 3)),
    ("an escape that is none", 'a: "\\q"\n', "the escape is unknown", (1, 5)),
    ("another YAML", "%YAML 2.0\n---\na: 1\n", "the %YAML version is not supported", (1, 1)),
    ("a line too far in", "a: 1\n  b: 2\n", "the line is indented too far for a key", (2, 3)),
    ("a reference", "a: {b: ${c}}\n", '"${" begins a mapping where it is not in quotes', (1, 8)),
    ("a color", "a: {b: #1f77b4}\n", '"#" begins a comment where it is not in quotes', (1, 8)),
    ("a wildcard", "a: *.log\n", 'a value cannot begin with "*"', (1, 4)),
    ("an ampersand", "a: & b\n", 'a value cannot begin with "&"', (1, 4)),
    ("a tab in a block", "a: |\n\tb\n", "a tab cannot indent YAML", (2, 1)),
    ("a line of percent", "%FOO\n---\na: 1\n", 'a line cannot begin with "%"', (1, 1)),
    ("two %YAML lines", "%YAML 1.1\n%YAML 1.1\n---\na: 1\n", "a second %YAML line", (2, 1)),
    ("text behind the end", "{a: 1} x\n", "the document has ended before this", (1, 8)),
    ("a value that is missing", "a: , b\n", "a value is missing", (1, 4)),
    ("a tag handle", "a: !x!y z\n", 'a value cannot begin with "!"', (1, 4)),
]


@pytest.mark.parametrize(
    ("text", "message", "place"),
    [mistake[1:] for mistake in MISTAKES],
    ids=[mistake[0] for mistake in MISTAKES],
)
def test_a_syntax_error_says_what_is_wrong_and_where(
    text: str, message: str, place: tuple[int, int], tmp_path: Path
) -> None:
    path = tmp_path / "spec.yaml"
    path.write_text(text, encoding="utf-8")

    outcome = load_spec(str(path))

    assert outcome.value is None
    assert [(one.rule, one.message) for one in outcome.diagnostics] == [("yaml/syntax", message)]
    location = outcome.diagnostics[0].location
    assert location is not None
    assert (location.line, location.column) == place


def test_a_key_without_a_colon_is_marked_itself(tmp_path: Path) -> None:
    path = tmp_path / "spec.yaml"
    path.write_text("a: 1\nb\nc: 2\n", encoding="utf-8")

    outcome = load_spec(str(path))

    assert outcome.diagnostics[0].message == 'a key without ":"'
    assert marked_text(outcome.diagnostics[0]) == "b"


@pytest.mark.parametrize("written", ["> 70%", ">= 70%", ">70%"])
def test_a_level_that_needs_quotes_is_told_so(written: str, tmp_path: Path) -> None:
    path = tmp_path / "spec.yaml"
    path.write_text(f"levels:\n  high: {written}\n", encoding="utf-8")

    outcome = load_spec(str(path))

    assert outcome.diagnostics[0].message == 'a value cannot begin with ">"'
    assert outcome.diagnostics[0].help == "put the value in quotes"


def test_a_reference_that_needs_quotes_is_told_so(tmp_path: Path) -> None:
    path = tmp_path / "spec.yaml"
    path.write_text("dimensions: {ClusterName: ${cluster}}\n", encoding="utf-8")

    outcome = load_spec(str(path))

    assert "quotes" in outcome.diagnostics[0].help


def test_what_is_never_closed_points_back_to_its_beginning(tmp_path: Path) -> None:
    path = tmp_path / "spec.yaml"
    path.write_text("a: 1\nb: [1,\n  2\nc: 3\n", encoding="utf-8")

    outcome = load_spec(str(path))

    assert marked_text(outcome.diagnostics[0]) == "["
    assert outcome.diagnostics[0].help == 'add "," or "]"'

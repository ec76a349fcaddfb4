"""A file holds one mapping: not nothing, not a list, not two documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from watchspec.load import load_spec

BEGIN = 'begin the spec with "version: v1"'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the file is empty"),
        ("\n\n \n", "the file is empty"),
        ("# nothing yet\n", "the file holds only comments"),
        ("# a\n\n  # b\n", "the file holds only comments"),
        ("- version: v1\n", "the file holds a list, not a mapping"),
        ("[]", "the file holds a list, not a mapping"),
        ("version v1", "the file holds a single value, not a mapping"),
        ("5", "the file holds a single value, not a mapping"),
        ("null", "the file holds a single value, not a mapping"),
        ("---\n", "the file holds a single value, not a mapping"),
        ('"{}"', "the file holds a single value, not a mapping"),
    ],
)
def test_a_file_without_a_mapping_is_told_what_it_holds(
    text: str, message: str, tmp_path: Path
) -> None:
    path = tmp_path / "spec.yaml"
    path.write_text(text, encoding="utf-8")

    outcome = load_spec(str(path))

    assert outcome.value is None
    assert [(one.rule, one.message, one.help) for one in outcome.diagnostics] == [
        ("yaml/no-content", message, BEGIN)
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("version: v1\n---\nversion: v1\n", 2),
        ("---\na: 1\n---\nb: 2\n", 3),
        ("a: 1\n...\n---\nb: 2\n", 3),
        ("a: 1\n---\n", 2),
        ("a: 1\n" + "---\nb: 1\n" * 1000, 2),
    ],
)
def test_a_second_document_is_refused_where_it_begins(text: str, line: int, tmp_path: Path) -> None:
    path = tmp_path / "spec.yaml"
    path.write_text(text, encoding="utf-8")

    outcome = load_spec(str(path))

    assert outcome.value is None
    assert [one.rule for one in outcome.diagnostics] == ["yaml/several-documents"]
    assert outcome.diagnostics[0].location is not None
    assert outcome.diagnostics[0].location.line == line


@pytest.mark.parametrize(
    "text", ["{}", "---\n{}\n...\n", "%YAML 1.2\n---\na: 1\n", "{a: 1}\n...\n"]
)
def test_one_mapping_is_a_document_however_it_is_framed(text: str, tmp_path: Path) -> None:
    path = tmp_path / "spec.yaml"
    path.write_text(text, encoding="utf-8")

    outcome = load_spec(str(path))

    assert outcome.diagnostics == ()

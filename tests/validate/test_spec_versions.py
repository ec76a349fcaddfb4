"""A spec says which version of the language it is written in."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import HEAD, compile_text, errors, marked_text, only_error
from watchspec.pipeline import compile_spec

REST = HEAD.removeprefix("version: v1\n")


def test_a_spec_without_a_version_is_told_what_to_write(tmp_path: Path) -> None:
    found = only_error(compile_text(REST, tmp_path), "spec/missing-version")

    assert found.message == "the spec does not say its version"
    assert found.help == 'begin it with "version: v1" (supported: v1)'
    assert found.location is not None
    assert (found.location.line, found.location.column) == (1, 1)


@pytest.mark.parametrize("version", ["v2", "v10", "v999999"])
def test_a_newer_version_needs_a_newer_watchspec(version: str, tmp_path: Path) -> None:
    text = f"version: {version}\nsomething_new: true\n{REST}"

    found = only_error(compile_text(text, tmp_path), "spec/unsupported-version")

    assert found.message == f'version "{version}" is not supported'
    assert found.help == "supported: v1; a newer spec needs a newer watchspec"
    assert marked_text(found) == version


@pytest.mark.parametrize(
    "written",
    [
        *("v0", "v", "V1", "1", "v1.0", "v01", "v1beta", "1.0", "latest", '"v1 "', '" v1"', '""'),
        *("true", "null", "~", "[v1]", "{v: 1}", "2026-11-24", "v-2", "v1\u0661", "v9999999"),
    ],
)
def test_anything_else_is_refused_with_the_versions_there_are(written: str, tmp_path: Path) -> None:
    text = f"version: {written}\n{REST}"

    found = only_error(compile_text(text, tmp_path), "spec/unsupported-version")

    assert found.help == "supported: v1"
    assert found.location is not None
    assert (found.location.line, found.location.column) == (1, 10)


def test_the_version_may_stand_anywhere_and_in_quotes(tmp_path: Path) -> None:
    compiled = compile_text(REST + 'version: "v1"\n', tmp_path)

    assert errors(compiled) == []


def test_an_unsupported_version_is_all_that_is_said_of_a_file(tmp_path: Path) -> None:
    text = "version: v2\nunknown: 1\nservice: [not, text]\n"

    assert len(compile_text(text, tmp_path).diagnostics) == 1


@pytest.mark.parametrize(
    ("fragment", "rule"),
    [
        ("tags: {team: checkout}\n", "spec/missing-version"),
        ("version: v2\ntags: {team: checkout}\n", "spec/unsupported-version"),
    ],
)
def test_a_fragment_says_its_own_version(fragment: str, rule: str, tmp_path: Path) -> None:
    (tmp_path / "part.yaml").write_text(fragment, encoding="utf-8")

    found = only_error(compile_text(HEAD + "include: [part.yaml]\n", tmp_path), rule)

    assert found.location is not None
    assert Path(found.location.file).name == "part.yaml"


@pytest.mark.parametrize("key", ["verison", "Version", "versions", "apiVersion"])
def test_a_misspelt_version_is_found(key: str, tmp_path: Path) -> None:
    path = tmp_path / "spec.yaml"
    path.write_text(f"{REST}{key}: v1\n", encoding="utf-8")

    found = only_error(compile_spec(str(path)), "spec/missing-version")

    assert marked_text(found) == key
    assert found.hint == 'did you mean "version"?'


@pytest.mark.parametrize("written", ['"v2\\nx"', f'"{"v" * 500}"'])
def test_a_strange_version_is_shown_in_one_short_line(written: str, tmp_path: Path) -> None:
    found = only_error(
        compile_text(f"version: {written}\n{REST}", tmp_path), "spec/unsupported-version"
    )

    assert "\n" not in found.message
    assert len(found.message) < 120

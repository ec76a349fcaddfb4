"""Every kind of finding explains itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from support import call_watchspec
from watchspec.rulebook import ALL_RULES

CODES = [rule.id for rule in ALL_RULES]


@pytest.mark.parametrize("code", CODES)
def test_each_code_is_explained(tmp_path: Path, code: str) -> None:
    run = call_watchspec("explain", code, folder=tmp_path)

    assert (run.returncode, run.stderr) == (0, "")
    title, line, blank, sentence, *rest = run.stdout.splitlines()
    assert (title, line, blank) == (code, "=" * len(code), "")
    assert sentence.endswith(".")
    assert any(text.startswith("Why: ") for text in rest)


def test_list_of_codes_names_each_once_with_its_sentence(tmp_path: Path) -> None:
    run = call_watchspec("explain", "--all", folder=tmp_path)

    rows = [line.split(None, 1) for line in run.stdout.splitlines()]
    assert run.returncode == 0
    assert [code for code, _ in rows] == sorted(CODES)
    assert len(CODES) == len(set(CODES))
    assert all(sentence.endswith(".") for _, sentence in rows)


def test_codes_look_like_what_they_name() -> None:
    assert [
        code for code in CODES if not re.fullmatch(r"[a-z]+(-[a-z]+)*/[a-z0-9]+(-[a-z0-9]+)*", code)
    ] == []


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        ("yaml/synta", 'did you mean "yaml/syntax"?'),
        ("YAML/SYNTAX", 'did you mean "yaml/syntax"?'),
        ("unused-name", 'did you mean "reference/unused-name"?'),
        ("zzz", "list them with --all"),
    ],
)
def test_unknown_code_is_wrong_usage_with_a_hint(tmp_path: Path, code: str, hint: str) -> None:
    run = call_watchspec("explain", code, folder=tmp_path)

    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.splitlines()[-1] == f'Error: there is no code "{code}"; {hint}'


def test_code_in_a_finding_can_be_explained(tmp_path: Path) -> None:
    (tmp_path / "spec.yaml").write_text("version: v1\nservice: [\n", "utf-8")

    found = call_watchspec("check", "spec.yaml", folder=tmp_path).stdout

    code = found[found.index("[") + 1 : found.index("]")]
    assert call_watchspec("explain", code, folder=tmp_path).returncode == 0

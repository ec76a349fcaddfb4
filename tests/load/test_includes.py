"""A spec and the fragments it includes: how they are found, and what can go wrong on the way."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from support import HEAD, errors, marked_text
from watchspec.diagnostics import Diagnostic
from watchspec.load import load_spec
from watchspec.pipeline import compile_spec

LOGS = "version: v1\nlogs: {backend: {group: /shop, retention: 30 days}}\n"


def write(folder: Path, **files: str) -> str:
    """Write files (`a_b` becomes a/b.yaml); the path of the spec."""
    for name, text in files.items():
        path = folder / (name.replace("_", "/") + ".yaml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return str(folder / "spec.yaml")


def refuse(path: str) -> tuple[Diagnostic, ...]:
    outcome = load_spec(path)
    assert outcome.value is None
    return outcome.diagnostics


def test_a_fragment_is_found_relative_to_the_file_that_names_it(tmp_path: Path) -> None:
    spec = write(
        tmp_path,
        spec=HEAD + "include: [parts/logs.yaml]\n",
        parts_logs=LOGS + "include: [../more.yaml]\n",
        more="version: v1\ntags: {team: checkout}\n",
    )

    compiled = compile_spec(spec)

    assert errors(compiled) == []
    assert [os.path.relpath(file, tmp_path) for file, _ in compiled.inputs] == [
        "spec.yaml",
        os.path.join("parts", "logs.yaml"),
        "more.yaml",
    ]


def test_a_fragment_that_two_files_include_is_read_once(tmp_path: Path) -> None:
    spec = write(
        tmp_path,
        spec=HEAD + "include: [a.yaml, b.yaml]\n",
        a="version: v1\ninclude: [common.yaml]\n",
        b="version: v1\ninclude: [./common.yaml, parts/../common.yaml]\n",
        common=LOGS,
    )

    compiled = compile_spec(spec)

    assert errors(compiled) == []
    assert len(compiled.inputs) == 4


def test_fragments_that_are_reached_on_many_ways_are_read_once_each(tmp_path: Path) -> None:
    levels = 16
    for level in range(levels):
        both = f"version: v1\ninclude: [a{level + 1}.yaml, b{level + 1}.yaml]\n"
        write(tmp_path, **{f"a{level}": both, f"b{level}": both})
    write(tmp_path, **{f"a{levels}": LOGS, f"b{levels}": "version: v1\n"})
    spec = write(tmp_path, spec=HEAD + "include: [a0.yaml]\n")

    outcome = load_spec(spec)

    assert outcome.value is not None
    assert len(outcome.value) == 2 * levels + 2


def test_a_file_that_includes_itself_is_refused(tmp_path: Path) -> None:
    found = refuse(write(tmp_path, spec=HEAD + "include: [spec.yaml]\n"))

    assert [one.rule for one in found] == ["include/cycle"]
    assert marked_text(found[0]) == "spec.yaml"


def test_a_circle_of_files_is_shown_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(
        Path(),
        spec=HEAD + "include: [a.yaml]\n",
        a="version: v1\ninclude: [b.yaml]\n",
        b="version: v1\ninclude: [a.yaml]\n",
    )

    found = refuse("spec.yaml")

    assert [one.rule for one in found] == ["include/cycle"]
    assert found[0].message == "files include each other: a.yaml -> b.yaml -> a.yaml"
    assert found[0].location is not None
    assert found[0].location.file == "b.yaml"


@pytest.mark.skipif(sys.platform == "win32", reason="an absolute path looks different there")
def test_an_absolute_path_is_refused(tmp_path: Path) -> None:
    found = refuse(write(tmp_path, spec=HEAD + "include: [/etc/passwd]\n"))

    assert [one.rule for one in found] == ["include/bad-path"]
    assert found[0].message == 'the included path "/etc/passwd" is absolute'
    assert marked_text(found[0]) == "/etc/passwd"


def test_a_missing_fragment_is_reported_where_it_is_named(tmp_path: Path) -> None:
    spec = write(tmp_path, spec=HEAD + "include: [comon.yaml]\n", common=LOGS)

    found = refuse(spec)

    assert [one.rule for one in found] == ["file/unreadable"]
    assert found[0].message.endswith('comon.yaml": no such file')
    assert found[0].hint == 'did you mean "common.yaml"?'
    assert marked_text(found[0]) == "comon.yaml"


def test_a_folder_cannot_be_included(tmp_path: Path) -> None:
    spec = write(tmp_path, spec=HEAD + "include: [parts]\n", parts_a=LOGS)

    found = refuse(spec)

    assert found[0].message.endswith('parts" is a directory')
    assert marked_text(found[0]) == "parts"


@pytest.mark.parametrize("address", ["http://127.0.0.1/a.yaml", "https://example.com/a.yaml"])
def test_an_address_is_a_missing_file_like_any_other(address: str, tmp_path: Path) -> None:
    found = refuse(write(tmp_path, spec=HEAD + f'include: ["{address}"]\n'))

    assert [one.rule for one in found] == ["file/unreadable"]


def test_mistakes_of_all_files_are_reported_at_once_each_in_its_file(tmp_path: Path) -> None:
    spec = write(
        tmp_path,
        spec=HEAD + "include: [a.yaml, b.yaml]\n",
        a="version: v1\ntags: {a: .nan}\n",
        b="version: v1\ntags: {b: 0777}\n",
    )

    found = refuse(spec)

    places = [Path(one.location.file).name for one in found if one.location is not None]
    assert [one.rule for one in found] == ["yaml/bad-number", "yaml/ambiguous-scalar"]
    assert places == ["a.yaml", "b.yaml"]


def test_a_list_of_fragments_of_the_wrong_type_is_left_to_the_shape_check(tmp_path: Path) -> None:
    for written in ("parts.yaml", "5", "[5]", "{a: b}", '[""]'):
        spec = write(tmp_path, spec=HEAD + f"include: {written}\n")

        assert {one.rule for one in errors(compile_spec(spec))} <= {
            "spec/wrong-type",
            "spec/wrong-value",
        }
        assert load_spec(spec).value is not None


def test_a_long_chain_of_fragments_is_read_or_refused(tmp_path: Path) -> None:
    length = 1_200
    for number in range(length):
        write(tmp_path, **{f"f{number}": f"version: v1\ninclude: [f{number + 1}.yaml]\n"})
    write(tmp_path, **{f"f{length}": LOGS}, spec=HEAD + "include: [f0.yaml]\n")

    outcome = load_spec(str(tmp_path / "spec.yaml"))

    assert (outcome.value is None) is bool(outcome.diagnostics)

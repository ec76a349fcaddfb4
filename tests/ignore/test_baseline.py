"""The baseline lets an old repository adopt the checks: what was found then is not heard of again."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from support import HEAD, call_watchspec, run_watchspec
from watchspec.ignore import read_baseline, write_baseline

METRIC = "metrics: {m: {metric: AWS/DynamoDB ThrottledRequests, dimensions: {TableName: x, Operation: y}}}\n"
ALARM = "{severity: info, notify: [], when: {metric: m, above: 1, for: 5m}}"
OLD = HEAD + METRIC + f"values: {{spare: 1}}\nalarms:\n  one: {ALARM}\n"
FILE = ".watchspec-baseline.json"


def write_spec(folder: Path, text: str, name: str = "shop") -> None:
    (folder / "specs").mkdir(exist_ok=True)
    (folder / "specs" / f"{name}.yaml").write_text(text, encoding="utf-8")


def find(folder: Path, *arguments: str) -> list[dict[str, Any]]:
    run = call_watchspec("check", "--format", "json", *arguments, folder=folder)
    found: list[dict[str, Any]] = json.loads(run.stdout)
    return found


def rules(found: list[dict[str, Any]]) -> list[str]:
    return [one["rule"] for one in found]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such pipes")
@pytest.mark.parametrize("name", [FILE, ".watchspec.yaml", "spec.yaml"])
def test_a_pipe_is_refused_and_shown_without_waiting_for_a_writer(
    name: str, tmp_path: Path
) -> None:
    write_spec(tmp_path, HEAD)
    os.mkfifo(tmp_path / name)

    run = run_watchspec("check", *([name] if name == "spec.yaml" else []), folder=tmp_path)

    assert run.returncode == 1
    assert f"--> {name}:1:1\n" in run.stdout


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with an old spec, all of whose findings are in the baseline."""
    write_spec(tmp_path, OLD)
    run = call_watchspec("check", "--write-baseline", folder=tmp_path)
    assert (run.returncode, run.stdout) == (0, "2 in the baseline\n")
    return tmp_path


def test_what_is_in_the_baseline_is_counted_and_not_shown(folder: Path) -> None:
    run = call_watchspec("check", "--fail-on", "note", folder=folder)

    assert (run.returncode, run.stdout) == (0, "2 in the baseline\n")


def test_baseline_is_read_in_a_diff(folder: Path) -> None:
    assert (folder / FILE).read_text(encoding="utf-8") == (
        "{\n"
        '  "findings": {\n'
        '    "specs/shop.yaml": {\n'
        '      "alarm/ignored-missing-data": {\n'
        '        "\\"one\\" keeps its state when data are missing, as CloudWatch does for DynamoDB": 1\n'
        "      },\n"
        '      "reference/unused-name": {\n'
        '        "\\"spare\\" is given but never used": 1\n'
        "      }\n"
        "    }\n"
        "  },\n"
        '  "version": 1\n'
        "}\n"
    )


def test_lines_added_above_do_not_matter(folder: Path) -> None:
    write_spec(folder, "# a comment\n\n" + OLD)

    assert find(folder) == []


def test_what_is_new_is_found(folder: Path) -> None:
    write_spec(folder, OLD + f"  two: {ALARM}\n")

    [finding] = find(folder)

    assert finding["message"].startswith('"two" ')


def test_the_same_once_more_is_new(tmp_path: Path) -> None:
    # The same message at two places: a name that no line of a graph knows how to say apart.
    lines = "graph: [{expression: NONE(m1), given: {m1: A B}}]"
    write_spec(tmp_path, HEAD + f"dashboards: {{d: {{rows: [{{{lines}}}]}}}}\n")
    call_watchspec("check", "--write-baseline", folder=tmp_path)
    write_spec(
        tmp_path, HEAD + f"dashboards: {{d: {{rows: [{{{lines}}}, {{{lines}, stacked: true}}]}}}}\n"
    )

    assert rules(find(tmp_path)) == ["metric/unknown-function"]


def test_the_same_in_another_file_is_new(folder: Path) -> None:
    write_spec(folder, OLD.replace("service: shop", "service: till").replace("one:", "1:"), "till")

    assert {one["location"]["file"] for one in find(folder)} == {"specs/till.yaml"}


def test_an_entry_that_occurs_no_more_is_said(folder: Path) -> None:
    write_spec(folder, OLD.replace("values: {spare: 1}\n", ""))

    [finding] = find(folder)

    assert (finding["rule"], finding["severity"]) == ("ignore/outdated-baseline", "warning")
    assert finding["location"]["file"] == FILE
    assert finding["message"] == (
        '1 finding of the baseline no longer occurs, first "reference/unused-name" in specs/shop.yaml'
    )


def test_entries_of_a_file_that_is_gone_are_said(folder: Path) -> None:
    write_spec(folder, HEAD + "logs: {l: {group: x, retention: 1 day}}\n", "till")
    (folder / "specs/shop.yaml").unlink()

    [finding] = find(folder)

    assert finding["message"].startswith("2 findings of the baseline no longer occur, ")


def test_what_was_not_looked_at_is_not_said_and_stays_in_the_baseline(folder: Path) -> None:
    till = OLD.replace("service: shop", "service: till").replace("one:", "1:")
    write_spec(folder, till, "till")

    alone = find(folder, "specs/till.yaml")
    call_watchspec("check", "specs/till.yaml", "--write-baseline", folder=folder)

    assert len(alone) == 2
    assert find(folder) == []
    assert json.loads((folder / FILE).read_text())["findings"].keys() == {
        "specs/shop.yaml",
        "specs/till.yaml",
    }


def test_writing_it_anew_shrinks_it_and_at_last_removes_it(folder: Path) -> None:
    write_spec(folder, OLD.replace("values: {spare: 1}\n", ""))
    call_watchspec("check", "--write-baseline", folder=folder)
    shrunk = (folder / FILE).read_text(encoding="utf-8")
    write_spec(folder, HEAD + "logs: {l: {group: x, retention: 1 day}}\n")
    call_watchspec("check", "--write-baseline", folder=folder)

    assert "unused-name" not in shrunk
    assert not (folder / FILE).exists()


def test_errors_of_checks_are_taken_in_and_others_are_not(tmp_path: Path) -> None:
    two = HEAD.replace("prod: {", "dev: {region: eu-west-1}\n  prod: {")
    write_spec(tmp_path, two + "logs: {l: {group: x, retention: 1 day}}\n")
    write_spec(tmp_path, "version: v1\nservice: till\nwrong: 1\n", "till")

    run = call_watchspec("check", "--write-baseline", folder=tmp_path)
    compiled = call_watchspec("compile", "specs/shop.yaml", "--no-lint", folder=tmp_path)

    assert run.returncode == 1
    assert run.stdout.startswith("error[spec/unknown-key]")
    assert run.stdout.endswith("1 error; 1 in the baseline\n")
    assert (compiled.returncode, compiled.stdout) == (0, "1 in the baseline\n")


def test_what_a_spec_ignores_itself_is_not_taken_in(tmp_path: Path) -> None:
    entry = "{rule: reference/unused-name, reason: x, until: 2999-01-01}"
    write_spec(tmp_path, OLD + f"ignore: [{entry}]\n")

    call_watchspec("check", "--write-baseline", folder=tmp_path)

    assert "unused-name" not in (tmp_path / FILE).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "no JSON",
        '{"version": 2, "findings": {}}',
        '{"version": 1, "findings": []}',
        '{"version": 1, "findings": {"a": {"b": {"c": "d"}}}}',
        '{"version": 1, "findings": {"a": {"b": 1}}}',
        "[" * 100_000,
        "<<<<<<< ours",
    ],
    ids=range(10),
)
def test_a_baseline_that_cannot_be_read_is_an_error(text: str, folder: Path) -> None:
    (folder / FILE).write_text(text, encoding="utf-8")

    assert rules(find(folder)) == ["ignore/bad-baseline"]


def test_a_baseline_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    write_spec(tmp_path, OLD)
    (tmp_path / f".watchspec-{FILE}.new.tmp").mkdir()

    found = find(tmp_path, "--write-baseline")

    assert [(one["rule"], one["severity"]) for one in found] == [("file/cannot-write", "error")]


def test_names_of_files_survive_whatever_bytes_they_are_of(tmp_path: Path) -> None:
    baseline = {("specs/a\udcff\u00fc.yaml", "a/b", 'says "x" \u2026'): 2}
    path = tmp_path / FILE
    path.write_text(write_baseline(baseline), encoding="utf-8")  # type: ignore[arg-type]  # a dict will do

    assert read_baseline(str(path)).value == baseline

"""Which rules count and what makes a command fail, as the command line says it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support import HEAD, call_watchspec

METRIC = "metrics: {m: {metric: AWS/DynamoDB ThrottledRequests, dimensions: {TableName: x, Operation: y}}}\n"
SPEC = (
    HEAD.replace("prod: {", "dev: {region: eu-west-1}\n  prod: {")
    + METRIC
    + "logs: {l: {group: x, retention: 1 day}}\n"
    + "values: {spare: 1}\n"
    + "alarms: {one: {severity: info, notify: [], when: {metric: m, above: 1, for: 5m}}}\n"
)
ALL = ["name/same-name", "reference/unused-name", "alarm/ignored-missing-data"]
"""An error, a warning and a note."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs" / "shop.yaml").write_text(SPEC, encoding="utf-8")
    return tmp_path


def find(folder: Path, *arguments: str) -> list[str]:
    run = call_watchspec("check", "--format", "json", *arguments, folder=folder)
    return [one["rule"] for one in json.loads(run.stdout)]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], ALL),
        (["--select", "name/same-name"], ALL[:1]),
        (["--select", "name/"], ALL[:1]),
        (["--select", "name/,reference/"], ALL[:2]),
        (["--select", "name/", "--select", "reference/unused-name"], ALL[:2]),
        (["--ignore", "name/"], ALL[1:]),
        (["--ignore", "name/same-name, alarm/"], ALL[1:2]),
        (["--select", "name/,alarm/", "--ignore", "alarm/ignored-missing-data"], ALL[:1]),
    ],
)
def test_only_chosen_rules_are_heard_of(
    folder: Path, arguments: list[str], expected: list[str]
) -> None:
    assert find(folder, *arguments) == expected


@pytest.mark.parametrize("command", [["check"], ["compile", "--no-lint"]], ids=" ".join)
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ([], 1),
        (["--ignore", "name/"], 0),
        (["--ignore", "name/", "--fail-on", "error"], 0),
        (["--ignore", "name/", "--fail-on", "warning"], 1),
        (["--select", "alarm/", "--fail-on", "warning"], 0),
        (["--select", "alarm/", "--fail-on", "note"], 1),
        (["--select", "log/", "--fail-on", "note"], 0),
    ],
)
def test_command_fails_at_the_severity_that_is_asked_for(
    folder: Path, command: list[str], arguments: list[str], code: int
) -> None:
    run = call_watchspec(*command, *arguments, folder=folder)

    assert run.returncode == code
    assert (folder / "templates").exists() == (code == 0 and command[0] == "compile")


def test_what_leaves_nothing_to_compile_is_said_whatever_is_chosen(folder: Path) -> None:
    (folder / "specs" / "shop.yaml").write_text(SPEC + "wrong: 1\n", encoding="utf-8")

    for arguments in (["--select", "alarm/"], ["--ignore", "spec/"]):
        assert find(folder, *arguments) == ["spec/unknown-key"]
        compiled = call_watchspec("compile", "--no-lint", *arguments, folder=folder)
        assert compiled.returncode == 1
        assert not (folder / "templates").exists()


@pytest.mark.parametrize("command", ["check", "compile"])
@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("alarm/ignored-mising-data", 'did you mean "alarm/ignored-missing-data"?'),
        ("unused-name", 'did you mean "reference/unused-name"?'),
        ("alarm", 'did you mean "alarm/"?'),
        ("zzz", "list them with --all"),
    ],
)
@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_unknown_rule_is_wrong_usage_with_a_guess(
    folder: Path, command: str, option: str, name: str, hint: str
) -> None:
    run = call_watchspec(command, option, f"alarm/,{name}", folder=folder)

    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.splitlines()[-1] == f'Error: there is no code "{name}"; {hint}'


def test_a_day_that_is_none_is_wrong_usage(folder: Path) -> None:
    assert call_watchspec("check", "--today", "2027-02-30", folder=folder).returncode == 2


def test_without_a_day_it_is_the_day_of_the_clock(folder: Path) -> None:
    entry = "ignore: [{rule: reference/unused-name, reason: x, until: UNTIL}]\n"
    said = []
    for until in ("2020-01-01", "2999-01-01"):
        (folder / "specs/shop.yaml").write_text(SPEC + entry.replace("UNTIL", until), "utf-8")
        said.append(find(folder, "--select", "reference/"))

    assert said == [["reference/unused-name"], []]


def test_findings_of_a_rule_are_explained_with_whether_it_can_be_ignored(tmp_path: Path) -> None:
    said = {
        code: call_watchspec("explain", code, folder=tmp_path).stdout.splitlines()[-1]
        for code in ("name/same-name", "reference/unused-name", "yaml/syntax")
    }

    assert said == {
        "name/same-name": "Can be ignored: yes.",
        "reference/unused-name": "Can be ignored: as a warning.",
        "yaml/syntax": "Can be ignored: no.",
    }


def test_topic_is_explained_as_a_list(tmp_path: Path) -> None:
    run = call_watchspec("explain", "ignore/", folder=tmp_path)

    assert [line.split()[0] for line in run.stdout.splitlines()] == [
        "ignore/bad-baseline",
        "ignore/blocking-rule",
        "ignore/expired",
        "ignore/outdated-baseline",
        "ignore/unknown-rule",
        "ignore/unused",
    ]


def test_rules_are_explained_to_programs(tmp_path: Path) -> None:
    every = json.loads(
        call_watchspec("explain", "--all", "--format", "json", folder=tmp_path).stdout
    )
    [one] = json.loads(
        call_watchspec("explain", "ignore/unused", "--format", "json", folder=tmp_path).stdout
    )

    assert one in every
    assert set(one) == {"rule", "says", "can_be_ignored", "page"}
    assert one["says"] == "There is nothing to ignore where something is ignored."
    assert {rule["can_be_ignored"] for rule in every} == {"yes", "as a warning", "no"}

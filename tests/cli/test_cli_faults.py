"""A bug of ours is told in one line with a number, and says nothing of what a spec holds."""

from __future__ import annotations

import importlib
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, NoReturn

import pytest

import watchspec
from processes import end_all
from support import call_watchspec, run_watchspec
from watchspec.check import registry

SECRET = "hunter2"
SPEC = """\
version: v1
service: shop
environments: {prod: {region: eu-west-1}}
logs: {app: {group: /shop, retention: 30 days}}
"""
LINE = re.compile(
    rf"watchspec {re.escape(watchspec.__version__)}: internal error [0-9a-f]{{8}} "
    r"\(ValueError[a-z -/]*\)\. This is a bug; please report it with this number, "
    r"and run again with --debug for details\.\n"
)
STAGES = {
    "load": ("watchspec.load", "load_spec", ["check"]),
    "validate": ("watchspec.validate", "validate_documents", ["check"]),
    "expand": ("watchspec.expand", "expand_spec", ["check"]),
    "validate again": ("watchspec.validate", "validate_expanded", ["check"]),
    "resolve": ("watchspec.resolve", "resolve_environment", ["check"]),
    "check": ("watchspec.check", "check_monitoring", ["check"]),
    "check together": ("watchspec.check.estate", "check_estate", ["check"]),
    "emit": ("watchspec.emit", "emit_templates", ["compile", "--no-lint"]),
    "write": ("watchspec.write", "write_templates", ["compile", "--no-lint"]),
    "cache": ("watchspec.cache.store", "encode_spec", ["compile", "--no-lint"]),
    "start lint": ("watchspec.lint", "start_linter", ["compile"]),
    "report": ("watchspec.cli.output", "write_report", ["check"]),
    "deploy": ("watchspec.deploy", "deploy_environment", ["deploy", "--env", "prod"]),
    "scaffold": ("watchspec.scaffold", "write_first_spec", ["init", "till"]),
    "schema": ("watchspec.validate", "schema_root", ["schema"]),
}


def fail(*_: Any, **__: Any) -> NoReturn:
    raise ValueError(SECRET)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one spec that is in order."""
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs/shop.yaml").write_text(SPEC, "utf-8")
    return tmp_path


def break_stage(monkeypatch: pytest.MonkeyPatch, stage: str) -> list[str]:
    """Make the door of a room raise; the command that goes through it."""
    module, door, command = STAGES[stage]
    monkeypatch.setattr(importlib.import_module(module), door, fail)
    return command


@pytest.mark.parametrize("stage", STAGES)
def test_bug_in_any_room_is_one_line_with_a_number(
    folder: Path, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    command = break_stage(monkeypatch, stage)

    run = call_watchspec(*command, folder=folder)

    assert (run.returncode, run.stdout) == (3, "")
    assert LINE.fullmatch(run.stderr), run.stderr
    assert SECRET not in run.stderr
    assert not (folder / "templates").exists()


@pytest.mark.parametrize("stage", STAGES)
def test_debug_adds_the_traceback(
    folder: Path, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    command = break_stage(monkeypatch, stage)

    run = call_watchspec(*command, "--debug", folder=folder)

    first, rest = run.stderr.split("\n", 1)
    assert run.returncode == 3
    assert LINE.fullmatch(first + "\n")
    assert rest.startswith("Traceback (most recent call last):\n")
    assert f"ValueError: {SECRET}\n" in rest


def test_number_names_the_bug(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = []
    for stage in ("load", "load", "expand", "resolve"):
        with monkeypatch.context() as patch:
            command = break_stage(patch, stage)
            said = call_watchspec(*command, folder=folder).stderr
            numbers.append(said.split("internal error ")[1][:8])

    assert numbers[0] == numbers[1]
    assert len(set(numbers)) == 3


def test_bug_in_a_rule_names_the_rule(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rule, _ = registry.RULES[0]
    monkeypatch.setattr(registry, "RULES", ((rule, fail),))

    run = call_watchspec("check", folder=folder)

    assert run.returncode == 3
    assert f"(ValueError in the rule {rule.id})" in run.stderr
    assert SECRET not in run.stderr


def test_bug_in_a_process_that_compiles_is_told_the_same_way(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(8):
        (folder / f"specs/s{number}.yaml").write_text(SPEC.replace("shop", f"s{number}"), "utf-8")
    command = break_stage(monkeypatch, "resolve")

    run = call_watchspec(*command, folder=folder)

    assert (run.returncode, run.stdout) == (3, "")
    assert LINE.fullmatch(run.stderr), run.stderr
    assert SECRET not in run.stderr


@pytest.mark.slow
def test_bug_in_a_lint_process_is_told_the_same_way(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import watchspec.lint.linter  # noqa: PLC0415

    monkeypatch.setattr(watchspec.lint.linter, "lint_text", fail)

    run = call_watchspec("compile", folder=folder)

    assert (run.returncode, run.stdout) == (3, "")
    assert LINE.fullmatch(run.stderr), run.stderr
    assert SECRET not in run.stderr
    assert not (folder / "templates").exists()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("door", "specs"),
    [
        ("load_engine", 1),
        ("lint_text", 1),
        ("lint_text", 3),
    ],
    ids=["while it loads", "while it lints", "one of several"],
)
def test_lint_process_that_dies_is_told_the_same_way(folder: Path, door: str, specs: int) -> None:
    for number in range(1, specs):
        (folder / f"specs/s{number}.yaml").write_text(SPEC.replace("shop", f"s{number}"), "utf-8")
    script = (
        "import os, watchspec.cli, watchspec.lint.linter as room\n"
        f"room.{door} = lambda *_: os._exit(9)\n"
        "watchspec.cli.main()\n"
    )

    with subprocess.Popen(
        [sys.executable, "-c", script, "compile"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as run:
        try:
            found, said = run.communicate(timeout=60)
        finally:
            end_all(run.pid)

    assert (run.returncode, found) == (3, "")
    assert len(said.splitlines()) == 1
    assert "internal error" in said
    assert not (folder / "templates").exists()


def test_process_that_compiles_and_dies_is_told_the_same_way(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(8):
        (folder / f"specs/s{number}.yaml").write_text(SPEC.replace("shop", f"s{number}"), "utf-8")
    monkeypatch.setattr("watchspec.resolve.resolve_environment", lambda *_: os._exit(9))

    run = call_watchspec("check", folder=folder)

    assert (run.returncode, run.stdout) == (3, "")
    assert len(run.stderr.splitlines()) == 1
    assert "internal error" in run.stderr


@pytest.mark.parametrize("command", [["check"], ["compile", "--no-lint"]], ids=" ".join)
def test_spec_whose_name_is_not_utf_8_is_compiled_or_refused(
    folder: Path, command: list[str]
) -> None:
    (folder / "specs/shop.yaml").rename(folder / "specs/sh\udcffp.yaml")

    run = call_watchspec(*command, folder=folder)

    assert run.returncode in (0, 1)


def test_interpreter_says_nothing_of_its_own(folder: Path) -> None:
    run = run_watchspec("check", "specs/shop.yaml", folder=folder, env={"PYTHONWARNINGS": "error"})

    assert (run.returncode, run.stdout, run.stderr) == (0, "", "1 spec: no findings\n")

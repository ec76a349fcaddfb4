"""A progress bar is for people who wait: only on a terminal, and only when work lasts."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from terminal import SCRIPT, run_on_terminal


def write_specs(folder: Path, specs: int, alarms: int) -> None:
    (folder / "specs").mkdir()
    for spec in range(specs):
        lines = [f"version: v1\nservice: s{spec}\nenvironments: {{prod: {{region: eu-west-1}}}}"]
        lines += ["metrics: {m: {metric: AWS/Lambda Errors, dimensions: {FunctionName: f}}}"]
        lines += ["notify: {warning: {email: [a@example.com]}}", "alarms:"]
        lines += [
            f"  s{spec}-{number}: {{severity: warning, when: {{metric: m, above: {number}, for: 5m}}}}"
            for number in range(alarms)
        ]
        (folder / f"specs/s{spec}.yaml").write_text("\n".join(lines) + "\n", "utf-8")


def test_short_work_shows_no_bar(tmp_path: Path) -> None:
    write_specs(tmp_path, specs=2, alarms=1)

    code, written = run_on_terminal(*("compile", "--no-lint", "--check"), folder=tmp_path)

    assert code == 1
    assert b"compiling" not in written


@pytest.mark.parametrize("specs", [2, 6], ids=["in one process", "in several"])
def test_long_work_shows_a_bar_on_a_terminal(tmp_path: Path, specs: int) -> None:
    write_specs(tmp_path, specs=specs, alarms=1)

    code, written = run_on_terminal(
        *("compile", "--no-lint", "--no-cache"), folder=tmp_path, patience_seconds=0
    )

    assert code == 0
    assert b"compiling  [" in written
    assert b"100%" in written
    assert f"{specs} specs, {specs} stacks: ".encode() in written.splitlines()[-1]


def test_one_spec_is_too_little_for_a_bar(tmp_path: Path) -> None:
    write_specs(tmp_path, specs=1, alarms=1)

    code, written = run_on_terminal(*("compile", "--no-lint"), folder=tmp_path, patience_seconds=0)

    assert code == 0
    assert b"compiling" not in written


@pytest.mark.slow
def test_linting_shows_a_bar_of_its_own(tmp_path: Path) -> None:
    write_specs(tmp_path, specs=2, alarms=1)

    code, written = run_on_terminal(*("compile", "--no-cache"), folder=tmp_path, patience_seconds=0)

    assert code == 0
    assert b"linting  [" in written


def test_long_work_shows_nothing_in_a_file(tmp_path: Path) -> None:
    write_specs(tmp_path, specs=6, alarms=1)

    run = subprocess.run(
        [sys.executable, "-c", SCRIPT.format(0), "check"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )

    assert (run.returncode, run.stdout) == (0, b"")
    assert run.stderr == b"6 specs: no findings\n"

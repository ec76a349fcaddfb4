"""Nothing of a run outlives it: not when it ends, not when it is interrupted or killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from processes import PATIENCE_SECONDS, end_all, living, wait_until

pytestmark = pytest.mark.slow

COMPILE = [sys.executable, "-m", "watchspec", "compile", "--no-cache"]
AT_WORK = 4 if (os.cpu_count() or 1) > 1 else 2
"""How many processes there are at least when all of them work: ours, the linter, its workers."""
SHORT_LINT = """\
from pathlib import Path
from watchspec.lint import start_linter
from watchspec.lint.engine import load_engine
from watchspec.pipeline import compile_spec

templates = compile_spec("specs/s0.yaml").templates
load_engine()
for _ in range(2):
    with start_linter() as linter:
        next(iter(linter.lint(templates)))
"""


def write_specs(folder: Path, specs: int, environments: int, alarms: int) -> None:
    """So many specs with so many stacks of so many alarms."""
    (folder / "specs").mkdir()
    for spec in range(specs):
        lines = [f"version: v1\nservice: s{spec}\nenvironments:"]
        lines += [f"  e{number}: {{region: eu-west-1}}" for number in range(environments)]
        lines += ["metrics:", "  m: {metric: AWS/Lambda Errors, dimensions: {FunctionName: f}}"]
        lines += ["notify: {warning: {email: [a@example.com]}}", "alarms:"]
        lines += [
            f"  s{spec}-a{number}: {{severity: warning, when: {{metric: m, above: {number}, for: 5m}}}}"
            for number in range(alarms)
        ]
        (folder / f"specs/s{spec}.yaml").write_text("\n".join(lines) + "\n", "utf-8")


def start(folder: Path, *arguments: str) -> subprocess.Popen[bytes]:
    """A compilation in a group of its own, which writes what it says into files."""
    with (folder / "found").open("wb") as found, (folder / "said").open("wb") as said:
        return subprocess.Popen(
            [*COMPILE, *arguments], cwd=folder, stdout=found, stderr=said, start_new_session=True
        )


def finish(run: subprocess.Popen[bytes]) -> list[int]:
    """Wait for a run to end; what is left of it once everything had time to end, and then ended."""
    try:
        run.wait(PATIENCE_SECONDS)
        wait_until(lambda: not living(run.pid), 10)
        return living(run.pid)
    finally:
        end_all(run.pid)


def texts(folder: Path) -> tuple[str, str]:
    """What a run found, and what else it said."""
    return (folder / "found").read_text("utf-8"), (folder / "said").read_text("utf-8")


def test_nothing_is_left_of_a_run_that_ended_well(tmp_path: Path) -> None:
    write_specs(tmp_path, specs=1, environments=4, alarms=2)

    left = []
    for _ in range(2):
        run = start(tmp_path)
        left += finish(run)

    assert run.returncode == 0
    assert texts(tmp_path) == ("", "1 spec, 4 stacks: up to date\n")
    assert left == []


def test_run_with_errors_does_not_wait_for_the_linter(tmp_path: Path) -> None:
    write_specs(tmp_path, specs=1, environments=4, alarms=2)
    with (tmp_path / "specs/s0.yaml").open("a", encoding="utf-8") as stream:
        stream.write("wrong: 1\n")

    run = start(tmp_path)
    left = finish(run)

    assert (run.returncode, left) == (1, [])
    assert texts(tmp_path)[0].endswith("1 error\n")
    assert texts(tmp_path)[1] == ""


@pytest.mark.parametrize("delay_seconds", [0, 0.1, 0.3])
def test_lint_process_ends_when_its_parent_is_killed_early(
    tmp_path: Path, delay_seconds: float
) -> None:
    write_specs(tmp_path, specs=1, environments=1, alarms=150)

    run = start(tmp_path)
    began = wait_until(lambda: len(living(run.pid)) >= 2)
    time.sleep(delay_seconds)
    run.kill()
    left = finish(run)

    assert began
    assert left == []


def test_lint_processes_end_when_their_parent_is_killed_while_they_work(tmp_path: Path) -> None:
    write_specs(tmp_path, specs=1, environments=8, alarms=60)

    run = start(tmp_path)
    began = wait_until(lambda: len(living(run.pid)) >= AT_WORK)
    run.kill()
    left = finish(run)

    assert began
    assert left == []


def test_processes_that_compile_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    write_specs(tmp_path, specs=40, environments=1, alarms=60)

    run = start(tmp_path, "--no-lint")
    wait_until(lambda: len(living(run.pid)) >= 3)
    run.kill()
    left = finish(run)

    assert left == []


def interrupt(folder: Path, phase: str, delay_seconds: float) -> tuple[int, list[int]]:
    """Press Ctrl-C while specs are compiled or templates linted: the exit code, and what is left."""
    if phase == "compiling":
        write_specs(folder, specs=40, environments=1, alarms=60)
    else:
        write_specs(folder, specs=1, environments=8, alarms=60)
    run = start(folder)
    began = wait_until(lambda: len(living(run.pid)) >= AT_WORK)
    time.sleep(delay_seconds)
    os.killpg(run.pid, signal.SIGINT)
    left = finish(run)
    assert began
    return run.returncode, left


@pytest.mark.parametrize("delay_seconds", [0, 0.2, 0.5])
@pytest.mark.parametrize("phase", ["compiling", "linting"])
def test_interrupted_run_ends_at_once_and_says_only_that(
    tmp_path: Path, phase: str, delay_seconds: float
) -> None:
    code, left = interrupt(tmp_path, phase, delay_seconds)

    assert (code, left) == (130, [])
    assert not (tmp_path / "templates").exists()
    assert texts(tmp_path) == ("", "\ninterrupted\n")


def test_linter_closed_while_it_works_says_nothing(tmp_path: Path) -> None:
    write_specs(tmp_path, specs=1, environments=4, alarms=10)

    run = subprocess.run(
        [sys.executable, "-c", SHORT_LINT],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")

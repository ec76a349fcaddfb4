"""Whoever has seen enough of our output may go: nothing is said of it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from support import call_watchspec

SPEC = """\
version: v1
service: shop
environments: {prod: {region: eu-west-1}}
logs: {app: {group: /shop, retention: 30 days}}
values: {%s}
"""
COMMANDS = [
    ["--help"],
    ["--version"],
    ["compile", "--help"],
    ["compile", "--no-lint"],
    ["compile", "--no-lint", "--check", "--format", "json"],
    ["check"],
    ["check", "--format", "json"],
    ["check", "--format", "sarif"],
    ["check", "--format", "junit"],
    ["check", "--format", "github"],
    ["schema"],
    ["schema", "--path"],
    ["explain", "--all"],
    ["explain", "yaml/syntax"],
    ["deploy", "--env", "prod", "--dry-run"],
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a compiled spec that has more to say than fits into a pipe."""
    (tmp_path / "specs").mkdir()
    unused = ", ".join(f"unused_{number}: 1" for number in range(600))
    (tmp_path / "specs/shop.yaml").write_text(SPEC % unused, "utf-8")
    call_watchspec("compile", "--no-lint", folder=tmp_path)
    return tmp_path


def watchspec(
    folder: Path, arguments: list[str], stdout: int, stderr: int = subprocess.PIPE
) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "watchspec", *arguments],
        cwd=folder,
        text=True,
        stdout=stdout,
        stderr=stderr,
    )


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_reader_that_goes_away_is_no_reason_to_talk(folder: Path, arguments: list[str]) -> None:
    read, write = os.pipe()
    os.close(read)

    run = watchspec(folder, arguments, stdout=write)
    os.close(write)
    _, said = run.communicate(timeout=60)

    assert run.returncode in (0, 1)
    assert "Traceback" not in said
    assert "BrokenPipe" not in said
    assert "internal error" not in said


@pytest.mark.parametrize("arguments", [["check"], ["compile", "--no-lint"]], ids=" ".join)
def test_reader_of_everything_that_goes_away_is_no_bug(folder: Path, arguments: list[str]) -> None:
    read, write = os.pipe()
    os.close(read)

    run = watchspec(folder, arguments, stdout=write, stderr=write)
    os.close(write)
    run.communicate(timeout=60)

    assert run.returncode in (0, 1)


def test_reader_that_takes_the_first_line_gets_it(folder: Path) -> None:
    with watchspec(folder, ["check"], stdout=subprocess.PIPE) as run:
        assert run.stdout is not None
        assert run.stderr is not None
        first = run.stdout.readline()
        run.stdout.close()
        said = run.stderr.read()

    assert first.startswith("warning[reference/unused-name]: ")
    assert said == ""


@pytest.mark.parametrize("closed", [1, 2], ids=["output", "errors"])
@pytest.mark.parametrize("arguments", [["check"], ["compile", "--no-lint"]], ids=" ".join)
def test_standard_stream_that_is_closed_changes_no_exit_code(
    folder: Path, arguments: list[str], closed: int
) -> None:
    run = subprocess.run(
        ["sh", "-c", f'exec "$@" {closed}>&-', "sh", sys.executable, "-m", "watchspec", *arguments],
        cwd=folder,
        capture_output=True,
        check=False,
    )

    assert run.returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
@pytest.mark.parametrize("arguments", [["check"], ["schema"]], ids=" ".join)
def test_output_that_cannot_be_written_is_told_in_one_line(
    folder: Path, arguments: list[str]
) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        run = watchspec(folder, arguments, stdout=full.fileno())
        _, said = run.communicate(timeout=60)

    assert run.returncode != 0
    assert len(said.splitlines()) == 1

"""A command loads only what it needs: help comes at once, and so does an answer that is known."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from support import call_watchspec

SCRIPT = """\
import sys
from watchspec.cli import main
try:
    main()
finally:
    names = ("yaml", "troposphere", "jsonschema", "jsonschema_rs", "cfnlint", "lark", "boto3",
             "botocore", "multiprocessing", "concurrent.futures.process", "watchspec.emit",
             "watchspec.load", "watchspec.resolve", "watchspec.lint", "watchspec.deploy",
             "numpy", "pandas", "rich", "matplotlib")
    print(*[name for name in names if name in sys.modules], file=sys.stderr)
"""
NUMBERS = {"numpy", "pandas", "rich", "matplotlib"}
SPEC = """\
version: v1
service: shop
environments: {prod: {region: eu-west-1}}
logs: {app: {group: /shop, retention: 30 days}}
"""


def loaded_by(folder: Path, *arguments: str) -> tuple[int, set[str]]:
    """The exit code of a command, and which of the costly modules it loaded."""
    run = subprocess.run(
        [sys.executable, "-c", SCRIPT, *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return run.returncode, set(run.stderr.splitlines()[-1].split())


@pytest.mark.parametrize(
    "command", ["", "compile", "check", "test", "backtest", "deploy", "init", "schema", "explain"]
)
def test_help_loads_nothing_costly(tmp_path: Path, command: str) -> None:
    assert loaded_by(tmp_path, *command.split(), "--help") == (0, set())


@pytest.mark.slow
def test_compilation_with_nothing_to_do_loads_no_library(tmp_path: Path) -> None:
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs/shop.yaml").write_text(SPEC, "utf-8")
    subprocess.run(
        [sys.executable, "-m", "watchspec", "compile"],
        cwd=tmp_path,
        capture_output=True,
        check=True,
    )

    for arguments in (["compile"], ["compile", "--check"]):
        code, loaded = loaded_by(tmp_path, *arguments)

        assert code == 0
        assert loaded == set()


def test_check_of_a_good_spec_needs_neither_troposphere_nor_cfn_lint(tmp_path: Path) -> None:
    (tmp_path / "spec.yaml").write_text(SPEC, "utf-8")

    code, loaded = loaded_by(tmp_path, "check", "spec.yaml")

    assert code == 0
    assert loaded & {"troposphere", "cfnlint", "jsonschema", "boto3", "botocore"} == set()
    assert loaded & NUMBERS == set()


def test_compilation_without_lint_never_loads_cfn_lint_nor_starts_processes(tmp_path: Path) -> None:
    (tmp_path / "spec.yaml").write_text(SPEC, "utf-8")

    code, loaded = loaded_by(tmp_path, "compile", "spec.yaml", "--no-lint")

    assert code == 0
    assert loaded & {"cfnlint", "multiprocessing", "boto3", "botocore", "jsonschema"} == set()
    assert loaded & NUMBERS == set()
    assert "troposphere" in loaded


def test_deployment_needs_no_compiler(tmp_path: Path) -> None:
    (tmp_path / "spec.yaml").write_text(SPEC, "utf-8")
    call_watchspec("compile", "spec.yaml", "--no-lint", folder=tmp_path)

    code, loaded = loaded_by(tmp_path, "deploy", "--env", "prod", "--dry-run")

    assert (code, loaded) == (0, {"watchspec.deploy"})


def test_tests_load_numpy_and_nothing_else_that_is_costly(tmp_path: Path) -> None:
    text = """\
metrics: {cpu: {metric: AWS/ECS CPUUtilization, dimensions: {ClusterName: shop}}}
alarms: {hot: {severity: info, when: {metric: cpu, above: 70%, for: 2m}}}
tests: {hot: {series: {cpu: 90x3}, expect: [{alarm: hot, becomes: ALARM, at: 2m}]}}
"""
    (tmp_path / "spec.yaml").write_text(SPEC + text, "utf-8")

    code, loaded = loaded_by(tmp_path, "test", "spec.yaml")

    assert code == 0
    assert loaded & {*NUMBERS, "troposphere", "cfnlint", "boto3", "multiprocessing"} == {"numpy"}


@pytest.mark.parametrize("option", [["--select", "alarm/"], ["--format", "sarif"]])
def test_the_rulebook_needs_no_numbers(tmp_path: Path, option: list[str]) -> None:
    (tmp_path / "spec.yaml").write_text(SPEC, "utf-8")

    code, loaded = loaded_by(tmp_path, "check", "spec.yaml", *option)

    assert (code, loaded & NUMBERS) == (0, set())

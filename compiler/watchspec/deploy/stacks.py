"""The commands that deploy an environment. Every parameter is passed, so none keeps an old value."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from watchspec.diagnostics import suggest_name

STACKS_FILE = "stacks.json"
_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
"""Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html (read 2026-11-24)"""
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*")


class DeployError(Exception):
    """Why an environment was not deployed, and what to do about it.

    `is_usage` says that the command was wrong and nothing was tried.
    """

    def __init__(self, message: str, *, is_usage: bool = True) -> None:
        """Remember the message."""
        super().__init__(message)
        self.is_usage = is_usage


Runner = Callable[[list[str]], int]
"""Runs a command and gives its exit code."""


def deploy_environment(
    folder: Path,
    environment: str,
    parameters: Mapping[str, str],
    bucket: str | None,
    run: Runner | None = None,
) -> list[str]:
    """Deploy every stack of an environment, in order, and give their names.

    `parameters` are values by the names of the spec. Raises DeployError before the first call if
    anything is missing, and when a stack fails.
    """
    commands = plan_commands(folder, environment, parameters, bucket)
    if run is None:
        if shutil.which("aws") is None:
            message = "the AWS CLI is not installed: there is no command `aws`; install it, or see "
            raise DeployError(f"{message}the commands with --dry-run", is_usage=False)
        run = _run
    for done, (name, command) in enumerate(commands, 1):
        code = run(command)
        if code:
            message = f"stack {name} failed: `aws cloudformation deploy` ended with {code}"
            if rest := ", ".join(later for later, _ in commands[done:]):
                message += f"; not tried: {rest}"
            raise DeployError(message, is_usage=False)
    return [name for name, _ in commands]


def plan_commands(
    folder: Path, environment: str, parameters: Mapping[str, str], bucket: str | None
) -> list[tuple[str, list[str]]]:
    """The command of each stack, with its name."""
    stacks = _read_stacks(folder, environment)
    known = {name for stack in stacks for name in _parameter_ids(stack)}
    for name in parameters:
        if name not in known:
            hint = suggest_name(name, known) or f"known here: {', '.join(sorted(known)) or 'none'}"
            raise DeployError(f'no stack has a parameter "{name}"; {hint}')
    missing = sorted(
        {name for stack in stacks for name in stack.get("needs_parameters", {})} - set(parameters)
    )
    if missing:
        example = " ".join(f"--parameter {name}=…" for name in missing)
        raise DeployError(f"values are needed for {', '.join(missing)}: add {example}")
    if bucket is not None and not _BUCKET.fullmatch(bucket):
        raise DeployError(f'"{bucket}" is not the name of an S3 bucket')
    if bucket is None and any(stack.get("needs_bucket") for stack in stacks):
        raise DeployError("a template has more than 51,200 bytes: name an S3 bucket with --bucket")
    return [
        (str(stack["name"]), _make_command(folder / environment, stack, parameters, bucket))
        for stack in stacks
    ]


def _make_command(
    folder: Path, stack: Mapping[str, Any], parameters: Mapping[str, str], bucket: str | None
) -> list[str]:
    values = dict(_read_parameters(folder / stack["parameters"]))
    for name, logical_id in _parameter_ids(stack).items():
        if name in parameters:
            values[logical_id] = parameters[name]
    command = ["aws", "cloudformation", "deploy", "--no-fail-on-empty-changeset"]
    command += ["--region", stack["region"], "--stack-name", stack["name"]]
    command += ["--template-file", str(folder / stack["template"])]
    if values:
        command += ["--parameter-overrides", *(f"{key}={value}" for key, value in values.items())]
    if stack.get("tags"):
        command += ["--tags", *(f"{key}={value}" for key, value in stack["tags"].items())]
    if bucket is not None:
        command += ["--s3-bucket", bucket, "--s3-prefix", "watchspec"]
    return command


def _read_stacks(folder: Path, environment: str) -> list[dict[str, Any]]:
    path = folder / environment / STACKS_FILE
    if not path.exists():
        known = sorted(one.parent.name for one in folder.glob(f"*/{STACKS_FILE}"))
        compiled = f"compiled: {', '.join(known)}" if known else "run  watchspec compile"
        hint = suggest_name(environment, known) or compiled
        raise DeployError(f'nothing is compiled for the environment "{environment}"; {hint}')
    try:
        stacks: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["stacks"]
        complete = len(stacks) > 0 and all(_is_complete(path.parent, one) for one in stacks)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        complete = False
    if not complete:
        message = f"{path.parent.as_posix()} is damaged; run  watchspec compile"
        raise DeployError(message, is_usage=False)
    return stacks


def _is_complete(folder: Path, stack: Mapping[str, Any]) -> bool:
    """Whether an entry says all that a deployment needs, and its files are there."""
    words = [stack[key] for key in ("name", "region", "template", "parameters")]
    tables = [stack.get(key, {}) for key in ("tags", "needs_parameters", "has_parameters")]
    if not all(isinstance(word, str) and _WORD.fullmatch(word) for word in words):
        return False
    if not all(isinstance(one, str) for table in tables for one in (*table, *table.values())):
        return False
    lines = json.loads((folder / stack["parameters"]).read_text(encoding="utf-8"))
    return (folder / stack["template"]).is_file() and all("=" in line for line in lines)


def _parameter_ids(stack: Mapping[str, Any]) -> dict[str, str]:
    return {**stack.get("needs_parameters", {}), **stack.get("has_parameters", {})}


def _read_parameters(path: Path) -> Iterable[tuple[str, str]]:
    for line in json.loads(path.read_text(encoding="utf-8")):
        key, _, value = line.partition("=")
        yield key, value


def _run(command: list[str]) -> int:
    return subprocess.run(command, check=False).returncode  # noqa: S603 - a list of arguments, no shell

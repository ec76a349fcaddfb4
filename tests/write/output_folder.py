"""Specs in a folder, and what a compilation makes of them."""

from __future__ import annotations

import json
from pathlib import Path

from support import call_watchspec

LOG = 'logs: {app: {group: "/%s/${environment}/app", retention: 30 days}}\n'


def write_spec(folder: Path, service: str, *environments: str, name: str = "") -> Path:
    """A spec with one log group in each environment."""
    path = folder / "specs" / f"{name or service}.yaml"
    path.parent.mkdir(exist_ok=True)
    listed = "".join(f"  {one}: {{region: eu-west-1}}\n" for one in environments)
    path.write_text(
        f"version: v1\nservice: {service}\nenvironments:\n{listed}{LOG % service}",
        encoding="utf-8",
    )
    return path


def compile_folder(folder: Path, *arguments: str) -> tuple[int, list[str]]:
    """The exit code of a compilation and what it says of files, without the summary."""
    run = call_watchspec("compile", "--no-lint", *arguments, folder=folder)
    assert run.stdout == "", run.stdout
    return run.returncode, run.stderr.splitlines()[:-1]


def find_drift(folder: Path, *arguments: str) -> list[str]:
    """What `--check` finds, one message for each file that is not what the specs say."""
    run = call_watchspec(
        *("compile", "--no-lint", "--check", "--format", "json", *arguments), folder=folder
    )
    found = json.loads(run.stdout)
    assert {one["rule"] for one in found} <= {"file/stale"}, run.stdout
    assert (run.returncode, run.stderr) == (1 if found else 0, "")
    return [one["message"] for one in found]


def read_tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def stack_names(folder: Path, environment: str) -> list[str]:
    """The stacks in the list of an environment, in its order."""
    text = (folder / "templates/out" / environment / "stacks.json").read_text(encoding="utf-8")
    return [stack["name"] for stack in json.loads(text)["stacks"]]

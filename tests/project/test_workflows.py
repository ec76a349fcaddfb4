"""Workflows run pinned actions with the least rights, and nothing of a stranger's with ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from support import ROOT

FILES = sorted(
    path for pattern in ("*.yml", "*.yaml") for path in ROOT.glob(f".github/**/{pattern}")
)
WORKFLOWS = [path for path in FILES if path.parent.name == "workflows"]
PINNED = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}")
FROM_STRANGERS = re.compile(r"\$\{\{[^}]*\bgithub\.(event|head_ref)\b")


def read(path: Path) -> dict[Any, Any]:
    content: dict[Any, Any] = yaml.safe_load(path.read_text("utf-8"))
    return content


def values_of(node: Any, key: str) -> Iterator[Any]:
    """Every value of this key, at any depth."""
    if isinstance(node, dict):
        for name, value in node.items():
            if name == key:
                yield value
            yield from values_of(value, key)
    elif isinstance(node, list):
        for item in node:
            yield from values_of(item, key)


def triggers(workflow: dict[Any, Any]) -> set[str]:
    on = workflow[True]  # YAML 1.1 reads the key `on` as a truth value
    return {on} if isinstance(on, str) else set(on)


def names(paths: list[Path]) -> list[str]:
    return [path.name for path in paths]


def test_there_is_a_workflow_that_checks_every_pull_request() -> None:
    checked = [path for path in WORKFLOWS if "pull_request" in triggers(read(path))]

    runs = " ".join(run for path in checked for run in values_of(read(path), "run"))
    assert "make check" in runs
    assert "make test" in runs


@pytest.mark.parametrize("path", FILES, ids=names(FILES))
def test_every_action_is_pinned_to_a_commit(path: Path) -> None:
    used = list(values_of(read(path), "uses"))

    assert [one for one in used if not one.startswith("./") and not PINNED.fullmatch(one)] == []


@pytest.mark.parametrize("path", WORKFLOWS, ids=names(WORKFLOWS))
def test_workflow_has_no_rights_but_those_a_job_asks_for(path: Path) -> None:
    workflow = read(path)

    granted = [rights for job in workflow["jobs"].values() for rights in [job.get("permissions")]]
    assert workflow["permissions"] in ({}, {"contents": "read"})
    assert all(rights is None or isinstance(rights, dict) for rights in granted)
    assert all("write" not in rights.values() for rights in granted if rights)


@pytest.mark.parametrize("path", WORKFLOWS, ids=names(WORKFLOWS))
def test_strangers_code_never_runs_with_our_rights(path: Path) -> None:
    assert triggers(read(path)).isdisjoint({"pull_request_target", "workflow_run", "issue_comment"})


@pytest.mark.parametrize("path", FILES, ids=names(FILES))
def test_no_script_contains_what_strangers_write(path: Path) -> None:
    scripts = [str(run) for run in values_of(read(path), "run")]

    assert [script for script in scripts if FROM_STRANGERS.search(script)] == []


@pytest.mark.parametrize("path", WORKFLOWS, ids=names(WORKFLOWS))
def test_checkout_leaves_no_token_behind(path: Path) -> None:
    steps = [step for steps in values_of(read(path), "steps") for step in steps]

    checkouts = [step for step in steps if step.get("uses", "").startswith("actions/checkout@")]
    assert all(step["with"]["persist-credentials"] is False for step in checkouts)
    assert len(checkouts) == len(read(path)["jobs"])


@pytest.mark.parametrize("path", WORKFLOWS, ids=names(WORKFLOWS))
def test_no_workflow_needs_a_long_lived_secret(path: Path) -> None:
    text = path.read_text("utf-8")

    assert re.findall(r"secrets\.(?!GITHUB_TOKEN)\w+", text) == []
    assert "aws-secret-access-key" not in text

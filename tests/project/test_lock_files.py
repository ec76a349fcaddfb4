"""The lock files say exactly what is installed: each requirement, one version, its hashes."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from support import ROOT

PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCKS = sorted(ROOT.glob("**/requirements*.txt"))
LOCKS = [path for path in LOCKS if not path.relative_to(ROOT).parts[0].startswith(".")]
ENTRY = re.compile(
    r"[A-Za-z0-9._-]+(\[[a-z,-]+\])?==[^ ;]+( ; [^\\]+?)?( \\\n    --hash=sha256:[0-9a-f]{64})+"
)


def entries(path: Path) -> list[str]:
    """The entries of a lock file, comments aside."""
    lines = path.read_text("utf-8").splitlines()
    text = "\n".join(line for line in lines if line and not line.startswith("#"))
    return re.split(r"\n(?=\S)", text)


def locked(name: str) -> dict[str, list[Requirement]]:
    """The entries of a lock file of the project by the name of what they lock."""
    found: dict[str, list[Requirement]] = {}
    for entry in entries(ROOT / name):
        requirement = Requirement(entry.split(" \\\n")[0])
        found.setdefault(canonicalize_name(requirement.name), []).append(requirement)
    return found


def group(name: str) -> Iterator[str]:
    """The requirements of a dependency group with those it includes."""
    for entry in PROJECT["dependency-groups"][name]:
        if isinstance(entry, str):
            yield entry
        else:
            yield from group(entry["include-group"])


WANTED = [
    *(("requirements.txt", text) for text in PROJECT["project"]["dependencies"]),
    *(("requirements.txt", text) for text in group("build")),
    *(("requirements-dev.txt", text) for text in PROJECT["project"]["dependencies"]),
    *(("requirements-dev.txt", text) for text in group("dev")),
]


@pytest.mark.parametrize(("lock", "wanted"), WANTED, ids=" ".join)
def test_every_requirement_is_locked_at_a_version_it_allows(lock: str, wanted: str) -> None:
    requirement = Requirement(wanted)

    found = locked(lock)[canonicalize_name(requirement.name)]

    for one in found:
        [pin] = one.specifier
        assert pin.operator == "=="
        assert requirement.specifier.contains(pin.version)


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_every_entry_is_one_version_with_hashes(path: Path) -> None:
    assert [entry for entry in entries(path) if not ENTRY.fullmatch(entry)] == []
    assert len(entries(path)) >= 10


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_no_lock_file_says_where_packages_come_from(path: Path) -> None:
    text = path.read_text("utf-8")

    assert re.findall(r"\w+://|--(?:extra-)?index|--find-links|--trusted|^-[a-z]| @ ", text) == []


def test_developers_run_what_users_run() -> None:
    users, developers = locked("requirements.txt"), locked("requirements-dev.txt")

    different = {
        name: (found, developers.get(name))
        for name, found in users.items()
        if list(map(str, found)) != list(map(str, developers.get(name, [])))
    }
    assert different == {}


def test_build_needs_nothing_that_is_not_locked() -> None:
    for text in PROJECT["build-system"]["requires"]:
        assert canonicalize_name(Requirement(text).name) in locked("requirements.txt")

"""What the project file says."""

from __future__ import annotations

from dataclasses import dataclass

from watchspec.diagnostics import Severity
from watchspec.model.ignores import Ignore
from watchspec.model.source import Map, Seq

PROJECT_FILE = ".watchspec.yaml"


@dataclass(frozen=True, slots=True)
class Project:
    """What goes for all specs."""

    fail_on: Severity = Severity.ERROR
    ignores: tuple[Ignore, ...] = ()


def read_project(root: Map) -> Project:
    """The settings in a tree that has the shape of a project file."""
    fail_on = str(root.get("fail_on", "error"))
    entries = root.get("ignore")
    ignores = [
        _read_ignore(entry)
        for entry in (entries if isinstance(entries, Seq) else ())
        if isinstance(entry, Map)
    ]
    return Project(Severity[fail_on.upper()], tuple(ignores))


def _read_ignore(entry: Map) -> Ignore:
    return Ignore(
        rule=str(entry["rule"]),
        reason=str(entry["reason"]),
        until=str(entry["until"]),
        place=entry.place("rule"),
        until_place=entry.place("until"),
        pattern=str(entry.get("path", "*")),
    )

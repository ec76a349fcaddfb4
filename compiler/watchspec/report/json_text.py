"""Findings as JSON, for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from watchspec.diagnostics import Diagnostic, Location


def write_json(diagnostics: Iterable[Diagnostic]) -> str:
    """A list of findings."""
    return dump_json([_describe(diagnostic) for diagnostic in diagnostics])


def dump_json(value: object) -> str:
    """A value as JSON of ASCII characters, whatever texts it holds."""
    return json.dumps(value, indent=2, ensure_ascii=True, allow_nan=False) + "\n"


def _describe(diagnostic: Diagnostic) -> dict[str, Any]:
    place = diagnostic.location
    described: dict[str, Any] = {
        "rule": diagnostic.rule,
        "severity": diagnostic.severity.word,
        "message": diagnostic.message,
        "location": None if place is None else _describe_place(place),
    }
    if diagnostic.hint:
        described["hint"] = diagnostic.hint
    if diagnostic.help:
        described["help"] = diagnostic.help
    if diagnostic.related:
        described["related"] = [
            {"message": related.message, "location": _describe_place(related.location)}
            for related in diagnostic.related
        ]
    return described


def _describe_place(place: Location) -> dict[str, Any]:
    return {"file": place.file, "line": place.line, "column": place.column, "width": place.width}

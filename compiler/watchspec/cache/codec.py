"""Compiled specs as JSON and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from watchspec.diagnostics import Diagnostic, Location, Related, Severity
from watchspec.model.compiled import CompiledSpec
from watchspec.model.estate import PhysicalName
from watchspec.model.ignores import Extent, Ignore
from watchspec.model.template import StackParameter, Template


def encode_spec(compiled: CompiledSpec) -> dict[str, Any]:
    """A compiled spec as JSON data."""
    return asdict(compiled) | {
        "inputs": dict(compiled.inputs),
        "diagnostics": [encode_diagnostic(one) for one in compiled.diagnostics],
    }


def decode_spec(entry: Mapping[str, Any]) -> CompiledSpec:
    """A compiled spec from JSON data; any error of Python means that it is not one."""
    return CompiledSpec(
        file=entry["file"],
        service=entry["service"],
        environments=tuple(entry["environments"]),
        inputs=tuple(entry["inputs"].items()),
        templates=tuple(_decode_template(one) for one in entry["templates"]),
        names=tuple(
            PhysicalName(**one | {"place": Location(*one["place"])}) for one in entry["names"]
        ),
        diagnostics=tuple(decode_diagnostic(one) for one in entry["diagnostics"]),
        ignores=tuple(_decode_ignore(one) for one in entry["ignores"]),
    )


def encode_diagnostic(diagnostic: Diagnostic) -> dict[str, Any]:
    """A finding as JSON data."""
    return asdict(diagnostic) | {"severity": int(diagnostic.severity)}


def decode_diagnostic(entry: Mapping[str, Any]) -> Diagnostic:
    """A finding from JSON data."""
    place = entry["location"]
    return Diagnostic(
        rule=entry["rule"],
        severity=Severity(entry["severity"]),
        message=entry["message"],
        location=None if place is None else Location(*place),
        hint=entry["hint"],
        help=entry["help"],
        related=tuple(Related(Location(*where), message) for where, message in entry["related"]),
    )


def _decode_ignore(entry: dict[str, Any]) -> Ignore:
    file, start, end = entry["extent"]
    return Ignore(
        **entry
        | {
            "place": Location(*entry["place"]),
            "until_place": Location(*entry["until_place"]),
            "extent": Extent(file, tuple(start), tuple(end)),
        }
    )


def _decode_template(entry: dict[str, Any]) -> Template:
    return Template(
        **entry
        | {
            "parameters": tuple(StackParameter(**one) for one in entry["parameters"]),
            "tags": tuple((key, value) for key, value in entry["tags"]),
            "origins": tuple((tuple(path), Location(*place)) for path, place in entry["origins"]),
            "place": Location(*entry["place"]),
        }
    )

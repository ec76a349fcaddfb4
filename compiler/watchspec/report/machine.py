"""Findings for machines: JSON, SARIF 2.1.0, JUnit, GitHub annotations."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

import watchspec
from watchspec.diagnostics import Diagnostic, Location, Severity
from watchspec.report.printable import make_printable

_GITHUB_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_SARIF_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
_SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_NO_BYTE = re.compile("[\ud800-\udc7f\udd00-\udfff]")
"""Surrogates that stand for no byte, so that no name of a file holds them."""


def write_json(diagnostics: Iterable[Diagnostic]) -> str:
    """A list of findings."""
    return _dump([_describe(diagnostic) for diagnostic in diagnostics])


def write_sarif(diagnostics: Iterable[Diagnostic]) -> str:
    """A SARIF log with one run."""
    found = list(diagnostics)
    rules = sorted({diagnostic.rule for diagnostic in found})
    driver = {
        "name": "watchspec",
        "version": watchspec.__version__,
        "rules": [{"id": rule} for rule in rules],
    }
    results = [_sarif_result(diagnostic, rules) for diagnostic in found]
    log = {
        "$schema": _SARIF_SCHEMA,
        "version": "2.1.0",
        "runs": [
            {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
        ],
    }
    return _dump(log)


def write_junit(diagnostics: Iterable[Diagnostic]) -> str:
    """A test suite in which every finding is a failed test; without findings, one that passed."""
    found = list(diagnostics)
    failures = sum(diagnostic.severity is Severity.ERROR for diagnostic in found)
    counts = {"tests": str(max(len(found), 1)), "failures": str(failures), "errors": "0"}
    suites = ET.Element("testsuites", counts)
    suite = ET.SubElement(suites, "testsuite", {"name": "watchspec", **counts})
    if not found:
        ET.SubElement(suite, "testcase", {"name": "check", "classname": "watchspec"})
    for diagnostic in found:
        place = diagnostic.location or Location("")
        case = ET.SubElement(
            suite,
            "testcase",
            {
                "name": f"{diagnostic.rule} at line {place.line}",
                "classname": make_printable(place.file) or "watchspec",
                "file": make_printable(place.file),
                "line": str(place.line),
            },
        )
        text = make_printable(diagnostic.message)
        if diagnostic.severity is Severity.ERROR:
            failure = ET.SubElement(case, "failure", {"message": text, "type": diagnostic.rule})
            failure.text = make_printable(_help(diagnostic))
        else:
            ET.SubElement(case, "system-out").text = f"{diagnostic.severity.word}: {text}"
    ET.indent(suites)
    return ET.tostring(suites, encoding="unicode", xml_declaration=True) + "\n"


def write_github(diagnostics: Iterable[Diagnostic]) -> str:
    """A workflow command for each finding."""
    return "".join(f"{_github_command(diagnostic)}\n" for diagnostic in diagnostics)


def _github_command(diagnostic: Diagnostic) -> str:
    place = diagnostic.location
    fields = {"title": diagnostic.rule}
    if place is not None:
        end = place.column + max(place.width, 1) - 1
        fields |= {
            "file": place.file,
            "line": str(place.line),
            "col": str(place.column),
            "endColumn": str(end),
        }
    written = ",".join(f"{key}={_escape(value, ':,')}" for key, value in fields.items())
    help_text = _help(diagnostic)
    message = f"{diagnostic.message} ({help_text})" if help_text else diagnostic.message
    return f"::{_GITHUB_LEVELS[diagnostic.severity]} {written}::{_escape(message, '')}"


def _escape(text: str, also: str) -> str:
    """What a workflow command would take for its own end or separators, as %XX."""
    for character in f"%\r\n{also}":
        text = text.replace(character, f"%{ord(character):02X}")
    return make_printable(text)


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


def _sarif_result(diagnostic: Diagnostic, rules: list[str]) -> dict[str, Any]:
    help_text = _help(diagnostic)
    text = f"{diagnostic.message}. {help_text}" if help_text else diagnostic.message
    result: dict[str, Any] = {
        "ruleId": diagnostic.rule,
        "ruleIndex": rules.index(diagnostic.rule),
        "level": _SARIF_LEVELS[diagnostic.severity],
        "message": {"text": text},
    }
    if diagnostic.location is not None:
        result["locations"] = [_sarif_place(diagnostic.location)]
    if diagnostic.related:
        result["relatedLocations"] = [
            _sarif_place(related.location) | {"message": {"text": related.message}}
            for related in diagnostic.related
        ]
    return result


def _sarif_place(place: Location) -> dict[str, Any]:
    region = {"startLine": place.line, "startColumn": place.column}
    if place.width:
        region["endColumn"] = place.column + place.width
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": _make_uri(place.file)},
            "region": region,
        }
    }


def _make_uri(file: str) -> str:
    """A relative reference to a file; a byte of its name that is not UTF-8 stays that byte."""
    return quote(_NO_BYTE.sub("\ufffd", file), safe="/", errors="surrogateescape")


def _help(diagnostic: Diagnostic) -> str:
    return "; ".join(text for text in (diagnostic.hint, diagnostic.help) if text)


def _dump(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=True, allow_nan=False) + "\n"

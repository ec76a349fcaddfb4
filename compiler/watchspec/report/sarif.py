"""Findings as SARIF 2.1.0.

Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html (read 2026-11-24)
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

import watchspec
from watchspec.diagnostics import Diagnostic, Location, Rule, Severity
from watchspec.model.ignores import Suppressed
from watchspec.report.json_text import dump_json

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_ROOT = "%SRCROOT%"
"""The name GitHub has for the root of the repository; paths are relative to where the run began."""
_NO_BYTE = re.compile("[\ud800-\udc7f\udd00-\udfff]")
"""Surrogates that stand for no byte, so that no name of a file holds them."""


def write_sarif(
    active: Sequence[Diagnostic], suppressed: Sequence[Suppressed], rules: Mapping[str, Rule]
) -> str:
    """A SARIF log with one run, in which a finding that is ignored says by whose word."""
    found = [(one, None) for one in active] + [(one.finding, one) for one in suppressed]
    found.sort(key=lambda pair: pair[0].sort_key)
    worst: dict[str, Severity] = {}
    for finding, _ in found:
        worst[finding.rule] = max(finding.severity, worst.get(finding.rule, Severity.NOTE))
    ids = sorted(worst)
    driver = {
        "name": "watchspec",
        "version": watchspec.__version__,
        "rules": [_describe_rule(one, rules.get(one), worst[one]) for one in ids],
    }
    places = {one: index for index, one in enumerate(ids)}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_describe_result(one, hidden, places) for one, hidden in found],
    }
    return dump_json({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _describe_rule(rule_id: str, rule: Rule | None, worst: Severity) -> dict[str, Any]:
    described: dict[str, Any] = {
        "id": rule_id,
        "defaultConfiguration": {"level": _LEVELS[worst]},
    }
    if rule is not None:
        page = rule.page.strip()
        described["shortDescription"] = {"text": rule.sentence}
        described["help"] = {"text": page, "markdown": page}
    return described


def _describe_result(
    finding: Diagnostic, hidden: Suppressed | None, places: Mapping[str, int]
) -> dict[str, Any]:
    help_text = finding.advice
    text = f"{finding.message}. {help_text}" if help_text else finding.message
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": places[finding.rule],
        "level": _LEVELS[finding.severity],
        "message": {"text": text},
        "partialFingerprints": {"finding/v1": _fingerprint(finding)},
        # Section 3.27.23: in all results of a run, or in none.
        "suppressions": [] if hidden is None else [_describe_suppression(hidden)],
    }
    if finding.location is not None:
        result["locations"] = [_describe_place(finding.location)]
    if finding.related:
        result["relatedLocations"] = [
            _describe_place(related.location) | {"message": {"text": related.message}}
            for related in dict.fromkeys(finding.related)
        ]
    return result


def _describe_suppression(hidden: Suppressed) -> dict[str, str]:
    kind = "inSource" if hidden.by == "spec" else "external"
    return {"kind": kind, "status": "accepted", "justification": hidden.reason}


def _fingerprint(finding: Diagnostic) -> str:
    """What stays the same when lines are added above."""
    file = finding.location.file if finding.location else ""
    text = f"{finding.rule}\n{file}\n{finding.message}"
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _describe_place(place: Location) -> dict[str, Any]:
    region = {"startLine": place.line, "startColumn": place.column}
    if place.width:
        region["endColumn"] = place.column + place.width
    return {"physicalLocation": {"artifactLocation": _describe_file(place.file), "region": region}}


def _describe_file(file: str) -> dict[str, str]:
    """A file by its address; a byte of its name that is not UTF-8 stays that byte."""
    uri = quote(_NO_BYTE.sub("\ufffd", file), safe="/", errors="surrogateescape")
    return {"uri": f"file://{uri}"} if uri.startswith("/") else {"uri": uri, "uriBaseId": _ROOT}

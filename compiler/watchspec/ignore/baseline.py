"""The baseline: what was found when an old repository adopted the checks.

A finding is known again by its file, its rule and its message, not by its line, so that edits
elsewhere in the file do not matter. The file of it is JSON that can be read in a diff.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

from watchspec.diagnostics import Diagnostic, Location, Outcome, Severity
from watchspec.ignore import rules

BASELINE_FILE = ".watchspec-baseline.json"
_VERSION = 1

Key: TypeAlias = tuple[str, str, str]
"""A file, a rule and a message."""
Baseline: TypeAlias = "Counter[Key]"
"""How often each finding is taken as it is."""


def make_key(finding: Diagnostic) -> Key:
    """What a finding is known by."""
    return (finding.location.file if finding.location else "", finding.rule, finding.message)


def count_findings(findings: Iterable[Diagnostic]) -> Baseline:
    """The baseline in which these findings stand."""
    return Counter(map(make_key, findings))


def read_baseline(path: str) -> Outcome[Baseline]:
    """The baseline in a file."""
    try:
        # A pipe would be waited for, and a device has no end.
        data = json.loads(Path(path).read_bytes() if Path(path).is_file() else b"")
        counts = Counter(dict(_flatten(data["findings"])))
        is_good = data["version"] == _VERSION and all(type(n) is int for n in counts.values())
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        is_good = False
    if is_good:
        return Outcome(counts)
    finding = rules.BAD_BASELINE.find(
        Severity.ERROR,
        "the baseline cannot be read",
        Location(path),
        help="write it anew: remove it, then  watchspec check --write-baseline",
    )
    return Outcome(None, (finding,))


def _flatten(findings: Any) -> Iterator[tuple[Key, int]]:  # noqa: ANN401 - JSON that may be anything
    for file, of_file in findings.items():
        for rule, of_rule in of_file.items():
            for message, count in of_rule.items():
                yield (file, rule, message), count


def write_baseline(baseline: Baseline) -> str:
    """The text of a baseline."""
    findings: dict[str, dict[str, dict[str, int]]] = {}
    for (file, rule, message), count in baseline.items():
        findings.setdefault(file, {}).setdefault(rule, {})[message] = count
    data = {"findings": findings, "version": _VERSION}
    text = json.dumps(data, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    # A byte of a file name that is not UTF-8 becomes the escape that JSON has for it.
    return text.encode("utf-8", "backslashreplace").decode("utf-8")

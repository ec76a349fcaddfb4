"""Findings as workflow commands, which GitHub shows beside the lines they are about.

Source: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
(read 2026-11-24)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from watchspec.diagnostics import Diagnostic, Severity
from watchspec.report.printable import make_printable, show_place

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_MAX_ANNOTATIONS = 10
"""Of each level in a step; more are dropped without a word (`_maxCountPerIssueType`)."""
_MAX_CHARACTERS = 4096
"""Of a message; the rest is cut off (`_maxIssueMessageLength`).

Source of both: https://github.com/actions/runner/blob/main/src/Runner.Worker/ExecutionContext.cs
(read 2026-11-24)
"""


def write_github(diagnostics: Sequence[Diagnostic]) -> str:
    """A command for each finding GitHub has room for; what is left over goes to the log as text."""
    left = Counter(one.severity for one in diagnostics)
    given: Counter[Severity] = Counter()
    lines = []
    for one in diagnostics:
        given[one.severity] += 1
        left[one.severity] -= 1
        if given[one.severity] > _MAX_ANNOTATIONS:
            lines.append(_write_plainly(one))
            continue
        is_last = given[one.severity] == _MAX_ANNOTATIONS
        more = left[one.severity] if is_last else 0
        word = _LEVELS[one.severity]
        rest = f" [{more} more {word}{'s' if more > 1 else ''} in the log]" if more else ""
        lines.append(_write_command(one, rest))
    return "".join(f"{line}\n" for line in lines)


def _write_command(finding: Diagnostic, rest: str) -> str:
    place = finding.location
    fields = {"title": finding.rule}
    if place is not None:
        fields |= {
            "file": place.file,
            "line": str(place.line),
            "col": str(place.column),
            "endColumn": str(place.column + max(place.width, 1) - 1),
        }
    written = ",".join(f"{key}={_escape(value, ':,')}" for key, value in fields.items())
    message = _say(finding)[: _MAX_CHARACTERS - len(rest)] + rest
    return f"::{_LEVELS[finding.severity]} {written}::{_escape(message, '')}"


def _write_plainly(finding: Diagnostic) -> str:
    """A line of the log that the runner takes for nothing else, not even for a command of old."""
    where = f"{show_place(finding.location)}: " if finding.location else ""
    line = f"{_LEVELS[finding.severity]}: {where}{make_printable(_say(finding))} [{finding.rule}]"
    return line.replace("##[", "# # [")


def _say(finding: Diagnostic) -> str:
    return f"{finding.message} ({finding.advice})" if finding.advice else finding.message


def _escape(text: str, also: str) -> str:
    """What a workflow command would take for its own end or separators, as %XX."""
    for character in f"%\r\n{also}":
        text = text.replace(character, f"%{ord(character):02X}")
    return make_printable(text)

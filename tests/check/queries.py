"""What the tests of queries share: a query in, the findings about it out."""

from __future__ import annotations

from pathlib import Path
from textwrap import indent

from support import HEAD, compile_text
from watchspec.diagnostics import Diagnostic

LOG = "group: /a, retention: 30 days"
JSON = "format: {json: {level: string, status: integer, is_slow: boolean, user.id: string, request: object, x-y: number}}"


def find(
    query: str, folder: Path, *, log: str = "", more: str = "", rest: str = ""
) -> list[Diagnostic]:
    """What is said of a saved query; `log` is more about its log, `more` about it, `rest` about others."""
    comma = ", " if log else ""
    text = f"""\
{HEAD}logs:
  app: {{{LOG}{comma}{log}}}
queries:
  one:
    log: app
    question: Why?
    {more}
    query: |
{indent(query, "      ")}
{rest}
"""
    return [one for one in compile_text(text, folder).diagnostics if one.rule != "template/empty"]


def describe(found: list[Diagnostic]) -> list[str]:
    """The findings as severity, rule, message and where it is in the query (line and column)."""
    lines = []
    for one in found:
        assert one.location is not None
        where = f"{one.location.line - 11}:{one.location.column - 6}"
        lines.append(f"{where} {one.severity.word} {one.rule}: {one.message}")
    return lines

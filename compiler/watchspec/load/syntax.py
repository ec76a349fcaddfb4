"""libyaml's complaints in the words of the person who typed the text."""

from __future__ import annotations

import yaml

from watchspec.diagnostics import Findings, Location, Related
from watchspec.load import rules


def explain_syntax_error(
    error: yaml.MarkedYAMLError, text: str, file: str, found: Findings
) -> None:
    """Record what is wrong with the text, where, and what to type instead."""
    lines = text.split("\n")
    mark = error.problem_mark or error.context_mark
    if error.problem in _NEVER_CLOSED and error.context_mark is not None:
        mark = error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    character = lines[line][column : column + 1] if line < len(lines) else ""
    message, help_text = _translate(error, character)
    related = []
    start = error.context_mark
    if start is not None and (start.line, start.column) != (line, column):
        related.append(Related(_place(file, start.line, start.column), _context(error)))
    place = _place(file, line, column)
    found.error(rules.SYNTAX, message, place, help=help_text, related=related)


_NEVER_CLOSED = {
    "found unexpected end of stream",
    "did not find expected ',' or ']'",
    "did not find expected ',' or '}'",
}


def _place(file: str, line: int, column: int) -> Location:
    return Location(file, line + 1, column + 1, 1)


def _context(error: yaml.MarkedYAMLError) -> str:
    what = str(error.context or "").removeprefix("while parsing ").removeprefix("while scanning ")
    return f"{what} begins here" if what else "begins here"


def _translate(error: yaml.MarkedYAMLError, character: str) -> tuple[str, str]:
    problem = str(error.problem or "the text is not YAML")
    if problem == "found character that cannot start any token":
        if character == "\t":
            return "a tab cannot indent YAML", "use spaces"
        return f'a value cannot begin with "{character}"', "put the value in quotes"
    known = {
        "mapping values are not allowed in this context": (
            'a second ":" in one line',
            'put the value in quotes if the ":" belongs to it',
        ),
        "block sequence entries are not allowed in this context": (
            'a list item ("- ") cannot begin here',
            "begin the list on a line of its own",
        ),
        "found unexpected end of stream": ("a quoted value is never closed", "close the quote"),
        "did not find expected ',' or ']'": ('"[" is never closed', 'add "," or "]"'),
        "did not find expected ',' or '}'": ('"{" is never closed', 'add "," or "}"'),
        "did not find expected key": (
            "no key where one is expected",
            "check the indentation, and quote a value that holds quotes itself",
        ),
        "did not find expected '-' indicator": (
            "no list item where one is expected",
            'indent the line, or begin it with "- "',
        ),
        "did not find expected node content": ("a value is missing", ""),
        "found incompatible YAML document": (
            "the %YAML version is not supported",
            "remove the line",
        ),
        "found invalid Unicode character escape code": (
            "the escape names a character that does not exist",
            "",
        ),
        "could not find expected ':'": ('a key without ":"', 'write "key: value"'),
    }
    return known.get(problem, (problem, ""))

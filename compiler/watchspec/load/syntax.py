"""libyaml's complaints in the words of the person who typed the text."""

from __future__ import annotations

import re

import yaml

from watchspec.diagnostics import Findings, Location, Related
from watchspec.load import rules

_VALUE_WITH_HASH = re.compile(r"[:,\[{] +#(?=\w)")
_QUOTE = "put the value in quotes"
_INDENTED = ("the line is indented too far for a key", "begin it below the key above")
_REFERENCE = ('"${" begins a mapping where it is not in quotes', _QUOTE)
_COMMENT = ('"#" begins a comment where it is not in quotes', _QUOTE)
_OPEN_LIST = "did not find expected ',' or ']'"
_OPEN_MAPPING = "did not find expected ',' or '}'"
_AT_ITS_BEGINNING = {
    "found unexpected end of stream",
    "did not find expected comment or line break",
    "could not find expected ':'",
    "found unknown directive name",
    "did not find expected alphabetic or numeric character",
    _OPEN_LIST,
    _OPEN_MAPPING,
}
"""Problems libyaml notices late: what is wrong stands where the thing began."""
_KNOWN = {
    "block sequence entries are not allowed in this context": (
        'a list item ("- ") cannot begin here',
        "begin the list on a line of its own",
    ),
    "could not find expected ':'": ('a key without ":"', 'write "key: value"'),
    "did not find expected '-' indicator": (
        "no list item where one is expected",
        'indent the line, or begin it with "- "',
    ),
    "did not find expected <document start>": (
        "the document has ended before this",
        "remove what follows it, or indent it",
    ),
    "did not find expected key": (
        "no key where one is expected",
        "check the indentation, and quote a value that holds quotes itself",
    ),
    "did not find expected node content": ("a value is missing", f"write one, or {_QUOTE}"),
    "found a tab character where an indentation space is expected": (
        "a tab cannot indent YAML",
        "use spaces",
    ),
    "found duplicate %YAML directive": ("a second %YAML line", "remove the line"),
    "found incompatible YAML document": ("the %YAML version is not supported", "remove the line"),
    "found invalid Unicode character escape code": (
        "the escape names a character that does not exist",
        "write the character itself",
    ),
    "found undefined tag handle": ('a value cannot begin with "!"', _QUOTE),
    "found unexpected end of stream": ("a quoted value is never closed", "close the quote"),
    "found unknown directive name": ('a line cannot begin with "%"', "remove the line"),
    "found unknown escape character": (
        "the escape is unknown",
        r"write \\ for a backslash, or use single quotes",
    ),
    "mapping values are not allowed in this context": (
        'a second ":" in one line',
        'put the value in quotes if the ":" belongs to it',
    ),
    _OPEN_LIST: ('"[" is never closed', 'add "," or "]"'),
    _OPEN_MAPPING: ('"{" is never closed', 'add "," or "}"'),
}


def explain_syntax_error(
    error: yaml.MarkedYAMLError, text: str, file: str, found: Findings
) -> None:
    """Record what is wrong with the text, where, and what to type instead."""
    lines = text.split("\n")
    noticed = _position(error.problem_mark or error.context_mark, lines)
    start = _position(error.context_mark or error.problem_mark, lines)
    (message, help_text), place = _translate(str(error.problem), lines, start, noticed)
    related = []
    if place != start:
        what = str(error.context or "").removeprefix("while parsing ")
        related.append(Related(_place(file, start), f"{what} begins here"))
    width = 1
    if error.problem == "could not find expected ':'":
        width = len(lines[place[0]].rstrip()) - place[1]
    found.error(rules.SYNTAX, message, _place(file, place, width), help=help_text, related=related)


def _position(mark: yaml.Mark | None, lines: list[str]) -> tuple[int, int]:
    """Line and column of a mark, from 0; the end of a file is where its last line ends."""
    if mark is None:
        return 0, 0
    if mark.line >= len(lines):
        return len(lines) - 1, len(lines[-1])
    return mark.line, mark.column


def _place(file: str, position: tuple[int, int], width: int = 1) -> Location:
    return Location(file, position[0] + 1, position[1] + 1, width)


def _translate(
    problem: str, lines: list[str], start: tuple[int, int], noticed: tuple[int, int]
) -> tuple[tuple[str, str], tuple[int, int]]:
    """Message, help and place of a problem that was noticed at one place and began at another."""
    line, column = noticed
    before, at = lines[line][:column], lines[line][column : column + 1]
    place = start if problem in _AT_ITS_BEGINNING else noticed
    first = lines[place[0]][place[1] : place[1] + 1]
    begins = (f'a value cannot begin with "{first}"', _QUOTE)
    match problem:
        case "found character that cannot start any token":
            return (("a tab cannot indent YAML", "use spaces") if at == "\t" else begins), place
        case (
            "did not find expected comment or line break"
            | "did not find expected alphabetic or numeric character"
        ):
            return begins, place
        case "mapping values are not allowed in this context" if ":" not in before:
            return _INDENTED, (line, len(before) - len(before.lstrip()))
        case "did not find expected ',' or ']'" | "did not find expected ',' or '}'" if (
            at == "{" and before.endswith("$")
        ):
            return _REFERENCE, (line, column - 1)
        case (
            "did not find expected ',' or ']'"
            | "did not find expected ',' or '}'"
            | "did not find expected node content"
        ):
            for number in range(min(start[0], max(0, line - 1)), line + 1):
                comment = _VALUE_WITH_HASH.search(lines[number])
                if comment is not None:
                    return _COMMENT, (number, comment.end() - 1)
        case _:
            pass
    return _KNOWN.get(problem, (problem, "")), place

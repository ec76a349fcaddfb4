"""The regular expressions of filter patterns: a small part of what others know.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/regex-expressions.html (read 2026-11-24)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from watchspec.languages.parsing import Problem

_FOREIGN = re.compile(r"[^A-Za-z0-9\s:_#=@/;,^$?\[\]{}|\\*+.-]")
_PIECE = re.compile(
    r"(\\x[0-9A-Fa-f]{2}|\\[^x]|\[\^?\]?(?:[^\]\\]|\\.)*\]|\{(?![0-9]*(?:,[0-9]*)?\})|[^\\\[?*+{|])"
    r"([?*+]|\{[0-9]*(?:,[0-9]*)?\})?(?:[?*+]|\{[0-9]*(?:,[0-9]*)?\})*"
    r"|\|",
    re.DOTALL,
)
_BROKEN = {
    "[": 'the "[" of the regular expression is not closed by "]"',
    "\\": "a backslash stands before the character it takes away the meaning of, or as \\xhh",
}


def check_regex(text: str, offset: int) -> Problem | None:
    """What CloudWatch would refuse in a regular expression that begins at `offset`."""
    foreign = _FOREIGN.search(text)
    if foreign is not None:
        return Problem(_name_foreign(foreign.group()), offset + foreign.start())
    if not text:
        return Problem("the regular expression is empty", offset)
    position = 0
    while position < len(text):
        piece = _PIECE.match(text, position)
        if piece is None:
            character = text[position]
            message = f'the "{character}" of the regular expression has nothing to repeat'
            return Problem(_BROKEN.get(character, message), offset + position)
        position = piece.end()
    return None


def split_regex(text: str) -> Iterator[tuple[str, str]]:
    """The pieces of a regular expression that CloudWatch takes.

    Each is what matches one character, or an anchor, with how often it is repeated ("" = once); "|" has
    ("", "") in its place. Of several repetitions behind one another the first is given.
    """
    piece = _PIECE.match(text)
    while piece is not None:
        yield piece[1] or "", piece[2] or ""
        piece = _PIECE.match(text, piece.end())


def _name_foreign(character: str) -> str:
    if character in "()":
        return f'regular expressions have no groups; write \\x{ord(character):x} for the character "{character}"'
    if character.isascii():
        return (
            f'"{character}" is not possible in a regular expression; write \\x{ord(character):02x}'
        )
    return f'"{character}" is not possible in a regular expression, which is ASCII; write a dot'

"""Texts of users made harmless for a terminal and for other programs that read our output."""

from __future__ import annotations

import re
import unicodedata

from watchspec.diagnostics import Location

_DANGEROUS = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
_BYTE = 0x100


def make_printable(text: str) -> str:
    """The text on one line, with every control, bidirectional and invisible character spelled out."""
    return _DANGEROUS.sub(lambda match: _spell(match.group()), text)


def show_place(place: Location) -> str:
    """A place as people and editors write it."""
    return f"{make_printable(place.file)}:{place.line}:{place.column}"


def display_width(text: str) -> int:
    """The columns a text takes in a terminal: wide characters take two, combining ones none."""
    width = 0
    for character in text:
        if unicodedata.category(character) in {"Mn", "Me"}:
            continue
        width += 2 if unicodedata.east_asian_width(character) in "WF" else 1
    return width


def _spell(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < _BYTE else f"\\u{code:04x}"

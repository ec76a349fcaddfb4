"""How a reference is written: `${name}` or `${item.field}`.

Before a brace, two dollar signs stand for one: `$${` is a literal `${`, `$$${name}` a dollar sign
and a value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

_OPENING = re.compile(r"(?<!\$)(\$+)\{")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)*")

BUILT_IN = ("environment", "service", "region", "account", "partition")
"""The names every spec has."""


@dataclass(frozen=True, slots=True)
class Reference:
    """One `${name}` of a text: its name, and where it stands there."""

    name: str
    start: int
    end: int
    is_closed: bool = True

    @property
    def is_well_formed(self) -> bool:
        """Whether it is written as a reference must be."""
        return self.is_closed and _NAME.fullmatch(self.name) is not None


Piece: TypeAlias = "str | Reference"


def split_text(text: str) -> list[Piece]:
    """A text as literal pieces and references, from left to right."""
    if "${" not in text:
        return [text] if text else []
    pieces: list[Piece] = []
    literal = ""
    position = 0
    while (match := _OPENING.search(text, position)) is not None:
        dollars = len(match.group(1))
        literal += text[position : match.start()] + "$" * (dollars // 2)
        position = match.end()
        if dollars % 2 == 0:
            literal += "{"
            continue
        closing = text.find("}", position)
        end = len(text) if closing < 0 else closing
        if literal:
            pieces.append(literal)
            literal = ""
        is_closed = closing >= 0
        pieces.append(Reference(text[position:end], match.end() - 2, end + is_closed, is_closed))
        position = end + is_closed
    literal += text[position:]
    return [*pieces, literal] if literal else pieces


def join_pieces(pieces: Iterable[Piece]) -> str:
    """The text that `split_text` would split into these pieces."""
    merged: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, str) and merged and isinstance(merged[-1], str):
            merged[-1] += piece
        elif piece != "":
            merged.append(piece)
    text = ""
    for index, piece in enumerate(merged):
        if isinstance(piece, Reference):
            text += f"${{{piece.name}}}"
            continue
        text += _OPENING.sub(lambda match: match.group(1) * 2 + "{", piece)
        if index + 1 < len(merged):  # a reference follows: dollar signs before it count as well
            text += "$" * (len(piece) - len(piece.rstrip("$")))
    return text


def find_references(text: str) -> list[Reference]:
    """The references of a text from left to right."""
    return [piece for piece in split_text(text) if isinstance(piece, Reference)]

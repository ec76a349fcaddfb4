"""What the languages share: a grammar file each, read by lark, and problems with a place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from watchspec.diagnostics import shorten
from watchspec.languages.tables import OPTIONS, find_tables

REMEMBERED = 16_384
"""So many texts of a language are kept with their trees: a spec of a mebibyte does not have more, and
every rule asks for the trees of all of them in turn."""
MAX_LEVELS = 64
"""So deep may a text be nested; who reads it takes a few frames of Python for each level."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a text cannot be read, where in it, and what to write; the width is in characters."""

    message: str
    offset: int
    width: int = 1
    advice: str = ""


def parse_text(language: str, noun: str, text: str) -> Any:  # noqa: ANN401 - a lark tree, or a Problem
    """The tree of a text by the grammar `<language>.lark`, or what is wrong with it.

    `noun` is what messages call the text.
    """
    from lark.exceptions import UnexpectedInput, UnexpectedToken  # noqa: PLC0415 - few specs need it

    try:
        tree = _parser(language).parse(text)
    except UnexpectedToken as error:
        if not error.token:
            return Problem(f"the {noun} ends too early", len(text))
        message = f'"{shorten(error.token, 20)}" is not possible here'
        return Problem(message, error.token.start_pos, len(error.token.partition("\n")[0]))
    except UnexpectedInput as error:
        offset = getattr(error, "pos_in_stream", 0) or 0
        return Problem(f'"{shorten(text[offset:], 20)}" is not possible here', offset)
    if _count_levels(tree) > MAX_LEVELS:
        return Problem(f"the {noun} is nested more than {MAX_LEVELS} levels deep", 0)
    return tree


def _count_levels(tree: Any) -> int:  # noqa: ANN401 - a lark tree
    """How deep a tree is, counted without recursion."""
    levels, level = 0, [tree]
    while level:
        levels += 1
        level = [child for node in level for child in getattr(node, "children", ())]
    return levels


@cache
def _parser(language: str) -> Any:  # noqa: ANN401 - loaded on demand
    from lark import Lark  # noqa: PLC0415 - few specs need it

    path = files("watchspec.languages").joinpath(f"{language}.lark")
    grammar = path.read_text(encoding="utf-8")
    tables = find_tables(language, grammar)
    return Lark(grammar, **OPTIONS) if tables is None else Lark.load(tables)

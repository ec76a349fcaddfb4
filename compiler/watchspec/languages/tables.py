"""The tables of the parsers, worked out beforehand: lark takes longer to make them than a spec to check.

There is a file for each grammar, made by `make grammars`. It counts only for the grammar and the
version of lark it was made of; without it a parser is made of its grammar, which is the same but slow.
"""

from __future__ import annotations

import hashlib
import json
from importlib.resources import files
from typing import Any

OPTIONS: dict[str, Any] = {"parser": "lalr", "propagate_positions": True}
"""How lark is to read every grammar."""
PAIRS = "pairs"
"""The key of a mapping by numbers, which JSON does not have: a list of keys and values."""


def find_tables(language: str, grammar: str) -> dict[str, Any] | None:
    """What lark saved of a parser, if it was of this grammar and this lark."""
    path = files("watchspec.languages").joinpath("tables", f"{language}.json")
    try:
        saved: dict[str, Any] = json.loads(path.read_bytes(), object_hook=_join_pairs)
    except FileNotFoundError:
        return None
    return saved["tables"] if saved["made_of"] == describe_grammar(grammar) else None


def describe_grammar(grammar: str) -> list[str]:
    """What tables are made of: lark and a grammar."""
    from lark import __version__  # noqa: PLC0415 - few specs need it

    return [__version__, hashlib.sha256(grammar.encode()).hexdigest()]


def _join_pairs(node: dict[str, Any]) -> dict[Any, Any]:
    return dict(node[PAIRS]) if PAIRS in node else node

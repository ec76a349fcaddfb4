"""`make grammars`: the tables of the parsers, made of their grammars."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from lark import Lark
from lark.grammar import Rule
from lark.lexer import TerminalDef

from watchspec.languages.tables import OPTIONS, PAIRS, describe_grammar

FOLDER = Path(__file__).resolve().parent.parent / "compiler" / "watchspec" / "languages"


def main() -> None:
    """Write the tables of every grammar."""
    for path in sorted(FOLDER.glob("*.lark")):
        target = FOLDER / "tables" / f"{path.stem}.json"
        target.parent.mkdir(exist_ok=True)
        text = write_tables(path.read_text(encoding="utf-8"))
        target.write_text(text, encoding="utf-8", newline="\n")


def write_tables(grammar: str) -> str:
    """The file of a grammar."""
    # Lark.save() puts the same into a pickle, which nobody should have to load.
    data, memo = Lark(grammar, **OPTIONS).memo_serialize([TerminalDef, Rule])
    tables = _split_pairs({"data": data, "memo": memo})
    content = {"made_of": describe_grammar(grammar), "tables": tables}
    return json.dumps(content, separators=(",", ":")) + "\n"


def _split_pairs(node: Any) -> Any:  # noqa: ANN401 - whatever lark says
    """Data without mappings by numbers."""
    if isinstance(node, dict):
        if all(isinstance(key, str) for key in node):
            return {key: _split_pairs(value) for key, value in node.items()}
        return {PAIRS: [[key, _split_pairs(value)] for key, value in node.items()]}
    if isinstance(node, list | tuple | set | frozenset):
        return [_split_pairs(item) for item in node]
    return node


if __name__ == "__main__":
    main()

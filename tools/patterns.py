"""How long hostile texts keep the regular expressions of the schema, the source and the grammars."""

from __future__ import annotations

import ast
import json
import re
import time
from collections.abc import Iterator
from heapq import nlargest
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
CHARACTERS = 50_000
_TRIED_FIRST = 2_000
"""The texts that take longest at this size are tried again at full size."""
_SLOWEST = 5
_PIECES = [*'a1A_ .:$,-/{}()<>"%\n', "${", "a.", "a ", "1,", "1:", ":1", "{{", "<a", '\\"', "a-"]
_PIECES += ["aws:", "arn:", "https://", "cron(", "a@", "1 ", "0.", "{a"]
_STARTS = ["", "a", "1", "0", "$", "${", "{{", "<", ">", "arn:aws:", '"', "a@b", "/"]
_ENDS = ["", "\n", "\t", "!", "}", "\u0660", "a\nb"]
_MANY = ("search", "finditer", "findall", "sub", "split")
_USES = re.compile(r"\b(\w+)\.(search|finditer|findall|sub|split|match|fullmatch)\(")


class Pattern(NamedTuple):
    """A regular expression, and how it is used: `search`, `match` or `fullmatch`."""

    use: str
    text: str


def find_patterns() -> list[Pattern]:
    """Every regular expression that texts of a spec meet."""
    schema = json.loads((ROOT / "schema" / "v1" / "spec.schema.json").read_text(encoding="utf-8"))
    found = {*_in_schema(schema), *_in_source(), *_in_grammars()}
    return sorted(found)


def slowest(pattern: Pattern) -> float:
    """The CPU seconds of the hostile text of 50,000 characters that keeps a pattern longest."""
    attacks = list(product(_STARTS, _PIECES, _ENDS))
    times = {attack: _measure(pattern, attack, _TRIED_FIRST) for attack in attacks}
    worst = nlargest(_SLOWEST, times, key=times.__getitem__)
    return max(_measure(pattern, attack, CHARACTERS) for attack in worst)


def _measure(pattern: Pattern, attack: tuple[str, str, str], size: int) -> float:
    start, piece, end = attack
    text = start + piece * (size // len(piece)) + end
    expression = re.compile(pattern.text)
    begun = time.thread_time()
    if pattern.use == "search":
        for _ in expression.finditer(text):
            pass
    elif pattern.use == "match":
        expression.match(text)
    else:
        expression.fullmatch(text)
    return time.thread_time() - begun


def _in_schema(node: Any) -> Iterator[Pattern]:  # noqa: ANN401 - JSON
    if isinstance(node, dict):
        if isinstance(node.get("pattern"), str):
            yield Pattern("search", node["pattern"])
        for value in node.values():
            yield from _in_schema(value)
    elif isinstance(node, list):
        for value in node:
            yield from _in_schema(value)


def _in_source() -> Iterator[Pattern]:
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "compiler").rglob("*.py")]
    for source in sources:
        uses = {found.groups() for found in _USES.finditer(source)}
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                name = node.targets[0].id
                used = [use for use in ("match", "fullmatch") if (name, use) in uses]
                is_searched = any((name, use) in uses for use in _MANY)
                for _, text in _calls(node, {"compile"}):
                    yield Pattern("search" if is_searched or not used else used[0], text)
            elif isinstance(node, ast.Call):
                for use, text in _calls(node, {*_MANY, "match", "fullmatch"}):
                    yield Pattern("search" if use in _MANY else use, text)


def _calls(node: ast.AST, wanted: set[str]) -> Iterator[tuple[str, str]]:
    """The calls of `re` with an expression written out, in and below a node."""
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute):
            of_re = isinstance(call.func.value, ast.Name) and call.func.value.id == "re"
            written = call.args[0] if call.args else None
            if of_re and call.func.attr in wanted and isinstance(written, ast.Constant):
                yield call.func.attr, str(written.value)


def _in_grammars() -> Iterator[Pattern]:
    for path in sorted((ROOT / "compiler").rglob("*.lark")):
        for line in path.read_text(encoding="utf-8").splitlines():
            found = re.search(r"(?:: |%ignore )/(.+)/$", line)
            if found is not None:
                yield Pattern("match", found[1])

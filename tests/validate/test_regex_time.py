"""Regular expressions take time in proportion to the text, whoever wrote the text."""

from __future__ import annotations

import ast
import json
import re
import time
from collections.abc import Iterator
from heapq import nlargest
from pathlib import Path
from typing import Any

import pytest

from support import HEAD, ROOT, compile_text, template

CHARACTERS = 50_000
CPU_SECONDS = 0.5
"""Five times the tenth of a second that is wanted, for slow machines."""
TRIED_FIRST = 5_000
"""What is slow on so many characters already is not tried on ten times as many."""
SLOWEST = 20
"""So many of the texts tried first are tried again, ten times as long."""

SCHEMA = json.loads((ROOT / "schema" / "v1" / "spec.schema.json").read_text(encoding="utf-8"))
PIECES = [*'a1A_ .:$,-/{}()<>"%\n', "${", "a.", "a ", "1,", "1:", ":1", "{{", "<a", '\\"', "a-"]
PIECES += ["aws:", "arn:", "https://", "cron(", "a@", "1 ", "0.", "{a"]
STARTS = ["", "a", "1", "0", "$", "${", "{{", "<", ">", "arn:aws:", '"', "a@b", "/"]
ENDS = ["", "\n", "\t", "!", "}", "\u0660", "a\nb"]
KNOWN_BUGS = {
    ("search", r"(\$+)\{"): "dollar signs: each is tried as the first",
    (
        "fullmatch",
        r"(>=|<=|>|<)\s*(.*)",
    ): "blanks: each is tried as the last, if a newline follows later",
}
SLOW_IN_THE_SCHEMA = "[^\\t\\n]*\\$\\{[^\\t\\n]+"

Pattern = tuple[str, str]
"""How it is used (`search`, `match` or `fullmatch`), and the expression."""


def find_patterns(node: Any) -> Iterator[Pattern]:
    """Every pattern of the schema."""
    if isinstance(node, dict):
        if isinstance(node.get("pattern"), str):
            yield "search", node["pattern"]
        for value in node.values():
            yield from find_patterns(value)
    elif isinstance(node, list):
        for value in node:
            yield from find_patterns(value)


def find_expressions() -> Iterator[Pattern]:
    """Every regular expression that stands in the source."""
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "compiler").rglob("*.py")]
    looking = r"\b(\w+)\.(?:search|finditer|findall|sub|split|match)\("
    searched = {found[1] for source in sources for found in re.finditer(looking, source)}
    for source in sources:
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                use = "search" if node.targets[0].id in searched else "fullmatch"
                yield from ((use, one) for kind, one in find_calls(node) if kind == "compile")
            if isinstance(node, ast.Call):
                for kind, one in find_calls(node):
                    yield "fullmatch" if kind in {"compile", "fullmatch"} else "search", one


def find_calls(node: ast.AST) -> Iterator[tuple[str, str]]:
    """The calls of `re` with an expression written out, in and below a node."""
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute):
            of_re = isinstance(call.func.value, ast.Name) and call.func.value.id == "re"
            written = call.args[0] if call.args else None
            if of_re and isinstance(written, ast.Constant) and call.func.attr != "escape":
                yield call.func.attr, str(written.value)


def find_terminals() -> Iterator[Pattern]:
    """Every terminal of a grammar that is a regular expression."""
    for path in sorted((ROOT / "compiler").rglob("*.lark")):
        for line in path.read_text(encoding="utf-8").splitlines():
            found = re.search(r"(?:: |%ignore )/(.+)/$", line)
            if found is not None:
                yield "match", found[1]


def mark(use: str, pattern: str) -> Any:
    reason = KNOWN_BUGS.get((use, pattern), "")
    if SLOW_IN_THE_SCHEMA in pattern:
        reason = "references that are never closed: each is tried as the last"
    marks = [pytest.mark.xfail(strict=True, reason=reason)] if reason else []
    return pytest.param(use, pattern, marks=marks, id=f"{use} {pattern[:60]!a}")


PATTERNS = [
    mark(*pattern)
    for pattern in sorted({*find_patterns(SCHEMA), *find_expressions(), *find_terminals()})
]
ATTACKS = [(start, piece, end) for piece in PIECES for start in STARTS for end in ENDS]


def measure(
    use: str, expression: re.Pattern[str], attack: tuple[str, str, str], size: int
) -> float:
    """The time it takes to use an expression on a text that begins well and ends badly."""
    start, piece, end = attack
    text = start + piece * (size // len(piece)) + end
    begun = time.thread_time()
    if use == "search":
        for _ in expression.finditer(text):
            pass
    elif use == "match":
        expression.match(text)
    else:
        expression.fullmatch(text)
    return time.thread_time() - begun


def test_the_expressions_of_schema_source_and_grammar_are_found() -> None:
    uses = [use for use, _ in {*find_expressions()}]

    assert len(set(find_patterns(SCHEMA))) >= 20
    assert uses.count("fullmatch") >= 25
    assert uses.count("search") >= 10
    assert len(list(find_terminals())) >= 4


@pytest.mark.slow
@pytest.mark.parametrize(("use", "pattern"), PATTERNS)
def test_no_text_keeps_a_regular_expression_busy(use: str, pattern: str) -> None:
    expression = re.compile(pattern)
    times = {attack: measure(use, expression, attack, TRIED_FIRST) for attack in ATTACKS}
    slowest = nlargest(SLOWEST, times, key=times.__getitem__)

    assert times[slowest[0]] < CPU_SECONDS / 10, slowest[0]

    for attack in slowest:
        assert measure(use, expression, attack, CHARACTERS) < CPU_SECONDS, attack


def test_an_expression_of_the_author_is_never_tried(tmp_path: Path) -> None:
    text = HEAD + (
        "parameters: {name: {pattern: (a+)+$, default: " + "a" * 64 + "!}}\n"
        "logs: {app: {group: /app, retention: never}}\n"
        'tags: {name: "${name}"}\n'
    )
    start = time.thread_time()

    body = template(compile_text(text, tmp_path))

    assert time.thread_time() - start < 2
    assert body["Parameters"]["Name"]["AllowedPattern"] == "(a+)+$"

"""Whoever adds a rule is told what was forgotten, in one list."""

from __future__ import annotations

import ast
import importlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from support import ROOT
from watchspec.check import RULES
from watchspec.diagnostics import Rule, Severity
from watchspec.rulebook import ADVICE, ALL_RULES, OPINIONS
from watchspec.verdict import may_ignore

PACKAGE = ROOT / "compiler/watchspec"
MODULES = sorted(path.stem for path in (PACKAGE / "check/rules").glob("[a-z]*.py"))
TESTS = "".join(
    path.read_text(encoding="utf-8")
    for path in (ROOT / "tests").rglob("*.py")
    if path.parent.name != "rules"
)
SAID = json.loads((Path(__file__).parent / "messages.json").read_text(encoding="utf-8"))
BY_NAME = {
    (path.parent.name if path.parent.name != "rules" else path.parent.parent.name, name): rule
    for path in PACKAGE.rglob("*.py")
    if "rules" in path.as_posix().removeprefix(PACKAGE.as_posix())
    for name, rule in vars(
        importlib.import_module(
            "watchspec." + ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
        )
    ).items()
    if isinstance(rule, Rule)
}


def find_forgotten(module: str) -> Iterator[str]:
    """What is missing for a rule of check, as a list of things to do."""
    rule = importlib.import_module(f"watchspec.check.rules.{module}").RULE
    topic, _, pattern = rule.id.partition("/")
    if module != f"{topic}-{pattern}".replace("-", "_"):
        yield f"name the module check/rules/{topic}_{pattern.replace('-', '_')}.py, as its rule"
    if rule not in {one for one, _ in RULES}:
        yield f"add a line for {module} to RULES in check/registry.py"
    for head in ("Why", "Bad", "Good", "Source"):
        if f"\n{head}:" not in rule.page and not (head in {"Bad", "Good"} and is_excused(rule.id)):
            yield f'add "{head}:" to the docstring of check/rules/{module}.py'
    if not (ROOT / f"docs/reference/rules/{rule.id}.md").exists():
        yield "write docs/reference/ anew with  make docs"
    if rule.id not in SAID and not is_excused(rule.id):
        yield "write tests/rules/messages.json anew with  pytest tests/rules --write-golden"
    if rule.id not in TESTS:
        yield f'add tests to tests/check/ that name "{rule.id}"'


def is_excused(rule: str) -> bool:
    from rules.test_rulebook import WITHOUT_EXAMPLES  # noqa: PLC0415 - only for the few without

    return rule in WITHOUT_EXAMPLES


@pytest.mark.parametrize("module", MODULES)
def test_nothing_was_forgotten(module: str, request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--write-golden"):
        pytest.skip("what is missing is being written")

    assert list(find_forgotten(module)) == []


def test_every_line_of_the_registry_has_its_module() -> None:
    named = {rule.id.replace("/", "_").replace("-", "_") for rule, _ in RULES}

    assert sorted(named) == MODULES


def find_severities() -> Iterator[tuple[str, str]]:
    """Of each rule outside of check and lint: the severities that the code finds it with."""
    methods = {"error": "error", "warn": "warning", "note": "note"}
    for room in (
        "load",
        "validate",
        "expand",
        "resolve",
        "emit",
        "write",
        "ignore",
        "feed",
        "backtest",
        "fetch",
    ):
        for path in (PACKAGE / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                    continue
                if node.func.attr in methods and node.args:
                    name, severity = ast.unparse(node.args[0]), methods[node.func.attr]
                elif node.func.attr == "find" and node.args:
                    name = ast.unparse(node.func.value)
                    severity = ast.unparse(node.args[0]).rpartition(".")[2].lower()
                else:
                    continue
                rule = BY_NAME.get((room, name.removeprefix("rules.")))
                if name.startswith("rules.") and rule is not None:
                    yield rule.id, severity


def test_advice_is_what_is_not_always_an_error() -> None:
    found = {rule for rule, severity in find_severities() if severity in {"warning", "note"}}

    assert {rule.id for rule in ADVICE} == {
        rule for rule in found if not rule.startswith("ignore/")
    }


def test_the_rulebook_and_the_verdict_agree_on_what_can_be_ignored() -> None:
    ignorable = {rule.id for rule in ALL_RULES if may_ignore(rule.find(Severity.ERROR, "x", None))}

    assert ignorable == {rule.id for rule in OPINIONS}

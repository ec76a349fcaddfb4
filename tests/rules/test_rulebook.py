"""The pages of the rules: complete, readable, and true of the compiler."""

from __future__ import annotations

import ast
import importlib
import json
import pkgutil
import re
from pathlib import Path

import pytest

import watchspec
from support import ROOT
from watchspec.diagnostics import Diagnostic, Rule
from watchspec.pipeline import Options, compile_specs
from watchspec.rulebook import ALL_RULES

MESSAGES = Path(__file__).parent / "messages.json"
PAGES = {rule.id: rule.page.strip() for rule in ALL_RULES}
EXAMPLE = re.compile(r"^(Bad|Good):\n```yaml\n(.*?)```$", re.MULTILINE | re.DOTALL)
EXAMPLES = {rule: dict(EXAMPLE.findall(page)) for rule, page in PAGES.items()}
LINE_CHARACTERS = 110

WITHOUT_EXAMPLES = {
    # Why an example would not do, and the tests that show the rule instead.
    "composite/too-large": ("it takes 101 alarms", "check/test_limits.py"),
    "backtest/coarse-data": ("it is about data", "backtest/test_backtest.py"),
    "backtest/flapping": ("it is about data", "backtest/test_backtest.py"),
    "backtest/nothing-judged": ("it is about data", "backtest/test_backtest.py"),
    "backtest/too-many-fires": ("it is about data", "backtest/test_backtest.py"),
    "backtest/too-many-pages": ("it is about data", "backtest/test_backtest.py"),
    "fetch/unknown-parameter": ("it is about a live account", "fetch/test_queries.py"),
    "fetch/no-longer-kept": ("it is about a live account", "fetch/test_queries.py"),
    "data/bad-incident": ("it is about a file of incidents", "feed/test_incidents.py"),
    "data/unreadable": ("it is about a data file", "feed/test_csv.py"),
    "data/too-large": ("it is about a data file", "feed/test_csv.py"),
    "data/not-text": ("it is about a data file", "feed/test_csv.py"),
    "data/no-data": ("it is about a data file", "feed/test_csv.py"),
    "data/bad-header": ("it is about a data file", "feed/test_csv.py"),
    "data/bad-row": ("it is about a data file", "feed/test_csv.py"),
    "data/bad-time": ("it is about a data file", "feed/test_csv.py"),
    "data/bad-number": ("it is about a data file", "feed/test_csv.py"),
    "data/bad-json": ("it is about a data file", "feed/test_json.py"),
    "data/incomplete": ("it is about a data file", "feed/test_json.py"),
    "data/conflicting-values": ("it is about a data file", "feed/test_csv.py"),
    "data/unknown-column": ("it is about a data file", "feed/test_binding.py"),
    "data/wrong-unit": ("it is about a data file", "feed/test_binding.py"),
    "data/two-metrics": ("it is about a data file", "feed/test_binding.py"),
    "dashboard/too-many-metrics": ("it takes 2,501 metrics", "check/test_dashboards.py"),
    "dashboard/too-much": ("it takes 500 widgets", "check/test_limits.py"),
    "event/too-long": ("it takes 4,097 characters", "check/test_limits.py"),
    "log/too-large": ("it takes 101 metric filters", "check/test_limits.py"),
    "for-each/too-many": ("it takes 100,001 items", "expand/test_for_each.py"),
    "file/cannot-write": ("it is about the output folder", "write/test_write_failures.py"),
    "file/same-file": ("it is about the output folder", "rules/test_output_rules.py"),
    "file/stale": ("it is about the output folder", "rules/test_output_rules.py"),
    "file/unreadable-list": ("it is about the output folder", "rules/test_output_rules.py"),
    "file/not-utf8": ("a page is UTF-8", "load/test_files.py"),
    "file/unreadable": ("it is about no text", "load/test_files.py"),
    "ignore/bad-baseline": ("it is about the baseline", "ignore/test_baseline.py"),
    "ignore/expired": ("it takes a day to pass", "ignore/test_ignores.py"),
    "ignore/outdated-baseline": ("it is about the baseline", "ignore/test_baseline.py"),
    "include/bad-path": ("it takes two files", "load/test_includes.py"),
    "include/cycle": ("it takes two files", "load/test_includes.py"),
    "include/defined-twice": ("it takes two files", "expand/test_include.py"),
    "template/cfn-lint": ("it takes a mistake nobody checks for", "lint/test_lint_findings.py"),
    "template/dynamic-reference": ("no example is short", "emit/test_deployed_texts.py"),
    "template/needs-bucket": ("it takes 51,201 bytes", "emit/test_template_limits.py"),
    "template/same-id": ("no example is known", "emit/test_logical_ids.py"),
    "template/too-large": ("it takes 501 resources", "emit/test_template_limits.py"),
    "test/no-spec": ("it is about a file name", "load/test_test_files.py"),
    "test/other-section": ("it takes two files", "load/test_test_files.py"),
    "test/failed": ("it is about what a test finds", "cli/test_cli_tests.py"),
    "test/mutant-survives": ("it is about what a test finds", "test/test_mutation.py"),
    "test/no-tests": ("it is about a whole run", "cli/test_cli_tests.py"),
    "test/not-covered": ("it is about a whole run", "cli/test_cli_tests.py"),
    "test/not-simulated": ("it is about what a test finds", "test/test_expectations.py"),
    "yaml/too-deep": ("it takes 65 levels", "load/test_bombs.py"),
    "yaml/too-large": ("it takes 250,001 values", "load/test_bombs.py"),
}


def find(text: str, folder: Path) -> list[Diagnostic]:
    """What is said of a spec by everything but cfn-lint."""
    path = folder / "spec.yaml"
    path.write_text(text, encoding="utf-8")
    options = Options(out=folder / "out", lint=False, use_cache=False)
    return list(compile_specs([str(path)], options, lambda *_: None).diagnostics)


def has_example(kind: str) -> list[str]:
    return [rule for rule in PAGES if kind in EXAMPLES[rule]]


def test_every_rule_of_every_room_is_in_the_book() -> None:
    defined = set()
    for module in pkgutil.walk_packages(watchspec.__path__, "watchspec."):
        if module.name != "watchspec.__main__":
            values = vars(importlib.import_module(module.name)).values()
            defined |= {value.id for value in values if isinstance(value, Rule)}

    assert defined == set(PAGES)


def test_every_rule_is_made_where_the_book_can_find_it() -> None:
    made = 0
    for path in (ROOT / "compiler").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                made += node.func.id == "Rule"

    assert made == len(ALL_RULES)


def test_ids_are_unique_and_name_a_topic_and_a_pattern() -> None:
    ids = [rule.id for rule in ALL_RULES]

    assert len(set(ids)) == len(ids) > 70
    assert ids == sorted(ids)
    for one in ids:
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*/[a-z][a-z0-9]*(-[a-z0-9]+)*", one), one


def test_a_rule_of_check_is_named_as_its_module_is() -> None:
    for path in (ROOT / "compiler/watchspec/check/rules").glob("[a-z]*.py"):
        module = importlib.import_module(f"watchspec.check.rules.{path.stem}")
        topic, _, pattern = module.RULE.id.partition("/")

        assert path.stem == f"{topic}-{pattern}".replace("-", "_")


@pytest.mark.parametrize("rule", PAGES)
def test_a_page_is_one_sentence_a_reason_and_examples_in_this_order(rule: str) -> None:
    page = PAGES[rule]
    sentence, empty, *rest = page.splitlines()
    heads = re.findall(r"^(Why|Help|Bad|Good|Source): ?", page, re.MULTILINE)

    assert sentence[0].isupper() or sentence.startswith(("`", "cfn-lint"))
    assert sentence.endswith(".")
    assert ". " not in sentence
    assert empty == ""
    assert rest[0].startswith("Why: ")
    assert heads == sorted(heads, key=["Why", "Help", "Bad", "Good", "Source"].index)
    assert len(set(heads)) == len(heads)


@pytest.mark.parametrize("rule", PAGES)
def test_a_page_fits_on_a_screen_but_for_addresses(rule: str) -> None:
    lines = [line for line in PAGES[rule].splitlines() if "https://" not in line]

    assert max(map(len, lines)) <= LINE_CHARACTERS
    assert not any(line != line.rstrip() for line in lines)


@pytest.mark.parametrize("rule", PAGES)
def test_a_fact_of_a_page_says_where_it_is_from_and_when_it_was_read(rule: str) -> None:
    sources = PAGES[rule].partition("\nSource: ")[2]

    for address in re.findall(r"https://\S+", sources):
        assert not address.endswith((".", ",")), address
    assert not sources or re.search(r"read \d{4}-\d{2}-\d{2}\)$", sources)


def test_examples_come_in_pairs() -> None:
    assert has_example("Bad") == has_example("Good")
    assert {rule: page.count("```") for rule, page in PAGES.items()} == {
        rule: 2 * len(EXAMPLES[rule]) for rule in PAGES
    }


@pytest.mark.parametrize("rule", has_example("Bad"))
def test_the_bad_example_is_found(rule: str, tmp_path: Path) -> None:
    found = find(EXAMPLES[rule]["Bad"], tmp_path)

    assert rule in {one.rule for one in found}


@pytest.mark.parametrize("rule", has_example("Bad"))
def test_the_bad_example_has_no_other_error(rule: str, tmp_path: Path) -> None:
    found = find(EXAMPLES[rule]["Bad"], tmp_path)

    worst = max(one.severity for one in found if one.rule == rule)
    assert {one.rule for one in found if one.severity >= worst} <= {rule, "template/empty"}


@pytest.mark.parametrize("rule", has_example("Good"))
def test_the_good_example_has_no_error(rule: str, tmp_path: Path) -> None:
    found = find(EXAMPLES[rule]["Good"], tmp_path)

    # Most examples show one thing alone, so that there is nothing to deploy.
    allowed = {"template/empty"} - {rule}
    if rule in {"yaml/bad-number", "yaml/merge-key"}:
        allowed.add("reference/unused-name")
    assert {one.rule for one in found} <= allowed


def test_a_rule_without_an_example_has_a_reason_and_a_test() -> None:
    assert set(WITHOUT_EXAMPLES) == set(PAGES) - set(has_example("Bad"))

    for rule, (reason, test) in WITHOUT_EXAMPLES.items():
        assert reason
        assert rule in (ROOT / "tests" / test).read_text(encoding="utf-8"), rule


def test_what_the_bad_examples_are_told_has_not_changed(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    said = {
        rule: [
            {
                "severity": one.severity.word,
                "message": one.message,
                "hint": one.hint,
                "help": one.help,
            }
            for one in find(EXAMPLES[rule]["Bad"], tmp_path)
            if one.rule == rule
        ]
        for rule in has_example("Bad")
    }
    written = json.dumps(said, indent=2, ensure_ascii=False) + "\n"
    if request.config.getoption("--write-golden"):
        MESSAGES.write_text(written, encoding="utf-8")

    assert written == MESSAGES.read_text(encoding="utf-8")


def test_messages_are_sentences_without_a_full_stop_and_say_nothing_of_python() -> None:
    said = json.loads(MESSAGES.read_text(encoding="utf-8"))

    for rule, findings in said.items():
        for one in findings:
            for text in (one["message"], one["hint"], one["help"]):
                assert not text.endswith("."), rule
                assert "\n" not in text, rule
                assert len(text) <= 200, rule
                assert not re.search(r"\b(?:None|True|False|dict|str|int|Seq|Map)\b", text), rule
            assert re.match(r"[^A-Z]|CloudWatch |AWS::", one["message"]), rule

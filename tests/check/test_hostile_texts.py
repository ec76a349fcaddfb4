"""Texts and metrics meant to break who reads them: each is a finding, soon and short."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import HEAD, check_text
from watchspec.diagnostics import Diagnostic

NUMBER = "9" * 5000
LOGS = "logs: {l: {group: /shop, retention: 1 day}}\n"
EXPRESSION = "metrics: {{m: {{expression: '{}'}}}}\n"
METRICS = (
    HEAD + "metrics:\n  a0: {metric: AWS/Lambda Errors}\n  a1: {metric: AWS/Lambda Invocations}\n"
)


def find(rule: str, text: str, folder: Path) -> Diagnostic:
    """The one finding of this rule."""
    (found,) = (one for one in check_text(text, folder) if one.rule == rule)
    return found


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (
            "query/bad-syntax",
            LOGS + f"queries: {{q: {{log: l, question: Which?, query: limit {NUMBER}}}}}\n",
        ),
        (
            "query/bad-syntax",
            LOGS
            + f"queries: {{q: {{log: l, question: Which?, query: stats count() by bin({NUMBER}m)}}}}\n",
        ),
        (
            "query/bad-syntax",
            LOGS + "queries: {q: {log: l, question: Which?, query: stats count() by bin(٣m)}}\n",
        ),
        (
            "alarm/bad-rule",
            f"alarms: {{c: {{severity: info, when: {{rule: 'AT_LEAST({NUMBER}, ALARM, (c))'}}}}}}\n",
        ),
        ("metric/unknown", EXPRESSION.format("a" * 100_000)),
        ("metric/unknown-function", EXPRESSION.format("A" * 100_000 + "(1)")),
        ("reference/unknown-name", f"description: ${{{'a' * 900}}}\n"),
    ],
    ids=lambda text: text[:30],
)
def test_a_word_or_a_number_beyond_all_measure_is_a_short_finding(
    rule: str, text: str, tmp_path: Path
) -> None:
    found = find(rule, HEAD + text, tmp_path)

    assert max(len(found.message), len(found.hint), len(found.help)) < 350


def test_metrics_that_double_with_each_other_end_at_what_a_graph_takes(tmp_path: Path) -> None:
    lines = (f"  a{n}: {{expression: a{n - 1} + a{n - 2}}}\n" for n in range(2, 48))

    found = find("metric/cycle", METRICS + "".join(lines), tmp_path)

    assert found.message == "the expression is made of more than 500 metrics, the most of a graph"
    assert found.location is not None
    assert found.location.line == 7 + 13 - 1


@pytest.mark.parametrize("version", ["{a: null}", "[null]"])
def test_a_version_of_several_values_is_not_shown(version: str, tmp_path: Path) -> None:
    found = find("spec/unsupported-version", f"version: {version}\nservice: shop\n", tmp_path)

    assert found.message == "version of several values is not supported"


@pytest.mark.parametrize(("written", "shown"), [("null", "null"), ("true", "true"), ("2", "2")])
def test_a_version_that_is_no_word_is_shown_as_it_is_written(
    written: str, shown: str, tmp_path: Path
) -> None:
    found = find("spec/unsupported-version", f"version: {written}\nservice: shop\n", tmp_path)

    assert found.message == f"version {shown} is not supported"


def test_a_rule_that_names_a_hundred_alarms_twice_is_looked_at(tmp_path: Path) -> None:
    alarms = (
        f"  c{n}: {{severity: info, when: {{metric: a0, above: {n + 1}}}}}\n" for n in range(100)
    )
    rule = " AND ".join(f"(ALARM(c{n}) OR ALARM(c{n + 1}))" for n in range(99))
    text = (
        METRICS
        + "alarms:\n"
        + "".join(alarms)
        + f"  top: {{severity: info, when: {{rule: {rule}}}}}\n"
    )

    rules = {one.rule for one in check_text(text, tmp_path)}

    assert "alarm/description-too-long" in rules
    assert not any(rule.startswith("composite/") for rule in rules)

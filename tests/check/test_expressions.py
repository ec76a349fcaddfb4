"""Alarms on expressions that CloudWatch would refuse."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support import HEAD, compile_text, errors, marked_text, only_error

METRICS = (
    "metrics:\n  a: {metric: Shop A}\n  b: {metric: Shop B}\n"
    '  q: {query: SELECT MAX(A) FROM Shop GROUP BY X}\n  total: {expression: "SUM(a)"}\n'
)
ONE_NUMBER = "the expression gives one number, and an alarm watches a series"
SEVERAL = "the expression gives several series, and an alarm watches one"
SEARCHES = "the expression searches for metrics, which no alarm may"


def on_expression(expression: str, folder: Path) -> str:
    """The spec of an alarm on an expression; what it is told."""
    text = HEAD + METRICS + "alarms:\n  hot:\n    severity: info\n    when:\n"
    text += f"      expression: {json.dumps(expression)}\n      above: 0.5\n"
    found = errors(compile_text(text, folder))
    return "; ".join(f"{one.rule}: {one.message}" for one in found)


@pytest.mark.parametrize(
    "expression",
    [
        "a / b",
        "100 * a / (a + b)",
        "IF(a > 5 AND b < 3, 1, 0)",
        "SUM([a, b])",
        "SUM(METRICS())",
        "FIRST(SORT(METRICS(), AVG, DESC))",
        "a / total",
        "a - AVG(a)",
        "q * 2",
        "TIME_SERIES(5) + PERIOD(a)",
        "RATE(FILL(a, 0))",
        "LAMBDA('name')",
        "SLICE([a, b], 0, 1)",
    ],
)
def test_an_alarm_may_watch_what_is_one_series(expression: str, tmp_path: Path) -> None:
    assert on_expression(expression, tmp_path) == ""


@pytest.mark.parametrize(
    ("expression", "told"),
    [
        ("SUM(a)", ONE_NUMBER),
        ("5", ONE_NUMBER),
        ("SUM(a) / SUM(b)", ONE_NUMBER),
        ("total * 2", ONE_NUMBER),
        ("METRIC_COUNT(METRICS())", ONE_NUMBER),
        ("[a, b]", SEVERAL),
        ("METRICS() / 100", SEVERAL),
        ("100 / [a, b] > a", SEVERAL),
        ("SUM(SEARCH('{Shop,A} B', 'Sum', 60))", SEARCHES),
        ("SEARCH('{Shop,A} B', 'Sum', 60)", SEARCHES),
    ],
)
def test_an_alarm_watches_one_series_and_does_not_search(
    expression: str, told: str, tmp_path: Path
) -> None:
    assert on_expression(expression, tmp_path) == f"alarm/impossible-expression: {told}"


@pytest.mark.parametrize(
    ("expression", "marked", "message"),
    [
        ("a b", "b", '"b" is not possible here'),
        ("a +", '"a +"', "the expression ends too early"),
        ("2 * max(a)", "m", '"max" is not a function: functions are written in capitals'),
        ("a + nothing", "nothing", 'there is no metric "nothing"'),
    ],
)
def test_a_mistake_is_marked_where_it_stands_in_the_expression(
    expression: str, marked: str, message: str, tmp_path: Path
) -> None:
    text = HEAD + METRICS + f'  wrong: {{expression: "{expression}"}}\n'

    (error,) = errors(compile_text(text, tmp_path))

    assert error.message == message
    assert marked_text(error) == marked


def test_an_expression_made_of_values_is_marked_as_a_whole(tmp_path: Path) -> None:
    text = HEAD + METRICS + '  wrong: {expression: "a + ${v} b"}\nvalues: {v: 17}\n'

    error = only_error(compile_text(text, tmp_path), "metric/bad-expression")

    assert marked_text(error) == '"a + ${v} b"'


def test_a_function_aws_does_not_document_is_a_warning(tmp_path: Path) -> None:
    text = HEAD + METRICS + "  odd: {expression: a + CEILING(b)}\n"

    (found,) = [
        one for one in compile_text(text, tmp_path).diagnostics if one.rule != "template/empty"
    ]

    assert (found.rule, found.hint) == ("metric/unknown-function", 'did you mean "CEIL"?')
    assert marked_text(found) == "CEILING"

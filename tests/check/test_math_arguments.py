"""Metric math whose parts do not fit together, and math that alarms and graphs cannot use."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support import HEAD, compile_text, marked_text
from watchspec.diagnostics import Diagnostic, Severity

ERROR, WARNING = Severity.ERROR, Severity.WARNING
METRICS = (
    "logs:\n  app:\n    group: /app\n    retention: 30 days\n    metrics:\n"
    "      gaps: {pattern: ERROR}\n      filled: {pattern: WARN, default: 0}\n"
    "metrics:\n  a: {metric: Shop A}\n  b: {metric: Shop B}\n  one: {expression: SUM(a)}\n"
    "  q: {query: SELECT MAX(A) FROM Shop GROUP BY X}\n"
)
NESTED = (
    '"SUM" of one series depends on how many data points the alarm reads, '
    "in a metric that the expression is made of"
)
ALARM = "alarms: {hot: {severity: info, notify: [], when: {metric: m, above: 1}}}\n"


def find(expression: str, folder: Path, more: str = "") -> list[Diagnostic]:
    """What is said of an expression `m`."""
    text = f"{HEAD}{METRICS}  m: {{expression: {json.dumps(expression)}}}\n{more}"
    found = compile_text(text, folder).diagnostics
    return [one for one in found if one.rule != "metric/unused"]


@pytest.mark.parametrize(
    "expression",
    [
        "ABS(-a) + CEIL(b) - FLOOR([a, b]) * LOG(LOG10(a))",
        "AVG([a, b]) + MAX(a) + MIN(5)",
        "DIFF(a) / DIFF_TIME(a) + RATE([a, b]) + RUNNING_SUM(a)",
        "FILL(a, 0) + FILL(a, b) + FILL(a, REPEAT) + FILL([a, b], LINEAR)",
        "IF(a > 5 AND b < 3, 1, 0) + IF(a, b) + IF(one > 1, a, [a, b])",
        "IF(HOUR(a) > 8, a) + EPOCH(a)",
        "FIRST(SORT(METRICS(), AVG, DESC)) + LAST([a, b])",
        'SLICE(SORT(METRICS("a"), SUM, ASC, 5), 0, 10)',
        "SLICE(REMOVE_EMPTY(METRICS()), 5)",
        "METRIC_COUNT(METRICS()) * PERIOD(a) + TIME_SERIES(5)",
        "ANOMALY_DETECTION_BAND(a, 2)",
        "INSIGHT_RULE_METRIC('rule', 'Sum')",
        "SEARCH('{Shop,A} B', 'Sum', 60) + SEARCH('{Shop,A} B', 'Sum')",
        "DB_PERF_INSIGHTS('RDS', 'db-1', 'db.load')",
        "LAMBDA('source', 'what', 5)",
        "SLICE(q, 0) + FIRST(q) + SUM(q)",
        "-a + a / SERVICE_QUOTA(a)",
    ],
)
def test_what_aws_documents_fits(expression: str, tmp_path: Path) -> None:
    assert find(expression, tmp_path) == []


@pytest.mark.parametrize(
    ("expression", "severity", "marked", "message"),
    [
        ("FILL(a)", ERROR, "FILL", '"FILL" has 1 argument and takes 2'),
        ("IF(a)", ERROR, "IF", '"IF" has 1 argument and takes 2 to 3'),
        ("1 + MAX(a, b)", ERROR, "MAX", '"MAX" has 2 arguments and takes 1'),
        ("TIME_SERIES()", ERROR, "TIME_SERIES", '"TIME_SERIES" has 0 arguments and takes 1'),
        ("SLICE(a, 0, 1)", WARNING, "a",
         '"SLICE" wants several series here, and this is a series'),
        ("SORT(5, AVG, ASC)", ERROR, "5",
         '"SORT" wants several series here, and this is a number'),
        ("SORT([a, b], 5, ASC)", ERROR, "5", '"SORT" wants a word here, and this is a number'),
        ("RATE(SUM(a))", ERROR, "SUM",
         '"RATE" wants a series or several series here, and this is a number'),
        ("TIME_SERIES(a)", ERROR, "a", '"TIME_SERIES" wants a number here, and this is a series'),
        ("METRICS(a)", ERROR, "a", '"METRICS" wants a text here, and this is a series'),
        ("RATE('a')", ERROR, "'a'",
         '"RATE" wants a series or several series here, and this is a text'),
        ("SORT([a, b], AVERAGE, ASC)", ERROR, "AVERAGE", '"SORT" does not know the word "AVERAGE"'),
        ("SORT([a, b], AVG, DOWN)", ERROR, "DOWN", '"SORT" does not know the word "DOWN"'),
        ("FILL(a, ZERO)", ERROR, "ZERO", '"FILL" does not know the word "ZERO"'),
        ("A + 1", ERROR, "A", '"A" is no metric: their names begin with a small letter'),
        ("SUM([a, B])", ERROR, "B", '"B" is no metric: their names begin with a small letter'),
        ("-B", ERROR, "B", '"B" is no metric: their names begin with a small letter'),
        ("SUM(B)", ERROR, "B", '"B" is no metric: their names begin with a small letter'),
        ("B", ERROR, "B", '"B" is no metric: their names begin with a small letter'),
        ("a + 'b'", ERROR, "'b'", "a text cannot be calculated with"),
    ],
)  # fmt: skip
def test_arguments_that_do_not_fit_are_marked(
    expression: str, severity: Severity, marked: str, message: str, tmp_path: Path
) -> None:
    (found,) = find(expression, tmp_path)

    assert (found.rule, found.severity) == ("metric/wrong-arguments", severity)
    assert (found.message, marked_text(found)) == (message, marked)


@pytest.mark.parametrize(
    ("expression", "hint"),
    [
        ("SORT([a, b], AVGS, ASC)", 'did you mean "AVG"?'),
        ("FILL(a, ZERO)", "it knows REPEAT, LINEAR"),
        ("A + a", 'did you mean "a"?'),
    ],
)
def test_a_word_that_does_not_fit_gets_another(expression: str, hint: str, tmp_path: Path) -> None:
    (found,) = find(expression, tmp_path)

    assert found.hint == hint


def test_an_expression_used_many_times_is_told_once(tmp_path: Path) -> None:
    more = "dashboards: {d: {rows: [{graph: [m, {metric: m, period: 5m}]}]}}\n" + ALARM

    found = [one for one in find("FILL(a) + b", tmp_path, more) if "FILL" in one.message]

    assert len(found) == 1


def test_expressions_of_a_loop_are_each_looked_at(tmp_path: Path) -> None:
    more = "  m_${f}: {for_each: {f: [ABS, FILL]}, expression: '${f}(a)'}\n"

    found = [one.message for one in find("a", tmp_path, more)]

    assert found == ['"FILL" has 1 argument and takes 2']


@pytest.mark.parametrize(
    ("expression", "given", "unused"),
    [
        ("x * 2", "{x: Shop X, y: Shop Y, z: Shop Z}", ["y", "z"]),
        ("x * y", "{x: Shop X, y: Shop Y}", []),
        ("SUM(METRICS())", "{x: Shop X, y: Shop Y}", []),
        ("a * 2", "{}", []),
    ],
)
def test_an_input_that_is_not_used_is_a_warning(
    expression: str, given: str, unused: list[str], tmp_path: Path
) -> None:
    text = f"{HEAD}{METRICS}  m: {{expression: {expression}, given: {given}}}\n"

    found = compile_text(text, tmp_path).diagnostics

    assert {one.rule for one in found} <= {"metric/unused-input"}
    assert [one.message for one in found] == [
        f'"{name}" is given to the expression, which does not use it' for name in unused
    ]
    assert [marked_text(one) for one in found] == unused
    assert {one.severity for one in found} <= {WARNING}


@pytest.mark.parametrize(
    ("line", "is_found"),
    [
        ("one", True),
        ("{metric: one, hidden: true}", False),
        ("{expression: TIME_SERIES(one)}", False),
        ("{expression: METRIC_COUNT(METRICS())}", True),
        ("{expression: '[a, b]'}", False),
        ("q", False),
        ("a", False),
    ],
)
def test_a_graph_draws_series(line: str, is_found: bool, tmp_path: Path) -> None:  # noqa: FBT001 - a column
    more = f"dashboards: {{d: {{rows: [{{graph: [a, {line}]}}, {{text: hello}}]}}}}\n"

    found = [one for one in find("a", tmp_path, more) if one.rule == "dashboard/no-series"]

    assert [(one.severity, one.message) for one in found] == [
        (ERROR, "the expression gives one number, and a graph draws series")
    ] * is_found


@pytest.mark.parametrize(
    ("expression", "told"),
    [
        ("a / AVG(a)", [("AVG", '"AVG" of one series depends on how many data points the alarm reads')]),
        ("a - STDDEV(a) * MAX(b)", [
            ("STDDEV", '"STDDEV" of one series depends on how many data points the alarm reads'),
            ("MAX", '"MAX" of one series depends on how many data points the alarm reads'),
        ]),
        ("RUNNING_SUM(a)", [("RUNNING_SUM", '"RUNNING_SUM" depends on how many data points the alarm reads')]),
        ("SUM(REMOVE_EMPTY([a, b]))", [
            ("REMOVE_EMPTY", '"REMOVE_EMPTY" depends on how many data points the alarm reads'),
        ]),
        ("RATE(gaps)", [("RATE", '"gaps" has gaps, and "RATE" over gaps is unpredictable')]),
        ("a / one", [("a / one", NESTED)]),
        ("SUM([a, b])", []),
        ("RATE(filled) + RATE(FILL(gaps, 0)) + RATE(a)", []),
        ("q / SUM(q)", []),
        ("a + METRIC_COUNT(METRICS())", []),
        ("SUM(METRICS())", []),
    ],
)  # fmt: skip
def test_an_alarm_does_not_watch_what_depends_on_what_it_reads(
    expression: str, told: list[tuple[str, str]], tmp_path: Path
) -> None:
    found = find(expression, tmp_path, ALARM)

    assert {one.rule for one in found} <= {"alarm/unstable-expression"}
    assert {one.severity for one in found} <= {WARNING}
    assert sorted((marked_text(one).strip('"'), one.message) for one in found) == sorted(told)


def test_one_number_in_an_alarm_is_one_finding(tmp_path: Path) -> None:
    assert [one.rule for one in find("SUM(a)", tmp_path, ALARM)] == ["alarm/impossible-expression"]

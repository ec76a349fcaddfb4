"""Metric math: what AWS documents is read, what is no expression is refused where it goes wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchspec.languages import Problem, parse_metric_math
from watchspec.model.metric_math import (
    Array,
    Call,
    MathTerm,
    Name,
    Negative,
    Number,
    Operation,
    String,
    walk_math,
)

DOCUMENTED = [
    # Samples of https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html (read 2026-11-24)
    "m1-AVG(m1)",
    'SUM(METRICS("errors"))/SUM(METRICS("requests"))*100',
    "PERIOD(m1)/60",
    "m1/METRIC_COUNT(METRICS())",
    "IF(DAY(m1)<6,m1)",
    "IF(MONTH(m1) == 4,m1)",
    "IF(FIRST(SORT(METRICS(), AVG, DESC))>100, 1, 0)",
    "SLICE(SORT(METRICS(), SUM, DESC), 0, 10)",
    "FILL(METRICS(), REPEAT)",
    "SUM(100/[m1,m2])",
    "SUM(-[m1,m2])",
    "METRICS()/100",
    "metric1 > 15 AND metric2 > 15",
    "IF(metric1, metric2, 5)",
    "ANOMALY_DETECTION_BAND(m1, 2)",
    "SEARCH('{AWS/EC2,InstanceId} MetricName=\"CPUUtilization\"', 'Average', 300)",
]


def show(term: MathTerm | Problem) -> str:  # noqa: PLR0911 - a case for each kind
    """The term with every bracket written out."""
    match term:
        case Number():
            return f"{term.value:g}"
        case String():
            return term.text if term.is_word else f"'{term.text}'"
        case Name():
            return term.id
        case Call():
            return f"{term.function}({', '.join(map(show, term.arguments))})"
        case Array():
            return f"[{', '.join(map(show, term.items))}]"
        case Negative():
            return f"(-{show(term.term)})"
        case Operation():
            pieces = [show(term.terms[0])]
            for operator, one in zip(term.operators, term.terms[1:], strict=True):
                pieces.extend((operator, show(one)))
            return f"({' '.join(pieces)})"
        case Problem():
            return f"{term.offset}: {term.message}"


@pytest.mark.parametrize("text", DOCUMENTED)
def test_what_aws_gives_as_a_sample_is_read(text: str) -> None:
    assert not isinstance(parse_metric_math(text), Problem)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("100 * e / r", "(100 * e / r)"),
        ("a + b * c", "(a + (b * c))"),
        ("a > 1 + 2 AND b || c", "(((a > (1 + 2)) AND b) || c)"),
        ("-a ^ 2", "(-(a ^ 2))"),
        ("(a + b) / 2", "((a + b) / 2)"),
        ("m1>-.5", "(m1 > (-0.5))"),
        ("SORT([a, b], AVG, ASC)", "SORT([a, b], AVG, ASC)"),
        ("METRICS('x') * 1e3", "(METRICS('x') * 1000)"),
        ("ORDER(and_b)", "ORDER(and_b)"),
    ],
)
def test_an_expression_is_read_from_left_to_right_arithmetic_first(text: str, shown: str) -> None:
    assert show(parse_metric_math(text)) == shown


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "0: the expression ends too early"),
        ("b +", "3: the expression ends too early"),
        ("(b", "2: the expression ends too early"),
        ("b b", '2: "b" is not possible here'),
        ("a,b", '1: "," is not possible here'),
        ("a != != b", '5: "!=" is not possible here'),
        ("a; b", '1: "; b" is not possible here'),
        ("1 + sum(a)", '4: "sum" is not a function: functions are written in capitals'),
        ("'sum(' + max(a)", '9: "max" is not a function: functions are written in capitals'),
        ("(" * 80 + "a" + ")" * 80, "a"),
        ("-" * 80 + "a", "0: the expression is nested more than 64 levels deep"),
    ],
)
def test_what_is_no_expression_is_refused_where_it_goes_wrong(text: str, problem: str) -> None:
    assert show(parse_metric_math(text)) == problem


def test_every_node_knows_where_it_begins() -> None:
    text = "IF(errors > 5, FILL([a, bb], 0), -max_)"

    term = parse_metric_math(text)

    assert not isinstance(term, Problem)
    for one in walk_math(term):
        if isinstance(one, Name):
            assert text.startswith(one.id, one.offset)
        if isinstance(one, Call):
            assert text.startswith(f"{one.function}(", one.offset)


PIECES = [*"ab1.+-*/^()[],'\"<>=! ", " AND ", "SUM(", " OR ", "&&"]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_any_text_is_an_expression_or_a_problem_in_it(text: str) -> None:
    term = parse_metric_math(text)

    if isinstance(term, Problem):
        assert 0 <= term.offset <= len(text)
    else:
        assert list(walk_math(term))


def test_long_sums_are_read_without_recursion() -> None:
    term = parse_metric_math(" + ".join(["a"] * 5_000))

    assert isinstance(term, Operation)
    assert len(term.terms) == 5_000

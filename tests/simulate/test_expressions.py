"""Metric math on numbers: what AWS's page gives as examples, and what it says of missing points.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html (read 2026-11-24)
"""

from __future__ import annotations

import numpy as np
import pytest

from watchspec.languages import Problem, parse_metric_math
from watchspec.simulate.data import UnsupportedError
from watchspec.simulate.expressions import evaluate
from watchspec.simulate.values import Inputs, Scalar, Series, Several

MONDAY = 1_773_014_400  # 2026-03-09 00:00 UTC, a Monday


def read(points: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.array([np.nan if one == "-" else float(one) for one in points.split()])


def compute(expression: str, start: int = MONDAY, **series: str) -> str:
    """The points of the result, `=` before a number, series separated by `|`."""
    values = {name: Series(read(points)) for name, points in series.items()}
    size = len(next(iter(values.values())).values) if values else 3
    times = start + 60 * np.arange(size)
    term = parse_metric_math(expression)
    assert not isinstance(term, Problem), term
    result = evaluate(term, Inputs(values, tuple(values), times, 60))
    match result:
        case Scalar():
            return f"= {show(result.values)}"
        case Series():
            return show(np.broadcast_to(result.values, times.shape))
        case Several():
            return " | ".join(map(show, result.items))


def show(values: np.ndarray[tuple[int], np.dtype[np.float64]]) -> str:
    return " ".join("-" if np.isnan(one) else f"{one:g}" for one in values)


@pytest.mark.parametrize(
    ("expression", "result"),
    [
        ("metric1 < metric2", "0 0 1 0"),
        ("metric1 >= 30", "1 0 0 0"),
        ("metric1 > 15 AND metric2 > 15", "1 0 0 0"),
        ("metric1 > 15 && metric2 > 15", "1 0 0 0"),
        ("metric1 > 15 OR metric2 > 15", "1 1 1 0"),
        ("metric1 > 15 || metric2 > 15", "1 1 1 0"),
        ("metric1 == metric2", "0 0 0 1"),
        ("metric1 != metric2", "1 1 1 0"),
        ("metric1 <= metric2 - 20", "0 0 1 1"),
        ("metric2 == 20", "1 - 1 -"),
        ("2 > 1", "= 1"),
        ("2 > 1 AND 0", "= 0"),
    ],
)
def test_comparisons(expression: str, result: str) -> None:
    assert compute(expression, metric1="30 20 0 0", metric2="20 - 20 -") == result


@pytest.mark.parametrize(
    ("expression", "result"),
    [
        ("IF(metric1, metric2, metric3)", "30 0 20 0 -"),
        ("IF(metric1, 5, metric3)", "5 5 20 - -"),
        ("IF(metric1, metric2, 5)", "30 0 5 5 -"),
        ("IF(metric1, metric2)", "30 0 - - -"),
        ("IF(metric1, 1, 0)", "1 1 0 0 -"),
        ("IF(1, metric2)", "30 - 0 0 30"),
        ("IF(0, metric2)", "- - - - -"),
        ("IF(0, metric2, metric3)", "0 0 20 - 20"),
        ("IF(-1, metric2, metric3)", "30 - 0 0 30"),
        ("IF(metric1 - 2, 5)", "5 5 5 5 -"),
        ("IF(metric1 == 1, metric2, metric3)", "30 0 20 0 -"),
        ("IF(metric1 == 1, 5, metric3)", "5 5 20 - -"),
        ("IF(metric1 == 1, metric2)", "30 0 - - -"),
    ],
)
def test_if(expression: str, result: str) -> None:
    given = {"metric1": "1 1 0 0 -", "metric2": "30 - 0 0 30", "metric3": "0 0 20 - 20"}

    assert compute(expression, **given) == result  # type: ignore[arg-type]  # no series is called period


@pytest.mark.parametrize(
    ("expression", "result"),
    [
        ("a + b", "5 1 4 -"),
        ("a - b", "-3 1 -4 -"),
        ("a * b", "4 0 0 -"),
        ("a / b", "0.25 - 0 -"),
        ("b ^ 2", "16 - 16 -"),
        ("-a", "-1 -1 - -"),
        ("a + 1", "2 2 - -"),
        ("10 / a * 2", "20 20 - -"),
        ("1 + 2 * 3", "= 7"),
        ("(1 + 2) * 3", "= 9"),
        ("1 / 0", "= -"),
        ("a / 0", "- - - -"),
        ("100 / [a, b]", "100 100 - - | 25 - 25 -"),
        ("[a, b] + [b, a]", "5 1 4 - | 5 1 4 -"),
        ("-[a, b]", "-1 -1 - - | -4 - -4 -"),
        ("SUM(100 / [a, b])", "125 100 25 -"),
        ("SUM(-[a, b])", "-5 -1 -4 -"),
        ("METRICS() / 100", "0.01 0.01 - - | 0.04 - 0.04 -"),
        ("a * [a, b]", "1 1 - - | 4 0 0 -"),
        ("-(1 + 2)", "= -3"),
        ("1 + 2 > 2 + 2", "= 0"),
    ],
)
def test_arithmetic(expression: str, result: str) -> None:
    assert compute(expression, a="1 1 - -", b="4 - 4 -") == result


@pytest.mark.parametrize(
    ("expression", "result"),
    [
        ("ABS(m)", "4 - 2.5 1"),
        ("CEIL(m)", "-4 - 3 1"),
        ("FLOOR(m)", "-4 - 2 1"),
        ("LOG10(m * 10)", "- - 1.39794 1"),
        ("LOG(m)", "- - 0.916291 0"),
        ("SUM(m)", "= -0.5"),
        ("AVG(m)", "= -0.166667"),
        ("MAX(m)", "= 2.5"),
        ("MIN(m)", "= -4"),
        ("STDDEV(m)", "= 2.77889"),
        ("m - MIN(m)", "0 - 6.5 5"),
        ("SUM([m, n])", "-3 - 4.5 3"),
        ("AVG([m, n])", "-1.5 - 2.25 1.5"),
        ("AVG([m, n, o])", "-1 9 1.5 1"),
        ("MAX([m, n])", "1 - 2.5 2"),
        ("MIN([m, n])", "-4 - 2 1"),
        ("STDDEV([m, n])", "2.5 - 0.25 0.5"),
        ("ABS([m, n])", "4 - 2.5 1 | 1 - 2 2"),
        ("ABS(SUM(m))", "= 0.5"),
        ("SUM(METRICS())", "-3 27 4.5 3"),
        ('SUM(METRICS("n"))', "1 - 2 2"),
        ("m / METRIC_COUNT(METRICS())", "-1.33333 - 0.833333 0.333333"),
        ("DATAPOINT_COUNT(m)", "= 3"),
        ("DATAPOINT_COUNT([m, n])", "2 0 2 2"),
        ("DIFF(m)", "- - 6.5 -1.5"),
        ("DIFF_TIME(m)", "- - 120 60"),
        ("RATE(m)", "- - 0.0541667 -0.025"),
        ("RUNNING_SUM(m)", "-4 - -1.5 -0.5"),
        ("DIFF([m, n])", "- - 6.5 -1.5 | - - 1 0"),
        ("DIFF_TIME([m, o])", "- - 120 60 | - - - -"),
        ("RATE([n, m])", "- - 0.00833333 0 | - - 0.0541667 -0.025"),
        ("RUNNING_SUM([m, o])", "-4 - -1.5 -0.5 | - 27 - -"),
        ("FILL(m, 0)", "-4 0 2.5 1"),
        ("FILL(m, n + 7)", "-4 - 2.5 1"),
        ("FILL(m, o)", "-4 27 2.5 1"),
        ("FILL([o, m], o + 1)", "- 27 - - | -4 28 2.5 1"),
        ("FILL(m, REPEAT)", "-4 -4 2.5 1"),
        ("FILL(m, LINEAR)", "-4 -0.75 2.5 1"),
        ("FILL(n, LINEAR)", "1 1.5 2 2"),
        ("FILL(o, REPEAT)", "- 27 27 27"),
        ("FILL(o, LINEAR)", "- 27 - -"),
        ("FILL([m, o], 0)", "-4 0 2.5 1 | 0 27 0 0"),
        ("FIRST([m, n])", "-4 - 2.5 1"),
        ("LAST([m, n])", "1 - 2 2"),
        ("PERIOD(m)", "= 60"),
        ("TIME_SERIES(5)", "5 5 5 5"),
        ("REMOVE_EMPTY([m, m / 0])", "-4 - 2.5 1"),
        ("SORT([m, n], AVG, DESC)", "1 - 2 2 | -4 - 2.5 1"),
        ("SORT([m, n], MAX, ASC)", "1 - 2 2 | -4 - 2.5 1"),
        ("SORT([n, m], MIN, ASC)", "-4 - 2.5 1 | 1 - 2 2"),
        ("SORT([m, n], SUM, DESC)", "1 - 2 2 | -4 - 2.5 1"),
        ("SORT([m, n], MAX, DESC, 1)", "-4 - 2.5 1"),
        ("SLICE(SORT([m, n, o], SUM, DESC), 0, 2)", "- 27 - - | 1 - 2 2"),
        ("SLICE([m, n, o], 2)", "- 27 - -"),
    ],
)
def test_functions(expression: str, result: str) -> None:
    assert compute(expression, m="-4 - 2.5 1", n="1 - 2 2", o="- 27 - -") == result


@pytest.mark.parametrize(
    ("expression", "result"),
    [
        ("m1 - AVG(m1)", "-10 0 10"),
        ("PERIOD(m1) / 60", "= 1"),
        ("m1 / METRIC_COUNT(METRICS())", "2.5 5 7.5"),
        ('SUM(METRICS("errors")) / SUM(METRICS("requests")) * 100', "3 25 -"),
        ("IF(DAY(m1) < 6, m1)", "10 20 30"),
        ("IF(MONTH(m1) == 4, m1)", "- - -"),
        ("IF(MONTH(m1) == 3, m1)", "10 20 30"),
        ("IF(FIRST(SORT(METRICS(), AVG, DESC)) > 100, 1, 0)", "0 1 0"),
        ("SLICE(SORT(METRICS(), SUM, DESC), 0, 2)", "100 200 0 | 10 20 30"),
        ("SLICE(SORT(METRICS(), AVG, ASC), 1)", "0 30 - | 10 20 30 | 100 200 0"),
        ("IF(m1 < 30, m1)", "10 20 -"),
        ("IF(m1 < 30, 10, 2)", "10 10 2"),
        ("IF(m1 > requests_all, 1, 0)", "0 0 1"),
    ],
)
def test_what_aws_gives_as_a_sample_use(expression: str, result: str) -> None:
    """Its top ten and all but the five lowest of many are here the top two and all but the lowest."""
    given = {"errors_web": "3 20 -", "errors_api": "0 30 -", "requests_all": "100 200 0"}

    assert compute(expression, m1="10 20 30", **given) == result  # type: ignore[arg-type]  # no series is called period


@pytest.mark.parametrize(
    ("expression", "result"),
    [
        ('METRICS("none")', ""),
        ('SUM(METRICS("none"))', "- - -"),
        ('AVG(METRICS("none"))', "- - -"),
        ('FIRST(METRICS("none"))', "- - -"),
        ('LAST(METRICS("none"))', "- - -"),
        ('METRIC_COUNT(METRICS("none"))', "= 0"),
        ('DATAPOINT_COUNT(METRICS("none"))', "0 0 0"),
        ('SORT(METRICS("none"), SUM, DESC)', ""),
        ('SLICE(METRICS("none"), 0, 1)', ""),
        ('100 * METRICS("none") + m', ""),
        ("SLICE([m, n], 7)", ""),
        ("SLICE([m, n], 1, 0)", ""),
        ("SLICE([m, n], 1, 9)", "4 5 6"),
        ("SLICE([m, n], 1, 2)", "4 5 6"),
        ("SORT([m, n], MAX, ASC, 0)", ""),
        ("SORT([m, n], MAX, DESC, 9)", "4 5 6 | 1 2 3"),
    ],
)
def test_no_series_at_all_give_no_points(expression: str, result: str) -> None:
    assert compute(expression, m="1 2 3", n="4 5 6") == result


@pytest.mark.parametrize(
    ("expression", "start", "result"),
    [
        ("MINUTE(m)", MONDAY + 59 * 60, "59 0 1"),
        ("HOUR(m)", MONDAY + 23 * 3600 + 59 * 60, "23 0 0"),
        ("DAY(m)", MONDAY, "1 1 1"),
        ("DAY(m)", MONDAY - 60, "7 1 1"),
        ("DATE(m)", MONDAY, "9 9 9"),
        ("MONTH(m)", MONDAY, "3 3 3"),
        ("YEAR(m)", MONDAY, "2026 2026 2026"),
        ("EPOCH(m)", MONDAY, "1.77301e+09 1.77301e+09 1.77301e+09"),
        ("IF(DAY(m) < 6, m)", MONDAY, "1 2 3"),
        ("IF(DAY(m) < 6, m)", MONDAY - 86_400, "- - -"),
        ("MINUTE(m / 0)", MONDAY, "0 1 2"),
    ],
)
def test_dates(expression: str, start: int, result: str) -> None:
    assert compute(expression, start, m="1 2 3") == result


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("SEARCH('{AWS/EC2} x', 'Sum')", "only AWS knows what SEARCH gives"),
        ("ANOMALY_DETECTION_BAND(m)", "only AWS knows what ANOMALY_DETECTION_BAND gives"),
        ("SERVICE_QUOTA(m)", "only AWS knows what SERVICE_QUOTA gives"),
        ("INSIGHT_RULE_METRIC('r', 'Sum')", "only AWS knows what INSIGHT_RULE_METRIC gives"),
        ("DB_PERF_INSIGHTS('RDS', 'db', 'os')", "only AWS knows what DB_PERF_INSIGHTS gives"),
        ("LAMBDA('prices')", "only AWS knows what LAMBDA gives"),
        (
            "[m, m] + [m, m, m]",
            "only AWS knows how arrays of different length are combined",
        ),
        ("IF(m, [m, m])", "only AWS knows what IF makes of several series"),
    ],
)
def test_what_only_aws_can_tell_is_said(expression: str, message: str) -> None:
    assert refuse(expression) == message


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("m + 'one'", '"one" is no value'),
        ("SUM(m, m)", "SUM does not take 2 arguments"),
        ("FILL(m)", "FILL does not take 1 arguments"),
        ("FILL(m, NEVER)", 'FILL does not take "NEVER"'),
        ("FILL(m, 'REPEAT')", 'FILL does not take "REPEAT"'),
        ("SORT([m], RANK, ASC)", 'SORT does not take "RANK"'),
        ("TIME_SERIES(m)", "TIME_SERIES does not take what it is given"),
        ("FIRST(5)", "FIRST does not take what it is given"),
        ("SLICE([m, m], 0.5)", "SLICE counts series in whole numbers, and from 0"),
        ("SLICE([m, m], 0, -1)", "SLICE counts series in whole numbers, and from 0"),
        ("SLICE([m, m], 1 / 0)", "SLICE counts series in whole numbers, and from 0"),
        ("SORT([m], SUM, ASC, 1.5)", "SORT counts series in whole numbers, and from 0"),
    ],
)
def test_what_a_function_does_not_take_is_said(expression: str, message: str) -> None:
    assert refuse(expression) == message


def refuse(expression: str) -> str:
    with pytest.raises(UnsupportedError) as caught:
        compute(expression, m="1 2 3")
    return str(caught.value)

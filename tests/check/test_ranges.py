"""Between which values the data points of expressions and statistics lie."""

from __future__ import annotations

from math import inf

import pytest

from watchspec.catalog.bounds import Bounds, bounds_of_samples
from watchspec.check.intervals import ANY, NONE, Interval
from watchspec.check.math_ranges import MathReader, Range
from watchspec.check.ranges import statistic_of
from watchspec.check.shares import Sources
from watchspec.diagnostics import Location
from watchspec.model.signals import MetricStat
from watchspec.model.source import Map

PERCENT = Interval(0, 100)
SIGNED = Interval(-2, 3)
COUNT = Interval(0, inf)


def range_of(expression: str) -> Interval:
    """The range of an expression over a percentage p, a signed s, an unknown x and counts a, b, c."""
    metrics = {"p": PERCENT, "s": SIGNED, "x": ANY, "a": COUNT, "b": COUNT, "c": COUNT}
    ranges = {name: Range(values) for name, values in metrics.items()}
    reader = MathReader(300, {}, ranges, ranges)
    return reader.read_text(expression).values


@pytest.mark.parametrize(
    ("expression", "low", "high"),
    [
        ("5", 5, 5),
        ("p", 0, 100),
        ("nobody", -inf, inf),
        ("p + 5", 5, 105),
        ("p - s", -3, 102),
        ("-p", -100, 0),
        ("p * s", -200, 300),
        ("x * 0", 0, 0),
        ("a * b", 0, inf),
        ("a - b", -inf, inf),
        # A division by what may be zero: the point is dropped, however small the divisor is.
        ("p / a", 0, inf),
        ("p / -a", -inf, 0),
        ("p / s", -inf, inf),
        ("0 / s", 0, 0),
        ("p / 0", inf, -inf),
        ("p / 4", 0, 25),
        ("s / p", -inf, inf),
        # What is missing is 0 to an operator.
        ("p / 0 + 1", 1, 1),
        ("(p + 5) * 2", 0, 210),
        ("1 + (p + 5)", 1, 106),
        ("p ^ 2", 0, 10_000),
        ("s ^ 2", 0, 9),
        ("s ^ 3", -8, 27),
        ("p ^ 0.5", 0, 10),
        ("s ^ 0.5", -inf, inf),
        ("p ^ -1", -inf, inf),
        ("p ^ a", -inf, inf),
        ("p ^ 2 ^ 2", -inf, inf),
        ("(p ^ 2) ^ 2", -inf, inf),
        ("(p + 1e200) ^ 3", 0, inf),
        ("(s - 1e200) ^ 3", -inf, 0),
        ("-s ^ 2", -9, 9),
        ("p + 1e999", -inf, inf),
        ("p > 120", 0, 0),
        ("p <= 100", 1, 1),
        ("p >= 0", 1, 1),
        ("p < 0", 0, 0),
        ("p > 50", 0, 1),
        ("p == 101", 0, 0),
        ("p != 101", 1, 1),
        ("p == 5", 0, 1),
        ("5 == 5", 1, 1),
        ("5 != 5", 0, 0),
        ("p > 120 > 3", 0, 1),
        ("p > 120 AND a", 0, 0),
        ("p <= 100 OR a", 0, 1),
        ("5 > 3 OR a", 1, 1),
        ("p || a", 0, 1),
        ("p <= 100 OR a AND b", 0, 1),
        ("p > 120 && (a OR b)", 0, 1),
        ("ABS(s)", 0, 3),
        ("ABS(s - 9)", 6, 11),
        ("ABS(-5)", 5, 5),
        ("CEIL(p / 7)", 0, 15),
        ("FLOOR(p / 7)", 0, 14),
        ("FLOOR(a)", 0, inf),
        ("ABS(p / 0)", inf, -inf),
        ("LOG10(p)", -inf, 2),
        ("LOG10(FILL(p, 1) * 0 + 10)", 1, 1),
        ("LOG(a)", -inf, inf),
        ("LOG(-p)", -inf, inf),
        ("SUM([p, s])", -inf, inf),
        ("SUM(p)", 0, inf),
        ("RUNNING_SUM(-p)", -inf, 0),
        ("MAX([p, s])", -2, 100),
        ("AVG([p, 5])", 0, 100),
        ("STDDEV(p)", 0, 100),
        ("DIFF(p)", -100, 100),
        ("RATE(a)", -inf, inf),
        ("SLICE(SORT([p, s], AVG, DESC), 0, 1)", -2, 100),
        ("METRICS()", -inf, inf),
        ("METRIC_COUNT(METRICS())", 0, inf),
        ("DIFF_TIME(p)", 0, inf),
        ("p * PERIOD(p)", 0, 30_000),
        ("TIME_SERIES(5)", 5, 5),
        ("DAY(p)", 1, 7),
        ("HOUR(p) + 1", 1, 24),
        ("FILL(p, -1)", -1, 100),
        ("FILL(p, REPEAT)", 0, 100),
        ("FILL(p, s)", -2, 100),
        ("FILL(p)", 0, 100),
        ("IF(DAY(p) < 6, p)", 0, 100),
        ("IF(DAY(p) > 7, p)", inf, -inf),
        ("IF(DAY(p) > 7, p, 5)", 5, 5),
        ("IF(p <= 100, 7, 5)", 7, 7),
        ("IF(p > 50, s, 200)", -2, 200),
        ("IF(p > 50, TIME_SERIES(3), 4)", 3, 4),
        ("IF(p)", -inf, inf),
        ("ABS()", -inf, inf),
        ("SERVICE_QUOTA(p)", -inf, inf),
        ('"text"', -inf, inf),
        ("p +", -inf, inf),
    ],
)
def test_the_values_of_an_expression_lie_between(expression: str, low: float, high: float) -> None:
    assert range_of(expression) == Interval(low, high)


@pytest.mark.parametrize(
    ("expression", "low", "high"),
    [
        ("a / (a + b)", 0, 1),
        ("100 * a / (b + a)", 0, 100),
        ("a / (b + c + a) * 100", 0, 100),
        ("100 * (1 - a / (a + b))", 0, 100),
        ("(a + b) / (c + b + a)", 0, 1),
        ("a * p / (a + b)", 0, 100),
        ("RATE(a) * 0 + a / (2 * b + a)", 0, 1),
        ("a / a", 0, 1),
        ("IF(a > 5, a, 0) / (IF(a > 5, a, 0) + b)", 0, 1),
        ("MAX([a, b]) / (MAX([a, b]) + c)", 0, 1),
        # These are none: the part is not in the whole, or something may be negative.
        ("a / (b + c)", 0, inf),
        ("(a + a) / (a + b)", 0, inf),
        ("a / (a - b)", -inf, inf),
        ("x / (x + a)", -inf, inf),
        ("a / (a + s)", -inf, inf),
        ("b / (IF(a > 5, a, 0) + IF(a > 6, a, 0))", 0, inf),
        ("b * (SORT(a, AVG, DESC) / (SORT(a, AVG, ASC) + b))", 0, inf),
        ("a / (-b + a)", -inf, inf),
        ("a" + " * 1" * 70 + " / (a + b)", 0, inf),
        ("a / (a" + " + b" * 70 + ")", 0, inf),
    ],
)
def test_a_part_of_a_sum_is_a_share_of_it(expression: str, low: float, high: float) -> None:
    assert range_of(expression) == Interval(low, high)


def test_a_name_stands_for_the_sum_or_the_metric_it_names() -> None:
    hits = MetricStat("AWS/ElastiCache", "CacheHits", (), "Sum", 60, "r", written=Map(Location("")))
    sources: Sources = {"h": hits, "again": hits, "m": "c", "all": "again + m", "odd": "again +"}
    names = dict.fromkeys((*sources, "c"), Range(COUNT))
    reader = MathReader(60, sources, names)

    assert reader.read_text("h / all").values == Interval(0, 1)
    assert reader.read_text("h / odd").values == COUNT


def test_sums_of_sums_are_not_written_out_without_end() -> None:
    sources: Sources = {f"e{level}": f"e{level - 1} + e{level - 1}" for level in range(1, 50)}
    reader = MathReader(60, sources, dict.fromkeys((*sources, "e0"), Range(COUNT)))

    assert reader.read_text("e49 / e48").values == COUNT


def test_what_is_asked_for_at_each_level_is_reckoned_once() -> None:
    expression = "a"
    for _ in range(20):
        expression = f"b / (b + {expression})"

    assert range_of(expression) == Interval(0, 1)


@pytest.mark.parametrize(
    ("statistic", "low", "high"),
    [
        ("Average", -2, 3),
        ("Minimum", -2, 3),
        ("p99.9", -2, 3),
        ("tm95", -2, 3),
        ("TM(10%:90%)", -2, 3),
        ("IQM", -2, 3),
        ("wm98", -2, 3),
        ("Sum", -inf, inf),
        ("ts90", -inf, inf),
        ("TS(80%:)", -inf, inf),
        ("tc90", 0, inf),
        ("TC(0.005:0.030)", 0, inf),
        ("PR(:300)", 0, 100),
        ("SampleCount", 1, inf),
    ],
)
def test_a_statistic_lies_between_what_its_samples_allow(
    statistic: str, low: float, high: float
) -> None:
    assert statistic_of(SIGNED, statistic) == Interval(low, high)


def test_the_sum_of_samples_is_at_least_the_least_of_them() -> None:
    assert statistic_of(Interval(1, 1), "Sum") == Interval(1, inf)
    assert statistic_of(Interval(-3, -1), "Sum") == Interval(-inf, -1)
    assert statistic_of(Interval(1, 1), "ts50") == Interval(0, inf)


@pytest.mark.parametrize(
    ("metric", "bounds"),
    [
        ("AWS/RDS CPUUtilization", Bounds(0, 100)),
        ("AWS/EC2 StatusCheckFailed", Bounds(0, 1)),
        ("AWS/ApiGateway 5XXError", Bounds(0, 1)),
        # More than was reserved can be used.
        ("AWS/ECS CPUUtilization", Bounds(0, inf)),
        ("AWS/SQS NumberOfMessagesSent", Bounds(0, inf)),
        ("AWS/RDS DatabaseConnections", Bounds(0, inf, is_sure=False)),
        # RDS says -1 for no replica.
        ("AWS/RDS ReplicaLag", Bounds()),
        ("AWS/Billing EstimatedCharges", Bounds()),
        ("Shop Errors", Bounds()),
    ],
)
def test_samples_lie_between_what_aws_says_or_the_unit_allows(metric: str, bounds: Bounds) -> None:
    namespace, name = metric.split(" ")

    assert bounds_of_samples(namespace, name) == bounds


def test_nothing_has_no_values() -> None:
    assert NONE.is_empty
    assert not ANY.is_empty

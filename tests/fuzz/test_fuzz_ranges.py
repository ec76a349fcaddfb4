"""What is said of all values an expression can have is true of each.

Drawn are expressions, values within the bounds of their metrics, and gaps; they are reckoned point by
point by a reckoner of the tests' own.
"""

from __future__ import annotations

import json
import operator
from collections.abc import Callable
from math import inf, isinf
from pathlib import Path

import pytest
from hypothesis import assume, event, given
from hypothesis import strategies as st

from fuzz.examples import examples
from fuzz.metric_math import CLOCK, NAMES, POINTS, TREES, Points, Reckoner, Tree, write
from support import HEAD, compile_text
from watchspec.check.intervals import ANY, Interval
from watchspec.check.math_ranges import MathReader, Range

ENDS = st.sampled_from((-inf, -100, -2, -1, 0, 0.5, 1, 3, 100, inf))
COMPARE: dict[str, tuple[str, Callable[[float, float], bool]]] = {
    ">": ("above", operator.gt),
    ">=": ("at_least", operator.ge),
    "<": ("below", operator.lt),
    "<=": ("at_most", operator.le),
}
KNOWN = {"a": Interval(0, 100), "b": Interval(0, inf), "c": Interval(0, 1)}
METRICS = """\
metrics:
  a: {metric: AWS/RDS CPUUtilization, dimensions: {DBInstanceIdentifier: a}}
  b: {metric: AWS/SQS NumberOfMessagesSent, dimensions: {QueueName: a}, statistic: Maximum}
  c: {metric: AWS/EC2 StatusCheckFailed, dimensions: {InstanceId: a}, statistic: Maximum}
"""


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    low, high = sorted((draw(ENDS), draw(ENDS)))
    assume(not (low == high and isinf(low)))
    return Interval(low, high)


def values_in(interval: Interval) -> st.SearchStrategy[float | None]:
    """Values within bounds, their ends first of all, or none."""
    low, high = max(interval.low, -1e4), min(interval.high, 1e4)
    return (
        st.none()
        | st.sampled_from((low, high))
        | st.integers(-4, 4).map(lambda step: min(max(low, (low + high) / 2 + step), high))
    )


@st.composite
def reckoners(draw: st.DrawFn, bounds: dict[str, Interval]) -> Reckoner:
    bounds = bounds | {name: Interval(*ends) for name, ends in CLOCK.items()}
    points: dict[str, Points] = {}
    for name, interval in bounds.items():
        drawn = [draw(values_in(interval)) for _ in range(POINTS)]
        points[name] = [round(x or interval.low) for x in drawn] if name in CLOCK else drawn
    return Reckoner(points, draw(st.booleans()), draw(st.booleans()), draw(st.booleans()))


def is_near(value: float, end: float) -> bool:
    """Whether two numbers differ by no more than rounding does."""
    return abs(value - end) <= 1e-9 * max(1, abs(end))


@pytest.mark.slow
@given(tree=TREES, data=st.data())
@examples(400)
def test_no_value_is_outside_of_the_range_of_its_expression(
    tree: Tree, data: st.DataObject
) -> None:
    bounds = {name: data.draw(intervals()) for name in NAMES}
    reader = MathReader(60, {}, {name: Range(bounds[name]) for name in NAMES})

    values = reader.read_text(write(tree)).values

    for value in data.draw(reckoners(bounds)).points(tree):
        if value is not None:
            assert values.holds(value) or any(
                is_near(value, end) for end in (values.low, values.high)
            )
    event("unknown" if values == ANY else "known")


@pytest.mark.slow
def test_an_alarm_that_never_fires_cannot_be_made_to_nor_one_that_always_does_made_quiet(
    tmp_path: Path,
) -> None:
    @given(
        tree=TREES,
        sign=st.sampled_from(tuple(COMPARE)),
        threshold=st.sampled_from((-1, 0, 0.5, 1, 2, 100, 120)),
        data=st.data(),
    )
    @examples(150)
    def try_one(tree: Tree, sign: str, threshold: float, data: st.DataObject) -> None:
        key, fires = COMPARE[sign]
        when = {"expression": write(tree), key: threshold}
        alarm = json.dumps({"severity": "info", "when": when})

        compiled = compile_text(f"{HEAD}{METRICS}alarms: {{x: {alarm}}}\n", tmp_path)

        rules = {one.rule for one in compiled.diagnostics}
        assert "metric/bad-expression" not in rules
        event(", ".join(sorted(rules & {"alarm/never-fires", "alarm/always-fires"})) or "neither")
        for value in data.draw(reckoners(KNOWN)).points(tree):
            if value is not None and not is_near(value, threshold):
                assert not ("alarm/never-fires" in rules and fires(value, threshold))
                assert not ("alarm/always-fires" in rules and not fires(value, threshold))

    try_one()

"""The simulator reckons metric math as a reckoner of the tests' own does, point by point."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, note
from hypothesis import strategies as st

from fuzz.examples import examples
from fuzz.series_math import NAMES, STEP, TREES, Points, Reckoner, Tree, write
from watchspec.languages import Problem, parse_metric_math
from watchspec.simulate.data import UnsupportedError
from watchspec.simulate.expressions import evaluate, varies_in_number
from watchspec.simulate.values import Inputs, Scalar, Series, Several, Value

START = 1_772_236_800  # 2026-02-28 00:00 UTC, a Saturday
SIZE = 5
POINTS = st.lists(
    st.none() | st.sampled_from((0.0, 1.0, 2.0, -3.0, 0.5, 100.0)), min_size=SIZE, max_size=SIZE
)
GIVEN = st.fixed_dictionaries(dict.fromkeys(NAMES, POINTS))


def compute(text: str, rows: list[dict[str, Points]], starts: list[int]) -> Value:
    """The value of an expression for several requests at once."""
    term = parse_metric_math(text)
    assert not isinstance(term, Problem), term
    values: dict[str, Value] = {
        name: Series(np.array([row[name] for row in rows], dtype=np.float64)) for name in NAMES
    }
    times = np.array(starts)[:, None] + STEP * np.arange(SIZE)
    return evaluate(term, Inputs(values, NAMES, times, STEP))


@given(
    tree=TREES,
    rows=st.lists(GIVEN, min_size=1, max_size=3),
    minutes=st.integers(0, 100_000),
)
@examples(400)
def test_expressions_are_reckoned_the_same(
    tree: Tree, rows: list[dict[str, Points]], minutes: int
) -> None:
    text = write(tree)
    note(text)
    term = parse_metric_math(text)
    assert not isinstance(term, Problem), term
    if varies_in_number(term):
        rows = rows[:1]
    starts = [START + STEP * (minutes + number) for number in range(len(rows))]

    result = compute(text, rows, starts)

    assert isinstance(result, Series)
    for row, start, values in zip(rows, starts, result.values, strict=True):
        expected = Reckoner(row, start).value(tree)
        shown = np.array([np.nan if one is None else one for one in expected])
        np.testing.assert_allclose(values, shown, rtol=1e-9, atol=1e-12)


WORDS = (
    "a",
    "1",
    "-1",
    "0.5",
    "99",
    "SUM",
    "DESC",
    "REPEAT",
    "'text'",
    "[a, b]",
    "[]",
    "METRICS()",
)
FUNCTIONS = [
    "SORT",
    "SLICE",
    "METRICS",
    "IF",
    "FILL",
    "FIRST",
    "SUM",
    "AVG",
    "STDDEV",
    "DIFF",
    "METRIC_COUNT",
    "DAY",
    "PERIOD",
    "TIME_SERIES",
    "REMOVE_EMPTY",
    "SERVICE_QUOTA",
    "SEARCH",
    "LAMBDA",
    "DATAPOINT_COUNT",
    "RUNNING_SUM",
    "LOG",
    "NONE",
]
CALLS = st.recursive(
    st.sampled_from(WORDS),
    lambda inner: st.builds(
        lambda name, given: f"{name}({', '.join(given)})",
        st.sampled_from(FUNCTIONS),
        st.lists(inner, max_size=4),
    ),
    max_leaves=6,
)


@given(text=CALLS)
@examples(1_000)
def test_any_expression_has_a_value_or_is_unsupported(text: str) -> None:
    note(text)
    points: Points = [1.0, None, 2.0, 3.0, None]
    try:
        result = compute(text, [dict.fromkeys(NAMES, points)], [START])
    except UnsupportedError:
        return

    items = result.items if isinstance(result, Several) else (result.values,)
    shape = (1, 1) if isinstance(result, Scalar) else (1, SIZE)
    assert all(np.broadcast_shapes(one.shape, shape) == shape for one in items)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SORT([a, b])", "SORT does not take 1 arguments"),
        ("SORT([a, b], STDDEV, ASC)", 'SORT does not take "STDDEV"'),
        ("SORT([a, b], SUM, 'ASC')", 'SORT does not take "ASC"'),
        ("SORT([a, b], SUM, ASC, -1)", "SORT counts series in whole numbers, and from 0"),
        ("SLICE([a, b], 0.5)", "SLICE counts series in whole numbers, and from 0"),
        ("SLICE([a, b], 0, a)", "SLICE does not take what it is given"),
        ("FIRST(1)", "FIRST does not take what it is given"),
        ("FILL(1, 2)", "FILL does not take what it is given"),
        ("FILL(a, [a, b])", "FILL does not take what it is given"),
        ("IF([a], 1, 0)", "only AWS knows what IF makes of several series"),
        ("SERVICE_QUOTA(a)", "only AWS knows what SERVICE_QUOTA gives"),
        ("a + 'text'", '"text" is no value'),
        ("[a, b] + [a, b, a]", "only AWS knows how arrays of different length are combined"),
    ],
)
def test_what_cannot_be_reckoned_is_said(text: str, message: str) -> None:
    with pytest.raises(UnsupportedError) as caught:
        compute(text, [{name: [1.0] * SIZE for name in NAMES}], [START])

    assert str(caught.value) == message

"""Lines of logs are strangers' texts: whatever they are, they match or they do not."""

from __future__ import annotations

import json
import operator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fuzz.examples import examples
from watchspec.languages import Problem, parse_filter_pattern
from watchspec.simulate.filter_matching import Line, match_line
from watchspec.simulate.options import Options

NAMES = st.sampled_from(("a", "b", "ERROR", "x y"))
SCALARS = st.none() | st.booleans() | st.integers(-5, 5) | st.floats(-5, 5) | st.text(max_size=5)
TREES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=12,
)
LINES = st.one_of(
    st.text(max_size=60),
    st.text("[]\"'{}:,.*%$ab01 \t\n", max_size=60),
    TREES.map(json.dumps),
)
PATTERNS = (
    "ERROR -a ?b",
    '?"x y" ?%[^a]+$%',
    "{ $.a = 1 && ($.b != b* || $.a.b NOT EXISTS) }",
    "{ $.* = %^[a-z]?% || $.a[*] > 1 }",
    "{ $.a[0].b IS NULL || $.['x y'] IS TRUE || $[1] <= 0.5 }",
    "[]",
    "[a = 1 || a = b*, b != %a%, ...]",
    "[..., c >= 0]",
    "[a, , b]",
)
COMPARE = {"=": operator.eq, "!=": operator.ne, "<": operator.lt, ">=": operator.ge}


def matches(pattern: str, line: str) -> bool:
    tree = parse_filter_pattern(pattern)
    assert not isinstance(tree, Problem), tree
    return match_line(tree, Line(line), Options()) is not None


@pytest.mark.parametrize("pattern", PATTERNS)
@given(line=LINES)
@examples(100)
def test_any_line_matches_or_does_not(pattern: str, line: str) -> None:
    assert matches(pattern, line) in {True, False}


@given(tree=st.dictionaries(NAMES, TREES, max_size=3), number=st.integers(-5, 5))
@examples(300)
def test_fields_are_compared_as_numbers_are(tree: dict[str, Any], number: int) -> None:
    value: Any = tree.get("a")
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    for sign, compare in COMPARE.items():
        expected = is_number and compare(value, number)
        if isinstance(value, str) and sign in {"=", "!="}:
            expected = compare(value, str(number))

        assert matches(f"{{ $.a {sign} {number} }}", json.dumps(tree)) is expected


@given(tree=st.dictionaries(NAMES, TREES, max_size=3))
@examples(300)
def test_what_a_field_is_shows_in_one_way_only(tree: dict[str, Any]) -> None:
    line = json.dumps(tree)
    shown = [
        matches("{ $.a NOT EXISTS }", line),
        matches("{ $.a IS NULL }", line),
        matches("{ $.a IS TRUE }", line),
        matches("{ $.a IS FALSE }", line),
        matches("{ $.a = * }", line),
    ]

    assert sum(shown) == (0 if isinstance(tree.get("a"), list | dict) else 1)


@given(words=st.lists(st.text("ab0.-", min_size=1, max_size=4), min_size=1, max_size=5))
@examples(300)
def test_columns_are_the_words_of_a_line(words: list[str]) -> None:
    line = " ".join(words)
    names = [f"w{place}" for place in range(len(words))]

    assert matches(f"[{', '.join(names)}]", line)
    assert not matches(f"[{', '.join(names)}, more]", line)
    assert matches(f'[..., last = "{words[-1]}"]', line)
    assert matches(f'[first = "{words[0]}", ...]', line)

"""A mistake in a query is shown at its line and column, however the query stands in the spec."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import HEAD, compile_text, only_error

QUERY = """\
values: {field: duration, lines: "a\\nb"}
queries:
  slowest:
    question: Which?
"""
"""What follows begins on line 9."""

LAYOUTS = {
    "a block": ("    query: |\n      fields a\n      sort b\n", 11, 7),
    "a block without a last line end": ("    query: |-\n      fields a\n      sort b", 11, 7),
    "a block with empty lines and a comment": (
        "    query: | # why\n\n\n      fields a   \n\n        # x\n      sort b\n\n\n",
        15,
        7,
    ),
    "a block that says how far it is indented": (
        "    query: |2\n        fields a\n      sort b\n",
        11,
        7,
    ),
    "a block with an anchor": ("    query: &q |\n      fields a\n       sort b\n", 11, 8),
    "a reference in the line before": (
        "    query: |\n      fields ${field}\n      sort b\n",
        11,
        7,
    ),
    "a reference before it": ("    query: |\n      fields ${field}, a b\n", 10, 26),
    "a reference behind it": ("    query: |\n      fields a b ${field}\n", 10, 16),
    "a mistake that a reference makes": ("    query: |\n      fields a ${field} d\n", 10, 16),
    "a dollar sign before it": ("    query: |\n      filter a = '$${x}' b\n", 10, 26),
    "one line": ("    query: fields a sort b\n", 9, 21),
    "one line in quotes": ('    query: "fields a sort b"\n', 9, 22),
    "the end": ("    query: |\n      fields a |\n      sort\n", 11, 10),
    # Where the lines of a text cannot be known, it is shown where it begins.
    "a folded block": ("    query: >\n      fields a\n      sort b\n", 9, 12),
    "a reference to several lines": (
        "    query: |\n      fields '${lines}'\n      sort b\n",
        9,
        12,
    ),
    "an anchor in a line of its own": (
        "    query: &q\n      |\n      fields a\n      sort b\n",
        9,
        12,
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_mistake_is_shown_where_it_stands(layout: str, tmp_path: Path) -> None:
    written, line, column = LAYOUTS[layout]

    place = only_error(compile_text(HEAD + QUERY + written, tmp_path), "query/bad-syntax").location

    assert place is not None
    assert (place.line, place.column) == (line, column)


def test_a_mistake_of_a_widget_is_shown_in_its_query(tmp_path: Path) -> None:
    text = """\
logs: {a: {group: /a, retention: 30 days}}
dashboards:
  main:
    rows:
      - - logs: [a]
          insights: |
            fields a
            limit ten
"""

    error = only_error(compile_text(HEAD + text, tmp_path), "query/bad-syntax")

    assert error.location is not None
    assert (error.location.line, error.location.column) == (12, 13)
    assert error.message == '"limit" is not possible here'
    assert error.help == "put a | before each command but the first"

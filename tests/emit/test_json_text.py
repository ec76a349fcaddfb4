"""JSON in templates: exact for CloudWatch, and laid out so that a change shows as a short diff."""

from __future__ import annotations

import difflib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import HEAD, compile_text
from watchspec.emit.json_text import write_json

WORDS = st.text(max_size=20)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | WORDS
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=8) | st.dictionaries(WORDS, inner, max_size=8),
    max_leaves=40,
)


@given(value=VALUES)
def test_any_value_comes_back_with_its_keys_in_order(value: Any) -> None:
    text = write_json(value)

    assert json.loads(text) == value
    assert json.dumps(json.loads(text)) == json.dumps(value)


@given(value=VALUES)
def test_indentation_is_two_spaces_a_level_and_nothing_trails(value: Any) -> None:
    lines = write_json(value).split("\n")

    assert not [line for line in lines if line != line.rstrip(" ")]
    assert not [line for line in lines if (len(line) - len(line.lstrip(" "))) % 2]


@given(
    value=st.recursive(
        st.integers(0, 10**6),
        lambda inner: st.lists(inner, min_size=1, max_size=40),
        max_leaves=80,
    )
)
def test_lines_of_small_things_stay_short(value: Any) -> None:
    longest = max(len(line.strip()) for line in write_json(value).split("\n"))

    assert longest <= 150 + len(", ") + len(",")


@pytest.mark.parametrize("value", [float("nan"), float("inf"), [-float("inf")]])
def test_what_is_no_json_number_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        write_json(value)


def test_what_is_short_stays_on_one_line() -> None:
    assert write_json({"a": [1, {"b": "ü"}], "c": {}}) == '{"a": [1, {"b": "ü"}], "c": {}}'


def test_long_list_of_small_things_fills_its_lines() -> None:
    names = ["x" * 60, "y" * 60, "z" * 60]

    lines = write_json(names).split("\n")

    assert lines == ["[", f'  "{"x" * 60}", "{"y" * 60}",', f'  "{"z" * 60}"', "]"]


def test_list_of_lists_gets_a_line_for_each() -> None:
    lists = [["x" * 60], ["y" * 60], ["z" * 60]]

    assert write_json(lists).split("\n") == [
        "[",
        f'  ["{"x" * 60}"],',
        f'  ["{"y" * 60}"],',
        f'  ["{"z" * 60}"]',
        "]",
    ]


def test_things_in_a_list_share_a_line_only_if_they_are_short_together() -> None:
    short = [{"value": 70, "label": "x" * 40}, {"value": 90}]
    long = [{"value": 70, "label": "x" * 50}, {"value": 90}]

    assert write_json(short) == json.dumps(short)
    assert write_json(long).split("\n") == [
        "[",
        f'  {{"value": 70, "label": "{"x" * 50}"}},',
        '  {"value": 90}',
        "]",
    ]


def test_single_thing_in_a_list_may_be_longer() -> None:
    alone = [{"value": 70, "label": "x" * 100}]

    assert write_json(alone) == json.dumps(alone)


def test_things_in_a_list_never_share_a_line_of_a_longer_one() -> None:
    band = [{"value": 1}, {"value": 2}]

    assert write_json([band, {"value": 3}, {"value": 4}, "x" * 100]).split("\n") == [
        "[",
        '  [{"value": 1}, {"value": 2}],',
        '  {"value": 3},',
        '  {"value": 4},',
        f'  "{"x" * 100}"',
        "]",
    ]


def test_mappings_share_a_line_with_their_neighbours_and_lists_do_not() -> None:
    value = {"a": 1, "legend": {"position": "right"}, "b": [1], "c": 2, "d": "x" * 140}

    assert write_json(value).split("\n") == [
        "{",
        '  "a": 1, "legend": {"position": "right"},',
        '  "b": [1],',
        '  "c": 2,',
        f'  "d": "{"x" * 140}"',
        "}",
    ]


def test_what_opens_on_one_line_leaves_the_line_readable() -> None:
    value: Any = ["x" * 100, "y" * 100]
    for index in range(12):
        value = {f"key {index}": value}

    lines = write_json(value).split("\n")

    assert json.loads("\n".join(lines)) == value
    assert max(len(line.strip()) for line in lines) <= 105
    assert len(lines) > 5


@pytest.mark.parametrize("text", ["😀", "a 🚀 b", "\U0010ffff", "é 日本 😀"])
def test_what_yaml_would_quote_is_written_in_ascii(text: str) -> None:
    written = write_json({text: [text]})

    assert json.loads(written) == {text: [text]}
    assert max(written) <= "\uffff"
    assert ("é" in written) is ("é" in text)


def test_last_thing_of_a_mapping_opens_on_its_line() -> None:
    widget = {"type": "text", "properties": {"a": "x" * 100, "b": "y" * 100}}

    assert write_json(widget) == (
        f'{{"type": "text", "properties": {{\n  "a": "{"x" * 100}",\n  "b": "{"y" * 100}"\n}}}}'
    )


GRAPH = (
    HEAD
    + """
metrics:
  cpu:
    title: CPU
    metric: AWS/ECS CPUUtilization
    dimensions: {ClusterName: shop}
    levels: {warning: "> 70%", critical: "> 90%"}
  memory: {title: memory, metric: AWS/ECS MemoryUtilization, dimensions: {ClusterName: shop}}
dashboards:
  web:
    header: false
    rows:
      - {title: Use, graph: [cpu, memory]}
      - {title: Memory, graph: memory}
"""
)


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        pytest.param("> 90%", "> 95%", 2, id="a threshold, which ends one band and begins another"),
        pytest.param("title: Use", "title: Usage", 1, id="a title"),
        pytest.param("title: memory", "title: main memory", 2, id="a label, shown twice"),
        pytest.param("Memory, graph: memory", "Memory, graph: cpu", 2, id="a line and its levels"),
    ],
)
def test_small_change_is_a_small_diff(old: str, new: str, lines: int, tmp_path: Path) -> None:
    (before,) = compile_text(GRAPH, tmp_path).templates
    (after,) = compile_text(GRAPH.replace(old, new), tmp_path).templates

    diff = list(difflib.ndiff(before.text.split("\n"), after.text.split("\n")))

    assert len([line for line in diff if line.startswith("- ")]) <= lines


def test_widget_more_is_only_lines_more(tmp_path: Path) -> None:
    more = GRAPH + "      - {title: CPU, graph: cpu}\n"
    (before,) = compile_text(GRAPH, tmp_path).templates
    (after,) = compile_text(more, tmp_path).templates

    diff = list(difflib.ndiff(before.text.split("\n"), after.text.split("\n")))

    assert len([line for line in diff if line.startswith("- ")]) <= 1  # a comma behind the last

"""Findings: each has a place that exists, and a mistake is found where it is."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from property.breaking import make_mistake, mistakes, without_changes
from property.compiling import compile_data
from strategies import Data, examples, find_lines, specs, write_spec
from support import compile_text, errors
from watchspec.diagnostics import Diagnostic, Location

WORDS = (
    "version", "service", "environments", "region", "values", "alarms", "metrics", "when", "metric",
    "above", "for", "for_each", "only", "dashboards", "rows", "graph", "text", "logs", "group", "notify",
    "email", "queries", "query", "changes", "include", "parameters", "tags", "v1", "eu-west-1", "${x}",
    "a.b", "1d", "rule", "any", "given", "expression", "levels", "events", "pattern", "mutes", "Ref",
)  # fmt: skip
ANYTHING = st.recursive(
    st.one_of(st.sampled_from(WORDS), st.integers(-9, 9), st.booleans(), st.none()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(WORDS), inner, max_size=4)
    ),
    max_leaves=25,
)
CHARACTERS = st.sampled_from(
    [*"\n :-\"'{}[]#&*!|>%@`,?~\\", "\t", "\x07", "é", "${", "日", "\ufeff"]
)


@given(spec=specs(), data=st.data())
@examples(6)
def test_a_mistake_is_found_in_the_thing_it_is_in(
    spec: Data, data: st.DataObject, tmp_path: Path
) -> None:
    _check_mistakes(without_changes(spec), data, tmp_path)


@pytest.mark.slow
@given(spec=specs(), data=st.data())
@examples(40)
def test_a_mistake_is_found_in_the_thing_it_is_in_many_specs(
    spec: Data, data: st.DataObject, tmp_path: Path
) -> None:
    _check_mistakes(without_changes(spec), data, tmp_path)


@given(spec=specs())
@examples(10)
def test_what_is_only_worth_a_warning_has_a_place(spec: Data, tmp_path: Path) -> None:
    spec["values"] = {**spec.get("values", {}), "left_over": 1}

    found = compile_data(spec, tmp_path).diagnostics

    assert "reference/unused-name" in {one.rule for one in found}
    _check_places(found)


@given(spec=specs(), data=st.data())
@examples(25)
def test_a_text_with_characters_out_of_place_is_answered_with_places(
    spec: Data, data: st.DataObject, tmp_path: Path
) -> None:
    text = write_spec(spec)
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        end = start + data.draw(st.integers(0, 8))
        text = text[:start] + data.draw(CHARACTERS) + text[end:]

    found = compile_text(text, tmp_path).diagnostics

    _check_places(found)


@given(content=st.dictionaries(st.sampled_from(WORDS), ANYTHING, min_size=1, max_size=6))
@examples(50)
def test_any_data_is_answered_with_places(content: dict[str, Any], tmp_path: Path) -> None:
    text = write_spec({"version": "v1", "service": "shop", **content})

    found = compile_text(text, tmp_path).diagnostics

    _check_places(found)


def _check_mistakes(spec: Data, data: st.DataObject, folder: Path) -> None:
    """One mistake of each kind after the other."""
    for mistake in data.draw(mistakes(spec)):
        broken = make_mistake(spec, mistake)
        lines = find_lines(broken)
        above = [lines[mistake.thing[:end]].start for end in range(1, len(mistake.thing))]

        found = errors(compile_data(broken, folder))

        places = [one.location.line for one in found if one.location is not None]
        assert any(one in lines[mistake.thing] or one in above for one in places), (mistake, found)
        _check_places(found)


def _check_places(found: Iterable[Diagnostic]) -> None:
    for one in found:
        assert one.location is not None, one
        _check_place(one.location)
        for related in one.related:
            _check_place(related.location)


def _check_place(place: Location) -> None:
    lines = Path(place.file).read_text(encoding="utf-8-sig").split("\n")
    assert 1 <= place.line <= len(lines), place
    line = lines[place.line - 1]
    assert 1 <= place.column <= len(line) + 1, place
    assert place.column - 1 + place.width <= len(line), (place, line)

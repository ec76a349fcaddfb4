"""The strategies themselves: what they draw is valid, and they know every word of the language."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from property.breaking import mistakes
from property.compiling import compile_data
from strategies import Data, examples, specs
from support import ROOT, errors

NOT_DRAWN = {"include", "ignore", "until", "tests"}
"""Words about files, see test_same_bytes; and about findings and tests, which change no template."""
OF_TESTS = {"specTest", "series", "labelledSeries", "logLine", "expectation"}
"""What `tests` is made of in the schema."""


@pytest.mark.slow
def test_the_strategies_know_every_word_of_the_language() -> None:
    schema = json.loads((ROOT / "schema/v1/spec.schema.json").read_text(encoding="utf-8"))
    schema["$defs"] = {name: one for name, one in schema["$defs"].items() if name not in OF_TESTS}
    used: set[str] = set()

    @given(spec=specs())
    @examples(500)
    def collect(spec: Data) -> None:
        used.update(_keys(spec))

    collect()

    assert set(_words(schema)) - used == NOT_DRAWN


@given(spec=specs())
@examples(30)
def test_what_is_drawn_compiles(spec: Data, tmp_path: Path) -> None:
    compiled = compile_data(spec, tmp_path)

    assert not errors(compiled)


@pytest.mark.slow
def test_the_mistakes_are_of_many_kinds() -> None:
    kinds: set[str] = set()

    @given(spec=specs(), data=st.data())
    @examples(100)
    def collect(spec: Data, data: st.DataObject) -> None:
        kinds.update(one.kind for one in data.draw(mistakes(spec)))

    collect()

    assert len(kinds) >= 35


def _words(schema: Any) -> set[str]:
    words: set[str] = set()
    if isinstance(schema, dict):
        if isinstance(schema.get("properties"), dict) and schema.get("type") == "object":
            words.update(schema["properties"])
        words.update(*map(_words, schema.values()))
    elif isinstance(schema, list):
        words.update(*map(_words, schema))
    return words


def _keys(node: Any) -> set[str]:
    if isinstance(node, dict):
        return {*node}.union(*map(_keys, node.values()))
    return set().union(*map(_keys, node)) if isinstance(node, list) else set()

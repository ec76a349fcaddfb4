"""The text of a template says what was meant, whoever reads it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from property.compiling import parse, template_texts
from strategies import Data, examples, specs
from watchspec.diagnostics import Findings
from watchspec.emit.yaml_text import write_yaml
from watchspec.load.scalars import FORBIDDEN
from watchspec.load.tree import read_tree

TEXTS = st.one_of(
    st.sampled_from(("", " ", "yes", "null", "~", "=", "<<", "- a", "a: b", "#", "12:30", "1_0")),
    st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=20),
    st.lists(st.sampled_from(("", " a", "b ", "# c", "\ttab", "- d", "'", '"')), max_size=4).map(
        "\n".join
    ),
).filter(lambda text: not FORBIDDEN.search(text))
NUMBERS = st.one_of(
    st.integers(-(2**53), 2**53), st.floats(-1e9, 1e9).map(lambda one: round(one, 6))
)
TREES = st.recursive(
    st.one_of(TEXTS, NUMBERS, st.booleans()),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3),
        st.dictionaries(TEXTS, inner, min_size=1, max_size=3),
        st.fixed_dictionaries({"Key": inner, "Value": inner}),
        st.fixed_dictionaries({"Ref": inner}),
    ),
    max_leaves=12,
)


@given(tree=st.dictionaries(TEXTS, TREES, min_size=1, max_size=3))
@example(tree={"a": {"Name": "long " * 100, "Value": "x\n\n y"}})
@settings(max_examples=100)
def test_what_is_written_is_read_back(tree: dict[str, Any]) -> None:
    text = write_yaml(tree)

    assert parse(text) == tree


@given(spec=specs())
@examples(15)
def test_a_template_written_again_is_the_same_text(spec: Data, tmp_path: Path) -> None:
    for text in template_texts(spec, tmp_path).values():
        header, _, body = text.partition("\n")

        written = write_yaml(parse(text))

        assert header.startswith("# Made by watchspec")
        assert written == body


@given(spec=specs())
@examples(15)
def test_a_template_has_neither_anchors_nor_aliases_nor_tags(spec: Data, tmp_path: Path) -> None:
    for text in template_texts(spec, tmp_path).values():
        events = list(yaml.parse(text, Loader=yaml.CSafeLoader))

        assert not [one for one in events if isinstance(one, yaml.AliasEvent)]
        assert not [one for one in events if getattr(one, "anchor", None) is not None]
        assert not [one for one in events if getattr(one, "tag", None) is not None]


@pytest.mark.parametrize(
    "text",
    [
        *("0123", "yes", "12:30:00", "2024-01-01", "0x1F", "null", ".5"),
        # PyYAML takes these for texts; readers of YAML 1.2 and CloudFormation's own do not.
        *("1e3", "1E5", "1e-3", "0o17", "09", "012345678901"),
    ],
)
def test_a_text_that_looks_like_something_else_is_quoted(text: str) -> None:
    written = write_yaml({"a": text})

    assert _read_strictly(written) == {"a": text}


def _read_strictly(text: str) -> Any:
    """The text as the loader of specs reads it: YAML 1.2, and nothing that reads two ways."""
    document = read_tree(text, "template.yaml", "", Findings())
    return None if document is None else document.root

"""The same spec, the same bytes: however often, in whatever order, and with nothing added."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from property.compiling import parse, template_texts
from property.spec_text import write_spec
from strategies import Data, examples, shuffle_keys, specs
from watchspec.expand import expand_spec
from watchspec.load import load_spec
from watchspec.model.source import Map, Spec
from watchspec.validate import validate_documents

_FRAME: Data = {
    "version": "v1",
    "service": "shop",
    "environments": {"prod": {"region": "eu-west-1"}},
}
_DIMENSIONS = {"ClusterName": "main", "ServiceName": "shop"}
_CPU: Data = {"metric": "AWS/ECS CPUUtilization", "dimensions": _DIMENSIONS, "above": 1}
TWO_DIMENSIONS: Data = {**_FRAME, "alarms": {"a": {"severity": "info", "when": _CPU}}}
TWO_DASHBOARDS: Data = {
    **_FRAME,
    "dashboards": {"a": {"rows": [{"text": "one"}]}, "b": {"rows": [{"text": "two"}]}},
}
TURN_ROUND = Random(5)  # noqa: S311 - this seed makes the dimensions and the dashboards change places


@given(spec=specs())
@examples(20)
def test_compiling_twice_gives_the_same_bytes(spec: Data, tmp_path: Path) -> None:
    first = template_texts(spec, tmp_path)

    second = template_texts(deepcopy(spec), tmp_path)

    assert second == first


@given(spec=specs(), random=st.randoms())
@example(spec=TWO_DIMENSIONS, random=deepcopy(TURN_ROUND))
@example(spec=TWO_DASHBOARDS, random=deepcopy(TURN_ROUND))
@examples(20)
def test_the_order_of_keys_does_not_change_a_byte(
    spec: Data, random: Random, tmp_path: Path
) -> None:
    first = template_texts(spec, tmp_path)

    shuffled = template_texts(shuffle_keys(spec, random), tmp_path)

    assert shuffled == first


@given(spec=specs(), random=st.randoms())
@example(spec=TWO_DIMENSIONS, random=deepcopy(TURN_ROUND))
@example(spec=TWO_DASHBOARDS, random=deepcopy(TURN_ROUND))
@examples(20)
def test_the_order_of_keys_changes_no_more_than_the_order_of_things(
    spec: Data, random: Random, tmp_path: Path
) -> None:
    first = template_texts(spec, tmp_path)

    shuffled = template_texts(shuffle_keys(spec, random), tmp_path)

    assert {place: _unordered(parse(text)) for place, text in shuffled.items()} == {
        place: _unordered(parse(text)) for place, text in first.items()
    }


@given(spec=specs())
@examples(20)
def test_empty_changes_change_nothing(spec: Data, tmp_path: Path) -> None:
    first = template_texts(spec, tmp_path)
    with_changes = deepcopy(spec)
    for place in (with_changes, *with_changes["environments"].values()):
        place.setdefault("changes", {})

    second = template_texts(with_changes, tmp_path)

    assert second == first


@given(spec=specs())
@examples(20)
def test_a_change_to_what_is_already_there_changes_nothing(spec: Data, tmp_path: Path) -> None:
    first = template_texts(spec, tmp_path)
    with_changes = deepcopy(spec)
    changes = with_changes.setdefault("changes", {})
    for section in ("alarms", "metrics", "logs", "queries"):
        for key, thing in spec.get(section, {}).items():
            if not any(path.startswith(f"{section}.{key}") for path in changes):
                changes[f"{section}.{key}"] = thing

    second = template_texts(with_changes, tmp_path)

    assert second == first


@given(spec=specs())
@examples(20)
def test_sections_in_an_included_file_are_as_good_as_in_the_spec(
    spec: Data, tmp_path: Path
) -> None:
    first = template_texts(spec, tmp_path)
    moved: Data = {
        key: spec[key] for key in ("metrics", "alarms", "dashboards", "tags") if key in spec
    }
    rest = {key: value for key, value in spec.items() if key not in moved}
    (tmp_path / "part.yaml").write_text(write_spec({"version": "v1", **moved}), encoding="utf-8")

    second = template_texts({**rest, "include": ["part.yaml"]}, tmp_path)

    assert second == first


@given(spec=specs())
@examples(20)
def test_expanding_what_is_expanded_changes_nothing(spec: Data, tmp_path: Path) -> None:
    read = _read_spec(spec, tmp_path)
    once = [_expand(read, name) for name in read.environments]

    twice = [
        _expand(Spec(read.file, read.service, tree, read.environments), name)
        for name, tree in zip(read.environments, once, strict=True)
    ]

    assert twice == once


def _read_spec(spec: Data, folder: Path) -> Spec:
    path = folder / "spec.yaml"
    path.write_text(write_spec(spec), encoding="utf-8")
    documents = load_spec(str(path)).value
    assert documents is not None
    read = validate_documents(documents).value
    assert read is not None
    return read


def _expand(spec: Spec, environment: str) -> Map:
    tree = expand_spec(spec, environment).value
    assert tree is not None
    return tree


def _unordered(value: Any) -> Any:
    """A template without any order: lists by content, texts by words, dashboards as JSON.

    The link of an alarm leads to the first dashboard that shows its metric, so it is left out.
    """
    if isinstance(value, dict):
        return {key: _unordered(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return sorted(map(_unordered, value), key=lambda one: json.dumps(one, sort_keys=True))
    if not isinstance(value, str):
        return value
    if value.startswith("{") and '"widgets"' in value:
        return _unordered(json.loads(value))
    lines = re.sub(r"(?m)^Dashboard: .*$", "", value)
    return sorted(re.split(r"[\s,·:]+", lines))

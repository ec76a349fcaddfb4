"""Documents that are small on disk and huge, deep or endless in memory."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import ROOT, marked_text
from watchspec.diagnostics import Diagnostic
from watchspec.load import load_spec

HOSTILE = ROOT / "tests" / "data" / "hostile"


def refuse(path: Path) -> list[Diagnostic]:
    """The findings of a file that must be refused."""
    outcome = load_spec(str(path))
    assert outcome.value is None
    return list(outcome.diagnostics)


def load_text(text: str, folder: Path) -> list[Diagnostic]:
    path = folder / "spec.yaml"
    path.write_text(text, encoding="utf-8")
    return refuse(path)


def test_aliases_that_multiply_are_counted_and_refused() -> None:
    found = refuse(HOSTILE / "laughs.yaml")

    assert [one.rule for one in found] == ["yaml/too-large"]
    assert found[0].message == "more than 250,000 values once aliases are written out"
    assert marked_text(found[0]) == "*e"


def test_aliases_of_two_anchors_that_are_given_again_and_again_are_counted_too(
    tmp_path: Path,
) -> None:
    lines = ["start: &a [x, x, x, x, x, x, x, x, x, x]"]
    for level in range(9):
        lines.append(f"b{level}: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]")
        lines.append(f"a{level}: &a [*b]")

    found = load_text("\n".join(lines), tmp_path)

    assert [one.rule for one in found] == ["yaml/too-large"]


def test_values_are_counted_up_to_the_limit_and_not_beyond(tmp_path: Path) -> None:
    # The root, `a` with 999 items, `b` with 248 times those, `c` with 997 items: 250,000 values.
    fits = "a: &a [" + "1," * 998 + "1]\nb: [" + "*a," * 247 + "*a]\nc: [" + "1," * 996 + "1]\n"
    path = tmp_path / "spec.yaml"
    path.write_text(fits, encoding="utf-8")

    inside = load_spec(str(path))
    beyond = load_text(fits + "d: 1\n", tmp_path)

    assert inside.value is not None
    assert [one.rule for one in beyond] == ["yaml/too-large"]


def test_merge_keys_that_multiply_are_refused_at_the_first(tmp_path: Path) -> None:
    found = refuse(HOSTILE / "mergebomb.yaml")

    assert [one.rule for one in found] == ["yaml/merge-key"]
    assert marked_text(found[0]) == "<<"
    assert load_text("a: &a {}\nb: {<<: [*a, *a, *a]}\n", tmp_path)[0].rule == "yaml/merge-key"


def test_a_quoted_merge_key_is_a_key_like_any_other(tmp_path: Path) -> None:
    path = tmp_path / "spec.yaml"
    path.write_text('values: {"<<": {a: 1}}\n', encoding="utf-8")

    outcome = load_spec(str(path))

    assert outcome.value is not None
    assert outcome.value[0].root == {"values": {"<<": {"a": 1}}}


@pytest.mark.parametrize("name", ["recur.yaml", "recurmap.yaml"])
def test_an_alias_to_the_value_it_stands_in_is_refused(name: str) -> None:
    found = refuse(HOSTILE / name)

    assert [one.rule for one in found] == ["yaml/bad-alias"]
    assert found[0].message == "*a refers to the value it is in"
    assert marked_text(found[0]) == "*a"


def test_an_alias_without_an_anchor_is_refused(tmp_path: Path) -> None:
    found = load_text("a: [*nowhere]\n", tmp_path)

    assert [one.message for one in found] == ["*nowhere has no anchor above it"]


def test_an_alias_cannot_be_a_key(tmp_path: Path) -> None:
    found = load_text("a: &a name\n*a : 1\n", tmp_path)

    assert [one.rule for one in found] == ["yaml/bad-key"]


def test_an_alias_has_the_place_where_it_stands_and_the_value_of_its_anchor(tmp_path: Path) -> None:
    path = tmp_path / "spec.yaml"
    path.write_text("a: &a {b: 1}\nc: *a\n", encoding="utf-8")

    outcome = load_spec(str(path))

    assert outcome.value is not None
    root = outcome.value[0].root
    assert root["c"] == {"b": 1}
    assert root.place("c").line == 2
    assert root.place("c", "b").line == 1


DEPTHS = [65, 500, 5_000, 60_000, 1_000_000]


@pytest.mark.parametrize("opening", ["[", "{a: "], ids=["lists", "mappings"])
@pytest.mark.parametrize("depth", DEPTHS)
def test_deep_flow_nesting_is_refused_before_it_is_read(
    opening: str, depth: int, tmp_path: Path
) -> None:
    text = opening * min(depth, 1_000_000 // len(opening))

    found = load_text(text, tmp_path)

    assert [one.rule for one in found] == ["yaml/too-deep"]
    assert found[0].message == "nested more than 64 levels deep"
    assert found[0].location is not None
    # libyaml looks a thousand lists ahead, and newer versions refuse what they see there.
    assert found[0].location.column in {64 * len(opening) + 1, 1_001}


@pytest.mark.parametrize("depth", [65, 500, 1_000])
def test_deep_block_mappings_are_refused(depth: int, tmp_path: Path) -> None:
    found = load_text("\n".join(" " * level + "a:" for level in range(depth)), tmp_path)

    assert [one.rule for one in found] == ["yaml/too-deep"]
    assert found[0].location is not None
    assert found[0].location.line == 65


@pytest.mark.parametrize("indicator", ["- ", "? "], ids=["lists", "keys"])
@pytest.mark.parametrize("depth", [65, 5_000, 500_000])
def test_deep_compact_nesting_is_refused(indicator: str, depth: int, tmp_path: Path) -> None:
    found = load_text(indicator * depth, tmp_path)

    assert {one.rule for one in found} <= {"yaml/too-deep", "yaml/bad-key"}
    assert len(found) == 1


def test_64_levels_are_read(tmp_path: Path) -> None:
    path = tmp_path / "spec.yaml"
    path.write_text("a: " + "[" * 63 + "]" * 63, encoding="utf-8")

    outcome = load_spec(str(path))

    assert outcome.value is not None


@pytest.mark.parametrize(
    "text",
    [
        "values: {v: [" + "0123, " * 1_000 + "]}\n",
        "tags:\n" + "  a: x\n" * 1_000,
        "include: [" + ", ".join(f"missing-{number}.yaml" for number in range(1_000)) + "]\n",
    ],
)
def test_of_mistakes_beyond_number_five_hundred_are_listed(text: str, tmp_path: Path) -> None:
    file = tmp_path / "spec.yaml"
    file.write_text(text, encoding="utf-8")

    assert len(refuse(file)) == 500

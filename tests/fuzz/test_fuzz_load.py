"""Whatever a file holds, load answers with documents or with findings inside the file."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fuzz.examples import examples
from support import ROOT
from watchspec.load import load_spec
from watchspec.model.source import Document, Map, Node, Seq
from watchspec.validate import validate_documents

MOST_BYTES = 10_240
EXAMPLES = examples(400)
TOKENS = [
    *("version: v1", "service: shop", "environments:", "prod:", "region: eu-west-1", "alarms:"),
    *("a", "b: 1", "- ", "? ", ": ", "key:", "  ", "    ", "\n", "\n", "\n", "\t", "\r\n", "# x"),
    *("{", "}", "[", "]", ",", "'", '"', "|", ">", "|-", ">+", "&a ", "*a", "<<: *a", "---", "..."),
    *(
        "!!str ",
        "!x ",
        "!!python/name:os.system ",
        "%YAML 1.2",
        "%TAG ! x",
        "@",
        "`",
        "%",
        "!",
        "&",
    ),
    *("~", "null", "true", "no", "0777", "1e400", ".nan", "-0", "22:22", "1_000", "9" * 30, "0x1F"),
    *('"\\u202e"', '"\\ud800"', '"\\x00"', "\u202e", "\x00", "\x1b", "\ufeff", "\u2028", "\x85"),
    *("${x}", "${", "$${x}", "{{resolve:ssm:x}}", "\u00e9", "\U0001f600", "\u0661"),
]
LINES = [
    line
    for name in ("specs/ai-video.yaml", "tests/validate/maximal.yaml")
    for line in (ROOT / name).read_text(encoding="utf-8").splitlines(keepends=True)
]
HOSTILE = [
    path.read_bytes()[:MOST_BYTES] for path in sorted((ROOT / "tests/data/hostile").glob("*.yaml"))
]


@st.composite
def broken_specs(draw: st.DrawFn) -> bytes:
    """Some lines of a good spec, with bytes and lines changed here and there."""
    chance = random.Random(draw(st.integers(0, 2**32)))  # noqa: S311 - no secret
    start = chance.randrange(len(LINES))
    lines = LINES[:7] + LINES[start : start + chance.randrange(1, 120)]
    for _ in range(chance.randrange(6)):
        index = chance.randrange(len(lines))
        change = chance.randrange(4)
        if change == 0:
            lines[index] = ""
        elif change == 1:
            lines.insert(index, chance.choice(lines))
        elif change == 2:
            lines[index] = " " * chance.randrange(9) + lines[index].lstrip()
        else:
            place = chance.randrange(len(lines[index]) + 1)
            lines[index] = lines[index][:place] + chance.choice(TOKENS) + lines[index][place:]
    data = bytearray("".join(lines).encode()[:MOST_BYTES])
    for _ in range(chance.randrange(3)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data)


def check_places(node: Node, lines: list[str]) -> None:
    """Assert that everything in a tree stands somewhere in the file."""
    if isinstance(node, Map):
        for value, key_place, place in ((value, *node.places[key]) for key, value in node.items()):
            assert 1 <= key_place.line <= place.line <= len(lines)
            check_places(value, lines)
    elif isinstance(node, Seq):
        assert len(node) == len(node.places)
        for value, place in node.entries():
            assert 1 <= place.line <= len(lines)
            assert 1 <= place.column <= len(lines[place.line - 1]) + 1
            check_places(value, lines)


def check(data: bytes, folder: Path) -> None:
    """Assert that load and validate answer with values or with findings that have their place."""
    path = folder / "spec.yaml"
    path.write_bytes(data)
    text = data.decode("utf-8-sig", errors="replace").replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")

    outcome = load_spec(str(path))
    findings = outcome.diagnostics
    if outcome.value is not None:
        own: tuple[Document, ...] = outcome.value[:1]
        check_places(own[0].root, lines)
        findings += validate_documents(own).diagnostics

    assert (outcome.value is None) is bool(outcome.diagnostics)
    for one in findings:
        assert one.message
        assert one.location is not None
        for place in (one.location, *(related.location for related in one.related)):
            assert place.file == str(path)
            assert 1 <= place.line <= len(lines)
            assert 1 <= place.column <= len(lines[place.line - 1]) + 1
            assert place.column - 1 + place.width <= len(lines[place.line - 1]) + 1


@pytest.mark.slow
@given(st.text(max_size=MOST_BYTES // 4))
@EXAMPLES
def test_any_text_is_read_or_refused(tmp_path: Path, text: str) -> None:
    check((text.encode("utf-8", errors="surrogatepass")), tmp_path)


@pytest.mark.slow
@given(st.binary(max_size=MOST_BYTES))
@EXAMPLES
def test_any_bytes_are_read_or_refused(tmp_path: Path, data: bytes) -> None:
    check((data), tmp_path)


@pytest.mark.slow
@given(st.lists(st.sampled_from(TOKENS), max_size=200))
@EXAMPLES
def test_any_soup_of_tokens_is_read_or_refused(tmp_path: Path, tokens: list[str]) -> None:
    check(("".join(tokens).encode()[:MOST_BYTES]), tmp_path)


@pytest.mark.slow
@given(broken_specs())
@EXAMPLES
def test_a_broken_spec_is_read_or_refused(tmp_path: Path, data: bytes) -> None:
    check((data), tmp_path)


@pytest.mark.slow
@given(st.sampled_from(HOSTILE), st.integers(0, MOST_BYTES), st.binary(max_size=8))
@examples(150)
def test_a_hostile_file_with_other_bytes_in_it_is_read_or_refused(
    tmp_path: Path, data: bytes, place: int, others: bytes
) -> None:
    place %= len(data) + 1
    broken = data[:place] + others + data[place + len(others) :]

    check((broken), tmp_path)


@given(st.one_of(st.text(max_size=200), st.lists(st.sampled_from(TOKENS)).map("".join)))
@example("a: 1\n\u2028b: 2")
@example("a: &a [*a]")
@example("? |\n : x")
@examples(300)
def test_a_short_text_is_read_or_refused(tmp_path: Path, text: str) -> None:
    check((text.encode("utf-8", errors="surrogatepass")), tmp_path)


@pytest.mark.parametrize("character", ["\ufffe", "\uffff"])
def test_a_character_that_is_none_is_refused(character: str, tmp_path: Path) -> None:
    path = tmp_path / "spec.yaml"
    path.write_text(f"a: {character}", encoding="utf-8")

    assert load_spec(str(path)).diagnostics


@pytest.mark.parametrize("text", ["[", "{", "a: [", "? |\n : x"])
def test_the_end_of_a_file_without_a_newline_is_inside_the_file(text: str, tmp_path: Path) -> None:
    check(text.encode(), tmp_path)


def test_a_bad_byte_behind_a_carriage_return_has_its_place(tmp_path: Path) -> None:
    check(b"a: 1\rb: \xff\r", tmp_path)

r"""Regular expressions of filter patterns: AWS's own examples, Python's answers, and hostile ones.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/regex-expressions.html (read 2026-11-24)
"""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fuzz.examples import examples
from watchspec.languages.filter_regexes import check_regex
from watchspec.simulate.data import UnsupportedError
from watchspec.simulate.filter_regexes import Regex


@pytest.mark.parametrize(
    ("expression", "found", "not_found"),
    [
        ("^[hc]at", ["hat", "cats"], ["a hat"]),
        ("[hc]at$", ["a hat"], ["cats"]),
        ("colou?r", ["color", "my colours"], ["colouur"]),
        ("[abc]", ["xa", "bx"], ["d"]),
        ("[abcx-z]", ["y"], ["d", "-"]),
        ("^a{3,5}$", ["aaa", "aaaa", "aaaaa"], ["aa", "aaaaaa"]),
        ("^a{,2}$", ["", "a", "aa"], ["aaa"]),
        ("^a{2,}$", ["aa", "aaaa"], ["a"]),
        ("^a{2}$", ["aa"], ["a", "aaa"]),
        ("gra|ey", ["gray", "grey"], ["gry"]),
        (
            "^starting|^initializing|^shutting down",
            ["starting now", "initializing", "shutting down"],
            ["skipping initializing"],
        ),
        ("abcc|ab[^c]$", ["abcc now", "aba"], ["aac now", "abc"]),
        (r"\[.\]", ["[a]", "[b]", "[7]", "[@]", "[]]", "[ ]"], ["[]", "[ab]"]),
        (r"10\.10\.0\.1", ["10.10.0.1"], ["10010,051"]),
        ("10.10.0.1", ["10010,051"], ["1010"]),
        ("ab*c", ["ac", "abc", "abbbc"], ["abb"]),
        ("ab[0-9]*", ["ab", "ab0", "ab129"], ["a1"]),
        ("ab+c", ["abc", "abbc", "abbbc"], ["ac"]),
        (".at", ["hat", "4at", "#at", " at"], ["at"]),
        (r"\d", ["7"], ["x", "٣"]),
        (r"^\D$", ["x", "٣"], ["7"]),
        (r"a\sb", ["a b", "a\tb", "a\nb"], ["a_b"]),
        (r"^\S+$", ["ab"], ["a b"]),
        (r"^\w+$", ["aZ_9"], ["a-b", "é"]),
        (r"^\W$", ["-", "é"], ["_"]),
        (r"\x3A", ["a:b"], ["x3A"]),
        (r"\x28", ["("], ["x28"]),
        (r"[\x28\]-]", ["(", "]", "-"], ["a"]),
        (r"[^\d\sa-c]", ["d", "é"], ["1 b"]),
        (r"[^a-cb]", ["d"], ["c"]),
        (r"[]a]", ["]"], ["b"]),
        (r"a\t", ["a\t"], ["at"]),
        ("a{2}{3}", ["aa"], ["a"]),
        ("a+?", ["a"], ["b"]),
        ("^$", [""], ["a"]),
        ("a{x}", ["a{x}"], ["a"]),
        ("a^?b", ["ab"], ["a"]),
    ],
)
def test_examples(expression: str, found: list[str], not_found: list[str]) -> None:
    regex = Regex(expression)

    assert [line for line in found if not regex.is_in(line)] == []
    assert [line for line in not_found if regex.is_in(line)] == []


ATOMS = ["a", "b", ".", "[ab]", "[^a]", r"\d", r"\w", r"\W", r"\.", "[a-c1]", r"[^\w-]", r"\x61"]
REPEATS = ["", "", "", "?", "*", "+", "{2}", "{1,2}", "{,2}", "{2,}", "{0,1}", "{0}"]
PIECES = st.one_of(
    st.tuples(st.sampled_from(ATOMS), st.sampled_from(REPEATS)).map("".join),
    st.sampled_from("|^$"),
)


@given(
    expression=st.lists(PIECES, min_size=1, max_size=6).map("".join),
    line=st.text("abc1.-é", max_size=8),
)
@examples(500)
def test_an_expression_means_what_it_means_elsewhere(expression: str, line: str) -> None:
    known = expression.replace("{,", "{0,").replace("$", r"\Z")

    expected = re.search(known, line, re.DOTALL | re.ASCII) is not None

    assert check_regex(expression, 0) is None
    assert Regex(expression).is_in(line) is expected


@pytest.mark.parametrize(
    ("expression", "line"),
    [
        ("a*" * 300 + "b", "a" * 100_000),
        (".*" * 50 + "x", "a" * 100_000),
        (".{2000}x", "a" * 100_000),
        ("[ab]*a[ab]{400}c", "ab" * 50_000),
        ("a|" * 500 + "b", "c" * 100_000),
        (r"\d+x", "".join(map(chr, range(0x3000, 0x10000)))),
    ],
    ids=["stars", "dots", "count", "set", "choices", "characters"],
)
def test_no_expression_keeps_a_line_long(expression: str, line: str) -> None:
    """It ends; one way after the other would not."""
    assert not Regex(expression).is_in(line)


@pytest.mark.parametrize("expression", ["a{99999}", "a{0,999999999999999999999}", "a{4000}" * 2])
def test_what_repeats_too_often_is_not_followed(expression: str) -> None:
    with pytest.raises(UnsupportedError, match="repeats too often to be followed"):
        Regex(expression)

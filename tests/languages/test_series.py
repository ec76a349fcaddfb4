"""The values of a series as an author writes them."""

from __future__ import annotations

from typing import Any

import pytest

from watchspec.languages import Problem
from watchspec.languages.series import MAX_VALUES, parse_series
from watchspec.model.series import WrittenStretch


def read(text: str) -> list[tuple[Any, ...]]:
    """Shape, arguments and count of each stretch of a text without mistakes."""
    stretches = parse_series(text)
    assert all(isinstance(one, WrittenStretch) for one in stretches), stretches
    return [
        (one.shape, [part.text for part in one.arguments], one.count and one.count.text)
        for one in stretches
        if isinstance(one, WrittenStretch)
    ]


@pytest.mark.parametrize(
    ("text", "shape", "arguments", "count"),
    [
        ("50", "value", ["50"], None),
        ("50x5", "value", ["50"], "5"),
        ("0x5", "value", ["0"], "5"),
        ("-5x3", "value", ["-5"], "3"),
        ("0.5x3", "value", ["0.5"], "3"),
        ("50x20m", "value", ["50"], "20m"),
        ("50x1.5h", "value", ["50"], "1.5h"),
        ("85%x5", "value", ["85%"], "5"),
        ("3GBx10", "value", ["3GB"], "10"),
        ("3kB/sx10", "value", ["3kB/s"], "10"),
        ("5/sx2", "value", ["5/s"], "2"),
        ("$60x2", "value", ["$60"], "2"),
        ("$-60x2", "value", ["$-60"], "2"),
        ("-$60x2", "value", ["-$60"], "2"),
        ("_", "gap", [], None),
        ("_x10", "gap", [], "10"),
        ("0+10x5", "steps", ["0", "+10"], "5"),
        ("5-1x5", "steps", ["5", "-1"], "5"),
        ("-5-1x5", "steps", ["-5", "-1"], "5"),
        ("1GB+0.5GBx4", "steps", ["1GB", "+0.5GB"], "4"),
        ("20..80x10", "ramp", ["20", "80"], "10"),
        ("-20..-80", "ramp", ["-20", "-80"], None),
        ("wave(20, 80)x1440", "wave", ["20", "80"], "1440"),
        ("wave(20,80,6h)x2d", "wave", ["20", "80", "6h"], "2d"),
        ("wave(20 80)", "wave", ["20", "80"], None),
        ("noise(50, 5)x60", "noise", ["50", "5"], "60"),
        ("noise(50%, 5%, 7)x60", "noise", ["50%", "5%", "7"], "60"),
    ],
)
def test_a_stretch_is_a_shape_and_a_number_of_values(
    text: str, shape: str, arguments: list[str], count: str | None
) -> None:
    assert read(text) == [(shape, arguments, count)]


def test_stretches_stand_one_after_the_other() -> None:
    assert read(" 50x5\n85x20  _x3\twave(1, 2)x4 7 ") == [
        ("value", ["50"], "5"),
        ("value", ["85"], "20"),
        ("gap", [], "3"),
        ("wave", ["1", "2"], "4"),
        ("value", ["7"], None),
    ]


def test_every_part_knows_where_it_stands() -> None:
    text = "50x5 wave(20, 80, 6h)x30m 1GB+2GBx7"

    for one in parse_series(text):
        assert isinstance(one, WrittenStretch)
        assert text[one.offset :].startswith(one.text)
        assert one.count is not None
        for part in (*one.arguments, one.count):
            assert text[part.offset :].startswith(part.text)


GENERAL = "write a value such as 50 or 3GB, _ for none"


@pytest.mark.parametrize(
    ("text", "wrong", "message", "advice"),
    [
        ("50*5", "50*5", '"50*5" is not a value', "write 50x5"),
        ("50X5", "50X5", '"50X5" is not a value', "write 50x5"),
        ("50×5", "50×5", '"50×5" is not a value', "write 50x5"),
        ("50x5, 85x5", "5,", '"5," is not a number of values', "write a whole number such as 50x5"),
        ("50, 60", "50,", '"50," is not a value', "write 50 without the comma"),
        ("50,60", "50,60", '"50,60" is not a value', "write 50 60, or 5060"),
        ("1,000,000x3", "1,000,000", '"1,000,000" is not a value', "write it without commas"),
        (".5x3", ".5", '".5" is not a value', "write 0.5"),
        ("-.5x3", "-.5", '"-.5" is not a value', "write -0.5"),
        ("20...80x3", "20...80", '"20...80" is not a value', "write 20..80"),
        ("20->80x3", "20->80", '"20->80" is not a value', "write 20..80"),
        ("20to80x3", "20to80", '"20to80" is not a value', "write 20..80"),
        ("1e3", "1e3", '"1e3" is not a value', "write it in full, such as 1500 or 0.002"),
        ("1e-3x5", "1e-3", '"1e-3" is not a value', "write it in full, such as 1500 or 0.002"),
        ("5..1e3x5", "5..1e3", '"5..1e3" is not a value', "write it in full, such as"),
        ("NaN", "NaN", '"NaN" is not a value', "write _ for no value"),
        ("nullx5", "null", '"null" is not a value', "write _ for no value"),
        ("stale", "stale", '"stale" is not a value', "write _ for no value"),
        ("inf", "inf", '"inf" is not a value', GENERAL),
        ("__", "__", '"__" is not a value', GENERAL),
        ("(5)x5", "(5)", '"(5)" is not a value', GENERAL),
        ("(", "(", '"(" is not a value', GENERAL),
        (")", ")", '")" is not a value', GENERAL),
        ("max", "max", '"max" is not a value', GENERAL),
        ("5x5x5", "5x5", '"5x5" is not a value', GENERAL),
        ("x5", "x5", '"x5" has no value in front of the x', "write 50x5"),
        ("5 x5", "x5", '"x5" has no value in front of the x', "write 5x5 without a blank"),
        ("5x2 x5", "x5", '"x5" has no value in front of the x', "write 50x5"),
        ("5x", "5x", '"5x" does not say how many', "write the number after the x without"),
        ("5x0", "5x0", '"5x0" has no values', "leave it out, or write how many"),
        ("5x00", "5x00", '"5x00" has no values', "leave it out, or write how many"),
        ("5x-3", "-3", '"-3" is not a number of values', "write a whole number such as 50x5"),
        ("5x2.5", "2.5", '"2.5" is not a number of values', "write a whole number such as 50x5"),
        ("5x²", "²", '"²" is not a number of values', "write a whole number such as 50x5"),
        ("wav(2, 3)x4", "wav", 'there is no shape "wav"', 'did you mean "wave"?'),
        ("spline(2, 3)x4", "spline", 'there is no shape "spline"', GENERAL),
        ("wave(20", "wave(20", '"wave(20" lacks its closing bracket', "inside braces, put"),
        ("wave()x3", "wave()x3", '"wave()x3" does not hold two or three numbers', "write wave(20,"),
        ("noise(5)x3", "noise(5)x3", "does not hold two or three numbers", "write noise(50, 5)"),
        ("wave(1, 2, 3h, 4)", "wave(1, 2, 3h, 4)", "does not hold two or three", "write wave("),
        ("wave(1, two)x3", "two", '"two" is not a value', GENERAL),
        ("noise(1e3, 2)x3", "1e3", '"1e3" is not a value', "write it in full"),
        ("noise(5, 5, a)x3", "a", '"a" is not a seed', "write a whole number"),
        ("noise(5, 5, -1)x3", "-1", '"-1" is not a seed', "write a whole number"),
        ("wave(1, wave(2, 3))x3", "wave(1, wave(2, 3))", "is not a value", GENERAL),
        ("wave(20 50x5", "wave(20 50x5", "lacks its closing bracket", "inside braces"),
    ],
)
def test_a_mistake_is_told_where_it_stands_with_what_to_write(
    text: str, wrong: str, message: str, advice: str
) -> None:
    problem = next(one for one in parse_series(text) if isinstance(one, Problem))

    assert text[problem.offset : problem.offset + problem.width] == wrong
    assert message in problem.message
    assert problem.advice.startswith(advice)


@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_an_empty_text_has_no_values(text: str) -> None:
    (problem,) = parse_series(text)

    assert isinstance(problem, Problem)
    assert problem.message == "the series has no values"


def test_every_mistake_of_a_text_is_told() -> None:
    found = parse_series("50*5 85x3 NaN 20x5 x7")

    assert [one.message for one in found if isinstance(one, Problem)] == [
        '"50*5" is not a value',
        '"NaN" is not a value',
        '"x7" has no value in front of the x',
    ]
    assert sum(isinstance(one, WrittenStretch) for one in found) == 2


def test_more_words_than_a_series_may_have_values_are_not_read() -> None:
    (problem,) = parse_series("1 " * (MAX_VALUES + 1))

    assert isinstance(problem, Problem)
    assert problem.message == "the series has more than 100,000 values"


@pytest.mark.parametrize(
    "text",
    [
        "(" * 100_000,
        "x" * 100_000,
        "to" * 50_000 + ".",
        "1" * 100_000,
        "_x" * 50_000,
        "wave(" * 20_000,
    ],
    ids=range(6),
)
def test_hostile_texts_are_told_of_once_and_shortly(text: str) -> None:
    found = parse_series(text)

    assert len(found) == 1
    assert isinstance(found[0], Problem | WrittenStretch)
    if isinstance(found[0], Problem):
        assert len(found[0].message) < 200

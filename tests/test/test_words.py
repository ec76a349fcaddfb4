"""Times as findings say them."""

from __future__ import annotations

import pytest

from watchspec.model.text import say_time
from watchspec.test.words import say_span


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0m"),
        (90, "90s"),
        (900, "15m"),
        (3_600, "60m"),
        (7_200, "120m"),
        (10_800, "3h"),
        (11_100, "185m"),
        (86_400, "1d"),
        (90_000, "25h"),
        (259_200, "3d"),
    ],
)
def test_time_is_said_in_one_unit_that_an_author_can_type(seconds: int, words: str) -> None:
    assert say_time(seconds) == words


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (None, None, ""),
        (300, 300, "at 5m"),
        (300, 600, "from 5m to 10m"),
        (300, None, "from 5m on"),
        (None, 300, "until 5m"),
    ],
)
def test_span_is_said_without_what_goes_without_saying(
    start: int | None, end: int | None, words: str
) -> None:
    assert say_span(start, end) == words

"""Timelines: exact on every side of a threshold, never wider than the terminal, no change lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchspec.model.signals import Operator
from watchspec.model.spec_tests import StateWord
from watchspec.model.test_results import Changes, Mark, SeriesTrack, StateTrack, Timeline
from watchspec.report.timeline import ASCII, draw_timeline

OK, ALARM, UNKNOWN = "OK", "ALARM", "INSUFFICIENT_DATA"
STATES: list[StateWord] = ["OK", "ALARM", "INSUFFICIENT_DATA"]


def timeline(  # noqa: PLR0913 - each test cares for one of them
    values: list[float | None],
    operator: Operator | None = ">",
    threshold: float = 70,
    *,
    changes: Changes = ((0, "INSUFFICIENT_DATA"), (60, "OK")),
    expected: Mark | None = None,
    happened: Mark | None = None,
    reason: str = "",
) -> Timeline:
    """One value a minute, and what the alarm made of it."""
    series = SeriesTrack("cpu", tuple(values), operator, threshold, f"{operator} {threshold:g}")
    states = (StateTrack("hot", changes),)
    return Timeline(len(values) * 60, 60, (series,), states, expected, happened, reason)


def rows(values: list[float | None], operator: Operator | None, threshold: float) -> list[str]:
    """The two rows of a series, without their heads."""
    lines = draw_timeline(timeline(values, operator, threshold))
    return [line.partition("│")[2] for line in lines[:2]]


@pytest.mark.parametrize(
    ("operator", "upper", "lower"),
    [
        (">", "  █", "▇██"),
        (">=", " ▁█", "▇██"),
        ("<", " ▁█", "▇██"),
        ("<=", "  █", "▇██"),
    ],
)
def test_what_is_beyond_the_threshold_stands_in_the_upper_row(
    operator: Operator, upper: str, lower: str
) -> None:
    assert rows([60, 70, 80], operator, 70) == [upper, lower]


@pytest.mark.parametrize(
    ("values", "operator", "threshold", "drawn"),
    [
        ([50], ">", 70, ["", "▆"]),
        ([None, None], ">", 70, ["", "··"]),
        ([50, None, 90], ">", 70, ["  █", "▆·█"]),
        ([70.0000001, 70], ">", 70, ["█", "██"]),
        ([0, 3, 0], ">", 0, [" █", "▁█▁"]),
        ([2, 1, 0], "<", 1, ["█▁", "██▁"]),
        ([-5, -3, -1], "<", -2, ["  █", "▁▆█"]),
        ([0, 1e300, 1.7e308], ">", 1e300, ["  █", "▁██"]),
        ([-1.7e308, 1.7e308], ">", 0, [" █", "▁█"]),
        ([5, 5, 5], ">", 5, ["", "███"]),
        ([1, 2, 3, 4], None, 0, ["  ▃█", "▁▆██"]),
    ],
)
def test_values_of_all_kinds(
    values: list[float | None], operator: Operator | None, threshold: float, drawn: list[str]
) -> None:
    assert rows(values, operator, threshold) == drawn


def test_numbers_beside_a_series_are_its_highest_and_its_lowest() -> None:
    drawn = draw_timeline(timeline([1.5e9, 5e9, 12_345], "<", 2e9))

    assert [line.partition(" │")[0] for line in drawn[:2]] == [
        "  cpu         5G",
        "  < 2e+09 12.35k",
    ]
    assert draw_timeline(timeline([None]))[1] == "  > 70  no data │·"


def test_timeline_without_blocks_is_the_same_in_ascii() -> None:
    drawn = draw_timeline(
        timeline(
            [40, None, 70, 90],
            changes=((0, "INSUFFICIENT_DATA"), (60, "OK"), (180, "ALARM")),
            expected=Mark(120, "ALARM expected at 2m"),
            happened=Mark(180, "became ALARM at 3m"),
            reason="Threshold Crossed",
        ),
        signs=ASCII,
    )

    assert drawn == [
        "  cpu   90 |   #",
        "  > 70  40 |= ##",
        "  state    |?--AA",
        "            '0m '4m",
        "              ^ ALARM expected at 2m",
        "               ^ became ALARM at 3m",
        "  reason: Threshold Crossed",
    ]


def test_composite_shows_the_states_of_its_alarms_by_name() -> None:
    children = [
        StateTrack(name, ((0, "INSUFFICIENT_DATA"), (seconds, "ALARM")))
        for name, seconds in (("hot", 60), ("down", 120), ("both", 120))
    ]

    drawn = draw_timeline(Timeline(240, 60, (), tuple(children), None, None, ""))

    assert drawn[:3] == ["  hot   │?AAAA", "  down  │??AAA", "  both  │??AAA"]


def test_mark_near_the_right_edge_has_its_text_on_the_left() -> None:
    drawn = draw_timeline(timeline([50] * 60, expected=Mark(59 * 60, "ALARM expected at 59m")))

    assert drawn[-1].endswith("ALARM expected at 59m ^")


def test_day_is_compressed_and_keeps_a_change_of_one_minute() -> None:
    values: list[float | None] = [50] * 1440
    values[700] = 90
    changes: Changes = ((0, "INSUFFICIENT_DATA"), (60, "OK"), (701 * 60, "ALARM"), (702 * 60, "OK"))

    drawn = draw_timeline(timeline(values, changes=changes))

    assert max(map(len, drawn)) <= 80
    assert drawn[0].count("█") == 1
    assert drawn[2].count("A") == 1
    assert "╵12h" in drawn[3]


def test_alarm_that_changes_all_the_time_is_drawn_all_the_same() -> None:
    flapping: Changes = (
        (0, "INSUFFICIENT_DATA"),
        *((60 * minute, STATES[minute % 2]) for minute in range(1, 1440)),
    )

    drawn = draw_timeline(timeline([50.0, 90.0] * 720, changes=flapping))

    assert "xxxx" in drawn[2]
    assert max(map(len, drawn)) <= 80


def test_long_reason_is_cut_after_three_lines() -> None:
    drawn = draw_timeline(timeline([50], reason="word " * 200))

    assert len(drawn) == 7
    assert drawn[-1].endswith(" ...")


def test_hostile_names_are_spelled_out() -> None:
    series = SeriesTrack("\x1b[2J", (1.0,), None, 0.0, "\u202e")
    states = (StateTrack("a\x07", ((0, "OK"),)), StateTrack("b", ((0, "OK"),)))

    text = "\n".join(
        draw_timeline(Timeline(60, 60, (series,), states, Mark(0, "\x9b"), None, "\x1b"))
    )

    assert "\x1b" not in text
    assert "\x07" not in text
    assert "\u202e" not in text


values_lists = st.lists(
    st.none() | st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=300
)


@given(
    values=values_lists,
    operator=st.sampled_from([">", ">=", "<", "<=", None]),
    threshold=st.floats(allow_nan=False, allow_infinity=False),
    begins=st.lists(st.tuples(st.integers(1, 400), st.sampled_from(STATES)), max_size=40),
    mark=st.integers(0, 500),
    width=st.integers(40, 200),
)
def test_any_timeline_fits_and_is_not_larger_than_what_it_shows(
    values: list[float | None],
    operator: Operator | None,
    threshold: float,
    begins: list[tuple[int, StateWord]],
    mark: int,
    width: int,
) -> None:
    later = {minute * 60: state for minute, state in begins if minute <= len(values)}
    changes: Changes = ((0, "INSUFFICIENT_DATA"), *sorted(later.items()))
    drawn = draw_timeline(
        timeline(values, operator, threshold, changes=changes, expected=Mark(mark * 60, "x" * 90)),
        width=width,
    )

    assert max(map(len, drawn)) <= width
    assert len(drawn) == 5

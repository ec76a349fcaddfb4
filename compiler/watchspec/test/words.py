"""Times and states as the findings say them."""

from __future__ import annotations

from collections.abc import Sequence

from watchspec.model.spec_tests import Moment
from watchspec.model.test_results import Changes
from watchspec.model.text import say_time

_MOST_CHANGES = 4


def say_moment(moment: Moment) -> str:
    """`at 15m`, `at 15m ± 2m`."""
    margin = f" ± {say_time(moment.within_seconds)}" if moment.within_seconds else ""
    return f"at {say_time(moment.seconds)}{margin}"


def say_span(start: int | None, end: int | None) -> str:
    """`at 15m`, `from 5m to 30m`, `from 5m on`, `until 30m`, or nothing for a whole test."""
    if start is not None and start == end:
        return f"at {say_time(start)}"
    if start is None:
        return "" if end is None else f"until {say_time(end)}"
    return f"from {say_time(start)} " + ("on" if end is None else f"to {say_time(end)}")


def say_story(changes: Changes) -> str:
    """What an alarm did from one state on: `it was OK from 1m on`, `it became OK at 1m and …`."""
    later = [(seconds, state) for seconds, state in changes if seconds]
    if not later:
        return f"it was {changes[0][1]} all the time"
    if len(later) == 1:
        return f"it was {later[0][1]} from {say_time(later[0][0])} on"
    told = [f"{state} at {say_time(seconds)}" for seconds, state in later]
    left = len(told) - _MOST_CHANGES
    if left > 1:
        return f"it became {', '.join(told[:_MOST_CHANGES])}, and changed {left} more times"
    return f"it became {say_list(told)}"


def say_list(words: Sequence[str], joint: str = "and") -> str:
    """`a, b and c`."""
    *most, last = words
    return f"{', '.join(most)} {joint} {last}" if most else last

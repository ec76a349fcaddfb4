"""What an alarm saw and did, for those who draw it."""

from __future__ import annotations

import math

from watchspec.model.alarms import Alarm, Threshold
from watchspec.model.test_results import SeriesTrack, StateTrack, Timeline
from watchspec.model.text import show_text
from watchspec.simulate.data import Floats
from watchspec.test.expectations import Miss
from watchspec.test.facts import Facts

_WHOLE_TITLE = 40


def picture(miss: Miss, facts: Facts) -> Timeline | None:
    """The timeline of an expectation that was not met; None if it is about no alarm."""
    if miss.alarm not in facts.outcome.histories:
        return None
    history = facts.outcome.histories[miss.alarm]
    points = facts.points(miss.alarm)
    states = (*dict.fromkeys(history.alarm.others), miss.alarm)
    return Timeline(
        facts.test.seconds,
        history.grid.step,
        () if points is None else (_track(history.alarm, points),),
        tuple(
            StateTrack(key, facts.changes(key)) for key in states if key in facts.outcome.histories
        ),
        miss.expected,
        miss.happened,
        _reason(miss, facts),
    )


def _reason(miss: Miss, facts: Facts) -> str:
    """Why the alarm came to the state that was not expected."""
    seconds = facts.test.seconds if miss.happened is None else miss.happened.seconds
    return facts.reason(miss.alarm, min(seconds, facts.test.seconds))


def _track(alarm: Alarm, points: Floats) -> SeriesTrack:
    signal, condition = alarm.signal, alarm.condition
    assert signal is not None, "it has data points"
    name = signal.key or show_text(signal.title)[:_WHOLE_TITLE]
    values = tuple(None if math.isnan(value) else value for value in points.tolist())
    if isinstance(condition, Threshold):
        words = f"{condition.operator} {condition.written}"
        return SeriesTrack(name, values, condition.operator, condition.value, words)
    return SeriesTrack(name, values, None, math.nan, "expected band")

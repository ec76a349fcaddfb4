"""What the changes of an alarm tell to whom, after mutes and suppressors.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-mute-rules.html (read 2026-11-24)
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from watchspec.model.alarms import Alarm
from watchspec.model.routing import Route
from watchspec.simulate.judging import State
from watchspec.simulate.mutes import Span
from watchspec.simulate.suppression import Change


@dataclass(frozen=True, slots=True)
class Notice:
    """A route is told that an alarm is in a state."""

    time: int
    alarm: str
    state: State
    route: str


def send_notices(
    alarm: Alarm, acts: Iterable[Change], silence: Sequence[Span], routes: Iterable[Route]
) -> Iterator[Notice]:
    """Whom an alarm tells, and when; `acts` are the changes that suppression leaves.

    A change while it is mute is told when the silence ends, if the alarm is then still in that state.
    """
    if not alarm.is_enabled:
        return
    by_key = {route.key: route for route in routes}
    for change in delay(tuple(acts), silence):
        for key in alarm.routes:
            if _tells(alarm, by_key[key], change.state):
                yield Notice(change.time, alarm.key, change.state, key)


def delay(acts: Sequence[Change], silence: Sequence[Span]) -> Iterator[Change]:
    """The changes at the time when they are told; of those in one silence only the last, if any.

    Nothing is told of a silence that ends in the state in which it began.
    """
    starts = [start for start, _ in silence]
    told: State | None = None
    for index, change in enumerate(acts):
        place = bisect_right(starts, change.time) - 1
        end = silence[place][1] if place >= 0 else change.time
        if end <= change.time:
            told = change.state
            yield change
            continue
        is_last = index + 1 == len(acts) or acts[index + 1].time >= end
        if is_last and change.state != told:
            told = change.state
            yield Change(end, change.state)


def _tells(alarm: Alarm, route: Route, state: State) -> bool:
    match state:
        case State.ALARM:
            return True
        case State.OK:
            return route.on_recovery if alarm.on_recovery is None else alarm.on_recovery
        case State.INSUFFICIENT_DATA:
            told = alarm.on_missing_data
            return route.on_missing_data if told is None else told

"""When a composite alarm with a suppressor acts.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-suppression.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from watchspec.simulate.judging import State


@dataclass(frozen=True, slots=True)
class Change:
    """An alarm is in another state from a time on, in seconds."""

    time: int
    state: State


def suppress(
    changes: Iterable[Change], suppressor: Iterable[Change], wait: int, extension: int
) -> Iterator[Change]:
    """The changes of a composite alarm that it acts on, each at the time when it does.

    A change waits for the suppressor for `wait` seconds; when the suppressor leaves ALARM, actions
    stay suppressed for `extension` seconds. Then the alarm acts on the state it is in, unless it
    already has.
    """
    # At one time the suppressor comes first: it is there to be seen.
    events = sorted(
        [(one.time, 0, one.state) for one in suppressor]
        + [(one.time, 1, one.state) for one in changes]
    )
    state = acted = None
    is_suppressed = False
    due: int | None = None
    for time, is_own, new in [*events, (_NEVER, 1, None)]:
        if due is not None and due <= time and (due < time or is_own):
            if state is not None and state != acted:
                yield Change(due, state)
                acted = state
            due = None
        if new is None:
            break
        if is_own:
            state = new
            due = None if is_suppressed else time + wait
        elif new is State.ALARM:
            is_suppressed, due = True, None
        elif is_suppressed:
            is_suppressed, due = False, time + extension


_NEVER = 2**62

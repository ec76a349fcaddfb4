"""When an alarm acts on its changes: after its suppressor, and after mute rules.

Sources: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-suppression.html and
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-mute-rules-behaviour.html
(read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from watchspec.simulate.judging import State

Span: TypeAlias = tuple[int, int]
"""From one time to another, in seconds since 1970; the end is outside."""


@dataclass(frozen=True, slots=True)
class Change:
    """An alarm is in another state from a time on, in seconds since 1970."""

    time: int
    state: State


@dataclass(frozen=True, slots=True)
class Suppression:
    """An alarm that silences another: its changes, and for how long the other waits."""

    changes: tuple[Change, ...]
    wait_seconds: int
    extension_seconds: int


_SUPPRESSOR, _MUTE, _DUE, _OWN = range(4)
"""What comes first of all that happens at one time; AWS documents no order."""
_NEVER = 2**62


def act(
    changes: Iterable[Change],
    suppression: Suppression | None = None,
    silence: Iterable[Span] = (),
) -> Iterator[Change]:
    """The changes of an alarm that it acts on, each at the time when it does.

    With a suppressor a change first waits for it. While that is in ALARM, for the extension after
    that, and while the alarm is mute, nothing is done; then the alarm acts on the state it is in, if it
    has changed since it last did. What changed and changed back in a silence is forgotten.

    silence: when the alarm is mute, in order and without overlaps.
    """
    rule = suppression or Suppression((), 0, 0)
    state: int = State.INSUFFICIENT_DATA
    acted = due = None
    is_pending = is_suppressed = is_mute = False
    for time, kind, new in (*_events(changes, rule, silence), (_NEVER, _OWN, State.OK)):
        if due is not None and (due, _DUE) < (time, kind):
            if is_pending and not is_mute:
                yield Change(due, State(state))
                acted, is_pending = state, False
            due = None
        if kind == _OWN:
            state, is_pending = new, True
            due = None if is_suppressed else time + rule.wait_seconds
        elif kind == _MUTE:
            is_mute = bool(new)
            is_pending &= is_mute or state != acted
            due = time if due is None and not (is_mute or is_suppressed) else due
        elif new == State.ALARM:
            is_suppressed, due = True, None
        elif is_suppressed:
            is_suppressed, due = False, time + rule.extension_seconds


def _events(
    changes: Iterable[Change], rule: Suppression, silence: Iterable[Span]
) -> list[tuple[int, int, int]]:
    return sorted(
        [
            *((one.time, _SUPPRESSOR, int(one.state)) for one in rule.changes),
            *(
                (time, _MUTE, is_mute)
                for start, end in silence
                for time, is_mute in ((start, 1), (end, 0))
            ),
            *((one.time, _OWN, int(one.state)) for one in changes),
        ]
    )

"""What an alarm did over a time: its states, and why it was in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from watchspec.model.alarms import Alarm
from watchspec.simulate.acting import Change
from watchspec.simulate.data import Floats
from watchspec.simulate.judging import Codes, State
from watchspec.simulate.reasons import CREATED
from watchspec.simulate.statistics import Grid

_STATES = tuple(State)
"""By their codes."""


@dataclass(frozen=True, slots=True)
class History:
    """What an alarm did: its state at the end of each step of a grid.

    `explain` gives the reason for a state the alarm came to at a time, `measure` the data points it
    saw; both are only reckoned when asked for. `contributions` are the states of each series that an
    alarm on several looks at, by their labels. `note` says what of it CloudWatch may see differently,
    "" = nothing.
    """

    alarm: Alarm
    grid: Grid
    states: Codes
    explain: Callable[[int, State], str] = field(repr=False, compare=False)
    measure: Callable[[], Floats | None] = field(repr=False, compare=False)
    contributions: Mapping[str, Codes] = field(default_factory=dict)
    note: str = ""

    def changes(self) -> tuple[Change, ...]:
        """The state at its creation, and each other state with the time it began."""
        first = State.INSUFFICIENT_DATA
        return Change(self.grid.start, first), *self._changes(self.states, first)

    def told_changes(self) -> Iterator[tuple[str, tuple[Change, ...]]]:
        """The changes that actions are taken on: those of the alarm, or of each series by its label.

        Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-actions.html (read 2026-11-24)
        """
        if not self.contributions:
            yield "", self.changes()[1:]
        for label, states in self.contributions.items():
            yield label, tuple(self._changes(states, State.OK))

    def _changes(self, states: Codes, first: State) -> Iterator[Change]:
        before = np.concatenate(([np.int8(first)], states[:-1]))
        places = np.flatnonzero(states != before[: len(states)])
        times = self.grid.ends[places].tolist()
        for time, code in zip(times, states[places].tolist(), strict=True):
            yield Change(time, _STATES[code])

    def state_at(self, time: int) -> State:
        """The state at a time, in seconds since 1970."""
        place = self._place(time)
        return State(self.states[place]) if place >= 0 else State.INSUFFICIENT_DATA

    def reason_at(self, time: int) -> str:
        """Why the alarm is in the state it is in: what CloudWatch said when the state began."""
        state = self.state_at(time)
        others = np.flatnonzero(self.states[: self._place(time) + 1] != state)
        if len(others):
            return self.explain(self._end(int(others[-1]) + 1), state)
        return CREATED if state is State.INSUFFICIENT_DATA else self.explain(self._end(0), state)

    def values(self) -> Floats | None:
        """The newest data point at each step, NaN = none; None if it watches no metric."""
        return self.measure()

    def _place(self, time: int) -> int:
        return min((time - self.grid.start) // self.grid.step, self.grid.size) - 1

    def _end(self, place: int) -> int:
        return self.grid.start + (place + 1) * self.grid.step

"""A whole service over a history of data: every alarm's states, and who is told of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import gcd

import numpy as np

from watchspec.model.alarms import Alarm, Combination, Threshold
from watchspec.model.monitoring import Monitoring
from watchspec.simulate.alarms import evaluate_threshold
from watchspec.simulate.composites import evaluate_rule
from watchspec.simulate.data import Data, UnsupportedError
from watchspec.simulate.judging import Codes, State
from watchspec.simulate.mutes import mute_spans
from watchspec.simulate.notices import Notice, send_notices
from watchspec.simulate.options import Options
from watchspec.simulate.statistics import Grid
from watchspec.simulate.suppression import Change, suppress

_MINUTE = 60


@dataclass(frozen=True, slots=True)
class History:
    """What an alarm did: its first state, and every change with its time in seconds since 1970."""

    alarm: Alarm
    grid: Grid
    states: Codes

    def changes(self) -> tuple[Change, ...]:
        """The state from the start of the grid on, and each other state with the time it began."""
        places = np.flatnonzero(np.diff(self.states)) + 1
        changed = [Change(self._end(int(place)), State(self.states[place])) for place in places]
        first = State(self.states[0]) if len(self.states) else State.INSUFFICIENT_DATA
        return (
            Change(self.grid.start, State.INSUFFICIENT_DATA),
            *([] if first is State.INSUFFICIENT_DATA else [Change(self._end(0), first)]),
            *changed,
        )

    def state_at(self, time: int) -> State:
        """The state at a time."""
        place = (time - self.grid.start) // self.grid.step - 1
        return State(self.states[place]) if place >= 0 else State.INSUFFICIENT_DATA

    def _end(self, place: int) -> int:
        return self.grid.start + (place + 1) * self.grid.step


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happened: histories by alarm, notices in order, and why some alarms cannot be simulated."""

    histories: Mapping[str, History]
    notices: tuple[Notice, ...]
    unsupported: Mapping[str, str]


def simulate_monitoring(
    monitoring: Monitoring, data: Data, start: int, seconds: int, options: Options
) -> Outcome:
    """Every alarm over `seconds` from `start` (seconds since 1970, a whole minute)."""
    run = _Run(monitoring, data, start, seconds, options)
    for alarm in monitoring.alarms:
        run.history_of(alarm.key)
    notices = sorted(run.notices(), key=lambda one: (one.time, one.alarm, one.route))
    return Outcome(run.histories, tuple(notices), run.unsupported)


class _Run:
    def __init__(
        self, monitoring: Monitoring, data: Data, start: int, seconds: int, options: Options
    ) -> None:
        self.monitoring = monitoring
        self.data = data
        self.options = options
        self.alarms = {alarm.key: alarm for alarm in monitoring.alarms}
        self.histories: dict[str, History] = {}
        self.unsupported: dict[str, str] = {}
        step = gcd(_MINUTE, *(one.signal.period_seconds for one in monitoring.alarms if one.signal))
        self.grid = Grid(start, step, seconds // step)

    def history_of(self, key: str) -> History | None:
        """The history of an alarm, after those it combines; None if only AWS can tell."""
        if key not in self.histories and key not in self.unsupported:
            try:
                states = self._states_of(self.alarms[key])
            except UnsupportedError as error:
                self.unsupported[key] = str(error)
            else:
                self.histories[key] = History(self.alarms[key], self.grid, states)
        return self.histories.get(key)

    def notices(self) -> Iterable[Notice]:
        during = self.grid.start, self.grid.start + self.grid.size * self.grid.step
        for key, history in self.histories.items():
            acts: Iterable[Change] = history.changes()[1:]
            condition = history.alarm.condition
            if isinstance(condition, Combination) and condition.suppressor is not None:
                suppressor = condition.suppressor
                silencer = self.history_of(suppressor.alarm)
                if silencer is None:
                    self.unsupported[key] = self.unsupported[suppressor.alarm]
                    continue
                acts = suppress(
                    acts, silencer.changes(), suppressor.wait_seconds, suppressor.extension_seconds
                )
            silence = mute_spans(self.monitoring.mutes, history.alarm.name, during)
            yield from send_notices(history.alarm, acts, silence, self.monitoring.routes)

    def _states_of(self, alarm: Alarm) -> Codes:
        match alarm.condition:
            case Combination():
                children = {}
                for key in alarm.condition.children:
                    history = self.history_of(key)
                    if history is None:
                        raise UnsupportedError(self.unsupported[key])
                    children[key] = history.states
                return evaluate_rule(alarm.condition.term, children, self.grid.size)
            case Threshold():
                return self._follow(alarm, alarm.condition)
            case _:
                raise UnsupportedError("the expected band is what CloudWatch has learned")

    def _follow(self, alarm: Alarm, threshold: Threshold) -> Codes:
        """The states of an alarm, which looks every minute, or with every shorter period."""
        own_step = min(threshold.signal.period_seconds, _MINUTE)
        times = self.grid.size * self.grid.step
        own = Grid(self.grid.start, own_step, times // own_step)
        states = evaluate_threshold(threshold, alarm.missing_data, self.data, own, self.options)
        if own_step == self.grid.step:
            return states
        places = (np.arange(self.grid.size) + 1) * self.grid.step // own_step - 1
        before = np.int8(State.INSUFFICIENT_DATA)
        return np.where(places < 0, before, states[np.maximum(places, 0)])

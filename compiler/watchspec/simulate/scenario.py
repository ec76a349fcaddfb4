"""A whole service over a history of data: every alarm's states, and who is told of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from watchspec.model.alarms import Alarm, Combination, Threshold, reach
from watchspec.model.metric_ids import identify
from watchspec.model.monitoring import Monitoring
from watchspec.model.signals import stats_of
from watchspec.simulate.acting import Span, Suppression, act
from watchspec.simulate.alarms import evaluation_step
from watchspec.simulate.bands import NOTE, watch_band
from watchspec.simulate.columns import is_estimate
from watchspec.simulate.composites import evaluate_rule
from watchspec.simulate.contributors import Contributors, Watch, watch
from watchspec.simulate.data import Data, UnsupportedError
from watchspec.simulate.histories import History
from watchspec.simulate.judging import State
from watchspec.simulate.mutes import mute_spans
from watchspec.simulate.notices import Notice, send_notices
from watchspec.simulate.options import Options
from watchspec.simulate.reasons import say_changed, say_created
from watchspec.simulate.settings import refuse_properties
from watchspec.simulate.statistics import Grid

_MINUTE = 60
_ANY_ACCOUNT = "111122223333"
"""What AWS writes in its examples; a spec need not say in which account it lives."""
_Number = TypeVar("_Number", np.int8, np.float64)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happened: histories by alarm, and notices in order.

    `unsupported` says why the states of some alarms are not known, `untold` why it is not known whom
    some others tell.
    """

    histories: Mapping[str, History]
    notices: tuple[Notice, ...]
    unsupported: Mapping[str, str]
    untold: Mapping[str, str]


def simulate_monitoring(
    monitoring: Monitoring,
    data: Data,
    start: int,
    seconds: int,
    options: Options,
    only: Collection[str] | None = None,
) -> Outcome:
    """Every alarm over `seconds` from its creation at `start` (seconds since 1970, a whole minute).

    only: keys of alarms; those they are made of, and those that silence them, come with them.
    """
    keys = [alarm.key for alarm in monitoring.alarms if only is None or alarm.key in only]
    run = _Run(monitoring, data, options, keys, start, seconds)
    for key in keys:
        run.history_of(key)
    notices = sorted(run.notices(), key=lambda one: (one.time, one.alarm, one.route))
    return Outcome(run.histories, tuple(notices), run.unsupported, run.untold)


class _Run:
    def __init__(
        self,
        monitoring: Monitoring,
        data: Data,
        options: Options,
        keys: Iterable[str],
        start: int,
        seconds: int,
    ) -> None:
        self.monitoring = monitoring
        self.data = data
        self.options = options
        self.alarms = {alarm.key: alarm for alarm in monitoring.alarms}
        self.histories: dict[str, History] = {}
        self.unsupported: dict[str, str] = {}
        self.untold: dict[str, str] = {}
        needed = reach(keys, lambda key: self.alarms[key].others)
        steps = [evaluation_step(self.alarms[key]) for key in needed]
        step = min(steps, default=_MINUTE)
        self.grid = Grid(start, step, seconds // step)

    def history_of(self, key: str) -> History | None:
        """The history of an alarm, after those it combines; None if only AWS can tell."""
        waiting = [key]
        while waiting:
            children = self.alarms[waiting[-1]].children
            unknown = [one for one in children if not self._is_known(one)]
            if unknown:
                waiting.extend(unknown)
                continue
            one = waiting.pop()
            if not self._is_known(one):
                try:
                    self.histories[one] = self._follow(self.alarms[one])
                except UnsupportedError as error:
                    self.unsupported[one] = str(error)
        return self.histories.get(key)

    def _is_known(self, key: str) -> bool:
        return key in self.histories or key in self.unsupported

    def notices(self) -> Iterable[Notice]:
        """Whom the alarms tell, and when."""
        for key, history in tuple(self.histories.items()):
            try:
                suppression = self._suppression(history.alarm)
                silence = mute_spans(self.monitoring.mutes, history.alarm.name, self._during)
            except UnsupportedError as error:
                self.untold[key] = str(error)
            else:
                for label, changes in history.told_changes():
                    acts = act(changes, suppression, silence)
                    yield from send_notices(
                        history.alarm, acts, self.monitoring.routes, self.options, label
                    )

    @property
    def _during(self) -> Span:
        return self.grid.start, self.grid.start + self.grid.size * self.grid.step

    def _suppression(self, alarm: Alarm) -> Suppression | None:
        suppressor = getattr(alarm.condition, "suppressor", None)
        if suppressor is None:
            return None
        history = self.history_of(suppressor.alarm)
        if history is None:
            raise UnsupportedError(self.unsupported[suppressor.alarm])
        return Suppression(history.changes(), suppressor.wait_seconds, suppressor.extension_seconds)

    def _follow(self, alarm: Alarm) -> History:
        match alarm.condition:
            case Combination():
                return self._combine(alarm, alarm.condition)
            case Threshold():
                watched = watch(alarm, alarm.condition, self.data, self.options)
                return self._watch(alarm, watched, self._find_estimate(alarm.condition))
            case _:
                watched = watch_band(alarm, alarm.condition, self.data, self.options)
                return self._watch(alarm, watched, NOTE)

    def _find_estimate(self, threshold: Threshold) -> str:
        """What of the data of an alarm is not exact, as a note."""
        for stat in stats_of(threshold.signal.source):
            metric = identify(stat, self.options.parameters)
            if is_estimate(self.data, metric, stat.statistic, stat.period_seconds):
                return (
                    f'"{stat.name}" is given as {stat.statistic} of less than a period, '
                    "from which that of a whole period is estimated"
                )
        return ""

    def _combine(self, alarm: Alarm, condition: Combination) -> History:
        refuse_properties(alarm)
        children = {}
        for key in condition.children:
            if key in self.unsupported:
                raise UnsupportedError(self.unsupported[key])
            children[key] = self.histories[key]
        states = {key: child.states for key, child in children.items()}
        codes = evaluate_rule(condition.term, states, self.grid.size)
        account = self.monitoring.environment.account or _ANY_ACCOUNT

        def explain(time: int, state: State) -> str:
            if time == self.grid.start + self.grid.step:
                return say_created(_arn(alarm, account), state)
            before = time - self.grid.step
            changed = next(
                child
                for child in children.values()
                if child.state_at(time) != child.state_at(before)
            )
            return say_changed(_arn(changed.alarm, account), time, changed.state_at(time))

        notes = dict.fromkeys(child.note for child in children.values() if child.note)
        return History(alarm, self.grid, codes, explain, lambda: None, note="; ".join(notes))

    def _watch(self, alarm: Alarm, watched: Watch, note: str = "") -> History:
        """An alarm looks every minute, one with shorter periods every ten seconds."""
        step = evaluation_step(alarm)
        own = Grid(self.grid.start, step, self.grid.size * self.grid.step // step)
        contributions = {}
        if isinstance(watched, Contributors):
            contributions = {
                label: self._spread(states, own, np.int8(State.OK))
                for label, states in watched.contributions(own).items()
            }
        return History(
            alarm,
            self.grid,
            self._spread(watched.states(own), own, np.int8(State.INSUFFICIENT_DATA)),
            watched.explain,
            lambda: self._spread(watched.values(own), own, np.float64(np.nan)),
            contributions,
            note,
        )

    def _spread(self, seen: NDArray[_Number], own: Grid, before: _Number) -> NDArray[_Number]:
        """What an alarm sees at its own steps, at those of the grid."""
        if own.step == self.grid.step:
            return seen
        places = (np.arange(self.grid.size) + 1) * self.grid.step // own.step - 1
        return np.concatenate(([before], seen))[places + 1]


def _arn(alarm: Alarm, account: str) -> str:
    return f"arn:aws:cloudwatch:{alarm.region}:{account}:alarm:{alarm.name}"

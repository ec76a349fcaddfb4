"""The thresholds of alarms: where they are written, and how to say them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from watchspec.diagnostics import Location, Related
from watchspec.model.alarms import Alarm, Threshold
from watchspec.model.monitoring import Monitoring
from watchspec.model.signals import Level, MetricStat, Signal
from watchspec.model.source import Map

WORDS = {">": "above", ">=": "at or above", "<": "below", "<=": "at or below"}
_KEYS = {">": "above", ">=": "at_least", "<": "below", "<=": "at_most"}


@dataclass(frozen=True, slots=True)
class Written:
    """The threshold of an alarm and the level it is taken from, if it is."""

    alarm: Alarm
    threshold: Threshold
    level: Level | None

    @property
    def place(self) -> Location:
        """Where the value stands."""
        if self.level is not None:
            return self.level.place
        return self.alarm.source.place("when", _KEYS[self.threshold.operator])

    @property
    def related(self) -> tuple[Related, ...]:
        """The alarm, where the value stands elsewhere."""
        if self.level is None:
            return ()
        return (Related(self.alarm.source.place("when", "level"), "an alarm takes it from here"),)

    @property
    def is_upward(self) -> bool:
        """Whether large values are what it is about."""
        return self.threshold.operator in {">", ">="}


def thresholds_of(monitoring: Monitoring) -> Iterator[Written]:
    """The threshold of each alarm that has one."""
    for alarm in monitoring.alarms:
        if isinstance(alarm.condition, Threshold):
            when = alarm.source.get("when")
            name = when.get("level") if isinstance(when, Map) else None
            levels = alarm.condition.signal.levels
            level = next((one for one in levels if one.name == name), None)
            yield Written(alarm, alarm.condition, level)


def name_signal(signal: Signal) -> str:
    """What an author calls it, in quotes."""
    if signal.key is not None:
        return f'"{signal.key}"'
    return f'"{signal.source.name}"' if isinstance(signal.source, MetricStat) else "the expression"


def say_number(value: float, signal: Signal) -> str:
    """A value of a signal as it is read."""
    unit = " %" if signal.unit == "Percent" else ""
    return f"{value:,.10g}{unit}"

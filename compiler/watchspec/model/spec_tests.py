"""Tests of a spec: what its metrics are fed, and what its alarms are expected to do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from watchspec.diagnostics import Location
from watchspec.model.series import Series
from watchspec.model.signals import MetricStat, SignalSource
from watchspec.model.source import Map

StateWord: TypeAlias = Literal["OK", "ALARM", "INSUFFICIENT_DATA"]


@dataclass(frozen=True, slots=True)
class DataFile:
    """Values in a file; `path` is relative to the file that names it, `column` "" = the only one."""

    path: str
    column: str
    place: Location


@dataclass(frozen=True, slots=True)
class SeriesInput:
    """Values for one metric, one every `step_seconds` from the start of the test.

    `name` is what the author calls the metric; values are in CloudWatch's unit of it, and what
    `stat.statistic` gives of each step.
    """

    name: str
    stat: MetricStat
    values: Series | DataFile
    step_seconds: int
    place: Location


@dataclass(frozen=True, slots=True)
class LogLines:
    """A line that is logged `count` times, every `step_seconds`, first `start_seconds` into the test."""

    log: str
    text: str
    start_seconds: int
    step_seconds: int
    count: int
    place: Location


@dataclass(frozen=True, slots=True)
class Moment:
    """When something is expected: so many seconds into the test, give or take `within_seconds`."""

    seconds: int
    within_seconds: int
    place: Location = field(compare=False)


@dataclass(frozen=True, slots=True)
class Becomes:
    """Each alarm changes to a state, at a moment or at any time.

    The change looked for is the first after the one that was expected before it of the same alarm.
    `reason` is a part of the reason CloudWatch gives, "" = any.
    """

    alarms: tuple[str, ...]
    state: StateWord
    moment: Moment | None
    reason: str
    place: Location


@dataclass(frozen=True, slots=True)
class Holds:
    """Each alarm is in a state at a time, from one time to another (both included), or never.

    `start_seconds` None = the start of the test, `end_seconds` None = its end.
    """

    alarms: tuple[str, ...]
    state: StateWord
    start_seconds: int | None
    end_seconds: int | None
    is_never: bool
    place: Location


@dataclass(frozen=True, slots=True)
class Changes:
    """Each alarm is in these states, one after the other and no others, after INSUFFICIENT_DATA."""

    alarms: tuple[str, ...]
    states: tuple[StateWord, ...]
    place: Location


@dataclass(frozen=True, slots=True)
class Notifies:
    """Each alarm tells these routes of a state (None = of any), at a moment or at any time.

    Without routes it tells nobody of that state in the whole test.
    """

    alarms: tuple[str, ...]
    routes: tuple[str, ...]
    state: StateWord | None
    moment: Moment | None
    place: Location


@dataclass(frozen=True, slots=True)
class Measures:
    """A metric has a value, give or take `tolerance`, in the period that ends then; None = none."""

    name: str
    source: SignalSource
    value: float | None
    written: str
    tolerance: float
    at_seconds: int
    place: Location


Expectation: TypeAlias = "Becomes | Holds | Changes | Notifies | Measures"


@dataclass(frozen=True, slots=True)
class SpecTest:
    """One test in one environment.

    `start` is in seconds since 1970; `seconds` is how long it runs, a whole number of minutes.
    `parameters` are all whose values are known: the test's own, the environment's, defaults.
    Alarms and routes are named by their keys.
    """

    name: str
    start: int
    seconds: int
    parameters: tuple[tuple[str, str], ...]
    series: tuple[SeriesInput, ...]
    logs: tuple[LogLines, ...]
    expectations: tuple[Expectation, ...]
    source: Map
    place: Location

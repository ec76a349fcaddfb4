"""What alarms would have done over a time that has passed, in plain numbers.

Times are in seconds since 1970.
"""

from __future__ import annotations

from dataclasses import dataclass

from watchspec.diagnostics import Location

FLAPPING_CHANGES = 4
"""More changes of state than these in an hour are flapping."""
SHIFT_SECONDS = 12 * 3600
PAGES_A_SHIFT = 2
"""More pages than these in a shift leave no time to follow them up.

Source: https://sre.google/sre-book/being-on-call/ (read 2026-11-24)
"""


@dataclass(frozen=True, slots=True)
class Incident:
    """A time in which something was wrong; without `alarms` any alarm may tell of it."""

    name: str
    start: int
    end: int
    alarms: tuple[str, ...]
    place: Location


@dataclass(frozen=True, slots=True)
class Detection:
    """How an alarm fares against the incidents it is to tell of.

    `delays` are the seconds from the start of each incident it told of to when it did; `missed` names
    the others; `false` counts the times it went off outside of all incidents.
    """

    delays: tuple[int, ...]
    missed: tuple[str, ...]
    false: int

    @property
    def recall(self) -> float | None:
        """Which part of the incidents it told of; None if there are none."""
        count = len(self.delays) + len(self.missed)
        return len(self.delays) / count if count else None

    @property
    def median_delay(self) -> float | None:
        """Half of the incidents are told of sooner; None if none is."""
        delays = sorted(self.delays)
        middle = len(delays) // 2
        if not delays:
            return None
        return delays[middle] if len(delays) % 2 else (delays[middle - 1] + delays[middle]) / 2


@dataclass(frozen=True, slots=True)
class Conduct:
    """What an alarm did: how often it went off, for how long, and how restless it was.

    `changes_an_hour` are the most of any hour. `detection` is None without incidents.
    """

    fires: int
    alarm_seconds: int
    longest_seconds: int
    quiet_seconds: int
    changes_an_hour: int
    detection: Detection | None

    @property
    def is_flapping(self) -> bool:
        """Whether it changed more often than anybody can follow."""
        return self.changes_an_hour > FLAPPING_CHANGES

    @property
    def precision(self) -> float | None:
        """Which part of its firing was in an incident; None if it never fired, or nobody knows."""
        if self.detection is None or not self.fires:
            return None
        return 1 - self.detection.false / self.fires


@dataclass(frozen=True, slots=True)
class Silence:
    """How long there was nothing to judge by: the longest, and what makes the alarm say so.

    `told_seconds` it was in INSUFFICIENT_DATA, in `told` stretches, not counting its beginning.
    """

    longest_seconds: int
    range_seconds: int
    told_seconds: int
    told: int


@dataclass(frozen=True, slots=True)
class Pages:
    """How often somebody was told: in all, in the worst 12 hours, and in 12 hours on average."""

    count: int
    worst: int
    mean: float


@dataclass(frozen=True, slots=True)
class AlarmRecord:
    """What became of one alarm; a composite alarm has no silence of its own."""

    key: str
    severity: str
    place: Location
    conduct: Conduct
    pages: Pages
    silence: Silence | None


@dataclass(frozen=True, slots=True)
class Setting:
    """A threshold and M of N, and what the alarm would have done with them."""

    threshold: float
    datapoints_to_alarm: int
    evaluation_periods: int
    conduct: Conduct
    pages: Pages

    @property
    def window(self) -> tuple[int, int]:
        """M and N."""
        return self.datapoints_to_alarm, self.evaluation_periods


@dataclass(frozen=True, slots=True)
class Sweep:
    """An alarm with other thresholds and durations: a row of settings for each threshold.

    `suggestion` is a setting that is clearly better than the present one, if there is one.
    """

    key: str
    operator: str
    unit: str | None
    period_seconds: int
    present: Setting
    rows: tuple[tuple[Setting, ...], ...]
    suggestion: Setting | None


@dataclass(frozen=True, slots=True)
class IncidentRecord:
    """Which alarms told of an incident, and how many seconds after its start, the first one first."""

    incident: Incident
    told: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Backtest:
    """A service in an environment over a time; `unjudged` says of each other alarm why not.

    `pages` are those of all critical alarms together.
    """

    service: str
    environment: str
    start: int
    end: int
    records: tuple[AlarmRecord, ...]
    unjudged: tuple[tuple[str, str], ...]
    pages: Pages
    incidents: tuple[IncidentRecord, ...]
    sweeps: tuple[Sweep, ...]

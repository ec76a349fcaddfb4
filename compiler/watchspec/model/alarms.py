"""When somebody is told: alarms, event rules, mute rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from watchspec.diagnostics import Location
from watchspec.model.alarm_rules import RuleTerm
from watchspec.model.signals import Operator, Signal
from watchspec.model.source import Map
from watchspec.model.text import Property, Text

SeverityWord: TypeAlias = Literal["critical", "warning", "info"]
MissingData: TypeAlias = Literal["missing", "ignore", "breaching", "notBreaching"]
BandSide: TypeAlias = Literal["outside", "above", "below"]


@dataclass(frozen=True, slots=True)
class Window:
    """M of the newest N data points must breach."""

    evaluation_periods: int
    datapoints_to_alarm: int


@dataclass(frozen=True, slots=True)
class Threshold:
    """A signal compared with a value in its own unit; `written` is the value as the author has it."""

    signal: Signal
    operator: Operator
    value: float
    written: str
    window: Window
    ignores_few_samples: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """A signal compared with its expected band, `deviations` standard deviations wide."""

    signal: Signal
    side: BandSide
    deviations: float
    window: Window


@dataclass(frozen=True, slots=True)
class Suppressor:
    """An alarm that silences a composite alarm."""

    alarm: str
    wait_seconds: int
    extension_seconds: int


@dataclass(frozen=True, slots=True)
class Combination:
    """A rule over the states of other alarms, which `children` and `term` name by their keys.

    `rule` holds the names that CloudWatch knows, as quoted references.
    """

    rule: str
    term: RuleTerm = field(compare=False)
    children: tuple[str, ...]
    words: str
    suppressor: Suppressor | None = None


Condition: TypeAlias = "Threshold | Band | Combination"


@dataclass(frozen=True, slots=True)
class Runbook:
    """What the person who is paged needs to know."""

    impact: Text
    steps: tuple[Text, ...]
    links: tuple[tuple[str, Text], ...]


@dataclass(frozen=True, slots=True)
class ExtraActions:
    """Action targets by ARN, besides the routes."""

    alarm: tuple[Text, ...] = ()
    ok: tuple[Text, ...] = ()
    insufficient_data: tuple[Text, ...] = ()
    may_touch_instances: bool = False


@dataclass(frozen=True, slots=True)
class Alarm:
    """An alarm as it will exist.

    `sentence` says its condition in words; `description` is what CloudWatch stores and mails.
    `routes` names who hears of it. `source` is what the author wrote, `place` the name of it.
    """

    key: str
    name: str
    severity: SeverityWord
    owner: str
    condition: Condition
    region: str
    sentence: Text
    description: Text
    missing_data: MissingData
    routes: tuple[str, ...]
    on_recovery: bool | None
    on_missing_data: bool | None
    is_enabled: bool
    actions: ExtraActions
    runbook: Runbook
    tags: tuple[tuple[str, Text], ...]
    properties: tuple[Property, ...]
    source: Map
    place: Location

    @property
    def pages_people(self) -> bool:
        """Whether somebody is to act on it at once."""
        is_told = bool(self.routes or self.actions.alarm)
        return self.severity == "critical" and self.is_enabled and is_told

    @property
    def children(self) -> tuple[str, ...]:
        """The alarms that it combines, by their keys; none if it watches a signal."""
        return self.condition.children if isinstance(self.condition, Combination) else ()

    @property
    def others(self) -> tuple[str, ...]:
        """The alarms that it combines, and the one that silences it, by their keys."""
        if not isinstance(self.condition, Combination) or self.condition.suppressor is None:
            return self.children
        return (*self.children, self.condition.suppressor.alarm)

    @property
    def signal(self) -> Signal | None:
        """What it watches; a composite alarm watches other alarms."""
        return None if isinstance(self.condition, Combination) else self.condition.signal


def reach(keys: Iterable[str], lead: Callable[[str], Iterable[str]]) -> tuple[str, ...]:
    """Some alarms and all that they lead to, by their keys, each once."""
    reached = list(dict.fromkeys(keys))
    seen = set(reached)
    for key in reached:  # grows while it is gone through
        new = [one for one in dict.fromkeys(lead(key)) if one not in seen]
        seen.update(new)
        reached.extend(new)
    return tuple(reached)


@dataclass(frozen=True, slots=True)
class EventRule:
    """A notification for an event, sent as text made by an input transformer.

    `pattern` is the event pattern as JSON data with texts in it; None when it runs on `schedule`.
    `inputs` maps a name to a path into the event, `lines` are the lines of the message, in which
    `<name>` stands for the input; without lines the event itself is sent.
    """

    key: str
    name: str
    severity: SeverityWord
    owner: str
    description: str
    pattern: object | None
    schedule: str | None
    bus: Text
    inputs: tuple[tuple[str, str], ...]
    lines: tuple[Text, ...]
    routes: tuple[str, ...]
    is_enabled: bool
    dead_letter_queue: Text | None
    runbook: Runbook
    tags: tuple[tuple[str, Text], ...]
    properties: tuple[Property, ...]
    source: Map
    place: Location


@dataclass(frozen=True, slots=True)
class MuteRule:
    """A time in which alarms tell nobody; all alarms of one mute rule live in one Region."""

    key: str
    name: str
    region: str
    reason: str
    alarms: tuple[str, ...]
    schedule: str
    duration: str
    duration_seconds: int
    timezone: str
    start: str | None
    end: str | None
    tags: tuple[tuple[str, Text], ...]
    properties: tuple[Property, ...]
    source: Map
    place: Location

"""What the tests of a spec may name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from watchspec.model.alarms import Alarm
from watchspec.model.logs import LogGroup, MetricFilter
from watchspec.model.routing import Parameter, Route
from watchspec.model.signals import Signal
from watchspec.model.source import Map
from watchspec.resolve.context import Context
from watchspec.resolve.quantities import read_duration
from watchspec.resolve.signals import Signals

_NO_TIME = re.compile(r"0+(?:\.0+)? *[a-z]+")


@dataclass(frozen=True, slots=True)
class Stage:
    """One environment, with all that its tests may name.

    `broken` alarms could not be resolved; `health` is what the health checks measure
    (None if their alarms are broken).
    """

    context: Context
    signals: Signals
    alarms: Mapping[str, Alarm]
    broken: frozenset[str]
    routes: Mapping[str, Route]
    logs: Mapping[str, LogGroup]
    filters: tuple[MetricFilter, ...]
    parameters: Mapping[str, Parameter]
    health: Mapping[str, Signal | None]

    @property
    def is_broken(self) -> bool:
        """Whether a metric or an alarm could not be resolved: then much follows that is not so."""
        return bool(self.broken) or None in self.signals.resolved.values()

    def read_moment(self, node: Map, key: str) -> int | None:
        """The seconds from the start of a test to a moment, which may be the start itself."""
        if _NO_TIME.fullmatch(str(node.get(key))):
            return 0
        return read_duration(self.context, node, key)

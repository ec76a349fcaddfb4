"""What the widgets of a dashboard can refer to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from watchspec.diagnostics import Findings
from watchspec.model.alarms import Alarm
from watchspec.model.logs import LogGroup, SavedQuery
from watchspec.resolve.composites import name_alarms
from watchspec.resolve.context import Context
from watchspec.resolve.signals import Signals


@dataclass(frozen=True, slots=True)
class Shelf:
    """What widgets can refer to.

    What refers to one of the `broken` alarms, which could not be resolved, is dropped without a
    further finding.
    """

    context: Context
    signals: Signals
    alarms: Mapping[str, Alarm]
    logs: Mapping[str, LogGroup]
    queries: Mapping[str, SavedQuery]
    broken: frozenset[str]

    @property
    def alarm_names(self) -> dict[str, str]:
        """The names of all alarms by key, broken ones included."""
        return name_alarms(self.alarms.values(), self.broken)

    @property
    def found(self) -> Findings:
        """The findings of the environment."""
        return self.context.found

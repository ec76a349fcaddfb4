"""All that one service has in one environment, every implicit choice made explicit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from watchspec.model.alarms import Alarm, EventRule, MuteRule
from watchspec.model.dashboards import Dashboard
from watchspec.model.health import HealthCheck
from watchspec.model.logs import LogGroup, MetricFilter, SavedQuery
from watchspec.model.routing import Parameter, Route
from watchspec.model.signals import Signal
from watchspec.model.source import Map
from watchspec.model.text import Text

if TYPE_CHECKING:
    from watchspec.model.spec_tests import SpecTest


@dataclass(frozen=True, slots=True)
class Environment:
    """Where it runs; account None = not said."""

    name: str
    region: str
    account: str | None


@dataclass(frozen=True, slots=True)
class Monitoring:
    """One service in one environment."""

    service: str
    description: str
    owner: str
    environment: Environment
    tags: tuple[tuple[str, Text], ...]
    parameters: tuple[Parameter, ...]
    routes: tuple[Route, ...]
    signals: tuple[Signal, ...]
    log_groups: tuple[LogGroup, ...]
    metric_filters: tuple[MetricFilter, ...]
    alarms: tuple[Alarm, ...]
    events: tuple[EventRule, ...]
    queries: tuple[SavedQuery, ...]
    health_checks: tuple[HealthCheck, ...]
    dashboards: tuple[Dashboard, ...]
    mutes: tuple[MuteRule, ...]
    tests: tuple[SpecTest, ...]
    source: Map

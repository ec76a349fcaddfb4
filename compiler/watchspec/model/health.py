"""Health checks of endpoints."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from watchspec.diagnostics import Location
from watchspec.model.source import Map
from watchspec.model.text import Property, Text

HealthProtocol: TypeAlias = Literal["https", "http", "tcp"]


@dataclass(frozen=True, slots=True)
class HealthCheck:
    """A Route 53 health check; its alarm is among the alarms."""

    key: str
    name: str
    host: Text
    path: str
    protocol: HealthProtocol
    port: int
    contains: str | None
    interval_seconds: int
    failures: int
    measures_latency: bool
    tags: tuple[tuple[str, Text], ...]
    properties: tuple[Property, ...]
    source: Map
    place: Location

"""What is handed to CloudFormation."""

from __future__ import annotations

from dataclasses import dataclass

from watchspec.diagnostics import Location


@dataclass(frozen=True, slots=True)
class StackParameter:
    """A parameter of a stack: its name in the template, its name in the spec, its value if known."""

    logical_id: str
    name: str
    value: str | None
    is_required: bool


@dataclass(frozen=True, slots=True)
class Template:
    """One stack: its text, what it takes to deploy it, and the spec line behind each resource.

    `origins` maps a logical id to the place of the thing that caused the resource, and, below
    the path of a property, to the place of that property where the author wrote it himself.
    """

    stack_name: str
    service: str
    environment: str
    region: str
    account: str | None
    spec_name: str
    text: str
    parameters: tuple[StackParameter, ...]
    tags: tuple[tuple[str, str], ...]
    origins: tuple[tuple[tuple[str, ...], Location], ...]
    place: Location

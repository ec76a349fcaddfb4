"""What specs that are compiled together must not both take."""

from __future__ import annotations

from dataclasses import dataclass

from watchspec.diagnostics import Location


@dataclass(frozen=True, slots=True)
class PhysicalName:
    """A name that must be unique in one account and Region (Region "" = in the account).

    account "" = not said; `stack` is the stack that takes the name.
    """

    kind: str
    name: str
    account: str
    region: str
    place: Location
    stack: str

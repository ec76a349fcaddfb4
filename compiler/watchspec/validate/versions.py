"""Which spec versions are understood, and how an older one becomes the newest.

A change of meaning is a new version plus one step here: a function from the tree of version n to
the tree of version n + 1. There is one version so far, hence no step.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from watchspec.diagnostics import Findings, Location, find_name, shorten
from watchspec.model.source import Map
from watchspec.validate import rules

NEWEST = "v1"
STEPS: dict[str, Callable[[Map], Map]] = {}
"""The step that upgrades each older version, by the version it starts from."""


def supported_versions() -> tuple[str, ...]:
    """Every version a spec may ask for, oldest first."""
    return (*STEPS, NEWEST)


def upgrade(root: Map, file: str, found: Findings) -> Map | None:
    """The tree in the newest version, or None with a finding."""
    supported = ", ".join(supported_versions())
    if "version" not in root:
        misspelt = find_name("version", root)
        place = root.key_place(misspelt) if misspelt else Location(file)
        found.error(
            rules.MISSING_VERSION,
            "the spec does not say its version",
            place,
            hint='did you mean "version"?' if misspelt else "",
            help=f'begin it with "version: {NEWEST}" (supported: {supported})',
        )
        return None
    version = root["version"]
    while isinstance(version, str) and version in STEPS:
        root = STEPS[version](root)
        version = root["version"]
    if version != NEWEST:
        found.error(
            rules.UNSUPPORTED_VERSION,
            f"version {_show(version)} is not supported",
            root.place("version"),
            help=_advise(version, supported),
        )
        return None
    return root


def _show(version: object) -> str:
    if isinstance(version, dict | list):
        return "of several values"
    return f'"{shorten(version)}"' if isinstance(version, str) else json.dumps(version)


def _advise(version: object, supported: str) -> str:
    written = str(version)
    if re.fullmatch(r"v[0-9]{1,6}", written) and int(written[1:]) > int(NEWEST[1:]):
        return f"supported: {supported}; a newer spec needs a newer watchspec"
    return f"supported: {supported}"

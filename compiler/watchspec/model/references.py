"""How a reference is written: `${name}` or `${item.field}`; `$${` is a literal `${`."""

from __future__ import annotations

import re
from dataclasses import dataclass

REFERENCE = re.compile(r"\$(\$*)\{([^{}]*)\}?")
"""Any `${…}` in a text: the further dollar signs, and what stands in the braces."""
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)*")

BUILT_IN = ("environment", "service", "region", "account", "partition")
"""The names every spec has."""


@dataclass(frozen=True, slots=True)
class Reference:
    """One `${name}` of a text."""

    name: str
    start: int
    end: int

    @property
    def is_well_formed(self) -> bool:
        """Whether the name could be one."""
        return NAME.fullmatch(self.name) is not None


def find_references(text: str) -> list[Reference]:
    """The references of a text from left to right; literal `$${` is passed over."""
    if "${" not in text:
        return []
    return [
        Reference(match.group(2), match.start(), match.end())
        for match in REFERENCE.finditer(text)
        if not match.group(1)
    ]


def unescape(text: str) -> str:
    """The text as it is meant: `$${` becomes `${`."""
    return text.replace("$${", "${")

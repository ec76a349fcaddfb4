"""Identifiers in metric math: they begin with a lower-case letter, functions with a capital one."""

from __future__ import annotations

from collections.abc import Collection


def free_identifier(wanted: str, taken: Collection[str]) -> str:
    """The identifier that is wanted, or the next like it that nothing has taken yet."""
    number, name = 1, wanted
    while name in taken:
        number += 1
        name = f"{wanted}_{number}"
    return name

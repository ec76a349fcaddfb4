"""How many things a spec has in an environment, counted from what the author wrote."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod
from typing import Any

from property.spec_text import Data


def things(spec: Data, section: str, environment: str) -> Iterator[tuple[Data, int]]:
    """The things of a section that exist in an environment, each with the times it is made."""
    here = spec["environments"][environment]
    removed = {
        path
        for place in (spec, here)
        for path, value in place.get("changes", {}).items()
        if value is None
    }
    values = spec.get("values", {}) | here.get("values", {})
    for key, thing in spec.get(section, {}).items():
        if f"{section}.{key}" not in removed and _exists(thing, environment, values):
            yield thing, _times(thing, values)


def count_things(spec: Data, section: str, environment: str) -> int:
    """How many things of a section an environment has."""
    return sum(times for _, times in things(spec, section, environment))


def _exists(thing: Data, environment: str, values: Data) -> bool:
    needed = thing.get("where_given")
    return environment in thing.get("only", [environment]) and (
        needed is None or values.get(needed) is not None
    )


def _times(thing: Data, values: Data) -> int:
    return prod(len(_items(one, values)) for one in thing.get("for_each", {}).values())


def _items(items: Any, values: Data) -> Any:
    return values[items[2:-1]] if isinstance(items, str) else items

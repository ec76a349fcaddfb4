"""What a spec declares and what it uses; only the things of its own file, not of what it includes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from watchspec.diagnostics import Location
from watchspec.model.monitoring import Monitoring
from watchspec.model.source import Map, Node, Seq

_NAME = re.compile(r"[A-Za-z0-9_.-]+")


def find_unused(
    monitoring: Monitoring, section: str, used: Iterable[str]
) -> Iterator[tuple[str, Location]]:
    """The things of a section that are not used, where each is named.

    A list makes several things at one place; they are unused only if all of them are. A file that is
    included is shared, so what one spec does not use another does.
    """
    things = monitoring.source.get(section)
    if not isinstance(things, Map) or not (monitoring.alarms or monitoring.dashboards):
        return  # nothing could use them yet
    known = set(used)
    places: dict[Location, list[str]] = {}
    for name in things:
        places.setdefault(things.key_place(name), []).append(name)
    for place, names in places.items():
        if place.file == monitoring.source.start.file and known.isdisjoint(names):
            yield names[0], place


def words_in(node: Node) -> set[str]:
    """Every word of the texts in a tree, in which the names of things are."""
    words: set[str] = set()
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            words.add(one)
            words.update(_NAME.findall(one))
        elif isinstance(one, Map):
            waiting.extend(one.values())
        elif isinstance(one, Seq):
            waiting.extend(one)
    return words

"""The patterns that authors wrote themselves, with what is known of the events they match."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from watchspec.catalog.event_fields import SHAPES, EventShape
from watchspec.diagnostics import find_names
from watchspec.languages.event_patterns import read_event_pattern
from watchspec.model.alarms import EventRule
from watchspec.model.event_patterns import EventPattern
from watchspec.model.monitoring import Monitoring
from watchspec.model.source import Map

_ALIKE = 0.85
"""So like a known word is a word that it must be a slip of the pen."""


@dataclass(frozen=True, slots=True)
class WrittenPattern:
    """An event rule, its pattern, and the shapes of all events it matches; () = not known."""

    rule: EventRule
    pattern: EventPattern
    shapes: tuple[EventShape, ...]

    @property
    def has_alternatives(self) -> bool:
        """Whether it says more than once which events it is about (`$or`)."""
        return any(len(self.pattern.find(one)) > 1 for one in ("source", "detail-type"))


def read_patterns(monitoring: Monitoring) -> Iterator[WrittenPattern]:
    """The event rules with a pattern of the author's own."""
    for rule in monitoring.events:
        node = rule.source.get("pattern")
        if isinstance(node, Map):
            pattern = read_event_pattern(node)
            yield WrittenPattern(rule, pattern, _find_shapes(pattern))


def find_slip(word: str, known: Iterable[str]) -> str:
    """The known word that another is meant to be beyond doubt, or an empty string."""
    return next(iter(find_names(word, known, alike=_ALIKE)), "")


def _find_shapes(pattern: EventPattern) -> tuple[EventShape, ...]:
    sources = pattern.find("source")
    types = pattern.find("detail-type")
    if len(sources) != 1 or len(types) != 1 or not (sources[0].is_listed and types[0].is_listed):
        return ()
    wanted_sources = {str(one.operand) for one in sources[0].words}
    wanted = {str(one.operand) for one in types[0].words}
    found = [one for one in SHAPES if one.source in wanted_sources and one.detail_type in wanted]
    is_complete = {one.detail_type for one in found} == wanted and len(wanted_sources) == 1
    return tuple(found) if is_complete else ()


def list_fields(shapes: Iterable[EventShape]) -> tuple[str, ...]:
    """The dotted paths of all fields of some events."""
    return tuple(name.removesuffix(".*") for one in shapes for name in sorted(one.fields))

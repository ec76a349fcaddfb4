"""The ignores that stand in a document, each with the stretch of text that it is about."""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.model.ignores import Extent, Ignore, Position
from watchspec.model.source import Map, Node, Seq
from watchspec.model.things import PLAIN, SECTIONS, Things

_END_OF_FILE: Position = (1_000_000_000, 1)
_SECTIONS: Things = {
    **SECTIONS,
    "changes": PLAIN,
    "environments": {"changes": PLAIN},
    "parameters": PLAIN,
}


def find_ignores(root: Map) -> Iterator[Ignore]:
    """Every ignore of a document as it was read; those at its top are about all of the file."""
    yield from _read(root, Extent(root.start.file, (1, 1), _END_OF_FILE))
    for key, section, extent in _parts(root, _END_OF_FILE):
        if key in _SECTIONS:
            yield from _visit(section, extent.end, _SECTIONS[key])


def _visit(things: Node, end: Position, inner: Things) -> Iterator[Ignore]:
    """The ignores of a mapping or a list of things, which ends before `end`."""
    for _, thing, extent in _parts(things, end):
        if isinstance(thing, Map):
            yield from _read(thing, extent)
            for key, part, within in _parts(thing, extent.end) if inner else ():
                if key in inner:
                    yield from _visit(part, within.end, inner[key])
        elif isinstance(thing, Seq):
            yield from _visit(thing, extent.end, inner)


def _parts(node: Node, end: Position) -> Iterator[tuple[str, Node, Extent]]:
    """Each entry with its key and its text, which lasts until the next one begins."""
    if isinstance(node, Map):
        entries = list(node.entries())
    elif isinstance(node, Seq):
        entries = [("", value, place, place) for value, place in node.entries()]
    else:
        return
    ends = [(after[2].line, after[2].column) for after in entries[1:]]
    for (key, value, begin, place), until in zip(entries, [*ends, end], strict=False):
        # What an alias stands for is visited where it is written.
        if not isinstance(value, Map | Seq) or value.start == place:
            yield key, value, Extent(begin.file, (begin.line, begin.column), until)


def _read(thing: Map, extent: Extent) -> Iterator[Ignore]:
    entries = thing.get("ignore")
    for entry in entries if isinstance(entries, Seq) else ():
        if isinstance(entry, Map) and entry.keys() == {"rule", "reason", "until"}:
            rule, reason, until = (str(entry[key]) for key in ("rule", "reason", "until"))
            yield Ignore(rule, reason, until, entry.place("rule"), entry.place("until"), extent)

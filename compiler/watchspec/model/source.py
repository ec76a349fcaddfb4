"""A YAML document in which every key and every value knows its place.

`Map` and `Seq` are a `dict` and a `list` (JSON Schema validators take them as they are) that
carry the locations of what they hold. Nobody edits a tree that was handed over; the layers of
`resolve` build new ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from watchspec.diagnostics import Location

Scalar: TypeAlias = "str | int | float | bool | None"
Node: TypeAlias = "Map | Seq | Scalar"


def spell_number(number: float) -> str:
    """A number in full, without an exponent; the one spelling of it that a spec may use."""
    return format(Decimal(repr(number)), "f")


class Map(dict[str, "Node"]):
    """A mapping that knows where it starts, and where each key and each value stands."""

    __slots__ = ("places", "start")

    def __init__(self, start: Location) -> None:
        """An empty mapping that starts at `start`."""
        super().__init__()
        self.start = start
        self.places: dict[str, tuple[Location, Location]] = {}

    def put(self, key: str, value: Node, key_place: Location, value_place: Location) -> None:
        """Add or replace one entry together with its places."""
        self[key] = value
        self.places[key] = (key_place, value_place)

    def entries(self) -> Iterator[tuple[str, Node, Location, Location]]:
        """Each key and value with their places, in the order of the mapping."""
        for key, value in self.items():
            yield key, value, *self.places[key]

    def key_place(self, key: str) -> Location:
        """Where the key stands; where the mapping starts if there is no such key."""
        return self.places[key][0] if key in self.places else self.start

    def place(self, *path: str | int) -> Location:
        """Where the value at `path` stands, or the deepest part of the path that exists."""
        return locate(self, path)


class Seq(list["Node"]):
    """A list that knows where it starts and where each item stands."""

    __slots__ = ("places", "start")

    def __init__(self, start: Location) -> None:
        """An empty list that starts at `start`."""
        super().__init__()
        self.start = start
        self.places: list[Location] = []

    def put(self, value: Node, place: Location) -> None:
        """Append one item together with its place."""
        self.append(value)
        self.places.append(place)

    def entries(self) -> Iterator[tuple[Node, Location]]:
        """Each item with its place."""
        return zip(self, self.places, strict=True)


@dataclass(frozen=True, slots=True)
class Document:
    """One YAML file as it was read: its name as the user gave it, its content, its digest."""

    file: str
    root: Map
    digest: str


@dataclass(frozen=True, slots=True)
class Spec:
    """A service's spec after the shape check: its own file and the fragments it includes.

    `root` is all of them in one tree; each place still points into the file it came from.
    """

    file: str
    service: str
    root: Map
    environments: tuple[str, ...]


def overlay(base: Map, above: Map) -> Map:
    """A mapping with the entries of two; those above hide those below, mappings are joined."""
    joined = Map(base.start)
    for layer in (base, above):
        for key, value, key_place, place in layer.entries():
            below = joined.get(key)
            both = isinstance(below, Map) and isinstance(value, Map)
            joined.put(key, overlay(below, value) if both else value, key_place, place)  # type: ignore[arg-type]  # both are mappings
    return joined


def point_at(place: Location, written: str, offset: int, width: int = 1) -> Location:
    """Where a piece of a text stands; where the text stands if it is not written there as it is.

    In a literal block, empty lines around `written` and spaces around its lines may be gone, and
    references replaced: then what is left of a line on either side still tells where a piece is.
    """
    if place.block and offset < len(written):
        return _point_into_block(place, written, offset, width)
    quotes = (place.width - len(written)) // 2
    if "\n" in written or place.width - len(written) not in {0, 2} or offset >= len(written):
        return place
    return place._replace(column=place.column + quotes + offset, width=width)


def _point_into_block(place: Location, text: str, offset: int, width: int) -> Location:
    lines = place.block.rstrip().split("\n")
    skipped = next((at for at, line in enumerate(lines) if line.strip()), 0)
    if text.count("\n") != len(lines) - skipped - 1:
        return place
    before = text.count("\n", 0, offset)
    start = text.rfind("\n", 0, offset) + 1
    line, column = text[start:].partition("\n")[0], offset - start
    written = lines[skipped + before].rstrip()
    same = _count_alike(line, written)
    if column >= same:
        rest = _count_alike(line[same:][::-1], written[same:][::-1])
        column = column + len(written) - len(line) if len(line) - column <= rest else same
    return Location(place.file, place.line + 1 + skipped + before, place.indent + column + 1, width)


def _count_alike(one: str, other: str) -> int:
    """How many characters two texts have in common before they differ."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def locate(node: Node, path: Iterable[str | int]) -> Location:
    """Where the value at `path` below `node` stands, or the deepest part of it that exists."""
    if not isinstance(node, Map | Seq):
        raise TypeError("only a mapping or a list has places")
    place = node.start
    for step in path:
        if isinstance(node, Map) and isinstance(step, str) and step in node.places:
            place = node.places[step][1]
            node = node[step]
        elif isinstance(node, Seq) and isinstance(step, int) and 0 <= step < len(node):
            place = node.places[step]
            node = node[step]
        else:
            break
    return place

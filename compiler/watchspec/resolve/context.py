"""What every part of this room needs: the environment, the findings, and careful readers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from watchspec.diagnostics import Findings, Location
from watchspec.model.monitoring import Environment
from watchspec.model.references import Reference, find_references, split_text
from watchspec.model.source import Map, Node, Seq
from watchspec.model.text import ParameterRef, Part, Property, Pseudo, Text, join_text
from watchspec.resolve import rules


@dataclass(frozen=True, slots=True)
class Context:
    """One environment of one service while it is resolved.

    The readers below rely on the shape check: they only decide what a value means.
    """

    service: str
    owner: str
    environment: Environment
    naming_pattern: str
    namespace: str
    tags: tuple[tuple[str, Text], ...]
    parameter_names: frozenset[str]
    found: Findings

    def text(self, written: str) -> Text:
        """A text with its deploy-time references."""
        if "${" not in written:
            return written
        return join_text(
            *(
                self._refer(piece.name) if isinstance(piece, Reference) else piece
                for piece in split_text(written)
            )
        )

    def _refer(self, name: str) -> Part:
        return Pseudo.ACCOUNT if name == "account" else ParameterRef(name)

    def read_text(self, node: Map, key: str) -> Text | None:
        """The text under a key, or None if the author left it out."""
        value = node.get(key)
        return None if value is None else self.text(str(value))

    def read_texts(self, node: Map, key: str) -> tuple[Text, ...]:
        """The list of texts under a key."""
        return tuple(self.text(str(value)) for value, _ in items(node, key))

    def read_word(self, node: Map, key: str, default: str = "") -> str:
        """A text that must be known at compile time."""
        value = node.get(key)
        if value is None:
            return default
        return self.settle(str(value), node.place(key))

    def read_lines(self, node: Map, key: str) -> str:
        """A text of several lines that must be known at compile time, without loose ends."""
        return tidy(self.read_word(node, key))

    def settle(self, written: str, place: Location) -> str:
        """A text without deploy-time references; one with them is an error."""
        settled = self.try_settle(written, place)
        return written if settled is None else settled

    def try_settle(self, written: str, place: Location) -> str | None:
        """A text without deploy-time references, or None with a finding."""
        text = self.text(written)
        if isinstance(text, str):
            return text
        names = ", ".join(reference.name for reference in find_references(written))
        self.found.error(
            rules.NOT_AT_COMPILE_TIME,
            f'"{names}" is known only at deployment, but this must be known before',
            place,
            help="use a value of the environment instead of a parameter",
        )
        return None

    def read_flag(self, node: Map, key: str, *, default: bool) -> bool:
        """True or false."""
        value = self.read_choice(node, key)
        return default if value is None else value

    def read_choice(self, node: Map, key: str) -> bool | None:
        """True, false, or None if the author left it out."""
        value = node.get(key)
        if isinstance(value, str):
            self.settle(value, node.place(key))
            return None
        return value if isinstance(value, bool) else None

    def read_tags(self, node: Map) -> tuple[tuple[str, Text], ...]:
        """The tags of a thing: its own, its owner, then those of the spec, sorted by key."""
        own = node.get("tags")
        tags = dict(self.tags)
        if "owner" in node:
            tags["owner"] = self.text(str(node["owner"]))
        if isinstance(own, Map):
            tags.update({key: self.text(str(value)) for key, value in own.items()})
        return tuple(sorted(tags.items()))

    def read_properties(self, node: Map) -> tuple[Property, ...]:
        """The author's own CloudFormation properties of a thing."""
        given = node.get("properties")
        if not isinstance(given, Map):
            return ()
        return tuple(
            Property(name, self.data(value), key_place, place)
            for name, value, key_place, place in given.entries()
        )

    def data(self, node: Node) -> object:
        """Free-form data with the deploy-time references of its texts: plain dicts and lists."""
        if isinstance(node, Map):
            return {
                self.settle(key, key_place): self.data(value)
                for key, value, key_place, _ in node.entries()
            }
        if isinstance(node, Seq):
            return [self.data(value) for value in node]
        return self.text(node) if isinstance(node, str) else node


def tidy(text: str) -> str:
    """The text without spaces at the ends of its lines and empty lines around it."""
    return "\n".join(line.rstrip() for line in text.strip().split("\n"))


def section(root: Map, key: str) -> Iterator[tuple[str, Map, Location]]:
    """The things of a section: name, what the author wrote, where the name stands."""
    things = root.get(key)
    if isinstance(things, Map):
        for name, thing in things.items():
            if isinstance(thing, Map):
                yield name, thing, things.key_place(name)


def items(node: Map, key: str) -> Iterator[tuple[Node, Location]]:
    """The items of a list with their places."""
    values = node.get(key)
    if isinstance(values, Seq):
        yield from values.entries()


def mapping(node: Map, key: str) -> Map | None:
    """The mapping under a key, or None."""
    value = node.get(key)
    return value if isinstance(value, Map) else None


def pairs(node: Map, key: str) -> Mapping[str, Node]:
    """The entries of the mapping under a key; none if the author left it out."""
    value = node.get(key)
    return value if isinstance(value, Map) else {}


def number(node: Map, key: str, default: int) -> int:
    """A whole number."""
    value = node.get(key)
    return value if isinstance(value, int) else default

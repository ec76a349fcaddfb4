"""What `${name}` stands for in one environment, before deployment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from watchspec.catalog.regions import partition_of
from watchspec.diagnostics import Findings, Location, suggest_name
from watchspec.expand import rules
from watchspec.model.references import BUILT_IN, Piece, Reference, join_pieces, split_text
from watchspec.model.source import Map, Node, Seq, Spec


@dataclass(slots=True)
class Budget:
    """What may still be written out, so that values in values cannot grow without end."""

    characters: int = 5_000_000
    values: int = 250_000

    def spend(self, characters: int, values: int) -> bool:
        """Whether there was enough left."""
        self.characters -= characters
        self.values -= values
        return self.characters >= 0 and self.values >= 0


@dataclass(slots=True)
class Scope:
    """The names an author may use, and what those known at compile time stand for."""

    values: dict[str, Node]
    deferred: frozenset[str]
    found: Findings
    budget: Budget = field(default_factory=Budget)
    resolving: tuple[str, ...] = ()
    local: dict[str, Node] = field(default_factory=dict)

    def with_items(self, items: Mapping[str, Node]) -> Scope:
        """The scope inside a `for_each`."""
        return replace(self, local={**self.local, **items})

    def names(self) -> Iterator[str]:
        """Every name that may be used."""
        yield from (*self.values, *self.deferred, *self.local)

    def substitute(self, text: str, place: Location) -> Node:
        """The text with every compile-time reference replaced.

        A text that is nothing but one reference becomes the value itself, of whatever type. In
        any other, what is put in is literal: no dollar sign of a value becomes part of a reference.
        """
        if "${" not in text:
            return text
        pieces = split_text(text)
        if len(pieces) == 1 and isinstance(pieces[0], Reference):
            return self.look_up(pieces[0], place, text)
        written: list[Piece] = []
        for piece in pieces:
            if isinstance(piece, str):
                written.append(piece)
                continue
            value = self.look_up(piece, _within(place, text, piece), text)
            written.extend(split_text(self.as_text(value, piece, place)))
        result = join_pieces(written)
        return result if self.affords(len(result), 1, place) else ""

    def affords(self, characters: int, values: int, place: Location) -> bool:
        """Whether so much more may be written out; the first time it may not, a finding says so."""
        was_left = self.budget.characters >= 0 and self.budget.values >= 0
        enough = self.budget.spend(characters, values)
        if was_left and not enough:
            message = "values put into values grow beyond all bounds"
            self.found.error(rules.TOO_MANY, message, place)
        return enough

    def look_up(  # noqa: PLR0911 - one for each kind of name
        self, reference: Reference, place: Location, text: str
    ) -> Node:
        """The value of a reference; a deploy-time one stays as it is written."""
        if not reference.is_well_formed:
            written = text[reference.start : reference.end]
            help_text = "write ${name}, or $${…} for the characters themselves"
            message = f'"{written[:60]}" is not a reference'
            self.found.error(rules.BAD_REFERENCE, message, place, help=help_text)
            return ""
        name, *fields = reference.name.split(".")
        if name in self.local:
            return self.reach(self.local[name], reference, fields, place)
        if name in self.deferred and not fields:
            return f"${{{name}}}"
        if name in self.resolving:
            circle = " -> ".join((*self.resolving[self.resolving.index(name) :], name))
            self.found.error(rules.VALUE_CYCLE, f"values refer to each other: {circle}", place)
            return ""
        if name not in self.values:
            self.report_unknown(name, place)
            return ""
        if not self.affords(0, 1, place):
            return ""
        inner = replace(self, resolving=(*self.resolving, name), local={})
        value = write_value(self.values[name], inner, place)
        return self.reach(value, reference, fields, place)

    def report_unknown(self, name: str, place: Location) -> None:
        """Say that nothing has this name."""
        self.found.error(
            rules.UNKNOWN_NAME,
            f'nothing is named "{name}" here',
            place,
            hint=suggest_name(name, self.names()),
            help="declare it under values or parameters, "
            f"or write $${{{name}}} for the characters themselves",
        )

    def reach(self, value: Node, reference: Reference, fields: list[str], place: Location) -> Node:
        """The field of an item: `${queue.name}`."""
        for step in fields:
            if not isinstance(value, Map) or step not in value:
                known = value if isinstance(value, Map) else ()
                message = f'"{reference.name}" has no field "{step}"'
                hint = suggest_name(step, known)
                self.found.error(rules.UNKNOWN_NAME, message, place, hint=hint)
                return ""
            value = value[step]
        return value

    def as_text(self, value: Node, reference: Reference, place: Location) -> str:
        """A value in the middle of a text."""
        if isinstance(value, Map | Seq):
            message = f'"{reference.name}" is a list or a mapping and cannot be part of a text'
            self.found.error(rules.NOT_TEXT, message, place)
            return ""
        if isinstance(value, bool):
            return "true" if value else "false"
        return "" if value is None else str(value)


def open_scope(spec: Spec, root: Map, environment: str, found: Findings) -> Scope:
    """The scope of an environment: built-in names, the spec's values, the environment's values."""
    environments = root["environments"]
    assert isinstance(environments, Map)
    here = environments[environment]
    assert isinstance(here, Map)
    region = str(here["region"])
    values: dict[str, Node] = {
        "environment": environment,
        "service": spec.service,
        "region": region,
        "partition": partition_of(region),
    }
    deferred = {"account"}
    if "account" in here:
        values["account"] = here["account"]
        deferred = set()
    for section in (root.get("values"), here.get("values")):
        for name, value, place, _ in section.entries() if isinstance(section, Map) else ():
            if name in BUILT_IN:
                found.error(rules.NAME_TAKEN, f'"{name}" is a name every spec has', place)
            else:
                values[name] = value
    parameters = root.get("parameters")
    for name in parameters if isinstance(parameters, Map) else ():
        assert isinstance(parameters, Map)
        if name in values or name in BUILT_IN:
            message = f'"{name}" is both a parameter and a value'
            found.error(rules.NAME_TAKEN, message, parameters.key_place(name))
        deferred.add(name)
    return Scope(values, frozenset(deferred), found)


def write_value(node: Node, scope: Scope, place: Location) -> Node:
    """A value with the references inside it replaced."""
    if not scope.affords(0, 1, place):
        return None
    if isinstance(node, str):
        return scope.substitute(node, place)
    if isinstance(node, Seq):
        items = Seq(node.start)
        for item, item_place in node.entries():
            items.put(write_value(item, scope, item_place), item_place)
        return items
    if isinstance(node, Map):
        mapping = Map(node.start)
        for key, value, key_place, value_place in node.entries():
            written = scope.substitute(key, key_place)
            name = (
                written
                if isinstance(written, str)
                else scope.as_text(written, Reference(key, 0, len(key)), key_place)
            )
            mapping.put(name, write_value(value, scope, value_place), key_place, value_place)
        return mapping
    return node


def _within(place: Location, text: str, reference: Reference) -> Location:
    """The place of a reference inside a text that stands on one line."""
    quotes = place.width - len(text)
    if "\n" in text or quotes not in {0, 2}:
        return place
    column = place.column + reference.start + quotes // 2
    return Location(place.file, place.line, column, reference.end - reference.start)

"""What `${name}` stands for in one environment, before deployment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from watchspec.catalog.regions import partition_of
from watchspec.diagnostics import Findings, Location, suggest_name
from watchspec.expand import rules
from watchspec.model.references import BUILT_IN, Reference, find_references
from watchspec.model.source import Map, Node, Seq, Spec


@dataclass(slots=True)
class Scope:
    """The names an author may use, and what those known at compile time stand for."""

    values: dict[str, Node]
    deferred: frozenset[str]
    found: Findings
    resolving: tuple[str, ...] = ()
    local: dict[str, Node] = field(default_factory=dict)

    def with_items(self, items: Mapping[str, Node]) -> Scope:
        """The scope inside a `for_each`."""
        local = {**self.local, **items}
        return Scope(self.values, self.deferred, self.found, self.resolving, local)

    def names(self) -> Iterator[str]:
        """Every name that may be used."""
        yield from (*self.values, *self.deferred, *self.local)

    def substitute(self, text: str, place: Location) -> Node:
        """The text with every compile-time reference replaced.

        A text that is nothing but one reference becomes the value itself, of whatever type.
        """
        references = find_references(text)
        if not references:
            return text
        first = references[0]
        if first.start == 0 and first.end == len(text):
            return self.look_up(first, place, text)
        pieces = []
        position = 0
        for reference in references:
            value = self.look_up(reference, _within(place, text, reference), text)
            pieces.append(text[position : reference.start])
            pieces.append(self.as_text(value, reference, place))
            position = reference.end
        return "".join(pieces) + text[position:]

    def look_up(self, reference: Reference, place: Location, text: str) -> Node:
        """The value of a reference; a deploy-time one stays as it is written."""
        written = text[reference.start : reference.end]
        if not reference.is_well_formed or not written.endswith("}"):
            help_text = "write ${name}, or $${…} for the characters themselves"
            message = f'"{written[:60]}" is not a reference'
            self.found.error(rules.BAD_REFERENCE, message, place, help=help_text)
            return ""
        name, *fields = reference.name.split(".")
        if name in self.local:
            return self.reach(self.local[name], reference, fields, place)
        if name in self.deferred and not fields:
            return written
        if name in self.resolving:
            circle = " -> ".join((*self.resolving[self.resolving.index(name) :], name))
            self.found.error(rules.VALUE_CYCLE, f"values refer to each other: {circle}", place)
            return ""
        if name not in self.values:
            self.found.error(
                rules.UNKNOWN_NAME,
                f'nothing is named "{name}" here',
                place,
                hint=suggest_name(name, self.names()),
                help=f"declare it under values or parameters, or write $${{{name}}} for the characters themselves",
            )
            return ""
        inner = Scope(self.values, self.deferred, self.found, (*self.resolving, name))
        value = write_value(self.values[name], inner, place)
        return self.reach(value, reference, fields, place)

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

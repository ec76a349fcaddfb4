"""What `${name}` stands for in one environment, before deployment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from watchspec.catalog.dynamic_labels import is_dynamic
from watchspec.catalog.regions import partition_of
from watchspec.diagnostics import Findings, Location, say_circle, shorten, suggest_name
from watchspec.expand import rules
from watchspec.model.references import (
    BUILT_IN,
    Piece,
    Reference,
    find_references,
    join_pieces,
    split_text,
)
from watchspec.model.source import Map, Node, Seq, Spec, spell_number

MAX_LEVELS = 64
"""So deep may values stand in values; each level takes a few frames of Python."""


@dataclass(slots=True)
class Budget:
    """What may still be written out, so that values in values cannot grow without end."""

    characters: int = 5_000_000
    values: int = 300_000
    levels: int = MAX_LEVELS
    guesses: int = 100
    is_too_deep: bool = False
    is_reported: bool = False

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

    def knows(self, name: str) -> bool:
        """Whether a name may be used."""
        return name in self.values or name in self.deferred or name in self.local

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
        if self.budget.spend(characters, values):
            return True
        if not self.budget.is_reported:
            message = "values put into values grow beyond all bounds"
            self.found.error(rules.TOO_MANY, message, place)
        self.budget.is_reported = True
        return False

    def descend(self, place: Location) -> bool:
        """Go one level deeper; the first time that is too deep, a finding says so."""
        self.budget.levels -= 1
        if self.budget.levels >= 0:
            return True
        if not self.budget.is_too_deep:
            message = f"values refer to each other more than {MAX_LEVELS} levels deep"
            self.found.error(rules.VALUE_CYCLE, message, place, help="name fewer values by others")
        self.budget.is_too_deep = True
        self.ascend()
        return False

    def ascend(self) -> None:
        """Go back from a deeper level."""
        self.budget.levels += 1

    def write_key(self, key: str, place: Location) -> str:
        """A key with the references inside it replaced."""
        if "${" not in key:
            return key
        written = self.substitute(key, place)
        if not isinstance(written, str):
            return self.as_text(written, find_references(key)[0], place)
        late = find_references(written)
        if late:
            self.report_late(late[0], "a name", place)
        return written

    def report_late(self, reference: Reference, what: str, place: Location) -> None:
        """Say that something must be known before the deployment."""
        message = f'"{reference.name}" is known only at deployment, but {what} must be known before'
        help_text = "use a value instead of a parameter"
        self.found.error(rules.KNOWN_TOO_LATE, message, place, help=help_text)

    def report_same_name(self, name: str, place: Location, *, is_loop: bool = False) -> None:
        """Say that two entries of a mapping came out with the same name."""
        help_text = "put the variable into the name, for example  queue-age-${queue}"
        message = f'"{name}" is made more than once'
        self.found.error(rules.BAD_LOOP, message, place, help=help_text if is_loop else "")

    def look_up(  # noqa: PLR0911 - one for each kind of name
        self, reference: Reference, place: Location, text: str
    ) -> Node:
        """The value of a reference; a deploy-time one stays as it is written."""
        if not reference.is_well_formed:
            self.report_malformed(reference, place, text)
            return ""
        name, *fields = reference.name.split(".")
        if name in self.local:
            return self.reach(self.local[name], reference, fields, place)
        if name in self.deferred and not fields:
            return f"${{{name}}}"
        if name in self.resolving:
            message = f"values refer to each other: {say_circle(self.resolving, name)}"
            self.found.error(rules.VALUE_CYCLE, message, place)
            return ""
        if name not in self.values:
            self.report_unknown(name, place)
            return ""
        if not self.affords(0, 1, place) or not self.descend(place):
            return ""
        inner = replace(self, resolving=(*self.resolving, name), local={})
        value = write_value(self.values[name], inner, place)
        self.ascend()
        return self.reach(value, reference, fields, place)

    def report_malformed(self, reference: Reference, place: Location, text: str) -> None:
        """Say that a reference is not written as one."""
        written = text[reference.start : reference.end]
        help_text = "write ${name}, or $${…} for the characters themselves"
        if is_dynamic(reference.name):
            help_text = f"write ${written}, and CloudWatch fills it in"
        message = f'"{shorten(written)}" is not a reference'
        self.found.error(rules.BAD_REFERENCE, message, place, help=help_text)

    def report_unknown(self, name: str, place: Location) -> None:
        """Say that nothing has this name."""
        self.budget.guesses -= 1
        self.found.error(
            rules.UNKNOWN_NAME,
            f'nothing is named "{name}" here',
            place,
            hint=suggest_name(name, self.names()) if self.budget.guesses > 0 else "",
            help=f"write $${{{name}}}, and CloudWatch fills it in"
            if is_dynamic(name)
            else "declare it under values or parameters, "
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
        if isinstance(value, float):
            return spell_number(value)
        if isinstance(value, bool):
            return "true" if value else "false"
        return "" if value is None else str(value)


def open_scope(spec: Spec, root: Map, environment: str, found: Findings) -> Scope:
    """The scope of an environment: built-in names, the spec's values, the environment's values."""
    environments = root["environments"]
    assert isinstance(environments, Map)
    here = environments[environment]
    assert isinstance(here, Map)
    values: dict[str, Node] = {
        "environment": environment,
        "service": spec.service,
        "region": here["region"],
        "partition": "${region}",  # until the Region is known, which cannot be made of it
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
    scope = Scope(values, frozenset(deferred), found)
    for key in ("region", "account"):
        if key in here:
            values[key] = _settle(key, here, scope)
    values["partition"] = partition_of(str(values["region"]))
    return scope


def _settle(key: str, here: Map, scope: Scope) -> Node:
    """Where an environment runs, written out; it cannot wait for the deployment."""
    place = here.place(key)
    known = write_value(here[key], scope, place)
    late = find_references(known) if isinstance(known, str) else []
    if late:
        scope.report_late(late[0], f"the {key}", place)
    return known


def write_value(node: Node, scope: Scope, place: Location) -> Node:
    """A value with the references inside it replaced."""
    if not scope.affords(0, 1, place):
        return None
    if isinstance(node, str):
        return scope.substitute(node, place)
    if not isinstance(node, Map | Seq):
        return node
    if not scope.descend(place):
        return None
    written = _write_map(node, scope) if isinstance(node, Map) else _write_seq(node, scope)
    scope.ascend()
    return written


def _write_seq(node: Seq, scope: Scope) -> Seq:
    written = Seq(node.start)
    for item, place in node.entries():
        written.put(write_value(item, scope, place), place)
    return written


def _write_map(node: Map, scope: Scope) -> Map:
    written = Map(node.start)
    for key, value, key_place, value_place in node.entries():
        name = scope.write_key(key, key_place)
        if name in written:
            scope.report_same_name(name, key_place)
        written.put(name, write_value(value, scope, value_place), key_place, value_place)
    return written


def _within(place: Location, text: str, reference: Reference) -> Location:
    """The place of a reference inside a text that stands on one line."""
    quotes = place.width - len(text)
    if "\n" in text or quotes not in {0, 2}:
        return place
    column = place.column + reference.start + quotes // 2
    return Location(place.file, place.line, column, reference.end - reference.start)

"""The tree of one environment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

from watchspec.diagnostics import Findings, Location, Outcome, suggest_name
from watchspec.expand import rules
from watchspec.expand.changes import apply_changes
from watchspec.expand.exports import check_exports
from watchspec.expand.order import sort_keys
from watchspec.expand.scope import Scope, open_scope, write_value
from watchspec.expand.unused import find_values, report_unused
from watchspec.model.references import find_references
from watchspec.model.source import Map, Node, Seq, Spec
from watchspec.model.things import SECTIONS, Things

MAX_UNROLLED = 20_000

_NOT_EXPANDED = frozenset({"version", "names"})
_USED_UP = frozenset({"include", "values", "changes", "ignore"})
_CONTROL: Mapping[str, type] = {
    "for_each": Map,
    "only": Seq,
    "where_given": str,
    "ignore": Seq,
}
"""Control words, and what stands behind them."""


def expand_spec(spec: Spec, environment: str) -> Outcome[Map]:
    """The tree of one environment: changes made, lists unrolled, compile-time values put in.

    Its `environments` holds that environment alone; its keys are in alphabetical order.
    """
    found = Findings()
    expanded = _expand(spec, environment, found)
    report_unused(spec, found)
    return Outcome(expanded, tuple(found.items))


def _expand(spec: Spec, environment: str, found: Findings) -> Map | None:
    root = _apply_all_changes(spec, environment, found)
    if found.have_errors():
        return None
    scope = open_scope(spec, root, environment, found)
    _check_naming(root, scope)
    writer = _Writer(spec, scope, environment, found)
    expanded = Map(root.start)
    for key, value, key_place, value_place in root.entries():
        if key in _USED_UP:
            continue
        written = value
        if key == "environments":
            written = writer.write_settings(value)
        elif key in SECTIONS:
            written = writer.write_part(value, scope, value_place, SECTIONS[key])
        elif key not in _NOT_EXPANDED:
            written = write_value(value, scope, value_place)
        expanded.put(key, written, key_place, value_place)
    parameters = expanded.get("parameters")
    if isinstance(parameters, Map):
        check_exports(parameters, found)
    return None if found.have_errors() else sort_keys(expanded)


def _apply_all_changes(spec: Spec, environment: str, found: Findings) -> Map:
    root = spec.root
    changes = root.get("changes")
    if isinstance(changes, Map):
        root = apply_changes(root, changes, found)
    changes = _settings(root, environment).get("changes")
    return apply_changes(root, changes, found) if isinstance(changes, Map) else root


def _settings(root: Map, environment: str) -> Map:
    """What is said of an environment; no change takes it away."""
    environments = root["environments"]
    assert isinstance(environments, Map)
    here = environments[environment]
    assert isinstance(here, Map)
    return here


def _check_naming(root: Map, scope: Scope) -> None:
    """Report a reference of the naming pattern that is never closed; its names are read later."""
    pattern = root.get("names")
    for reference in find_references(pattern) if isinstance(pattern, str) else ():
        if not reference.is_closed:
            assert isinstance(pattern, str)
            scope.report_malformed(reference, root.place("names"), pattern)


class _Writer:
    """Writes out the things of one environment."""

    def __init__(self, spec: Spec, scope: Scope, environment: str, found: Findings) -> None:
        self.scope = scope
        self.environment = environment
        self.environments = spec.environments
        self.declared = _declared_values(spec)
        self.found = found
        self.unrolled = 0

    def write_settings(self, environments: Node) -> Map:
        """The environment itself, without what was only needed up to here."""
        assert isinstance(environments, Map)
        alone = Map(environments.start)
        here = environments[self.environment]
        assert isinstance(here, Map)
        kept = Map(here.start)
        for key, value, key_place, value_place in here.entries():
            if key not in _USED_UP:
                written = write_value(value, self.scope, value_place)
                kept.put(key, written, key_place, value_place)
        alone.put(self.environment, kept, *environments.places[self.environment])
        return alone

    def write_part(self, node: Node, scope: Scope, place: Location, kind: Things) -> Node:
        """A mapping or a list of things; what is of another shape is left to the shape check."""
        if isinstance(node, Map):
            return self.write_named(node, scope, kind)
        if isinstance(node, Seq):
            return self.write_listed(node, scope, kind)
        return write_value(node, scope, place)

    def write_named(self, node: Map, scope: Scope, kind: Things) -> Map:
        written = Map(node.start)
        for key, value, key_place, value_place in node.entries():
            if not isinstance(value, Map):
                name = scope.write_key(key, key_place)
                written.put(name, write_value(value, scope, value_place), key_place, value_place)
                continue
            for thing, inner in self.unroll(value, scope):
                known = len(self.found.items)
                name = inner.write_key(key, key_place)
                if name in written and len(self.found.items) == known:
                    inner.report_same_name(name, key_place, is_loop="for_each" in value)
                copy = self.write_thing(thing, inner, kind)
                if copy is not None:
                    written.put(name, copy, key_place, value_place)
        return written

    def write_listed(self, node: Seq, scope: Scope, kind: Things) -> Seq:
        written = Seq(node.start)
        for item, place in node.entries():
            if isinstance(item, Map):
                for thing, inner in self.unroll(item, scope):
                    copy = self.write_thing(thing, inner, kind)
                    if copy is not None:
                        written.put(copy, place)
                continue
            part = self.write_part(item, scope, place, kind)
            if not _was_emptied(item, part):
                written.put(part, place)
        return written

    def write_thing(self, node: Map, scope: Scope, kind: Things) -> Map | None:
        """A thing without control words; None if nothing is left of what it is made of."""
        written = Map(node.start)
        for key, value, key_place, value_place in node.entries():
            if key in _CONTROL and value and isinstance(value, _CONTROL[key]):
                continue
            if key in kind:
                part = self.write_part(value, scope, value_place, kind[key])
                if _was_emptied(value, part):
                    return None
            else:
                part = write_value(value, scope, value_place)
            written.put(key, part, key_place, value_place)
        return written

    def unroll(self, node: Map, scope: Scope) -> Iterator[tuple[Map, Scope]]:
        """The thing with the scope of each item of its `for_each`; nothing if it is left out."""
        if not self.exists(node):
            return
        loop = node.get("for_each")
        if not isinstance(loop, Map):
            yield node, scope
            return
        lists = []
        for variable, items, key_place, place in sorted(loop.entries(), key=lambda one: one[0]):
            if scope.knows(variable):
                message = f'"{variable}" already stands for something else here'
                self.found.error(rules.NAME_TAKEN, message, key_place)
            before = len(self.found.items)
            values = write_value(items, scope, place)
            if not isinstance(values, Seq):
                if len(self.found.items) == before:
                    message = f'"{variable}" runs over something that is not a list'
                    self.found.error(rules.BAD_LOOP, message, place)
                return
            lists.append([(variable, value) for value in values])
        for combination in product(*lists):
            self.unrolled += 1
            if self.unrolled > MAX_UNROLLED:
                message = f"for_each makes more than {MAX_UNROLLED:,} things"
                self.found.error(rules.TOO_MANY, message, loop.start)
                return
            yield node, scope.with_items(dict(combination))

    def exists(self, node: Map) -> bool:
        """Whether a thing exists in this environment."""
        exists = True
        only = node.get("only")
        named = list(only.entries()) if isinstance(only, Seq) else []
        if "made_in" in node:
            named.append((node["made_in"], node.place("made_in")))
        for name, place in named:
            if name not in self.environments:
                message = f'there is no environment "{name}"'
                hint = suggest_name(str(name), self.environments)
                self.found.error(rules.UNKNOWN_ENVIRONMENT, message, place, hint=hint)
        if isinstance(only, Seq) and only and self.environment not in only:
            exists = False
        needed = node.get("where_given")
        if isinstance(needed, str):
            exists = self.is_given(needed, node.place("where_given")) and exists
        return exists

    def is_given(self, name: str, place: Location) -> bool:
        """Whether a value of this name is given in this environment."""
        if name not in self.declared:
            message = f'no environment gives a value "{name}"'
            hint = suggest_name(name, self.declared)
            is_late = name in self.scope.deferred
            help_text = "a parameter is given everywhere; name a value" if is_late else ""
            self.found.error(rules.UNKNOWN_NAME, message, place, hint=hint, help=help_text)
        value = self.scope.values.get(name)
        if isinstance(value, str):
            value = self.scope.substitute(f"${{{name}}}", place)
        return value is not None


def _was_emptied(before: Node, after: Node) -> bool:
    """Whether nothing is left of a list that held something."""
    return isinstance(before, Seq) and bool(before) and after == []


def _declared_values(spec: Spec) -> frozenset[str]:
    return frozenset(name for values in find_values(spec.root) for name in values)

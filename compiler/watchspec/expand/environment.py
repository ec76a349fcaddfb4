"""The tree of one environment."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from watchspec.diagnostics import Findings, Location, Outcome, suggest_name
from watchspec.expand import rules
from watchspec.expand.changes import apply_changes
from watchspec.expand.scope import Scope, open_scope, write_value
from watchspec.expand.unused import find_values, report_unused
from watchspec.model.source import Map, Node, Seq, Spec

MAX_UNROLLED = 100_000

_NOT_EXPANDED = frozenset({"include", "values", "changes", "environments", "version"})
_FREE_FORM = frozenset({"properties", "pattern", "params", "plotOptions", "raw"})
"""Mappings whose keys are the author's own: `only` in there is just a word."""
_NAMING = "names"
_CONTROL = ("for_each", "only", "where_given")


def expand_spec(spec: Spec, environment: str) -> Outcome[Map]:
    """The tree of one environment: changes made, lists unrolled, compile-time values put in.

    Its `environments` holds that environment alone.
    """
    found = Findings()
    report_unused(spec, found)
    root = _apply_all_changes(spec, environment, found)
    environments = root.get("environments")
    if found.have_errors() or not isinstance(environments, Map) or environment not in environments:
        return Outcome(None, tuple(found.items))
    scope = open_scope(spec, root, environment, found)
    writer = _Writer(spec, scope, environment, found)
    expanded = Map(root.start)
    for key, value, key_place, value_place in root.entries():
        if key == _NAMING or key in _NOT_EXPANDED - {"environments"}:
            if key in {"version", _NAMING}:
                expanded.put(key, value, key_place, value_place)
        elif key == "environments":
            here = writer.write_settings(environments)
            expanded.put(key, here, key_place, value_place)
        else:
            expanded.put(key, writer.write(value, scope, value_place, key), key_place, value_place)
    return Outcome(None if found.have_errors() else expanded, tuple(found.items))


def _apply_all_changes(spec: Spec, environment: str, found: Findings) -> Map:
    root = spec.root
    changes = root.get("changes")
    if isinstance(changes, Map):
        root = apply_changes(root, changes, found)
    environments = root.get("environments")
    here = environments.get(environment) if isinstance(environments, Map) else None
    changes = here.get("changes") if isinstance(here, Map) else None
    return apply_changes(root, changes, found) if isinstance(changes, Map) else root


class _Writer:
    """Writes out the things of one environment."""

    def __init__(self, spec: Spec, scope: Scope, environment: str, found: Findings) -> None:
        self.scope = scope
        self.environment = environment
        self.environments = spec.environments
        self.declared = _declared_values(spec)
        self.found = found
        self.unrolled = 0

    def write_settings(self, environments: Map) -> Map:
        """The environment itself, without what was only needed up to here."""
        alone = Map(environments.start)
        here = environments[self.environment]
        assert isinstance(here, Map)
        kept = Map(here.start)
        for key, value, key_place, value_place in here.entries():
            if key not in {"changes", "values"}:
                written = write_value(value, self.scope, value_place)
                kept.put(key, written, key_place, value_place)
        alone.put(self.environment, kept, *environments.places[self.environment])
        return alone

    def write(self, node: Node, scope: Scope, place: Location, key: str = "") -> Node:
        """A copy of a node in which everything is written out."""
        if isinstance(node, str):
            return scope.substitute(node, place)
        if isinstance(node, Map):
            if key in _FREE_FORM:
                return write_value(node, scope, place)
            return self.write_map(node, scope)
        if isinstance(node, Seq):
            return self.write_seq(node, scope)
        return node

    def write_map(self, node: Map, scope: Scope) -> Map:
        written = Map(node.start)
        for key, value, key_place, value_place in node.entries():
            if key in _CONTROL:
                continue
            if not isinstance(value, Map):
                name = self.write_key(key, scope, key_place)
                copy = self.write(value, scope, value_place, key)
                written.put(name, copy, key_place, value_place)
                continue
            if key in _FREE_FORM:
                copy = write_value(value, scope, value_place)
                written.put(key, copy, key_place, value_place)
                continue
            for item, inner in self.unroll(value, scope):
                name = self.write_key(key, inner, key_place)
                if name in written:
                    self.report_same_name(name, key_place, is_loop="for_each" in value)
                copy = self.write_map(item, inner)
                written.put(name, copy, key_place, value_place)
        return written

    def write_seq(self, node: Seq, scope: Scope) -> Seq:
        written = Seq(node.start)
        for item, place in node.entries():
            if not isinstance(item, Map):
                written.put(self.write(item, scope, place), place)
                continue
            for one, inner in self.unroll(item, scope):
                written.put(self.write_map(one, inner), place)
        return written

    def write_key(self, key: str, scope: Scope, place: Location) -> str:
        if "${" not in key:
            return key
        written = scope.substitute(key, place)
        return written if isinstance(written, str) else str(written)

    def report_same_name(self, name: str, place: Location, *, is_loop: bool) -> None:
        help_text = "put the variable into the name, for example  queue-age-${queue}"
        message = f'"{name}" is made more than once'
        self.found.error(rules.BAD_LOOP, message, place, help=help_text if is_loop else "")

    def unroll(self, node: Map, scope: Scope) -> Iterator[tuple[Map, Scope]]:
        """The thing with the scope of each item of its `for_each`; nothing if it is left out."""
        if not self.exists(node):
            return
        loop = node.get("for_each")
        if not isinstance(loop, Map):
            yield node, scope
            return
        lists = []
        for variable, items, key_place, place in loop.entries():
            if variable in scope.values or variable in scope.deferred:
                message = f'"{variable}" is already a value, a parameter or a built-in name'
                self.found.error(rules.NAME_TAKEN, message, key_place)
            values = self.write(items, scope, place)
            if not isinstance(values, Seq):
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
        if isinstance(only, Seq) and self.environment not in only:
            exists = False
        needed = node.get("where_given")
        if isinstance(needed, str):
            if needed not in self.declared:
                message = f'no environment gives a value "{needed}"'
                hint = suggest_name(needed, self.declared)
                place = node.place("where_given")
                self.found.error(rules.UNKNOWN_NAME, message, place, hint=hint)
            exists = exists and self.scope.values.get(needed) is not None
        return exists


def _declared_values(spec: Spec) -> frozenset[str]:
    return frozenset(name for values in find_values(spec.root) for name in values)

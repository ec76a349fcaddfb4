"""`changes`: paths into the spec and what stands there instead."""

from __future__ import annotations

from collections.abc import Iterable

from watchspec.diagnostics import Findings, Location, shorten, suggest_name
from watchspec.expand import rules
from watchspec.model.source import Map, Node, Seq

_MAX_STEPS = 64
_MAX_DIGITS = 7
_NEVER_CHANGED = frozenset({"changes", "ignore", "include", "version"})
_ENVIRONMENTS = "environments"
_NAME = 2
"""The steps of a path to an environment; the next names a setting."""


def apply_changes(root: Map, changes: Map, found: Findings) -> Map:
    """The tree with every change made; a null takes the thing away."""
    changer = _Changer(found)
    root = changer.own_map(root)
    for path, value, path_place, value_place in changes.entries():
        steps = path.split(".", _MAX_STEPS)
        refusal = _refuse(steps, value)
        if refusal:
            found.error(rules.UNKNOWN_CHANGE, refusal, path_place)
        else:
            changer.change(root, steps, value, (path_place, value_place))
    return root


def _refuse(steps: list[str], value: Node) -> str:
    """Why a change is not possible wherever it leads, or an empty string."""
    if len(steps) > _MAX_STEPS:
        return f"the path has more than {_MAX_STEPS} steps"
    unchangeable = steps[-1] if _is_ignore(steps, value) else steps[0]
    if unchangeable in _NEVER_CHANGED:
        return f'"{unchangeable}" cannot be changed'
    if steps[0] == _ENVIRONMENTS and len(steps) <= _NAME:
        return "an environment is not added, replaced or taken away by a change"
    if steps[0] == _ENVIRONMENTS and steps[_NAME:] == ["region"] and value is None:
        return f'environment "{steps[1]}" needs its region'
    if steps[0] == _ENVIRONMENTS and steps[_NAME] == "changes":
        return "changes are not changed themselves"
    return ""


def _is_ignore(steps: list[str], value: Node) -> bool:
    """Whether a change gives a list under `ignore`, which counts only where it stands beside a thing."""
    return steps[-1] == "ignore" and isinstance(value, Seq)


class _Changer:
    """Makes changes in copies of its own; what was handed over stays as it is."""

    def __init__(self, found: Findings) -> None:
        self.found = found
        self.own: set[int] = set()

    def own_map(self, node: Map) -> Map:
        """A copy of a mapping that may be edited."""
        if id(node) in self.own:
            return node
        copy = Map(node.start)
        copy.update(node)
        copy.places.update(node.places)
        self.own.add(id(copy))
        return copy

    def own_seq(self, node: Seq) -> Seq:
        """A copy of a list that may be edited."""
        if id(node) in self.own:
            return node
        copy = Seq(node.start)
        copy.extend(node)
        copy.places.extend(node.places)
        self.own.add(id(copy))
        return copy

    def change(
        self, root: Map, steps: list[str], value: Node, places: tuple[Location, Location]
    ) -> None:
        """Replace the value at the end of a path, and copy what is on the way there."""
        node: Map | Seq = root
        done = 0
        while True:
            step, after = _find_step(node, steps, done)
            is_last = after == len(steps)
            is_new = is_last and isinstance(node, Map) and value is not None
            if not _has(node, step) and not is_new:
                known = node if isinstance(node, Map) else map(str, range(len(node)))
                _report(steps, done, known, places[0], self.found)
                return
            if is_last:
                _put(node, step, value, places)
                return
            inner = self.own_inner(node, step)
            if inner is None:
                _report(steps, after, (), places[0], self.found)
                return
            node, done = inner, after

    def own_inner(self, node: Map | Seq, step: str) -> Map | Seq | None:
        """The mapping or list behind a step, in a copy that stands in the place of the original."""
        inner = node[step] if isinstance(node, Map) else node[int(step)]
        if not isinstance(inner, Map | Seq):
            return None
        owned = self.own_map(inner) if isinstance(inner, Map) else self.own_seq(inner)
        if isinstance(node, Map):
            node[step] = owned
        else:
            node[int(step)] = owned
        return owned


def _put(node: Map | Seq, step: str, value: Node, places: tuple[Location, Location]) -> None:
    if isinstance(node, Seq):
        index = int(step)
        if value is None:
            del node[index], node.places[index]
        else:
            node[index], node.places[index] = value, places[1]
    elif value is None:
        del node[step], node.places[step]
    else:
        key_place = node.places[step][0] if step in node else places[0]
        node.put(step, value, key_place, places[1])


def _has(node: Map | Seq, step: str) -> bool:
    if isinstance(node, Map):
        return step in node
    is_index = step.isascii() and step.isdigit() and len(step) <= _MAX_DIGITS
    return is_index and int(step) < len(node)


def _find_step(node: Map | Seq, steps: list[str], done: int) -> tuple[str, int]:
    """What the path names here, and where it goes on."""
    return _match_key(node, steps, done) if isinstance(node, Map) else (steps[done], done + 1)


def _match_key(node: Map, steps: list[str], done: int) -> tuple[str, int]:
    """The key the path names here, and where the path goes on: names may hold dots themselves."""
    for end in range(len(steps), done, -1):
        key = ".".join(steps[done:end])
        if key in node:
            return key, end
    return steps[done], done + 1


def _report(
    steps: list[str], done: int, known: Iterable[str], place: Location, found: Findings
) -> None:
    names = list(known)
    parent = ".".join(steps[:done]) or "the spec"
    message = f'{shorten(parent)} has no "{shorten(steps[done])}"'
    found.error(rules.UNKNOWN_CHANGE, message, place, hint=suggest_name(steps[done], names))

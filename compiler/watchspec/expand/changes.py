"""`changes`: paths into the spec and what stands there instead."""

from __future__ import annotations

from watchspec.diagnostics import Findings, Location, shorten, suggest_name
from watchspec.expand import rules
from watchspec.model.source import Map, Node, Seq

_MAX_STEPS = 64
_NEVER_CHANGED = frozenset({"changes", "include", "version"})
_ENVIRONMENTS = "environments"
_NAME = 2
"""The steps of a path to an environment; the next names a setting."""


def apply_changes(root: Map, changes: Map, found: Findings) -> Map:
    """The tree with every change made; a null takes the thing away."""
    for path, value, path_place, value_place in changes.entries():
        steps = path.split(".", _MAX_STEPS)
        refusal = _refuse(steps, value)
        if refusal:
            found.error(rules.UNKNOWN_CHANGE, refusal, path_place)
            continue
        changed = _change(root, steps, 0, value, (path_place, value_place), found)
        if isinstance(changed, Map):
            root = changed
    return root


def _refuse(steps: list[str], value: Node) -> str:
    """Why a change is not possible wherever it leads, or an empty string."""
    if len(steps) > _MAX_STEPS:
        return f"the path has more than {_MAX_STEPS} steps"
    if steps[0] in _NEVER_CHANGED:
        return f'"{steps[0]}" cannot be changed'
    if steps[0] == _ENVIRONMENTS and len(steps) <= _NAME:
        return "an environment is not added, replaced or taken away by a change"
    if steps[0] == _ENVIRONMENTS and steps[_NAME:] == ["region"] and value is None:
        return f'environment "{steps[1]}" needs its region'
    if steps[0] == _ENVIRONMENTS and steps[_NAME] == "changes":
        return "changes are not changed themselves"
    return ""


def _change(
    node: Node,
    steps: list[str],
    done: int,
    value: Node,
    places: tuple[Location, Location],
    found: Findings,
) -> Node:
    """A copy of `node` in which the value at the rest of the path is replaced."""
    if isinstance(node, Seq):
        return _change_item(node, steps, done, value, places, found)
    if not isinstance(node, Map):
        _report(steps, done, (), places[0], found)
        return node
    name, after = _match_key(node, steps, done)
    if after == len(steps):
        return _put(node, name, value, places, steps, found)
    if name not in node:
        _report(steps, done, node, places[0], found)
        return node
    inner = _change(node[name], steps, after, value, places, found)
    return _replace(node, name, inner, node.places[name])


def _put(
    node: Map,
    name: str,
    value: Node,
    places: tuple[Location, Location],
    steps: list[str],
    found: Findings,
) -> Node:
    if value is None and name not in node:
        _report(steps, len(steps) - 1, node, places[0], found)
        return node
    return _replace(node, name, value, places)


def _change_item(
    node: Seq,
    steps: list[str],
    done: int,
    value: Node,
    places: tuple[Location, Location],
    found: Findings,
) -> Node:
    step = steps[done]
    if step not in map(str, range(len(node))):
        _report(steps, done, [str(index) for index in range(len(node))], places[0], found)
        return node
    copy = Seq(node.start)
    for index, (item, place) in enumerate(node.entries()):
        if index != int(step):
            copy.put(item, place)
        elif done + 1 < len(steps):
            copy.put(_change(item, steps, done + 1, value, places, found), place)
        elif value is not None:
            copy.put(value, places[1])
    return copy


def _match_key(node: Map, steps: list[str], done: int) -> tuple[str, int]:
    """The key the path names here, and where the path goes on: names may hold dots themselves."""
    for end in range(len(steps), done, -1):
        key = ".".join(steps[done:end])
        if key in node:
            return key, end
    return steps[done], done + 1


def _replace(node: Map, name: str, value: Node, places: tuple[Location, Location]) -> Map:
    copy = Map(node.start)
    for key, present, key_place, value_place in node.entries():
        if key != name:
            copy.put(key, present, key_place, value_place)
        elif value is not None:
            copy.put(key, value, key_place if key in node else places[0], places[1])
    if name not in node:
        copy.put(name, value, *places)
    return copy


def _report(steps: list[str], done: int, known: object, place: Location, found: Findings) -> None:
    names = [str(name) for name in known] if isinstance(known, list | Map) else []
    parent = ".".join(steps[:done]) or "the spec"
    message = f'{shorten(parent)} has no "{shorten(steps[done])}"'
    found.error(rules.UNKNOWN_CHANGE, message, place, hint=suggest_name(steps[done], names))

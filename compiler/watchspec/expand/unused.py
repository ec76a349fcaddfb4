"""Names that are given but never used."""

from __future__ import annotations

from watchspec.diagnostics import Findings, Location, suggest_name
from watchspec.expand import rules
from watchspec.model.references import find_references
from watchspec.model.source import Map, Node, Seq, Spec


def report_unused(spec: Spec, found: Findings) -> None:
    """Warn of every value and parameter that no text of the spec refers to, not even misspelt."""
    used: set[str] = set()
    _collect(spec.root, used)
    hints = {one.hint for one in found.items if one.rule == rules.UNKNOWN_NAME.id}
    for name, place in _declared(spec.root):
        if name not in used and suggest_name(name, (name,)) not in hints:
            message = f'"{name}" is given but never used'
            found.warn(
                rules.UNUSED_NAME, message, place, help=f"remove it, or use it as ${{{name}}}"
            )


def find_values(root: Map) -> list[Map]:
    """The values of the spec and of every environment."""
    environments = root.get("environments")
    places = [root, *(environments.values() if isinstance(environments, Map) else ())]
    found = (place.get("values") for place in places if isinstance(place, Map))
    return [values for values in found if isinstance(values, Map)]


def _declared(root: Map) -> list[tuple[str, Location]]:
    parameters = root.get("parameters")
    sections = [*find_values(root), *([parameters] if isinstance(parameters, Map) else [])]
    return [(name, section.key_place(name)) for section in sections for name in section]


def _collect(node: Node, used: set[str]) -> None:
    if isinstance(node, str):
        used.update(reference.name.split(".")[0] for reference in find_references(node))
    elif isinstance(node, Map):
        for key, value in node.items():
            if "${" in key:
                _collect(key, used)
            if key == "where_given" and isinstance(value, str):
                used.add(value)
            _collect(value, used)
    elif isinstance(node, Seq):
        for item in node:
            _collect(item, used)

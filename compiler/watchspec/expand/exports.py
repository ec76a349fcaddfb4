"""Parameters that are exports of other stacks: the names of exports may be made of parameters."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter

from watchspec.diagnostics import Findings
from watchspec.expand import rules
from watchspec.model.references import find_references
from watchspec.model.source import Map

MAX_CHAIN = 64


def check_exports(parameters: Map, found: Findings) -> None:
    """Report names of exports that are made of each other: in a circle, or in too long a chain."""
    needed = {name: _find_needed(parameters, name) for name in parameters}
    try:
        order = tuple(TopologicalSorter(needed).static_order())
    except CycleError as error:
        circle = error.args[1][::-1]
        message = f"exports refer to each other: {' -> '.join(circle)}"
        found.error(rules.VALUE_CYCLE, message, parameters.place(circle[0], "export"))
        return
    length: dict[str, int] = {}
    for name in order:
        length[name] = 1 + max((length[other] for other in needed[name]), default=0)
        if length[name] == MAX_CHAIN + 1:
            message = f"exports refer to each other more than {MAX_CHAIN} levels deep"
            found.error(rules.VALUE_CYCLE, message, parameters.place(name, "export"))


def _find_needed(parameters: Map, name: str) -> list[str]:
    """The parameters that the export of one is made of."""
    parameter = parameters[name]
    export = parameter.get("export") if isinstance(parameter, Map) else None
    references = find_references(export) if isinstance(export, str) else []
    return [reference.name for reference in references if reference.name in parameters]

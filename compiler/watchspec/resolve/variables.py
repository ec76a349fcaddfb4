"""Variables of dashboards: what the reader can switch."""

from __future__ import annotations

from watchspec.diagnostics import Location
from watchspec.model.dashboards import Variable
from watchspec.model.source import Map
from watchspec.resolve import rules
from watchspec.resolve.context import items, section
from watchspec.resolve.shelf import Shelf

_FIRST_FOUND = "__FIRST"
_TEXTS = (
    ("label", "label"),
    ("search", "search"),
    ("populate_from", "populateFrom"),
)


def read_variables(shelf: Shelf, node: Map) -> tuple[Variable, ...]:
    """The variables of a dashboard by name."""
    return tuple(
        Variable(name, _read_settings(shelf, given, place))
        for name, given, place in section(node, "variables")
    )


def _read_settings(shelf: Shelf, node: Map, place: Location) -> tuple[tuple[str, object], ...]:
    """The properties of a variable as CloudWatch has them."""
    data = shelf.context.data
    kind = "property" if "property" in node else "pattern"
    settings: dict[str, object] = {
        "type": kind,
        kind: data(node[kind]),
        "inputType": node["input"],
    }
    settings |= {name: data(node[key]) for key, name in _TEXTS if key in node}
    values = [
        data(value) if isinstance(value, Map) else {"value": data(value)}
        for value, _ in items(node, "values")
    ]
    if values:
        settings["values"] = values
        if "search" in node:
            message = "values are either given or searched for"
            shelf.found.error(rules.BAD_VARIABLE, message, node.key_place("search"))
    elif node["input"] != "input" and "search" not in node:
        message = f'nothing says what "{node["input"]}" can choose from'
        shelf.found.error(rules.BAD_VARIABLE, message, place, help="add values or a search")
    if "default" in node:
        settings["defaultValue"] = data(node["default"])
        _check_default(shelf, node, settings["defaultValue"], values)
    if node.get("visible") is False:
        settings["visible"] = False
    return tuple(settings.items())


def _check_default(shelf: Shelf, node: Map, default: object, values: list[object]) -> None:
    known = [value["value"] for value in values if isinstance(value, dict)]
    searches = default == _FIRST_FOUND and "search" in node
    if known and node["input"] != "input" and default not in known and not searches:
        message = f'the default "{node["default"]}" is not among the values'
        shelf.found.error(rules.BAD_VARIABLE, message, node.place("default"))

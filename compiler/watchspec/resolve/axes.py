"""Axes of graphs, and what the author draws across them."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from watchspec.model.dashboards import Annotation, Axis, Side
from watchspec.model.source import Map
from watchspec.resolve import rules
from watchspec.resolve.context import items, mapping
from watchspec.resolve.quantities import read_quantity
from watchspec.resolve.shelf import Shelf

_FILLS = {"horizontal": ("none", "above", "below"), "vertical": ("none", "before", "after")}
_DATE_CHARACTERS = len("2026-11-24T")


def read_axis(shelf: Shelf, node: Map, key: str, unit: str | None) -> Axis | None:
    """The axis an author describes, or None."""
    axis = mapping(node, key)
    if axis is None:
        return None
    low, high = _read_range(shelf, axis, unit)
    label = shelf.context.read_word(axis, "label") or None
    return Axis(label, low, high, axis.get("show_units") is not False)


def read_dial(shelf: Shelf, node: Map, unit: str | None) -> Axis:
    """The range of a gauge, which CloudWatch takes as its left axis."""
    low, high = _read_range(shelf, node, unit)
    return Axis(None, low, high, shows_units=True)


def read_annotations(shelf: Shelf, node: Map, unit: str | None) -> tuple[Annotation, ...]:
    """The lines and bands an author draws himself."""
    drawn = (
        _read_annotation(shelf, item, unit)
        for item, _ in items(node, "annotations")
        if isinstance(item, Map)
    )
    return tuple(annotation for annotation in drawn if annotation is not None)


def is_time(value: object) -> bool:
    """Whether something is written like a time rather than a quantity: 2026-11-24T10:00:00Z."""
    return isinstance(value, str) and value[4:5] == "-" and value[_DATE_CHARACTERS - 1 :][:1] == "T"


def check_time(shelf: Shelf, node: Map, key: str) -> str:
    """A time that must exist; a finding if it does not."""
    written = shelf.context.read_word(node, key)
    try:
        datetime.fromisoformat(written)
    except ValueError:
        message = f'"{written}" is not a time'
        help_text = "write it as 2026-11-24T10:00:00Z"
        shelf.found.error(rules.BAD_ANNOTATION, message, node.place(key), help=help_text)
    return written


def _read_range(shelf: Shelf, node: Map, unit: str | None) -> tuple[float | None, float | None]:
    ends = [
        read_quantity(shelf.context, node, key, unit) if key in node else None
        for key in ("min", "max")
    ]
    low, high = (None if end is None else end.value for end in ends)
    if low is not None and high is not None and low >= high:
        message = f"a scale from {low:g} to {high:g} has no length"
        shelf.found.error(rules.BAD_ANNOTATION, message, node.place("max"))
    return low, high


def _read_annotation(shelf: Shelf, node: Map, unit: str | None) -> Annotation | None:
    keys = [key for key in ("at", "from", "to") if key in node]
    are_times = [is_time(node[key]) for key in keys]
    if len(set(are_times)) > 1:
        message = "a band goes from value to value or from time to time"
        shelf.found.error(rules.BAD_ANNOTATION, message, node.place("to"))
        return None
    direction = "vertical" if are_times[0] else "horizontal"
    ends: list[float | str] = []
    for key in keys:
        if are_times[0]:
            ends.append(check_time(shelf, node, key))
        elif (quantity := read_quantity(shelf.context, node, key, unit)) is not None:
            ends.append(quantity.value)
    fill = shelf.context.read_word(node, "fill", "none")
    if fill not in _FILLS[direction]:
        what = (
            "a time is shaded before or after"
            if are_times[0]
            else "a value is shaded above or below"
        )
        shelf.found.error(rules.BAD_ANNOTATION, f'{what}, not "{fill}"', node.place("fill"))
    if are_times[0] and "axis" in node:
        message = "a time belongs to no axis"
        shelf.found.error(rules.BAD_ANNOTATION, message, node.key_place("axis"))
    if len(ends) < len(keys):
        return None
    return Annotation(
        ends[0],
        ends[1] if len(ends) > 1 else None,
        shelf.context.read_text(node, "label"),
        shelf.context.read_word(node, "color") or None,
        fill,
        cast("Side", shelf.context.read_word(node, "axis", "left")),
    )

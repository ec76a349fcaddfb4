"""Axes of graphs, and what the author draws across them."""

from __future__ import annotations

from typing import cast

from watchspec.model.dashboards import Annotation, Axis, Side
from watchspec.model.source import Map
from watchspec.resolve.context import items, mapping
from watchspec.resolve.quantities import parse_quantity
from watchspec.resolve.shelf import Shelf


def read_axis(shelf: Shelf, node: Map, key: str, unit: str | None) -> Axis | None:
    """The axis an author describes, or None."""
    axis = mapping(node, key)
    if axis is None:
        return None
    low, high = (_read_bound(shelf, axis, name, unit) for name in ("min", "max"))
    label = shelf.context.read_word(axis, "label") or None
    return Axis(label, low, high, axis.get("show_units") is not False)


def read_dial(shelf: Shelf, node: Map, unit: str | None) -> Axis:
    """The range of a gauge, which CloudWatch takes as its left axis."""
    low, high = (_read_bound(shelf, node, name, unit) for name in ("min", "max"))
    return Axis(None, low, high, shows_units=True)


def _read_bound(shelf: Shelf, node: Map, key: str, unit: str | None) -> float | None:
    value = node.get(key)
    if not isinstance(value, str | int | float):
        return None
    place = node.place(key)
    written = shelf.context.settle(value, place) if isinstance(value, str) else value
    quantity = parse_quantity(written, unit, place, shelf.found)
    return None if quantity is None else quantity.value


def read_annotations(shelf: Shelf, node: Map, unit: str | None) -> tuple[Annotation, ...]:
    """The lines and bands an author draws himself."""
    annotations = []
    for item, _ in items(node, "annotations"):
        if not isinstance(item, Map):
            continue
        ends = [_read_end(shelf, item, key, unit) for key in ("at", "from", "to") if key in item]
        if any(end is None for end in ends):
            continue
        start, end = ends[0], ends[1] if len(ends) > 1 else None
        assert start is not None
        annotations.append(
            Annotation(
                start,
                end,
                shelf.context.read_text(item, "label"),
                shelf.context.read_word(item, "color") or None,
                shelf.context.read_word(item, "fill", "none"),
                cast("Side", shelf.context.read_word(item, "axis", "left")),
            )
        )
    return tuple(annotations)


def _read_end(shelf: Shelf, item: Map, key: str, unit: str | None) -> float | str | None:
    value = item[key]
    place = item.place(key)
    if isinstance(value, str) and len(value) > 10 and value[4:5] == "-" and "T" in value:  # noqa: PLR2004 - 2026-11-24T…
        return shelf.context.settle(value, place)
    assert isinstance(value, str | int | float)
    written = shelf.context.settle(value, place) if isinstance(value, str) else value
    quantity = parse_quantity(written, unit, place, shelf.found)
    return None if quantity is None else quantity.value

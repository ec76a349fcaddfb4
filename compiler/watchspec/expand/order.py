"""The order of keys, which means nothing: a spec with its keys shuffled makes the same templates."""

from __future__ import annotations

from watchspec.model.source import Map, Node, Seq


def sort_keys(root: Map) -> Map:
    """The tree with the keys of every mapping in alphabetical order; lists stay as they are."""
    ordered = Map(root.start)
    for key, value, key_place, value_place in sorted(root.entries(), key=lambda entry: entry[0]):
        ordered.put(key, _sort(value), key_place, value_place)
    return ordered


def _sort(node: Node) -> Node:
    if isinstance(node, Map):
        return sort_keys(node)
    if isinstance(node, Seq):
        ordered = Seq(node.start)
        for item, place in node.entries():
            ordered.put(_sort(item), place)
        return ordered
    return node

"""Doors of rooms that are only opened when somebody asks for them.

The rulebook reads the rules of every room; what a room needs to work (numpy, pandas) is not to be loaded
for that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module


def open_when_asked(room: str, doors: Mapping[str, str]) -> Callable[[str], object]:
    """The `__getattr__` of a package that exports names of its modules without loading these.

    doors: the module of each name.
    """

    def find(name: str) -> object:
        if name not in doors:
            raise AttributeError(name)
        return getattr(import_module(f"{room}.{doors[name]}"), name)

    return find

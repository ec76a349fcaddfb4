"""Files of tests beside a spec: `shop.test.yaml` and `shop.topic.test.yaml` belong to `shop.yaml`."""

from __future__ import annotations

import os.path
from collections.abc import Iterator

_ENDINGS = (".yaml", ".yml")


def is_test_file(path: str) -> bool:
    """Whether a file of this name holds tests."""
    name = os.path.basename(path)
    return name.endswith(tuple(f".test{ending}" for ending in _ENDINGS)) and name[0] != "."


def find_owner(path: str) -> str | None:
    """The spec whose tests a file holds, if it is there: the one with most of the name."""
    return next((spec for spec in _owners(path) if os.path.isfile(spec)), None)


def _owners(path: str) -> Iterator[str]:
    folder, name = os.path.split(path)
    name = name.rpartition(".test.")[0]
    while name:
        yield from (os.path.join(folder, name + ending) for ending in _ENDINGS)
        name = name.rpartition(".")[0]

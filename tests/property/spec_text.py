"""A spec as text: one value a line, so that a test can say where everything stands."""

from __future__ import annotations

import json
from random import Random
from typing import Any, TypeAlias

Data: TypeAlias = dict[str, Any]
Path: TypeAlias = tuple[str | int, ...]


def write_spec(spec: Data) -> str:
    """The spec as YAML: block style, every text in quotes, every key and item on a line of its own."""
    return "".join(f"{line}\n" for line, _ in _write(spec, (), ""))


def find_lines(spec: Data) -> dict[Path, range]:
    """The lines (one-based) each part of a spec takes in its text, its key included."""
    lines: dict[Path, range] = {}
    for number, (_, path) in enumerate(_write(spec, (), ""), 1):
        for end in range(len(path) + 1):
            first = lines.get(path[:end], range(number, number)).start
            lines[path[:end]] = range(first, number + 1)
    return lines


def shuffle_keys(node: Any, random: Random) -> Any:
    """The same data with the keys of every mapping in another order."""
    if isinstance(node, dict):
        keys = list(node)
        random.shuffle(keys)
        return {key: shuffle_keys(node[key], random) for key in keys}
    if isinstance(node, list):
        return [shuffle_keys(item, random) for item in node]
    return node


def _write(node: Any, path: Path, indent: str) -> list[tuple[str, Path]]:
    """The lines of a mapping or a list, each with the path of what begins on it."""
    lines: list[tuple[str, Path]] = []
    for key, value in node.items() if isinstance(node, dict) else enumerate(node):
        lead = f"{_quote(key)}:" if isinstance(node, dict) else "-"
        here = (*path, key)
        if isinstance(value, dict | list) and value:
            lines.append((f"{indent}{lead}", here))
            lines.extend(_write(value, here, f"{indent}  "))
        else:
            lines.append((f"{indent}{lead} {_quote(value)}", here))
    return lines


def _quote(value: Any) -> str:
    """JSON of a single value is YAML of it."""
    return json.dumps(value, ensure_ascii=False)

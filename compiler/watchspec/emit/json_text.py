"""JSON that a reviewer can read: small things share a line, large ones get lines of their own."""

from __future__ import annotations

import json
import re
from typing import Any

_ASTRAL = re.compile("[^\u0000-\uffff]")
"""What libyaml does not write as it is: one such character would turn the whole body into one line."""
_LINE_CHARACTERS = 150
_SERIES_CHARACTERS = 90
_LEAD_CHARACTERS = 90


def write_json(value: Any, indent: int = 0, lead: int = 0) -> str:  # noqa: ANN401 - JSON data
    """The value as JSON; what is short stays on one line, whatever the indentation.

    A mapping whose last item alone is long opens that item on its own line,
    `{"type": "metric", "properties": {`, if what is on the line already (`lead` characters) leaves room.
    """
    compact = _dump(value)
    if not isinstance(value, dict | list) or len(compact) <= _room(value):
        return compact
    opening, closing = ("{", "}") if isinstance(value, dict) else ("[", "]")
    keys = [f"{_dump(key)}: " for key in value] if isinstance(value, dict) else [""] * len(value)
    items = list(value.values()) if isinstance(value, dict) else value
    if isinstance(value, dict) and isinstance(items[-1], dict | list):
        shorts = [key + _dump(item) for key, item in zip(keys[:-1], items[:-1], strict=True)]
        head = opening + ", ".join([*shorts, keys[-1]])
        if lead + len(head) <= _LEAD_CHARACTERS:
            return f"{head}{write_json(items[-1], indent, lead + len(head))}{closing}"
    pad = " " * (indent + 2)
    body = f",\n{pad}".join(_fill_lines(keys, items, indent + 2))
    return f"{opening}\n{pad}{body}\n{' ' * indent}{closing}"


def _room(value: dict[str, Any] | list[Any]) -> int:
    """How long a container may be on one line: several containers in a list want their own lines."""
    is_series = isinstance(value, list) and len(value) > 1 and isinstance(value[0], dict | list)
    return _SERIES_CHARACTERS if is_series else _LINE_CHARACTERS


def _fill_lines(keys: list[str], items: list[Any], indent: int) -> list[str]:
    """The items of a container, as many small ones on a line as fit."""
    lines: list[str] = []
    may_join = False
    for key, item in zip(keys, items, strict=True):
        text = key + write_json(item, indent, len(key))
        is_small = "\n" not in text and not isinstance(item, list if key else dict | list)
        if may_join and is_small and len(lines[-1]) + len(text) <= _LINE_CHARACTERS:
            lines[-1] += f", {text}"
        else:
            lines.append(text)
        may_join = is_small
    return lines


def _dump(value: Any) -> str:  # noqa: ANN401 - JSON data
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    return _ASTRAL.sub(lambda match: json.dumps(match.group())[1:-1], text)

"""JSON that a reviewer can read: small things share a line, large ones get lines of their own."""

from __future__ import annotations

import json
from typing import Any

_LINE_CHARACTERS = 150
_LEAD_CHARACTERS = 90


def write_json(value: Any, indent: int = 0) -> str:  # noqa: ANN401 - JSON data
    """The value as JSON; what is short stays on one line, whatever the indentation.

    A container whose last item alone is long opens that item on its own line:
    `{"type": "metric", "properties": {`.
    """
    compact = _dump(value)
    if not isinstance(value, dict | list) or len(compact) <= _LINE_CHARACTERS:
        return compact
    opening, closing = ("{", "}") if isinstance(value, dict) else ("[", "]")
    keys = [f"{_dump(key)}: " for key in value] if isinstance(value, dict) else [""] * len(value)
    items = list(value.values()) if isinstance(value, dict) else value
    head = ", ".join(key + _dump(item) for key, item in zip(keys[:-1], items[:-1], strict=True))
    if (
        len(head) <= _LEAD_CHARACTERS
        and isinstance(items[-1], dict | list)
        and isinstance(value, dict)
    ):
        lead = f"{head}, " if head else ""
        return f"{opening}{lead}{keys[-1]}{write_json(items[-1], indent)}{closing}"
    pad = " " * (indent + 2)
    lines = _fill_lines(keys, items, indent + 2)
    return f"{opening}\n{pad}{f',{chr(10)}{pad}'.join(lines)}\n{' ' * indent}{closing}"


def _fill_lines(keys: list[str], items: list[Any], indent: int) -> list[str]:
    """The items of a container, as many small ones on a line as fit."""
    lines: list[str] = []
    may_join = False
    for key, item in zip(keys, items, strict=True):
        text = key + write_json(item, indent)
        is_small = "\n" not in text and not isinstance(item, list)
        if may_join and is_small and len(lines[-1]) + len(text) <= _LINE_CHARACTERS:
            lines[-1] += f", {text}"
        else:
            lines.append(text)
        may_join = is_small
    return lines


def _dump(value: Any) -> str:  # noqa: ANN401 - JSON data
    return json.dumps(value, ensure_ascii=False, allow_nan=False)

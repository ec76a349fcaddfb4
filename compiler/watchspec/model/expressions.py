"""Identifiers in metric math: they begin with a lower-case letter, functions with a capital one."""

from __future__ import annotations

import re
from collections.abc import Collection

_IDENTIFIER = re.compile(r"(?<![\w.])[a-z][A-Za-z0-9_]*(?!\w|\s*\()")
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")


def free_identifier(wanted: str, taken: Collection[str]) -> str:
    """The identifier that is wanted, or the next like it that nothing has taken yet."""
    number, name = 1, wanted
    while name in taken:
        number += 1
        name = f"{wanted}_{number}"
    return name


def rename_identifiers(expression: str, renamed: dict[str, str]) -> str:
    """The expression with other identifiers; what stands in quotes stays."""
    pieces: list[str] = []
    position = 0
    for quoted in _QUOTED.finditer(expression):
        pieces.append(_rename(expression[position : quoted.start()], renamed))
        pieces.append(quoted.group())
        position = quoted.end()
    return "".join(pieces) + _rename(expression[position:], renamed)


def _rename(text: str, renamed: dict[str, str]) -> str:
    return _IDENTIFIER.sub(lambda match: renamed.get(match.group(), match.group()), text)

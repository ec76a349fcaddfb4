"""Logical ids: one per thing, alphanumeric, and never dependent on what else there is."""

from __future__ import annotations

import hashlib
import re

_WORD = re.compile(r"[A-Za-z0-9]+")
_READABLE = re.compile(r"[a-z][a-z0-9]*([-_][a-z][a-z0-9]*)*")
_DIGEST_CHARACTERS = 8
_MAX_READABLE = 160


def logical_id(kind: str, *names: str) -> str:
    """The logical id of a thing: its kind and its names in CamelCase.

    Lower-case words joined by single dashes (underscores for identifiers) can be read back from
    the id, so no two of them share one. Any other name gets a digest of itself behind it.
    """
    return kind + "".join(_camel(name) for name in names)


def _camel(name: str) -> str:
    words = _WORD.findall(name)
    camel = "".join(word[:1].upper() + word[1:] for word in words)
    mixes_separators = "-" in name and "_" in name
    if _READABLE.fullmatch(name) and not mixes_separators and len(camel) <= _MAX_READABLE:
        return camel
    digest = hashlib.sha256(name.encode()).hexdigest()[:_DIGEST_CHARACTERS]
    return f"{camel[:_MAX_READABLE]}X{digest}"

"""Logical ids: one per thing, alphanumeric, and never dependent on what else there is."""

from __future__ import annotations

import hashlib
import re

_WORD = re.compile(r"[A-Za-z0-9]+")
_READABLE = re.compile(r"[a-z][a-z0-9]*(?:(?:-[a-z][a-z0-9]*)*|(?:_[a-z][a-z0-9]*)*)")
_LIKE_A_DIGEST = re.compile(r".*[-_]?x[0-9a-f]{8}")
_DIGEST_CHARACTERS = 8
_MAX_READABLE = 60


def logical_id(kind: str, name: str) -> str:
    """The logical id of a thing: its kind and its name in CamelCase.

    Lower-case words joined by single dashes, or by underscores, can be read back from the id, so no
    two of them share one. Any other name gets a digest of itself behind it. No kind may begin with
    another.
    """
    camel = _camel(name)
    is_readable = _READABLE.fullmatch(name) and not _LIKE_A_DIGEST.fullmatch(name)
    if is_readable and len(camel) <= _MAX_READABLE:
        return kind + camel
    return f"{kind}{camel[:_MAX_READABLE]}{_digest(name)}"


def compound_id(kind: str, *names: str) -> str:
    """The logical id of something that belongs to several things: always with a digest of all names."""
    camel = "".join(_camel(name.rsplit(":", 1)[-1]) for name in names)  # of an ARN, its last part
    return f"{kind}{camel[:_MAX_READABLE]}{_digest(chr(0).join(names))}"


def _camel(name: str) -> str:
    return "".join(word[:1].upper() + word[1:] for word in _WORD.findall(name))


def _digest(text: str) -> str:
    return "X" + hashlib.sha256(text.encode()).hexdigest()[:_DIGEST_CHARACTERS]

"""Text that may hold values known only when a stack is deployed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from watchspec.diagnostics import Location


@dataclass(frozen=True, slots=True)
class ParameterRef:
    """The value of a parameter of the spec."""

    name: str


class Pseudo(Enum):
    """A value CloudFormation knows by itself, by the name of its pseudo parameter."""

    ACCOUNT = "AWS::AccountId"
    PARTITION = "AWS::Partition"
    REGION = "AWS::Region"


@dataclass(frozen=True, slots=True)
class ResourceRef:
    """What `Ref` gives for a resource of the same stack, by the kind and the key of a thing."""

    kind: str
    key: str


Part: TypeAlias = "str | ParameterRef | Pseudo | ResourceRef"


@dataclass(frozen=True, slots=True)
class Deferred:
    """Text in parts, at least one of which is known only at deployment."""

    parts: tuple[Part, ...]


Text: TypeAlias = "str | Deferred"

_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400
_ARN_REGION = 3
"""The Region is the fourth part: arn, partition, service, Region, account, resource."""


@dataclass(frozen=True, slots=True)
class Property:
    """A CloudFormation property the author gave himself: JSON data with texts in it."""

    name: str
    value: object
    place: Location
    value_place: Location


def join_text(*pieces: Text | Part) -> Text:
    """One text of several pieces, plain if nothing in it is deferred."""
    parts: list[Part] = []
    for piece in pieces:
        for part in piece.parts if isinstance(piece, Deferred) else (piece,):
            if isinstance(part, str) and parts and isinstance(parts[-1], str):
                parts[-1] += part
            elif part != "":
                parts.append(part)
    if not parts:
        return ""
    if len(parts) == 1 and isinstance(parts[0], str):
        return parts[0]
    return Deferred(tuple(parts))


def region_in_arn(arn: Text) -> str | None:
    """The Region an ARN names; None if it names none, or only the deployment knows."""
    known = arn if isinstance(arn, str) else arn.parts[0]
    parts = known.split(":") if isinstance(known, str) else []
    return parts[_ARN_REGION] or None if len(parts) > _ARN_REGION + 1 else None


def known_text(text: Text) -> str | None:
    """The text with `*` for what only the deployment knows; None if nothing else is in it."""
    if isinstance(text, str):
        return text
    if not any(isinstance(part, str) for part in text.parts):
        return None
    return "".join(part if isinstance(part, str) else _stand_in(part) for part in text.parts)


def _stand_in(part: Part) -> str:
    return "aws*" if part is Pseudo.PARTITION else "*"


def capitalize(text: Text) -> Text:
    """The text with a capital letter at its beginning, if it begins with a letter it knows."""
    if isinstance(text, str):
        return text[:1].upper() + text[1:]
    first, *rest = text.parts
    return Deferred((capitalize(first), *rest)) if isinstance(first, str) else text  # type: ignore[arg-type]  # a plain text stays plain


def say_duration(seconds: int) -> str:
    """A duration in words, in the largest unit that fits: 10 minutes, 1 day."""
    for size, word in ((86400, "day"), (3600, "hour"), (60, "minute")):
        if seconds % size == 0:
            count = seconds // size
            return f"{count} {word}" + ("" if count == 1 else "s")
    return f"{seconds} second" + ("" if seconds == 1 else "s")


def say_time(seconds: int) -> str:
    """A time into something, in one unit as an author types it: `15m`, `90m`, `3h`, `2d`."""
    if seconds % _MINUTE:
        return f"{seconds}s"
    if seconds <= 2 * _HOUR or seconds % _HOUR:
        return f"{seconds // _MINUTE}m"
    if seconds % _DAY:
        return f"{seconds // _HOUR}h"
    return f"{seconds // _DAY}d"


def show_text(text: Text) -> str:
    """The text for people: deferred values by their names in angle brackets."""
    if isinstance(text, str):
        return text
    return "".join(part if isinstance(part, str) else f"<{_name(part)}>" for part in text.parts)


def _name(part: Part) -> str:
    if isinstance(part, ParameterRef):
        return part.name
    if isinstance(part, ResourceRef):
        return part.key
    return str(part.value) if isinstance(part, Pseudo) else part

"""An event pattern as it was read: which fields of an event it looks at, and what they must be."""

from __future__ import annotations

from dataclasses import dataclass

from watchspec.diagnostics import Location
from watchspec.model.source import Node


@dataclass(frozen=True, slots=True)
class Matcher:
    """One value a field may have: `equals` for a plain value, else the operator and what it takes."""

    operator: str
    operand: Node
    place: Location


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the event, the place of the last key of its path, and its values: any will do."""

    path: tuple[str, ...]
    place: Location
    matchers: tuple[Matcher, ...]

    @property
    def words(self) -> tuple[Matcher, ...]:
        """The plain texts among the values."""
        return tuple(
            one
            for one in self.matchers
            if one.operator == "equals" and isinstance(one.operand, str) and "${" not in one.operand
        )

    @property
    def is_listed(self) -> bool:
        """Whether plain texts are all it may be."""
        return len(self.words) == len(self.matchers)


@dataclass(frozen=True, slots=True)
class PatternProblem:
    """Why EventBridge would refuse a pattern, and at which value; `known` are words it would take.

    Where the sources disagree it is not sure.
    """

    message: str
    place: Location
    help: str = ""
    word: str = ""
    known: tuple[str, ...] = ()
    is_sure: bool = True


@dataclass(frozen=True, slots=True)
class EventPattern:
    """Every field of a pattern, those of alternatives (`$or`) included, and what is wrong with it."""

    fields: tuple[Field, ...]
    problems: tuple[PatternProblem, ...]

    def find(self, *path: str) -> tuple[Field, ...]:
        """What the pattern says of a field; several times only in alternatives."""
        return tuple(one for one in self.fields if one.path == path)

"""Which fields there are at each step of a query."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from watchspec.check.queries import Query
from watchspec.model.insights_queries import (
    Call,
    Choose,
    Command,
    Field,
    Filter,
    Limit,
    Listing,
    Named,
    Operation,
    Parse,
    Regex,
    Select,
    Sort,
    Stats,
    Term,
    Unnest,
    squeeze,
    terms_of,
)

GROUP = re.compile(r"\(\?P?<([A-Za-z_@]\w*)>")
"""A named group of a regular expression."""
_INDEX = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class Columns:
    """What a step may name; None = anything. `is_kept` says that a `stats` made them.

    A column with an alias can also be named as it is written: those texts are `written`.
    """

    names: tuple[str, ...] | None
    written: tuple[str, ...] = ()
    is_kept: bool = False

    def plus(self, names: Iterable[str]) -> Columns:
        """The same and some more."""
        return self if self.names is None else replace(self, names=(*self.names, *names))

    def plus_named(self, named: tuple[Named, ...]) -> Columns:
        """The same and what a command makes."""
        more = self.plus(one.column for one in named)
        return replace(more, written=(*self.written, *(one.text for one in named)))


def first_columns(query: Query) -> Columns:
    """What the lines have, as far as every log of the query says so; system fields left out."""
    if not query.logs or not all(log.line_format for log in query.logs):
        return Columns(None)
    fields = (field for log in query.logs if log.line_format == "json" for field in log.fields)
    return Columns(tuple(dict.fromkeys(fields)))


def trace_columns(query: Query) -> Iterator[tuple[Command, Columns]]:
    """Each command with the columns there are before it."""
    columns = first_columns(query)
    for command in query.commands:
        yield command, columns
        columns = _columns_after(command, columns)


def columns_made(commands: Iterable[Command]) -> frozenset[str]:
    """The names that a query itself gives to something."""
    made: set[str] = set()
    for command in commands:
        if isinstance(command, Select | Stats):
            named = command.items if isinstance(command, Select) else _named_of(command)
            made |= {one.alias.name for one in named if one.alias is not None}
        elif isinstance(command, Parse):
            made.update(_names_parsed(command))
        elif isinstance(command, Unnest):
            made.add(command.into.name)
    return frozenset(made)


def find_missing(command: Command, columns: Columns) -> Iterator[Term]:
    """The fields that a command names though they are no columns, and calls of `bin` without a time."""
    if columns.names is None:
        return
    known = _Known(columns)
    if not isinstance(command, Select | Stats):
        for term in terms_of(command):
            yield from known.find_missing(term)
        return
    for one in command.items if isinstance(command, Select) else _named_of(command):
        yield from known.find_missing(one.term)
        # What an item is called can be used in those behind it.
        known.add((one.column, one.text))


class _Known:
    """The columns of a step, so kept that each question takes the same time."""

    def __init__(self, columns: Columns) -> None:
        self.is_kept = columns.is_kept
        self.names: set[str] = set()
        self.holders: set[str] = set()
        self.texts: set[str] = set()
        self.add((*(columns.names or ()), *columns.written))

    def add(self, names: Iterable[str]) -> None:
        for name in names:
            self.names.add(name)
            self.holders.update(_beginnings_of(name))
            self.texts.add(squeeze(name))

    def has(self, name: str) -> bool:
        # A page of AWS writes @ in front of the groups of a regular expression.
        spellings = (name, name.removeprefix("@"))
        is_part = any(one in self.names for own in spellings for one in _beginnings_of(own))
        return is_part or name in self.holders

    def find_missing(self, term: Term) -> Iterator[Term]:
        if isinstance(term, Field):
            if not self.has(term.name):
                yield term
        elif isinstance(term, Call | Operation | Listing):
            if self.is_kept and not isinstance(term, Listing) and squeeze(term.text) in self.texts:
                return
            if self.is_kept and isinstance(term, Call) and not self.has("@timestamp"):
                yield from (term,) if term.function.lower() == "bin" else ()
            for one in term.arguments if isinstance(term, Call) else term.terms:
                yield from self.find_missing(one)


def _beginnings_of(name: str) -> Iterator[str]:
    """A field and those that hold it: `a.b.c`, `a.b`, `a`."""
    plain = _INDEX.sub(r".\1", name)
    while plain:
        yield plain
        plain = plain.rpartition(".")[0]


def _named_of(stats: Stats) -> tuple[Named, ...]:
    return (*stats.groups, *stats.columns)


def _columns_after(command: Command, columns: Columns) -> Columns:  # noqa: PLR0911 - a case for each command
    match command:
        case Stats():
            return Columns((), is_kept=True).plus_named(_named_of(command))
        case Select():
            return columns.plus_named(command.items)
        case Parse():
            return columns.plus(_names_parsed(command))
        case Unnest():
            return columns.plus((command.into.name,))
        case Filter() | Sort() | Limit():
            return columns
        case Choose() if command.word == "dedup":
            return columns
        case _:
            return Columns(None)


def _names_parsed(command: Parse) -> list[str]:
    names = [one.name for one in command.names]
    if isinstance(command.pattern, Regex):
        names += GROUP.findall(command.pattern.pattern)
    return names

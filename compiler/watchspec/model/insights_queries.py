"""A CloudWatch Logs Insights query as a tree; every node knows where it stands in the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias


@dataclass(frozen=True, slots=True)
class Field:
    """A field or an alias by its name without backticks; `width` is as it is written."""

    name: str
    offset: int
    width: int


@dataclass(frozen=True, slots=True)
class Value:
    """What stands for itself: a number, a text without its quotes, true, `{{name}}` or `*`."""

    kind: Literal["number", "text", "word", "parameter", "star"]
    text: str
    offset: int
    width: int


@dataclass(frozen=True, slots=True)
class Regex:
    """A regular expression, without its slashes, and the letters behind them."""

    pattern: str
    flags: str
    offset: int
    width: int


@dataclass(frozen=True, slots=True)
class Period:
    """A number with a unit right behind it: `5m`."""

    count: int
    unit: str
    offset: int
    width: int


@dataclass(frozen=True, slots=True)
class Call:
    """A function with its arguments, as `text` writes it."""

    function: str
    arguments: tuple[Term, ...]
    offset: int
    text: str


@dataclass(frozen=True, slots=True)
class Operation:
    """Terms with operators in lower case between them; an operator in front has no first term."""

    terms: tuple[Term, ...]
    operators: tuple[str, ...]
    offset: int
    text: str


@dataclass(frozen=True, slots=True)
class Listing:
    """Several terms in brackets."""

    terms: tuple[Term, ...]
    offset: int


@dataclass(frozen=True, slots=True)
class Subquery:
    """A query whose result is a list of values."""

    offset: int


Term: TypeAlias = "Field | Value | Regex | Period | Call | Operation | Listing | Subquery"


@dataclass(frozen=True, slots=True)
class Named:
    """A term and the name it gets; without one its column is called as it is written, `text`."""

    term: Term
    alias: Field | None
    text: str

    @property
    def column(self) -> str:
        """What the column is called."""
        if self.alias is not None:
            return self.alias.name
        return self.term.name if isinstance(self.term, Field) else " ".join(self.text.split())


@dataclass(frozen=True, slots=True)
class Select:
    """`fields` adds columns, `display` says which are shown."""

    word: str
    items: tuple[Named, ...]
    offset: int


@dataclass(frozen=True, slots=True)
class Filter:
    """`filter`, `where` or `filterIndex`."""

    word: str
    condition: Term
    offset: int


@dataclass(frozen=True, slots=True)
class Stats:
    """`stats … by …`."""

    word: str
    columns: tuple[Named, ...]
    groups: tuple[Named, ...]
    offset: int


@dataclass(frozen=True, slots=True)
class Sort:
    """`sort` or `order`."""

    word: str
    keys: tuple[Term, ...]
    offset: int


@dataclass(frozen=True, slots=True)
class Limit:
    """`limit`, `head` or `tail`; count None = a parameter."""

    word: str
    count: int | None
    offset: int


@dataclass(frozen=True, slots=True)
class Parse:
    """`parse`: source None = @message; pattern is a text with stars or a regular expression."""

    word: str
    source: Term | None
    pattern: Value | Regex
    names: tuple[Field, ...]
    offset: int


@dataclass(frozen=True, slots=True)
class Unnest:
    """`unnest … into …`."""

    word: str
    term: Term
    into: Field
    offset: int


@dataclass(frozen=True, slots=True)
class Choose:
    """`dedup` or `pattern`: a word and the terms it is about."""

    word: str
    terms: tuple[Term, ...]
    offset: int


@dataclass(frozen=True, slots=True)
class Other:
    """A command that is not read in full: SOURCE, join, diff …, or one that nobody knows."""

    word: str
    offset: int


Command: TypeAlias = "Select | Filter | Stats | Sort | Limit | Parse | Unnest | Choose | Other"


def squeeze(text: str) -> str:
    """The text of a term without spaces, in lower case, so that two spellings of it are one."""
    return "".join(text.split()).lower()


def terms_of(command: Command) -> tuple[Term, ...]:  # noqa: PLR0911 - a case for each command
    """The terms a command is about, from left to right."""
    match command:
        case Select():
            return tuple(one.term for one in command.items)
        case Filter():
            return (command.condition,)
        case Stats():
            return tuple(one.term for one in (*command.columns, *command.groups))
        case Sort():
            return command.keys
        case Parse():
            return () if command.source is None else (command.source,)
        case Unnest():
            return (command.term,)
        case Choose():
            return command.terms
        case _:
            return ()


def walk_term(term: Term) -> Iterator[Term]:
    """A term and everything in it, from left to right."""
    yield term
    inner: tuple[Term, ...] = ()
    if isinstance(term, Call):
        inner = term.arguments
    elif isinstance(term, Operation | Listing):
        inner = term.terms
    for one in inner:
        yield from walk_term(one)

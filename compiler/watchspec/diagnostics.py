"""What went wrong, and where: the values every room reports instead of raising."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import takewhile
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")
_LONG_WORD = 200
_LONG = re.compile(r'([^\s"]{60})[^\s"]{140,}')


class Severity(IntEnum):
    """How much a finding matters; higher is worse."""

    NOTE = 0
    WARNING = 1
    ERROR = 2

    @property
    def word(self) -> str:
        """The lower-case word printed in front of a finding."""
        return self.name.lower()


class Location(NamedTuple):
    """A place in a spec: one-based line and column, width in characters (0 = unknown).

    Of a literal block (`|`) also its text as it is written, and by how much it is indented.
    """

    file: str
    line: int = 1
    column: int = 1
    width: int = 0
    block: str = ""
    indent: int = 0


class Related(NamedTuple):
    """Another place that has to do with a finding, and what it has to do with it."""

    location: Location
    message: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: what is wrong here, and what to type instead.

    `message` is one sentence, lower case, without a full stop; `hint` stands behind the caret
    (usually "did you mean …"); `help` is the next step, imperative.
    """

    rule: str
    severity: Severity
    message: str
    location: Location | None = None
    hint: str = ""
    help: str = ""
    related: tuple[Related, ...] = ()

    @property
    def advice(self) -> str:
        """What to do about it, on one line: the hint and the help."""
        return "; ".join(text for text in (self.hint, self.help) if text)

    @property
    def sort_key(self) -> tuple[object, ...]:
        """File, line, column, rule, message, then the rest: the order in which findings are shown."""
        place = self.location or Location("")
        words = (self.rule, self.message, self.hint, self.help)
        return (place.file, place.line, place.column, *words, place, self.severity, self.related)


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of finding; `page` explains it: one sentence, then Why, Bad, Good and Source."""

    id: str
    page: str

    @property
    def sentence(self) -> str:
        """The first line of the page."""
        return self.page.strip().splitlines()[0]

    def find(
        self,
        severity: Severity,
        message: str,
        location: Location | None,
        *,
        hint: str = "",
        help: str = "",  # noqa: A002 - the field's own name
        related: Iterable[Related] = (),
    ) -> Diagnostic:
        """A finding of this kind."""
        message, hint, help = map(_cut_words, (message, hint, help))  # noqa: A001
        return Diagnostic(self.id, severity, message, location, hint, help, tuple(related))


@dataclass(slots=True)
class Findings:
    """The findings a room collects while it works."""

    items: list[Diagnostic] = field(default_factory=list)

    def error(
        self,
        rule: Rule,
        message: str,
        location: Location | None,
        *,
        hint: str = "",
        help: str = "",  # noqa: A002 - the field's own name
        related: Iterable[Related] = (),
    ) -> None:
        """Add an error."""
        error = Severity.ERROR
        self.items.append(
            rule.find(error, message, location, hint=hint, help=help, related=related)
        )

    def warn(
        self,
        rule: Rule,
        message: str,
        location: Location | None,
        *,
        hint: str = "",
        help: str = "",  # noqa: A002
    ) -> None:
        """Add a warning."""
        self.items.append(rule.find(Severity.WARNING, message, location, hint=hint, help=help))

    def note(self, rule: Rule, message: str, location: Location | None, *, help: str = "") -> None:  # noqa: A002
        """Add a note: nothing is wrong, but the author should know."""
        self.items.append(rule.find(Severity.NOTE, message, location, help=help))

    def have_errors(self) -> bool:
        """Whether an error is among the findings."""
        return has_errors(self.items)


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What a room hands on: its product (None if it could not make one) and its findings."""

    value: T | None
    diagnostics: tuple[Diagnostic, ...] = ()


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether an error is among the findings."""
    return any(item.severity is Severity.ERROR for item in diagnostics)


def sort_diagnostics(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The findings in reading order; a finding that two environments share appears once."""
    return tuple(sorted(set(diagnostics), key=lambda item: item.sort_key))


def suggest_name(word: str, known: Iterable[str]) -> str:
    """`did you mean "x"?` for the known name closest to `word`, or an empty string."""
    name = find_name(word, known)
    return f'did you mean "{name}"?' if name else ""


def find_name(word: str, known: Iterable[str]) -> str:
    """The known name closest to `word`, or an empty string if none is close."""
    return next(iter(find_names(word, known)), "")


def find_names(
    word: str, known: Iterable[str], *, most: int = 1, alike: float = 0.6
) -> tuple[str, ...]:
    """The known names most like `word`, the closest first; `alike` is from 0 to 1, the same name."""
    from difflib import SequenceMatcher, get_close_matches  # noqa: PLC0415 - only wanted when something is wrong

    lowered: dict[str, list[str]] = {}
    for name in sorted(set(known)):
        lowered.setdefault(name.lower(), []).append(name)
    close = get_close_matches(word.lower(), list(lowered), n=most, cutoff=alike)
    return tuple(
        max(lowered[one], key=lambda name: SequenceMatcher(None, word, name).ratio())
        for one in close
    )


def near_miss(word: str, known: Iterable[str]) -> str:
    """The known name that a word is but for one slip, or an empty string.

    A slip is one letter more, one less, another one, or two swapped; or letters in another case.
    Names that differ in digits are different names: 4xxErrorRate and 5xxErrorRate.
    """
    slips = [name for name in known if _is_slip(word.lower(), name.lower())]
    return next(iter(find_names(word, slips, alike=0.75)), "") if slips else ""


def _is_slip(word: str, name: str) -> bool:
    if abs(len(word) - len(name)) > 1:
        return False
    start = _count_alike(word, name)
    end = _count_alike(word[start:][::-1], name[start:][::-1])
    left, right = word[start : len(word) - end], name[start : len(name) - end]
    if any(character.isdigit() for character in left + right):
        return False
    return max(len(left), len(right)) <= 1 or (len(left) == len("ab") and left == right[::-1])


def _count_alike(word: str, name: str) -> int:
    """How many letters two words have in common at their beginning."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(word, name, strict=False)))


def say_circle(chain: Sequence[str], name: str) -> str:
    """`a -> b -> a`: the part of a chain of names that its next name closes."""
    return " -> ".join((*chain[chain.index(name) :], name))


def _cut_words(text: str) -> str:
    """A text without words that are longer than anybody reads; there are few of them."""
    return text if len(text) <= _LONG_WORD else _LONG.sub(r"\1…", text)


def shorten(text: str, limit: int = 60) -> str:
    """A text on one line, as a message shows it: what is longer ends in dots."""
    line = text.replace("\n", "\\n").replace("\t", "\\t")
    return line if len(line) <= limit else f"{line[:limit]}…"

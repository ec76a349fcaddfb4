"""Whether a line meets a regular expression of CloudWatch Logs, in time linear in the line.

There are no groups, so an expression is a few sequences of characters that may repeat. All the places
in them that a line can have reached are the bits of one number; each character moves them all at once.
Whoever tries one way after the other would need centuries for `a*a*a*a*b`.

The step over places that may be left out is that of Navarro and Raffinot, "Fast and Simple Character
Classes and Bounded Gaps Pattern Matching" (2003).
Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/regex-expressions.html (read 2026-11-24)
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from functools import lru_cache

from watchspec.diagnostics import shorten
from watchspec.languages import split_regex
from watchspec.simulate.data import UnsupportedError

Spans = tuple[tuple[int, int], ...]
"""Characters by their numbers: from one to another, both included, in rising order."""
_LAST = 0x10FFFF
_BEYOND = 256
"""An expression is ASCII: it tells apart no characters from here on."""
_MOST_PLACES = 5_000
_CLASS_PART = re.compile(r"\\x[0-9A-Fa-f]{2}|\\.|.", re.DOTALL)
_BOUNDS = re.compile(r"\{([0-9]*)(,?)([0-9]*)\}")
_REPEATS: dict[str, tuple[int, int | None]] = {
    "": (1, 1),
    "?": (0, 1),
    "*": (0, None),
    "+": (1, None),
}
_NAMED: dict[str, Spans] = {
    "d": ((48, 57),),
    "s": ((9, 13), (32, 32)),
    "w": ((48, 57), (65, 90), (95, 95), (97, 122)),
    "t": ((9, 9),),
    "n": ((10, 10),),
    "r": ((13, 13),),
}


@lru_cache(maxsize=1_024)
def compile_regex(text: str) -> Regex:
    """An expression that CloudWatch takes, ready for lines; UnsupportedError if it repeats too much."""
    return Regex(text)


class Regex:
    """An expression as bits: bit i of what is reached = all that comes before place i has been read."""

    def __init__(self, text: str) -> None:
        self._size = 0
        self._starts = self._ends = self._repeated = 0
        self._readers: dict[Spans, int] = {}
        self._read: dict[int, int] = {}
        self._optional = self._at_start = self._at_end = 0
        self._begin()
        for atom, repeat in split_regex(text):
            if not atom:
                self._finish()
                self._begin()
            elif atom in {"^", "$"}:
                self._add_anchor(atom, *_read_repeat(repeat))
            else:
                low, high = _read_repeat(repeat)
                if self._size + max(low, high or 0) > _MOST_PLACES:
                    raise UnsupportedError(f'"%{shorten(text)}%" repeats too often to be followed')
                self._add(_read_atom(atom), low, high)
        self._finish()

    def is_in(self, line: str) -> bool:
        """Whether any part of a line matches."""
        is_empty = not line
        reached = _skip(
            self._starts, self._optional | self._at_start | (self._at_end if is_empty else 0)
        )
        for character in line:
            if reached & self._ends:
                return True
            met = reached & self._readers_of(min(ord(character), _BEYOND))
            reached = _skip(met << 1 | met & self._repeated | self._starts, self._optional)
        return bool(_skip(reached, self._optional | self._at_end) & self._ends)

    def _readers_of(self, number: int) -> int:
        """The places that read a character."""
        if number not in self._read:
            readers = (bits for spans, bits in self._readers.items() if _has(spans, number))
            self._read[number] = sum(readers)
        return self._read[number]

    def _begin(self) -> None:
        self._starts |= 1 << self._size

    def _finish(self) -> None:
        self._ends |= 1 << self._size
        self._size += 1

    def _add_anchor(self, anchor: str, low: int, _high: int | None) -> None:
        bit = 1 << self._size
        self._size += 1
        if low == 0:
            self._optional |= bit
        elif anchor == "^":
            self._at_start |= bit
        else:
            self._at_end |= bit

    def _add(self, spans: Spans, low: int, high: int | None) -> None:
        """Places that read one of some characters, from `low` to `high` times."""
        count = max(low, 1 if high is None else high)
        bits = ((1 << count) - 1) << self._size
        self._readers[spans] = self._readers.get(spans, 0) | bits
        if high is None:
            self._repeated |= 1 << (self._size + count - 1)
        self._optional |= bits >> (self._size + low) << (self._size + low)
        self._size += count


def _skip(reached: int, optional: int) -> int:
    """What is reached when any of the optional places are left out."""
    firsts = optional & ~(optional << 1)
    runs = optional | optional << 1
    stops = reached | runs & ~optional
    return reached | runs & ~((stops - firsts) ^ stops)


def _has(spans: Spans, number: int) -> bool:
    return any(first <= number <= last for first, last in spans)


def _read_repeat(repeat: str) -> tuple[int, int | None]:
    if repeat in _REPEATS:
        return _REPEATS[repeat]
    bounds = _BOUNDS.fullmatch(repeat)
    assert bounds is not None, repeat
    low, comma, high = bounds.groups()
    least = _read_count(low or "0")
    if low and not comma:
        return least, least
    return least, _read_count(high) if high else None


def _read_count(digits: str) -> int:
    return int(digits) if len(digits) < len(str(sys.maxsize)) else sys.maxsize


def _read_atom(atom: str) -> Spans:
    if atom == ".":
        return ((0, _LAST),)
    if not atom.startswith("["):
        return _read_part(atom)
    is_inverse = atom.startswith("[^")
    spans = tuple(_read_class(_CLASS_PART.findall(atom[1 + is_inverse : -1])))
    return _invert(spans) if is_inverse else spans


def _read_class(parts: list[str]) -> Iterator[tuple[int, int]]:
    while parts:
        spans = _read_part(parts.pop(0))
        if len(parts) > 1 and parts[0] == "-":
            last = _read_part(parts[1])
            parts[:2] = []
            yield spans[0][0], last[-1][1]
        else:
            yield from spans


def _read_part(part: str) -> Spans:
    """The characters that one stands for."""
    if part.startswith("\\x"):
        (number,) = bytes.fromhex(part[2:])
        return ((number, number),)
    letter = part[-1]
    if len(part) > 1 and letter.lower() in _NAMED:
        spans = _NAMED[letter.lower()]
        return spans if letter.islower() else _invert(spans)
    return ((ord(letter), ord(letter)),)


def _invert(spans: Spans) -> Spans:
    """All other characters."""
    others, first = [], 0
    for start, end in sorted(spans):
        others.append((first, start - 1))
        first = max(first, end + 1)
    others.append((first, _LAST))
    return tuple(pair for pair in others if pair[0] <= pair[1])

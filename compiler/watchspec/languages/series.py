"""The values of a series as an author writes them: text in, stretches out.

Stretches stand one after the other, with blanks between them. Each is a shape, then x and how many
values it has: `50x5 85x20`, `_x10`, `0+10x5`, `20..80x10`, `wave(20, 80)x1440`, `noise(50, 5)x60`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from watchspec.diagnostics import shorten, suggest_name
from watchspec.languages.parsing import Problem
from watchspec.model.series import Part, ShapeWord, WrittenStretch

MAX_VALUES = 100_000
"""More than two months of minutes; what is longer belongs in a file."""
_WORD = re.compile(r"(?:\([^()]*\)|\(.*|[^\s(])+", re.DOTALL)
"""Brackets may hold blanks; one that is not closed holds all that follows."""
_COUNTED = re.compile(r"(.*)x([^x()]*)", re.DOTALL)
_COUNT = re.compile(r"[0-9]{1,18}|[0-9]+(?:\.[0-9]+)?[A-Za-z]+")
_NUMBER = r"\$?[0-9]+(?:\.[0-9]+)?(?:[A-Za-z%]+(?:/s)?|/s)?"
_VALUE = rf"\$?[-+]?{_NUMBER}"
_SHAPES: tuple[tuple[ShapeWord, re.Pattern[str]], ...] = (
    ("gap", re.compile("_()")),
    ("value", re.compile(f"({_VALUE})")),
    ("steps", re.compile(f"({_VALUE})([-+]{_NUMBER})")),
    ("ramp", re.compile(rf"({_VALUE})\.\.({_VALUE})")),
)
_FUNCTION = re.compile(r"([A-Za-z_]+)\(([^()]*)(\)?)", re.DOTALL)
_ARGUMENT = re.compile(r"[^\s,]+")
_FORMS = {
    "wave": "wave(20, 80): lowest and highest value; or with a period, wave(20, 80, 12h)",
    "noise": "noise(50, 5): mean and standard deviation; or with a seed, noise(50, 5, 7)",
}
_MAX_CHARACTERS = 100
_EXPONENT = re.compile(r"[0-9][eE][-+]?[0-9]")
_NOTHING = frozenset({"nan", "null", "none", "na", "n/a", "missing", "stale", "-", "~"})
_ADVICE = (
    "write a value such as 50 or 3GB, _ for none, steps as 0+10, a ramp as 20..80, wave(20, 80) or "
    "noise(50, 5); then x and how many: 50x5"
)


def parse_series(text: str) -> tuple[WrittenStretch | Problem, ...]:
    """Each stretch of a text, or what is wrong with it."""
    words = list(_WORD.finditer(text))
    if not words:
        return (Problem("the series has no values", 0, max(len(text), 1), _ADVICE),)
    if len(words) > MAX_VALUES:
        message = f"the series has more than {MAX_VALUES:,} values"
        return (Problem(message, 0, len(text), "give it as a file"),)
    before = ["", *(word.group() for word in words)]
    return tuple(_read(word, last) for word, last in zip(words, before, strict=False))


def _read(match: re.Match[str], before: str) -> WrittenStretch | Problem:
    word, offset = match.group(), match.start()
    counted = _COUNTED.fullmatch(word)
    if counted is None:
        return _read_shape(word, None, word, offset)
    body, count = counted.groups()
    if not _COUNT.fullmatch(count) or not body:
        return _explain_count(word, body, count, offset, before)
    if count.isdigit() and int(count) == 0:
        message = f'"{shorten(word)}" has no values'
        return Problem(message, offset, len(word), "leave it out, or write how many")
    return _read_shape(body, Part(count, offset + len(body) + 1), word, offset)


def _read_shape(body: str, count: Part | None, word: str, offset: int) -> WrittenStretch | Problem:
    for shape, pattern in _SHAPES:
        match = pattern.fullmatch(body)
        if match is not None and not _EXPONENT.search(body):
            parts = (Part(text, offset + match.start(n)) for n, text in _groups(match))
            return WrittenStretch(shape, tuple(parts), count, word, offset)
    function = _FUNCTION.fullmatch(body)
    if function is not None:
        return _read_function(function, count, word, offset)
    return _explain(body, offset)


def _groups(match: re.Match[str]) -> list[tuple[int, str]]:
    return [(number, text) for number, text in enumerate(match.groups(), 1) if text]


def _read_function(
    match: re.Match[str], count: Part | None, word: str, offset: int
) -> WrittenStretch | Problem:
    name, inside, closing = match.groups()
    shown, width = shorten(word), len(word)
    if name not in _FORMS:
        advice = suggest_name(name, _FORMS) or _ADVICE
        return Problem(f'there is no shape "{shorten(name)}"', offset, len(name), advice)
    if not closing:
        advice = "inside braces, put a text with commas in quotes"
        return Problem(f'"{shown}" lacks its closing bracket', offset, width, advice)
    start = offset + match.start(2)
    arguments = tuple(Part(one.group(), start + one.start()) for one in _ARGUMENT.finditer(inside))
    if len(arguments) not in {2, 3}:
        message = f'"{shown}" does not hold two or three numbers'
        return Problem(message, offset, width, f"write {_FORMS[name]}")
    for one in arguments[:2]:
        if not re.fullmatch(_VALUE, one.text) or _EXPONENT.search(one.text):
            return _explain(one.text, one.offset)
    seed = arguments[2:]
    if name == "noise" and seed and not re.fullmatch("[0-9]{1,9}", seed[0].text):
        advice = "write a whole number; another one gives other values"
        text = seed[0].text
        return Problem(f'"{shorten(text)}" is not a seed', seed[0].offset, len(text), advice)
    shape: ShapeWord = "noise" if name == "noise" else "wave"
    return WrittenStretch(shape, arguments, count, word, offset)


def _explain_count(word: str, body: str, count: str, offset: int, before: str) -> Problem:
    """Why what stands around the last x is no shape and no number of values."""
    shown, width = shorten(word), len(word)
    if not body and _COUNT.fullmatch(count):
        is_apart = before and "x" not in before
        advice = f"write {shorten(before)}x{count} without a blank" if is_apart else "write 50x5"
        return Problem(f'"{shown}" has no value in front of the x', offset, width, advice)
    if not any(pattern.fullmatch(body) for _, pattern in _SHAPES) and not _FUNCTION.fullmatch(body):
        return _explain(word, offset)
    if not count:
        message = f'"{shown}" does not say how many'
        return Problem(message, offset, width, "write the number after the x without a blank: 50x5")
    message = f'"{shorten(count)}" is not a number of values'
    advice = "write a whole number such as 50x5, or a duration such as 50x5m"
    return Problem(message, offset + len(body) + 1, len(count), advice)


_REPAIRS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"([^\s*X×]+)[*X×]([0-9]+)"), lambda m: f"write {m[1]}x{m[2]}"),
    (re.compile(r"([0-9.]+),"), lambda m: f"write {m[1]} without the comma"),
    (re.compile(r"([0-9.]+),([0-9.]+)"), lambda m: f"write {m[1]} {m[2]}, or {m[1]}{m[2]}"),
    (re.compile(r"([-+]?)(\.[0-9]+.*)"), lambda m: f"write {m[1]}0{m[2]}"),
    (re.compile(r"[-+]?[0-9]+(?:,[0-9]{3})+.*"), lambda _: "write it without commas"),
    (re.compile(r"([^\s.]+)(?:\.{3,}|…|->|to)([^\s.]+)"), lambda m: f"write {m[1]}..{m[2]}"),
    (re.compile(rf".*{_EXPONENT.pattern}.*"), lambda _: "write it in full, such as 1500 or 0.002"),
)
"""What people also write, and what they mean."""


def _explain(body: str, offset: int) -> Problem:
    """Why something is no shape."""
    advice = "write _ for no value" if body.lower() in _NOTHING else ""
    for pattern, repair in _REPAIRS if len(body) <= _MAX_CHARACTERS else ():
        match = pattern.fullmatch(body)
        if match is not None:
            advice = advice or repair(match)
    return Problem(f'"{shorten(body)}" is not a value', offset, len(body), advice or _ADVICE)

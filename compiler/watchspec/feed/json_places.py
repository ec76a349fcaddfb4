"""Where in a JSON text something stands; asked only when there is something to say about it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from watchspec.diagnostics import Location

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*(?:"|\Z)|[{}\[\],:]|[^\s{}\[\],:"]+', re.DOTALL)


@dataclass(slots=True)
class _Frame:
    """A list or an object that is open: where in it we are."""

    step: str | int
    is_object: bool
    awaits_key: bool


def find_place(file: str, text: str, path: tuple[str | int, ...]) -> Location:
    """The place of what a path leads to.

    The path begins with the number of the document; then come keys of objects and places in lists.
    """
    stack = [_Frame(0, is_object=False, awaits_key=False)]
    for token in _TOKEN.finditer(text):
        word, frame = token.group(), stack[-1]
        if word in {"}", "]"}:
            del stack[max(len(stack) - 1, 1) :]
            _finish_document(stack)
        elif word == ",":
            frame.awaits_key = frame.is_object
            frame.step = frame.step + 1 if isinstance(frame.step, int) else frame.step
        elif frame.awaits_key:
            frame.step, frame.awaits_key = word[1:-1], False
        elif word != ":":
            if len(stack) == len(path) and tuple(one.step for one in stack) == path:
                line = text.count("\n", 0, token.start()) + 1
                column = token.start() - text.rfind("\n", 0, token.start())
                return Location(file, line, column, len(word))
            if word in {"{", "["}:
                is_object = word == "{"
                stack.append(_Frame("" if is_object else 0, is_object, is_object))
            else:
                _finish_document(stack)
    return Location(file)


def _finish_document(stack: list[_Frame]) -> None:
    if len(stack) == 1:
        stack[0].step = int(stack[0].step) + 1


def find_text(file: str, text: str, value: object) -> Location:
    """The place where a value stands first; it has been seen, so it does."""
    written = json.dumps(value, ensure_ascii=False)
    at = text.find(written)
    if at < 0:
        return Location(file)
    column = at - text.rfind("\n", 0, at)
    return Location(file, text.count("\n", 0, at) + 1, column, len(written))

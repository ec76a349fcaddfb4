"""Findings for people: the line, a caret under what is wrong, and what to type instead."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

from watchspec.catalog.secrets import mask_secrets
from watchspec.diagnostics import Diagnostic, Location, Severity
from watchspec.model.ignores import Suppressed
from watchspec.report.printable import display_width, make_printable, show_place

_COLORS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.NOTE: "36"}
_BLUE, _BOLD, _PLAIN = "34", "1", "0"
_MAX_LINE_CHARACTERS = 140
_BEFORE_CARET = 60


def write_text(
    active: Sequence[Diagnostic],
    suppressed: Sequence[Suppressed],
    *,
    color: bool,
    pictures: Mapping[Diagnostic, Sequence[str]],
) -> str:
    """Every finding as a block of lines, and a summary that counts the ignored ones too."""
    painter = _Painter(color=color)
    blocks = []
    for one in active:
        blocks.append("\n".join(painter.block(one)))
        if one in pictures:
            blocks.append("\n".join(pictures[one]))
    _read_lines.cache_clear()
    summary = _summarize(active, suppressed)
    return "\n\n".join([*blocks, summary]) + "\n" if summary else ""


def _summarize(active: Sequence[Diagnostic], suppressed: Sequence[Suppressed]) -> str:
    """`1 error, 2 warnings; 3 ignored, 4 in the baseline`, without what there is none of."""
    counts = Counter(diagnostic.severity for diagnostic in active)
    found = [
        f"{count} {severity.word}{'' if count == 1 else 's'}"
        for severity, count in sorted(counts.items(), reverse=True)
    ]
    known = sum(one.by == "baseline" for one in suppressed)
    hidden = [(len(suppressed) - known, "ignored"), (known, "in the baseline")]
    parts = [", ".join(found), ", ".join(f"{count} {word}" for count, word in hidden if count)]
    return "; ".join(part for part in parts if part)


class _Painter:
    def __init__(self, *, color: bool) -> None:
        self.color = color

    def paint(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[{_PLAIN}m" if self.color else text

    def block(self, diagnostic: Diagnostic) -> list[str]:
        color = _COLORS[diagnostic.severity]
        head = self.paint(f"{diagnostic.severity.word}[{diagnostic.rule}]", f"{_BOLD};{color}")
        lines = [f"{head}: {self.paint(make_printable(diagnostic.message), _BOLD)}"]
        place = diagnostic.location
        gutter = " " * len(str(place.line)) if place is not None else ""
        bar = self.paint("|", _BLUE)
        if place is not None:
            lines.append(f"{gutter}{self.paint('-->', _BLUE)} {show_place(place)}")
            lines.extend(self.snippet(place, diagnostic.hint, color, gutter))
        elif diagnostic.hint:
            lines.append(f"  {make_printable(diagnostic.hint)}")
        notes = [
            f"{make_printable(related.message)}: {show_place(related.location)}"
            for related in diagnostic.related
        ]
        if diagnostic.help:
            notes.append(f"help: {make_printable(diagnostic.help)}")
        if notes and place is not None:
            lines.append(f"{gutter} {bar}")
        lines.extend(f"{gutter} {self.paint('=', _BLUE)} {note}" for note in notes)
        return lines

    def snippet(self, place: Location, hint: str, color: str, gutter: str) -> list[str]:
        source = _read_lines(place.file)
        bar = self.paint("|", _BLUE)
        if source is None or not 0 < place.line <= len(source):
            return [f"{gutter} {self.paint('=', _BLUE)} {make_printable(hint)}"] if hint else []
        line = source[place.line - 1]
        start = min(place.column - 1, len(line))
        end = min(start + max(place.width, 1), max(len(line), start + 1))
        left = max(0, start - _BEFORE_CARET) if len(line) > _MAX_LINE_CHARACTERS else 0
        right = left + _MAX_LINE_CHARACTERS
        shown, before = line[left:right], line[left:start]
        marked = line[start : min(end, right)] or " "
        dots = ("…" if left else "", "…" if len(line) > right else "")
        text = f"{dots[0]}{make_printable(shown)}{dots[1]}"
        indent = " " * (display_width(make_printable(before)) + len(dots[0]))
        caret = "^" * max(1, display_width(make_printable(marked)))
        tail = f" {make_printable(hint)}" if hint else ""
        number = self.paint(str(place.line), _BLUE)
        return [
            f"{gutter} {bar}",
            f"{number} {bar} {text}",
            f"{gutter} {bar} {indent}{self.paint(caret + tail, color)}",
        ]


@cache
def _read_lines(file: str) -> tuple[str, ...] | None:
    """The lines of a spec as the loader counts them, with stars for secrets; None if it cannot be read."""
    try:
        if not os.path.isfile(file):
            return None  # a pipe would be waited for
        with open(file, "rb") as stream:
            data = stream.read(1024 * 1024)
    except (OSError, ValueError):
        return None
    text = data.decode("utf-8-sig", errors="replace").replace("\r\n", "\n").replace("\r", "\n")
    return tuple(mask_secrets(text).split("\n"))

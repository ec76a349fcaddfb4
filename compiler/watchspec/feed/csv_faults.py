"""Where a CSV file is wrong: read again row by row, since nothing but the place is missing."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from watchspec.diagnostics import Findings, Location, Rule, shorten
from watchspec.feed import rules
from watchspec.feed.csv_layout import Layout
from watchspec.feed.source import Source
from watchspec.feed.times import FORMS, NO_TIME, read_times
from watchspec.simulate.data import LARGEST

_NUMBER = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?", re.ASCII)
_INFINITE = re.compile(r"[-+]?inf(?:inity)?", re.IGNORECASE)
_NOTHING = frozenset(("", "NaN", "nan"))
_MOST_COUNTED = 1_000
"""Of one kind of fault; nobody wants to know more, and counting a million takes its time."""
_ROWS_AT_ONCE = 20_000


@dataclass(slots=True)
class _Tally:
    """One kind of fault: what the first says, how many there are, and the lines of the first three."""

    rule: Rule
    message: str
    place: Location
    advice: str
    count: int = 1
    lines: list[int] = field(default_factory=list)


class _Faults:
    def __init__(self, path: str) -> None:
        self.path = path
        self.tallies: dict[str, _Tally] = {}

    def add(self, rule: Rule, message: str, place: Location, advice: str = "") -> None:
        tally = self.tallies.get(rule.id)
        if tally is None:
            self.tallies[rule.id] = _Tally(rule, message, place, advice)
        else:
            tally.count += 1
            if len(tally.lines) < len(("second", "third")):
                tally.lines.append(place.line)

    def are_plenty(self) -> bool:
        return any(one.count >= _MOST_COUNTED for one in self.tallies.values())

    def report(self, found: Findings) -> None:
        for one in self.tallies.values():
            message = one.message
            if one.count > 1:
                least = "at least " if one.count >= _MOST_COUNTED else ""
                lines = ", ".join(map(str, one.lines))
                dots = ", …" if one.count > len(one.lines) + 1 else ""
                message += f", and {least}{one.count - 1:,} more like it (line{'s' if one.lines[1:] else ''} {lines}{dots})"
            found.error(one.rule, message, one.place, help=one.advice)


def find_faults(source: Source, layout: Layout, found: Findings) -> None:
    """A finding for each kind of fault; there is at least one."""
    faults = _Faults(source.path)
    times: list[tuple[int, str, Location]] = []
    try:
        for line, text, row in _rows(source):
            if not any(row):
                continue
            if len(row) != len(layout.header):
                cells = f"{len(row)} field{'' if len(row) == 1 else 's'}"
                message = f"the row has {cells}, the header {len(layout.header)}"
                faults.add(rules.BAD_ROW, message, Location(source.path, line, 1, len(text)))
            else:
                _check_values(source.path, layout, line, text, row, faults)
                times.append((line, row[layout.time], _place(source.path, line, text, layout.time)))
            if len(times) >= _ROWS_AT_ONCE:
                _check_times(times, faults)
                times = []
            if faults.are_plenty():
                break
    except csv.Error as error:
        message = f"the row is not CSV: {error}"
        faults.add(rules.BAD_ROW, message, Location(source.path, faults_line(error)))
    except UnicodeError:
        faults.add(rules.NOT_TEXT, "the file is not encoded in UTF-8", Location(source.path))
    _check_times(times, faults)
    if not faults.tallies:
        faults.add(rules.BAD_ROW, "the file is not CSV that can be read", Location(source.path))
    faults.report(found)


def faults_line(error: csv.Error) -> int:
    """The line that the reader was at, if it said so."""
    return int(getattr(error, "line", 1))


def _rows(source: Source) -> Iterator[tuple[int, str, list[str]]]:
    """Line number, text and fields of each row below the header."""
    with io.TextIOWrapper(source.stream(), encoding="utf-8", newline=None) as stream:
        last = ""

        def remember() -> Iterator[str]:
            nonlocal last
            for last in stream:  # noqa: UP028 - the loop keeps what it yields
                yield last

        reader = csv.reader(remember(), strict=True)
        next(reader, None)
        try:
            for row in reader:
                yield reader.line_num, last.rstrip("\n"), row
        except csv.Error as error:
            error.line = reader.line_num  # type: ignore[attr-defined]  # for whoever reports it
            raise


def _check_values(
    path: str, layout: Layout, line: int, text: str, row: list[str], faults: _Faults
) -> None:
    for index in layout.values:
        cell = row[index]
        if cell in _NOTHING:
            continue
        trimmed = cell.strip()
        if _INFINITE.fullmatch(trimmed):
            message = f'"{shorten(cell)}" is no value of a metric'
        elif not _NUMBER.fullmatch(trimmed):
            message = f'"{shorten(cell)}" is not a number'
        elif abs(float(trimmed)) > LARGEST:
            message = f'"{shorten(cell)}" is beyond 2^360, the largest value of a metric'
        else:
            continue
        advice = "an empty field is no data point"
        faults.add(rules.BAD_NUMBER, message, _place(path, line, text, index), advice)


def _check_times(times: list[tuple[int, str, Location]], faults: _Faults) -> None:
    import pandas as pd  # noqa: PLC0415 - only who reads data loads it

    texts = [text for _, text, _ in times]
    read = read_times(pd.Series(texts, dtype="str"))
    for (_, text, place), seconds in zip(times, read, strict=True):
        if seconds == NO_TIME:
            message = f'"{shorten(text)}" is not a time between 2000 and 2100'
            faults.add(rules.BAD_TIME, message, place, FORMS)


_FIELD = re.compile(r'\s*("(?:[^"]|"")*"|[^,]*)')


def _place(path: str, line: int, text: str, index: int) -> Location:
    """Where the field of a row stands, as far as its last line shows."""
    at = 0
    for _ in range(index):
        match = _FIELD.match(text, at)
        assert match is not None
        at = match.end() + 1
    match = _FIELD.match(text, min(at, len(text)))
    assert match is not None
    return Location(path, line, match.start(1) + 1, len(match[1]))

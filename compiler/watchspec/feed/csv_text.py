"""CSV in, columns out: a metric a column, or a value a row.

pandas reads what is right; only a file it stumbles over is read again, row by row, to say where.
"""

from __future__ import annotations

import csv
import io
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from watchspec.diagnostics import Findings, Location
from watchspec.feed import rules
from watchspec.feed.csv_faults import find_faults
from watchspec.feed.csv_layout import Layout, read_layout
from watchspec.feed.series import Conflicts, tidy
from watchspec.feed.source import Source
from watchspec.feed.times import NO_TIME, read_times
from watchspec.simulate.data import LARGEST, Floats, Times
from watchspec.simulate.recordings import Column

if TYPE_CHECKING:
    import pandas as pd

_CELLS_AT_ONCE = 8_000_000
_ROWS_AT_ONCE = 250_000
_MOST_CELLS = 200_000_000
_FIRST_LINE = 2
_LONGEST_LINE_BYTES = 16 << 20


def read_csv(source: Source, found: Findings) -> list[Column] | None:
    """The columns of a CSV file; None with a finding."""
    shape = _measure(source, found)
    layout = None if shape is None else read_layout(source, found)
    if shape is None or layout is None:
        return None
    if shape.rows * len(layout.header) > _MOST_CELLS:
        message = f"the file has more than {_MOST_CELLS:,} cells"
        found.error(rules.TOO_LARGE, message, Location(source.path), help="give fewer days at once")
        return None
    is_even = shape.commas == shape.lines_with_text * (len(layout.header) - 1)
    table = _read_table(source, layout, shape.rows) if is_even or shape.has_quotes else None
    if table is None or (shape.has_quotes and not _is_even(source, layout)):
        find_faults(source, layout, found)
        return None
    return list(_make_columns(source, layout, table, found))


@dataclass(frozen=True, slots=True)
class _Shape:
    """What a file is made of, as far as counting bytes tells."""

    rows: int
    lines_with_text: int
    commas: int
    has_quotes: bool


def _measure(source: Source, found: Findings) -> _Shape | None:
    lines = blank = commas = since = quotes = 0
    before = b"\n"
    for raw in source.blocks():
        block = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        lines += block.count(b"\n")
        blank += (before + block).count(b"\n\n")
        commas += block.count(b",")
        quotes += block.count(b'"')
        end = block.rfind(b"\n")
        since = since + len(block) if end < 0 else len(block) - end - 1
        if since > _LONGEST_LINE_BYTES:
            message = "a line is longer than 16 MiB"
            found.error(rules.TOO_LARGE, message, Location(source.path, lines + 1))
            return None
        before = block[-1:]
    lines += before != b"\n"
    return _Shape(lines - 1, lines - blank, commas, has_quotes=quotes > 0)


@dataclass(frozen=True, slots=True)
class _Table:
    """The rows below the header.

    When, their lines, and a row of numbers for each column; `keys` says of a long file's row which of
    `labels` are its own.
    """

    times: Times
    lines: Times
    values: Floats
    keys: Times
    labels: Sequence[tuple[str, ...]]


class _Builder:
    """A table in the making, with room for so many rows."""

    def __init__(self, layout: Layout, rows: int) -> None:
        self.layout = layout
        self.times = np.empty(rows, dtype=np.int64)
        self.lines = np.empty(rows, dtype=np.int64)
        self.keys = np.empty(rows if layout.labels else 0, dtype=np.int64)
        self.values = np.empty((len(layout.values), rows))
        self.known: dict[tuple[str, ...], int] = {}
        self.size = 0

    def add(self, read: pd.DataFrame) -> bool:
        """Take rows; False if a time or a value among them is none."""
        layout = self.layout
        is_blank = read[layout.time].isna()
        if is_blank.any():
            if not read[is_blank].isna().to_numpy().all():
                return False
            read = read[~is_blank]
        here = slice(self.size, self.size + len(read))
        self.size = here.stop
        self.times[here] = read_times(read[layout.time])
        self.lines[here] = read.index.to_numpy(dtype=np.int64) + _FIRST_LINE
        if layout.labels:
            self.keys[here] = _number(read[list(layout.labels)], self.known)
        for row, field in zip(self.values, layout.values, strict=True):
            values = read[field].to_numpy(dtype=np.float64)
            row[here] = values
            if np.any(np.abs(values) > LARGEST):
                return False
        return not np.any(self.times[here] == NO_TIME)

    def finish(self) -> _Table:
        size = self.size
        return _Table(
            self.times[:size],
            self.lines[:size],
            self.values[:, :size],
            self.keys[:size],
            tuple(self.known),
        )


def _read_table(source: Source, layout: Layout, rows: int) -> _Table | None:
    """The numbers of the file, or None if something in it is not what it should be."""
    import pandas as pd  # noqa: PLC0415 - only who reads data loads it

    kinds = dict.fromkeys(layout.labels, "category") | dict.fromkeys(layout.values, "float64")
    width = len(layout.header)
    builder = _Builder(layout, rows)
    try:
        with warnings.catch_warnings(), source.stream() as stream:
            warnings.simplefilter("error", pd.errors.ParserWarning)
            for read in pd.read_csv(
                stream,
                header=None,
                skiprows=1,
                names=range(width),
                index_col=False,
                dtype={layout.time: "str", **kinds},
                keep_default_na=False,
                na_values=["", "NaN", "nan"],
                skip_blank_lines=False,
                low_memory=False,
                encoding="utf-8",
                chunksize=max(min(_CELLS_AT_ONCE // width, _ROWS_AT_ONCE), 1),
            ):
                if not builder.add(read):
                    return None
    except (ValueError, UnicodeError, pd.errors.ParserError, pd.errors.ParserWarning):
        return None
    return builder.finish()


def _number(labels: pd.DataFrame, known: dict[tuple[str, ...], int]) -> Times:
    """For each row the number of its labels, the same for the same labels."""
    codes = np.zeros(len(labels), dtype=np.int64)
    texts = []
    for name in labels.columns:
        column = labels[name].cat
        words = ["", *map(str, column.categories)]
        codes = codes * len(words) + column.codes.to_numpy(dtype=np.int64) + 1
        texts.append(words)
    present, firsts, places = np.unique(codes, return_index=True, return_inverse=True)
    numbers = np.empty(len(present), dtype=np.int64)
    for index in np.argsort(firsts):
        rest, label = int(present[index]), []
        for words in reversed(texts):
            rest, place = divmod(rest, len(words))
            label.append(words[place])
        numbers[index] = known.setdefault(tuple(reversed(label)), len(known))
    return numbers[places]


def _is_even(source: Source, layout: Layout) -> bool:
    """Whether all rows of a file with quotes have as many fields as the header."""
    with io.TextIOWrapper(source.stream(), encoding="utf-8", newline="") as text:
        try:
            return all(len(row) in {0, len(layout.header)} for row in csv.reader(text))
        except (csv.Error, UnicodeError):
            return False


def _make_columns(
    source: Source, layout: Layout, table: _Table, found: Findings
) -> Iterator[Column]:
    conflicts = Conflicts()
    for place, words, rows, values in _split_table(source.path, layout, table):
        name, statistic, unit = words
        tidied = tidy(table.times[rows], values, statistic)
        if tidied.conflicts:
            line = int(table.lines[rows][tidied.row])
            conflicts.note(name, tidied, Location(source.path, line))
        yield Column((name,), statistic, unit, tidied.samples, place)
    conflicts.report(found)


def _split_table(
    path: str, layout: Layout, table: _Table
) -> Iterator[tuple[Location, tuple[str, str, str], slice | Times, Floats]]:
    """Of each series its place, what is said of it, its rows and its values."""
    if not layout.labels:
        for field, words, values in zip(layout.values, layout.names, table.values, strict=True):
            yield layout.place_of(path, field), (*words, ""), slice(None), values
        return
    order = np.argsort(table.keys, kind="stable")
    ends = np.cumsum(np.bincount(table.keys, minlength=len(table.labels)))
    for label, rows in zip(table.labels, np.split(order, ends[:-1]), strict=True):
        place = Location(path, int(table.lines[rows[0]]))
        yield place, layout.read_label(label), rows, table.values[0][rows]

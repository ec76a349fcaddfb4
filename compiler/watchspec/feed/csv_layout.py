"""The header of a CSV file: which column holds the times, and what the others hold."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from watchspec.diagnostics import Findings, Location, shorten
from watchspec.feed import rules
from watchspec.feed.names import split_statistic, write_id
from watchspec.feed.source import Source

_TIMES = ("time", "timestamp", "datetime", "date")
_METRICS = ("metric", "metricname", "metric_name", "metric name")
_VALUES = ("value",)
_WORDS = {
    "statistic": "statistic",
    "stat": "statistic",
    "unit": "unit",
    "namespace": "namespace",
    "region": "region",
    "account": "account",
    "dimensions": "dimensions",
}
_MOST_COLUMNS = 20_000
_DELIMITERS = {"\t": "tabs", ";": "semicolons"}


@dataclass(frozen=True, slots=True)
class Layout:
    """Where in a row things stand.

    In a wide file `names` are name and statistic of each of `values`; in a long one, `labels` are the
    fields that together say which series the one value belongs to.
    """

    header: tuple[str, ...]
    columns: tuple[int, ...]
    time: int
    values: tuple[int, ...]
    names: tuple[tuple[str, str], ...] = ()
    labels: tuple[int, ...] = ()

    def place_of(self, path: str, field: int) -> Location:
        """Where a column is named."""
        return Location(path, 1, self.columns[field], len(self.header[field]))

    def read_label(self, label: Sequence[str]) -> tuple[str, str, str]:
        """Name, statistic and unit of the series whose labels these are."""
        words: dict[str, str] = {}
        dimensions: dict[str, str] = {}
        for field, text in zip(self.labels, label, strict=True):
            name = self.header[field].strip()
            kind = "metric" if name.lower() in _METRICS else _WORDS.get(name.lower())
            if kind is not None:
                words[kind] = text.strip()
            elif text.strip():
                dimensions[name] = text.strip()
        return _name_series(words, dimensions)


def _name_series(words: Mapping[str, str], dimensions: Mapping[str, str]) -> tuple[str, str, str]:
    metric, statistic = words["metric"], words.get("statistic", "")
    if not statistic:
        metric, statistic = split_statistic(metric)
    if words.get("namespace"):
        metric = f"{words['namespace']} {metric}"
    given = words.get("dimensions", "").strip().strip("{}")
    where = words.get("region", ""), words.get("account", "")
    return write_id(metric, dimensions, given, where), statistic, words.get("unit", "")


def read_layout(source: Source, found: Findings) -> Layout | None:
    """What the first line says; None with a finding."""
    place = Location(source.path)
    line = source.head.partition(b"\n")[0]
    if line == source.head and source.head.count(b"\r") == 0:
        with source.stream() as stream:
            line = stream.readline()
    try:
        text = line.decode("utf-8").rstrip("\r\n").partition("\r")[0]
        header = next(csv.reader([text], strict=True), [])
    except UnicodeError:
        found.error(rules.NOT_TEXT, "the file is not encoded in UTF-8 or UTF-16", place)
        return None
    except csv.Error:
        found.error(rules.BAD_HEADER, "the header is not CSV", place)
        return None
    fields = tuple(field.strip() for field in header)
    places = _find_columns(text, header)
    problem = _find_problem(text, fields)
    if problem:
        found.error(
            rules.BAD_HEADER, problem, place, help="the first line names a time and metrics"
        )
        return None
    lowered = [field.lower() for field in fields]
    time = next((index for index, word in enumerate(lowered) if word in _TIMES), 0)
    value = next((index for index, word in enumerate(lowered) if word in _VALUES), None)
    others = tuple(index for index in range(len(fields)) if index not in {time, value})
    if value is not None and any(word in _METRICS for word in lowered):
        return Layout(fields, places, time, (value,), labels=others)
    values = tuple(index for index in range(len(fields)) if index != time)
    names = tuple(split_statistic(fields[index]) for index in values)
    return Layout(fields, places, time, values, names)


def _find_problem(text: str, fields: Sequence[str]) -> str:
    if len(fields) < len(("time", "metric")):
        other = next((word for mark, word in _DELIMITERS.items() if mark in text), "")
        instead = f"; its fields are separated by {other}, not by commas" if other else ""
        return f"the header names one column{instead}"
    if len(fields) > _MOST_COLUMNS:
        return f"the header names {len(fields):,} columns; {_MOST_COLUMNS:,} are the most"
    if "" in fields[1:]:
        return f"column {fields.index('', 1) + 1} has no name"
    name, count = Counter(fields).most_common(1)[0]
    return f'"{shorten(name)}" names {count} columns' if count > 1 else ""


def _find_columns(text: str, header: Sequence[str]) -> tuple[int, ...]:
    """Where in its line each field begins, counted from 1."""
    places, at = [], 0
    for field in header:
        start = max(text.find(field, at), 0)
        places.append(start + 1)
        at = start + len(field)
    return tuple(places)

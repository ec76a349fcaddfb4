"""JSON of the AWS CLI in, columns out: get-metric-data and get-metric-statistics, one page or many."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np

from watchspec.diagnostics import Findings, Location, Rule, shorten
from watchspec.feed import rules
from watchspec.feed.json_places import find_place, find_text
from watchspec.feed.names import split_statistic
from watchspec.feed.series import Conflicts, tidy
from watchspec.feed.source import Source
from watchspec.feed.times import FORMS, NO_TIME, read_times
from watchspec.simulate.data import LARGEST, Floats, Times
from watchspec.simulate.recordings import Column

_MOST_BYTES = 256 << 20
_STATISTICS = ("Average", "Sum", "Minimum", "Maximum", "SampleCount")
_HELP = "give it what  aws cloudwatch get-metric-data  or  get-metric-statistics  prints"

Path: TypeAlias = tuple[str | int, ...]
Key: TypeAlias = tuple[tuple[str, ...], str, str]


@dataclass(frozen=True, slots=True)
class _Points:
    """Times and values, and of each kind those that are none."""

    times: Times
    values: Floats
    bad_times: tuple[object, ...] = ()
    bad_values: tuple[object, ...] = ()


@dataclass(slots=True)
class _Series:
    """What one series is made of: pages, or single data points."""

    pages: list[_Points] = field(default_factory=list)
    times: list[object] = field(default_factory=list)
    values: list[object] = field(default_factory=list)

    def join(self) -> _Points:
        pages = [*self.pages, _read_points(self.times, self.values)]
        return _Points(
            np.concatenate([one.times for one in pages]),
            np.concatenate([one.values for one in pages]),
            tuple(bad for one in pages for bad in one.bad_times),
            tuple(bad for one in pages for bad in one.bad_values),
        )


def read_json(source: Source, found: Findings) -> list[Column] | None:
    """The columns of a JSON file; None with a finding."""
    with source.stream() as stream:
        data = stream.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        message = "the file is larger than 256 MiB, the most of JSON"
        found.error(rules.TOO_LARGE, message, Location(source.path), help="write it as CSV")
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeError:
        found.error(rules.NOT_TEXT, "the file is not encoded in UTF-8", Location(source.path))
        return None
    del data
    reader = _Reader(source.path, text, found)
    reader.read_documents()
    conflicts = Conflicts()
    columns = [reader.make_column(key, one, conflicts) for key, one in reader.series.items()]
    conflicts.report(found)
    return None if found.have_errors() else columns


class _Reader:
    def __init__(self, path: str, text: str, found: Findings) -> None:
        self.path = path
        self.text = text
        self.found = found
        self.series: dict[Key, _Series] = {}

    def read_documents(self) -> None:
        for at, document in self._documents():
            if isinstance(document, dict) and isinstance(document.get("MetricDataResults"), list):
                self._read_results(document, at)
            elif isinstance(document, dict) and isinstance(document.get("Datapoints"), list):
                self._read_datapoints(document, at)
            else:
                self._error("this is not an answer of CloudWatch", at, _HELP)

    def make_column(self, key: Key, series: _Series, conflicts: Conflicts) -> Column:
        names, statistic, unit = key
        place = find_text(self.path, self.text, names[0])
        points = series.join()
        self._refuse(rules.BAD_TIME, points.bad_times, names[0], "a time between 2000 and 2100")
        self._refuse(rules.BAD_NUMBER, points.bad_values, names[0], "a value of a metric")
        tidied = tidy(points.times, points.values, statistic)
        conflicts.note(names[0], tidied, place)
        return Column(names, statistic, unit, tidied.samples, place)

    def _documents(self) -> Iterator[tuple[Path, Any]]:
        """Each document and where it is: a file holds several, one after the other or in a list."""
        decoder, number = json.JSONDecoder(object_hook=_pack_result), 0
        at = _skip_space(self.text, 0)
        while at < len(self.text):
            try:
                document, at = decoder.raw_decode(self.text, at)
            except json.JSONDecodeError as error:
                place = Location(self.path, error.lineno, error.colno)
                message = f"the file is not JSON: {error.msg[0].lower()}{error.msg[1:]}"
                self.found.error(rules.BAD_JSON, message, place)
                return
            except (RecursionError, ValueError):
                message = "the file holds a number that is too long, or lists that are too deep"
                self.found.error(rules.BAD_JSON, message, Location(self.path))
                return
            if isinstance(document, list):
                yield from (((number, index), one) for index, one in enumerate(document))
            else:
                yield (number,), document
            number += 1
            at = _skip_space(self.text, at)

    def _read_results(self, document: dict[str, Any], at: Path) -> None:
        if document.get("NextToken"):
            self._warn("there are more pages than this", (*at, "NextToken"))
        for index, one in enumerate(document["MetricDataResults"]):
            path = (*at, "MetricDataResults", index)
            points = one.get(_POINTS) if isinstance(one, dict) else None
            names = [one[key] for key in ("Id", "Label") if key in one] if points else []
            if points is None or not names or not all(isinstance(name, str) for name in names):
                message = "this result has no Id, or not as many Values as Timestamps"
                self._error(message, path)
                continue
            status = one.get("StatusCode", "Complete")
            if status != "Complete":
                message = f'CloudWatch calls "{shorten(names[0])}" {shorten(str(status))}'
                self._warn(message, (*path, "StatusCode"))
            named = [split_statistic(name) for name in names]
            statistic = next((word for _, word in named if word), "")
            key = tuple(name for name, _ in named), statistic, ""
            self.series.setdefault(key, _Series()).pages.append(points)

    def _read_datapoints(self, document: dict[str, Any], at: Path) -> None:
        name, own = split_statistic(str(document.get("Label", "")))
        for index, one in enumerate(document["Datapoints"]):
            path = (*at, "Datapoints", index)
            values = _read_statistics(one) if isinstance(one, dict) else {}
            if not values or "Timestamp" not in one:
                self._error("this is no data point: it has no Timestamp or no statistic", path)
                return
            for statistic, value in values.items():
                key = (name,), own or statistic, str(one.get("Unit", ""))
                series = self.series.setdefault(key, _Series())
                series.times.append(one["Timestamp"])
                series.values.append(value)

    def _refuse(self, rule: Rule, bad: tuple[object, ...], name: str, what: str) -> None:
        if bad:
            many = "" if len(bad) == 1 else f", and {len(bad) - 1:,} more like it"
            message = f'"{shorten(str(bad[0]))}" of "{shorten(name)}" is not {what}{many}'
            place = find_text(self.path, self.text, bad[0])
            advice = FORMS if rule is rules.BAD_TIME else ""
            self.found.error(rule, message, place, help=advice)

    def _error(self, message: str, path: Path, advice: str = "") -> None:
        place = find_place(self.path, self.text, path)
        self.found.error(rules.BAD_JSON, message, place, help=advice)

    def _warn(self, message: str, path: Path) -> None:
        self.found.warn(rules.INCOMPLETE, message, find_place(self.path, self.text, path))


_POINTS = "\0points"
"""A key that no program writes."""


def _pack_result(one: dict[str, Any]) -> dict[str, Any]:
    """A result with its lists packed, so that a whole month of them fits into memory."""
    times, values = one.get("Timestamps"), one.get("Values")
    if isinstance(times, list) and isinstance(values, list) and len(times) == len(values):
        del one["Timestamps"], one["Values"]
        one[_POINTS] = _read_points(times, values)
    return one


def _read_points(times: list[Any], values: list[Any]) -> _Points:
    import pandas as pd  # noqa: PLC0415 - only who reads data loads it

    bad_values = tuple(value for value in values if not _is_number(value))
    numbers = np.array([0.0] if bad_values else values, dtype=np.float64)
    is_plain = [isinstance(one, str | int | float) and not isinstance(one, bool) for one in times]
    texts = [str(one) if fits else "" for one, fits in zip(times, is_plain, strict=True)]
    seconds = read_times(pd.Series(texts, dtype="str"))
    bad_times = tuple(times[index] for index in np.flatnonzero(seconds == NO_TIME))
    if bad_values or bad_times:
        return _Points(np.empty(0, dtype=np.int64), np.empty(0), bad_times, bad_values)
    return _Points(seconds, numbers)


def _read_statistics(one: dict[str, Any]) -> dict[str, object]:
    extended = one.get("ExtendedStatistics")
    values = {key: one[key] for key in _STATISTICS if key in one}
    return values | (extended if isinstance(extended, dict) else {})


def _is_number(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return not abs(value) > LARGEST  # so NaN is one: no data point


def _skip_space(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\r\n":
        at += 1
    return at

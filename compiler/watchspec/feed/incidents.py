"""Incidents that are known: when each began and ended, and which alarms were to tell of it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from watchspec.diagnostics import Diagnostic, Findings, Location, Outcome, shorten, suggest_name
from watchspec.feed import rules
from watchspec.feed.source import open_source
from watchspec.feed.times import FORMS, NO_TIME, read_times
from watchspec.model.backtests import Incident
from watchspec.model.source import Map, Seq

_KEYS = ("start", "end", "name", "alarms")
_MOST_BYTES = 16 << 20
_SEPARATOR = re.compile(r"[;,\s]+")


@dataclass(frozen=True, slots=True)
class _Row:
    """The texts of one incident, and where they stand."""

    texts: Mapping[str, str]
    places: Mapping[str, Location]
    place: Location


def read_incident_table(path: str) -> Outcome[tuple[Incident, ...]]:
    """The incidents of a CSV file with the columns start, end, and if you like name and alarms."""
    found = Findings()
    source = open_source(path, found)
    if source is None:
        return Outcome(None, tuple(found.items))
    with source.stream() as stream:
        data = stream.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        found.error(rules.TOO_LARGE, "incidents fill more than 16 MiB", Location(path))
        return Outcome(None, tuple(found.items))
    text = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    reader = csv.reader(io.StringIO(text), strict=True)
    rows: list[_Row] = []
    try:
        header = [name.strip().lower() for name in next(reader)]
        if _check_keys(header, Location(path), found):
            rows = [_make_row(path, reader.line_num, header, row) for row in reader if any(row)]
    except csv.Error as error:
        message = f"the row is not CSV: {error}"
        found.error(rules.BAD_INCIDENT, message, Location(path, reader.line_num))
    return _finish(rows, found)


def read_incident_tree(root: Map) -> Outcome[tuple[Incident, ...]]:
    """The incidents of a YAML file: a list under `incidents`."""
    found = Findings()
    listed = root.get("incidents")
    if not isinstance(listed, Seq) or len(root) > 1:
        message = "a file of incidents is a list under the one key incidents"
        found.error(rules.BAD_INCIDENT, message, root.start)
        return Outcome(None, tuple(found.items))
    rows = []
    for item, place in listed.entries():
        if not isinstance(item, Map):
            found.error(rules.BAD_INCIDENT, "an incident has a start and an end", place)
        elif _check_keys(list(item), place, found):
            texts = {key: _flatten(value) for key, value in item.items()}
            rows.append(_Row(texts, {key: item.place(key) for key in item}, place))
    return _finish(rows, found)


def find_unknown_alarms(
    incidents: Iterable[Incident], known: Collection[str]
) -> Iterator[Diagnostic]:
    """An error for each alarm that an incident names and nobody has."""
    found = Findings()
    for incident in incidents:
        for key in incident.alarms:
            if key not in known:
                message = f'"{shorten(incident.name)}" names "{shorten(key)}", which is no alarm'
                hint = suggest_name(key, known)
                found.error(rules.BAD_INCIDENT, message, incident.place, hint=hint)
    yield from found.items


def _check_keys(keys: Collection[str], place: Location, found: Findings) -> bool:
    """Whether the parts of an incident are those it has."""
    unknown = next((key for key in keys if key not in _KEYS), None)
    if unknown is not None:
        message = f'an incident has no "{shorten(unknown)}"; it has start, end, name and alarms'
        hint = suggest_name(unknown, _KEYS)
        found.error(rules.BAD_INCIDENT, message, place, hint=hint)
        return False
    missing = next((key for key in ("start", "end") if key not in keys), None)
    if missing is not None:
        found.error(rules.BAD_INCIDENT, f"an incident needs its {missing}", place)
    return missing is None


def _make_row(path: str, line: int, header: list[str], row: list[str]) -> _Row:
    place = Location(path, line)
    texts = dict(zip(header, (text.strip() for text in row), strict=False))
    return _Row(texts, dict.fromkeys(texts, place), place)


def _flatten(value: object) -> str:
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)


def _finish(rows: list[_Row], found: Findings) -> Outcome[tuple[Incident, ...]]:
    incidents = [one for row in rows if (one := _read_incident(row, found)) is not None]
    if not rows and not found.have_errors():
        found.error(rules.BAD_INCIDENT, "there is no incident in the file", None)
    in_order = tuple(sorted(incidents, key=lambda one: (one.start, one.end, one.name)))
    return Outcome(None if found.have_errors() else in_order, tuple(found.items))


def _read_incident(row: _Row, found: Findings) -> Incident | None:
    import pandas as pd  # noqa: PLC0415 - only who reads data loads it

    words = [row.texts.get(key, "") for key in ("start", "end")]
    start, end = (int(one) for one in read_times(pd.Series(words, dtype="str")))
    for key, word, seconds in zip(("start", "end"), words, (start, end), strict=True):
        if seconds == NO_TIME:
            message = f'"{shorten(word)}" is not a time between 2000 and 2100'
            place = row.places.get(key, row.place)
            found.error(rules.BAD_INCIDENT, message, place, help=FORMS)
    if NO_TIME in {start, end}:
        return None
    if end <= start:
        message = f'the incident ends at "{words[1]}", which is not after "{words[0]}"'
        found.error(rules.BAD_INCIDENT, message, row.places["end"])
        return None
    alarms = tuple(filter(None, _SEPARATOR.split(row.texts.get("alarms", ""))))
    return Incident(row.texts.get("name", "") or words[0], start, end, alarms, row.place)

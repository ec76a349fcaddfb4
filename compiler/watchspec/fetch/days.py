"""Data points day by day, each day that is over kept in a file."""

from __future__ import annotations

import csv
import hashlib
import io
import os
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from watchspec.catalog.metric_storage import RETENTION_SECONDS
from watchspec.fetch.account import QUERIES_A_CALL, Account, FetchError
from watchspec.fetch.queries import Query
from watchspec.model.metric_ids import write_metric

_DAY = 86_400
_LATE_SECONDS = 3 * 3_600
"""So long after a day is over its last data points may still come in; AWS names no limit."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted: queries from one time up to another, read as whom, and kept where."""

    queries: Sequence[Query]
    start: int
    now: int
    profile: str | None
    folder: str


def fetch_days(wish: Wish, progress: Callable[[str, int, int], None]) -> tuple[str, ...]:
    """The files with the data points, one for each Region and day; FetchError if they cannot be had."""
    account = Account(wish.profile)
    by_region: dict[str, list[Query]] = defaultdict(list)
    for query in wish.queries:
        by_region[query.metric.region].append(query)
    days = range(wish.start // _DAY * _DAY, wish.now, _DAY)
    work = [(region, day) for region in sorted(by_region) for day in days]
    files = []
    for done, (region, day) in enumerate(work, 1):
        files.append(_fetch_day(account, wish, region, tuple(by_region[region]), day))
        progress("fetching", done, len(work))
    return tuple(one for one in files if one)


def _fetch_day(
    account: Account, wish: Wish, region: str, queries: tuple[Query, ...], day: int
) -> str:
    """The file of a day, fetched unless it is there already; "" if the day has no data points."""
    start, end = max(day, wish.start), min(day + _DAY, wish.now)
    is_whole = start == day and day + _DAY + _LATE_SECONDS <= wish.now
    digest = hashlib.sha256(repr(queries).encode()).hexdigest()[:12]
    date = datetime.fromtimestamp(day, UTC).strftime("%Y-%m-%d")
    name = f"{date}-{digest}{'' if is_whole else '-in-part'}.csv"
    path = os.path.join(wish.folder, account.identify(region), region, name)
    try:
        if not (is_whole and os.path.isfile(path)):
            period = _least_period(wish.now - start)
            points: dict[Query, dict[int, float]] = {}
            for at in range(0, len(queries), QUERIES_A_CALL):
                some = queries[at : at + QUERIES_A_CALL]
                points |= account.read(region, some, period, (start, end))
            _write(path, _write_table(points))
        return path if _has_rows(path) else ""
    except OSError as error:
        reason = (error.strerror or "cannot be written").lower()
        raise FetchError(f"{path}: {reason}") from None


def _least_period(age_seconds: int) -> int:
    """The shortest periods that CloudWatch still has of a time so long ago."""
    return next(length for length, kept in RETENTION_SECONDS if age_seconds <= kept)


def _write_table(points: Mapping[Query, Mapping[int, float]]) -> str:
    """A CSV file with a column for each query."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["time", *(write_metric(one.metric, one.statistic) for one in points)])
    for time in sorted({time for column in points.values() for time in column}):
        stamp = datetime.fromtimestamp(time, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        writer.writerow([stamp, *(_say(column.get(time)) for column in points.values())])
    return stream.getvalue()


def _say(value: float | None) -> str:
    return "" if value is None else repr(value)


def _has_rows(path: str) -> bool:
    with open(path, encoding="utf-8") as stream:
        next(stream, "")
        return bool(next(stream, ""))


def _write(path: str, text: str) -> None:
    """A file that is there as a whole or not at all."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(f"{path}.tmp", "w", encoding="utf-8") as stream:
        stream.write(text)
    os.replace(f"{path}.tmp", path)

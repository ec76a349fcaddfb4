"""What tests of whole specs share: a spec and made-up data in, what happened out."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np

from support import HEAD, resolve_text
from watchspec.model.metric_ids import MetricId, identify
from watchspec.model.signals import stats_of
from watchspec.simulate.data import RAW, Samples
from watchspec.simulate.options import Options
from watchspec.simulate.scenario import Outcome, simulate_monitoring

START = 1_773_014_400
"""2026-03-09 00:00 UTC, a Monday."""


def run(
    text: str,
    folder: Path,
    minutes: int,
    options: Options | None = None,
    start: int = START,
    **series: str | Samples,
) -> Outcome:
    """The outcome over so many minutes; series give one sample a minute, `5x3` three times 5."""
    monitoring = resolve_text(HEAD + text, folder)
    signals = {signal.key: signal for signal in monitoring.signals}
    data: dict[MetricId, dict[str, Samples]] = {}
    for key, given in series.items():
        (stat,) = stats_of(signals[key].source)
        samples = given if isinstance(given, Samples) else read_samples(given, start)
        data[identify(stat, {})] = {RAW: samples}
    return simulate_monitoring(monitoring, data, start, minutes * 60, options or Options())


def read_samples(written: str, start: int = START, step: int = 60) -> Samples:
    """Samples from the start on: `5x3` three times 5, `_` none."""
    values: list[float] = []
    for one in written.split():
        value, _, count = one.partition("x")
        values += [np.nan if value == "_" else float(value)] * int(count or 1)
    column = np.array(values)
    times = start + step * np.arange(len(column))
    exists = ~np.isnan(column)
    return Samples(times[exists], column[exists])


def story(outcome: Outcome, alarm: str) -> list[str]:
    """Each state with the minute in which it began."""
    history = outcome.histories[alarm]
    start = history.grid.start
    return [f"{(one.time - start) // 60} {one.state.name}" for one in history.changes()]


def clock(outcome: Outcome, alarm: str, zone: str = "UTC") -> list[str]:
    """Each state with the day and the time at which it began, by the clocks of a zone."""
    return [
        f"{datetime.fromtimestamp(one.time, ZoneInfo(zone)):%d %H:%M} {one.state.name}"
        for one in outcome.histories[alarm].changes()
    ]


def at(written: str, zone: str = "UTC") -> int:
    """A time such as 2026-03-09T10:04, in seconds since 1970."""
    return int(datetime.fromisoformat(written).replace(tzinfo=ZoneInfo(zone)).timestamp())


def sent(values: float, *times: int) -> Samples:
    """The same value, sent at several times."""
    return Samples(np.array(times), np.full(len(times), float(values)))

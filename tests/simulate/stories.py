"""What tests of whole specs share: a spec and made-up data in, what happened out."""

from __future__ import annotations

from pathlib import Path

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
    text: str, folder: Path, minutes: int, options: Options | None = None, **series: str
) -> Outcome:
    """The outcome over so many minutes; series give one sample a minute, `5x3` three times 5."""
    monitoring = resolve_text(HEAD + text, folder)
    signals = {signal.key: signal for signal in monitoring.signals}
    data: dict[MetricId, dict[str, Samples]] = {}
    for key, written in series.items():
        (stat,) = stats_of(signals[key].source)
        data[identify(stat, {})] = {RAW: read_samples(written)}
    return simulate_monitoring(monitoring, data, START, minutes * 60, options or Options())


def read_samples(written: str, step: int = 60) -> Samples:
    """Samples from the start on: `5x3` three times 5, `_` none."""
    values: list[float] = []
    for one in written.split():
        value, _, count = one.partition("x")
        values += [np.nan if value == "_" else float(value)] * int(count or 1)
    column = np.array(values)
    times = START + step * np.arange(len(column))
    exists = ~np.isnan(column)
    return Samples(times[exists], column[exists])


def story(outcome: Outcome, alarm: str) -> list[str]:
    """Each state with the minute in which it began."""
    changes = outcome.histories[alarm].changes()
    return [f"{(one.time - START) // 60} {one.state.name}" for one in changes]

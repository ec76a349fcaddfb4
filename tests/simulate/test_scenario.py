"""Whole specs over made-up data, as their authors would tell the story."""

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


def run(text: str, folder: Path, minutes: int, **series: str) -> Outcome:
    """The outcome over so many minutes; series give one sample a minute, `5x3` three times 5."""
    monitoring = resolve_text(HEAD + text, folder)
    signals = {signal.key: signal for signal in monitoring.signals}
    data: dict[MetricId, dict[str, Samples]] = {}
    for key, written in series.items():
        values: list[float] = []
        for one in written.split():
            value, _, count = one.partition("x")
            values += [np.nan if value == "_" else float(value)] * int(count or 1)
        (stat,) = stats_of(signals[key].source)
        column = np.array(values)
        times = START + 60 * np.arange(len(column))
        exists = ~np.isnan(column)
        data[identify(stat, {})] = {RAW: Samples(times[exists], column[exists])}
    return simulate_monitoring(monitoring, data, START, minutes * 60, Options())


def story(outcome: Outcome, alarm: str) -> list[str]:
    """Each state with the minute in which it began."""
    changes = outcome.histories[alarm].changes()
    return [f"{(one.time - START) // 60} {one.state.name}" for one in changes]


CPU = """\
metrics:
  cpu: {metric: AWS/ECS CPUUtilization, dimensions: {ClusterName: shop}}
alarms:
  hot: {severity: info, when: {metric: cpu, above: 70%, for: 10m}}
"""


def test_an_alarm_goes_off_after_ten_hot_minutes(tmp_path: Path) -> None:
    outcome = run(CPU, tmp_path, 50, cpu="50x5 85x20 40x10")

    assert story(outcome, "hot") == [
        "0 INSUFFICIENT_DATA",
        "1 OK",
        "15 ALARM",
        "26 OK",
        "47 INSUFFICIENT_DATA",
    ]

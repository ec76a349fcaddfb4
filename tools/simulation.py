"""What `make bench` measures of the simulator, in a process of its own: seconds, as one number.

Of ten alarms six watch a minute's average, the others five-minute sums, percentiles and hours, and an
expression over two metrics; each metric has one value a minute.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from watchspec.model.metric_ids import identify
from watchspec.model.signals import stats_of
from watchspec.pipeline import resolve_spec
from watchspec.simulate import simulate_monitoring
from watchspec.simulate.data import RAW, Data, Samples
from watchspec.simulate.options import Options

_START = 1_773_014_400
_DAY_MINUTES = 24 * 60
_KINDS = {6: ("Sum", "5m"), 7: ("p90", "5m"), 8: ("Average", "1h")}


def main() -> None:
    """Simulate so many alarms over so many days."""
    alarms, days = int(sys.argv[1]), int(sys.argv[2])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "spec.yaml"
        path.write_text(_write_spec(alarms), encoding="utf-8")
        monitorings = resolve_spec(str(path)).value
    assert monitorings is not None
    rng = np.random.default_rng(4)
    times = _START + 60 * np.arange(days * _DAY_MINUTES)
    data: Data = {
        identify(stat, {}): {RAW: Samples(times, rng.random(len(times)))}
        for signal in monitorings[0].signals
        for stat in stats_of(signal.source)
    }
    started = time.perf_counter()
    outcome = simulate_monitoring(monitorings[0], data, _START, len(times) * 60, Options())
    seconds = time.perf_counter() - started
    assert len(outcome.histories) == alarms
    assert outcome.notices
    print(seconds)  # noqa: T201 - this is the output


def _write_spec(alarms: int) -> str:
    lines = [
        "version: v1",
        "service: shop",
        "environments: {prod: {region: eu-west-1}}",
        'notify: {team: {topic: "arn:aws:sns:eu-west-1:111122223333:team"}}',
        "metrics:",
    ]
    for number in range(alarms):
        statistic, period = _KINDS.get(number % 10, ("Average", "1m"))
        lines += [
            (
                f"  m_{number}: {{metric: Shop/Till Sales, dimensions: {{Till: a{number}}}, unit: Count,"
                f" statistic: {statistic}, period: {period}}}"
            )
        ]
    lines.append("alarms:")
    for number in range(alarms):
        when = f"metric: m_{number}, above: 0.9, datapoints: 3 of 5"
        if number % 10 == 9:  # noqa: PLR2004 - one in ten
            given = f"{{a: m_{number}, b: m_{number - 9}}}"
            when = f"expression: a / b, given: {given}, above: 2, datapoints: 3 of 5"
        lines.append(f"  alarm-{number}: {{severity: info, notify: [team], when: {{{when}}}}}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()

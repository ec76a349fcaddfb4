"""A service with the data that its alarms are judged by."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from watchspec.backtest.findings import find_coarse, find_remarkable
from watchspec.diagnostics import Diagnostic
from watchspec.model.backtests import Backtest, Incident
from watchspec.model.monitoring import Monitoring
from watchspec.simulate import simulate_monitoring
from watchspec.simulate.data import Data
from watchspec.simulate.options import Options
from watchspec.simulate.scenario import Outcome

_MINUTE = 60
_LONGEST_STEP_SECONDS = 86_400


@dataclass(frozen=True, slots=True)
class Period:
    """The time that is judged, from one whole minute to another, in seconds since 1970."""

    start: int
    end: int

    @property
    def seconds(self) -> int:
        """How long it is."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Case:
    """A service, what is known of its metrics, and the incidents its alarms were to tell of."""

    monitoring: Monitoring
    data: Data
    period: Period
    options: Options
    incidents: tuple[Incident, ...]

    def simulate(self, monitoring: Monitoring, keys: Collection[str] | None = None) -> Outcome:
        """What the alarms of a service would have done, or those of these keys."""
        start, seconds = self.period.start, self.period.seconds
        return simulate_monitoring(monitoring, self.data, start, seconds, self.options, keys)

    def remark(self, backtest: Backtest, max_fires: int | None) -> tuple[Diagnostic, ...]:
        """What is remarkable in the data, and in what came of them."""
        coarse = find_coarse(self.monitoring, self.data, self.period.seconds, self.options)
        return (*coarse, *find_remarkable(backtest, self.monitoring, max_fires))


def make_case(
    monitoring: Monitoring,
    data: Data,
    parameters: Mapping[str, str],
    incidents: tuple[Incident, ...],
    since_seconds: int | None,
) -> Case:
    """A service to be judged over all the data, or so many seconds up to its newest data point."""
    period = _find_period(data, since_seconds)
    return Case(monitoring, data, period, Options(parameters=parameters), incidents)


def _find_period(data: Data, since_seconds: int | None) -> Period:
    """From the oldest data point to the end of the newest, or so long before that end."""
    starts, ends = [], []
    for known in data.values():
        for samples in known.values():
            if len(samples.times):
                steps = np.diff(samples.times)
                step = int(steps[steps > 0].min(initial=_LONGEST_STEP_SECONDS))
                starts.append(int(samples.times[0]))
                ends.append(int(samples.times[-1]) + (step if len(steps) else _MINUTE))
    if not ends:
        return Period(0, 0)
    end = -(-max(ends) // _MINUTE) * _MINUTE
    start = min(starts) // _MINUTE * _MINUTE
    return Period(start if since_seconds is None else max(start, end - since_seconds), end)

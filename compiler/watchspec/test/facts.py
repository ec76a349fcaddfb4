"""What happened in a test, in seconds of the test."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from math import gcd, isnan
from typing import cast

from watchspec.model.monitoring import Monitoring
from watchspec.model.signals import SignalSource
from watchspec.model.spec_tests import Measures, SpecTest, StateWord
from watchspec.model.test_results import Changes
from watchspec.simulate import simulate_monitoring
from watchspec.simulate.data import Data, Floats
from watchspec.simulate.measures import measure_signal
from watchspec.simulate.notices import Notice
from watchspec.simulate.options import Options
from watchspec.simulate.scenario import Outcome
from watchspec.simulate.statistics import Grid

_MINUTE = 60


@dataclass(frozen=True)
class Facts:
    """A test, what it sends, and what comes of it as soon as somebody asks."""

    monitoring: Monitoring
    test: SpecTest
    data: Data
    options: Options

    @cached_property
    def outcome(self) -> Outcome:
        """What those alarms do that something is expected of."""
        test = self.test
        return simulate_monitoring(
            self.monitoring, self.data, test.start, test.seconds, self.options, named_alarms(test)
        )

    def estimates(self) -> tuple[tuple[str, str], ...]:
        """The alarms that CloudWatch may see differently, and why."""
        histories = self.outcome.histories
        return tuple((key, history.note) for key, history in histories.items() if history.note)

    def changes(self, alarm: str) -> Changes:
        """The states of an alarm; the first is that in which every alarm begins."""
        return tuple(
            (one.time - self.test.start, cast("StateWord", one.state.name))  # of the same names
            for one in self.outcome.histories[alarm].changes()
        )

    def reason(self, alarm: str, seconds: int) -> str:
        """Why an alarm is in its state, in CloudWatch's words."""
        return self.outcome.histories[alarm].reason_at(self.test.start + seconds)

    def points(self, alarm: str) -> Floats | None:
        """The newest data point whenever alarms are looked at, NaN = none; None without a metric."""
        return self.outcome.histories[alarm].values()

    def notices(self, alarm: str) -> Iterator[tuple[int, Notice]]:
        """Whom an alarm tells of what, and when."""
        return (
            (one.time - self.test.start, one) for one in self.outcome.notices if one.alarm == alarm
        )

    def measure(self, source: SignalSource, seconds: int) -> float | None:
        """The value of a metric in the period that ends at a time; None = no data point."""
        step = gcd(_MINUTE, source.period_seconds)
        grid = Grid(self.test.start, step, self.test.seconds // step)
        measure = measure_signal(source, self.data, grid, self.options)
        value = measure.value_at(self.test.start + seconds)
        return None if isnan(value) else value


def named_alarms(test: SpecTest) -> frozenset[str]:
    """The alarms that something is expected of."""
    expected = (one for one in test.expectations if not isinstance(one, Measures))
    return frozenset(alarm for one in expected for alarm in one.alarms)

"""Tests of a spec made by hand: what the room is given by `resolve`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from support import HEAD, resolve_text
from watchspec.diagnostics import Location
from watchspec.model.monitoring import Monitoring
from watchspec.model.series import Gap, Series, Steps, Stretch
from watchspec.model.signals import stats_of
from watchspec.model.source import Map
from watchspec.model.spec_tests import (
    Becomes,
    Changes,
    Expectation,
    Holds,
    Moment,
    Notifies,
    SeriesInput,
    SpecTest,
    StateWord,
)

START = 1_773_014_400
PLACE = Location("spec.yaml", 9, 5, 3)
CPU = """\
notify: {critical: {email: ["${mail}"], on_recovery: true}}
parameters: {mail: {pattern: email}}
metrics:
  cpu: {metric: AWS/ECS CPUUtilization, dimensions: {ClusterName: shop}}
alarms:
  hot: {severity: critical, notify: [critical], when: {metric: cpu, above: 70%, for: 10m}}
"""
"""An alarm that goes off after ten minutes above 70 %."""


def series(written: str) -> Series:
    """`50x5 _x10`: a value so many times, `_` = none."""
    stretches = []
    for one in written.split():
        value, _, count = one.partition("x")
        shape = Gap() if value == "_" else Steps(float(value), 0)
        stretches.append(Stretch(shape, int(count or 1)))
    return tuple(stretches)


def make_test(
    monitoring: Monitoring,
    *expectations: Expectation,
    minutes: int = 40,
    name: str = "it is hot",
    **values: str,
) -> SpecTest:
    """A test that sends one value a minute to each metric named."""
    signals = {signal.key: signal for signal in monitoring.signals}
    inputs = tuple(
        SeriesInput(key, next(stats_of(signals[key].source)), series(written), 60, PLACE)
        for key, written in values.items()
    )
    return SpecTest(
        name,
        START,
        minutes * 60,
        (),
        inputs,
        (),
        expectations,
        Map(PLACE),
        Location("spec.yaml", 8),
    )


def resolve(text: str, folder: Path, *tests: SpecTest) -> Monitoring:
    """A spec with such tests."""
    return replace(resolve_text(HEAD + text, folder), tests=tests)


def becomes(
    state: StateWord,
    minute: int | None = None,
    within: int = 0,
    reason: str = "",
    alarm: str = "hot",
) -> Becomes:
    moment = None if minute is None else Moment(minute * 60, within * 60, PLACE)
    return Becomes((alarm,), state, moment, reason, PLACE)


def holds(
    state: StateWord, start: int | None = None, end: int | None = None, alarm: str = "hot"
) -> Holds:
    first, last = (None if minute is None else minute * 60 for minute in (start, end))
    return Holds((alarm,), state, first, last, is_never=False, place=PLACE)


def never(
    state: StateWord, start: int | None = None, end: int | None = None, alarm: str = "hot"
) -> Holds:
    return replace(holds(state, start, end, alarm), is_never=True)


def changes(*states: StateWord, alarm: str = "hot") -> Changes:
    return Changes((alarm,), states, PLACE)


def notifies(
    *routes: str, state: StateWord | None = None, minute: int | None = None, alarm: str = "hot"
) -> Notifies:
    moment = None if minute is None else Moment(minute * 60, 0, PLACE)
    return Notifies((alarm,), routes, state, moment, PLACE)

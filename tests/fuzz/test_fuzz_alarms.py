"""Random alarms over random data: the simulator says what plain rules say, and keeps its promises."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import get_args

import numpy as np
import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from fuzz.examples import examples
from simulate.reference import DAY, HOUR, MINUTE, WEEK, PlainAlarm
from support import HEAD, resolve_text
from watchspec.model.alarms import Alarm, MissingData, Threshold, Window
from watchspec.model.metric_ids import identify
from watchspec.model.monitoring import Monitoring
from watchspec.model.signals import MetricMath, MetricStat, Operator
from watchspec.model.text import Property
from watchspec.simulate import simulate_monitoring
from watchspec.simulate.data import RAW, Samples
from watchspec.simulate.options import Options

START = 1_774_569_600
"""2026-03-27 00:00 UTC, two days before clocks are put forward in Europe."""
SPEC = """\
metrics:
  m: {metric: Shop/Till Sales, dimensions: {Till: a}, unit: Count}
alarms:
  plain: {severity: info, when: {metric: m, above: 3}}
  change: {severity: info, when: {expression: DIFF(m), above: 3}}
"""
SETTINGS: tuple[MissingData, ...] = get_args(MissingData)
OPERATORS: tuple[Operator, ...] = get_args(Operator)
STATISTICS = ("Sum", "Average", "Minimum", "Maximum", "SampleCount", "p90", "p50")
ZONES = ("UTC", "Asia/Kolkata", "America/New_York", "Europe/Berlin")
TimedValues = list[tuple[int, float]]


@dataclass(frozen=True)
class Story:
    """An alarm, when it is created, what is sent, and for how many seconds it is watched."""

    alarm: PlainAlarm
    start: int
    samples: TimedValues
    seconds: int


@st.composite
def stories(
    draw: st.DrawFn,
    periods: tuple[int, ...] = (10, 20, 30, 60, 120, 300, HOUR, DAY, WEEK),
    *,
    is_plain: bool = False,
    is_complete: bool = False,
) -> Story:
    """Values are quarters, so that sums are exact; plain = a window that slides, and nothing else."""
    period = draw(st.sampled_from(periods))
    n = draw(st.integers(1, {DAY: 3, WEEK: 1}.get(period, 5)))
    on_calendar = not is_plain and period in {60, 300, HOUR, DAY, WEEK} and draw(st.booleans())
    statistic = draw(st.sampled_from(STATISTICS))
    alarm = PlainAlarm(
        period=period,
        n=n,
        m=draw(st.integers(1, n)),
        operator=draw(st.sampled_from(OPERATORS)),
        threshold=draw(st.sampled_from((0, 0.25, 0.5, 1, 2))),
        missing=draw(st.sampled_from(SETTINGS)),
        statistic=statistic,
        zone=draw(st.sampled_from(ZONES)) if on_calendar else "",
        is_difference=not is_plain and draw(st.sampled_from((False, False, True))),
    )
    if not is_plain and draw(st.integers(0, 3)) == 0 and not alarm.is_difference:
        alarm = replace(alarm, warm_up_minutes=draw(st.integers(1, 90)), waits=draw(st.booleans()))
    if not is_plain and statistic == "p50" and not alarm.is_difference:
        alarm = replace(alarm, least_samples=draw(st.sampled_from((0, 20))))
    start = START + draw(st.integers(0, 3 * 24 * 60)) * MINUTE
    seconds = (
        draw(st.integers(1, 12)) * min(period, DAY // 4) // 10 * 10 // MINUTE * MINUTE + 2 * MINUTE
    )
    reach = (n + 2) * period
    rng = random.Random(draw(st.integers(0, 2**32)))  # noqa: S311 - no secret
    share = 1 if is_complete else rng.choice((0.05, 0.3, 0.6, 0.9, 1))
    step = min(period, 5 * MINUTE) if period < HOUR else period // rng.choice((1, 3, 7))
    first = start - reach if is_complete or rng.random() < 0.5 else start
    samples = [
        (time + (0 if is_complete else rng.randrange(step)), rng.randrange(8) / 4)
        for time in range(first - first % step, start + seconds, max(step, 10))
        for _ in range(rng.choice((1, 1, 3)))
        if rng.random() < share
    ]
    return Story(alarm, start, samples, seconds)


@cache
def monitoring() -> Monitoring:
    with TemporaryDirectory() as folder:
        return resolve_text(HEAD + SPEC, Path(folder))


def stat_of(plain: PlainAlarm) -> MetricStat:
    source = monitoring().signals[0].source
    assert isinstance(source, MetricStat)
    return replace(source, statistic=plain.statistic, period_seconds=plain.period)


def build(plain: PlainAlarm) -> Alarm:
    """The same alarm as the simulator knows it."""
    key = "change" if plain.is_difference else "plain"
    alarm = next(one for one in monitoring().alarms if one.key == key)
    threshold = alarm.condition
    assert isinstance(threshold, Threshold)
    stat = stat_of(plain)
    source: MetricStat | MetricMath = stat
    if plain.is_difference:
        math = threshold.signal.source
        assert isinstance(math, MetricMath)
        (one,) = math.inputs
        source = replace(math, inputs=(replace(one, source=stat),), period_seconds=plain.period)
    properties: dict[str, object] = {}
    if plain.zone:
        properties["EvaluationWindow"] = {"WallClockWindow": {"Timezone": plain.zone}}
    if plain.warm_up_minutes:
        properties["WarmUpConfiguration"] = {
            "WarmUpPeriodDurationInMinutes": plain.warm_up_minutes,
            "OnlyStartEvaluatingAfterWarmUpPeriodEnds": plain.waits,
        }
    condition = Threshold(
        replace(threshold.signal, source=source),
        plain.operator,  # type: ignore[arg-type]  # one of OPERATORS
        plain.threshold,
        "",
        Window(plain.n, plain.m),
        plain.least_samples > 0,
    )
    return replace(
        alarm,
        condition=condition,
        missing_data=plain.missing,
        properties=tuple(
            Property(name, value, alarm.place, alarm.place) for name, value in properties.items()
        ),
    )


def simulate(story: Story) -> list[str]:
    times = np.array([time for time, _ in story.samples], dtype=np.int64)
    values = np.array([value for _, value in story.samples], dtype=np.float64)
    data = {identify(stat_of(story.alarm), {}): {RAW: Samples(times, values)}}
    alarm = build(story.alarm)
    alone = replace(monitoring(), alarms=(alarm,))
    outcome = simulate_monitoring(alone, data, story.start, story.seconds, Options())
    assert not outcome.unsupported
    states = outcome.histories[alarm.key].states
    return [("OK", "ALARM", "INSUFFICIENT_DATA")[code] for code in states]


def minutes_of(state: str, states: list[str]) -> set[int]:
    return {place for place, one in enumerate(states) if one == state}


@pytest.mark.slow
@given(story=stories())
@examples(300)
def test_every_state_is_what_the_plain_rules_say(story: Story) -> None:
    found = simulate(story)

    assert found == story.alarm.states(story.samples, story.start, story.seconds)
    event(f"{len(set(found))} different states")
    event("wall clock" if story.alarm.zone else "sliding")


@given(story=stories((10, 60, 300, HOUR, DAY), is_plain=True), by=st.sampled_from((0.25, 1, 5)))
@examples(100)
def test_raising_a_threshold_never_adds_time_in_alarm(story: Story, by: float) -> None:
    story = replace(story, alarm=replace(story.alarm, operator=">"))
    higher = replace(story, alarm=replace(story.alarm, threshold=story.alarm.threshold + by))

    assert minutes_of("ALARM", simulate(higher)) <= minutes_of("ALARM", simulate(story))


@given(story=stories((60, 300, HOUR), is_plain=True, is_complete=True))
@examples(100)
def test_what_missing_data_mean_does_not_matter_where_none_are_missing(story: Story) -> None:
    told = [
        simulate(replace(story, alarm=replace(story.alarm, missing=missing)))
        for missing in SETTINGS
    ]

    assert all(states == told[0] for states in told)


@given(story=stories(), share=st.floats(0, 1))
@examples(100)
def test_the_future_does_not_change_the_past(story: Story, share: float) -> None:
    step = 10 if story.alarm.period < MINUTE else MINUTE
    steps = int(story.seconds // step * share)
    known = [one for one in story.samples if one[0] < story.start + steps * step]

    states = simulate(replace(story, samples=known))

    assert states[:steps] == simulate(story)[:steps]


@given(story=stories((60,), is_plain=True, is_complete=True))
@examples(60)
def test_one_of_one_is_judged_point_by_point(story: Story) -> None:
    alarm = replace(story.alarm, n=1, m=1, operator=">", statistic="Maximum")
    highest: dict[int, float] = {}
    for time, value in story.samples:
        minute = time // MINUTE
        highest[minute] = max(value, highest.get(minute, value))

    states = simulate(replace(story, alarm=alarm))

    first = story.start // MINUTE
    assert states == [
        "ALARM" if highest[first + minute] > alarm.threshold else "OK"
        for minute in range(len(states))
    ]


@given(story=stories(), seed=st.integers(0, 100))
@examples(60)
def test_the_order_of_samples_does_not_matter(story: Story, seed: int) -> None:
    shuffled = list(story.samples)
    random.Random(seed).shuffle(shuffled)  # noqa: S311 - no secret

    assert simulate(replace(story, samples=shuffled)) == simulate(story)


@given(story=stories(is_plain=True), days=st.integers(-400, 400))
@examples(60)
def test_whole_days_later_all_is_as_it_was(story: Story, days: int) -> None:
    moved = replace(
        story,
        start=story.start + days * DAY,
        samples=[(time + days * DAY, value) for time, value in story.samples],
    )

    assert simulate(moved) == simulate(story)

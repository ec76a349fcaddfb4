"""Alarms of a spec over data: what is judged, what is not, and what is remarked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest

from support import HEAD, resolve_text
from watchspec.backtest import Case, make_case, run_case
from watchspec.diagnostics import Location
from watchspec.model.backtests import AlarmRecord, Backtest, Incident
from watchspec.model.metric_ids import MetricId
from watchspec.simulate.data import Samples

START = 1_793_534_400
SPEC = (
    HEAD
    + """\
notify:
  critical: {topic: "arn:aws:sns:eu-west-1:111122223333:pages"}
metrics:
  cpu: {metric: Shop Cpu}
  beat: {metric: Shop Beat, statistic: Sum}
  orders: {metric: Shop Orders, statistic: Sum}
  busiest: {query: "SELECT MAX(Depth) FROM Shop"}
alarms:
  cpu-high: {severity: critical, when: {metric: cpu, above: 90, for: 2m}, runbook: &r {steps: [Look.]}}
  beat-lost: {severity: critical, when: {metric: beat, below: 1, for: 5m}, missing_data: missing, runbook: *r}
  orders-low: {severity: info, when: {metric: orders, below: 1, for: 1h}, notify: []}
  deep: {severity: info, when: {metric: busiest, above: 9, for: 5m}, notify: []}
  any-high: {severity: info, when: {any: [cpu-high, orders-low]}, notify: []}
  both: {severity: info, when: {all: [cpu-high, beat-lost]}, notify: []}
mutes:
  night: {alarms: [cpu-high], schedule: cron(0 0 * * *), duration: 1 hour, reason: Backups.}
"""
)


def samples(values: Sequence[float], step: int = 60) -> Samples:
    """One value a step from the start on; NaN = none."""
    numbers = np.array(values, dtype=np.float64)
    there = ~np.isnan(numbers)
    times = START + step * np.arange(len(numbers), dtype=np.int64)
    return Samples(times[there], numbers[there])


def case(
    folder: Path,
    series: Mapping[str, Samples],
    *incidents: Incident,
    since: int | None = None,
    spec: str = SPEC,
) -> Case:
    statistics = {"Cpu": "Average"}
    data = {
        MetricId("Shop", name, (), "eu-west-1"): {statistics.get(name, "Sum"): one}
        for name, one in series.items()
    }
    return make_case(resolve_text(spec, folder), data, {}, incidents, since)


def run(one: Case, *keys: str, is_sweep: bool = False) -> Backtest:
    return run_case(one, keys, lambda *_: None, is_sweep=is_sweep)


def record(backtest: Backtest, key: str) -> AlarmRecord:
    return next(one for one in backtest.records if one.key == key)


def hot(*minutes: int, size: int = 240) -> Samples:
    return samples([95.0 if minute in minutes else 50.0 for minute in range(size)])


def test_alarms_without_data_are_named_with_the_reason(tmp_path: Path) -> None:
    found = run(case(tmp_path, {"Cpu": hot()}))

    assert [one.key for one in found.records] == ["cpu-high"]
    assert dict(found.unjudged) == {
        "any-high": '"orders-low" is not judged',
        "beat-lost": "no data of Shop Beat",
        "both": '"beat-lost" is not judged',
        "deep": "no data of Shop Depth",
        "orders-low": "no data of Shop Orders",
    }


def test_only_the_alarms_that_are_asked_for_are_looked_at(tmp_path: Path) -> None:
    found = run(case(tmp_path, {"Cpu": hot()}), "orders-low")

    assert found.records == ()
    assert dict(found.unjudged) == {"orders-low": "no data of Shop Orders"}


def test_an_alarm_goes_off_as_often_as_its_data_say(tmp_path: Path) -> None:
    found = record(run(case(tmp_path, {"Cpu": hot(10, 11, 12, 50, 100, 101)})), "cpu-high")

    assert (found.conduct.fires, found.pages.count) == (2, 2)
    assert found.conduct.alarm_seconds == 180


def test_a_mute_rule_keeps_pages_back_but_not_states(tmp_path: Path) -> None:
    midnight = 720
    series = hot(midnight + 5, midnight + 6, midnight + 7, size=1440)

    found = record(run(case(tmp_path, {"Cpu": series})), "cpu-high")

    assert (found.conduct.fires, found.pages.count) == (1, 0)


def test_composite_alarms_are_judged_when_all_they_combine_is(tmp_path: Path) -> None:
    beat = samples([np.nan if 100 <= minute < 130 else 1 for minute in range(240)])

    found = run(case(tmp_path, {"Cpu": hot(*range(90, 140)), "Beat": beat}), "both")

    assert record(found, "both").silence is None
    assert dict(found.unjudged) == {}


@pytest.mark.parametrize(
    ("gap", "told", "longest"), [(3, 0, 180), (6, 0, 360), (7, 1, 420), (30, 1, 1800)]
)
def test_silence_is_told_of_once_it_is_as_long_as_the_evaluation_range(
    gap: int, told: int, longest: int, tmp_path: Path
) -> None:
    beat = samples([np.nan if 100 <= minute < 100 + gap else 1 for minute in range(240)])

    silence = record(run(case(tmp_path, {"Beat": beat}), "beat-lost"), "beat-lost").silence

    assert silence is not None
    assert (silence.told, silence.longest_seconds, silence.range_seconds) == (told, longest, 420)
    assert (silence.told_seconds > 0) is (told > 0)


def test_since_counts_back_from_the_newest_data_point(tmp_path: Path) -> None:
    one = case(tmp_path, {"Cpu": hot(10, 11, 200, 201)}, since=3600)

    found = run(one)

    assert (found.start, found.end) == (START + 180 * 60, START + 240 * 60)
    assert record(found, "cpu-high").conduct.fires == 1


def test_since_longer_than_the_data_is_all_of_it(tmp_path: Path) -> None:
    assert case(tmp_path, {"Cpu": hot()}, since=10**9).period.start == START


def test_incidents_say_who_told_of_them_first(tmp_path: Path) -> None:
    place = Location("incidents.csv", 2)
    named = Incident("outage", START + 600, START + 1800, (), place)
    missed = Incident("quiet", START + 6000, START + 6600, ("cpu-high",), place)

    found = run(case(tmp_path, {"Cpu": hot(10, 11, 12)}, named, missed))

    assert [(one.incident.name, one.told) for one in found.incidents] == [
        ("outage", (("cpu-high", 120),)),
        ("quiet", ()),
    ]


def remarks(one: Case, max_fires: int | None = None) -> list[tuple[str, str]]:
    found = one.remark(run(one), max_fires)
    return [(finding.rule, finding.message) for finding in found]


def test_a_gate_stops_at_more_fires_than_are_allowed(tmp_path: Path) -> None:
    one = case(tmp_path, {"Cpu": hot(10, 11, 100, 101)})

    assert remarks(one, 2) == []
    assert remarks(one, 1) == [
        ("backtest/too-many-fires", '"cpu-high" would have gone off twice; 1 are allowed')
    ]


def test_flapping_and_too_many_pages_are_warned_of(tmp_path: Path) -> None:
    one = case(tmp_path, {"Cpu": hot(10, 11, 20, 21, 30, 31)})

    assert remarks(one) == [
        ("backtest/flapping", '"cpu-high" would have changed its state 6 times in an hour'),
        (
            "backtest/too-many-pages",
            'the critical alarms of "shop" would have paged 3 times in 12 hours',
        ),
    ]


def test_nothing_judged_is_an_error(tmp_path: Path) -> None:
    assert remarks(case(tmp_path, {})) == [
        (
            "backtest/nothing-judged",
            'no alarm of "shop" in prod is judged: no data of Shop Beat',
        )
    ]


def test_data_coarser_than_the_period_of_an_alarm_are_warned_of(tmp_path: Path) -> None:
    coarse = samples([1.0] * 40, step=300)

    assert remarks(case(tmp_path, {"Cpu": coarse}))[0] == (
        "backtest/coarse-data",
        'the data points of Shop Cpu are 5 minutes apart, but "cpu-high" looks at periods of 1 minute',
    )


def test_many_alarms_are_judged_alike_on_several_cores(tmp_path: Path) -> None:
    names = [f"m{number}" for number in range(25)]
    spec = HEAD + "metrics:\n" + "".join(f"  {one}: {{metric: Shop {one}}}\n" for one in names)
    spec += "alarms:\n" + "".join(
        f"  {one}-high: {{severity: info, when: {{metric: {one}, above: 90, for: 2m}}, notify: []}}\n"
        for one in names
    )
    one = case(
        tmp_path, {name: hot(*range(number)) for number, name in enumerate(names)}, spec=spec
    )

    found = run(one)

    alone = [record(run(one, f"{name}-high"), f"{name}-high") for name in names]
    assert sorted(found.records, key=lambda one: one.key) == sorted(alone, key=lambda one: one.key)
    assert {one.key: one.conduct.fires for one in alone}["m24-high"] == 1

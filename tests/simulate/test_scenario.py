"""Whole specs over made-up data, as their authors would tell the story."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from simulate.stories import START, read_samples, run, story
from support import HEAD, resolve_text
from watchspec.model.alarm_rules import StateOf
from watchspec.model.alarms import Combination
from watchspec.model.metric_ids import MetricId
from watchspec.simulate import simulate_monitoring
from watchspec.simulate.data import RAW
from watchspec.simulate.options import Options

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


LATENCY = """\
metrics:
  latency: {metric: Shop Latency, statistic: p99, period: 5m}
  doubled: {expression: 2 * latency, period: 5m}
alarms:
  slow: {severity: info, when: {metric: latency, above: 900, for: 10m}}
  slower: {severity: info, when: {metric: doubled, above: 900, for: 10m}}
"""


def test_what_is_only_estimated_is_noted(tmp_path: Path) -> None:
    monitoring = resolve_text(HEAD + LATENCY, tmp_path)
    metric = MetricId("Shop", "Latency", (), "eu-west-1")

    def notes(statistic: str) -> set[str]:
        data = {metric: {statistic: read_samples("950x20")}}
        outcome = simulate_monitoring(monitoring, data, START, 1_200, Options())
        return {history.note for history in outcome.histories.values()}

    assert notes("p99") == {
        '"Latency" is given as p99 of less than a period, from which that of a whole period is estimated'
    }
    assert notes(RAW) == {""}


SERVICE = """\
metrics:
  cpu: {metric: AWS/ECS CPUUtilization, dimensions: {ClusterName: shop}}
alarms:
  hot: {severity: info, when: {metric: cpu, above: 70%}}
  cold: {severity: info, when: {metric: cpu, below: 5%}}
  deploy: {severity: info, when: {metric: cpu, above: 99%}}
  odd: {severity: info, when: {any: [hot, cold]}, suppressed_by: {alarm: deploy}}
"""


def test_only_alarms_that_are_asked_for_and_what_they_need_are_simulated(tmp_path: Path) -> None:
    monitoring = resolve_text(HEAD + SERVICE, tmp_path)

    def simulated(*keys: str) -> set[str]:
        return set(simulate_monitoring(monitoring, {}, START, 600, Options(), keys).histories)

    assert simulated("hot") == {"hot"}
    assert simulated("odd") == {"hot", "cold", "deploy", "odd"}
    assert simulated() == set()


def test_a_history_has_the_data_points_the_alarm_saw(tmp_path: Path) -> None:
    outcome = run(SERVICE, tmp_path, 6, cpu="50 60 _ 70")

    values = outcome.histories["hot"].values()

    assert values is not None
    assert np.array_equal(values, [50, 60, np.nan, 70, np.nan, np.nan], equal_nan=True)
    assert outcome.histories["odd"].values() is None


def test_alarms_that_are_made_of_each_other_a_thousand_deep_are_followed(tmp_path: Path) -> None:
    monitoring = resolve_text(HEAD + SERVICE, tmp_path)
    hot = next(one for one in monitoring.alarms if one.key == "hot")
    alarms = [hot]
    for number in range(1_500):
        below = alarms[-1].key
        rule = Combination("", StateOf("ALARM", below, 0), (below,), "")
        alarms.append(replace(hot, key=f"a-{number}", condition=rule))
    deep = replace(monitoring, alarms=tuple(reversed(alarms)))

    outcome = simulate_monitoring(deep, {}, START, 120, Options())

    assert len(outcome.histories) == 1_501


@pytest.mark.parametrize("zone", ["UTC", "Asia/Kolkata", "America/New_York"])
def test_the_clock_of_the_machine_does_not_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, zone: str
) -> None:
    mute = 'mutes: {m: {alarms: [hot], reason: x, schedule: "at(2026-03-09T00:20)", duration: 1h}}'
    monkeypatch.setenv("TZ", zone)
    time.tzset()

    outcome = run(f"{CPU}{mute}\n", tmp_path, 40, cpu="50x5 85x20 40x10")

    monkeypatch.undo()
    time.tzset()
    assert story(outcome, "hot")[:3] == ["0 INSUFFICIENT_DATA", "1 OK", "15 ALARM"]
    assert "(09/03/26 00:05:00)" in outcome.histories["hot"].reason_at(START + 15 * 60)

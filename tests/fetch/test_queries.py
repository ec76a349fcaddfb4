"""What is asked of CloudWatch: each statistic once, in periods that can be joined, no further back than it keeps."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import HEAD, resolve_text
from watchspec.diagnostics import Findings
from watchspec.fetch import Query, list_queries, shorten_since
from watchspec.model.metric_ids import MetricId
from watchspec.model.monitoring import Monitoring

SPEC = (
    HEAD
    + """\
parameters:
  cluster: {description: The cluster}
metrics:
  cpu: {metric: AWS/ECS CPUUtilization, dimensions: {ClusterName: "${cluster}", ServiceName: api}}
  latency: {metric: Shop Latency, statistic: p99}
  hits: {metric: Shop Hits, statistic: Sum}
  rate: {expression: 100 * hits / all, given: {all: {metric: Shop Requests, statistic: Sum}}}
alarms:
  cpu-high: {severity: info, when: {metric: cpu, above: 90, for: 15m, period: 5m}, notify: []}
  cpu-max: {severity: info, when: {metric: cpu, statistic: Maximum, above: 90, for: 15m, period: 5m}, notify: []}
  slow: {severity: info, when: {metric: latency, above: 2, for: 15m, period: 5m}, notify: []}
  rate-low: {severity: info, when: {metric: rate, below: 50, for: 5m}, notify: []}
  odd: {severity: info, when: {metric: latency, above: 2, for: 14m, period: 7m}, notify: []}
  both: {severity: info, when: {all: [cpu-high, slow]}, notify: []}
"""
)
CPU = MetricId(
    "AWS/ECS", "CPUUtilization", (("ClusterName", "main"), ("ServiceName", "api")), "eu-west-1"
)


def shop(name: str) -> MetricId:
    return MetricId("Shop", name, (), "eu-west-1")


@pytest.fixture
def monitoring(tmp_path: Path) -> Monitoring:
    return resolve_text(SPEC, tmp_path)


def test_each_statistic_is_asked_for_once_and_by_the_minute_if_it_can_be_joined(
    monitoring: Monitoring,
) -> None:
    found = Findings()

    queries = list_queries(monitoring, {"cluster": "main"}, (), found)

    assert found.items == []
    assert queries == (
        Query(CPU, "Average", 60),
        Query(CPU, "Maximum", 60),
        Query(CPU, "SampleCount", 60),
        Query(shop("Hits"), "Sum", 60),
        Query(shop("Latency"), "p99", 300),
        Query(shop("Latency"), "p99", 420),
        Query(shop("Requests"), "Sum", 60),
    )


def test_an_alarm_that_combines_others_needs_what_they_watch(monitoring: Monitoring) -> None:
    queries = list_queries(monitoring, {"cluster": "main"}, ("both",), Findings())

    assert [(one.metric.name, one.statistic) for one in queries] == [
        ("CPUUtilization", "Average"),
        ("CPUUtilization", "SampleCount"),
        ("Latency", "p99"),
    ]


def test_a_parameter_without_a_value_is_one_finding(monitoring: Monitoring) -> None:
    found = Findings()

    queries = list_queries(monitoring, {}, (), found)

    assert CPU not in {one.metric for one in queries}
    (finding,) = found.items
    assert (finding.rule, finding.help) == (
        "fetch/unknown-parameter",
        "give it with  --parameter cluster=…",
    )
    assert finding.message == 'the parameter "cluster", which "cpu-high" watches by, has no value'


DAY, HOUR = 86_400, 3_600


@pytest.mark.parametrize(
    ("keys", "asked", "given"),
    [
        ((), 14 * DAY, 14 * DAY),
        ((), 15 * DAY, 15 * DAY - HOUR),
        ((), 30 * DAY, 15 * DAY - HOUR),
        (("cpu-high", "slow"), 30 * DAY, 30 * DAY),
        (("both",), 90 * DAY, 63 * DAY - HOUR),
        (("odd",), 30 * DAY, 15 * DAY - HOUR),
    ],
)
def test_no_more_is_fetched_than_cloudwatch_keeps_of_the_shortest_period(
    keys: tuple[str, ...], asked: int, given: int, monitoring: Monitoring
) -> None:
    seconds, findings = shorten_since(monitoring, keys, asked)

    assert seconds == given
    assert [one.rule for one in findings] == ["fetch/no-longer-kept"] * (asked > given + HOUR)


def test_what_is_no_longer_kept_is_said_of_the_alarm_that_needs_it(monitoring: Monitoring) -> None:
    _, (finding,) = shorten_since(monitoring, (), 30 * DAY)

    assert finding.message == (
        'CloudWatch keeps the periods of 1 minute that "rate-low" looks at for 15 days; '
        "no more is fetched"
    )


def test_a_service_without_alarms_fetches_nothing(tmp_path: Path) -> None:
    empty = resolve_text(HEAD, tmp_path)

    assert list_queries(empty, {}, (), Findings()) == ()
    assert shorten_since(empty, (), 99 * DAY) == (99 * DAY, ())

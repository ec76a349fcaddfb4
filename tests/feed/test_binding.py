"""Columns of data files as metrics of a spec: by name, by what they are, in the right unit."""

from __future__ import annotations

from pathlib import Path

import pytest

from feed.test_csv import NOON, write
from support import HEAD, resolve_text
from watchspec.diagnostics import Location, Outcome, Severity
from watchspec.feed import Bound, bind_recordings, choose_column, read_recording, warn_of_unknown
from watchspec.model.metric_ids import MetricId
from watchspec.simulate.data import Samples
from watchspec.simulate.recordings import Recording

SPEC = (
    HEAD
    + """\
parameters:
  cluster: {description: The cluster}
metrics:
  cpu: {metric: AWS/ECS CPUUtilization, dimensions: {ClusterName: "${cluster}", ServiceName: api}}
  latency: {metric: Shop Latency, unit: Seconds, statistic: p99}
  hit_rate:
    expression: 100 * hits / (hits + misses)
    given:
      hits: {metric: AWS/ElastiCache CacheHits, dimensions: {CacheClusterId: redis}, statistic: Sum}
      misses: {metric: AWS/ElastiCache CacheMisses, dimensions: {CacheClusterId: redis}, statistic: Sum}
  cost: {metric: AWS/Billing EstimatedCharges, dimensions: {Currency: USD}}
  here: {metric: Shop Orders}
  there: {metric: Shop Orders, region: us-east-1}
  busiest: {query: "SELECT MAX(Depth) FROM Queues GROUP BY Queue"}
alarms:
  cpu-high: {severity: info, when: {metric: cpu, statistic: Maximum, above: 90, for: 5m}, notify: []}
  depth-high: {severity: info, when: {metric: Shop Depth, dimensions: {Queue: a}, above: 9, for: 5m}, notify: []}
"""
)
CPU = MetricId(
    "AWS/ECS", "CPUUtilization", (("ClusterName", "main"), ("ServiceName", "api")), "eu-west-1"
)


def recording(text: str, folder: Path, name: str = "data.csv") -> Recording:
    outcome = read_recording(write(folder, text, name))
    assert outcome.value is not None, outcome.diagnostics
    return outcome.value


def bind(folder: Path, *texts: str) -> Outcome[Bound]:
    recordings = [recording(text, folder, f"{n}.csv") for n, text in enumerate(texts)]
    return bind_recordings(recordings, resolve_text(SPEC, folder), {"cluster": "main"})


def bound(folder: Path, *texts: str) -> Bound:
    outcome = bind(folder, *texts)
    assert outcome.value is not None, outcome.diagnostics
    return outcome.value


@pytest.mark.parametrize(
    ("name", "metric", "statistic"),
    [
        ("cpu", CPU, "Average"),
        ("cpu Maximum", CPU, "Maximum"),
        ("cpu-high", CPU, "Maximum"),
        ("cpu raw", CPU, ""),
        ("AWS/ECS CPUUtilization{ServiceName=api,ClusterName=main}", CPU, "Average"),
        ("AWS/ECS CPUUtilization{ClusterName=main, ServiceName = api} p90", CPU, "p90"),
        ("latency", MetricId("Shop", "Latency", (), "eu-west-1"), "p99"),
        ("Shop Latency p50", MetricId("Shop", "Latency", (), "eu-west-1"), "p50"),
        ("hit_rate.hits", MetricId("AWS/ElastiCache", "CacheHits", (("CacheClusterId", "redis"),), "eu-west-1"), "Sum"),
        ("AWS/Billing EstimatedCharges{Currency=USD}", MetricId("AWS/Billing", "EstimatedCharges", (("Currency", "USD"),), "us-east-1"), "Maximum"),
        ("Shop Orders in us-east-1", MetricId("Shop", "Orders", (), "us-east-1"), "Average"),
        ("Shop Orders p90 in us-east-1", MetricId("Shop", "Orders", (), "us-east-1"), "p90"),
        ("depth-high", MetricId("Shop", "Depth", (("Queue", "a"),), "eu-west-1"), "Average"),
        ("Queues Depth{Queue=b}", MetricId("Queues", "Depth", (("Queue", "b"),), "eu-west-1"), "Maximum"),
        ('Queues Depth{Queue="b,""c"}', MetricId("Queues", "Depth", (("Queue", 'b,"c'),), "eu-west-1"), "Maximum"),
    ],
)  # fmt: skip
def test_a_column_is_the_metric_it_names(
    name: str, metric: MetricId, statistic: str, tmp_path: Path
) -> None:
    quoted = name.replace('""', '\\"').replace('"', '""')

    data = bound(tmp_path, f'time,"{quoted}"\n{NOON},5\n').data

    assert {one: list(of) for one, of in data.items()} == {metric: [statistic]}


def test_a_column_that_is_no_metric_is_handed_back_with_what_it_may_mean(tmp_path: Path) -> None:
    unknown = bound(tmp_path, f"time,cpu,latncy,what\n{NOON},1,2,3\n").unknown

    assert [(column.names, hint) for column, hint in unknown] == [
        (("latncy",), 'did you mean "latency"?'),
        (("what",), ""),
    ]
    (warning,) = warn_of_unknown(unknown)
    assert (warning.severity, warning.hint) == (Severity.WARNING, 'did you mean "latency"?')
    assert warning.message == '"latncy" is no metric of the spec; nor is 1 more: what'


def test_a_metric_of_two_regions_must_say_which(tmp_path: Path) -> None:
    (found,) = bind(tmp_path, f"time,Shop Orders\n{NOON},1\n").diagnostics

    assert (found.rule, found.message) == (
        "data/two-metrics",
        '"Shop Orders" can be a metric of eu-west-1 and us-east-1',
    )


def test_files_of_one_metric_are_joined_and_the_later_one_counts(tmp_path: Path) -> None:
    outcome = bind(
        tmp_path,
        f"time,cpu\n{NOON + 60},2\n{NOON + 120},3\n",
        f"time,cpu\n{NOON},1\n{NOON + 60},9\n",
    )

    assert outcome.value is not None
    assert outcome.value.data[CPU]["Average"].values.tolist() == [1, 9, 3]
    assert [one.rule for one in outcome.diagnostics] == ["data/conflicting-values"]


@pytest.mark.parametrize(
    ("unit", "value"), [("Milliseconds", 0.25), ("ms", 0.25), ("Seconds", 250), ("None", 250)]
)
def test_values_are_converted_to_the_unit_of_their_metric(
    unit: str, value: float, tmp_path: Path
) -> None:
    data = bound(tmp_path, f"time,metric,value,unit\n{NOON},latency,250,{unit}\n").data

    (samples,) = (samples for of in data.values() for samples in of.values())
    assert samples.values.tolist() == [value]


@pytest.mark.parametrize(
    ("unit", "message", "hint"),
    [
        ("Bytes", '"latency" is in Bytes, but the metric is in Seconds', ""),
        ("Count/Second", '"latency" is in Count/Second, but the metric is in Seconds', ""),
        ("Second", '"Second", the unit of "latency", is none that CloudWatch has', 'did you mean "second"?'),
    ],
)  # fmt: skip
def test_a_unit_of_another_kind_is_an_error(
    unit: str, message: str, hint: str, tmp_path: Path
) -> None:
    outcome = bind(tmp_path, f"time,metric,value,unit\n{NOON},latency,250,{unit}\n")

    assert outcome.value is None
    assert [(one.rule, one.message, one.hint) for one in outcome.diagnostics] == [
        ("data/wrong-unit", message, hint)
    ]


HERE = Location("spec.yaml", 9, 5)


def choose(text: str, name: str, folder: Path) -> Outcome[Samples]:
    return choose_column(recording(text, folder), name, "Seconds", HERE)


def test_a_column_is_chosen_by_its_name_or_for_being_alone(tmp_path: Path) -> None:
    for text, name in ((f"time,a,b\n{NOON},1,2\n", "b"), (f"time,x\n{NOON},2\n", "")):
        chosen = choose(text, name, tmp_path)

        assert chosen.value is not None
        assert chosen.value.values.tolist() == [2]


@pytest.mark.parametrize(
    ("name", "message", "advice"),
    [
        ("", "has 2 columns, and none is named", "columns: alpha, beta"),
        ("bta", 'has no column "bta"', 'did you mean "beta"?'),
        ("x", 'has no column "x"', "columns: alpha, beta"),
    ],
)
def test_a_column_that_is_not_there_is_found_where_it_is_asked_for(
    name: str, message: str, advice: str, tmp_path: Path
) -> None:
    (found,) = choose(f"time,alpha,beta\n{NOON},1,2\n", name, tmp_path).diagnostics

    assert found.message.endswith(message)
    assert (found.rule, found.advice, found.location) == ("data/unknown-column", advice, HERE)


def test_a_name_with_two_units_is_two_columns(tmp_path: Path) -> None:
    text = f"time,metric,value,unit\n{NOON},a,1,Bytes\n{NOON},a,1,Count\n"

    (found,) = choose(text, "a", tmp_path).diagnostics

    assert found.message.endswith('has 2 columns "a"')

"""Alarms on the series of a query: in ALARM while one of them is.

Sources: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/multi-time-series-alarm.html and
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-metrics-insights-alarms-partial-data.html
(read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from simulate.stories import START, read_samples, story
from support import HEAD, resolve_text
from watchspec.model.metric_ids import MetricId
from watchspec.simulate.data import RAW
from watchspec.simulate.options import Options
from watchspec.simulate.scenario import Outcome, simulate_monitoring

SPEC = """\
notify: {{critical: {{email: [a@example.com], on_recovery: true}}}}
metrics:
  load: {{query: 'SELECT MAX(Load) FROM SCHEMA(Shop, Host){clauses}'}}
alarms:
  busy:
    severity: critical
    missing_data: {missing}
    when: {{metric: load, above: 90, for: 2m}}
    runbook: {{impact: Slow., steps: [Look.]}}
"""
GROUPED = " GROUP BY Host ORDER BY MAX() DESC"


def run(
    folder: Path,
    minutes: int,
    clauses: str = GROUPED,
    missing: str = "missing",
    options: Options | None = None,
    hosts: Mapping[str, str] | None = None,
    **more: str,
) -> Outcome:
    """The outcome over so many minutes for some hosts, one value a minute each."""
    text = SPEC.format(clauses=clauses, missing=missing)
    monitoring = resolve_text(HEAD + text, folder)
    data = {
        MetricId("Shop", "Load", (("Host", host),), "eu-west-1"): {RAW: read_samples(values)}
        for host, values in {**(hosts or {}), **more}.items()
    }
    return simulate_monitoring(monitoring, data, START, minutes * 60, options or Options())


def told(outcome: Outcome) -> list[str]:
    return [
        f"{(one.time - START) // 60} {one.state.name} {one.contributor}" for one in outcome.notices
    ]


def test_the_alarm_is_in_alarm_while_one_series_is(tmp_path: Path) -> None:
    outcome = run(tmp_path, 12, a="50x12", b="50x2 95x4 50x6", c="50x4 95x4 50x4")

    assert story(outcome, "busy") == ["0 INSUFFICIENT_DATA", "1 OK", "4 ALARM", "9 OK"]


def test_each_series_tells_of_itself(tmp_path: Path) -> None:
    outcome = run(tmp_path, 12, a="50x12", b="50x2 95x4 50x6", c="50x4 95x4 50x4")

    assert told(outcome) == ["4 ALARM b", "6 ALARM c", "7 OK b", "9 OK c"]


def test_a_query_without_groups_is_watched_like_a_metric(tmp_path: Path) -> None:
    outcome = run(tmp_path, 8, clauses="", a="50x8", b="50x2 95x4 50x2")

    assert story(outcome, "busy") == ["0 INSUFFICIENT_DATA", "1 OK", "4 ALARM", "7 OK"]
    assert told(outcome) == ["1 OK ", "4 ALARM ", "7 OK "]


@pytest.mark.parametrize(
    ("missing", "minute"), [("missing", 10), ("ignore", 10), ("breaching", 10), ("notBreaching", 9)]
)
def test_a_series_that_vanishes_is_ok(missing: str, minute: int, tmp_path: Path) -> None:
    outcome = run(tmp_path, 14, missing=missing, a="50x14", b="50x2 95x4")

    assert [one for one in told(outcome) if one.endswith("b")] == [
        "4 ALARM b",
        f"{minute} OK b",
    ]
    assert story(outcome, "busy")[-1] == f"{minute} OK"


@pytest.mark.parametrize(
    ("missing", "changes"),
    [
        ("missing", ["4 ALARM b"]),
        ("ignore", []),
        ("breaching", ["3 ALARM b"]),
        ("notBreaching", []),
    ],
)
def test_what_is_missing_within_a_series_is_as_for_any_alarm(
    missing: str, changes: list[str], tmp_path: Path
) -> None:
    outcome = run(tmp_path, 4, missing=missing, a="50x4", b="_ _ 95 _")

    assert told(outcome) == changes


@pytest.mark.parametrize(
    ("missing", "empty_query", "state"),
    [
        ("missing", "missing data", "INSUFFICIENT_DATA"),
        ("ignore", "missing data", "OK"),
        ("breaching", "missing data", "ALARM"),
        ("notBreaching", "missing data", "OK"),
        ("breaching", "INSUFFICIENT_DATA", "INSUFFICIENT_DATA"),
        ("ignore", "INSUFFICIENT_DATA", "INSUFFICIENT_DATA"),
    ],
)
def test_no_series_at_all(missing: str, empty_query: str, state: str, tmp_path: Path) -> None:
    options = Options(empty_query=empty_query)  # type: ignore[arg-type]  # a column of the table

    outcome = run(tmp_path, 12, missing=missing, options=options, a="50x4")

    assert story(outcome, "busy")[:2] == ["0 INSUFFICIENT_DATA", "1 OK"]
    assert outcome.histories["busy"].state_at(START + 12 * 60).name == state
    assert run(tmp_path, 3, missing="breaching").histories["busy"].states.tolist() == [1, 1, 1]


def test_the_reason_counts_the_series(tmp_path: Path) -> None:
    hosts = {f"h{number:03}": "95x5" if number < 95 else "50x5" for number in range(150)}
    outcome = run(tmp_path, 5, hosts=hosts)

    reason = outcome.histories["busy"].reason_at(START + 4 * 60)

    assert reason == "95 out of 150 time series evaluated to ALARM"


def test_more_than_a_hundred_series_are_not_counted(tmp_path: Path) -> None:
    hosts = {f"h{number:03}": "95x5" for number in range(120)}
    outcome = run(tmp_path, 5, hosts=hosts)

    reason = outcome.histories["busy"].reason_at(START + 4 * 60)

    assert reason == "100+ time series evaluated to ALARM"


def test_the_reason_of_no_series_is_that_of_missing_data(tmp_path: Path) -> None:
    outcome = run(tmp_path, 3, missing="breaching")

    assert outcome.histories["busy"].reason_at(START + 120) == (
        "Threshold Crossed: no datapoints were received for 2 periods and 2 missing datapoints were "
        "treated as [Breaching]."
    )


def test_only_the_first_series_count(tmp_path: Path) -> None:
    clauses = " GROUP BY Host ORDER BY SUM() ASC LIMIT 2"
    outcome = run(tmp_path, 12, clauses=clauses, a="1x12", b="2x12", c="95x6 0x6")

    assert story(outcome, "busy") == ["0 INSUFFICIENT_DATA", "1 OK"]
    outcome = run(
        tmp_path, 12, clauses=clauses.replace("ASC", "DESC"), a="1x12", b="2x12", c="95x6 0x6"
    )
    assert story(outcome, "busy") == ["0 INSUFFICIENT_DATA", "1 OK", "2 ALARM", "7 OK"]


def test_the_data_points_shown_are_the_nearest_to_breaching(tmp_path: Path) -> None:
    values = run(tmp_path, 4, a="1 5 _ _", b="3 2 4 _").histories["busy"].values()

    assert values is not None
    np.testing.assert_array_equal(values, [3, 5, 4, np.nan])


def test_groups_without_an_order_are_no_alarm(tmp_path: Path) -> None:
    outcome = run(tmp_path, 4, clauses=" GROUP BY Host", a="1x4")

    assert outcome.unsupported == {
        "busy": "CloudWatch takes no alarm on a query with GROUP BY without ORDER BY"
    }


def test_in_no_time_nothing_happens(tmp_path: Path) -> None:
    outcome = run(tmp_path, 0, a="95x4")

    assert outcome.histories["busy"].states.tolist() == []
    assert outcome.notices == ()
    assert outcome.histories["busy"].values() is not None

"""The series that a Metrics Insights query gives over what is known of metrics.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-metrics-insights-querylanguage.html (read 2026-11-24)
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from simulate.stories import START, read_samples
from support import HEAD, resolve_text
from watchspec.model.metric_ids import MetricId
from watchspec.simulate.data import RAW, Data, Samples, UnsupportedError
from watchspec.simulate.measures import measure_signal
from watchspec.simulate.options import Options
from watchspec.simulate.statistics import Grid

HERE = "eu-west-1"


def host(called: str, shard: str = "", **more: str) -> MetricId:
    """The metric Load of a host."""
    labels = {"Host": called, **({"Shard": shard} if shard else {})}
    found = {"namespace": "Shop/Api", "name": "Load", "region": HERE} | more
    return MetricId(dimensions=tuple(sorted(labels.items())), **found)


LOADS: dict[MetricId, str] = {
    host("a"): "1 2 _ 4",
    host("b"): "10 20 _ _",
    host("a", "1"): "100 _ _ 100",
    host("b", "1"): "200 _ _ 200",
    host("c", "2"): "7 7 7 7",
    host("a", name="Free"): "5 5 5 5",
    host("a", namespace="Shop/Web"): "5 5 5 5",
    host("a", region="eu-central-1"): "5 5 5 5",
    host("d", account="444455556666"): "1000 _ _ _",
}
DATA: Data = {metric: {RAW: read_samples(values)} for metric, values in LOADS.items()}


def ask(expression: str, sql: str, folder: Path, data: Data = DATA, minutes: int = 4) -> str:
    """The values of an expression over a query `q`, minute by minute."""
    text = f"metrics:\n  q: {{query: '{sql.replace(chr(39), chr(39) * 2)}'}}\n"
    text += f"  it: {{expression: '{expression}'}}\n"
    signals = {signal.key: signal for signal in resolve_text(HEAD + text, folder).signals}
    source = signals["q" if expression == "q" else "it"].source
    points = measure_signal(source, data, Grid(START, 60, minutes), Options()).points()
    return " ".join("-" if np.isnan(one) else f"{one:g}" for one in points)


@pytest.mark.parametrize(
    ("sql", "points"),
    [
        ('SELECT SUM(Load) FROM "Shop/Api"', "1318 29 7 311"),
        ('SELECT MAX(Load) FROM "Shop/Api"', "1000 20 7 200"),
        ('SELECT MIN(Load) FROM "Shop/Api"', "1 2 7 4"),
        ('SELECT COUNT(Load) FROM "Shop/Api"', "6 3 1 4"),
        ('SELECT AVG(Load) FROM SCHEMA("Shop/Api", Host, Shard)', "102.333 7 7 102.333"),
        ('SELECT SUM(Load) FROM SCHEMA("Shop/Api", Host)', "1011 22 - 4"),
        ('select sum(Load) from SCHEMA("Shop/Api", Shard, Host)', "307 7 7 307"),
        ('SELECT SUM(Load) FROM SCHEMA("Shop/Api", Shard)', "- - - -"),
        ("SELECT SUM(Load) FROM \"Shop/Api\" WHERE Host = 'a'", "101 2 - 104"),
        ("SELECT SUM(Load) FROM \"Shop/Api\" WHERE Host = 'a' AND Shard = '1'", "100 - - 100"),
        ("SELECT SUM(Load) FROM \"Shop/Api\" WHERE Host = 'A'", "- - - -"),
        ("SELECT SUM(Load) FROM \"Shop/Api\" WHERE Shard != '1'", "1018 29 7 11"),
        (
            'SELECT SUM(Load) FROM "Shop/Api" WHERE AWS.AccountId = CURRENT_ACCOUNT_ID()',
            "318 29 7 311",
        ),
        (
            "SELECT SUM(Load) FROM \"Shop/Api\" WHERE Host = 'd' AND AWS.AccountId = '444455556666'",
            "1000 - - -",
        ),
        ('SELECT SUM(load) FROM "Shop/Api"', "- - - -"),
        ('SELECT SUM(Free) FROM "Shop/Api"', "5 5 5 5"),
    ],
)
def test_one_series_of_all_metrics_that_are_meant(sql: str, points: str, tmp_path: Path) -> None:
    assert ask("q", sql, tmp_path) == points


BY_HOST = 'SELECT SUM(Load) FROM SCHEMA("Shop/Api", Host, Shard) GROUP BY Host'


@pytest.mark.parametrize(
    ("expression", "clauses", "points"),
    [
        ("FIRST(q)", "", "100 - - 100"),
        ("FIRST(q)", " ORDER BY SUM() ASC", "7 7 7 7"),
        ("FIRST(q)", " ORDER BY SUM()", "7 7 7 7"),
        ("FIRST(q)", " ORDER BY SUM() DESC", "200 - - 200"),
        ("FIRST(q)", " ORDER BY COUNT() DESC", "7 7 7 7"),
        ("LAST(q)", " ORDER BY MAX() DESC", "7 7 7 7"),
        ("SUM(q)", "", "307 7 7 307"),
        ("SUM(q)", " ORDER BY AVG() DESC LIMIT 2", "300 - - 300"),
        ("SUM(q)", " LIMIT 1", "100 - - 100"),
        ("q / METRIC_COUNT(q)", " ORDER BY MIN() DESC LIMIT 1", "200 - - 200"),
    ],
)
def test_series_by_label(expression: str, clauses: str, points: str, tmp_path: Path) -> None:
    assert ask(expression, BY_HOST + clauses, tmp_path) == points


def test_a_metric_without_the_label_belongs_to_the_others(tmp_path: Path) -> None:
    sql = 'SELECT SUM(Load) FROM "Shop/Api" GROUP BY Shard ORDER BY SUM() DESC'

    assert ask("FIRST(q)", sql, tmp_path) == "1011 22 - 4"


@pytest.mark.parametrize(
    ("limit", "given"),
    [("", 500), (" LIMIT 499", 499), pytest.param(f" LIMIT {'9' * 5000}", 500, id="beyond int")],
)
def test_no_more_than_five_hundred_series_are_given(limit: str, given: int, tmp_path: Path) -> None:
    """The limit: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-metrics-insights-limits.html (read 2026-11-24)"""
    data = {host(f"h{number}"): {RAW: read_samples("1 1")} for number in range(502)}

    points = ask(
        "SUM(q)", f'SELECT SUM(Load) FROM "Shop/Api" GROUP BY Host{limit}', tmp_path, data, 2
    )

    assert points == f"{given} {given}"


def test_series_without_points_are_no_results(tmp_path: Path) -> None:
    data = {host("a", "1"): {RAW: Samples(np.array([]), np.array([]))}, **DATA}

    assert (
        ask("SUM(q) / METRIC_COUNT(q)", BY_HOST, tmp_path, data)
        == "102.333 2.33333 2.33333 102.333"
    )
    assert ask("METRIC_COUNT(q) * SUM(q)", BY_HOST, tmp_path, {}) == "- - - -"


@pytest.mark.parametrize(
    ("function", "known", "points"),
    [
        ("AVG", ({"Average": "10 10", "SampleCount": "3 3"}, {RAW: "50 _"}), "20 10"),
        (
            "AVG",
            ({"Average": "10 10", "Maximum": "99 99"}, {"Sum": "50 _", "SampleCount": "1 _"}),
            "30 10",
        ),
        ("AVG", ({"Sum": "10 10"}, {"p99": "50 _"}), "30 10"),
        ("AVG", ({RAW: "10 10", "Average": "1 1"}, {RAW: "50 _"}), "30 10"),
        ("SUM", ({"Average": "10 10", "SampleCount": "3 3"}, {RAW: "50 _"}), "80 30"),
        ("SUM", ({"Sum": "10 10"}, {"Maximum": "50 _"}), "60 10"),
        ("COUNT", ({"SampleCount": "3 3"}, {RAW: "50 _"}), "4 3"),
        ("COUNT", ({"Average": "10 10"}, {"Sum": "50 _", "SampleCount": "9 _"}), "10 1"),
        ("MAX", ({"Maximum": "10 10", "Average": "1 1"}, {RAW: "50 _"}), "50 10"),
        ("MIN", ({"Minimum": "10 10", "Average": "90 90"}, {RAW: "50 _"}), "10 10"),
    ],
)
def test_metrics_that_are_known_in_other_ways_are_put_together(
    function: str, known: tuple[dict[str, str], ...], points: str, tmp_path: Path
) -> None:
    data = {
        host(name): {key: read_samples(values) for key, values in one.items()}
        for name, one in zip("ab", known, strict=True)
    }

    assert ask("q", f'SELECT {function}(Load) FROM "Shop/Api"', tmp_path, data, 2) == points


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        (
            "SELECT SUM(Load) FROM \"Shop/Api\" WHERE Host = 'a' OR Host = 'b'",
            "only AWS knows what OR means in a query",
        ),
        (
            "SELECT SUM(Load) FROM \"Shop/Api\" WHERE Host LIKE 'a'",
            "only AWS knows what LIKE means in a query",
        ),
        (
            "SELECT SUM(Load) FROM \"Shop/Api\" WHERE tag.team = 'a'",
            "only AWS knows which tags resources have",
        ),
        (
            'SELECT SUM(Load) FROM "Shop/Api" GROUP BY tag.team',
            "only AWS knows which tags resources have",
        ),
        (
            "SELECT SUM(Load) FROM \"Shop/Api\" WHERE AWS.AccountId = '111122223333'",
            "in which account the metrics are is not known",
        ),
        ("SELECT SUM(Load) FROM", "the query cannot be read: the query ends too early"),
        (BY_HOST, "an alarm watches one series, and these are several"),
        ("SELECT MAX(Load) FROM \"Shop/Api\" WHERE Host = 'b' AND Shard != '1'", ""),
    ],
)
def test_what_only_aws_can_tell_is_said(sql: str, message: str, tmp_path: Path) -> None:
    if not message:
        assert ask("q", sql, tmp_path) == "10 20 - -"
        return
    with pytest.raises(UnsupportedError) as caught:
        ask("q", sql, tmp_path)

    assert str(caught.value) == message

"""JSON as the AWS CLI prints it: one page or many, of either command."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from feed.test_csv import only, read, series, write
from watchspec.feed import read_recording

TIMES = ["2026-11-01T12:01:00+00:00", "2026-11-01T12:00:00+00:00"]


def result(**changes: Any) -> dict[str, Any]:
    whole = {"Id": "cpu", "Label": "CPU", "Timestamps": TIMES, "Values": [2, 1.5]}
    return {"MetricDataResults": [whole | {"StatusCode": "Complete"} | changes], "Messages": []}


def test_get_metric_data_gives_a_column_a_result(tmp_path: Path) -> None:
    (column,) = read(tmp_path, json.dumps(result(), indent=4))

    assert column.names == ("cpu", "CPU")
    assert series(column) == [(0, 1.5), (60, 2.0)]


def test_get_metric_statistics_gives_a_column_a_statistic(tmp_path: Path) -> None:
    points = [
        {"Timestamp": TIMES[0], "Average": 2, "Maximum": 9.5, "Unit": "Percent"},
        {"Timestamp": TIMES[1], "Average": 1, "ExtendedStatistics": {"p99": 8}, "Unit": "Percent"},
    ]

    columns = read(tmp_path, json.dumps({"Label": "cpu", "Datapoints": points}))

    assert [(one.names, one.statistic, one.unit, series(one)) for one in columns] == [
        (("cpu",), "Average", "Percent", [(0, 1.0), (60, 2.0)]),
        (("cpu",), "Maximum", "Percent", [(60, 9.5)]),
        (("cpu",), "p99", "Percent", [(0, 8.0)]),
    ]


@pytest.mark.parametrize("join", ["\n".join, ",".join])
def test_pages_of_one_series_are_joined(join: Any, tmp_path: Path) -> None:
    text = join(
        json.dumps(result(Timestamps=[time], Values=[value]))
        for time, value in zip(TIMES, (2, 1), strict=True)
    )

    (column,) = read(tmp_path, f"[{text}]" if "}," in text and "}\n" not in text else text)

    assert series(column) == [(0, 1.0), (60, 2.0)]


def test_an_answer_that_is_not_whole_is_a_warning_where_it_says_so(tmp_path: Path) -> None:
    document = result(StatusCode="PartialData") | {"NextToken": "abc"}

    outcome = read_recording(write(tmp_path, json.dumps(document, indent=1)))

    assert outcome.value is not None
    found = [(one.rule, one.message, one.location) for one in outcome.diagnostics]
    assert [(rule, message) for rule, message, _ in found] == [
        ("data/incomplete", "there are more pages than this"),
        ("data/incomplete", 'CloudWatch calls "cpu" PartialData'),
    ]
    lines = json.dumps(document, indent=1).split("\n")
    for (_, _, place), word in zip(found, ('"abc"', '"PartialData"'), strict=True):
        assert place is not None
        assert lines[place.line - 1][place.column - 1 :].startswith(word)


@pytest.mark.parametrize(
    ("text", "rule", "message"),
    [
        ("{", "data/bad-json", "the file is not JSON: expecting property name enclosed in double quotes"),
        ("[" * 100_000, "data/bad-json", "the file holds a number that is too long, or lists that are too deep"),
        ('{"a": ' + "9" * 5_000 + "}", "data/bad-json", "the file holds a number that is too long, or lists that are too deep"),
        ("{}", "data/bad-json", "this is not an answer of CloudWatch"),
        ("[1]", "data/bad-json", "this is not an answer of CloudWatch"),
        ('{"MetricDataResults": [1]}', "data/bad-json", "this result has no Id, or not as many Values as Timestamps"),
        (json.dumps(result(Values=[1])), "data/bad-json", "this result has no Id, or not as many Values as Timestamps"),
        (json.dumps(result(Id=3)), "data/bad-json", "this result has no Id, or not as many Values as Timestamps"),
        ('{"Label": "x", "Datapoints": [{"Timestamp": "2026-11-01"}]}', "data/bad-json", "this is no data point: it has no Timestamp or no statistic"),
        ('{"Label": "x", "Datapoints": [3]}', "data/bad-json", "this is no data point: it has no Timestamp or no statistic"),
        (json.dumps(result(Values=[1, "x"])), "data/bad-number", '"x" of "cpu" is not a value of a metric'),
        (json.dumps(result(Values=[1, True])), "data/bad-number", '"True" of "cpu" is not a value of a metric'),
        (json.dumps(result(Values=[None, 1e200])), "data/bad-number", '"None" of "cpu" is not a value of a metric, and 1 more like it'),
        (json.dumps(result(Values=[1, float("inf")])), "data/bad-number", '"inf" of "cpu" is not a value of a metric'),
        (json.dumps(result(Timestamps=["soon", None])), "data/bad-time", '"soon" of "cpu" is not a time between 2000 and 2100, and 1 more like it'),
        ('{"MetricDataResults": []}', "data/no-data", "the file holds no data points"),
    ],
)  # fmt: skip
def test_what_is_no_answer_is_one_finding(
    text: str, rule: str, message: str, tmp_path: Path
) -> None:
    found = only(tmp_path, text)

    assert (found.rule, found.message) == (rule, message)


def test_a_value_that_is_none_is_found_where_it_stands(tmp_path: Path) -> None:
    text = json.dumps(result(Values=[1, "x"]), indent=2)

    place = only(tmp_path, text).location

    assert place is not None
    assert text.split("\n")[place.line - 1][place.column - 1 :][: place.width] == '"x"'

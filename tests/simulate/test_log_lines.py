"""Lines of a log in, samples of metrics out."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import HEAD, resolve_text
from watchspec.simulate.data import RAW, UnsupportedError
from watchspec.simulate.log_lines import measure_lines
from watchspec.simulate.options import Options

START = 1_773_014_400
LOG = """\
logs:
  backend:
    group: /shop
    retention: 30 days
    metrics:
      it: {filter}
"""


def count(folder: Path, written: str, *lines: str, more: str = "") -> dict[str, str]:
    """What a filter makes of lines, each with its second before it: `12 ERROR`, metric by metric."""
    monitoring = resolve_text(HEAD + LOG.replace("{filter}", written) + more, folder)
    timed = [
        (START + int(second), text) for second, _, text in (one.partition(" ") for one in lines)
    ]
    data = measure_lines(monitoring.metric_filters, timed, "eu-west-1", Options())
    return {
        " ".join(
            [metric.name, *(f"{name}={value}" for name, value in metric.dimensions)]
        ): " ".join(
            f"{time - START}:{value:g}"
            for time, value in zip(known[RAW].times, known[RAW].values, strict=True)
        )
        for metric, known in data.items()
    }


def test_each_line_that_matches_is_a_sample_of_its_minute(tmp_path: Path) -> None:
    lines = ["3 ERROR a", "59 ERROR b", "60 INFO c", "125 ERROR d"]

    assert count(tmp_path, "{pattern: ERROR}", *lines) == {"it": "0:1 0:1 120:1"}


def test_lines_count_in_the_order_of_time(tmp_path: Path) -> None:
    assert count(tmp_path, "{pattern: a, value: 2.5}", "70 a", "5 a") == {"it": "0:2.5 60:2.5"}


def test_the_default_stands_for_minutes_with_lines_but_no_match(tmp_path: Path) -> None:
    lines = ["0 ERROR", "1 INFO", "60 INFO", "61 INFO", "180 INFO"]

    assert count(tmp_path, "{pattern: ERROR, default: 0}", *lines) == {"it": "0:1 60:0 180:0"}


def test_a_value_is_read_from_a_field(tmp_path: Path) -> None:
    written = "{pattern: '{ $.ms = * }', value: $.ms, default: 0}"
    lines = [
        '0 {"ms": 50}',
        '60 {"ms": "fast"}',
        '120 {"ms": "50"}',
        '180 {"ms": 1e300}',
        '240 {"ms": -0.5}',
        "300 {}",
    ]

    assert count(tmp_path, written, *lines) == {"it": "0:50 240:-0.5 300:0"}


@pytest.mark.parametrize("value", ["$size", "$3"])
def test_a_value_is_read_from_a_column(value: str, tmp_path: Path) -> None:
    lines = ["0 GET /a 15", "60 GET /a -", "120 GET /a"]

    assert count(tmp_path, f"{{pattern: '[verb, path, size]', value: {value}}}", *lines) == {
        "it": "0:15"
    }


def test_a_field_that_the_line_does_not_have_gives_no_value(tmp_path: Path) -> None:
    assert count(tmp_path, "{pattern: '{ $.a = 1 }', value: $.b}", '0 {"a": 1}') == {}


def test_each_value_of_a_dimension_is_a_metric(tmp_path: Path) -> None:
    written = "{pattern: '{ $.a = 1 }', dimensions: {Page: $.page, Beta: $.beta}}"
    lines = [
        '0 {"a": 1, "page": "home", "beta": true}',
        '1 {"a": 1, "page": "cart", "beta": false}',
        '2 {"a": 1, "page": "home", "beta": true}',
        '3 {"a": 1, "page": "home"}',
        '4 {"a": 1, "page": " ", "beta": true}',
        '5 {"a": 1, "page": null, "beta": true}',
        '6 {"a": 1, "page": ["home"], "beta": true}',
        '7 {"a": 2, "page": "home", "beta": true}',
    ]

    assert count(tmp_path, written, *lines) == {
        "it Beta=true Page=home": "0:1 0:1",
        "it Beta=false Page=cart": "0:1",
    }


def test_filters_of_one_metric_add_up(tmp_path: Path) -> None:
    more = "      other: {pattern: WARN, name: it, value: 5}\n"

    assert count(tmp_path, "{pattern: ERROR}", "0 ERROR", "1 WARN", more=more) == {"it": "0:1 0:5"}


def test_without_filters_there_is_no_data() -> None:
    assert measure_lines((), [(0, "a")], "eu-west-1", Options()) == {}


def test_without_lines_there_is_no_data(tmp_path: Path) -> None:
    assert count(tmp_path, "{pattern: ERROR, default: 0}") == {}


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("{pattern: '{ $.a == 1 }'}", 'the pattern of "it" cannot be read: CloudWatch compares'),
        ("{pattern: a, value: $.}", '"$." is no field that "it" reads'),
        ("{pattern: a, value: $.a}", '"$.a" is no field that "it" reads'),
        ("{pattern: '[a]', value: $.a}", '"$.a" is no field that "it" reads'),
        ("{pattern: '{ $.a = 1 }', value: $a}", '"$a" is no field that "it" reads'),
        (
            "{pattern: '{ $.a = 1 }', dimensions: {Page: $page}}",
            '"$page" is no field that "it" reads',
        ),
    ],
)
def test_what_cloudwatch_would_refuse_is_said(written: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(UnsupportedError) as caught:
        count(tmp_path, written, "0 a")

    assert str(caught.value).startswith(message)

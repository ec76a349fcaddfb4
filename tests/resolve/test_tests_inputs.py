"""What a test gives values to, and whether anything expected depends on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from resolve.spec_tests import SHOP, find, only, read_test
from support import check_text, marked_text, resolve_text
from watchspec.diagnostics import Severity
from watchspec.model.spec_tests import DataFile, SeriesInput
from watchspec.model.text import Deferred, ResourceRef


def read_series(series: str, expect: str, folder: Path) -> tuple[SeriesInput, ...]:
    return read_test(f"series: {series}\nfor: 1h\nexpect: [{expect}]", folder).series


HOT = "{alarm: cpu-hot, is: OK}"
RATE = "{metric: error_rate, is: 5%}"


def test_a_metric_of_the_spec_is_fed_by_its_name(tmp_path: Path) -> None:
    (series,) = read_series("{cpu: 50}", HOT, tmp_path)

    assert series.name == "cpu"
    assert (series.stat.namespace, series.stat.name) == ("AWS/ECS", "CPUUtilization")
    assert series.stat.statistic == "Average"
    assert series.step_seconds == 60
    assert marked_text_of(series) == "cpu"


def marked_text_of(series: SeriesInput) -> str:
    place = series.place
    line = Path(place.file).read_text(encoding="utf-8").split("\n")[place.line - 1]
    return line[place.column - 1 : place.column - 1 + place.width]


def test_values_stand_one_period_of_the_metric_apart_or_as_far_as_is_said(tmp_path: Path) -> None:
    expect = "{alarm: cost-high, is: OK}"

    (by_period,) = read_series("{cost: 5}", expect, tmp_path)
    (by_hand,) = read_series("{cost: {values: 5, every: 20s}}", expect, tmp_path)

    assert by_period.step_seconds == 300
    assert by_hand.step_seconds == 20


def test_a_metric_of_log_lines_is_a_metric_like_any_other(tmp_path: Path) -> None:
    (series,) = read_series("{errors: 5}", RATE, tmp_path)

    assert (series.stat.namespace, series.stat.name) == ("shop/prod", "errors")


def test_an_input_that_is_described_in_an_expression_is_named_after_both(tmp_path: Path) -> None:
    (series,) = read_series("{error_rate.good: 5}", RATE, tmp_path)

    assert (series.stat.namespace, series.stat.name) == ("Shop", "Good")
    assert series.stat.statistic == "Sum"


def test_a_health_check_is_fed_by_its_key(tmp_path: Path) -> None:
    (series,) = read_series("{front door: 1}", "{alarm: front door-unhealthy, is: OK}", tmp_path)

    assert (series.stat.namespace, series.stat.name) == ("AWS/Route53", "HealthCheckStatus")
    part = ResourceRef("health_check", "front door")
    assert series.stat.dimensions == (("HealthCheckId", Deferred((part,))),)


def test_an_aws_metric_is_fed_with_the_dimensions_its_series_have(tmp_path: Path) -> None:
    series = read_series(
        "{AWS/EC2 CPUUtilization: [{dimensions: {InstanceId: i-1}, values: 50},"
        " {dimensions: {InstanceId: i-2}, values: 99x3}]}",
        "{alarm: fleet-hot, is: OK}",
        tmp_path,
    )

    assert [one.stat.dimensions for one in series] == [
        (("InstanceId", "i-1"),),
        (("InstanceId", "i-2"),),
    ]
    assert [one.name for one in series] == ["AWS/EC2 CPUUtilization"] * 2


def test_a_metric_can_be_given_as_another_statistic_of_another_region_and_account(
    tmp_path: Path,
) -> None:
    more = "statistic: Maximum, region: us-east-1, account: '111122223333'"
    test = f"series: {{cpu: {{values: 5, {more}}}}}\nfor: 5m\nexpect: [{HOT}]"

    found = only(find(test, tmp_path))

    assert found.rule == "test/unread-series"  # in the other Region and account nothing watches it


def test_values_of_two_statistics_are_of_one_metric(tmp_path: Path) -> None:
    average, highest = read_series(
        "{cpu: [{values: 5}, {statistic: Maximum, values: 9}]}", HOT, tmp_path
    )

    assert average.stat.statistic == "Average"
    assert highest.stat.statistic == "Maximum"
    assert highest.stat.dimensions == average.stat.dimensions


def test_parameters_decide_which_metric_it_is(tmp_path: Path) -> None:
    raw = "{dimensions: {ClusterName: NAME, ServiceName: web}, values: 50x3}"
    test = "series: {AWS/ECS CPUUtilization: %s}\n%sexpect: [{alarm: cpu-hot, is: OK}]"

    assert read_test(test % (raw.replace("NAME", "shop"), ""), tmp_path).series
    other = test % (raw.replace("NAME", "other"), "parameters: {cluster: other}\n")
    assert read_test(other, tmp_path).series
    found = only(find(test % (raw.replace("NAME", "other"), ""), tmp_path))
    assert found.rule == "test/unread-series"


def test_values_can_be_in_a_file(tmp_path: Path) -> None:
    series = "{cpu: {file: data/hot.csv, column: cpu}}"

    (one,) = read_series(series, HOT, tmp_path)

    assert isinstance(one.values, DataFile)
    assert (one.values.path, one.values.column) == ("data/hot.csv", "cpu")
    assert one.values.place.file == str(tmp_path / "spec.yaml")


@pytest.mark.parametrize(
    ("series", "rule", "message", "advice"),
    [
        ("cpuu", "metric/unknown", 'there is no metric "cpuu"', 'did you mean "cpu"?'),
        ("front-door", "metric/unknown", "there is no metric", 'did you mean "front door"?'),
        ("zzz", "metric/unknown", "there is no metric", 'write an AWS metric as "Namespace Name"'),
        (
            "error_rate",
            "test/made-of-others",
            '"error_rate" is an expression, which follows from other metrics',
            "give values to errors, error_rate.good",
        ),
        (
            "doubled",
            "test/made-of-others",
            '"doubled" is an expression, which follows from other metrics',
            "give values to errors, error_rate.good",
        ),
        (
            "busiest",
            "test/made-of-others",
            '"busiest" is a query, which follows from the metrics it reads',
            "give values to AWS/EC2 CPUUtilization, each series with its dimensions",
        ),
        (
            "error_rate.god",
            "metric/unknown",
            '"error_rate" is not given anything as "god"',
            'did you mean "good"?; it is made of errors, error_rate.good',
        ),
        (
            "error_rate.errors",
            "metric/unknown",
            '"error_rate" is not given anything as "errors"',
            "it is made of errors, error_rate.good",
        ),
        ("cpu.x", "metric/unknown", '"cpu" is not given anything as "x"', "it is made of cpu"),
        ("nope.x", "metric/unknown", 'there is no metric "nope.x"', "write an AWS metric as"),
    ],
)
def test_what_cannot_be_fed_is_told_with_what_can(
    series: str, rule: str, message: str, advice: str, tmp_path: Path
) -> None:
    found = only(find(f"series: {{{series}: 5}}\nfor: 5m\nexpect: [{HOT}]", tmp_path))

    assert found.rule == rule
    assert found.message.startswith(message)
    assert found.advice.startswith(advice)
    assert marked_text(found) == series


@pytest.mark.parametrize("key", ["dimensions: {A: b}", "statistic: Sum", "region: eu-west-1"])
@pytest.mark.parametrize("name", ["front door", "error_rate.good"])
def test_a_health_check_and_an_input_are_one_metric(name: str, key: str, tmp_path: Path) -> None:
    test = f"series: {{{name}: {{values: 5, {key}}}}}\nfor: 5m\nexpect: [{HOT}]"

    found = only(find(test, tmp_path))

    word = key.split(":", maxsplit=1)[0]
    assert found.message == f'"{name}" is one metric: it has no other {word}'
    assert marked_text(found) == word


def test_values_and_series_do_not_mix_in_a_list(tmp_path: Path) -> None:
    found = only(find(f"series: {{cpu: [5, {{values: 5}}]}}\nfor: 5m\nexpect: [{HOT}]", tmp_path))

    assert found.message == '"cpu" mixes values and series with dimensions in one list'


def test_a_wrong_time_between_values_is_told_alone(tmp_path: Path) -> None:
    test = f"series: {{cpu: {{values: 5, every: 0.5s}}}}\nfor: 5m\nexpect: [{HOT}]"

    assert only(find(test, tmp_path)).message == '"0.5s" is shorter than a second'


TWICE = "AWS/ECS CPUUtilization"


def test_one_metric_by_two_names_is_told_with_both(tmp_path: Path) -> None:
    raw = "{dimensions: {ServiceName: web, ClusterName: shop}, values: 5}"
    test = f"series: {{cpu: 50, {TWICE}: {raw}}}\nfor: 5m\nexpect: [{HOT}]"

    found = only(find(test, tmp_path))

    assert found.rule == "test/fed-twice"
    assert found.message == '"cpu" is a metric that "AWS/ECS CPUUtilization" gives values to'
    assert found.related[0].message == "first given here"


def test_one_metric_twice_in_a_list_is_told(tmp_path: Path) -> None:
    test = f"series: {{cpu: [{{values: 5}}, {{values: 6}}]}}\nfor: 5m\nexpect: [{HOT}]"

    assert only(find(test, tmp_path)).message == '"cpu" is a metric that "cpu" gives values to'


def test_values_and_lines_of_one_metric_are_told(tmp_path: Path) -> None:
    test = f"""
        series: {{errors: 5, error_rate.good: 5}}
        logs: {{backend: [{{at: 1m, line: ERROR}}]}}
        expect: [{RATE}]
    """

    found = only(find(test, tmp_path))

    assert found.rule == "test/fed-twice"
    assert found.message == (
        'by the lines of "backend", "errors" is a metric that "errors" gives values to'
    )
    assert marked_text(found) == "errors"


LOGS = """
    logs:
      backend:
        - {at: 0m, line: ERROR at last}
        - {at: 90s, every: 10s, count: 30, line: {level: ERROR, tags: [a, "${cluster}"], n: 1.5}}
        - {at: 3m, line: "ERROR in ${cluster} of ${database}, $${x}"}
    expect: [{metric: error_rate, is: 100%}]
"""


def test_lines_are_logged_at_their_times(tmp_path: Path) -> None:
    lines = read_test(LOGS, tmp_path).logs

    assert {one.log for one in lines} == {"backend"}
    assert [(one.start_seconds, one.step_seconds, one.count) for one in lines] == [
        (0, 60, 1),
        (90, 10, 30),
        (180, 60, 1),
    ]


def test_a_mapping_is_a_line_of_json_and_parameters_have_their_values(tmp_path: Path) -> None:
    texts = [one.text for one in read_test(LOGS, tmp_path).logs]

    assert texts == [
        "ERROR at last",
        '{"level": "ERROR", "n": 1.5, "tags": ["a", "shop"]}',
        "ERROR in shop of <database>, ${x}",
    ]


def test_an_unknown_log_is_told(tmp_path: Path) -> None:
    found = only(find(f"logs: {{backnd: [{{at: 1m, line: x}}]}}\nexpect: [{HOT}]", tmp_path))

    assert found.message == 'there is no log "backnd"'
    assert found.hint == 'did you mean "backend"?'
    assert marked_text(found) == "backnd"


def test_more_lines_than_a_test_may_have_are_told(tmp_path: Path) -> None:
    line = "{at: 0m, every: 1s, count: 60000, line: ERROR}"

    found = find(f"logs: {{backend: [{line}, {line}]}}\nexpect: [{RATE}]", tmp_path)

    assert only(found).message == "the test has more than 100,000 log lines"


@pytest.mark.parametrize(
    ("series", "alarm"),
    [
        ("cpu", "trouble"),
        ("disk", "trouble"),
        ("cost", "trouble"),
        ("errors", "errors-high"),
        ("error_rate.good", "errors-high"),
        ("AWS/EC2 CPUUtilization", "fleet-hot"),
        ("cpu", "disaster"),
        ("errors", "disaster"),
        ("cpu", "*"),
    ],
)
def test_what_is_read_through_alarms_and_expressions_is_read(
    series: str, alarm: str, tmp_path: Path
) -> None:
    test = f"series: {{{series}: 5}}\nfor: 5m\nexpect: [{{alarm: '{alarm}', never: ALARM}}]"

    assert read_test(test, tmp_path).series


@pytest.mark.parametrize(
    ("series", "expect", "help_text"),
    [
        ("disk", HOT, "what is expected depends on cpu"),
        (
            "cpu",
            "{alarm: errors-high, is: OK}",
            "what is expected depends on error_rate.good, errors",
        ),
        (
            "cpu",
            "{metric: error_rate, is: 5}",
            "what is expected depends on error_rate.good, errors",
        ),
        ("cpu", "{alarm: fleet-hot, is: OK}", "what is expected depends on AWS/EC2 CPUUtilization"),
        ("cpu", "{alarm: front door-unhealthy, is: OK}", "AWS/Route53 HealthCheckStatus"),
        ("front door", HOT, "what is expected depends on cpu"),
    ],
)
def test_a_series_that_nothing_reads_is_told_with_what_is_read(
    series: str, expect: str, help_text: str, tmp_path: Path
) -> None:
    found = only(find(f"series: {{{series}: 5}}\nfor: 5m\nexpect: [{expect}]", tmp_path))

    assert found.rule == "test/unread-series"
    assert found.message == f'nothing of which something is expected reads "{series}"'
    assert found.help.endswith(help_text)
    assert marked_text(found) == series


def test_a_query_that_cannot_be_read_reads_nothing(tmp_path: Path) -> None:
    text = SHOP.replace("SELECT MAX(", "SELECT MAX((") + (
        "tests:\n  a: {series: {AWS/EC2 CPUUtilization: 5x5}, expect: [{alarm: fleet-hot, is: OK}]}\n"
    )

    found = [one for one in check_text(text, tmp_path) if one.rule == "test/unread-series"]

    assert only(found).help == "what is expected depends on no metric"


def test_a_misspelt_metric_of_aws_is_told_with_the_one_that_is_read(tmp_path: Path) -> None:
    series = "{AWS/EC2 CPUUtilisation: {dimensions: {InstanceId: i-1}, values: 5}}"
    test = f"series: {series}\nfor: 5m\nexpect: [{{alarm: fleet-hot, is: OK}}]"

    assert only(find(test, tmp_path)).hint == 'did you mean "AWS/EC2 CPUUtilization"?'


@pytest.mark.parametrize("log", ["backend", "proxy"])
def test_lines_of_which_nothing_is_read_are_told_once(log: str, tmp_path: Path) -> None:
    lines = f"{log}: [{{at: 1m, line: ERROR}}, {{at: 2m, line: ERROR}}]"

    found = only(find(f"logs: {{{lines}}}\nexpect: [{HOT}]", tmp_path))

    assert found.rule == "test/unread-series"
    assert found.message == (
        f'nothing of which something is expected reads a metric of the lines of "{log}"'
    )
    assert found.location is not None
    assert found.location.line == len(SHOP.splitlines()) + 3


def test_what_a_metric_with_other_dimensions_is_read_as_is_named_in_full(tmp_path: Path) -> None:
    alarm = "  other: {severity: warning, when: {metric: cpu, dimensions: {ServiceName: b}, above: 1}}\n"
    text = SHOP + alarm + "tests:\n  a: {series: {cpu: 5x5}, expect: [{alarm: other, is: OK}]}\n"

    found = [one for one in check_text(text, tmp_path) if one.severity is Severity.ERROR]

    assert only(found).help == "what is expected depends on AWS/ECS CPUUtilization"


def test_a_broken_metric_is_told_where_it_is_broken_alone(tmp_path: Path) -> None:
    text = SHOP.replace("100 * errors / (", "100 * errors / ((") + (
        "tests:\n"
        "  a: {series: {errors: 5x5}, expect: [{metric: error_rate, is: 5}]}\n"
        "  b: {series: {error_rate: 5x5}, expect: [{metric: error_rate, is: 5}]}\n"
        "  c: {series: {errors: 5x5}, expect: [{alarm: errors-high, is: OK}]}\n"
    )

    found = [one for one in check_text(text, tmp_path) if one.severity is Severity.ERROR]

    assert only(found).rule == "metric/bad-expression"


def test_a_test_without_any_data_is_about_what_missing_data_does(tmp_path: Path) -> None:
    test = read_test("for: 10m\nexpect: [{alarm: cpu-hot, never: ALARM}]", tmp_path)

    assert test.series == ()
    assert test.seconds == 600


def test_tests_are_made_for_each_item_in_the_environments_that_have_them(tmp_path: Path) -> None:
    text = SHOP.replace("prod:", "dev: {region: eu-west-1}\n  prod:", 1) + (
        "tests:\n"
        "  ${alarm} keeps quiet:\n"
        "    for_each: {alarm: [cpu-hot, cpu-burning]}\n"
        "    only: [prod]\n"
        "    series: {cpu: 5}\n"
        "    for: 5m\n"
        '    expect: [{alarm: "${alarm}", never: ALARM}]\n'
        "  all keep quiet: {for: 5m, expect: [{alarm: '*', never: ALARM},"
        " {alarm: cpu-hot, is: OK, only: [dev]}]}\n"
    )

    prod, dev = (resolve_text(text, tmp_path, name).tests for name in ("prod", "dev"))

    assert [one.name for one in prod] == [
        "cpu-burning keeps quiet",
        "cpu-hot keeps quiet",
        "all keep quiet",
    ]
    assert [one.name for one in dev] == ["all keep quiet"]
    assert [len(one.expectations) for one in (prod[2], dev[0])] == [1, 2]

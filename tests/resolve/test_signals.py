from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from support import HEAD, compile_text, errors, marked_text, only_error, resource, template

ALARM = "alarms: {hot: {severity: info, when: {metric: a, above: 1}}}\n"


def alarm_on(metrics: str, folder: Path, *, region: str = "") -> dict[str, Any]:
    """The alarm `hot` on the metric `a` of a spec."""
    text = HEAD + "metrics:\n" + metrics + ALARM
    return resource(template(compile_text(text, folder), region=region), "AlarmHot")


def queries_of(alarm: dict[str, Any]) -> list[tuple[str, str]]:
    """The queries of an alarm: their ids, and the expression or the name of the metric."""
    return [
        (one["Id"], one.get("Expression") or one["MetricStat"]["Metric"]["MetricName"])
        for one in alarm["Metrics"]
    ]


# --- what the catalog knows


@pytest.mark.parametrize(
    ("metric", "dimensions", "statistic", "period"),
    [
        ("AWS/EC2 CPUUtilization", "{}", "Average", 300),
        (
            "AWS/S3 BucketSizeBytes",
            "{BucketName: a, StorageType: GlacierStorage}",
            "Average",
            86_400,
        ),
        (
            "AWS/S3 NumberOfObjects",
            "{BucketName: a, StorageType: AllStorageTypes}",
            "Average",
            86_400,
        ),
        ("AWS/ECS CPUUtilization", "{ClusterName: shop}", "Average", 60),
        ("AWS/ApplicationELB RequestCountPerTarget", "{TargetGroup: targetgroup/a/1}", "Sum", 60),
        ("AWS/Lambda AsyncEventsDropped", "{}", "Sum", 60),
        ("Shop Anything", "{}", "Average", 60),
        ("Shop NoSuchMetric", "{}", "Average", 60),
    ],
)
def test_a_metric_has_the_statistic_and_the_period_it_is_published_with(
    metric: str, dimensions: str, statistic: str, period: int, tmp_path: Path
) -> None:
    alarm = alarm_on(f"  a: {{metric: {metric}, dimensions: {dimensions}}}\n", tmp_path)

    assert (alarm["Statistic"], alarm["Period"]) == (statistic, period)


def test_the_unit_a_metric_is_published_in_converts_quantities(tmp_path: Path) -> None:
    text = (
        HEAD
        + "alarms: {hot: {severity: info, when: {metric: AWS/RDS FreeStorageSpace, below: 2 GB}}}\n"
    )

    alarm = resource(template(compile_text(text, tmp_path)), "AlarmHot")

    assert alarm["Threshold"] == 2_000_000_000
    assert "Unit" not in alarm


def test_charges_are_watched_as_they_are_published(tmp_path: Path) -> None:
    metric = "  a: {metric: AWS/Billing EstimatedCharges, dimensions: {Currency: USD}}\n"

    alarm = alarm_on(metric, tmp_path, region="us-east-1")

    assert (alarm["Statistic"], alarm["Period"]) == ("Maximum", 21_600)


def test_what_the_author_says_of_a_metric_goes_before_the_catalog(tmp_path: Path) -> None:
    alarm = alarm_on(
        "  a: {metric: AWS/RDS FreeStorageSpace, statistic: p99.9, period: 1h, unit: Megabytes,"
        " levels: {l: '> 1 GB'}}\n",
        tmp_path,
    )

    assert (alarm["ExtendedStatistic"], alarm["Period"]) == ("p99.9", 3_600)
    assert "Statistic" not in alarm


@pytest.mark.parametrize(
    "statistic", ["p99", "p99.99", "tm95", "TM(10%:90%)", "PR(:300)", "IQM", "WM(:95%)", "tc90"]
)
def test_a_statistic_beyond_the_plain_five_is_extended(statistic: str, tmp_path: Path) -> None:
    alarm = alarm_on(f"  a: {{metric: Shop A, statistic: '{statistic}'}}\n", tmp_path)

    assert alarm["ExtendedStatistic"] == statistic


@pytest.mark.parametrize("statistic", ["SampleCount", "Average", "Sum", "Minimum", "Maximum"])
def test_the_five_plain_statistics_are_plain(statistic: str, tmp_path: Path) -> None:
    alarm = alarm_on(f"  a: {{metric: Shop A, statistic: {statistic}}}\n", tmp_path)

    assert alarm["Statistic"] == statistic
    assert "ExtendedStatistic" not in alarm


def test_a_namespace_may_have_spaces_if_it_is_known(tmp_path: Path) -> None:
    alarm = alarm_on("  a: {metric: AWS/Braket/By Device Count}\n", tmp_path)

    assert (alarm["Namespace"], alarm["MetricName"]) == ("AWS/Braket/By Device", "Count")


def test_the_name_of_a_metric_may_have_spaces(tmp_path: Path) -> None:
    alarm = alarm_on("  a: {metric: 'Shop  Orders per minute '}\n", tmp_path)

    assert (alarm["Namespace"], alarm["MetricName"]) == ("Shop", "Orders per minute")


@pytest.mark.parametrize(
    ("metric", "dimensions"),
    [
        ("AWS/Billing EstimatedCharges", "{Currency: USD}"),
        ("AWS/Route53 ConnectionTime", "{HealthCheckId: x}"),
    ],
)
def test_what_exists_in_us_east_1_alone_is_watched_there(
    metric: str, dimensions: str, tmp_path: Path
) -> None:
    text = HEAD + f"metrics:\n  a: {{metric: {metric}, dimensions: {dimensions}}}\n" + ALARM

    compiled = compile_text(text, tmp_path)

    assert [(one.region, one.stack_name) for one in compiled.templates] == [
        ("us-east-1", "prod-shop-us-east-1")
    ]
    assert not compiled.diagnostics


def test_cloudfront_is_watched_in_us_east_1(tmp_path: Path) -> None:
    text = HEAD + "metrics:\n  a: {metric: AWS/CloudFront 5xxErrorRate}\n" + ALARM

    compiled = compile_text(text, tmp_path)

    assert [one.region for one in compiled.templates] == ["us-east-1"]


def test_an_environment_in_us_east_1_needs_no_second_stack(tmp_path: Path) -> None:
    text = HEAD.replace("eu-west-1", "us-east-1")
    text += "metrics:\n  a: {metric: AWS/Billing EstimatedCharges, dimensions: {Currency: USD}}\n  b: {metric: Shop B}\n"
    text += ALARM.replace("{hot", "{other: {severity: info, when: {metric: b, above: 1}}, hot")

    compiled = compile_text(text, tmp_path)

    assert [one.stack_name for one in compiled.templates] == ["prod-shop"]


def test_a_metric_of_another_region_is_watched_there(tmp_path: Path) -> None:
    alarm = alarm_on("  a: {metric: Shop A, region: us-west-2}\n", tmp_path, region="us-west-2")

    assert alarm["MetricName"] == "A"


def test_a_metric_of_another_account_is_queried_by_account(tmp_path: Path) -> None:
    alarm = alarm_on("  a: {metric: Shop A, account: '999988887777'}\n", tmp_path)

    assert alarm["Metrics"][0]["AccountId"] == "999988887777"
    assert "MetricName" not in alarm


# --- expressions


def test_an_expression_names_metrics_of_the_spec(tmp_path: Path) -> None:
    alarm = alarm_on(
        "  a: {expression: 100 * errors / requests}\n"
        "  errors: {metric: Shop Errors, statistic: Sum}\n"
        "  requests: {metric: Shop Requests, statistic: Sum}\n",
        tmp_path,
    )

    assert queries_of(alarm) == [
        ("errors", "Errors"),
        ("requests", "Requests"),
        ("result", "100 * errors / requests"),
    ]
    returned = [one["Id"] for one in alarm["Metrics"] if one["ReturnData"]]
    assert returned == ["result"]


def test_an_expression_may_name_what_is_given(tmp_path: Path) -> None:
    alarm = alarm_on(
        "  a:\n    expression: 100 * e / all\n"
        "    given: {e: errors, all: {metric: Shop Requests, statistic: Sum, dimensions: {D: x}}}\n"
        "  errors: {metric: Shop Errors}\n",
        tmp_path,
    )

    assert queries_of(alarm)[:2] == [("all", "Requests"), ("e", "Errors")]
    stat = alarm["Metrics"][0]["MetricStat"]
    assert stat["Metric"]["Dimensions"] == [{"Name": "D", "Value": "x"}]
    assert stat["Stat"] == "Sum"


def test_given_and_named_metrics_mix(tmp_path: Path) -> None:
    alarm = alarm_on(
        "  a: {expression: e + errors, given: {e: Shop Other}}\n  errors: {metric: Shop Errors}\n",
        tmp_path,
    )

    assert queries_of(alarm)[:2] == [("e", "Other"), ("errors", "Errors")]


def test_what_is_given_goes_before_a_metric_of_the_same_name(tmp_path: Path) -> None:
    alarm = alarm_on(
        "  a: {expression: errors * 2, given: {errors: Shop Mine}}\n  errors: {metric: Shop Errors}\n",
        tmp_path,
    )

    assert queries_of(alarm)[0] == ("errors", "Mine")


def test_expressions_over_expressions_bring_their_inputs_before_them(tmp_path: Path) -> None:
    alarm = alarm_on(
        "  a: {expression: rate + other_rate}\n"
        "  rate: {expression: errors / requests}\n"
        "  other_rate: {expression: 1 - rate}\n"
        "  errors: {metric: Shop Errors}\n"
        "  requests: {metric: Shop Requests}\n",
        tmp_path,
    )

    found = queries_of(alarm)
    ids = [ident for ident, _ in found]
    assert len(set(ids)) == len(ids)
    assert dict(found)["rate"] == "rate_errors / rate_requests"
    for position, query in enumerate(alarm["Metrics"]):
        for name in set(ids) - set(ids[:position]):
            assert name not in query.get("Expression", "").split()
    assert dict(found)["other_rate"] == "1 - other_rate_rate"
    assert dict(found)["other_rate_rate"] == "other_rate_rate_errors / other_rate_rate_requests"


def test_ids_are_unique_whatever_metrics_are_called(tmp_path: Path) -> None:
    alarm = alarm_on(
        "  a: {expression: rate + rate_errors}\n"
        "  rate: {expression: errors * 2}\n"
        "  rate_errors: {metric: Shop Other}\n"
        "  errors: {metric: Shop Errors}\n",
        tmp_path,
    )

    ids = [ident for ident, _ in queries_of(alarm)]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("names", [("band", "x"), ("result", "band")])
def test_the_ids_of_a_band_are_unique_whatever_metrics_are_called(
    names: tuple[str, str], tmp_path: Path
) -> None:
    first, second = names
    text = HEAD + f"metrics:\n  {first}: {{metric: Shop A}}\n  {second}: {{metric: Shop B}}\n"
    text += f"alarms: {{hot: {{severity: info, when: {{expression: {first} + {second}, outside_band: 2}}}}}}\n"

    alarm = resource(template(compile_text(text, tmp_path)), "AlarmHot")

    ids = [one["Id"] for one in alarm["Metrics"]]
    assert len(set(ids)) == len(ids)


def test_the_result_has_an_id_of_its_own(tmp_path: Path) -> None:
    alarm = alarm_on(
        "  a: {expression: result + result_of_all}\n"
        "  result: {metric: Shop A}\n  result_of_all: {metric: Shop B}\n",
        tmp_path,
    )

    ids = [ident for ident, _ in queries_of(alarm)]
    assert len(set(ids)) == 3


def test_what_stands_in_quotes_is_no_metric(tmp_path: Path) -> None:
    search = """SEARCH('{AWS/EC2,InstanceId} MetricName="CPUUtilization" errors', 'Average', 300)"""
    text = HEAD + "metrics:\n  errors: {metric: Shop Errors}\n"
    text += f"  inner: {{expression: {json.dumps(search)}}}\n"
    text += (
        "dashboards: {d: {header: false, rows: [{graph: [{expression: 'SUM(inner) + errors'}]}]}}\n"
    )

    body = resource(template(compile_text(text, tmp_path)), "DashboardD")["DashboardBody"]

    metrics = json.loads(body)["widgets"][0]["properties"]["metrics"]
    expressions = [one[0]["expression"] for one in metrics if isinstance(one[0], dict)]
    assert expressions == [search, "SUM(inner) + errors"]


def test_quotes_of_one_kind_may_stand_in_quotes_of_the_other(tmp_path: Path) -> None:
    expression = """SUM(METRICS("it's errors")) + errors"""
    text = HEAD + "metrics:\n  errors: {metric: Shop Errors}\n"
    text += (
        f"  inner: {{expression: {json.dumps(expression)}}}\n  a: {{expression: inner * 2}}\n"
        + ALARM
    )

    alarm = resource(template(compile_text(text, tmp_path)), "AlarmHot")

    inner = dict(queries_of(alarm))["inner"]
    assert inner == """SUM(METRICS("it's errors")) + inner_errors"""


@pytest.mark.parametrize("number", ["1e3", "2.5e10", "1e-3", "10"])
def test_a_number_is_no_metric(number: str, tmp_path: Path) -> None:
    alarm = alarm_on(f"  a: {{expression: b * {number}}}\n  b: {{metric: Shop B}}\n", tmp_path)

    assert [ident for ident, _ in queries_of(alarm)] == ["b", "result"]


def test_functions_are_no_metrics(tmp_path: Path) -> None:
    alarm = alarm_on(
        "  a: {expression: 'IF(b > 5 AND HOUR(b) < 8, FILL(b, REPEAT), 0)'}\n"
        "  b: {metric: Shop B}\n",
        tmp_path,
    )

    assert [ident for ident, _ in queries_of(alarm)] == ["b", "result"]


def test_a_name_that_an_expression_does_not_know_is_an_error(tmp_path: Path) -> None:
    text = HEAD + "metrics:\n  errors: {metric: Shop E}\n  a: {expression: 100 * erors}\n"

    error = only_error(compile_text(text, tmp_path), "metric/unknown")

    assert error.message == 'there is no metric "erors"'
    assert error.hint == 'did you mean "errors"?'
    assert marked_text(error) == "erors"


@pytest.mark.parametrize(
    ("metrics", "circle"),
    [
        ("  a: {expression: a + 1}\n", "a -> a"),
        (
            "  a: {expression: b + 1}\n  b: {expression: c}\n  c: {expression: a}\n",
            "a -> b -> c -> a",
        ),
        ("  a: {expression: x, given: {x: b}}\n  b: {expression: a}\n", "a -> b -> a"),
    ],
)
def test_metrics_that_are_made_of_each_other_are_an_error(
    metrics: str, circle: str, tmp_path: Path
) -> None:
    error = only_error(compile_text(HEAD + "metrics:\n" + metrics, tmp_path), "metric/cycle")

    assert error.message == f"metrics are made of each other: {circle}"


def test_an_expression_cannot_mix_regions(tmp_path: Path) -> None:
    text = (
        HEAD
        + "metrics:\n  cost: {metric: AWS/Billing EstimatedCharges, dimensions: {Currency: USD}}\n  b: {metric: Shop B}\n"
    )
    text += "  a: {expression: cost / b}\n"

    error = only_error(compile_text(text, tmp_path), "metric/mixed-regions")

    assert "eu-west-1 and us-east-1" in error.message
    assert marked_text(error) == "cost / b"


def test_an_expression_over_metrics_of_us_east_1_lives_there(tmp_path: Path) -> None:
    text = (
        HEAD
        + "metrics:\n  b: {metric: AWS/Billing EstimatedCharges, dimensions: {Currency: USD}}\n  a: {expression: b * 2}\n"
    )

    compiled = compile_text(text + ALARM, tmp_path)

    assert [one.region for one in compiled.templates] == ["us-east-1"]


def test_the_inputs_of_an_expression_share_its_longest_period(tmp_path: Path) -> None:
    alarm = alarm_on(
        "  a: {expression: b + c}\n  b: {metric: Shop B}\n  c: {metric: Shop C, period: 5m}\n",
        tmp_path,
    )

    assert {one["MetricStat"]["Period"] for one in alarm["Metrics"][:2]} == {300}
    assert alarm["EvaluationPeriods"] == 1


def test_the_period_of_an_expression_is_that_of_its_inputs(tmp_path: Path) -> None:
    alarm = alarm_on(
        "  a: {expression: n + c, period: 10m}\n  n: {expression: b * 2}\n"
        "  b: {metric: Shop B}\n  c: {metric: Shop C, period: 5m}\n",
        tmp_path,
    )

    periods = {one["MetricStat"]["Period"] for one in alarm["Metrics"] if "MetricStat" in one}
    assert periods == {600}


# --- Metrics Insights


def test_a_metrics_insights_query_is_an_expression_with_a_period(tmp_path: Path) -> None:
    alarm = alarm_on(
        '  a:\n    query: |\n      SELECT MAX(CPUUtilization)\n      FROM "AWS/EC2"\n    period: 5m\n',
        tmp_path,
    )

    (query,) = alarm["Metrics"]
    assert query["Expression"] == 'SELECT MAX(CPUUtilization) FROM "AWS/EC2"'
    assert (query["Period"], query["ReturnData"]) == (300, True)


def test_an_expression_may_use_a_metrics_insights_query(tmp_path: Path) -> None:
    alarm = alarm_on(
        "  a: {expression: q * 2}\n  q: {query: 'SELECT MAX(CPUUtilization) FROM \"AWS/EC2\"'}\n",
        tmp_path,
    )

    assert [one["Id"] for one in alarm["Metrics"]] == ["q", "result"]
    assert alarm["Metrics"][0]["Period"] == 60
    assert alarm["Metrics"][0]["ReturnData"] is False


@pytest.mark.parametrize("what", ["expression: b * 2", "query: SELECT MAX(A) FROM Shop"])
def test_the_region_of_an_expression_or_a_query_is_not_ignored(what: str, tmp_path: Path) -> None:
    text = HEAD + f"metrics:\n  a: {{{what}, region: us-west-2}}\n  b: {{metric: Shop B}}\n" + ALARM

    compiled = compile_text(text, tmp_path)

    assert errors(compiled) or [one.region for one in compiled.templates] == ["us-west-2"]


# --- a metric used with something different about it


def test_an_alarm_may_use_another_statistic_period_and_more_dimensions(tmp_path: Path) -> None:
    text = HEAD + "metrics: {a: {metric: Shop A, dimensions: {X: x, Y: y}, statistic: Sum}}\n"
    text += "alarms:\n  hot:\n    severity: info\n    when:\n"
    text += "      {metric: a, above: 1, statistic: Maximum, period: 5m, dimensions: {Y: other, Z: z}}\n"

    alarm = resource(template(compile_text(text, tmp_path)), "AlarmHot")

    assert (alarm["Statistic"], alarm["Period"]) == ("Maximum", 300)
    dimensions = {one["Name"]: one["Value"] for one in alarm["Dimensions"]}
    assert dimensions == {"X": "x", "Y": "other", "Z": "z"}


def test_what_is_different_in_one_place_stays_there(tmp_path: Path) -> None:
    text = HEAD + "metrics: {a: {metric: Shop A}}\nalarms:\n"
    text += "  one: {severity: info, when: {metric: a, above: 1, statistic: Maximum}}\n"
    text += "  two: {severity: info, when: {metric: a, above: 1}}\n"

    body = template(compile_text(text, tmp_path))

    assert resource(body, "AlarmOne")["Statistic"] == "Maximum"
    assert resource(body, "AlarmTwo")["Statistic"] == "Average"


def test_an_alarm_may_describe_its_metric_itself(tmp_path: Path) -> None:
    text = (
        HEAD
        + "alarms:\n  hot:\n    severity: info\n    when:\n      metric: AWS/EC2 CPUUtilization\n"
    )
    text += "      dimensions: {InstanceId: i-1}\n      statistic: Maximum\n      period: 1m\n      above: 70%\n"

    alarm = resource(template(compile_text(text, tmp_path)), "AlarmHot")

    assert alarm["Namespace"] == "AWS/EC2"
    assert alarm["Dimensions"] == [{"Name": "InstanceId", "Value": "i-1"}]
    assert (alarm["Statistic"], alarm["Period"], alarm["Threshold"]) == ("Maximum", 60, 70)


def test_an_expression_may_have_another_period_in_one_place(tmp_path: Path) -> None:
    text = HEAD + "metrics: {a: {expression: b * 2}, b: {metric: Shop B}}\n"
    text += "alarms: {hot: {severity: info, when: {metric: a, above: 1, period: 15m}}}\n"

    alarm = resource(template(compile_text(text, tmp_path)), "AlarmHot")

    assert alarm["Metrics"][0]["MetricStat"]["Period"] == 900


@pytest.mark.parametrize("key", ["statistic: Sum", "dimensions: {A: b}"])
def test_an_expression_has_no_statistic_and_no_dimensions(key: str, tmp_path: Path) -> None:
    text = HEAD + "metrics: {a: {expression: b * 2}, b: {metric: Shop B}}\n"
    text += f"alarms: {{hot: {{severity: info, when: {{metric: a, above: 1, {key}}}}}}}\n"

    error = only_error(compile_text(text, tmp_path), "metric/not-one-metric")

    name = key.split(":", maxsplit=1)[0]
    assert error.message == f'"a" is made of other metrics: it has no {name} of its own'
    assert marked_text(error) == name


@pytest.mark.parametrize(
    "use",
    [
        "dashboards: {d: {rows: [{graph: [{metric: a, @}]}]}}",
        "alarms: {hot: {severity: info, when: {expression: x * 2, given: {x: {metric: a, @}}, above: 1}}}",
    ],
)
@pytest.mark.parametrize("what", ["region: us-west-2", "account: '999988887777'"])
def test_region_and_account_of_a_use_are_not_ignored(use: str, what: str, tmp_path: Path) -> None:
    text = HEAD + "metrics: {a: {metric: Shop A}}\n" + use.replace("@", what) + "\n"

    compiled = compile_text(text, tmp_path)

    value = what.split(": ")[1].strip("'")
    assert errors(compiled) or value in compiled.templates[0].text + compiled.templates[0].region


@pytest.mark.parametrize("period", ["1s", "5s", "45s", "90s", "61s"])
def test_a_period_cloudwatch_does_not_have_is_an_error(period: str, tmp_path: Path) -> None:
    text = HEAD + f"metrics: {{a: {{metric: Shop A, period: {period}}}}}\n"

    error = only_error(compile_text(text, tmp_path), "metric/bad-period")

    assert period.removesuffix("s") in error.message
    assert marked_text(error) == period


@pytest.mark.parametrize("period", ["10s", "20s", "30s", "60s", "5m", "1h", "1 day"])
def test_a_period_cloudwatch_has_is_taken(period: str, tmp_path: Path) -> None:
    compiled = compile_text(
        HEAD + f"metrics: {{a: {{metric: Shop A, period: {period}}}}}\n" + ALARM, tmp_path
    )

    assert not errors(compiled)


# --- names


def test_a_metric_that_nobody_named_is_an_error_with_a_suggestion(tmp_path: Path) -> None:
    text = (
        HEAD + "metrics: {ecs_cpu: {metric: Shop A}}\ndashboards: {d: {rows: [graph: ecs_cpus]}}\n"
    )

    error = only_error(compile_text(text, tmp_path), "metric/unknown")

    assert error.hint == 'did you mean "ecs_cpu"?'
    assert marked_text(error) == "ecs_cpus"


def test_without_a_suggestion_the_help_says_how_metrics_are_written(tmp_path: Path) -> None:
    text = HEAD + "dashboards: {d: {rows: [graph: orders]}}\n"

    error = only_error(compile_text(text, tmp_path), "metric/unknown")

    assert '"Namespace Name"' in error.help


@pytest.mark.parametrize("written", ["CPUUtilization", "AWS/ECS", "AWS/EC2:CPUUtilization"])
def test_a_metric_needs_a_namespace_and_a_name(written: str, tmp_path: Path) -> None:
    text = HEAD + f"metrics: {{a: {{metric: {written}}}}}\n"

    error = only_error(compile_text(text, tmp_path), "metric/unknown")

    assert error.message == f'"{written}" is not a metric'
    assert marked_text(error) == written


def test_a_metric_filter_cannot_have_the_name_of_a_metric(tmp_path: Path) -> None:
    text = HEAD + "metrics: {a: {metric: Shop A}}\n"
    text += "logs:\n  l: {group: /l, retention: never, metrics: {a: {pattern: x}}}\n"

    error = only_error(compile_text(text, tmp_path), "metric/named-twice")

    assert '"a"' in error.message
    assert error.location is not None
    assert error.location.line == 7


def test_two_logs_cannot_have_metric_filters_of_one_name(tmp_path: Path) -> None:
    text = HEAD + "logs:\n  k: {group: /k, retention: never, metrics: {a: {pattern: x}}}\n"
    text += "  l: {group: /l, retention: never, metrics: {a: {pattern: x}}}\n"

    error = only_error(compile_text(text, tmp_path), "metric/named-twice")

    assert error.location is not None
    assert error.location.line == 7


def test_every_metric_is_looked_at_even_if_nobody_uses_it(tmp_path: Path) -> None:
    text = HEAD + "metrics:\n  a: {metric: A}\n  b: {metric: B}\n  c: {expression: d}\n"

    found = errors(compile_text(text, tmp_path))

    assert [marked_text(one) for one in found] == ["A", "B", "d"]


@pytest.mark.parametrize("chain", [8, 400])
def test_metrics_may_be_made_of_each_other_in_a_long_chain(chain: int, tmp_path: Path) -> None:
    text = HEAD + "metrics:\n"
    for number in range(chain, 0, -1):
        text += f"  m{number}: {{expression: m{number - 1} + 1}}\n"

    compiled = compile_text(text + "  m0: {metric: Shop A}\n", tmp_path)

    assert {one.rule for one in compiled.diagnostics} <= {"template/empty", "metric/cycle"}

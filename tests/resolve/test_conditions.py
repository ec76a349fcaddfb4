from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from support import HEAD, compile_text, errors, marked_text, only_error, resource, template

QUERY = "SELECT MAX(A) FROM Shop"
METRIC = """\
metrics:
  cpu:
    metric: Shop Cpu
    unit: Percent
    period: @
    levels: {normal: "< 50%", warning: "> 70%", at_least: ">= 80%", at_most: "<= 5%", target: 60%}
"""


def spec(when: str, period: str = "1m") -> str:
    """A spec with one alarm on that condition."""
    text = HEAD + METRIC.replace("@", period)
    return text + f"alarms:\n  hot:\n    severity: info\n    when: {{metric: cpu, {when}}}\n"


def alarm_when(when: str, folder: Path, period: str = "1m") -> dict[str, Any]:
    """The alarm of that spec."""
    return resource(template(compile_text(spec(when, period), folder)), "AlarmHot")


@pytest.mark.parametrize(
    ("when", "operator", "threshold"),
    [
        ("above: 70%", "GreaterThanThreshold", 70),
        ("at_least: 70%", "GreaterThanOrEqualToThreshold", 70),
        ("below: 70%", "LessThanThreshold", 70),
        ("at_most: 70%", "LessThanOrEqualToThreshold", 70),
        ("above: 0", "GreaterThanThreshold", 0),
        ("below: -1.5", "LessThanThreshold", -1.5),
        ("level: normal", "LessThanThreshold", 50),
        ("level: warning", "GreaterThanThreshold", 70),
        ("level: at_least", "GreaterThanOrEqualToThreshold", 80),
        ("level: at_most", "LessThanOrEqualToThreshold", 5),
    ],
)
def test_every_comparison_is_an_operator_and_a_threshold(
    when: str, operator: str, threshold: float, tmp_path: Path
) -> None:
    alarm = alarm_when(when, tmp_path)

    assert (alarm["ComparisonOperator"], alarm["Threshold"]) == (operator, threshold)
    assert "ThresholdMetricId" not in alarm


def test_a_level_the_metric_does_not_have_is_an_error(tmp_path: Path) -> None:
    error = only_error(compile_text(spec("level: warnin"), tmp_path), "alarm/unknown-level")

    assert '"warnin"' in error.message
    assert error.hint == 'did you mean "warning"?'
    assert error.help == "its levels: at_least, at_most, normal, target, warning"
    assert marked_text(error) == "warnin"


def test_a_level_of_a_metric_without_levels_is_an_error(tmp_path: Path) -> None:
    text = HEAD + "alarms: {hot: {severity: info, when: {metric: Shop A, level: high}}}\n"

    error = only_error(compile_text(text, tmp_path), "alarm/unknown-level")

    assert error.help == "give the metric levels"


def test_a_level_that_compares_nothing_is_no_condition(tmp_path: Path) -> None:
    error = only_error(compile_text(spec("level: target"), tmp_path), "alarm/unknown-level")

    assert error.message == 'the level "target" is a value without a comparison'
    assert error.help == 'write it as "> 60 %" or "< 60 %"'
    assert marked_text(error) == "target"


@pytest.mark.parametrize(
    ("when", "period", "evaluation_periods", "datapoints"),
    [
        ("above: 1", "1m", 1, 1),
        ("above: 1, for: 10m", "1m", 10, 10),
        ("above: 1, for: 10m", "5m", 2, 2),
        ("above: 1, for: 5m", "5m", 1, 1),
        ("above: 1, for: 1 day", "6h", 4, 4),
        ("above: 1, for: 30s", "10s", 3, 3),
        ("above: 1, datapoints: 2 of 3", "1m", 3, 2),
        ("above: 1, datapoints: 3 of 3", "5m", 3, 3),
        ("above: 1, datapoints: 1 of 10", "5m", 10, 1),
        ("above: 1, for: 10m, period: 5m", "1m", 2, 2),
    ],
)
def test_periods_and_data_points_follow_from_what_is_said(
    when: str, period: str, evaluation_periods: int, datapoints: int, tmp_path: Path
) -> None:
    alarm = alarm_when(when, tmp_path, period)

    assert alarm["EvaluationPeriods"] == evaluation_periods
    assert alarm["DatapointsToAlarm"] == datapoints


@pytest.mark.parametrize(
    ("when", "period", "choices"),
    [
        ("for: 7m", "5m", "use 5 minutes or 10 minutes, or give another period"),
        ("for: 1m", "5m", "use 5 minutes, or give another period"),
        ("for: 90s", "1m", "use 1 minute or 2 minutes, or give another period"),
        ("for: 1h", "1 day", "use 1 day, or give another period"),
        ("for: 15s", "10s", "use 10 seconds or 20 seconds, or give another period"),
    ],
)
def test_a_time_that_is_no_whole_number_of_periods_is_an_error(
    when: str, period: str, choices: str, tmp_path: Path
) -> None:
    compiled = compile_text(spec(f"above: 1, {when}", period), tmp_path)

    error = only_error(compiled, "alarm/bad-window")
    assert error.help == choices
    assert marked_text(error) == when.removeprefix("for: ")


def test_more_data_points_than_there_are_can_never_breach(tmp_path: Path) -> None:
    error = only_error(
        compile_text(spec("above: 1, datapoints: 4 of 3"), tmp_path), "alarm/bad-window"
    )

    assert error.message == "3 data points cannot breach 4 times"
    assert error.help == 'write "3 of 3"'
    assert marked_text(error) == "4 of 3"


@pytest.mark.parametrize("datapoints", ["1 of 1000000", "1000000 of 1000000"])
def test_millions_of_data_points_are_too_many(datapoints: str, tmp_path: Path) -> None:
    compiled = compile_text(spec(f"above: 1, datapoints: {datapoints}"), tmp_path)

    assert [one.rule for one in errors(compiled)] == ["alarm/bad-window"]


WINDOWS = [
    # period, the most evaluation periods: a day below an hour, a week from an hour on
    ("10s", 8_640),
    ("30s", 2_880),
    ("1m", 1_440),
    ("5m", 288),
    ("59m", 24),
    ("1h", 168),
    ("6h", 28),
    ("1 day", 7),
]


@pytest.mark.parametrize(("period", "most"), WINDOWS)
def test_an_alarm_may_look_back_as_far_as_cloudwatch_does(
    period: str, most: int, tmp_path: Path
) -> None:
    for periods in (most - 1, most):
        alarm = alarm_when(f"above: 1, datapoints: 1 of {periods}", tmp_path, period)
        assert alarm["EvaluationPeriods"] == periods


@pytest.mark.parametrize(("period", "most"), WINDOWS)
def test_an_alarm_that_looks_back_further_is_an_error(
    period: str, most: int, tmp_path: Path
) -> None:
    text = spec(f"above: 1, datapoints: 1 of {most + 1}", period)

    error = only_error(compile_text(text, tmp_path), "alarm/bad-window")

    assert error.message.startswith(f"{most + 1:,} periods of ")
    limit = "7 days" if period in {"1h", "6h", "1 day"} else "1 day"
    assert error.message.endswith(f"span more than the {limit} CloudWatch allows")
    assert marked_text(error) == f"1 of {most + 1}"


@pytest.mark.parametrize(
    ("when", "period", "rules"),
    [
        ("for: 23h", "1m", []),
        ("for: 24h", "1m", []),
        ("for: 1441m", "1m", ["alarm/bad-window"]),
        ("for: 86390s", "10s", []),
        ("for: 86400s", "10s", []),
        ("for: 86410s", "10s", ["alarm/bad-window"]),
        ("for: 167h", "1h", []),
        ("for: 1 week", "1h", []),
        ("for: 169h", "1h", ["alarm/bad-window"]),
    ],
)
def test_the_limits_hold_for_times_too(
    when: str,
    period: str,
    rules: list[str],
    tmp_path: Path,
) -> None:
    compiled = compile_text(spec(f"above: 1, {when}", period), tmp_path)

    assert [one.rule for one in errors(compiled)] == rules


def test_a_metrics_insights_alarm_looks_back_three_hours_at_the_most(tmp_path: Path) -> None:
    text = HEAD + "metrics: {q: {query: @, period: 1h}}\n".replace("@", QUERY)
    text += "alarms: {a: {severity: info, when: {metric: q, above: 1, for: 4h}}}\n"

    compiled = compile_text(text, tmp_path)

    assert [one.rule for one in errors(compiled)] == ["alarm/bad-window"]


def test_few_samples_can_be_ignored(tmp_path: Path) -> None:
    alarm = alarm_when("above: 1, statistic: p99, few_samples: ignore", tmp_path)

    assert alarm["EvaluateLowSampleCountPercentile"] == "ignore"


def test_few_samples_are_evaluated_unless_said(tmp_path: Path) -> None:
    alarm = alarm_when("above: 1, statistic: p99, few_samples: evaluate", tmp_path)

    assert "EvaluateLowSampleCountPercentile" not in alarm


# --- bands


@pytest.mark.parametrize(
    ("side", "operator"),
    [
        ("outside_band", "LessThanLowerOrGreaterThanUpperThreshold"),
        ("above_band", "GreaterThanUpperThreshold"),
        ("below_band", "LessThanLowerThreshold"),
    ],
)
def test_a_band_compares_a_metric_with_its_model(side: str, operator: str, tmp_path: Path) -> None:
    alarm = alarm_when(f"{side}: 2.5, for: 15m", tmp_path, "5m")

    assert alarm["ComparisonOperator"] == operator
    assert alarm["ThresholdMetricId"] == "band"
    assert "Threshold" not in alarm
    watched, band = alarm["Metrics"]
    assert band["Expression"] == f"ANOMALY_DETECTION_BAND({watched['Id']}, 2.5)"
    assert watched["ReturnData"] is band["ReturnData"] is True
    assert watched["MetricStat"]["Metric"]["MetricName"] == "Cpu"
    assert alarm["EvaluationPeriods"] == 3


def test_a_band_of_an_expression_watches_its_result(tmp_path: Path) -> None:
    text = HEAD + "metrics: {b: {metric: Shop B}, a: {expression: b * 2}}\n"
    text += "alarms: {hot: {severity: info, when: {metric: a, outside_band: 2}}}\n"

    alarm = resource(template(compile_text(text, tmp_path)), "AlarmHot")

    returned = [one["Id"] for one in alarm["Metrics"] if one["ReturnData"]]
    assert returned == ["result", "band"]
    assert alarm["Metrics"][-1]["Expression"] == "ANOMALY_DETECTION_BAND(result, 2)"


@pytest.mark.parametrize("width", ["0", "-1", "0.0"])
def test_a_band_has_a_width(width: str, tmp_path: Path) -> None:
    error = only_error(compile_text(spec(f"outside_band: {width}"), tmp_path), "alarm/bad-band")

    assert "positive" in error.message
    assert marked_text(error) == width


@pytest.mark.parametrize("width", ["$2", "2%", "2 MB"])
def test_the_width_of_a_band_is_a_plain_number(width: str, tmp_path: Path) -> None:
    compiled = compile_text(spec(f"outside_band: {width}"), tmp_path)

    assert [one.rule for one in errors(compiled)] == ["alarm/bad-band"]


def test_a_metrics_insights_query_has_no_band(tmp_path: Path) -> None:
    text = HEAD + "metrics: {q: {query: @}}\n".replace("@", QUERY)
    text += "alarms: {hot: {severity: info, when: {metric: q, outside_band: 2}}}\n"

    error = only_error(compile_text(text, tmp_path), "alarm/bad-band")

    assert "Metrics Insights" in error.message


@pytest.mark.parametrize(("period", "rules"), [("30s", ["alarm/bad-band"]), ("1m", [])])
def test_a_band_needs_periods_of_a_minute(
    period: str,
    rules: list[str],
    tmp_path: Path,
) -> None:
    compiled = compile_text(spec("outside_band: 2", period), tmp_path)

    assert [one.rule for one in errors(compiled)] == rules


def test_everything_wrong_with_a_condition_is_said_at_once(tmp_path: Path) -> None:
    compiled = compile_text(spec("above: many, for: 90s", "1m"), tmp_path)

    assert {one.rule for one in errors(compiled)} == {"quantity/malformed", "alarm/bad-window"}


# --- missing data (R84)


@pytest.mark.parametrize("setting", ["missing", "ignore", "breaching", "notBreaching"])
def test_what_missing_data_mean_is_the_authors_to_say(setting: str, tmp_path: Path) -> None:
    text = spec("above: 70%") + f"    missing_data: {setting}\n"

    compiled = compile_text(text, tmp_path)

    assert resource(template(compiled), "AlarmHot")["TreatMissingData"] == setting
    assert not compiled.diagnostics


@pytest.mark.parametrize(
    "when",
    [
        "metric: Shop A, above: 1",
        "metric: Shop A, outside_band: 2",
        "expression: a + 1, given: {a: Shop A}, above: 1",
        "query: SELECT MAX(A) FROM Shop, above: 1",
    ],
)
def test_missing_data_are_always_written_out(when: str, tmp_path: Path) -> None:
    text = HEAD + f"alarms: {{hot: {{severity: info, when: {{{when}}}}}}}\n"

    alarm = resource(template(compile_text(text, tmp_path)), "AlarmHot")

    assert alarm["TreatMissingData"] == "missing"


def test_dynamodb_ignores_missing_data_and_the_author_hears_of_it(tmp_path: Path) -> None:
    text = (
        HEAD
        + "alarms:\n  hot: {severity: info, when: {metric: AWS/DynamoDB UserErrors, above: 1}}\n"
    )

    compiled = compile_text(text, tmp_path)

    assert resource(template(compiled), "AlarmHot")["TreatMissingData"] == "ignore"
    (note,) = compiled.diagnostics
    assert (note.rule, note.severity.word) == ("alarm/ignored-missing-data", "note")
    assert '"hot"' in note.message
    assert marked_text(note) == "hot"


@pytest.mark.parametrize("setting", ["ignore", "notBreaching"])
def test_who_says_what_is_meant_for_dynamodb_hears_nothing(setting: str, tmp_path: Path) -> None:
    text = (
        HEAD
        + "alarms:\n  hot:\n    severity: info\n    when: {metric: AWS/DynamoDB UserErrors, above: 1}\n"
    )
    text += f"    missing_data: {setting}\n"

    compiled = compile_text(text, tmp_path)

    assert resource(template(compiled), "AlarmHot")["TreatMissingData"] == setting
    assert not compiled.diagnostics


def test_a_health_check_without_data_counts_as_failing(tmp_path: Path) -> None:
    text = HEAD + "health_checks: {h: {host: example.com, alarm: {severity: info}}}\n"

    alarm = resource(template(compile_text(text, tmp_path), region="us-east-1"), "AlarmHUnhealthy")

    assert alarm["TreatMissingData"] == "breaching"


def test_a_composite_alarm_has_no_missing_data(tmp_path: Path) -> None:
    text = (
        spec("above: 1") + "  any: {severity: info, when: {any: [hot]}, missing_data: breaching}\n"
    )

    compiled = compile_text(text, tmp_path)

    assert errors(compiled)


def test_a_level_that_cannot_be_read_is_reported_where_it_stands_alone(tmp_path: Path) -> None:
    text = HEAD + "metrics: {a: {metric: Shop A, levels: {high: '> many'}}}\n"
    text += "alarms: {hot: {severity: info, when: {metric: a, level: high}}}\n"

    error = only_error(compile_text(text, tmp_path), "quantity/malformed")

    assert marked_text(error) == "'> many'"

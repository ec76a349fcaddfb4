"""When alarms are evaluated, and over which data.

Sources: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html,
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation-window.html,
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-limits.html and
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-warm-up.html (read 2026-11-24)
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from simulate.stories import START, at, clock, read_samples, run, sent, story
from support import HEAD, resolve_text
from watchspec.model.metric_ids import identify
from watchspec.model.signals import stats_of
from watchspec.simulate.clocks import read_zone
from watchspec.simulate.data import Samples
from watchspec.simulate.options import Options
from watchspec.simulate.scenario import Outcome, simulate_monitoring

MINUTE, HOUR, DAY = 60, 3_600, 86_400


def spec(when: str, period: str = "1m", statistic: str = "Maximum", more: str = "") -> str:
    """A spec with one alarm `x` on the metric `m`."""
    metric = f"metric: Shop/Till Sales, dimensions: {{Till: a}}, statistic: {statistic}"
    alarm = f"severity: info, when: {{metric: m, {when}}}{more and ', ' + more}"
    return (
        f"metrics: {{m: {{{metric}, period: {period}, unit: Count}}}}\nalarms: {{x: {{{alarm}}}}}\n"
    )


def test_three_periods_above_the_threshold_make_an_alarm_as_in_the_figure(tmp_path: Path) -> None:
    text = spec("above: 3, for: 3m")

    outcome = run(text, tmp_path, 12, m="1 2 4 5 6 2 1 2 4 2 1 1")

    assert story(outcome, "x") == ["0 INSUFFICIENT_DATA", "1 OK", "5 ALARM", "6 OK"]


def test_the_window_slides_by_a_minute_whatever_the_period(tmp_path: Path) -> None:
    text = spec("above: 3", period="5m", statistic="Sum")

    outcome = run(text, tmp_path, 8, m="0 1 0 0 0 3 0 0")

    values = outcome.histories["x"].values()
    assert values is not None
    # Minutes 1 to 5, then 2 to 6, and so on.
    assert values[4:].tolist() == [1, 4, 3, 3]
    assert story(outcome, "x") == ["0 INSUFFICIENT_DATA", "1 OK", "6 ALARM", "7 OK"]


@pytest.mark.parametrize(
    ("evaluated", "points"),
    [("12:15", ["12:10", "12:05", "12:00"]), ("12:16", ["12:11", "12:06", "12:01"])],
)
def test_periods_count_back_from_the_evaluation(
    tmp_path: Path, evaluated: str, points: list[str]
) -> None:
    start = at(f"2026-03-09T{evaluated}") - MINUTE
    samples = read_samples("1x60", at("2026-03-09T11:30"))

    outcome = run(spec("below: 3, for: 15m", period="5m"), tmp_path, 1, start=start, m=samples)

    reason = outcome.histories["x"].reason_at(start + MINUTE)
    assert re.findall(r"\d\d:\d\d(?=:00\))", reason) == points


@pytest.mark.parametrize("period", [10, 20, 30])
def test_an_alarm_of_high_resolution_is_evaluated_every_ten_seconds(
    tmp_path: Path, period: int
) -> None:
    text = spec("above: 3", period=f"{period}s")
    samples = Samples(START + 10 * np.arange(12), np.array([0.0] * 5 + [9] + [0] * 6))

    outcome = run(text, tmp_path, 2, m=samples)

    changes = outcome.histories["x"].changes()
    found = [(one.time - START, one.state.name) for one in changes]
    # The sample of second 50 is known at second 60, and stays in the window for one period.
    assert found == [(0, "INSUFFICIENT_DATA"), (10, "OK"), (60, "ALARM"), (60 + period, "OK")]


def test_short_periods_over_a_metric_of_a_minute_lack_data_again_and_again(tmp_path: Path) -> None:
    """The API's warning: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html (read 2026-11-24)"""
    outcome = run(
        spec("above: 3", period="10s", more="missing_data: missing"), tmp_path, 2, m="1 1"
    )

    found = [(one.time - START, one.state.name) for one in outcome.histories["x"].changes()][1:]
    assert found == [(10, "OK"), (40, "INSUFFICIENT_DATA"), (70, "OK"), (100, "INSUFFICIENT_DATA")]


@pytest.mark.parametrize(
    ("options", "seconds"),
    [(Options(), [10, 60, 80]), (Options(fine_slots="minute"), [20, 60, 80])],
)
def test_short_periods_count_back_from_the_evaluation_or_divide_the_minute(
    tmp_path: Path, options: Options, seconds: list[int]
) -> None:
    text = spec("above: 3", period="20s", more="missing_data: missing")
    samples = Samples(START + 10 * np.arange(12), np.array([0.0] * 5 + [9] + [0] * 6))

    outcome = run(text, tmp_path, 2, options, m=samples)

    assert [one.time - START for one in outcome.histories["x"].changes()][1:] == seconds


def test_an_alarm_over_more_than_a_day_looks_once_an_hour_up_to_the_full_hour(
    tmp_path: Path,
) -> None:
    # A job runs every three days at 10:00 and tells how it ended: 1 = failed.
    text = spec("at_least: 1", period="3d", statistic="Minimum")
    times = [at(one) for one in ("2026-03-06T10:00", "2026-03-09T10:02", "2026-03-09T11:43")]
    jobs = Samples(np.array(times), np.array([0.0, 1, 0]))

    outcome = run(text, tmp_path, 240, start=at("2026-03-09T09:30"), m=jobs)

    assert clock(outcome, "x") == [
        "09 09:30 INSUFFICIENT_DATA",
        "09 10:03 OK",
        "09 11:03 ALARM",
        "09 12:03 OK",
    ]


def test_an_alarm_over_exactly_one_day_is_evaluated_every_minute(tmp_path: Path) -> None:
    text = spec("below: 1", period="1d", statistic="Sum", more="missing_data: breaching")
    jobs = sent(1, at("2026-03-08T10:00"))

    outcome = run(text, tmp_path, 60, Options(extra_slots=0), start=at("2026-03-09T09:30"), m=jobs)

    assert clock(outcome, "x") == [
        "09 09:30 INSUFFICIENT_DATA",
        "09 09:31 OK",
        "09 10:01 ALARM",
    ]


def test_data_from_before_the_alarm_was_created_count(tmp_path: Path) -> None:
    text = spec("above: 3, for: 10m")

    outcome = run(text, tmp_path, 5, m=read_samples("9x9", START - 9 * MINUTE))

    assert story(outcome, "x") == ["0 INSUFFICIENT_DATA", "1 ALARM"]


@pytest.mark.parametrize(
    ("sign", "states"),
    [
        ("above", "OOA"),
        ("at_least", "OAA"),
        ("below", "AOO"),
        ("at_most", "AAO"),
    ],
)
def test_a_value_that_equals_the_threshold_is_compared_exactly(
    tmp_path: Path, sign: str, states: str
) -> None:
    just = np.nextafter(0.3, 0), 0.3, 0.1 + 0.2  # the last is one step above 0.3
    samples = Samples(START + MINUTE * np.arange(3), np.array(just))

    outcome = run(spec(f"{sign}: 0.3"), tmp_path, 3, m=samples)

    assert "".join("OAI"[code] for code in outcome.histories["x"].states) == states


def wall_clock(zone: str) -> str:
    """The property of an alarm that aligns its periods to a clock."""
    inner = f"Timezone: {zone}" if zone else ""
    return f"properties: {{EvaluationWindow: {{WallClockWindow: {{{inner}}}}}}}"


BACKUP = "below: 1"


def test_a_daily_backup_that_comes_late_alarms_a_window_that_slides(tmp_path: Path) -> None:
    backups = sent(
        1, *(at(f"2026-03-{day}T{hour}") for day, hour in (("09", "01:00"), ("10", "05:00")))
    )
    more = "missing_data: breaching"

    def told(more: str) -> list[str]:
        text = spec(BACKUP, period="1d", statistic="Sum", more=more)
        options = Options(extra_slots=0)
        start = at("2026-03-10T00:30")
        return clock(run(text, tmp_path, 8 * 60, options, start=start, m=backups), "x")[1:]

    assert told(more) == ["10 00:31 OK", "10 01:01 ALARM", "10 05:01 OK"]
    assert told(f"{more}, {wall_clock('')}") == ["10 00:31 OK"]


def test_a_wall_clock_alarm_is_evaluated_every_minute_over_the_last_full_hour(
    tmp_path: Path,
) -> None:
    text = spec("at_least: 1", period="1h", statistic="Sum", more=wall_clock("UTC"))
    sales = sent(1, at("2026-03-09T12:40"), at("2026-03-09T15:00"))
    quiet = sent(0, *(at("2026-03-09T10:00") + 600 * n for n in range(60)))
    samples = Samples(
        np.concatenate((sales.times, quiet.times)), np.concatenate((sales.values, quiet.values))
    )

    outcome = run(text, tmp_path, 6 * 60, start=at("2026-03-09T11:30"), m=samples)

    assert clock(outcome, "x")[1:] == [
        "09 11:31 OK",
        "09 13:00 ALARM",
        "09 14:00 OK",
        "09 16:00 ALARM",
        "09 17:00 OK",
    ]


@pytest.mark.parametrize(
    ("zone", "period", "sale", "states"),
    [
        ("America/New_York", "1d", "2026-06-10T00:00", ["11 00:00 ALARM", "12 00:00 OK"]),
        ("America/New_York", "1d", "2026-06-10T23:59", ["11 00:00 ALARM", "12 00:00 OK"]),
        ("Asia/Kolkata", "1h", "2026-06-10T05:10", ["10 06:00 ALARM", "10 07:00 OK"]),
        ("+05:30", "1h", "2026-06-10T05:10", ["10 06:00 ALARM", "10 07:00 OK"]),
        ("UTC-08:00", "1d", "2026-06-10T05:10", ["11 00:00 ALARM", "12 00:00 OK"]),
        ("Z", "5m", "2026-06-10T05:11", ["10 05:15 ALARM", "10 05:20 OK"]),
        ("UTC", "1m", "2026-06-10T05:11", ["10 05:12 ALARM", "10 05:13 OK"]),
        # The day that lacks an hour, and the one that has one twice.
        ("Europe/Berlin", "1d", "2026-03-29T23:30", ["30 00:00 ALARM", "31 00:00 OK"]),
        ("Europe/Berlin", "1d", "2026-10-25T00:10", ["26 00:00 ALARM", "27 00:00 OK"]),
        ("America/New_York", "1d", "2026-11-01T00:00", ["02 00:00 ALARM", "03 00:00 OK"]),
        # Clocks are put forward at midnight, so the day begins at one.
        ("Africa/Cairo", "1d", "2026-04-24T01:00", ["25 00:00 ALARM", "26 00:00 OK"]),
        # Half an hour is left out: the hour that begins at 02:00 is half as long.
        ("Australia/Lord_Howe", "1h", "2026-10-04T01:59", ["04 02:30 ALARM", "04 03:00 OK"]),
        ("Europe/Berlin", "1h", "2026-03-29T01:59", ["29 03:00 ALARM", "29 04:00 OK"]),
    ],
)
def test_wall_clock_periods_follow_the_clocks_of_the_zone(
    tmp_path: Path, zone: str, period: str, sale: str, states: list[str]
) -> None:
    named = (
        zone
        if "/" in zone
        else {"+05:30": "Asia/Kolkata", "UTC-08:00": "Etc/GMT+8"}.get(zone, "UTC")
    )
    start = at(sale, named) - 5 * HOUR
    text = spec("at_least: 1", period=period, statistic="Sum", more=wall_clock(f'"{zone}"'))
    text = text.replace("}}}}}\n", "}}}, missing_data: notBreaching}}\n")

    outcome = run(text, tmp_path, 60 * 60, start=start, m=sent(1, at(sale, named)))

    assert clock(outcome, "x", named)[2:] == states


def test_a_wall_clock_week_begins_on_monday_and_is_looked_at_once_an_hour(tmp_path: Path) -> None:
    text = spec(
        "at_least: 1",
        period="7d",
        statistic="Sum",
        more=f"missing_data: notBreaching, {wall_clock('Asia/Tokyo')}",
    )
    sale = at("2026-03-11T12:00", "Asia/Tokyo")

    outcome = run(text, tmp_path, 15 * 24 * 60, start=sale, m=sent(1, sale))

    # Monday comes at 15:00 UTC, and is looked at three minutes later.
    assert clock(outcome, "x", "Asia/Tokyo")[2:] == ["16 00:03 ALARM", "23 00:03 OK"]


def test_a_wall_clock_window_looks_at_no_more_than_its_own_periods(tmp_path: Path) -> None:
    samples = read_samples("9 9 9 _ 1 _ _", START - 7 * MINUTE)

    def state(more: str) -> str:
        text = spec("above: 3, datapoints: 2 of 3", more=more)
        return (
            run(text, tmp_path, 1, start=START, m=samples)
            .histories["x"]
            .state_at(START + MINUTE)
            .name
        )

    assert state("") == "OK"
    assert state(wall_clock("UTC")) == "INSUFFICIENT_DATA"
    assert state(f"missing_data: breaching, {wall_clock('UTC')}") == "ALARM"


def warm_up(minutes: int, *, waits: bool = False) -> str:
    inner = f"WarmUpPeriodDurationInMinutes: {minutes}"
    if waits:
        inner += ", OnlyStartEvaluatingAfterWarmUpPeriodEnds: true"
    return f"properties: {{WarmUpConfiguration: {{{inner}}}}}, missing_data: breaching"


@pytest.mark.parametrize(
    ("more", "begins"),
    [
        # Data come from 10:04 on; with three periods of five minutes the window is full at 10:19.
        (warm_up(60), "10:19 OK"),
        (warm_up(60, waits=True), "11:00 OK"),
        (warm_up(10), "10:10 OK"),
        (warm_up(3), "10:03 ALARM"),
        ("missing_data: breaching", "10:01 ALARM"),
    ],
)
def test_a_warm_up_ends_early_once_the_window_is_full(
    tmp_path: Path, more: str, begins: str
) -> None:
    created = at("2026-03-09T10:00")
    text = spec("above: 3, datapoints: 2 of 3", period="5m", more=more)

    outcome = run(text, tmp_path, 90, start=created, m=read_samples("1x80", created + 4 * MINUTE))

    assert clock(outcome, "x")[:2] == ["09 10:00 INSUFFICIENT_DATA", f"09 {begins}"]


def test_a_warm_up_is_over_at_once_if_the_window_is_full_already(tmp_path: Path) -> None:
    text = spec("above: 3, for: 3m", more=warm_up(60))

    outcome = run(text, tmp_path, 3, m=read_samples("9x5 1x5", START - 5 * MINUTE))

    assert story(outcome, "x") == ["0 INSUFFICIENT_DATA", "1 OK"]


def test_a_warm_up_without_any_data_lasts_its_whole_time(tmp_path: Path) -> None:
    outcome = run(spec("above: 3", more=warm_up(7)), tmp_path, 10)

    assert story(outcome, "x") == ["0 INSUFFICIENT_DATA", "7 ALARM"]


@pytest.mark.parametrize(
    ("statistic", "least"), [("p90", 100), ("p99", 1000), ("p50", 20), ("p10", 100), ("p100", 1)]
)
def test_a_percentile_of_few_samples_can_be_told_to_change_nothing(
    tmp_path: Path, statistic: str, least: int
) -> None:
    text = spec("above: 3, datapoints: 1 of 2, few_samples: ignore", statistic=statistic)

    def states(samples: int) -> str:
        times = START + MINUTE * np.repeat([1, 2], [samples - samples // 2, samples // 2])
        outcome = run(text, tmp_path, 3, m=Samples(times, np.full(samples, 9.0)))
        return "".join("OAI"[code] for code in outcome.histories["x"].states)

    # The two halves are together in the window of the last minute.
    assert states(least)[-1] == "A"
    if least > 1:
        assert states(least - 1) == "III"


def test_few_samples_are_judged_unless_told_otherwise(tmp_path: Path) -> None:
    outcome = run(spec("above: 3", statistic="p99"), tmp_path, 2, m="9 9")

    assert story(outcome, "x") == ["0 INSUFFICIENT_DATA", "1 ALARM"]


def test_alarms_on_dynamodb_can_be_made_to_ignore_missing_data(tmp_path: Path) -> None:
    text = """\
metrics:
  m: {metric: AWS/DynamoDB ConsumedReadCapacityUnits, dimensions: {TableName: a}, statistic: Sum}
alarms:
  x: {severity: info, missing_data: breaching, when: {metric: m, above: 3}}
"""

    assert story(run(text, tmp_path, 9, m="1x3"), "x")[1:] == ["1 OK", "6 ALARM"]
    options = Options(dynamodb_ignores=True)
    assert story(run(text, tmp_path, 9, options, m="1x3"), "x")[1:] == ["1 OK"]


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ("properties: {Unit: Count}", 'what its property "Unit" does is not simulated'),
        ("properties: {Threshold: 5}", 'what its property "Threshold" does is not simulated'),
        (
            "properties: {EvaluationWindow: {WallClockWindow: {Timezone: Mars}}}",
            '"Mars" is not a known time zone',
        ),
        (wall_clock('"+01:03"'), '"+01:03" is not a known time zone'),
        (wall_clock('"+15:00"'), '"+15:00" is not a known time zone'),
        (
            "properties: {EvaluationWindow: {Moon: {}}}",
            'what its property "EvaluationWindow" does is not simulated',
        ),
        (
            "properties: {WarmUpConfiguration: {WarmUpPeriodDurationInMinutes: soon}}",
            'what its property "WarmUpConfiguration" does is not simulated',
        ),
        (
            "properties: {WarmUpConfiguration: soon}",
            'what its property "WarmUpConfiguration" does is not simulated',
        ),
        (
            "properties: {EvaluateLowSampleCountPercentile: ignore}",
            "only of a percentile it is known how many samples are few",
        ),
    ],
)
def test_an_alarm_with_a_property_that_is_not_simulated_is_unsupported(
    tmp_path: Path, more: str, reason: str
) -> None:
    outcome = run(spec("above: 3", more=more), tmp_path, 3)

    assert outcome.unsupported == {"x": reason}
    assert outcome.histories == {}


@pytest.mark.parametrize(
    "more",
    [
        "properties: {EvaluationWindow: {SlidingWindow: {}}}",
        "properties: {EvaluateLowSampleCountPercentile: evaluate}",
        "properties: {ActionConfiguration: {AlarmTagsPropagation: {Enabled: true}}}",
    ],
)
def test_a_property_that_changes_nothing_is_none_to_speak_of(tmp_path: Path, more: str) -> None:
    outcome = run(spec("above: 3", more=more), tmp_path, 3, m="1 9 9")

    assert story(outcome, "x") == ["0 INSUFFICIENT_DATA", "1 OK", "2 ALARM"]


@pytest.mark.parametrize("period", ["2m", "15m", "6h"])
def test_a_wall_clock_has_only_some_periods(tmp_path: Path, period: str) -> None:
    outcome = run(spec("above: 3", period=period, more=wall_clock("UTC")), tmp_path, 3)

    assert outcome.unsupported == {
        "x": 'what its property "EvaluationWindow" does is not simulated'
    }


@pytest.mark.parametrize(
    ("times", "values", "kept"),
    [
        ([3, 1, 2], [30, 10, 20], [(1, 10), (2, 20), (3, 30)]),
        ([1, 2, 3, 4], [np.nan, 5, np.inf, -np.inf], [(2, 5)]),
        ([2, 1, 2], [7, 1, 5], [(1, 1), (2, 7), (2, 5)]),
        ([1, 2], [2.0**360, 2.0**361], [(1, 2.0**360)]),
        ([], [], []),
    ],
)
def test_samples_are_put_in_order_and_what_cloudwatch_refuses_is_left_out(
    times: list[int], values: list[float], kept: list[tuple[int, float]]
) -> None:
    samples = Samples(np.array(times, dtype=np.int64), np.array(values, dtype=np.float64))

    assert list(zip(samples.times.tolist(), samples.values.tolist(), strict=True)) == kept


@pytest.mark.parametrize(
    ("period", "datapoints", "last", "alarm"),
    [
        # Measured: eight periods of 15 minutes, breaching; the last data came 05:43, and it went off
        # two and a half hours later, at 08:14.
        ("15m", "8 of 8", "2026-08-19T05:43", "19 08:14"),
        # Published by AWS: a period of a day goes off after about three days of silence.
        ("1d", "1 of 1", "2026-08-19T05:43", "22 05:44"),
    ],
)
def test_missing_data_are_only_counted_once_older_data_are_out_of_reach(
    tmp_path: Path, period: str, datapoints: str, last: str, alarm: str
) -> None:
    text = spec(
        f"below: 1, datapoints: {datapoints}", period=period, more="missing_data: breaching"
    )
    beats = sent(1, *(at(last) - MINUTE * n for n in range(300)))

    outcome = run(text, tmp_path, 4 * 24 * 60, start=at(last) - 60 * MINUTE, m=beats)

    assert clock(outcome, "x")[-1] == f"{alarm} ALARM"


def test_a_reason_of_a_wall_clock_alarm_names_the_periods_of_the_clock(tmp_path: Path) -> None:
    text = spec("at_least: 1", period="1h", statistic="Sum", more=wall_clock("Asia/Kolkata"))
    start = at("2026-03-09T12:10")

    outcome = run(text, tmp_path, 90, start=start, m=sent(1, at("2026-03-09T11:00"), start))

    # At 12:11 the last hour of the clock in Kolkata was that from 10:30 to 11:30.
    assert outcome.histories["x"].reason_at(start + MINUTE) == (
        "Threshold Crossed: 1 out of the last 1 datapoints [1.0 (09/03/26 10:30:00)] was greater than"
        " or equal to the threshold (1.0) (minimum 1 datapoint for OK -> ALARM transition)."
    )


def test_alarms_that_look_more_often_stand_beside_those_that_look_less_often(
    tmp_path: Path,
) -> None:
    text = """\
metrics:
  fast: {metric: Shop/Till Sales, dimensions: {Till: a}, unit: Count, period: 10s}
  slow: {metric: Shop/Till Visits, dimensions: {Till: a}, unit: Count}
alarms:
  quick: {severity: info, when: {metric: fast, above: 3}}
  steady: {severity: info, when: {metric: slow, above: 3}}
  both: {severity: info, when: {all: [quick, steady]}}
"""
    fast = Samples(START + 10 * np.arange(30), np.where(np.arange(30) < 15, 1.0, 9.0))

    outcome = run(text, tmp_path, 5, fast=fast, slow="1 9 9 9 1")

    def seconds(alarm: str) -> list[str]:
        changes = outcome.histories[alarm].changes()[1:]
        return [f"{one.time - START} {one.state.name}" for one in changes]

    assert seconds("quick") == ["10 OK", "160 ALARM"]
    assert seconds("steady") == ["60 OK", "120 ALARM", "300 OK"]
    assert seconds("both") == ["10 OK", "160 ALARM", "300 OK"]
    values = outcome.histories["steady"].values()
    assert values is not None
    assert np.array_equal(values[4:12], [np.nan] + [1] * 6 + [9], equal_nan=True)


def test_an_alarm_of_no_time_at_all_was_created(tmp_path: Path) -> None:
    outcome = run(spec("above: 3"), tmp_path, 0, m="9")

    history = outcome.histories["x"]
    assert story(outcome, "x") == ["0 INSUFFICIENT_DATA"]
    assert history.reason_at(START) == "Unchecked: Initial alarm creation"
    assert history.values() is not None
    assert outcome.notices == ()


def test_the_number_of_samples_must_be_known_to_say_that_they_are_few(tmp_path: Path) -> None:
    text = spec("above: 3, few_samples: ignore", statistic="p99")
    monitoring = resolve_text(HEAD + text, tmp_path)
    (stat,) = stats_of(monitoring.signals[0].source)
    points = read_samples("9 9 9 9 9 9 9 9 9 9")

    def simulate(**known: Samples) -> Outcome:
        return simulate_monitoring(monitoring, {identify(stat, {}): known}, START, 600, Options())

    assert simulate(p99=points).unsupported == {
        "x": 'of how many samples each p99 of "Sales" is made is not known'
    }
    assert story(simulate(p99=points, SampleCount=read_samples("500 500 1000x8")), "x")[1:] == [
        "3 ALARM"
    ]


def test_the_values_of_an_expression_are_those_of_each_request(tmp_path: Path) -> None:
    text = """\
metrics:
  m: {metric: Shop/Till Sales, dimensions: {Till: a}, unit: Count}
alarms:
  x: {severity: info, when: {expression: RUNNING_SUM(m), above: 5}}
"""

    outcome = run(text, tmp_path, 6, m="1 2 3 _ 4 5")

    # Each request has the three newest periods: that of the minute, and two more.
    values = outcome.histories["x"].values()
    assert values is not None
    assert np.array_equal(values, [1, 3, 6, np.nan, 7, 9], equal_nan=True)
    assert story(outcome, "x")[1:] == ["1 OK", "3 ALARM", "4 OK", "5 ALARM"]


@pytest.mark.parametrize(
    ("expression", "changes"),
    [("m", ["1 ALARM"]), ("FILL(m, 0)", ["1 ALARM", "3 OK"])],
)
def test_what_is_filled_is_not_missing(expression: str, changes: list[str], tmp_path: Path) -> None:
    text = f"""\
metrics:
  m: {{metric: Shop/Till Sales, dimensions: {{Till: a}}, unit: Count}}
alarms:
  x:
    severity: info
    missing_data: breaching
    when: {{expression: "{expression}", above: 5}}
"""

    outcome = run(text, tmp_path, 8, m="9 9 _ _ _ _ _ _")

    assert story(outcome, "x")[1:] == changes


def test_a_last_breach_is_judged_again_until_it_is_out_of_reach(tmp_path: Path) -> None:
    # Measured: one period of 15 minutes, not breaching; the last failure came 19:50:31, and the alarm
    # was fine again at 20:36:51.
    text = spec("at_least: 1", period="15m", statistic="Sum", more="missing_data: notBreaching")
    failure = sent(1, at("2026-09-14T19:50:31"))

    outcome = run(text, tmp_path, 120, start=at("2026-09-14T19:30"), m=failure)

    assert clock(outcome, "x")[2:] == ["14 19:51 ALARM", "14 20:36 OK"]


@pytest.mark.parametrize(
    ("text", "hours"),
    [("Z", 0), ("+14:00", 14), ("-08:00", -8), ("GMT+05:30", 5.5), ("Asia/Kolkata", 5.5)],
)
def test_a_zone_is_a_name_or_an_offset_of_up_to_fourteen_hours(text: str, hours: float) -> None:
    moment = datetime(2026, 3, 9, tzinfo=read_zone(text))

    assert moment.utcoffset() == timedelta(hours=hours)

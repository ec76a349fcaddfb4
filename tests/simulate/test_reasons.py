"""Why alarms are in their states, in the words of CloudWatch.

Sources: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html
(read 2026-11-24), and messages of alarms that people have published; their numbers are kept here.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from simulate.stories import START, run
from watchspec.model.alarms import MissingData, Window
from watchspec.simulate.judging import State
from watchspec.simulate.reasons import Points, compare_words, say_threshold, show_number

NOON = int(datetime(2026, 8, 19, 12, tzinfo=UTC).timestamp())
OK, ALARM, UNKNOWN = State.OK, State.ALARM, State.INSUFFICIENT_DATA


def say(values: str, window: Window, missing: MissingData, state: State) -> str:
    """Why an alarm above 5 came to a state; one value a minute, the last that of 11:59."""
    column = np.array([np.nan if one == "_" else float(one) for one in values.split()])
    times = NOON + 60 * (np.arange(len(column)) - len(column))
    points = Points(times, column, column > 5)
    return say_threshold(points, window, missing, state, compare_words(">", 5))


@pytest.mark.parametrize(
    ("values", "window", "missing", "state", "reason"),
    [
        (
            "1 9",
            Window(1, 1),
            "missing",
            ALARM,
            (
                "Threshold Crossed: 1 out of the last 1 datapoints [9.0 (19/08/26 11:59:00)] was greater"
                " than the threshold (5.0) (minimum 1 datapoint for OK -> ALARM transition)."
            ),
        ),
        (
            "7 1 9 8.25 _",
            Window(3, 2),
            "missing",
            ALARM,
            (
                "Threshold Crossed: 2 out of the last 3 datapoints [8.25 (19/08/26 11:58:00), 9.0"
                " (19/08/26 11:57:00)] were greater than the threshold (5.0) (minimum 2 datapoints for"
                " OK -> ALARM transition)."
            ),
        ),
        (
            "0 0 9 3 2",
            Window(3, 3),
            "missing",
            OK,
            (
                "Threshold Crossed: 2 out of the last 3 datapoints [2.0 (19/08/26 11:59:00), 3.0"
                " (19/08/26 11:58:00)] were not greater than the threshold (5.0) (minimum 1 datapoint"
                " for ALARM -> OK transition)."
            ),
        ),
        (
            "_ _ _",
            Window(1, 1),
            "missing",
            UNKNOWN,
            "Insufficient Data: 1 datapoint was unknown.",
        ),
        (
            "_ _ _ _ _ _ _",
            Window(5, 5),
            "missing",
            UNKNOWN,
            "Insufficient Data: 5 datapoints were unknown.",
        ),
        (
            "_ _ _ _ _ _ _ _ _ _",
            Window(8, 8),
            "breaching",
            ALARM,
            (
                "Threshold Crossed: no datapoints were received for 8 periods and 8 missing datapoints"
                " were treated as [Breaching]."
            ),
        ),
        (
            "_ _ _",
            Window(1, 1),
            "notBreaching",
            OK,
            (
                "Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was"
                " treated as [NonBreaching]."
            ),
        ),
        (
            "_ _ _ _ 613",
            Window(4, 1),
            "notBreaching",
            ALARM,
            (
                "Threshold Crossed: 1 out of the last 4 datapoints [613.0 (19/08/26 11:59:00)] was"
                " greater than the threshold (5.0) and 3 missing datapoints were treated as"
                " [NonBreaching] (minimum 1 datapoint for OK -> ALARM transition)."
            ),
        ),
        (
            "_ _ _ _ 1",
            Window(3, 2),
            "breaching",
            ALARM,
            (
                "Threshold Crossed: 1 datapoint was received for 3 periods and 2 missing datapoints were"
                " treated as [Breaching]."
            ),
        ),
        (
            "_ _ 9 _ _",
            Window(3, 3),
            "missing",
            ALARM,
            (
                "Threshold Crossed: 1 out of the last 3 datapoints [9.0 (19/08/26 11:57:00)] was greater"
                " than the threshold (5.0) (minimum 3 datapoints for OK -> ALARM transition)."
            ),
        ),
    ],
)
def test_a_reason_tells_the_points_that_decided(
    values: str, window: Window, missing: MissingData, state: State, reason: str
) -> None:
    assert say(values, window, missing, state) == reason


def test_a_reason_is_no_longer_than_cloudwatch_keeps() -> None:
    reason = say("9 " * 100, Window(100, 100), "missing", ALARM)

    assert len(reason) == 1023
    assert reason.endswith("...")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (70, "70.0"),
        (0.0666851903306472, "0.0666851903306472"),
        (0.1 + 0.2, "0.30000000000000004"),
        (-0.0005, "-5.0E-4"),
        (0.001, "0.001"),
        (9_999_999, "9999999.0"),
        (10_000_000, "1.0E7"),
        (1.25e12, "1.25E12"),
        (0, "0.0"),
        (np.inf, "inf"),
    ],
)
def test_numbers_are_written_as_java_writes_them(value: float, shown: str) -> None:
    assert show_number(value) == shown


SHOP = """\
metrics:
  cpu: {metric: AWS/ECS CPUUtilization, dimensions: {ClusterName: shop}}
  slow: {metric: AWS/ECS MemoryUtilization, dimensions: {ClusterName: shop}, period: 5m}
alarms:
  hot: {severity: info, when: {metric: cpu, above: 70%}}
  full: {severity: info, when: {metric: slow, at_most: 10%, for: 10m}}
  rates: {severity: info, when: {expression: RATE(cpu), above: 1}}
  both: {severity: info, when: {all: [hot, full]}}
"""


def test_the_reason_is_that_of_the_moment_when_the_state_began(tmp_path: Path) -> None:
    outcome = run(SHOP, tmp_path, 40, cpu="50x5 85x5 _x20", slow="5x40")
    hot, full, both = (outcome.histories[key] for key in ("hot", "full", "both"))

    assert hot.reason_at(START) == "Unchecked: Initial alarm creation"
    for minute in (6, 8, 12):
        assert hot.reason_at(START + 60 * minute) == (
            "Threshold Crossed: 1 out of the last 1 datapoints [85.0 (09/03/26 00:05:00)] was greater"
            " than the threshold (70.0) (minimum 1 datapoint for OK -> ALARM transition)."
        )
    assert hot.reason_at(START + 60 * 20) == "Insufficient Data: 1 datapoint was unknown."
    assert hot.reason_at(START + 60 * 1000) == "Insufficient Data: 1 datapoint was unknown."
    assert full.reason_at(START + 60 * 20) == (
        "Threshold Crossed: 2 out of the last 2 datapoints [5.0 (09/03/26 00:01:00), 5.0 (08/03/26"
        " 23:56:00)] were less than or equal to the threshold (10.0) (minimum 2 datapoints for OK ->"
        " ALARM transition)."
    )
    arn = "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:prod"
    assert (
        both.reason_at(START + 60) == f"{arn}-both was created and its alarm rule evaluates to OK"
    )
    assert both.reason_at(START + 60 * 7) == (
        f"{arn}-hot transitioned to ALARM at Monday 09 March, 2026 00:06:00 UTC"
    )

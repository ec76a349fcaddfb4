"""Why an alarm is in its state, in the words of CloudWatch.

Sources: the events of https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html
(read 2026-11-24), and messages of alarms that people have published.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from watchspec.model.alarms import MissingData, Window
from watchspec.model.signals import Operator
from watchspec.simulate.data import Floats, Times
from watchspec.simulate.judging import Bools, State

CREATED = "Unchecked: Initial alarm creation"
_LONGEST = 1_023
"""Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_SetAlarmState.html (read 2026-11-24)"""
_THAN: dict[Operator, str] = {
    ">": "greater than",
    ">=": "greater than or equal to",
    "<": "less than",
    "<=": "less than or equal to",
}
_TREATED: dict[MissingData, str] = {"breaching": "Breaching", "notBreaching": "NonBreaching"}


@dataclass(frozen=True, slots=True)
class Points:
    """The data points an alarm asked for, oldest first: starts of their periods, values (NaN = none)."""

    times: Times
    values: Floats
    breaches: Bools


def say_threshold(
    points: Points, window: Window, missing: MissingData, state: State, compared: str
) -> str:
    """Why an alarm came to a state.

    compared: what the data points are or are not, as in "greater than the threshold (70.0)".
    """
    number = window.evaluation_periods
    places = np.flatnonzero(~np.isnan(points.values))[-number:][::-1]
    gaps = number - len(places)
    treated = ""
    if gaps and missing in _TREATED:
        treated = f" and {_count(gaps, 'missing datapoint')} treated as [{_TREATED[missing]}]"
    if state is State.INSUFFICIENT_DATA:
        return f"Insufficient Data: {_count(gaps, 'datapoint')} unknown."
    periods = f"{number} {_plural('period', number)}"
    if not len(places):
        return f"Threshold Crossed: no datapoints were received for {periods}{treated}."
    meant = [place for place in places if points.breaches[place] == (state is State.ALARM)]
    if not meant:
        received = f"{_count(len(places), 'datapoint')} received for {periods}"
        return f"Threshold Crossed: {received}{treated}."
    shown = ", ".join(_show(points, place) for place in meant)
    is_so = f"{'was' if len(meant) == 1 else 'were'}{'' if state is State.ALARM else ' not'}"
    needed = window.datapoints_to_alarm
    if state is State.OK:
        needed = number - needed + 1
    way = "OK -> ALARM" if state is State.ALARM else "ALARM -> OK"
    return _cut(
        f"Threshold Crossed: {len(meant)} out of the last {number} datapoints [{shown}] {is_so} "
        f"{compared}{treated} (minimum {needed} {_plural('datapoint', needed)} for {way} transition)."
    )


def compare_words(operator: Operator, threshold: float) -> str:
    """What a data point that breaches a threshold is."""
    return f"{_THAN[operator]} the threshold ({show_number(threshold)})"


def say_created(arn: str, state: State) -> str:
    """Why a composite alarm is in its first state."""
    return f"{arn} was created and its alarm rule evaluates to {state.name}"


def say_changed(arn: str, time: int, state: State) -> str:
    """Why a composite alarm came to a state: an alarm it is made of came to another."""
    when = datetime.fromtimestamp(time, UTC).strftime("%A %d %B, %Y %H:%M:%S UTC")
    return f"{arn} transitioned to {state.name} at {when}"


def show_number(value: float) -> str:
    """A number as CloudWatch writes it, which is how Java does."""
    if not (0 < abs(value) < 1e-3 or 1e7 <= abs(value) < math.inf):  # noqa: PLR2004 - as Java has it
        return repr(float(value))
    digits, _, exponent = np.format_float_scientific(value, trim="0").partition("e")
    return f"{digits}E{int(exponent)}"


def _show(points: Points, place: int) -> str:
    when = datetime.fromtimestamp(int(points.times[place]), UTC).strftime("%d/%m/%y %H:%M:%S")
    return f"{show_number(float(points.values[place]))} ({when})"


def _count(number: int, noun: str) -> str:
    return f"{number} {_plural(noun, number)} {'was' if number == 1 else 'were'}"


def _plural(noun: str, number: int) -> str:
    return noun if number == 1 else f"{noun}s"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."

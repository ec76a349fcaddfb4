"""What AWS leaves open, with what is most likely."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Options:
    """What a simulation assumes.

    `extra_slots` are how many data points beyond N are asked for; N + 2 fits every case that AWS
    documents or that was measured. `too_early` is what an alarm says that has only a first breach
    and no other data, and so does not go off yet; AWS's page of 2018 has INSUFFICIENT_DATA.
    `hourly_minute` is the minute of the hour at which an alarm over more than a day is evaluated;
    AWS's example has three past. `fine_slots` is where periods of less than a minute lie: they count
    back from the evaluation, as longer ones do, or divide the minute, as those of GetMetricData do.
    `dynamodb_ignores` is whether alarms on metrics of DynamoDB ignore missing data whatever they say,
    as the API reference has it; the user guide lets them choose.
    `empty_query` is what an alarm on a query makes of no series at all: AWS's page of today treats
    them as missing data, that of April 2026 had INSUFFICIENT_DATA whatever the alarm says.
    `parameters` are values of the spec's parameters by name.
    `surplus_words` is what becomes of words of a log line behind the last column of a pattern: AWS's
    page of today shows `[w1=ERROR, w2]` for longer lines, that of 2021 wanted their number to be equal.
    `missing_field_differs` is whether a field that a line does not have is `!=` to a value.
    """

    extra_slots: int = 2
    too_early: Literal["INSUFFICIENT_DATA", "keep"] = "INSUFFICIENT_DATA"
    hourly_minute: int = 3
    fine_slots: Literal["evaluation", "minute"] = "evaluation"
    surplus_words: Literal["last column", "no match"] = "last column"
    missing_field_differs: bool = False
    dynamodb_ignores: bool = False
    empty_query: Literal["missing data", "INSUFFICIENT_DATA"] = "missing data"
    parameters: Mapping[str, str] = field(default_factory=dict)

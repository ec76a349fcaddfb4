"""Statistics: a text in, what is wrong with it out."""

from __future__ import annotations

import re

from watchspec.languages.parsing import Problem
from watchspec.model.signals import PLAIN_STATISTICS

_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]{1,10})?|\.[0-9]{1,10}")
_OF_ONE_NUMBER = ("p", "tm", "tc", "ts", "wm")
_OF_PERCENTAGES = ("TM", "TC", "TS", "WM")
_OF_VALUES = (*_OF_PERCENTAGES, "PR")
_MOST_PERCENT = 100


def find_statistic_problem(text: str) -> Problem | None:
    """Why CloudWatch would not take a statistic, or None.

    Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html and
    https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutAnomalyDetector.html (read 2026-11-24)
    """
    if text in PLAIN_STATISTICS or text == "IQM":
        return None
    name, bracket, rest = text.partition("(")
    if bracket:
        return _find_in_bounds(name, rest)
    letters = text.rstrip("0123456789.")
    number = text[len(letters) :]
    if letters not in _OF_ONE_NUMBER or not _NUMBER.fullmatch(number):
        return Problem(f'"{text}" is not a statistic', 0)
    if float(number) > _MOST_PERCENT:
        return Problem(f'"{number}" is more than 100', len(letters))
    return None


def _find_in_bounds(name: str, rest: str) -> Problem | None:
    """What is wrong with `low:high)` behind a name and a bracket."""
    bounds, end, beyond = rest.partition(")")
    low, colon, high = bounds.partition(":")
    is_percent = "%" in bounds
    if (
        name not in (_OF_PERCENTAGES if is_percent else _OF_VALUES)
        or not end
        or beyond
        or not colon
    ):
        return Problem(f'"{name}({rest}" is not a statistic', 0)
    start = len(name) + 1
    values = []
    for written, offset in ((low, start), (high, start + len(low) + 1)):
        number = written.removesuffix("%")
        if not written:
            continue
        if not _NUMBER.fullmatch(number) or written.endswith("%") is not is_percent:
            return Problem(
                f'"{written}" is not a {"percentage" if is_percent else "number"}', offset
            )
        if is_percent and float(number) > _MOST_PERCENT:
            return Problem(f'"{written}" is more than 100%', offset)
        values.append(float(number))
    if not values:
        return Problem(f'"{name}" needs a lower or an upper bound', start)
    if values[0] >= values[-1] and len(values) > 1:
        return Problem(f'the lower bound "{low}" is not below the upper bound "{high}"', start)
    return None

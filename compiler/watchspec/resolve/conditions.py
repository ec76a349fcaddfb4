"""`when`: operators, periods and data points made of what an author says."""

from __future__ import annotations

import re
from dataclasses import replace

from watchspec.catalog.quotas import (
    ALARM_HOUR_SECONDS,
    ALARM_LONG_WINDOW_SECONDS,
    ALARM_WINDOW_SECONDS,
)
from watchspec.diagnostics import suggest_name
from watchspec.model.alarms import Band, BandSide, Threshold, Window
from watchspec.model.signals import InsightsQuery, Operator, Signal
from watchspec.model.source import Map
from watchspec.model.text import show_text
from watchspec.resolve import rules
from watchspec.resolve.context import Context
from watchspec.resolve.quantities import parse_duration, read_quantity, say_duration
from watchspec.resolve.signals import Signals

_OPERATORS: dict[str, Operator] = {"above": ">", "at_least": ">=", "below": "<", "at_most": "<="}
_BANDS: dict[str, BandSide] = {
    "outside_band": "outside",
    "above_band": "above",
    "below_band": "below",
}
_DATAPOINTS = re.compile(r"([1-9][0-9]{0,5}) of ([1-9][0-9]{0,5})")
_MINUTE = 60


def resolve_condition(context: Context, signals: Signals, when: Map) -> Threshold | Band | None:
    """The condition of an alarm on a signal, or None with findings."""
    signal = signals.read(when)
    if signal is None:
        return None
    unit = context.read_word(when, "unit")
    if unit:
        signal = replace(signal, unit=unit)
    window = _read_window(context, when, signal)
    band = next((key for key in _BANDS if key in when), None)
    if band is not None:
        return None if window is None else _read_band(context, when, signal, band, window)
    threshold = _read_threshold(context, when, signal)
    if window is None or threshold is None:
        return None
    operator, value, written = threshold
    ignores_few_samples = when.get("few_samples") == "ignore"
    return Threshold(signal, operator, value, written, window, ignores_few_samples)


def _read_threshold(
    context: Context, when: Map, signal: Signal
) -> tuple[Operator, float, str] | None:
    if "level" in when:
        return _read_level(context, when, signal)
    key = next(key for key in _OPERATORS if key in when)
    quantity = read_quantity(context, when, key, signal.unit)
    return None if quantity is None else (_OPERATORS[key], quantity.value, quantity.words)


def _read_level(context: Context, when: Map, signal: Signal) -> tuple[Operator, float, str] | None:
    wanted = context.read_word(when, "level")
    place = when.place("level")
    level = next((level for level in signal.levels if level.name == wanted), None)
    if level is None:
        names = [one.name for one in signal.levels]
        help_text = f"its levels: {', '.join(names)}" if names else "give the metric levels"
        context.found.error(
            rules.UNKNOWN_LEVEL,
            f'"{show_text(signal.title)}" has no level "{wanted}"',
            place,
            hint=suggest_name(wanted, names),
            help=help_text,
        )
        return None
    if level.operator is None:
        message = f'the level "{wanted}" is a value without a comparison'
        help_text = f'write it as "> {level.written}" or "< {level.written}"'
        context.found.error(rules.UNKNOWN_LEVEL, message, place, help=help_text)
        return None
    return level.operator, level.value, level.written


def _read_window(context: Context, when: Map, signal: Signal) -> Window | None:
    """M and N: from `for`, from `datapoints`, or one data point."""
    period = signal.period_seconds
    window = Window(1, 1)
    key = next((key for key in ("for", "datapoints") if key in when), "metric")
    place = when.place(key)
    if key == "for":
        seconds = parse_duration(context.read_word(when, "for"), place, context.found)
        if seconds is None:
            return None
        if seconds % period:
            message = f"{say_duration(seconds)} is not a whole number of periods of {say_duration(period)}"
            shorter, longer = seconds // period * period, (seconds // period + 1) * period
            choices = [say_duration(choice) for choice in (shorter, longer) if choice]
            help_text = f"use {' or '.join(choices)}, or give another period"
            context.found.error(rules.BAD_WINDOW, message, place, help=help_text)
            return None
        window = Window(seconds // period, seconds // period)
    elif key == "datapoints":
        match = _DATAPOINTS.fullmatch(context.read_word(when, "datapoints"))
        if match is None:
            return None  # a deploy-time value, already reported
        of, total = int(match.group(1)), int(match.group(2))
        if of > total:
            message = f"{of} of {total} data points can never breach"
            context.found.error(
                rules.BAD_WINDOW, message, place, help=f'write "{total} of {total}"'
            )
            return None
        window = Window(total, of)
    span = window.evaluation_periods * period
    limit = ALARM_LONG_WINDOW_SECONDS if period >= ALARM_HOUR_SECONDS else ALARM_WINDOW_SECONDS
    if span > limit:
        message = (
            f"{window.evaluation_periods} periods of {say_duration(period)} span more than "
            f"the {say_duration(limit)} CloudWatch allows"
        )
        help_text = "shorten the time, or use a period of an hour or more"
        context.found.error(rules.BAD_WINDOW, message, place, help=help_text)
        return None
    return window


def _read_band(
    context: Context, when: Map, signal: Signal, key: str, window: Window
) -> Band | None:
    place = when.place(key)
    quantity = read_quantity(context, when, key, None)
    if quantity is None:
        return None
    problem = ""
    if quantity.value <= 0:
        problem = "a band needs a positive number of standard deviations"
    elif isinstance(signal.source, InsightsQuery):
        problem = "a Metrics Insights query has no expected band"
    elif signal.period_seconds < _MINUTE:
        problem = "a band needs data points of a minute or more"
    if problem:
        context.found.error(rules.BAD_BAND, problem, place)
        return None
    return Band(signal, _BANDS[key], quantity.value, window)

"""`when`: operators, periods and data points made of what an author says."""

from __future__ import annotations

import math
import re
from dataclasses import replace

from watchspec.catalog.quotas import (
    ALARM_HOUR_SECONDS,
    ALARM_INSIGHTS_WINDOW_SECONDS,
    ALARM_LONG_WINDOW_SECONDS,
    ALARM_WINDOW_SECONDS,
)
from watchspec.diagnostics import Location, shorten, suggest_name
from watchspec.model.alarms import Band, BandSide, Threshold, Window
from watchspec.model.signals import PLAIN_STATISTICS, InsightsQuery, Operator, Signal
from watchspec.model.source import Map
from watchspec.model.text import join_text, say_duration, show_text
from watchspec.resolve import rules
from watchspec.resolve.context import Context
from watchspec.resolve.quantities import exact, read_duration, read_quantity
from watchspec.resolve.signals import Signals

_OPERATORS: dict[str, Operator] = {"above": ">", "at_least": ">=", "below": "<", "at_most": "<="}
_BANDS: dict[str, BandSide] = {
    "outside_band": "outside",
    "above_band": "above",
    "below_band": "below",
}
_DATAPOINTS = re.compile(r"([0-9]{1,9}) of ([0-9]{1,9})")
_PLAIN_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_MINUTE = 60


def resolve_condition(context: Context, signals: Signals, when: Map) -> Threshold | Band | None:
    """The condition of an alarm on a signal, or None with findings."""
    signal = signals.read(when)
    if signal is None:
        return None
    unit = context.read_word(when, "unit")
    if unit:
        signal = replace(signal, unit=unit)
    statistic = context.read_word(when, "statistic")
    if statistic in PLAIN_STATISTICS:
        signal = replace(signal, title=join_text(signal.title, f" ({statistic.lower()})"))
    window = _read_window(context, when, signal)
    band = next((key for key in _BANDS if key in when), None)
    if band is not None:
        return None if window is None else _read_band(context, when, signal, band, window)
    threshold = _read_threshold(context, signals, when, signal)
    if window is None or threshold is None:
        return None
    operator, value, written = threshold
    ignores_few_samples = when.get("few_samples") == "ignore"
    return Threshold(signal, operator, value, written, window, ignores_few_samples)


def _read_threshold(
    context: Context, signals: Signals, when: Map, signal: Signal
) -> tuple[Operator, float, str] | None:
    if "level" in when:
        return _read_level(context, signals, when, signal)
    key = next(key for key in _OPERATORS if key in when)
    quantity = read_quantity(context, when, key, signal.unit)
    return None if quantity is None else (_OPERATORS[key], quantity.value, quantity.words)


def _read_level(
    context: Context, signals: Signals, when: Map, signal: Signal
) -> tuple[Operator, float, str] | None:
    wanted = context.read_word(when, "level")
    place = when.place("level")
    level = next((level for level in signal.levels if level.name == wanted), None)
    if level is None and signals.declares_level(signal, wanted):
        return None  # it could not be read, which was reported there
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
        seconds = read_duration(context, when, "for")
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
        written = context.try_settle(str(when["datapoints"]), place)
        if written is None:
            return None
        match = _DATAPOINTS.fullmatch(written)
        if match is None:
            message = f'"{shorten(written)}" is more than CloudWatch looks back'
            context.found.error(rules.BAD_WINDOW, message, place)
            return None
        of, total = int(match.group(1)), int(match.group(2))
        if of > total:
            counted = "1 data point" if total == 1 else f"{total} data points"
            message = f"{counted} cannot breach {of} times"
            context.found.error(
                rules.BAD_WINDOW, message, place, help=f'write "{total} of {total}"'
            )
            return None
        window = Window(total, of)
    return window if check_span(context, window, signal, place) else None


def check_span(context: Context, window: Window, signal: Signal, place: Location) -> bool:
    """Whether CloudWatch looks back as far as a window reaches; if not, a finding says so."""
    period = signal.period_seconds
    help_text = "shorten the time"
    if isinstance(signal.source, InsightsQuery):
        limit = ALARM_INSIGHTS_WINDOW_SECONDS
    elif period >= ALARM_HOUR_SECONDS:
        limit = ALARM_LONG_WINDOW_SECONDS
    else:
        limit = ALARM_WINDOW_SECONDS
        help_text += ", or use a period of an hour or more"
    if window.evaluation_periods * period <= limit:
        return True
    message = (
        f"{window.evaluation_periods:,} periods of {say_duration(period)} span more than "
        f"the {say_duration(limit)} CloudWatch allows"
    )
    context.found.error(rules.BAD_WINDOW, message, place, help=help_text)
    return False


def _read_band(
    context: Context, when: Map, signal: Signal, key: str, window: Window
) -> Band | None:
    place = when.place(key)
    width = context.try_settle(str(when[key]), place)
    if width is None:
        return None
    problem = ""
    if not _PLAIN_NUMBER.fullmatch(width):
        problem = f'"{shorten(width)}" is not a number of standard deviations'
    elif float(width) <= 0 or not math.isfinite(float(width)):
        problem = "a band needs a positive number of standard deviations"
    elif isinstance(signal.source, InsightsQuery):
        problem = "a Metrics Insights query has no expected band"
    elif signal.period_seconds < _MINUTE:
        problem = "a band needs data points of a minute or more"
    if problem:
        context.found.error(rules.BAD_BAND, problem, place)
        return None
    return Band(signal, _BANDS[key], exact(float(width)), window)

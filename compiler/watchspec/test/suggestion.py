"""The first test of a spec that has none."""

from __future__ import annotations

from watchspec.model.alarms import Alarm, Threshold
from watchspec.model.monitoring import Monitoring
from watchspec.model.signals import MetricStat
from watchspec.model.source import spell_number
from watchspec.model.text import say_time
from watchspec.test.mutants import move_threshold

_QUIET_VALUES, _MORE_VALUES = 5, 5


def suggest_test(monitoring: Monitoring) -> str:
    """A test that lets the first alarm on a metric of the spec go off; "" if there is none."""
    return next(filter(None, map(_let_go_off, monitoring.alarms)), "")


def _let_go_off(alarm: Alarm) -> str:
    condition = alarm.condition
    if not isinstance(condition, Threshold) or condition.signal.key is None:
        return ""
    if not isinstance(condition.signal.source, MetricStat):
        return ""
    lower, higher = (value for value, _ in move_threshold(condition))
    own = condition.value
    quiet, bad = {">": (own, higher), ">=": (lower, own), "<": (own, lower), "<=": (higher, own)}[
        condition.operator
    ]
    needed = condition.window.datapoints_to_alarm
    quiet_number, bad_number = (spell_number(one).removesuffix(".0") for one in (quiet, bad))
    values = f"{quiet_number}x{_QUIET_VALUES} {bad_number}x{needed + _MORE_VALUES}"
    at = say_time((_QUIET_VALUES + needed) * condition.signal.period_seconds)
    return (
        f'{{{alarm.key} goes off: {{series: {{{condition.signal.key}: "{values}"}}, '
        f"expect: [{{alarm: {alarm.key}, becomes: ALARM, at: {at}}}]}}}}"
    )

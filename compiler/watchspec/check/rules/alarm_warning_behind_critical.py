"""A warning comes no sooner than the critical alarm on the same metric.

Why: a warning is there to leave time. Whoever is paged already does not need it.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
notify: {critical: {email: [a@example.com]}, warning: {email: [a@example.com]}}
metrics:
  cpu:
    metric: AWS/RDS CPUUtilization
    dimensions: {DBInstanceIdentifier: shop}
    levels: {warning: "> 90%", critical: "> 70%"}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
notify: {critical: {email: [a@example.com]}, warning: {email: [a@example.com]}}
metrics:
  cpu:
    metric: AWS/RDS CPUUtilization
    dimensions: {DBInstanceIdentifier: shop}
    levels: {warning: "> 70%", critical: "> 90%"}
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.check.thresholds import WORDS, Written, name_signal, thresholds_of
from watchspec.diagnostics import Diagnostic, Location, Related, Rule, Severity
from watchspec.model.alarms import Window
from watchspec.model.monitoring import Monitoring
from watchspec.model.signals import Operator, Signal

RULE = Rule("alarm/warning-behind-critical", __doc__)
_Reach = tuple[float, bool]
"""How far from normal a threshold is, upwards or downwards, and whether it is beyond its value."""


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Levels in the wrong order, and alarms, where their levels do not tell."""
    mixed: set[str | None] = set()
    for signal in monitoring.signals:
        found = _check_levels(signal)
        if found is not None:
            mixed.add(signal.key)
            yield found
    yield from _check_alarms(monitoring, mixed)


def _check_levels(signal: Signal) -> Diagnostic | None:
    levels = {one.name: one for one in signal.levels}
    warning, critical = levels.get("warning"), levels.get("critical")
    if warning is None or warning.operator is None or critical is None or critical.operator is None:
        return None
    is_same_side = warning.operator[0] == critical.operator[0]
    reaches = _reach(warning.operator, warning.value), _reach(critical.operator, critical.value)
    if not is_same_side or reaches[0][0] <= reaches[1][0]:
        return None
    return RULE.find(
        Severity.WARNING,
        f"{name_signal(signal)} is critical {WORDS[critical.operator]} {critical.written}, "
        f"before its warning level",
        warning.place,
        help="swap the two",
        related=(Related(critical.place, "the critical level"),),
    )


def _check_alarms(monitoring: Monitoring, mixed: set[str | None]) -> Iterator[Diagnostic]:
    critical: dict[object, dict[Window, Written]] = {}
    warnings = []
    for written in thresholds_of(monitoring):
        if written.alarm.severity == "warning":
            warnings.append(written)
        elif written.alarm.severity == "critical":
            nearest = critical.setdefault(_topic(written), {})
            window = written.threshold.window
            if window not in nearest or _reach_of(written) < _reach_of(nearest[window]):
                nearest[window] = written
    seen: set[Location] = set()
    for written in warnings:
        first = _find_first(written, critical.get(_topic(written), {}))
        if first is None or written.place in seen:
            continue
        if written.level is not None and written.threshold.signal.key in mixed:
            continue
        seen.add(written.place)
        yield RULE.find(
            Severity.WARNING,
            f'"{written.alarm.key}" never comes before "{first.alarm.key}", which is critical',
            written.place,
            help="let the warning come sooner, or leave it out",
            related=(Related(first.place, f'the threshold of "{first.alarm.key}"'),),
        )


def _topic(written: Written) -> object:
    """What must be the same of two alarms for one to come before the other."""
    source = written.threshold.signal.source
    return source, written.is_upward, written.alarm.missing_data


def _find_first(warning: Written, critical: dict[Window, Written]) -> Written | None:
    """A critical alarm that is on whenever the warning is."""
    for window, one in critical.items():
        own = warning.threshold.window
        outside = max(0, own.evaluation_periods - window.evaluation_periods)
        is_as_soon = own.datapoints_to_alarm - outside >= window.datapoints_to_alarm
        if is_as_soon and _reach_of(one) <= _reach_of(warning):
            return one
    return None


def _reach_of(written: Written) -> _Reach:
    return _reach(written.threshold.operator, written.threshold.value)


def _reach(operator: Operator, value: float) -> _Reach:
    return (value if operator[0] == ">" else -value), operator in {">", "<"}

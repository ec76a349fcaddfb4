"""A percentage is compared with a ratio.

Why: 0.9 of a metric in percent is 0.9 %, which is nearly always exceeded, or never undercut.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  cpu: {metric: AWS/EC2 CPUUtilization, levels: {high: "> 0.9"}}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  cpu: {metric: AWS/EC2 CPUUtilization, levels: {high: "> 90%"}}
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from watchspec.catalog.bounds import bounds_of_samples
from watchspec.catalog.metrics import look_up_metric
from watchspec.check.measured import measured_signals
from watchspec.diagnostics import Diagnostic, Location, Rule, Severity
from watchspec.model.alarms import Threshold
from watchspec.model.monitoring import Monitoring
from watchspec.model.signals import MetricStat, Operator, Signal
from watchspec.model.source import Map

RULE = Rule("metric/wrong-scale", __doc__)
_KEYS: dict[Operator, str] = {">": "above", ">=": "at_least", "<": "below", "<=": "at_most"}


class _Comparison(NamedTuple):
    """A signal compared with a value, as it is written at a place."""

    signal: Signal
    operator: Operator
    value: float
    written: object
    place: Location


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Levels and thresholds between 0 and 1."""
    for one in _comparisons(monitoring):
        stat = one.signal.source
        if not isinstance(stat, MetricStat) or not _is_percent(one.signal.unit, stat):
            continue
        if 0 < one.value < 1 and _is_bare(one.written):
            message = f'"{stat.name}" is in percent, so this means {one.value:g} %'
            help_text = f"write {100 * one.value:g}%, or {one.value:g}% if that is meant"
            yield RULE.find(Severity.WARNING, message, one.place, help=help_text)


def _comparisons(monitoring: Monitoring) -> Iterator[_Comparison]:
    for signal in measured_signals(monitoring):
        levels = signal.source.written.get("levels")
        for level in signal.levels:
            if level.operator is not None and isinstance(levels, Map):
                written = levels.get(level.name)
                yield _Comparison(signal, level.operator, level.value, written, level.place)
    for alarm in monitoring.alarms:
        when = alarm.source.get("when")
        if isinstance(alarm.condition, Threshold) and isinstance(when, Map):
            condition = alarm.condition
            key = _KEYS[condition.operator]
            if key in when:
                yield _Comparison(
                    condition.signal,
                    condition.operator,
                    condition.value,
                    when[key],
                    when.place(key),
                )


def _is_percent(unit: str | None, stat: MetricStat) -> bool:
    """Whether a statistic is a percentage; some that AWS calls so are ratios in truth."""
    published = look_up_metric(stat.namespace, stat.name).unit
    is_ratio = bounds_of_samples(stat.namespace, stat.name).high == 1
    return published == unit == "Percent" and not is_ratio and stat.statistic != "SampleCount"


def _is_bare(written: object) -> bool:
    """Whether a number stands without a unit."""
    return str(written).strip()[-1:].isdigit()

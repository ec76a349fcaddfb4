"""No value that a metric can have reaches the threshold of an alarm.

Why: an alarm that cannot go off looks as quiet as one that need not. Often the threshold is in another
scale than the metric (a share from 0 to 1, a percentage up to 100), or the statistic is another.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  cpu: {metric: AWS/RDS CPUUtilization, dimensions: {DBInstanceIdentifier: shop}}
alarms:
  cpu-high: {severity: info, when: {metric: cpu, above: 120%}}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  cpu: {metric: AWS/RDS CPUUtilization, dimensions: {DBInstanceIdentifier: shop}}
alarms:
  cpu-high: {severity: info, when: {metric: cpu, above: 90%}}
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.check.intervals import ZERO, Interval, compare
from watchspec.check.ranges import Ranges
from watchspec.check.silence import silence_of
from watchspec.check.thresholds import WORDS, Written, name_signal, say_number, thresholds_of
from watchspec.diagnostics import Diagnostic, Location, Rule, Severity
from watchspec.model.monitoring import Monitoring
from watchspec.model.signals import MetricStat

RULE = Rule("alarm/never-fires", __doc__)
_ERROR, _WARNING = Severity.ERROR, Severity.WARNING


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Thresholds out of reach, each once."""
    sure, likely = Ranges(monitoring, is_sure=True), Ranges(monitoring, is_sure=False)
    seen: set[Location] = set()
    for written in thresholds_of(monitoring):
        values = likely.of(written.threshold.signal.source)
        silence = silence_of(written.alarm, likely)
        is_heartbeat = silence is not None and silence.kind == "heartbeat"
        if is_heartbeat or not _is_out_of_reach(values, written) or written.place in seen:
            continue
        seen.add(written.place)
        is_sure = _is_out_of_reach(sure.of(written.threshold.signal.source), written)
        hears_silence = written.alarm.missing_data == "breaching"
        message = _say_reach(values, written)
        if hears_silence:
            message += ": only missing data raise the alarm"
        yield RULE.find(
            _ERROR if is_sure and not hears_silence else _WARNING,
            message,
            written.place,
            help=_say_help(values, written),
            related=written.related,
        )


def _is_out_of_reach(values: Interval, written: Written) -> bool:
    value = written.threshold.value
    reached = compare(values, written.threshold.operator, Interval(value, value))
    return values.is_empty or reached == ZERO


def _say_reach(values: Interval, written: Written) -> str:
    threshold = written.threshold
    name = name_signal(threshold.signal)
    if values.is_empty:
        return f"{name} never has a value"
    end = values.high if written.is_upward else values.low
    bound = f"at {'most' if written.is_upward else 'least'} {say_number(end, threshold.signal)}"
    return f"{name} is {bound}, so it never is {WORDS[threshold.operator]} {threshold.written}"


def _say_help(values: Interval, written: Written) -> str:
    signal = written.threshold.signal
    if values.is_empty:
        return "write a condition that can hold"
    is_share = isinstance(signal.source, MetricStat) and values == Interval(0, 1)
    if is_share and written.is_upward:
        return "write a share from 0 to 1, or count with  statistic: Sum"
    end = values.high if written.is_upward else values.low
    return f"write a value {'below' if written.is_upward else 'above'} {say_number(end, signal)}"

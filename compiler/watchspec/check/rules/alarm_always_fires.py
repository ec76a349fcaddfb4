"""Every value that a metric can have is beyond the threshold of an alarm.

Why: an alarm that is always on tells nothing, and people learn to overlook it.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  errors: {metric: AWS/Lambda Errors, dimensions: {FunctionName: shop}, statistic: Sum}
alarms:
  failing: {severity: info, when: {metric: errors, at_least: 0}}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  errors: {metric: AWS/Lambda Errors, dimensions: {FunctionName: shop}, statistic: Sum}
alarms:
  failing: {severity: info, when: {metric: errors, at_least: 1}}
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.check.intervals import ONE, ZERO, Interval, compare
from watchspec.check.ranges import Ranges
from watchspec.check.silence import silence_of
from watchspec.check.thresholds import WORDS, Written, name_signal, say_number, thresholds_of
from watchspec.diagnostics import Diagnostic, Location, Rule, Severity
from watchspec.model.monitoring import Monitoring

RULE = Rule("alarm/always-fires", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Thresholds that every value is beyond, each once."""
    sure, likely = Ranges(monitoring, is_sure=True), Ranges(monitoring, is_sure=False)
    seen: set[Location] = set()
    for written in thresholds_of(monitoring):
        signal = written.threshold.signal
        values = likely.of(signal.source)
        if not _is_always_beyond(values, written) or written.place in seen:
            continue
        seen.add(written.place)
        # What has data only when something fails may be watched for having data.
        is_sure = _is_always_beyond(sure.of(signal.source), written)
        is_sure &= silence_of(written.alarm, likely) is None
        end = values.low if written.is_upward else values.high
        bound = f"at {'least' if written.is_upward else 'most'} {say_number(end, signal)}"
        yield RULE.find(
            Severity.ERROR if is_sure else Severity.WARNING,
            f"{name_signal(signal)} is {bound}, so it always is "
            f"{WORDS[written.threshold.operator]} {written.threshold.written}",
            written.place,
            help=f"write a value {'above' if written.is_upward else 'below'} {say_number(end, signal)}",
            related=written.related,
        )


def _is_always_beyond(values: Interval, written: Written) -> bool:
    """Whether all values are; none at all counts as zero, since many a metric exists only on events."""
    value = written.threshold.value
    reached = compare(values.join(ZERO), written.threshold.operator, Interval(value, value))
    return not values.is_empty and reached == ONE

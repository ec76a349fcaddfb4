"""An alarm is on at values that its metric's own levels call normal.

Why: an alarm that goes off in normal operation is overlooked when it matters. Either the level or the
threshold is wrong.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  cpu:
    metric: AWS/RDS CPUUtilization
    dimensions: {DBInstanceIdentifier: shop}
    levels: {normal: < 50%}
alarms:
  cpu-high: {severity: info, when: {metric: cpu, above: 40%}}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  cpu:
    metric: AWS/RDS CPUUtilization
    dimensions: {DBInstanceIdentifier: shop}
    levels: {normal: < 50%}
alarms:
  cpu-high: {severity: info, when: {metric: cpu, above: 80%}}
```

Source: https://docs.aws.amazon.com/wellarchitected/latest/framework/ops06-bp01.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.check.thresholds import WORDS, Written, name_signal, thresholds_of
from watchspec.diagnostics import Diagnostic, Location, Related, Rule, Severity
from watchspec.model.monitoring import Monitoring
from watchspec.model.signals import NORMAL_LEVELS, Level
from watchspec.model.source import Map

RULE = Rule("alarm/threshold-in-normal", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Alarms that normal values raise, each threshold once."""
    seen: set[Location] = set()
    for written in thresholds_of(monitoring):
        threshold, when = written.threshold, written.alarm.source.get("when")
        if written.place in seen or (isinstance(when, Map) and "statistic" in when):
            continue  # the levels are about the metric's own statistic
        normal = next((one for one in threshold.signal.levels if _overlaps(written, one)), None)
        if normal is None or normal.operator is None:
            continue
        seen.add(written.place)
        related = written.related
        if normal is not written.level:
            related = (*related, Related(normal.place, f'what is "{normal.name}"'))
        yield RULE.find(
            Severity.WARNING,
            f"{name_signal(threshold.signal)} {WORDS[threshold.operator]} {threshold.written} may be "
            f'"{normal.name}", which is {WORDS[normal.operator]} {normal.written}',
            written.place,
            help="set the threshold beyond what is normal, or correct the level",
            related=related,
        )


def _overlaps(written: Written, level: Level) -> bool:
    """Whether an alarm looks at values of a normal level, from its other side or as its threshold.

    An alarm on the same side has another end in mind: idle is far below what is normal.
    """
    operator = written.threshold.operator
    if level.operator is None or level.name not in NORMAL_LEVELS:
        return False
    if level.operator[0] == operator[0]:
        return level is written.level
    gap = level.value - written.threshold.value
    gap = gap if written.is_upward else -gap
    return gap > 0 or (gap == 0 and operator.endswith("=") and level.operator.endswith("="))

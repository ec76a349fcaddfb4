"""An alarm's metric math has more than ten metrics or ten expressions, or one that is too long.

Why: CloudWatch takes ten metrics and ten expressions an alarm, of 2,048 characters each.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  m_${n}: {for_each: {n: ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"]}, metric: "Shop M${n}"}
alarms:
  sum:
    severity: info
    when:
      expression: m_1 + m_2 + m_3 + m_4 + m_5 + m_6 + m_7 + m_8 + m_9 + m_10 + m_11
      above: 1
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  m_${n}: {for_each: {n: ["1", "2"]}, metric: "Shop M${n}"}
alarms:
  sum: {severity: info, when: {expression: m_1 + m_2, above: 1}}
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.catalog.quotas import (
    ALARM_EXPRESSION_CHARACTERS,
    ALARM_EXPRESSIONS,
    ALARM_METRICS,
)
from watchspec.diagnostics import Diagnostic, Rule, Severity
from watchspec.model.alarms import Band
from watchspec.model.monitoring import Monitoring
from watchspec.model.signals import InsightsQuery, MetricMath, MetricStat, SignalSource

RULE = Rule("alarm/too-many-metrics", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Alarms on more than CloudWatch evaluates."""
    for alarm in monitoring.alarms:
        if alarm.signal is None or isinstance(alarm.signal.source, MetricStat):
            continue
        source = alarm.signal.source
        inputs = source.inputs if isinstance(source, MetricMath) else ()
        metrics = sum(isinstance(one.source, MetricStat) for one in inputs)
        expressions = len(inputs) - metrics + 1 + isinstance(alarm.condition, Band)
        longest = max(len(_written(one)) for one in (source, *(one.source for one in inputs)))
        for what, count, most in (
            ("metrics", metrics, ALARM_METRICS),
            ("expressions", expressions, ALARM_EXPRESSIONS),
            ("characters in an expression", longest, ALARM_EXPRESSION_CHARACTERS),
        ):
            if count > most:
                yield RULE.find(
                    Severity.ERROR,
                    f'"{alarm.key}" has {count:,} {what}; {most:,} are the most',
                    alarm.source.place("when"),
                    help="split the alarm, and combine the parts in a composite alarm",
                )


def _written(source: SignalSource | str) -> str:
    """The expression or the query of a source; nothing for a metric."""
    match source:
        case str():
            return source
        case MetricMath():
            return source.expression
        case InsightsQuery():
            return source.sql
        case MetricStat():
            return ""

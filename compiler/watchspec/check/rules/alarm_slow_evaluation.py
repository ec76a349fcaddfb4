"""An alarm spans more than a day and is therefore judged once an hour.

Why: CloudWatch judges most alarms once a minute, but those whose periods add up to more than a day once
an hour, with data up to the last full hour. Metrics that come less often than hourly lose nothing.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
alarms:
  orders-low: {severity: info, when: {metric: Shop Orders, period: 1 hour, below: 5, for: 25 hours}}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
alarms:
  orders-low: {severity: info, when: {metric: Shop Orders, period: 1 hour, below: 5, for: 24 hours}}
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.catalog.metrics import look_up_metric
from watchspec.catalog.quotas import ALARM_HOUR_SECONDS, ALARM_WINDOW_SECONDS
from watchspec.check.thresholds import name_signal
from watchspec.diagnostics import Diagnostic, Rule, Severity
from watchspec.model.alarms import Combination
from watchspec.model.monitoring import Monitoring
from watchspec.model.signals import stats_of
from watchspec.model.source import Map

RULE = Rule("alarm/slow-evaluation", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Alarms that look back more than a day at what changes from minute to minute."""
    for alarm in monitoring.alarms:
        condition = alarm.condition
        if isinstance(condition, Combination):
            continue
        signal = condition.signal
        span_seconds = condition.window.evaluation_periods * signal.period_seconds
        if span_seconds <= ALARM_WINDOW_SECONDS:
            continue
        published = [
            look_up_metric(one.namespace, one.name).period_seconds
            for one in stats_of(signal.source)
        ]
        if min(published, default=0) < ALARM_HOUR_SECONDS:
            when = alarm.source["when"]
            assert isinstance(when, Map)
            key = next((key for key in ("for", "datapoints", "period") if key in when), "metric")
            yield RULE.find(
                Severity.NOTE,
                f"{name_signal(signal)} is judged once an hour, since the alarm spans more than a day",
                alarm.source.place("when", key),
                help="shorten the time to a day, unless an hour more or less does not matter",
            )

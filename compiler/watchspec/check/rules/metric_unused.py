"""A metric is declared, but no alarm, dashboard or other metric uses it.

Why: nobody watches it, and nobody sees it. What a spec includes is shared, so there it is not asked for.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  orders: {metric: Shop Orders}
  refunds: {metric: Shop Refunds}
alarms:
  no-orders: {severity: info, when: {metric: orders, below: 1}}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  orders: {metric: Shop Orders}
  refunds: {metric: Shop Refunds}
alarms:
  no-orders: {severity: info, when: {metric: orders, below: 1}}
dashboards:
  shop: {rows: [{graph: refunds}]}
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/working_with_metrics.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.check.usage import find_unused, words_in
from watchspec.diagnostics import Diagnostic, Rule, Severity
from watchspec.model.monitoring import Monitoring

RULE = Rule("metric/unused", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Metrics nobody looks at."""
    used = words_in(monitoring.source.get("dashboards"))
    for alarm in monitoring.alarms:
        if alarm.signal is not None:
            used |= alarm.signal.keys
    for signal in monitoring.signals:
        used |= signal.keys - {signal.key}
    for name, place in find_unused(monitoring, "metrics", used):
        message = f'no alarm, dashboard or other metric uses "{name}"'
        yield RULE.find(Severity.WARNING, message, place, help="use it, or remove it")

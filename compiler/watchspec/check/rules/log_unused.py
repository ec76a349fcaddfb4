"""A log group that somebody else makes is declared, but nothing reads it.

Why: it makes no metric, and no query and no dashboard looks into it: it is left over, or the place that
should use it names another.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
logs:
  web: {group: /shop/web, existing: true}
queries:
  Errors: {question: Which errors?, query: fields @message}
alarms:
  no-orders: {severity: info, when: {metric: Shop Orders, below: 1}}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
logs:
  web: {group: /shop/web, existing: true}
queries:
  Errors: {log: web, question: Which errors?, query: fields @message}
alarms:
  no-orders: {severity: info, when: {metric: Shop Orders, below: 1}}
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AnalyzingLogData.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.check.usage import find_unused, words_in
from watchspec.diagnostics import Diagnostic, Rule, Severity
from watchspec.model.monitoring import Monitoring

RULE = Rule("log/unused", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Log groups that are neither made nor read."""
    used = words_in(monitoring.source.get("dashboards")) | words_in(
        monitoring.source.get("queries")
    )
    used |= {one.log for one in monitoring.metric_filters}
    used |= {one.key for one in monitoring.log_groups if one.is_made}
    for name, place in find_unused(monitoring, "logs", used):
        message = f'nothing reads the log group "{name}"'
        yield RULE.find(Severity.WARNING, message, place, help="use it, or remove it")

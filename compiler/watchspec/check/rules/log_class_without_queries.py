"""A saved query runs on a log group of the class `delivery`.

Why: lines of this class are handed on and cannot be queried; the query would find nothing.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
logs:
  backend:
    group: /shop
    class: delivery
queries: {Slow: {log: backend, question: What is slow?, query: fields @message}}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
logs:
  backend:
    group: /shop
    retention: 30 days
queries: {Slow: {log: backend, question: What is slow?, query: fields @message}}
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatch_Logs_Log_Classes.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.diagnostics import Diagnostic, Rule, Severity
from watchspec.model.monitoring import Monitoring

RULE = Rule("log/class-without-queries", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Saved queries on log groups that nobody can query."""
    closed = {log.key for log in monitoring.log_groups if log.log_class == "DELIVERY"}
    for query in monitoring.queries:
        for index, key in enumerate(query.logs):
            if key in closed:
                node = query.source
                place = node.place("log") if "log" in node else node.place("logs", index)
                message = f'the lines of "{key}" are of the class delivery, which has no queries'
                yield RULE.find(Severity.ERROR, message, place)

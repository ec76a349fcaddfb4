"""A log group of a class without metric filters has metrics made from its lines.

Why: metric filters exist for the class `standard` alone; the metrics would never have data.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
logs:
  backend:
    group: /shop
    retention: 30 days
    class: infrequent_access
    metrics: {errors: {pattern: ERROR}}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
logs:
  backend: {group: /shop, retention: 30 days, metrics: {errors: {pattern: ERROR}}}
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatch_Logs_Log_Classes.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.diagnostics import Diagnostic, Rule, Severity
from watchspec.model.monitoring import Monitoring

RULE = Rule("log/class-without-filters", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Log groups whose class has no metric filters, and that have some."""
    filtered = {one.log for one in monitoring.metric_filters}
    for log in monitoring.log_groups:
        if log.log_class != "STANDARD" and log.key in filtered:
            written = log.log_class.lower()
            message = f"a log group of the class {written} has no metric filters"
            yield RULE.find(Severity.ERROR, message, log.source.place("class"))

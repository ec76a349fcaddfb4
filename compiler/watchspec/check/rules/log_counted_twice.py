"""Two metric filters of a log count the same lines into the same metric.

Why: CloudWatch adds up what is published under one name, so that each line counts twice.

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
    metrics:
      errors: {pattern: ERROR, name: Errors}
      failures: {pattern: ERROR, name: Errors}
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
    metrics: {errors: {pattern: ERROR, name: Errors}}
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntaxForMetricFilters.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.diagnostics import Diagnostic, Related, Rule, Severity
from watchspec.model.logs import MetricFilter
from watchspec.model.monitoring import Monitoring

RULE = Rule("log/counted-twice", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Metric filters that repeat another one."""
    first: dict[object, MetricFilter] = {}
    for one in monitoring.metric_filters:
        metric = (one.namespace, one.metric_name, frozenset(one.dimensions))
        before = first.setdefault((one.log, metric, " ".join(one.pattern.split())), one)
        if before is not one:
            message = f'"{before.key}" counts the same lines into the metric "{one.metric_name}"'
            related = [Related(before.place, "the other one")]
            help_text = "remove one of the two, or give it a name of its own"
            yield RULE.find(Severity.WARNING, message, one.place, help=help_text, related=related)

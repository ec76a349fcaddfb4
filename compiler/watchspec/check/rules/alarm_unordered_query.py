"""An alarm watches a Metrics Insights query that groups its result without an order.

Why: CloudWatch refuses the alarm. Of many series it watches those that come first, so the query has to say
which these are.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  cpu: {query: 'SELECT MAX(CPUUtilization) FROM "AWS/EC2" GROUP BY InstanceId'}
alarms:
  hot: {severity: info, notify: [], when: {metric: cpu, above: 90, for: 5m}}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  cpu: {query: 'SELECT MAX(CPUUtilization) FROM "AWS/EC2" GROUP BY InstanceId ORDER BY MAX() DESC'}
alarms:
  hot: {severity: info, notify: [], when: {metric: cpu, above: 90, for: 5m}}
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-metrics-insights-alarm-create.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.diagnostics import Diagnostic, Related, Rule, Severity
from watchspec.languages import Problem, parse_metrics_insights
from watchspec.model.monitoring import Monitoring
from watchspec.model.signals import InsightsQuery

RULE = Rule("alarm/unordered-query", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Alarms on queries with GROUP BY and without ORDER BY."""
    for alarm in monitoring.alarms:
        if alarm.signal is None or not isinstance(alarm.signal.source, InsightsQuery):
            continue
        source = alarm.signal.source
        query = parse_metrics_insights(source.sql)
        if isinstance(query, Problem) or not query.group_by or query.order_by is not None:
            continue
        yield RULE.find(
            Severity.ERROR,
            f'"{alarm.key}" watches a query with GROUP BY and without ORDER BY',
            source.written.place("query"),
            help=f"add  ORDER BY {query.function.text.upper()}() DESC",
            related=[Related(alarm.place, "the alarm that watches it")],
        )

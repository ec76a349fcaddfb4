"""A Metrics Insights query reads a metric, or a namespace, that AWS does not publish.

Why: CloudWatch takes any name and finds nothing. It is an error for a near miss and where the list of metrics
was checked against AWS's documentation; elsewhere the list may be incomplete, and it is a warning.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  cpu: {query: 'SELECT AVG(CPUUtilisation) FROM "AWS/EC2"'}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  cpu: {query: 'SELECT AVG(CPUUtilization) FROM "AWS/EC2"'}
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/aws-services-cloudwatch-metrics.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.catalog.metrics import (
    is_complete,
    is_excerpt,
    known_metrics,
    known_namespaces,
    near_metric,
    near_namespace,
)
from watchspec.check.insights import Select, readable_selects
from watchspec.diagnostics import Diagnostic, Rule, Severity, shorten, suggest_name
from watchspec.model.metrics_insights import InsightsSelect
from watchspec.model.monitoring import Monitoring

RULE = Rule("metric/empty-query", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Queries for what does not exist; of a namespace of one's own nothing is known."""
    for select, query in readable_selects(monitoring):
        names = known_metrics(query.namespace.text)
        if names and query.metric.text not in names:
            yield from _check_metric(select, query, names)
        elif query.namespace.text.startswith("AWS/") and not names:
            yield from _check_namespace(select, query)


def _check_metric(
    select: Select, query: InsightsSelect, names: frozenset[str]
) -> Iterator[Diagnostic]:
    name, namespace = query.metric.text, query.namespace.text
    meant = near_metric(namespace, name)
    if not meant and is_excerpt(namespace):
        return
    hint = f'did you mean "{meant}"?' if meant else suggest_name(name, names)
    message = f'there is no metric "{shorten(name)}" in {namespace}'
    place = select.point(query.metric)
    if meant or is_complete(namespace):
        yield RULE.find(Severity.ERROR, message, place, hint=hint)
    else:
        yield RULE.find(Severity.WARNING, f"{message}, as far as is known", place, hint=hint)


def _check_namespace(select: Select, query: InsightsSelect) -> Iterator[Diagnostic]:
    namespace = query.namespace.text
    if namespace in known_namespaces():
        return
    meant = near_namespace(namespace)
    message = f'there is no namespace "{shorten(namespace)}" of AWS, as far as is known'
    hint = f'did you mean "{meant}"?' if meant else ""
    yield RULE.find(Severity.WARNING, message, select.point(query.namespace), hint=hint)

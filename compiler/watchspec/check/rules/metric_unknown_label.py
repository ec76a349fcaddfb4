"""A Metrics Insights query names dimensions that the metric does not have.

Why: CloudWatch takes any name, and finds nothing, or puts all in one group named Other. It is an error
for a near miss, otherwise a warning: there may be more dimensions than are known.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  cpu: {query: 'SELECT AVG(CPUUtilization) FROM "AWS/EC2" GROUP BY InstanceID'}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  cpu: {query: 'SELECT AVG(CPUUtilization) FROM "AWS/EC2" GROUP BY InstanceId'}
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-metrics-insights-querylanguage.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.catalog.metrics import is_excerpt, known_dimension_sets, known_dimensions
from watchspec.check.insights import Select, readable_selects
from watchspec.diagnostics import Diagnostic, Rule, Severity, near_miss, shorten, suggest_name
from watchspec.model.metrics_insights import InsightsSelect, Label
from watchspec.model.monitoring import Monitoring

RULE = Rule("metric/unknown-label", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Queries by dimensions, or sets of dimensions, that AWS does not publish."""
    for select, query in readable_selects(monitoring):
        unknown = [
            found
            for label in (*(query.schema or ()), *query.labels)
            for found in _check_label(select, query.namespace.text, label)
        ]
        yield from unknown or _check_schema(select, query)


def _check_label(select: Select, namespace: str, label: Label) -> Iterator[Diagnostic]:
    known = known_dimensions(namespace)
    name = label.name.text
    if label.kind != "dimension" or not known or name in known:
        return
    meant = near_miss(name, known)
    if not meant and is_excerpt(namespace):
        return
    hint = f'did you mean "{meant}"?' if meant else suggest_name(name, known)
    message = f'no metric of {namespace} has a dimension "{shorten(name)}"'
    if not meant:
        message += ", as far as is known"
    severity = Severity.ERROR if meant else Severity.WARNING
    yield RULE.find(severity, message, select.point(label.name), hint=hint)


def _check_schema(select: Select, query: InsightsSelect) -> Iterator[Diagnostic]:
    """Whether the metric is published with exactly the dimensions of SCHEMA."""
    sets = known_dimension_sets(query.namespace.text, query.metric.text)
    names = frozenset(label.name.text for label in query.schema or ())
    if query.schema is None or not sets or names in sets:
        return
    exactly = f"exactly {_join(names)}" if names else "no dimensions"
    message = f'"{query.metric.text}" is not published with {exactly}, as far as is known'
    closest = max(sorted(sets, key=sorted), key=lambda known: len(known & names))
    advice = f"write SCHEMA with {_join(closest)}" if closest else "leave out SCHEMA"
    yield RULE.find(Severity.WARNING, message, select.point(query.namespace), help=advice)


def _join(names: frozenset[str]) -> str:
    return " and ".join(sorted(names))

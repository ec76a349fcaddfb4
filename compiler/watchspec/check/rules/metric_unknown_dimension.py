"""A metric of AWS is asked for by a dimension that it does not have.

Why: CloudWatch finds a metric only by the exact names of its dimensions. An alarm with another name
waits for data for ever, and a graph stays empty. It is an error for a slip of the pen, and where all
dimensions of the metric are known.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  cpu: {metric: AWS/ECS CPUUtilization, dimensions: {Clustername: shop}}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  cpu: {metric: AWS/ECS CPUUtilization, dimensions: {ClusterName: shop}}
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.catalog.metrics import is_excerpt, known_dimensions, known_metrics, look_up_metric
from watchspec.check.measured import measured_stats, place_of_dimension
from watchspec.diagnostics import Diagnostic, Rule, Severity, near_miss, shorten, suggest_name
from watchspec.model.monitoring import Monitoring

RULE = Rule("metric/unknown-dimension", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Dimensions that no metric of the namespace has."""
    for stat in measured_stats(monitoring):
        names = known_dimensions(stat.namespace)
        is_known = stat.name in known_metrics(stat.namespace)  # else another finding
        for name, _ in stat.dimensions if names else ():
            if name in names:
                continue
            meant = near_miss(name, names)
            if not meant and (is_excerpt(stat.namespace) or not is_known):
                continue
            message = f'"{shorten(name)}" is not a dimension of {stat.namespace}'
            hint = f'did you mean "{meant}"?' if meant else suggest_name(name, names)
            help_text = "" if hint else f"its dimensions: {', '.join(sorted(names))}"
            severity = Severity.ERROR
            if not meant and not look_up_metric(stat.namespace, stat.name).knows_all_sets:
                severity = Severity.WARNING
                message += ", as far as is known"
            place = place_of_dimension(stat, name)
            yield RULE.find(severity, message, place, hint=hint, help=help_text)

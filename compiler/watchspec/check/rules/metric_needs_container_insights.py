"""A metric is published only for clusters with enhanced Container Insights.

Why: ECS publishes metrics of single tasks and containers only if the cluster's `containerInsights` is
`enhanced`; with `enabled`, or without, the graph stays empty. It is a note, for the spec does not say
how the cluster is set up.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  cpu:
    metric: ECS/ContainerInsights TaskCpuUtilization
    dimensions: {ClusterName: shop, ServiceName: backend}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  cpu:
    metric: AWS/ECS CPUUtilization
    dimensions: {ClusterName: shop, ServiceName: backend}
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-enhanced-observability-metrics-ECS.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.catalog.container_insights import needs_enhanced_insights
from watchspec.check.measured import measured_stats, place_of_metric
from watchspec.diagnostics import Diagnostic, Rule, Severity
from watchspec.model.monitoring import Monitoring

RULE = Rule("metric/needs-container-insights", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Metrics of tasks and containers."""
    for stat in measured_stats(monitoring):
        names = [name for name, _ in stat.dimensions]
        if needs_enhanced_insights(stat.namespace, stat.name, names):
            yield RULE.find(
                Severity.NOTE,
                f'"{stat.name}" comes only from clusters with enhanced Container Insights',
                place_of_metric(stat, stat.name),
                help="set containerInsights of the cluster to enhanced, or ignore this note",
            )

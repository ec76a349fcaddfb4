"""A metric is looked for in a Region that it is never in.

Why: billing, CloudFront and Route 53 publish to one Region only, wherever the rest is. In another one
there are no data, and no error says so.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  cost: {metric: AWS/Billing EstimatedCharges, dimensions: {Currency: USD}, region: eu-west-1}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  cost: {metric: AWS/Billing EstimatedCharges, dimensions: {Currency: USD}}
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/monitor_estimated_charges_with_cloudwatch.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.catalog.regions import SINGLE_REGION_NAMESPACES, partition_of
from watchspec.check.measured import measured_stats
from watchspec.diagnostics import Diagnostic, Rule, Severity
from watchspec.model.monitoring import Monitoring

RULE = Rule("metric/wrong-region", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Metrics of one Region that are taken from another."""
    for stat in measured_stats(monitoring):
        only = SINGLE_REGION_NAMESPACES.get(stat.namespace)
        if only in {None, stat.region} or partition_of(stat.region) != partition_of(str(only)):
            continue  # other partitions have Regions of their own
        message = f"metrics of {stat.namespace} are in {only} alone, not in {stat.region}"
        help_text = f"leave out the region, or write  region: {only}"
        yield RULE.find(Severity.ERROR, message, stat.written.place("region"), help=help_text)

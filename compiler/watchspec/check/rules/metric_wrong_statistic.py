"""A statistic says nothing about this metric.

Why: of some metrics AWS publishes one statistic only; of counts with a data point for each request,
all but the sum are always 1; and percentages do not add up.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  errors:
    metric: AWS/ApplicationELB HTTPCode_Target_5XX_Count
    dimensions: {LoadBalancer: app/shop/50dc6c495c0c9188}
    statistic: Average
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  errors:
    metric: AWS/ApplicationELB HTTPCode_Target_5XX_Count
    dimensions: {LoadBalancer: app/shop/50dc6c495c0c9188}
    statistic: Sum
```

Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.catalog.metrics import look_up_metric
from watchspec.catalog.statistics import ALWAYS_ONE, ONLY_STATISTICS, PLAIN_VALUES
from watchspec.check.measured import measured_stats, place_of_metric
from watchspec.diagnostics import Diagnostic, Rule, Severity
from watchspec.model.monitoring import Monitoring
from watchspec.model.signals import MetricStat

RULE = Rule("metric/wrong-statistic", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Statistics without a meaning."""
    for stat in measured_stats(monitoring):
        problem, wanted = _find_problem(stat)
        if problem:
            written = "statistic" in stat.written
            place = stat.written.place("statistic") if written else place_of_metric(stat, stat.name)
            message = f"the {stat.statistic} of {stat.name} {problem}"
            yield RULE.find(Severity.WARNING, message, place, help=f"write  statistic: {wanted}")


def _find_problem(stat: MetricStat) -> tuple[str, str]:
    """What is wrong with the statistic, and which one to take; empty if nothing is."""
    metric = (stat.namespace, stat.name)
    only = ONLY_STATISTICS.get(metric)
    if only is not None:
        return (
            ("", "") if stat.statistic == only else (f"is not published, only the {only} is", only)
        )
    if metric in ALWAYS_ONE and stat.statistic in PLAIN_VALUES:
        return "is always 1, whatever happens", "Sum"
    if stat.statistic == "Sum" and look_up_metric(*metric).unit == "Percent":
        return "adds up percentages", "Average"
    return "", ""

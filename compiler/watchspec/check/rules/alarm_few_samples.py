"""An alarm watches a high percentile, and does not say what of few samples.

Why: the 99th percentile of fewer than a thousand samples is little more than the largest of them. Unless
told otherwise, CloudWatch judges it all the same, so one slow request at night sets the alarm off.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  slowest:
    metric: AWS/ApplicationELB TargetResponseTime
    dimensions: {LoadBalancer: app/shop/50dc6c495c0c9188}
    statistic: p99
alarms:
  slow: {severity: info, when: {metric: slowest, above: 2s, for: 5m}}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  slowest:
    metric: AWS/ApplicationELB TargetResponseTime
    dimensions: {LoadBalancer: app/shop/50dc6c495c0c9188}
    statistic: p99
alarms:
  slow: {severity: info, when: {metric: slowest, above: 2s, for: 5m, few_samples: ignore}}
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/percentiles-with-low-samples.html (read 2026-11-24)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from watchspec.diagnostics import Diagnostic, Rule, Severity
from watchspec.model.alarms import Threshold
from watchspec.model.monitoring import Monitoring
from watchspec.model.signals import MetricStat
from watchspec.model.source import Map

RULE = Rule("alarm/few-samples", __doc__)
_HIGH_PERCENTILE = re.compile(r"p(99(?:\.[0-9]+)?)")
_SAMPLES_OF_A_SHARE = 10
"""AWS wants so many samples in the share above a percentile: a thousand for p99."""


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Alarms above a percentile from the 99th on that say nothing of few samples."""
    for alarm in monitoring.alarms:
        condition, when = alarm.condition, alarm.source.get("when")
        if not isinstance(condition, Threshold) or not isinstance(when, Map):
            continue
        source = condition.signal.source
        if not isinstance(source, MetricStat) or condition.operator[0] == "<":
            continue
        percentile = _HIGH_PERCENTILE.fullmatch(source.statistic)
        if percentile is None or "few_samples" in when:
            continue
        wanted = round(_SAMPLES_OF_A_SHARE / (1 - float(percentile[1]) / 100))
        yield RULE.find(
            Severity.NOTE,
            f"{source.statistic} says little of fewer than {wanted:,} samples, and is judged all the same",
            alarm.place,
            help="say  few_samples: ignore  or  few_samples: evaluate",
        )

"""A statistic has bounds that CloudWatch does not take.

Why: `TM(10%:90%)` is the mean of what lies between two percentages, `PR(100:500)` the share of the values
between two numbers; the lower bound comes first, and one of the two may be left out.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  latency: {metric: Shop Latency, statistic: "PR(500:100)"}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  latency: {metric: Shop Latency, statistic: "PR(100:500)"}
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.check.measured import measured_stats
from watchspec.diagnostics import Diagnostic, Rule, Severity
from watchspec.languages import find_statistic_problem
from watchspec.model.monitoring import Monitoring
from watchspec.model.source import point_at

RULE = Rule("metric/bad-statistic", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Statistics that pass the shape check and are none."""
    for stat in measured_stats(monitoring):
        problem = find_statistic_problem(stat.statistic)
        if problem is not None:
            place = point_at(stat.written.place("statistic"), stat.statistic, problem.offset)
            help_text = "write bounds such as TM(10%:90%), TC(100:500) or PR(:300)"
            yield RULE.find(Severity.ERROR, problem.message, place, help=help_text)

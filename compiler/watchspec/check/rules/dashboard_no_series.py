"""A graph draws an expression that gives one number.

Why: CloudWatch draws series. `SUM(m)` of one metric is a number over the whole time shown, and the graph
shows an error in its place. TIME_SERIES makes a line of a number; a hidden one may be used by others.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  orders: {metric: Shop Orders}
  total: {expression: SUM(orders)}
dashboards:
  main: {rows: [{graph: total}]}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  orders: {metric: Shop Orders}
  total: {expression: TIME_SERIES(SUM(orders))}
dashboards:
  main: {rows: [{graph: total}]}
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.check.math_kinds import kind_of_math
from watchspec.diagnostics import Diagnostic, Rule, Severity
from watchspec.model.dashboards import MetricWidget
from watchspec.model.monitoring import Monitoring
from watchspec.model.signals import MetricMath

RULE = Rule("dashboard/no-series", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Lines that are single numbers."""
    for dashboard in monitoring.dashboards:
        for widget in dashboard.widgets:
            lines = widget.content.lines if isinstance(widget.content, MetricWidget) else ()
            for line in lines:
                source = line.signal.source
                if line.is_hidden or not isinstance(source, MetricMath):
                    continue
                if kind_of_math(source) == "scalar":
                    yield RULE.find(
                        Severity.ERROR,
                        "the expression gives one number, and a graph draws series",
                        source.written.place("expression"),
                        help="leave out the function that makes one number of the series, or use TIME_SERIES",
                    )

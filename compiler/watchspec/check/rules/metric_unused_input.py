"""An expression is given a metric that it does not use.

Why: it is probably misspelt in the expression, or left over. CloudWatch reads it all the same, and each
metric of an alarm costs.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  rate: {expression: errors * 100, given: {errors: Shop Errors, requests: Shop Requests}}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  rate: {expression: 100 * errors / requests, given: {errors: Shop Errors, requests: Shop Requests}}
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.check.measured import written_expressions
from watchspec.diagnostics import Diagnostic, Rule, Severity
from watchspec.model.metric_math import Call, Name, walk_math
from watchspec.model.monitoring import Monitoring
from watchspec.model.source import Map

RULE = Rule("metric/unused-input", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Inputs that no part of the expression names; METRICS() takes them all."""
    for expression in written_expressions(monitoring):
        given = expression.source.written.get("given")
        parts = list(walk_math(expression.term))
        takes_all = any(isinstance(one, Call) and one.function == "METRICS" for one in parts)
        if not isinstance(given, Map) or takes_all:
            continue
        used = {one.id for one in parts if isinstance(one, Name)}
        for name in sorted(given.keys() - used):
            yield RULE.find(
                Severity.WARNING,
                f'"{name}" is given to the expression, which does not use it',
                given.key_place(name),
                help="leave it out, or use it in the expression",
            )

"""A Metrics Insights query filters or groups by a dimension that its SCHEMA leaves out.

Why: SCHEMA chooses the metrics with exactly the dimensions it names; none of them has another one.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  cpu:
    query: SELECT AVG(CPUUtilization) FROM SCHEMA("AWS/EC2", InstanceId) WHERE InstanceType = 't3.large'
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  cpu:
    query: SELECT AVG(CPUUtilization) FROM SCHEMA("AWS/EC2", InstanceType) WHERE InstanceType = 't3.large'
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-metrics-insights-querylanguage.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.check.insights import readable_selects
from watchspec.diagnostics import Diagnostic, Rule, Severity, shorten
from watchspec.model.monitoring import Monitoring

RULE = Rule("metric/label-outside-schema", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Queries that look for dimensions which their SCHEMA has excluded."""
    for select, query in readable_selects(monitoring):
        if query.schema is None:
            continue
        names = {label.name.text for label in query.schema}
        for label in query.labels:
            name = label.name.text
            if label.kind == "dimension" and name not in names:
                message = f'no metric of this SCHEMA has a dimension "{shorten(name)}"'
                place = select.point(label.name)
                advice = "name it in SCHEMA, or write the namespace alone"
                yield RULE.find(Severity.WARNING, message, place, help=advice)

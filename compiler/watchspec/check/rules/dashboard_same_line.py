"""A graph draws one thing twice.

Why: the second line hides the first; another metric or another statistic was probably meant.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  cpu: {metric: AWS/EC2 CPUUtilization}
dashboards:
  web: {rows: [{graph: [cpu, cpu]}]}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  cpu: {metric: AWS/EC2 CPUUtilization}
dashboards:
  web: {rows: [{graph: [cpu, {metric: cpu, statistic: Maximum}]}]}
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.check.graphs import Graph, graphs_of
from watchspec.diagnostics import Diagnostic, Location, Related, Rule, Severity
from watchspec.model.monitoring import Monitoring
from watchspec.model.signals import SignalSource

RULE = Rule("dashboard/same-line", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Lines like one before them in the same widget, axis and all."""
    for graph in graphs_of(monitoring):
        yield from _check_lines(graph)


def _check_lines(graph: Graph) -> Iterator[Diagnostic]:
    known: dict[tuple[SignalSource, str], Location] = {}
    for line, _, place in graph.lines():
        if line.is_hidden:
            continue
        before = known.setdefault((line.signal.source, line.axis), place)
        if before != place:  # what `for_each` repeats stands in one place
            yield RULE.find(
                Severity.WARNING,
                "the graph draws this twice",
                place,
                help="remove it, or give another metric or statistic",
                related=[Related(before, "the same line")],
            )

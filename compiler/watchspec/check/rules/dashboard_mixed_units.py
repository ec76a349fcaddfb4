"""One axis of a graph has percentages, bytes and times on it.

Why: they share one scale, so the smaller of them lie flat along the bottom.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  cpu: {metric: AWS/RDS CPUUtilization}
  memory: {metric: AWS/RDS FreeableMemory}
dashboards:
  web: {rows: [{graph: [cpu, memory]}]}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  cpu: {metric: AWS/RDS CPUUtilization}
  memory: {metric: AWS/RDS FreeableMemory}
dashboards:
  web: {rows: [{graph: [cpu, {metric: memory, axis: right}]}]}
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.catalog.units import CLOUDWATCH_UNITS
from watchspec.check.graphs import Graph, graphs_of
from watchspec.diagnostics import Diagnostic, Rule, Severity
from watchspec.model.dashboards import Line
from watchspec.model.monitoring import Monitoring

RULE = Rule("dashboard/mixed-units", __doc__)
_UNLIKE = {"percent": "percentages", "bytes": "bytes", "bits": "bits", "time": "times"}
"""Counts are left out: they stand for anything."""


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Graphs over time with things on one axis that have no scale in common."""
    for graph in graphs_of(monitoring):
        if graph.key == "graph":
            yield from _check_axes(graph)


def _check_axes(graph: Graph) -> Iterator[Diagnostic]:
    """At most one finding a graph, at the first line that does not fit the lines before it."""
    first: dict[str, str] = {}
    for line, _, place in graph.lines():
        kind = _kind(line)
        if kind is None or line.is_hidden:
            continue
        known = first.setdefault(line.axis, kind)
        if known == kind:
            continue
        other = "right" if line.axis == "left" else "left"
        advice = f"add  axis: {other}" if other not in first else "draw them in two graphs"
        message = f"{_UNLIKE[kind]} are drawn on the axis of {_UNLIKE[known]}"
        yield RULE.find(Severity.WARNING, message, place, help=advice)
        return


def _kind(line: Line) -> str | None:
    unit = CLOUDWATCH_UNITS.get(line.signal.unit or "")
    return unit.kind if unit is not None and unit.kind in _UNLIKE else None

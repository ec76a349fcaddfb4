"""The label of a line asks for a value that CloudWatch does not fill in.

Why: CloudWatch fills in up to six values it knows, `${LABEL}` once; anything else stands in the legend as
it is written.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  cpu: {metric: AWS/EC2 CPUUtilization}
dashboards:
  web: {rows: [{graph: [{metric: cpu, label: "at most $${MAXIMUM}"}]}]}
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
  web: {rows: [{graph: [{metric: cpu, label: "at most $${MAX}"}]}]}
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/graph-dynamic-labels.html (read 2026-11-24)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from watchspec.catalog.dynamic_labels import LABEL_VALUES, VALUES, is_dynamic
from watchspec.check.graphs import Graph, graphs_of
from watchspec.diagnostics import Diagnostic, Location, Rule, Severity, shorten, suggest_name
from watchspec.model.monitoring import Monitoring
from watchspec.model.source import Map, point_at

RULE = Rule("dashboard/bad-label", __doc__)
_VALUE = re.compile(r"\$\$\{([^{}]*)\}")
"""A literal `${…}` as specs write it."""


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Labels of lines with values that CloudWatch does not know, or with too many."""
    for graph in graphs_of(monitoring):
        replaced = _replaced(graph)
        for _, item, _ in graph.lines():
            label = item.get("label") if isinstance(item, Map) else None
            if isinstance(item, Map) and isinstance(label, str) and "$${" in label:
                yield from _check_label(label, item.place("label"), replaced)


def _replaced(graph: Graph) -> str:
    """What the variables of the dashboard look for, to put something else in its place."""
    settings = (dict(variable.settings) for variable in graph.dashboard.variables)
    return "\n".join(str(one.get("pattern", "")) for one in settings)


def _check_label(label: str, place: Location, replaced: str) -> Iterator[Diagnostic]:
    codes = [one for one in _VALUE.finditer(label) if one[1] not in replaced]
    for one in codes:
        if not is_dynamic(one[1]):
            message = f'CloudWatch fills in nothing for "${{{shorten(one[1])}}}"'
            where = point_at(place, label, one.start(1), len(one[1]))
            hint = suggest_name(one[1], VALUES)
            yield RULE.find(Severity.WARNING, message, where, hint=hint)
    names = [one for one in codes if one[1] == "LABEL"]
    if len(names) > 1:
        where = point_at(place, label, names[1].start(1), len("LABEL"))
        yield RULE.find(Severity.WARNING, "CloudWatch fills in ${LABEL} once in a label", where)
    if len(codes) > LABEL_VALUES:
        message = f"the label has {len(codes)} dynamic values; {LABEL_VALUES} are the most"
        yield RULE.find(Severity.WARNING, message, place)

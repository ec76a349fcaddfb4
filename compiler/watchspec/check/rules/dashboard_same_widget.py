"""Two widgets of a dashboard show exactly the same.

Why: one of them was probably meant to show something else.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  cpu: {metric: AWS/EC2 CPUUtilization}
dashboards:
  web: {rows: [[{graph: cpu}, {graph: cpu}]]}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  cpu: {metric: AWS/EC2 CPUUtilization}
  network: {metric: AWS/EC2 NetworkIn}
dashboards:
  web: {rows: [[{graph: cpu}, {graph: network}]]}
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from watchspec.diagnostics import Diagnostic, Location, Related, Rule, Severity
from watchspec.model.dashboards import LogWidget, TextWidget, WidgetContent
from watchspec.model.monitoring import Monitoring
from watchspec.model.source import Map

RULE = Rule("dashboard/same-widget", __doc__)
_NOWHERE = Map(Location(""))


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Widgets like one before them; a text may well stand twice, as a line between rows."""
    for dashboard in monitoring.dashboards:
        known: dict[str, Location] = {}
        for widget in dashboard.widgets:
            if isinstance(widget.content, TextWidget):
                continue
            before = known.setdefault(_spell(widget.content), widget.place)
            if before != widget.place:
                yield RULE.find(
                    Severity.WARNING,
                    "the widget shows exactly what another one shows",
                    widget.place,
                    help="remove one of them, or show something else",
                    related=[Related(before, "the same widget")],
                )


def _spell(content: WidgetContent) -> str:
    """What a widget shows, without where it was written."""
    if isinstance(content, LogWidget):
        content = replace(content, source=_NOWHERE)
    return repr(content)

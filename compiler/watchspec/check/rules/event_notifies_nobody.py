"""An event rule tells nobody.

Why: the rule fires, and nothing happens. An event of severity info is told only to a route `info`, or
to one it names.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
events:
  stopped: {severity: info, event: ecs-task-stopped-unexpectedly}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
notify:
  info: {email: [ops@example.com]}
events:
  stopped: {severity: info, event: ecs-task-stopped-unexpectedly}
```

Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.diagnostics import Diagnostic, Rule, Severity
from watchspec.model.monitoring import Monitoring

RULE = Rule("event/notifies-nobody", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Event rules without a target."""
    for rule in monitoring.events:
        has_targets = rule.routes or any(one.name == "Targets" for one in rule.properties)
        if rule.is_enabled and not has_targets:
            place = rule.source.place("notify") if "notify" in rule.source else rule.place
            yield RULE.find(
                Severity.WARNING,
                f'the event "{rule.key}" tells nobody',
                place,
                help="write  notify: [route]  or  enabled: false",
            )

"""Critical alarms belong to nobody.

Why: the owner is named in the mail and is a tag of the alarm, so that whoever sees it knows whom to ask.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
notify: {critical: {email: [a@example.com]}}
alarms:
  orders-low:
    severity: critical
    when: {metric: Shop Orders, below: 5}
    runbook: {steps: [Roll back.]}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
notify: {critical: {email: [a@example.com]}}
owner: checkout
alarms:
  orders-low:
    severity: critical
    when: {metric: Shop Orders, below: 5}
    runbook: {steps: [Roll back.]}
```

Source: https://docs.aws.amazon.com/wellarchitected/latest/framework/ops06-bp01.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.diagnostics import Diagnostic, Rule, Severity
from watchspec.model.monitoring import Monitoring

RULE = Rule("alarm/no-owner", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """A service whose critical alarms name no owner; the first of them is shown."""
    for alarm in monitoring.alarms:
        if alarm.pages_people and not alarm.owner:
            yield RULE.find(
                Severity.NOTE,
                f'"{alarm.key}" is critical and has no owner',
                alarm.place,
                help="add  owner: <team>  to the spec, or to the alarm",
            )
            return

"""A critical alarm tells somebody, but not what to do.

Why: whoever is woken by it starts from nothing. A runbook of a few steps travels with the mail.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
notify: {critical: {email: [a@example.com]}}
owner: checkout
alarms:
  orders-low: {severity: critical, when: {metric: Shop Orders, below: 5}}
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
    runbook: {steps: [Look at what was deployed last., Roll back.]}
```

Source: https://docs.aws.amazon.com/wellarchitected/latest/framework/ops06-bp01.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.diagnostics import Diagnostic, Rule, Severity
from watchspec.model.alarms import Combination
from watchspec.model.monitoring import Monitoring

RULE = Rule("alarm/no-runbook", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Critical alarms without steps; a composite alarm leads to those it combines."""
    for alarm in monitoring.alarms:
        is_composite = isinstance(alarm.condition, Combination)
        if alarm.pages_people and not is_composite and not alarm.runbook.steps:
            yield RULE.find(
                Severity.WARNING,
                f'"{alarm.key}" is critical, and nothing says what to do then',
                alarm.place,
                help="add  runbook: {steps: [...]}",
            )

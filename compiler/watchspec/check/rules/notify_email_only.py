"""Critical alarms reach people by e-mail alone, though the spec has a faster way.

Why: nobody reads mail at night. A spec with e-mail alone is taken as it is: there is no better route.

Bad:
```yaml
version: v1
service: shop
owner: checkout
environments:
  prod: {region: eu-west-1}
notify:
  critical: {email: [ops@example.com]}
  warning: {sms: ["+4915112345678"]}
alarms:
  no-orders: {severity: critical, when: {metric: Shop Orders, below: 1}, runbook: {steps: [Roll back.]}}
  few-orders: {severity: warning, when: {metric: Shop Orders, below: 9}}
```

Good:
```yaml
version: v1
service: shop
owner: checkout
environments:
  prod: {region: eu-west-1}
notify:
  critical: {sms: ["+4915112345678"], email: [ops@example.com]}
  warning: {email: [ops@example.com]}
alarms:
  no-orders: {severity: critical, when: {metric: Shop Orders, below: 1}, runbook: {steps: [Roll back.]}}
  few-orders: {severity: warning, when: {metric: Shop Orders, below: 9}}
```

Source: https://docs.aws.amazon.com/sns/latest/dg/sns-email-notifications.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.diagnostics import Diagnostic, Rule, Severity
from watchspec.model.monitoring import Monitoring
from watchspec.model.routing import Route

RULE = Rule("notify/email-only", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Routes of critical alarms that wait in a mailbox while another would ring."""
    slow = {route.key: route for route in monitoring.routes if not _is_fast(route)}
    faster = [route.key for route in monitoring.routes if route.key not in slow]
    alone = {
        key
        for alarm in monitoring.alarms
        if alarm.severity == "critical"
        and not alarm.actions.alarm
        and slow.keys() >= {*alarm.routes}
        for key in alarm.routes
    }
    for key in sorted(alone) if faster else ():
        yield RULE.find(
            Severity.NOTE,
            f'critical alarms for "{key}" reach people by e-mail alone',
            slow[key].source.key_place("email"),
            help=f'let them notify "{faster[0]}" too, or give the route sms, https or lambda',
        )


def _is_fast(route: Route) -> bool:
    """Whether it does more than fill a mailbox; nobody knows who listens to an existing topic."""
    is_mail = all(one.protocol == "email" for one in route.subscriptions)
    return not (route.subscriptions and is_mail and not route.ops_item and not route.actions)

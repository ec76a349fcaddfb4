"""A route is declared, but no alarm and no event takes it.

Why: its topic gets no messages, so who is subscribed to it hears nothing and may rely on it.

Bad:
```yaml
version: v1
service: shop
owner: checkout
environments:
  prod: {region: eu-west-1}
notify:
  critical: {email: [ops@example.com]}
  oncall: {sms: ["+4915112345678"]}
alarms:
  no-orders: {severity: critical, when: {metric: Shop Orders, below: 1}, runbook: {steps: [Roll back.]}}
```

Good:
```yaml
version: v1
service: shop
owner: checkout
environments:
  prod: {region: eu-west-1}
notify:
  critical: {email: [ops@example.com]}
  oncall: {sms: ["+4915112345678"]}
alarms:
  no-orders:
    severity: critical
    notify: [critical, oncall]
    when: {metric: Shop Orders, below: 1}
    runbook: {steps: [Roll back.]}
```

Source: https://docs.aws.amazon.com/sns/latest/dg/sns-create-subscribe-endpoint-to-topic.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.check.usage import find_unused
from watchspec.diagnostics import Diagnostic, Rule, Severity
from watchspec.model.monitoring import Monitoring

RULE = Rule("notify/unused-route", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Routes that carry nothing."""
    used = {key for alarm in monitoring.alarms for key in alarm.routes}
    used |= {key for event in monitoring.events for key in event.routes}
    for name, place in find_unused(monitoring, "notify", used):
        message = f'no alarm or event notifies "{name}"'
        yield RULE.find(
            Severity.WARNING, message, place, help=f"write  notify: [{name}]  on one, or remove it"
        )

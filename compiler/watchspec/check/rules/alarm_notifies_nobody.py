"""A critical alarm tells nobody.

Why: what is critical needs somebody now. An alarm that is a part of a composite alarm may be silent,
because that one speaks for it.

Bad:
```yaml
version: v1
service: shop
owner: checkout
environments:
  prod: {region: eu-west-1}
alarms:
  no-orders: {severity: critical, notify: [], when: {metric: Shop Orders, below: 1}}
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
alarms:
  no-orders: {severity: critical, when: {metric: Shop Orders, below: 1}, runbook: {steps: [Roll back.]}}
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-actions.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.diagnostics import Diagnostic, Rule, Severity
from watchspec.model.monitoring import Monitoring

RULE = Rule("alarm/notifies-nobody", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Critical alarms without any action, but for the parts of composite alarms."""
    parts = {key for alarm in monitoring.alarms for key in alarm.others}
    for alarm in monitoring.alarms:
        is_silent = not (alarm.routes or alarm.actions.alarm) and alarm.is_enabled
        is_set = any(one.name == "AlarmActions" for one in alarm.properties)
        if alarm.severity == "critical" and is_silent and alarm.key not in parts and not is_set:
            yield RULE.find(
                Severity.WARNING,
                f'"{alarm.key}" is critical and tells nobody',
                alarm.source.place("notify"),
                help="name a route, or give it another severity",
            )

"""Two alarms watch the same thing in the same way and tell the same people.

Why: they always go off together, and everybody is told twice. Often one is a copy that was to be changed.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
notify: {warning: {email: [a@example.com]}}
alarms:
  orders-low: {severity: warning, when: {metric: Shop Orders, below: 5}}
  payments-low: {severity: warning, when: {metric: Shop Orders, below: 5}}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
notify: {warning: {email: [a@example.com]}}
alarms:
  orders-low: {severity: warning, when: {metric: Shop Orders, below: 5}}
  payments-low: {severity: warning, when: {metric: Shop Payments, below: 5}}
```

Source: https://docs.aws.amazon.com/wellarchitected/latest/framework/ops06-bp01.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.diagnostics import Diagnostic, Related, Rule, Severity
from watchspec.model.alarms import Alarm, Combination, ExtraActions, Threshold
from watchspec.model.monitoring import Monitoring

RULE = Rule("alarm/same-as-another", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Alarms that repeat an earlier one and tell somebody."""
    first: dict[object, Alarm] = {}
    for alarm in monitoring.alarms:
        is_heard = bool(alarm.routes) or alarm.actions != ExtraActions()
        if isinstance(alarm.condition, Combination) or not is_heard:
            continue
        other = first.setdefault(_substance(alarm), alarm)
        if other is not alarm:
            yield RULE.find(
                Severity.WARNING,
                f'"{alarm.key}" is the same alarm as "{other.key}"',
                alarm.place,
                help="leave one of them out, or change what it watches",
                related=(Related(other.place, "the other alarm"),),
            )


def _substance(alarm: Alarm) -> object:
    """All that decides when an alarm goes off and who is told."""
    condition = alarm.condition
    assert not isinstance(condition, Combination)
    if isinstance(condition, Threshold):
        how: object = (condition.operator, condition.value, condition.ignores_few_samples)
    else:
        how = (condition.side, condition.deviations)
    told = (alarm.severity, frozenset(alarm.routes), alarm.actions, alarm.is_enabled)
    return condition.signal.source, how, condition.window, alarm.missing_data, told

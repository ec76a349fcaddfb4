"""The rule of a composite alarm can never be true.

Why: an alarm is in one state at a time, so some combinations cannot be. CloudWatch accepts such a rule,
and the alarm stays silent for ever.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
notify:
  warning: {email: ["${address}"]}
parameters:
  address: {description: Where alarms are mailed, pattern: email}
metrics:
  errors: {metric: Shop Errors}
alarms:
  errors: {severity: info, when: {metric: errors, above: 5}}
  both: {severity: warning, when: {rule: ALARM(errors) AND OK(errors)}}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
notify:
  warning: {email: ["${address}"]}
parameters:
  address: {description: Where alarms are mailed, pattern: email}
metrics:
  errors: {metric: Shop Errors}
  deployments: {metric: Shop Deployments}
alarms:
  errors: {severity: info, when: {metric: errors, above: 5}}
  deploying: {severity: info, when: {metric: deployments, above: 0}}
  both: {severity: warning, when: {rule: ALARM(errors) AND OK(deploying)}}
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-combining.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.check.alarm_truth import can_be, combinations_of
from watchspec.diagnostics import Diagnostic, Rule, Severity
from watchspec.model.monitoring import Monitoring

RULE = Rule("composite/never-fires", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Composite alarms whose rules no states of their alarms make true."""
    for alarm, combination in combinations_of(monitoring):
        if can_be(combination.term, wanted=True) is False:
            message = f'the rule is never true, so "{alarm.key}" never goes off'
            yield RULE.find(Severity.ERROR, message, alarm.source.place("when", "rule"))

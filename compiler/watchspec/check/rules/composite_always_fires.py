"""The rule of a composite alarm is always true.

Why: CloudWatch accepts such a rule. The alarm goes off once, when it is made, and never again: whatever
happens later, nobody is told.

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
  both: {severity: warning, when: {rule: ALARM(errors) OR NOT ALARM(errors)}}
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

RULE = Rule("composite/always-fires", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Composite alarms whose rules no states of their alarms make false."""
    for alarm, combination in combinations_of(monitoring):
        if can_be(combination.term, wanted=False) is False:
            message = f'the rule is always true, so "{alarm.key}" is always in alarm'
            yield RULE.find(Severity.ERROR, message, alarm.source.place("when", "rule"))

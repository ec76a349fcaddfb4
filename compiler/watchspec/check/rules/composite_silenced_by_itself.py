"""A composite alarm goes off only while the alarm that suppresses it is in alarm too.

Why: CloudWatch runs no action of a composite alarm while its suppressor is in alarm. If the rule is true
only then, nobody is ever told.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  errors: {metric: Shop Errors}
  deployments: {metric: Shop Deployments}
alarms:
  errors: {severity: info, when: {metric: errors, above: 5}}
  deploying: {severity: info, when: {metric: deployments, above: 0}}
  broken:
    severity: info
    when: {all: [errors, deploying]}
    suppressed_by: {alarm: deploying}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  errors: {metric: Shop Errors}
  deployments: {metric: Shop Deployments}
alarms:
  errors: {severity: info, when: {metric: errors, above: 5}}
  deploying: {severity: info, when: {metric: deployments, above: 0}}
  broken:
    severity: info
    when: {all: [errors]}
    suppressed_by: {alarm: deploying}
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-suppression.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.check.alarm_truth import can_be, combinations_of
from watchspec.diagnostics import Diagnostic, Rule, Severity
from watchspec.model.alarm_rules import Junction, Negation, StateOf
from watchspec.model.monitoring import Monitoring

RULE = Rule("composite/silenced-by-itself", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Composite alarms that are suppressed whenever they go off."""
    for alarm, combination in combinations_of(monitoring):
        if combination.suppressor is None:
            continue
        silencer = combination.suppressor.alarm
        is_heard = Junction("AND", (combination.term, Negation(StateOf("ALARM", silencer, 0))))
        if can_be(is_heard, wanted=True) is False and can_be(combination.term, wanted=True):
            message = f'whenever "{alarm.key}" goes off, "{silencer}" suppresses it'
            place = alarm.source.place("suppressed_by", "alarm")
            help_text = f'take "{silencer}" out of the rule, or choose another alarm here'
            yield RULE.find(Severity.ERROR, message, place, help=help_text)

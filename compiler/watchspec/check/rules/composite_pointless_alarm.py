"""An alarm in the rule of a composite alarm makes no difference to it.

Why: whatever its state, the rule says the same. Usually AND and OR were mixed up, or a bracket is in the
wrong place.

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
  broken: {severity: info, when: {rule: ALARM(errors) OR (ALARM(errors) AND OK(deploying))}}
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
  broken: {severity: info, when: {rule: ALARM(errors) AND OK(deploying)}}
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-combining.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.check.alarm_truth import can_be, combinations_of, depends_on, point_at_state
from watchspec.diagnostics import Diagnostic, Rule, Severity
from watchspec.model.alarm_rules import Constant, StateOf, states_in, walk_rule
from watchspec.model.alarms import Combination
from watchspec.model.monitoring import Monitoring

RULE = Rule("composite/pointless-alarm", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Alarms that composite alarms could leave out of their rules."""
    for alarm, combination in combinations_of(monitoring):
        for state in _find_pointless(combination):
            message = f'whatever the state of "{state.alarm}", the rule says the same'
            place = point_at_state(alarm, state)
            yield RULE.find(Severity.WARNING, message, place, help="check AND, OR and brackets")


def _find_pointless(condition: Combination) -> Iterator[StateOf]:
    """The first mention of each alarm that makes no difference."""
    states = tuple(states_in(condition.term))
    has_constants = any(isinstance(one, Constant) for one in walk_rule(condition.term))
    if len(states) == len(condition.children) and not has_constants:
        return  # each alarm is named once, so each makes a difference
    if not (can_be(condition.term, wanted=True) and can_be(condition.term, wanted=False)):
        return  # the whole rule is pointless, which other rules say
    for key in condition.children:
        if depends_on(condition.term, key) is False:
            yield next(state for state in states if state.alarm == key)

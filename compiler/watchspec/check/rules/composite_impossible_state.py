"""The rule of a composite alarm waits for a state in which an alarm of it never is.

Why: an alarm that treats missing data as breaching or as not breaching, and a composite alarm, lack data
only in the moments after they are made. A rule on INSUFFICIENT_DATA of such an alarm waits for nothing.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  heartbeat: {metric: Shop Heartbeats, statistic: Sum}
  errors: {metric: Shop Errors}
alarms:
  silent: {severity: info, when: {metric: heartbeat, below: 1}, missing_data: breaching}
  errors: {severity: info, when: {metric: errors, above: 5}}
  broken: {severity: info, when: {rule: INSUFFICIENT_DATA(silent) OR ALARM(errors)}}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  heartbeat: {metric: Shop Heartbeats, statistic: Sum}
  errors: {metric: Shop Errors}
alarms:
  silent: {severity: info, when: {metric: heartbeat, below: 1}, missing_data: breaching}
  errors: {severity: info, when: {metric: errors, above: 5}}
  broken: {severity: info, when: {rule: ALARM(silent) OR ALARM(errors)}}
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.check.alarm_truth import combinations_of, point_at_state
from watchspec.diagnostics import Diagnostic, Rule, Severity
from watchspec.model.alarm_rules import states_in
from watchspec.model.alarms import Alarm, Combination
from watchspec.model.monitoring import Monitoring

RULE = Rule("composite/impossible-state", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Composite alarms that ask whether an alarm lacks data that never does."""
    alarms = {alarm.key: alarm for alarm in monitoring.alarms}
    for alarm, combination in combinations_of(monitoring):
        for state in states_in(combination.term):
            why = _why_never_without_data(alarms[state.alarm])
            if state.state == "INSUFFICIENT_DATA" and why:
                yield RULE.find(
                    Severity.WARNING,
                    f'"{state.alarm}" never lacks data: {why}',
                    point_at_state(alarm, state),
                    help=f"ask for  ALARM({state.alarm})  or leave it out",
                )


def _why_never_without_data(alarm: Alarm) -> str:
    if isinstance(alarm.condition, Combination):
        return "it is a composite alarm"
    if alarm.missing_data == "breaching":
        return "missing data puts it in alarm"
    return "missing data is taken as good" if alarm.missing_data == "notBreaching" else ""

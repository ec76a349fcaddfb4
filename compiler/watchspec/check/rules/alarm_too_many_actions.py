"""An alarm has more than five actions for one state.

Why: CloudWatch takes five actions for each state. One topic can have any number of subscribers.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  cpu: {metric: AWS/EC2 CPUUtilization}
notify:
  info: {topic: "arn:aws:sns:eu-west-1:111122223333:a"}
alarms:
  hot:
    severity: info
    when: {metric: cpu, above: 70%, for: 10m}
    actions:
      alarm:
        - arn:aws:sns:eu-west-1:111122223333:b
        - arn:aws:sns:eu-west-1:111122223333:c
        - arn:aws:sns:eu-west-1:111122223333:d
        - arn:aws:sns:eu-west-1:111122223333:e
        - arn:aws:sns:eu-west-1:111122223333:f
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  cpu: {metric: AWS/EC2 CPUUtilization}
notify:
  info: {topic: "arn:aws:sns:eu-west-1:111122223333:a"}
alarms:
  hot: {severity: info, when: {metric: cpu, above: 70%, for: 10m}}
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.catalog.quotas import ALARM_ACTIONS_PER_STATE
from watchspec.diagnostics import Diagnostic, Rule, Severity
from watchspec.model.monitoring import Monitoring
from watchspec.model.routing import Route, says

RULE = Rule("alarm/too-many-actions", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Alarms with more actions than CloudWatch takes."""
    routes = {route.key: route for route in monitoring.routes}
    for alarm in monitoring.alarms:
        heard = [routes[key] for key in alarm.routes]
        recovery = [one for one in heard if says(alarm.on_recovery, default=one.on_recovery)]
        no_data = [one for one in heard if says(alarm.on_missing_data, default=one.on_missing_data)]
        ops_items = sum(route.ops_item is not None for route in heard)
        for state, count in (
            ("ALARM", len(alarm.actions.alarm) + _count(heard) + ops_items),
            ("OK", len(alarm.actions.ok) + _count(recovery)),
            ("INSUFFICIENT_DATA", len(alarm.actions.insufficient_data) + _count(no_data)),
        ):
            if count > ALARM_ACTIONS_PER_STATE:
                yield RULE.find(
                    Severity.ERROR,
                    f'"{alarm.key}" has {count} actions for the state {state}; '
                    f"{ALARM_ACTIONS_PER_STATE} are the most",
                    alarm.place,
                    help="subscribe several endpoints to one topic",
                )


def _count(routes: list[Route]) -> int:
    """The actions these routes stand for, but for OpsItems."""
    topics = sum(route.makes_topic or bool(route.existing_topics) for route in routes)
    return topics + sum(len(route.actions) for route in routes)

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

RULE = Rule("alarm/too-many-actions", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Alarms with more actions than CloudWatch takes."""
    routes = {route.key: route for route in monitoring.routes}
    for alarm in monitoring.alarms:
        count = len(alarm.actions.alarm)
        for key in alarm.routes:
            route = routes[key]
            has_topic = route.makes_topic or bool(route.existing_topics)
            count += has_topic + len(route.actions) + (route.ops_item is not None)
        if count > ALARM_ACTIONS_PER_STATE:
            yield RULE.find(
                Severity.ERROR,
                f'"{alarm.key}" has {count} actions; {ALARM_ACTIONS_PER_STATE} are the most',
                alarm.place,
                help="subscribe several endpoints to one topic",
            )

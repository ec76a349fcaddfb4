"""An alarm action is not one that an alarm can take, or leads to another place.

Why: CloudWatch takes actions of SNS, Lambda, Systems Manager, Auto Scaling, Incident Manager and
investigations in the alarm's own Region and partition. OpsItems, incidents and investigations are
opened by the state ALARM alone. Stopping, terminating, rebooting or recovering an instance must be
allowed in so many words, `allow_instance_actions: true`, and takes an alarm on one metric with
InstanceId as its only dimension.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  cpu: {metric: AWS/EC2 CPUUtilization}
alarms:
  hot:
    severity: info
    when: {metric: cpu, above: 70%, for: 10m}
    actions: {alarm: ["arn:aws:automate:eu-west-1:ec2:terminate"]}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  cpu: {metric: AWS/EC2 CPUUtilization}
alarms:
  hot:
    severity: info
    when: {metric: cpu, above: 70%, for: 10m}
    actions: {alarm: ["arn:aws:sns:eu-west-1:111122223333:alarms"]}
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html and
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-actions.html (read 2026-11-24)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from watchspec.catalog.actions import is_for_alarm_only
from watchspec.catalog.regions import partition_of
from watchspec.diagnostics import Diagnostic, Location, Rule, Severity
from watchspec.model.alarms import Alarm
from watchspec.model.monitoring import Monitoring
from watchspec.model.signals import MetricStat
from watchspec.model.text import Text, known_text

RULE = Rule("alarm/forbidden-action", __doc__)

_ALLOWED = (
    re.compile(r"sns:[^:]+:[^:]+:[^:]+"),
    re.compile(r"lambda:[^:]+:[^:]+:function:.+"),
    re.compile(r"ssm:[^:]+:[^:]+:opsitem:.+"),
    re.compile(r"ssm-incidents::[^:]*:response-?plan/.+"),
    re.compile(r"autoscaling:[^:]+:[^:]+:scalingPolicy:.+"),
    re.compile(r"aiops:[^:]+:[^:]+:investigation-group[:/].+"),
)
_INSTANCE = (
    re.compile(r"automate:[^:]+:ec2:(?:stop|terminate|reboot|recover)"),
    re.compile(r"swf:[^:]+:[^:]+:action/actions/AWS_EC2\.InstanceId\.\w+/1\.0"),
)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Actions that CloudWatch would refuse, or that nobody allowed."""
    routes = {route.key: route for route in monitoring.routes}
    account = monitoring.environment.account
    for alarm in monitoring.alarms:
        for state in ("alarm", "ok", "insufficient_data"):
            for index, action in enumerate(getattr(alarm.actions, state)):
                place = alarm.source.place("actions", state, index)
                yield from _check(alarm, action, place, account, state)
        for key in alarm.routes:
            route = routes[key]
            for index, action in enumerate(route.actions):
                yield from _check(alarm, action, route.source.place("actions", index), account)
            for region, topic in route.existing_topics:
                place = route.source.place("topic", *([region] if region else []))
                if region in {"", alarm.region}:
                    yield from _check(alarm, topic, place, account)


def _check(
    alarm: Alarm, action: Text, place: Location, account: str | None, state: str = "alarm"
) -> Iterator[Diagnostic]:
    text = known_text(action)
    if text is None:
        return  # all of it is known only at deployment
    problem, help_text = _find_problem(alarm, text, account, state)
    if problem:
        yield RULE.find(Severity.ERROR, problem, place, help=help_text)


def _find_problem(alarm: Alarm, text: str, account: str | None, state: str) -> tuple[str, str]:
    head, _, rest = text.partition(":")
    partition, _, service = rest.partition(":")
    if head != "arn" or not service:
        return f'"{text}" is not an ARN', "write the ARN of a topic, a function or another action"
    problem = ("", "")
    if any(pattern.fullmatch(service) for pattern in _INSTANCE):
        problem = _find_instance_problem(alarm, text)
    elif not any(pattern.fullmatch(service) for pattern in _ALLOWED):
        kinds = "SNS, Lambda, Systems Manager, Auto Scaling, Incident Manager or investigations"
        problem = f'an alarm cannot do "{text}"', f"use an action of {kinds}"
    if not problem[0]:
        problem = _find_wrong_place(alarm, partition, service, account)
    if not problem[0] and state != "alarm" and is_for_alarm_only(text):
        problem = f'"{text}" is done in the state ALARM alone', "move it to  actions: {alarm: […]}"
    return problem


def _find_instance_problem(alarm: Alarm, text: str) -> tuple[str, str]:
    if not alarm.actions.may_touch_instances:
        return (
            f'"{text}" stops or restarts an instance, which nobody allowed',
            "say  allow_instance_actions: true  on the alarm if that is meant",
        )
    if not _is_of_instance(alarm):
        return (
            f'"{alarm.key}" is not about one instance, so it cannot stop or restart one',
            "let an alarm on one metric with InstanceId as its only dimension do it",
        )
    return "", ""


def _is_of_instance(alarm: Alarm) -> bool:
    source = None if alarm.signal is None else alarm.signal.source
    names = [name for name, _ in source.dimensions] if isinstance(source, MetricStat) else []
    return names == ["InstanceId"]


def _find_wrong_place(
    alarm: Alarm, partition: str, service: str, account: str | None
) -> tuple[str, str]:
    parts = service.split(":")
    region = parts[1]
    wanted = partition_of(alarm.region)
    if "*" not in partition and partition != wanted:
        return f"the action is in the partition {partition}, the alarm in {wanted}", ""
    if region and "*" not in region and region != alarm.region:
        return (
            f"the action is in {region}, the alarm in {alarm.region}",
            "alarm actions never cross Regions",
        )
    # An action in another account works for topics alone, and only if their policy says so.
    owner = parts[2]
    if account and owner.isdigit() and owner != account and parts[0] != "sns":
        return f"the action is in the account {owner}, the alarm in {account}", ""
    return "", ""

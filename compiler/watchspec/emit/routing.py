"""Topics, their policies and subscriptions, and what an alarm does when its state changes."""

from __future__ import annotations

from typing import Any

import troposphere
from troposphere import awslambda, kms, sns

from watchspec.catalog.actions import is_for_alarm_only
from watchspec.emit.logical_ids import compound_id, logical_id
from watchspec.emit.stack import Stack
from watchspec.model.alarms import Alarm
from watchspec.model.routing import OpsItem, Route, Subscription, says
from watchspec.model.text import known_text, region_in_arn, show_text

_OPS_CATEGORIES = {
    "availability": "Availability",
    "cost": "Cost",
    "performance": "Performance",
    "recovery": "Recovery",
    "security": "Security",
}


def alarm_actions(stack: Stack, alarm: Alarm) -> dict[str, Any]:
    """ActionsEnabled and the actions of the three states."""
    routes = {route.key: route for route in stack.monitoring.routes}
    alarm_targets: list[Any] = []
    ok: list[Any] = []
    no_data: list[Any] = []
    for key in alarm.routes:
        route = routes[key]
        topic = topic_of(stack, route)
        topics = [] if topic is None else [topic]
        alarm_targets.extend([*topics, *map(stack.text, route.actions)])
        often = [one for one in route.actions if not is_for_alarm_only(known_text(one) or "")]
        targets = [*topics, *map(stack.text, often)]
        if route.ops_item is not None:
            alarm_targets.append(_ops_item(stack, route.ops_item))
        if says(alarm.on_recovery, default=route.on_recovery):
            ok.extend(targets)
        if says(alarm.on_missing_data, default=route.on_missing_data):
            no_data.extend(targets)
    alarm_targets.extend(stack.text(action) for action in alarm.actions.alarm)
    ok.extend(stack.text(action) for action in alarm.actions.ok)
    no_data.extend(stack.text(action) for action in alarm.actions.insufficient_data)
    states = (
        ("AlarmActions", alarm_targets),
        ("OKActions", ok),
        ("InsufficientDataActions", no_data),
    )
    named: dict[str, Any] = {name: keep_unique(targets) for name, targets in states if targets}
    return {"ActionsEnabled": alarm.is_enabled, **named}


def keep_unique(targets: list[Any]) -> list[Any]:
    """The targets without those that are there already: two routes may lead to one topic."""
    unique: dict[str, Any] = {}
    for target in targets:
        is_function = isinstance(target, troposphere.AWSHelperFn)
        unique.setdefault(repr(target.to_dict() if is_function else target), target)
    return list(unique.values())


def topic_of(stack: Stack, route: Route) -> Any:  # noqa: ANN401 - a string or a function
    """The topic of a route in the Region of a stack; None if it has none."""
    if route.makes_topic:
        return troposphere.Ref(logical_id("Topic", route.key))
    topics = dict(route.existing_topics)
    topic = topics.get(stack.region, topics.get(""))
    return None if topic is None else stack.text(topic)


def add_route(stack: Stack, route: Route, *, hears_events: bool) -> None:
    """Add the topic of a route with its policy, its subscriptions and, if wanted, its key."""
    if not route.makes_topic:
        return
    topic_id = logical_id("Topic", route.key)
    properties: dict[str, Any] = {
        "TopicName": route.topic_name,
        "DisplayName": route.display_name,
    }
    if route.makes_key:
        key_id = logical_id("KeyOfTopic", route.key)
        _add_topic_key(stack, route, key_id, hears_events=hears_events)
        properties["KmsMasterKeyId"] = troposphere.Ref(key_id)
    elif route.kms_key is not None:
        properties["KmsMasterKeyId"] = stack.text(route.kms_key)
    stack.add(
        sns.Topic(topic_id, **properties), route.place, tags=route.tags, extra=route.properties
    )
    policy = sns.TopicPolicy(
        logical_id("PolicyOfTopic", route.key),
        Topics=[troposphere.Ref(topic_id)],
        PolicyDocument=_topic_policy(stack, topic_id, hears_events=hears_events),
    )
    stack.add(policy, route.place)
    for subscription in route.subscriptions:
        _add_subscription(stack, route, topic_id, subscription)


def add_function_permissions(stack: Stack, route: Route) -> None:
    """Let the topics of a route call its functions.

    A permission lives beside its function; one in a Region without a stack is left to its owner.
    """
    for subscription in route.subscriptions:
        if subscription.protocol != "lambda":
            continue
        home = stack.monitoring.environment.region
        if (region_in_arn(subscription.endpoint) or home) != stack.region:
            continue
        for region in route.regions:
            source = f"arn:${{AWS::Partition}}:sns:{region}:${{AWS::AccountId}}:{route.topic_name}"
            permission = awslambda.Permission(
                compound_id("Permission", route.key, show_text(subscription.endpoint), region),
                Action="lambda:InvokeFunction",
                FunctionName=stack.text(subscription.endpoint),
                Principal="sns.amazonaws.com",
                SourceArn=troposphere.Sub(source),
            )
            stack.add(permission, route.place)


def _ops_item(stack: Stack, item: OpsItem) -> Any:  # noqa: ANN401
    """An action that opens an OpsItem.

    Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html (read 2026-11-24)
    """
    category = f"#CATEGORY={_OPS_CATEGORIES[item.category]}" if item.category else ""
    return troposphere.Sub(
        f"arn:${{AWS::Partition}}:ssm:{stack.region}:${{AWS::AccountId}}:opsitem:{item.severity}{category}"
    )


def _topic_policy(stack: Stack, topic_id: str, *, hears_events: bool) -> dict[str, Any]:
    """CloudWatch alarms, and EventBridge rules where they are routed here, of this account alone.

    Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
    and https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html (read 2026-11-24)
    """
    sources = [("AlarmsMayPublish", "cloudwatch.amazonaws.com", "cloudwatch", "alarm:*")]
    if hears_events:
        sources.append(("EventsMayPublish", "events.amazonaws.com", "events", "rule/*"))
    return {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": sid,
                "Effect": "Allow",
                "Principal": {"Service": principal},
                "Action": "sns:Publish",
                "Resource": {"Ref": topic_id},
                "Condition": {
                    "StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}},
                    "ArnLike": {
                        "aws:SourceArn": {
                            "Fn::Sub": f"arn:${{AWS::Partition}}:{service}:{stack.region}:${{AWS::AccountId}}:{what}"
                        }
                    },
                },
            }
            for sid, principal, service, what in sources
        ],
    }


def _add_topic_key(stack: Stack, route: Route, key_id: str, *, hears_events: bool) -> None:
    """A key that CloudWatch, and EventBridge where it publishes, may use: they cannot use `alias/aws/sns`.

    Source: https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html (read 2026-11-24); it also
    says that a key policy for EventBridge takes no conditions on the source.
    """
    publishers = ["cloudwatch.amazonaws.com", *(["events.amazonaws.com"] if hears_events else [])]
    stack.add(
        kms.Key(
            key_id,
            Description=f"Encrypts the topic {route.topic_name}",
            EnableKeyRotation=True,
            KeyPolicy={
                "Version": "2012-10-17",
                "Statement": [
                    owner_statement(),
                    {
                        "Sid": "PublishersMayEncrypt",
                        "Effect": "Allow",
                        "Principal": {"Service": publishers},
                        "Action": ["kms:Decrypt", "kms:GenerateDataKey*"],
                        "Resource": "*",
                    },
                ],
            },
        ),
        route.place,
        tags=route.tags,
    )


def owner_statement() -> dict[str, Any]:
    """The account itself keeps control of a key through its IAM policies."""
    return {
        "Sid": "AccountMayManage",
        "Effect": "Allow",
        "Principal": {"AWS": {"Fn::Sub": "arn:${AWS::Partition}:iam::${AWS::AccountId}:root"}},
        "Action": "kms:*",
        "Resource": "*",
    }


def _add_subscription(
    stack: Stack, route: Route, topic_id: str, subscription: Subscription
) -> None:
    name = compound_id("Subscription", route.key, show_text(subscription.endpoint))
    resource = sns.SubscriptionResource(
        name,
        TopicArn=troposphere.Ref(topic_id),
        Protocol=subscription.protocol,
        Endpoint=stack.text(subscription.endpoint),
    )
    stack.add(resource, route.place)

"""EventBridge rules."""

from __future__ import annotations

from typing import Any

from troposphere import events

from watchspec.emit.logical_ids import logical_id
from watchspec.emit.routing import keep_unique, topic_of
from watchspec.emit.stack import Stack
from watchspec.model.alarms import EventRule
from watchspec.model.input_templates import write_input_template


def add_event(stack: Stack, rule: EventRule) -> None:
    """Add an event rule with one target for each route."""
    routes = {route.key: route for route in stack.monitoring.routes}
    topics = {key: topic_of(stack, routes[key]) for key in rule.routes}
    heard = keep_unique([topic for topic in topics.values() if topic is not None])
    targets = [
        _make_target(stack, rule, key, topic)
        for key, topic in topics.items()
        if any(topic is one for one in heard)
    ]
    properties: dict[str, Any] = {"Name": rule.name, "Description": rule.description}
    if rule.bus != "default":
        properties["EventBusName"] = stack.text(rule.bus)
    if rule.pattern is not None:
        properties["EventPattern"] = stack.data(rule.pattern)
    if rule.schedule is not None:
        properties["ScheduleExpression"] = rule.schedule
    properties["State"] = "ENABLED" if rule.is_enabled else "DISABLED"
    if targets:
        properties["Targets"] = targets
    resource = events.Rule(logical_id("Event", rule.key), **properties)
    stack.add(resource, rule.place, tags=rule.tags, extra=rule.properties)


def _make_target(stack: Stack, rule: EventRule, key: str, topic: object) -> Any:  # noqa: ANN401
    target = events.Target(Id=key, Arn=topic)
    if rule.lines:
        for line in rule.lines:
            stack.quote(line)
        template = stack.text(write_input_template(rule.lines))
        inputs = {"InputPathsMap": dict(rule.inputs)} if rule.inputs else {}
        target.InputTransformer = events.InputTransformer(**inputs, InputTemplate=template)
    if rule.dead_letter_queue is not None:
        target.DeadLetterConfig = events.DeadLetterConfig(Arn=stack.text(rule.dead_letter_queue))
    return target

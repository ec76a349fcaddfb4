"""EventBridge rules."""

from __future__ import annotations

import json
from typing import Any

from troposphere import events

from watchspec.emit.logical_ids import logical_id
from watchspec.emit.routing import keep_unique, topic_of
from watchspec.emit.stack import Stack
from watchspec.model.alarms import EventRule
from watchspec.model.text import Deferred, Text, join_text


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
        template = stack.text(_make_template(rule.lines))
        inputs = {"InputPathsMap": dict(rule.inputs)} if rule.inputs else {}
        target.InputTransformer = events.InputTransformer(**inputs, InputTemplate=template)
    if rule.dead_letter_queue is not None:
        target.DeadLetterConfig = events.DeadLetterConfig(Arn=stack.text(rule.dead_letter_queue))
    return target


def _make_template(lines: tuple[Text, ...]) -> Text:
    """A text of several lines: EventBridge wants each as a quoted string of its own.

    Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html (read 2026-11-24)
    """
    pieces: list[Text] = []
    for line in lines:
        for part in _split_lines(line):
            if pieces:
                pieces.append("\n")
            pieces.extend(('"', _quote(part), '"'))
    return join_text(*pieces)


def _split_lines(text: Text) -> list[Text]:
    if isinstance(text, str):
        return list(text.split("\n"))
    lines: list[Text] = [""]
    for part in text.parts:
        if not isinstance(part, str):
            lines[-1] = join_text(lines[-1], part)
            continue
        first, *rest = part.split("\n")
        lines[-1] = join_text(lines[-1], first)
        lines.extend(rest)
    return lines


def _quote(text: Text) -> Text:
    if isinstance(text, str):
        return json.dumps(text, ensure_ascii=False)[1:-1]
    return Deferred(tuple(_quote(part) if isinstance(part, str) else part for part in text.parts))  # type: ignore[misc]  # a quoted string stays a string

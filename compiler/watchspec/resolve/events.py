"""Event rules: known events and patterns of one's own, with readable messages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from watchspec.catalog.events import KNOWN_EVENTS, KnownEvent
from watchspec.diagnostics import Location
from watchspec.model.alarms import EventRule, SeverityWord
from watchspec.model.routing import Route
from watchspec.model.source import Map
from watchspec.model.text import Pseudo, Text, join_text
from watchspec.resolve.alarms import read_routes, read_runbook
from watchspec.resolve.context import Context, mapping, pairs, section
from watchspec.resolve.names import EVENT_RULE, name_thing, title_of
from watchspec.resolve.words import say_runbook


def resolve_events(
    context: Context, routes: Mapping[str, Route], root: Map
) -> tuple[EventRule, ...]:
    """The event rules of the environment, in the author's order."""
    return tuple(
        _read_event(context, key, node, place, routes)
        for key, node, place in section(root, "events")
    )


def _read_event(
    context: Context, key: str, node: Map, place: Location, routes: Mapping[str, Route]
) -> EventRule:
    known = KNOWN_EVENTS.get(context.read_word(node, "event"))
    owner = context.read_word(node, "owner") or context.owner
    description = context.read_word(node, "description").strip()
    title = known.title if known is not None else title_of(key)
    inputs, lines = _read_message(context, node, known)
    severity = cast("SeverityWord", context.read_word(node, "severity"))
    runbook = read_runbook(context, node)
    name = name_thing(context, EVENT_RULE, key, node, place)
    if lines:
        facts = f"{name}. Severity: {severity}." + (f" Owner: {owner}." if owner else "")
        said = [description] if description else []
        lines = (facts, *lines, *said, *say_runbook(runbook, ()))
    return EventRule(
        key=key,
        name=name,
        severity=severity,
        owner=owner,
        description=description or title,
        pattern=_read_pattern(context, node, known),
        schedule=context.read_word(node, "schedule") or None,
        bus=context.read_text(node, "bus") or "default",
        inputs=inputs,
        lines=lines,
        routes=read_routes(context, node, routes),
        is_enabled=context.read_flag(node, "enabled", default=True),
        dead_letter_queue=context.read_text(node, "dead_letter_queue"),
        runbook=runbook,
        tags=context.read_tags(node),
        properties=context.read_properties(node),
        source=node,
        place=place,
    )


def _read_message(
    context: Context, node: Map, known: KnownEvent | None
) -> tuple[tuple[tuple[str, str], ...], tuple[Text, ...]]:
    message = mapping(node, "message")
    if message is not None:
        values = pairs(message, "values")
        lines = str(message["text"]).strip().split("\n")
        return (
            tuple(sorted((name, str(path)) for name, path in values.items())),
            tuple(context.text(line) for line in lines),
        )
    if known is None:
        return (), ()
    used = {
        name: path for name, path in known.inputs.items() if f"<{name}>" in "\n".join(known.lines)
    }
    return tuple(sorted(used.items())), known.lines


def _read_pattern(context: Context, node: Map, known: KnownEvent | None) -> object | None:
    if known is None:
        pattern = mapping(node, "pattern")
        return None if pattern is None else context.data(pattern)
    where = mapping(node, "where")
    cluster = None if where is None else context.read_text(where, "cluster")
    service = None if where is None else context.read_text(where, "service")
    pattern_data = dict(known.pattern)
    detail = dict(pattern_data["detail"])
    if "group" in detail:
        if cluster is not None:
            detail["clusterArn"] = [_ecs_arn(context, "cluster/", cluster)]
        if service is not None:
            detail["group"] = [join_text("service:", service)]
        pattern_data["detail"] = detail
    elif cluster is not None or service is not None:
        scope = join_text(
            "service/", cluster or "", "/" if cluster is not None else "", service or ""
        )
        arn = _ecs_arn(context, "", scope)
        pattern_data["resources"] = [arn if service is not None else {"prefix": arn}]
    return pattern_data


def _ecs_arn(context: Context, prefix: str, name: Text) -> Text:
    region = context.environment.region
    return join_text(
        "arn:", Pseudo.PARTITION, f":ecs:{region}:", Pseudo.ACCOUNT, f":{prefix}", name
    )

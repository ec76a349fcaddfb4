"""Event rules: known events and patterns of one's own, with readable messages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import cast

from watchspec.catalog.events import KNOWN_EVENTS, KnownEvent
from watchspec.diagnostics import Location, suggest_name
from watchspec.model.alarms import EventRule, Runbook, SeverityWord
from watchspec.model.routing import Route
from watchspec.model.source import Map
from watchspec.model.text import Pseudo, Text, join_text
from watchspec.resolve import rules
from watchspec.resolve.alarms import read_routes, read_runbook
from watchspec.resolve.context import Context, items, mapping, section
from watchspec.resolve.names import EVENT_RULE, name_thing, title_of
from watchspec.resolve.words import say_runbook

_VARIABLE = re.compile(r"<([A-Za-z][A-Za-z0-9_.-]*)>")


def resolve_events(
    context: Context, routes: Mapping[str, Route], root: Map
) -> tuple[EventRule, ...]:
    """The event rules of the environment by key."""
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
    lines = lines or ((f"{title}.",) if runbook != Runbook("", (), ()) else ())
    if lines:
        facts = f"{name}. Severity: {severity}." + (f" Owner: {owner}." if owner else "")
        said = [description] if description else []
        lines = (facts, *lines, *said, *say_runbook(runbook, ()))
        inputs = _choose_inputs(known, inputs, lines)
        _check_variables(context, node, inputs)
    return EventRule(
        key=key,
        name=name,
        severity=severity,
        owner=owner,
        description=description or title,
        pattern=_read_pattern(context, node, known),
        schedule=context.read_word(node, "schedule") or None,
        bus=context.read_text(node, "bus") or "default",
        inputs=tuple(sorted(inputs.items())),
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
) -> tuple[dict[str, str], tuple[Text, ...]]:
    """The paths of the author's own values, and the lines of the message."""
    message = mapping(node, "message")
    if message is None:
        return {}, known.lines if known is not None else ()
    values = mapping(message, "values")
    paths = {
        name: context.settle(str(path), place)
        for name, path, _, place in (values.entries() if values is not None else ())
    }
    lines = str(message["text"]).strip().split("\n")
    return paths, tuple(context.text(line) for line in lines)


def _choose_inputs(
    known: KnownEvent | None, own: dict[str, str], lines: tuple[Text, ...]
) -> dict[str, str]:
    """The author's own values and those of the known event that are told of."""
    told = {name for line in lines for name in _VARIABLE.findall(_plain(line))}
    offered = known.inputs.items() if known is not None else ()
    return {name: path for name, path in offered if name in told} | own


def _check_variables(context: Context, node: Map, inputs: dict[str, str]) -> None:
    """Report `<name>` that nothing stands for: EventBridge would refuse the whole rule."""
    for text, place in _texts_of(node):
        for name in dict.fromkeys(_VARIABLE.findall(_plain(context.text(text)))):
            if name not in inputs and not name.startswith("aws.events."):
                message = f"<{name}> in the message stands for nothing"
                help_text = "give it a path under values, or write [name] if it is only text"
                hint = suggest_name(name, inputs)
                context.found.error(
                    rules.UNKNOWN_VARIABLE, message, place, hint=hint, help=help_text
                )


def _texts_of(node: Map) -> Iterator[tuple[str, Location]]:
    """The author's own texts that become part of the message of an event."""
    runbook = mapping(node, "runbook")
    for part, key in (
        (mapping(node, "message"), "text"),
        (node, "description"),
        (runbook, "impact"),
    ):
        if part is not None and key in part:
            yield str(part[key]), part.place(key)
    if runbook is not None:
        for step, place in items(runbook, "steps"):
            yield str(step), place
        links = mapping(runbook, "links")
        for title, url, _, place in links.entries() if links is not None else ():
            yield f"{title}: {url}", place


def _plain(text: Text) -> str:
    """A text without the values that only the deployment knows."""
    parts = (text,) if isinstance(text, str) else text.parts
    return "".join(part for part in parts if isinstance(part, str))


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
        if cluster is None:
            # The ARN of a service holds its cluster, which may be any.
            pattern_data["resources"] = [{"suffix": join_text("/", service or "")}]
    return pattern_data


def _ecs_arn(context: Context, prefix: str, name: Text) -> Text:
    region = context.environment.region
    return join_text(
        "arn:", Pseudo.PARTITION, f":ecs:{region}:", Pseudo.ACCOUNT, f":{prefix}", name
    )

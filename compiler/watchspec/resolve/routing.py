"""Who hears of it: routes and deploy-time parameters."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace

from watchspec.diagnostics import Location, suggest_name
from watchspec.model.alarms import Alarm, EventRule
from watchspec.model.routing import (
    NAMED_PATTERNS,
    PATTERN_WORDS,
    OpsItem,
    Parameter,
    Protocol,
    Route,
    Subscription,
)
from watchspec.model.source import Map
from watchspec.model.text import Deferred, ParameterRef, Text, region_in_arn
from watchspec.resolve import rules
from watchspec.resolve.context import Context, items, mapping, number, section
from watchspec.resolve.names import TOPIC, name_thing

_ENDPOINTS: dict[Protocol, tuple[re.Pattern[str], str]] = {
    "email": (
        re.compile(NAMED_PATTERNS["email"]),
        "an e-mail address such as ops@example.com",
    ),
    "sms": (
        re.compile(r"\+[1-9][0-9]{6,14}"),
        "a phone number with country code such as +4915112345678",
    ),
    "https": (re.compile(r"https://[^\s]+"), "an address that begins with https://"),
    "lambda": (
        re.compile(r"arn:[a-z-]+:lambda:[^:\s]+:[^:\s]+:function:[^\s]+"),
        "the ARN of a Lambda function",
    ),
}
_KINDS: dict[Protocol, str] = {
    "email": "Email",
    "sms": "Phone",
    "https": "Webhook",
    "lambda": "Function",
}
_DISPLAY_CHARACTERS = 100
"""Source: https://docs.aws.amazon.com/sns/latest/api/API_SetTopicAttributes.html (read 2026-11-24)"""
_ADDRESSES: frozenset[Protocol] = frozenset({"email", "sms"})
_TOPIC_ARN = re.compile(r"arn:[a-z-]+:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,256}(?:\.fifo)?")
_KEPT_OUT: frozenset[Protocol] = frozenset({"email", "sms", "https"})
"""Endpoints that are personal data or secrets: a template only ever holds a parameter for them."""


def resolve_parameters(context: Context, root: Map) -> dict[str, Parameter]:
    """The parameters the spec declares, with what this environment gives them."""
    environments = mapping(root, "environments")
    here = mapping(environments, context.environment.name) if environments is not None else None
    given = mapping(here, "parameters") if here is not None else None
    declared = dict.fromkeys(name for name, _, _ in section(root, "parameters"))
    for name, _, place, _ in given.entries() if given is not None else ():
        if name not in declared:
            message = f'there is no parameter "{name}"'
            hint = suggest_name(name, declared)
            context.found.error(rules.UNKNOWN_PARAMETER, message, place, hint=hint)
    parameters = {}
    for name, node, place in section(root, "parameters"):
        value = None if given is None or name not in given else context.read_word(given, name)
        parameter = _read_parameter(context, name, node, place, value)
        if given is not None and value is not None:
            check_value(context, parameter, value, given.place(name))
        if parameter.default is not None:
            check_value(context, parameter, parameter.default, node.place("default"))
        parameters[name] = parameter
    return parameters


def resolve_routes(
    context: Context, root: Map, parameters: dict[str, Parameter]
) -> dict[str, Route]:
    """The routes by name; endpoints that no template may hold are added to `parameters`."""
    return {
        key: _read_route(context, key, node, place, parameters)
        for key, node, place in section(root, "notify")
    }


def place_topics(
    context: Context,
    routes: Mapping[str, Route],
    alarms: tuple[Alarm, ...],
    events: tuple[EventRule, ...],
) -> tuple[Route, ...]:
    """The routes with the Regions in which somebody publishes to them."""
    home = context.environment.region
    heard: dict[str, set[str]] = {key: set() for key in routes}
    for alarm in alarms:
        for key in alarm.routes:
            heard[key].add(alarm.region)
    for event in events:
        for key in event.routes:
            heard[key].add(home)
    return tuple(
        replace(route, regions=tuple(sorted(heard[key] or {home}))) for key, route in routes.items()
    )


def check_topics(context: Context, routes: Mapping[str, Route], alarms: tuple[Alarm, ...]) -> None:
    """Report alarms in a Region for which a route names no existing topic."""
    for alarm in alarms:
        for key in alarm.routes:
            topics = dict(routes[key].existing_topics)
            home = context.environment.region
            region = region_in_arn(topics[""]) or home if "" in topics else None
            if not topics or alarm.region in topics or alarm.region == region:
                continue
            message = f'"{key}" has no topic in {alarm.region}, where "{alarm.key}" lives'
            help_text = f"give topics by Region:  topic: {{{alarm.region}: …}}"
            place = routes[key].source.place("topic")
            context.found.error(rules.NO_TOPIC_IN_REGION, message, place, help=help_text)


def check_event_topics(
    context: Context, routes: Mapping[str, Route], events: tuple[EventRule, ...]
) -> None:
    """Report events whose route has no topic to send them to."""
    region = context.environment.region
    for event in events:
        for key in event.routes:
            route = routes[key]
            topics = dict(route.existing_topics)
            if route.makes_topic or region in topics or "" in topics:
                continue
            message = f'"{key}" has no topic in {region} for the event "{event.key}"'
            help_text = "give the route email, sms, https, lambda or topic"
            context.found.error(rules.NO_TOPIC_FOR_EVENT, message, event.place, help=help_text)


def _read_parameter(
    context: Context, name: str, node: Map, place: Location, given: str | None
) -> Parameter:
    pattern = context.read_word(node, "pattern") or None
    return Parameter(
        name=name,
        description=context.read_word(node, "description"),
        default=context.read_word(node, "default") if "default" in node else None,
        given=given,
        pattern=NAMED_PATTERNS.get(pattern or "", pattern),
        allowed=tuple(context.settle(str(one), at) for one, at in items(node, "allowed")),
        max_length=number(node, "max_length", 0) or None,
        is_secret=context.read_flag(node, "secret", default=False),
        ssm_path=context.read_word(node, "ssm") or None,
        export=context.read_text(node, "export"),
        place=place,
    )


def check_value(context: Context, parameter: Parameter, value: str, place: Location) -> None:
    """The checks CloudFormation would make, but for the author's own patterns."""
    shown = "the value" if parameter.is_secret else f'"{value}"'
    if parameter.allowed and value not in parameter.allowed:
        message = f'{shown} is not allowed for "{parameter.name}"'
        hint = suggest_name(value, parameter.allowed)
        help_text = f"one of: {', '.join(parameter.allowed)}"
        context.found.error(rules.BAD_PARAMETER, message, place, hint=hint, help=help_text)
    elif parameter.max_length is not None and len(value) > parameter.max_length:
        message = f"{shown} has {len(value)} characters; {parameter.max_length} are the most"
        context.found.error(rules.BAD_PARAMETER, message, place)
    elif parameter.pattern is not None and _is_refused(parameter.pattern, value):
        message = f"{shown} is not {PATTERN_WORDS[parameter.pattern]}"
        context.found.error(rules.BAD_PARAMETER, message, place)


def _read_route(
    context: Context, key: str, node: Map, place: Location, parameters: dict[str, Parameter]
) -> Route:
    subscriptions: list[Subscription] = []
    for protocol in _ENDPOINTS:
        for value, value_place in items(node, protocol):
            endpoint = _read_endpoint(context, protocol, str(value), value_place, parameters)
            if endpoint is None:
                continue
            if any(one.endpoint == endpoint for one in subscriptions):
                message = "this is given to the route twice"
                context.found.error(rules.BAD_ENDPOINT, message, value_place, help="remove it here")
                continue
            subscriptions.append(Subscription(protocol, endpoint))
    topics = _read_topics(context, node)
    ops_item = mapping(node, "ops_item")
    actions = context.read_texts(node, "actions")
    if subscriptions and topics:
        message = f'"{key}" has endpoints of its own and an existing topic'
        help_text = "subscribe the endpoints to the existing topic, or make a second route"
        context.found.error(rules.NO_TARGET, message, node.key_place("topic"), help=help_text)
    wants_endpoint = any(protocol in node for protocol in _ENDPOINTS)
    if not (subscriptions or topics or ops_item or actions or wants_endpoint):
        help_text = "add email, sms, https, lambda, topic, ops_item or actions"
        context.found.error(rules.NO_TARGET, f'"{key}" leads nowhere', place, help=help_text)
    key_given = context.read_text(node, "kms_key")
    name = name_thing(context, TOPIC, f"{context.service}-{key}", node, place)
    return Route(
        key=key,
        topic_name=name,
        display_name=context.read_word(node, "display_name") or name[:_DISPLAY_CHARACTERS],
        subscriptions=tuple(subscriptions),
        existing_topics=topics,
        ops_item=None if ops_item is None else _read_ops_item(context, ops_item),
        actions=actions,
        on_recovery=context.read_flag(node, "on_recovery", default=False),
        on_missing_data=context.read_flag(node, "on_missing_data", default=False),
        kms_key=None if key_given == "create" else key_given,
        makes_key=key_given == "create",
        tags=context.read_tags(node),
        properties=context.read_properties(node),
        source=node,
        place=place,
    )


def _read_topics(context: Context, node: Map) -> tuple[tuple[str, Text], ...]:
    """The existing topics by Region, "" where none is said; a finding for what is no ARN."""
    by_region = mapping(node, "topic")
    if by_region is not None:
        return tuple((region, _read_topic(context, by_region, region)) for region in by_region)
    return (("", _read_topic(context, node, "topic")),) if "topic" in node else ()


def _read_topic(context: Context, node: Map, key: str) -> Text:
    topic = context.text(str(node[key]))
    if isinstance(topic, str) and not _TOPIC_ARN.fullmatch(topic):
        help_text = "such as arn:aws:sns:eu-west-1:111122223333:alerts"
        message = "this is not the ARN of a topic"
        context.found.error(rules.BAD_ENDPOINT, message, node.place(key), help=help_text)
    return topic


def _read_ops_item(context: Context, node: Map) -> OpsItem:
    return OpsItem(number(node, "severity", 4), context.read_word(node, "category") or None)


def _read_endpoint(
    context: Context,
    protocol: Protocol,
    written: str,
    place: Location,
    parameters: dict[str, Parameter],
) -> Text | None:
    """An endpoint; a literal one that no template may hold becomes a parameter with that value."""
    text = context.text(written)
    if isinstance(text, Deferred):
        if protocol in _ADDRESSES and len(text.parts) > 1:
            message = "an address that is partly known would stand in the template"
            help_text = "make the whole address a parameter"
            context.found.error(rules.BAD_ENDPOINT, message, place, help=help_text)
        return text
    pattern, words = _ENDPOINTS[protocol]
    if not pattern.fullmatch(text):
        context.found.error(rules.BAD_ENDPOINT, f"this is not {words}", place)
        return None
    if protocol not in _KEPT_OUT:
        return text
    name = f"{_KINDS[protocol].lower()}_{_digest(text)}"
    parameters[name] = Parameter(
        name=name,
        description=f"{_KINDS[protocol]} notified by a route of the spec",
        default=None,
        given=text,
        pattern=None,
        allowed=(),
        max_length=None,
        is_secret=True,
        ssm_path=None,
        export=None,
        place=place,
    )
    return Deferred((ParameterRef(name),))


def _digest(endpoint: str) -> str:
    """Eight letters for an endpoint, so that a parameter is named after it and not after its place.

    Adding an endpoint must not replace the subscription of another: it would have to be confirmed again.
    """
    digest = hashlib.sha256(endpoint.encode()).hexdigest()[:8]
    return "".join(chr(ord("a") + int(digit, 16)) for digit in digest)


def _is_refused(pattern: str, value: str) -> bool:
    """Whether a value does not match one of the named patterns; an author's own is left to AWS.

    Python would take too long over some patterns, and CloudFormation's are Java's.
    """
    return pattern in PATTERN_WORDS and re.fullmatch(pattern, value) is None

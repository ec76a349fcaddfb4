"""Stacks: which thing lives in which Region, and the template of each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from watchspec.catalog.console import dashboard_url
from watchspec.catalog.regions import GLOBAL_REGION
from watchspec.diagnostics import Findings, Outcome
from watchspec.emit import rules
from watchspec.emit.alarms import add_alarm, add_mute
from watchspec.emit.dashboards import add_dashboard
from watchspec.emit.events import add_event
from watchspec.emit.health import add_health_check
from watchspec.emit.limits import check_limits
from watchspec.emit.logical_ids import logical_id
from watchspec.emit.logs import add_filter, add_log_group, add_query
from watchspec.emit.routing import add_function_permissions, add_route
from watchspec.emit.stack import Stack
from watchspec.emit.yaml_text import write_yaml
from watchspec.model.monitoring import Monitoring
from watchspec.model.routing import PATTERN_WORDS, Parameter
from watchspec.model.template import StackParameter, Template

_HEADER = "# Made by watchspec from {spec}. Do not edit: change the spec and compile it again.\n"
_NO_QUOTES = r'[^"\\\n\r\t]*'
_QUOTES = re.compile(r'["\\\x00-\x1f]')
_DYNAMIC = re.compile(r"\{\{\s*resolve\s*:", re.IGNORECASE)


def emit_templates(monitoring: Monitoring, spec_name: str) -> Outcome[tuple[Template, ...]]:
    """The templates of an environment: its own Region first, then those it cannot do without.

    `spec_name` is the file name of the spec, for the first line of each template.
    """
    found = Findings()
    home = monitoring.environment.region
    elsewhere = {alarm.region for alarm in monitoring.alarms}
    if monitoring.health_checks:
        elsewhere.add(GLOBAL_REGION)
    regions = (home, *sorted(elsewhere - {home}))
    templates = []
    for region in regions:
        stack = Stack(monitoring, region, found)
        _fill(stack)
        if stack.resources:
            templates.append(_finish(stack, spec_name))
    if not templates:
        place = monitoring.source.key_place("service")
        message = f"there is nothing to deploy in {monitoring.environment.name}"
        found.warn(rules.EMPTY, message, place, help="add alarms, dashboards, logs or events")
    return Outcome(None if found.have_errors() else tuple(templates), tuple(found.items))


def _fill(stack: Stack) -> None:
    """Put into a stack what belongs into its Region."""
    _add_routes(stack)
    if stack.is_main:
        _add_sources(stack)
    monitoring = stack.monitoring
    for check in monitoring.health_checks if stack.region == GLOBAL_REGION else ():
        add_health_check(stack, check)
    for alarm in monitoring.alarms:
        if alarm.region == stack.region:
            add_alarm(stack, alarm)
    for mute in monitoring.mutes:
        if mute.region == stack.region:
            add_mute(stack, mute)
    if stack.is_main:
        _add_views(stack)
    _add_outputs(stack)


def _add_routes(stack: Stack) -> None:
    """The topics somebody in this Region publishes to, and the permissions of functions here."""
    hear_events = {route for rule in stack.monitoring.events for route in rule.routes}
    for route in stack.monitoring.routes:
        if stack.region in route.regions:
            add_route(stack, route, hears_events=stack.is_main and route.key in hear_events)
        add_function_permissions(stack, route)


def _add_sources(stack: Stack) -> None:
    """What alarms and dashboards of the environment's own Region rest on."""
    for log in stack.monitoring.log_groups:
        add_log_group(stack, log)
    for metric_filter in stack.monitoring.metric_filters:
        add_filter(stack, metric_filter)


def _add_views(stack: Stack) -> None:
    """What people look at and hear of, besides alarms."""
    monitoring = stack.monitoring
    for rule in monitoring.events:
        add_event(stack, rule)
    for query in monitoring.queries:
        add_query(stack, query)
    for dashboard in monitoring.dashboards:
        add_dashboard(stack, dashboard)


def _add_outputs(stack: Stack) -> None:
    monitoring = stack.monitoring
    for route in monitoring.routes:
        if route.makes_topic and stack.region in route.regions:
            name = logical_id("Topic", route.key)
            stack.add_output(f"{name}Arn", f"Topic of the route {route.key}", {"Ref": name})
    for dashboard in monitoring.dashboards if stack.is_main else ():
        name = logical_id("Dashboard", dashboard.key)
        url = dashboard_url(stack.region, dashboard.name)
        stack.add_output(f"{name}Url", f"Console page of the dashboard {dashboard.key}", url)


def _finish(stack: Stack, spec_name: str) -> Template:
    monitoring = stack.monitoring
    environment = monitoring.environment
    suffix = "" if stack.is_main else f"-{stack.region}"
    body: dict[str, Any] = {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Description": _describe(monitoring),
    }
    if stack.used:
        body["Parameters"] = {
            name: _write_parameter(parameter, is_quoted=name in stack.quoted)
            for name, parameter in sorted(stack.used.items())
        }
    body["Resources"] = stack.resources
    if stack.outputs:
        body["Outputs"] = stack.outputs
    stack.check_ids()
    _refuse_quotes(stack)
    _refuse_dynamic_references(stack)
    stack_name = f"{environment.name}-{monitoring.service}{suffix}"
    shown_name = "".join(one if one.isprintable() else "?" for one in spec_name)
    text = _HEADER.format(spec=shown_name) + write_yaml(body)
    check_limits(stack, stack_name, body, text)
    return Template(
        stack_name=stack_name,
        service=monitoring.service,
        environment=environment.name,
        region=stack.region,
        account=environment.account,
        spec_name=spec_name,
        text=text,
        parameters=tuple(
            _stack_parameter(name, parameter) for name, parameter in sorted(stack.used.items())
        ),
        tags=tuple((key, value) for key, value in monitoring.tags if isinstance(value, str)),
        origins=(
            *stack.origins.items(),
            *((("Parameters", name), one.place) for name, one in sorted(stack.used.items())),
        ),
        place=monitoring.source.key_place("service"),
    )


def _describe(monitoring: Monitoring) -> str:
    text = f"Monitoring of {monitoring.service} in {monitoring.environment.name}"
    if monitoring.description:
        text = f"{text}: {monitoring.description}"
    return text


def _write_parameter(parameter: Parameter, *, is_quoted: bool) -> dict[str, Any]:
    """A parameter; `is_quoted` says that its value is put into JSON, which a quote would break."""
    if parameter.ssm_path is not None:
        written: dict[str, Any] = {
            "Type": "AWS::SSM::Parameter::Value<String>",
            "Default": parameter.ssm_path,
        }
    else:
        written = {"Type": "String"}
        if parameter.default is not None:
            written["Default"] = parameter.default
    if parameter.description:
        written["Description"] = parameter.description
    if parameter.pattern is not None:
        written["AllowedPattern"] = parameter.pattern
    elif is_quoted and written["Type"] == "String" and not parameter.allowed:
        written["AllowedPattern"] = _NO_QUOTES
        written["ConstraintDescription"] = "must hold no quotes and no backslashes"
    if parameter.pattern in PATTERN_WORDS:
        written["ConstraintDescription"] = f"must be {PATTERN_WORDS[parameter.pattern]}"
    if parameter.allowed:
        written["AllowedValues"] = list(parameter.allowed)
    if parameter.max_length is not None:
        written["MaxLength"] = parameter.max_length
    if parameter.is_secret:
        written["NoEcho"] = True
    return written


def _refuse_quotes(stack: Stack) -> None:
    """Report values that would break the JSON they are put into."""
    for name in sorted(stack.quoted & stack.used.keys()):
        parameter = stack.used[name]
        values = (parameter.default, parameter.given, *parameter.allowed)
        if any(value is not None and _QUOTES.search(value) for value in values):
            message = (
                f'a value of "{parameter.name}" holds a quote, a backslash or a line end, '
                "but it is put into a dashboard or a message"
            )
            stack.found.error(rules.QUOTED_VALUE, message, parameter.place)


def _stack_parameter(name: str, parameter: Parameter) -> StackParameter:
    """What a deployment passes: what the environment gives, or the default, so nothing is reused."""
    value = (
        parameter.given if parameter.given is not None else parameter.ssm_path or parameter.default
    )
    return StackParameter(name, parameter.name, value, is_required=value is None)


def _refuse_dynamic_references(stack: Stack) -> None:
    """The last guard: texts that are harmless alone may make a dynamic reference together."""
    for name, resource in stack.resources.items():
        if any(_DYNAMIC.search(text) for text in _texts(resource)):
            message = "texts beside each other make a dynamic reference ({{resolve:…}})"
            stack.found.error(rules.DYNAMIC_REFERENCE, message, stack.origins[(name,)])


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)

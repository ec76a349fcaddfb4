"""The names a stack takes in an account, so that no two stacks take the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from watchspec.diagnostics import Location
from watchspec.model.estate import PhysicalName
from watchspec.model.monitoring import Monitoring
from watchspec.model.routing import Parameter
from watchspec.model.text import Deferred, ParameterRef, Text


def collect_names(monitoring: Monitoring) -> tuple[PhysicalName, ...]:
    """Every name that must be unique in an account and Region."""
    stack = f"{monitoring.environment.name}-{monitoring.service}"
    account = monitoring.environment.account or ""
    return tuple(
        PhysicalName(kind, name, account, region, place, stack)
        for kind, name, region, place in _names(monitoring)
    )


def _names(monitoring: Monitoring) -> Iterator[tuple[str, str, str, Location]]:
    """Kind, name, Region and place of everything with a name."""
    home = monitoring.environment.region
    place = monitoring.source.key_place("service")
    stack = f"{monitoring.environment.name}-{monitoring.service}"
    for region in sorted({home, *(alarm.region for alarm in monitoring.alarms)}):
        # Files are named after stacks, so the Region does not tell two of them apart.
        yield "stack", stack if region == home else f"{stack}-{region}", "", place
    for alarm in monitoring.alarms:
        yield "alarm", alarm.name, alarm.region, alarm.place
    for dashboard in monitoring.dashboards:
        # Dashboards are global: the same name in another Region is the same dashboard.
        yield "dashboard", dashboard.name, "", dashboard.place
    for route in monitoring.routes:
        for region in route.regions if route.makes_topic else ():
            yield "topic", route.topic_name, region, route.place
    for query in monitoring.queries:
        yield "saved query", query.name, home, query.place
    for mute in monitoring.mutes:
        yield "mute rule", mute.name, mute.region, mute.place
    yield from _deferred_names(monitoring)


def _deferred_names(monitoring: Monitoring) -> Iterator[tuple[str, str, str, Location]]:
    """The same of what may have deploy-time values in its name."""
    home = monitoring.environment.region
    parameters = {parameter.name: parameter for parameter in monitoring.parameters}
    for rule in monitoring.events:
        bus = _identify(monitoring, rule.bus, parameters)
        name = rule.name if bus == "default" else f"{bus}/{rule.name}"
        yield "event rule", name, home, rule.place
    groups = {}
    for log in monitoring.log_groups:
        groups[log.key] = _identify(monitoring, log.name, parameters)
        if log.is_made:
            yield "log group", groups[log.key], home, log.place
    for one in monitoring.metric_filters:
        yield "metric filter", f"{groups[one.log]}: {one.name}", home, one.place


def _identify(monitoring: Monitoring, text: Text, parameters: Mapping[str, Parameter]) -> str:
    """A text that is the same for two stacks only if their names are the same at deployment."""
    if not isinstance(text, Deferred):
        return text
    identity = ""
    for part in text.parts:
        if isinstance(part, ParameterRef):
            identity += _identify_parameter(monitoring, parameters[part.name], parameters)
        else:
            identity += part if isinstance(part, str) else f"<{part}>"
    return identity


def _identify_parameter(
    monitoring: Monitoring, parameter: Parameter, parameters: Mapping[str, Parameter]
) -> str:
    if parameter.given is not None:
        return parameter.given
    if parameter.ssm_path is not None:
        return f"<ssm {parameter.ssm_path}>"
    if parameter.export is not None:
        return f"<export {_identify(monitoring, parameter.export, parameters)}>"
    if parameter.default is not None:
        return parameter.default
    where = f"{monitoring.service} in {monitoring.environment.name}"
    return f"<{parameter.name} of {where}>"

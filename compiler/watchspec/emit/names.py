"""The names a stack takes in an account, so that no two stacks take the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from watchspec.model.monitoring import Monitoring
from watchspec.model.routing import Parameter
from watchspec.model.template import PhysicalName
from watchspec.model.text import Deferred, ParameterRef, Text


def collect_names(monitoring: Monitoring, regions: tuple[str, ...]) -> tuple[PhysicalName, ...]:
    """Every name that must be unique in an account and Region."""
    return tuple(_names(monitoring, regions))


def _names(monitoring: Monitoring, regions: tuple[str, ...]) -> Iterator[PhysicalName]:
    account = monitoring.environment.account or ""
    home = monitoring.environment.region
    parameters = {parameter.name: parameter for parameter in monitoring.parameters}
    for alarm in monitoring.alarms:
        yield PhysicalName("alarm", alarm.name, account, alarm.region, alarm.place)
    for dashboard in monitoring.dashboards:
        # Dashboards are global: the same name in another Region is the same dashboard.
        yield PhysicalName("dashboard", dashboard.name, account, "", dashboard.place)
    for route in monitoring.routes:
        for region in regions if route.makes_topic else ():
            yield PhysicalName("topic", route.topic_name, account, region, route.place)
    for rule in monitoring.events:
        bus = _identify(monitoring, rule.bus, parameters)
        name = rule.name if bus == "default" else f"{bus}/{rule.name}"
        yield PhysicalName("event rule", name, account, home, rule.place)
    for log in monitoring.log_groups:
        if log.is_made:
            name = _identify(monitoring, log.name, parameters)
            yield PhysicalName("log group", name, account, home, log.place)
    groups = {log.key: log for log in monitoring.log_groups}
    for one in monitoring.metric_filters:
        group = _identify(monitoring, groups[one.log].name, parameters)
        yield PhysicalName("metric filter", f"{group}: {one.name}", account, home, one.place)
    for query in monitoring.queries:
        yield PhysicalName("saved query", query.name, account, home, query.place)
    for mute in monitoring.mutes:
        yield PhysicalName("mute rule", mute.name, account, mute.region, mute.place)


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

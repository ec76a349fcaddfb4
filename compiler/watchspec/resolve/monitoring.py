"""One environment of one service, resolved from top to bottom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watchspec.catalog.regions import REGIONS, partition_of
from watchspec.diagnostics import Findings, Outcome, Severity, suggest_name
from watchspec.model.alarms import Alarm
from watchspec.model.monitoring import Environment, Monitoring
from watchspec.model.source import Map
from watchspec.model.text import Text
from watchspec.resolve import rules
from watchspec.resolve.alarms import (
    broken_alarms,
    describe_alarms,
    health_signals,
    resolve_alarms,
)
from watchspec.resolve.context import Context, mapping, section
from watchspec.resolve.dashboards import resolve_dashboards
from watchspec.resolve.events import resolve_events
from watchspec.resolve.health import resolve_health_checks
from watchspec.resolve.hygiene import check_hygiene
from watchspec.resolve.logs import resolve_filters, resolve_logs, resolve_queries
from watchspec.resolve.mutes import resolve_mutes
from watchspec.resolve.names import RESERVED_FOLDERS, STACK, check_name, check_pattern
from watchspec.resolve.routing import (
    check_event_topics,
    check_topics,
    place_topics,
    resolve_parameters,
    resolve_routes,
)
from watchspec.resolve.shelf import Shelf
from watchspec.resolve.signals import Signals

if TYPE_CHECKING:
    from watchspec.model.spec_tests import SpecTest

_NAMING_PATTERN = "${environment}-${name}"


def resolve_environment(root: Map) -> Outcome[Monitoring]:
    """All that a service has in the one environment its expanded tree is for."""
    found = Findings()
    check_hygiene(root, found)
    if found.have_errors():
        return Outcome(None, tuple(found.items))
    context = _open_context(root, found)
    parameters = resolve_parameters(context, root)
    routes = resolve_routes(context, root, parameters)
    signals = Signals(context, root)
    all_signals = signals.resolve_all()
    logs = resolve_logs(context, root)
    queries = resolve_queries(context, root, logs)
    alarms = resolve_alarms(context, signals, routes, root)
    _check_partitions(context, alarms)
    check_topics(context, routes, alarms)
    events = resolve_events(context, routes, root)
    check_event_topics(context, routes, events)
    broken = broken_alarms(alarms, root)
    by_key = {alarm.key: alarm for alarm in alarms}
    shelf = Shelf(context, signals, by_key, logs, queries, broken)
    dashboards = resolve_dashboards(shelf, root)
    filters = resolve_filters(context, root, logs)
    tests: tuple[SpecTest, ...] = ()
    if "tests" in root:
        from watchspec.resolve.spec_tests import resolve_tests  # noqa: PLC0415 - most specs have none
        from watchspec.resolve.stage import Stage  # noqa: PLC0415

        health = health_signals(alarms, root)
        stage = Stage(context, signals, by_key, broken, routes, logs, filters, parameters, health)
        tests = resolve_tests(stage, root)
    monitoring = Monitoring(
        service=context.service,
        description=context.read_word(root, "description"),
        owner=context.owner,
        environment=context.environment,
        tags=context.tags,
        parameters=tuple(parameters.values()),
        routes=place_topics(context, routes, alarms, events),
        signals=all_signals,
        log_groups=tuple(logs.values()),
        metric_filters=filters,
        alarms=describe_alarms(context, alarms, dashboards),
        events=events,
        queries=tuple(queries.values()),
        health_checks=resolve_health_checks(context, root),
        dashboards=dashboards,
        mutes=resolve_mutes(context, alarms, broken, root),
        tests=tests,
        source=root,
    )
    return Outcome(None if found.have_errors() else monitoring, tuple(found.items))


def _check_partitions(context: Context, alarms: tuple[Alarm, ...]) -> None:
    """Report alarms that would live where the credentials of the environment do not reach."""
    home = context.environment.region
    for alarm in alarms:
        if partition_of(alarm.region) != partition_of(home):
            message = f'"{alarm.key}" must live in {alarm.region}, which no account with {home} has'
            help_text = "limit it with  only  to environments of the other partition"
            context.found.error(rules.OTHER_PARTITION, message, alarm.place, help=help_text)


def _open_context(root: Map, found: Findings) -> Context:
    service = str(root["service"])
    name, node, place = next(section(root, "environments"))
    account = node.get("account")
    environment = Environment(name, str(node["region"]), str(account) if account else None)
    pattern = str(root.get("names", _NAMING_PATTERN))
    parameters = frozenset(parameter for parameter, _, _ in section(root, "parameters"))
    bare = Context(service, "", environment, pattern, "", (), parameters, found)
    owner = bare.read_word(root, "owner")
    check_pattern(pattern, root.place("names"), bare)
    check_name(bare, STACK, f"{name}-{service}", place)
    if name in RESERVED_FOLDERS:
        message = (
            f'"{name}" cannot be the name of an environment: Windows has no folder of that name'
        )
        found.error(rules.BAD_NAME, message, place, help="rename it")
    if environment.region not in REGIONS:
        message = f'"{environment.region}" is not a known Region'
        hint = suggest_name(environment.region, REGIONS)
        found.items.append(
            rules.UNKNOWN_REGION.find(Severity.WARNING, message, node.place("region"), hint=hint)
        )
    namespace = bare.read_word(root, "namespace") or f"{service}/{name}"
    tags: dict[str, Text] = {"environment": name, "service": service}
    if owner:
        tags["owner"] = owner
    for given in (mapping(root, "tags"), mapping(node, "tags")):
        tags.update({key: bare.text(str(value)) for key, value in (given or {}).items()})
    all_tags = tuple(sorted(tags.items()))
    return Context(service, owner, environment, pattern, namespace, all_tags, parameters, found)

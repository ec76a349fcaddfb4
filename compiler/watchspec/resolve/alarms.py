"""Alarms: conditions, routes, runbooks, and the words that go with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import cast

from watchspec.catalog.console import dashboard_url
from watchspec.catalog.regions import GLOBAL_REGION
from watchspec.catalog.silence import IGNORES_MISSING_DATA
from watchspec.diagnostics import Location, say_circle, suggest_name
from watchspec.model.alarms import (
    Alarm,
    Band,
    Combination,
    Condition,
    ExtraActions,
    MissingData,
    Runbook,
    SeverityWord,
    Threshold,
    Window,
)
from watchspec.model.dashboards import Dashboard
from watchspec.model.routing import Route
from watchspec.model.signals import MetricStat, Signal
from watchspec.model.source import Map
from watchspec.model.text import Deferred, ResourceRef, Text, join_text
from watchspec.resolve import rules
from watchspec.resolve.composites import resolve_combination
from watchspec.resolve.conditions import check_span, resolve_condition
from watchspec.resolve.context import Context, items, mapping, pairs, section, tidy
from watchspec.resolve.health import endpoint_of
from watchspec.resolve.names import ALARM, name_thing
from watchspec.resolve.quantities import read_duration
from watchspec.resolve.signals import Signals
from watchspec.resolve.words import join_lines, say_condition, say_runbook

_HEALTH_PERIOD_SECONDS = 60
_DEEPEST = 50
"""Alarms combined deeper than anybody can follow; AWS documents no limit."""


@dataclass(frozen=True, slots=True)
class _Draft:
    """An alarm as the author wrote it, with the name it gets; `check` is its health check."""

    node: Map
    place: Location
    name: str
    check: str | None = None
    endpoint: Text = ""

    @property
    def is_composite(self) -> bool:
        when = mapping(self.node, "when")
        return when is not None and any(key in when for key in ("rule", "any", "all"))


def resolve_alarms(
    context: Context, signals: Signals, routes: Mapping[str, Route], root: Map
) -> tuple[Alarm, ...]:
    """Every alarm of the environment, by key, health checks' alarms last."""
    alarms = _Alarms(context, signals, routes, root)
    made = [alarms.by_key(key) for key in alarms.drafts]
    return tuple(alarm for alarm in made if alarm is not None)


def broken_alarms(alarms: tuple[Alarm, ...], root: Map) -> frozenset[str]:
    """The keys of the alarms that could not be resolved."""
    keys = {key for key, _, _ in section(root, "alarms")}
    keys |= {_check_alarm_key(key) for key, _, _ in section(root, "health_checks")}
    return frozenset(keys - {alarm.key for alarm in alarms})


def health_signals(alarms: tuple[Alarm, ...], root: Map) -> dict[str, Signal | None]:
    """What the health checks measure, by key; None if the alarm could not be resolved."""
    watched = {alarm.key: alarm.signal for alarm in alarms}
    return {key: watched.get(_check_alarm_key(key)) for key, _, _ in section(root, "health_checks")}


class _Alarms:
    """The alarms of a spec, by key; each is resolved once, after those it combines."""

    def __init__(
        self, context: Context, signals: Signals, routes: Mapping[str, Route], root: Map
    ) -> None:
        self.context = context
        self.signals = signals
        self.routes = routes
        self.drafts = _draft_alarms(context, root)
        self.names = {key: draft.name for key, draft in self.drafts.items()}
        self.resolved: dict[str, Alarm | None] = {}
        self.open: list[str] = []

    def by_key(self, key: str) -> Alarm | None:
        """The alarm, or None with a finding."""
        problem = ""
        if key in self.open:
            problem = f"alarms are made of each other: {say_circle(self.open, key)}"
        elif len(self.open) == _DEEPEST:
            problem = f"alarms are combined more than {_DEEPEST} deep"
        if problem:
            self.context.found.error(rules.BAD_RULE, problem, self.drafts[key].place)
            return None
        if key not in self.resolved:
            self.open.append(key)
            self.resolved[key] = self._resolve(key, self.drafts[key])
            self.open.pop()
        return self.resolved[key]

    def _resolve(self, key: str, draft: _Draft) -> Alarm | None:
        condition: Condition | None
        region: str | None
        if draft.is_composite:
            condition = combination = resolve_combination(self.context, draft.node, self.names)
            region = None if combination is None else self._find_region(combination, draft)
        else:
            condition = simple = _resolve_simple(self.context, self.signals, key, draft)
            region = None if simple is None else simple.signal.region
        if condition is None or region is None:
            read_routes(self.context, draft.node, self.routes)
            return None
        return _complete_alarm(self.context, self.routes, key, draft, condition, region)

    def _find_region(self, condition: Combination, draft: _Draft) -> str | None:
        """The Region of a composite alarm, which is that of all it combines."""
        keys = list(condition.children)
        if condition.suppressor is not None:
            keys.append(condition.suppressor.alarm)
        members = [self.by_key(key) for key in keys]
        regions = {alarm.region for alarm in members if alarm is not None}
        if len(regions) > 1:
            message = f"its alarms live in {' and '.join(sorted(regions))}"
            help_text = "a composite alarm combines alarms of one Region"
            place = draft.node.place("when")
            self.context.found.error(rules.BAD_RULE, message, place, help=help_text)
        if len(regions) > 1 or None in members:
            return None
        return regions.pop() if regions else self.context.environment.region


def describe_alarms(
    context: Context, alarms: tuple[Alarm, ...], dashboards: tuple[Dashboard, ...]
) -> tuple[Alarm, ...]:
    """The alarms with their descriptions, which link to the dashboards that show their metrics."""
    watched = _watched_keys(alarms)
    return tuple(
        replace(alarm, description=_describe(context, alarm, watched[alarm.key], dashboards))
        for alarm in alarms
    )


def read_runbook(context: Context, node: Map) -> Runbook:
    """Impact, steps and links of an alarm or an event."""
    runbook = mapping(node, "runbook")
    if runbook is None:
        return Runbook("", (), ())
    links = pairs(runbook, "links")
    return Runbook(
        impact=context.text(tidy(str(runbook.get("impact", "")))),
        steps=tuple(context.text(tidy(str(step))) for step, _ in items(runbook, "steps")),
        links=tuple((title, context.text(str(url))) for title, url in links.items()),
    )


def _check_alarm_key(check: str) -> str:
    return f"{check}-unhealthy"


def _draft_alarms(context: Context, root: Map) -> dict[str, _Draft]:
    drafts = {}
    for key, node, place in section(root, "alarms"):
        drafts[key] = _Draft(node, place, name_thing(context, ALARM, key, node, place))
    for key, check, place in section(root, "health_checks"):
        alarm_node = check["alarm"]
        assert isinstance(alarm_node, Map)
        alarm = _check_alarm_key(key)
        if alarm in drafts:
            message = f'the alarm of health check "{key}" is named "{alarm}", and so is another'
            context.found.error(rules.BAD_NAME, message, place, help="rename one of them")
        name = name_thing(context, ALARM, alarm, alarm_node, place)
        drafts[alarm] = _Draft(
            alarm_node, place, name, check=key, endpoint=endpoint_of(context, check)
        )
    return drafts


def _resolve_simple(
    context: Context, signals: Signals, key: str, draft: _Draft
) -> Threshold | Band | None:
    if "suppressed_by" in draft.node:
        message = f'"{key}" is not a composite alarm, so nothing can suppress it'
        place = draft.node.key_place("suppressed_by")
        help_text = "use a mute rule, or a composite alarm around it"
        context.found.error(rules.ONLY_FOR_COMPOSITE, message, place, help=help_text)
    if draft.check is not None:
        return _health_condition(context, draft, draft.check)
    when = mapping(draft.node, "when")
    assert when is not None
    return resolve_condition(context, signals, when)


def _health_condition(context: Context, draft: _Draft, check: str) -> Threshold | None:
    """Route 53 says 1 for healthy and 0 for unhealthy, once a minute, in us-east-1.

    Source: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/monitoring-health-checks.html (read 2026-11-24)
    """
    dimension = Deferred((ResourceRef("health_check", check),))
    source = MetricStat(
        "AWS/Route53",
        "HealthCheckStatus",
        (("HealthCheckId", dimension),),
        "Minimum",
        _HEALTH_PERIOD_SECONDS,
        GLOBAL_REGION,
        written=draft.node,
    )
    title = join_text("health check of ", draft.endpoint)
    signal = Signal(None, frozenset(), title, source, None)
    seconds = read_duration(context, draft.node, "for", _HEALTH_PERIOD_SECONDS)
    if seconds is None:
        return None
    if seconds % _HEALTH_PERIOD_SECONDS:
        message = "a health check reports once a minute"
        help_text = "use whole minutes"
        place = draft.node.place("for")
        context.found.error(rules.BAD_WINDOW, message, place, help=help_text)
        return None
    periods = seconds // _HEALTH_PERIOD_SECONDS
    window = Window(periods, periods)
    if not check_span(context, window, signal, draft.node.place("for")):
        return None
    return Threshold(signal, "<", 1, "1", window)


def _complete_alarm(
    context: Context,
    routes: Mapping[str, Route],
    key: str,
    draft: _Draft,
    condition: Condition,
    region: str,
) -> Alarm:
    node = draft.node
    sentence = say_condition(condition, "failing" if draft.check is not None else "")
    return Alarm(
        key=key,
        name=draft.name,
        severity=cast("SeverityWord", context.read_word(node, "severity")),
        owner=context.read_word(node, "owner") or context.owner,
        condition=condition,
        region=region,
        sentence=sentence,
        description="",
        missing_data=_read_missing_data(
            context, node, condition, is_health=draft.check is not None
        ),
        routes=read_routes(context, node, routes),
        on_recovery=context.read_choice(node, "on_recovery"),
        on_missing_data=context.read_choice(node, "on_missing_data"),
        is_enabled=context.read_flag(node, "enabled", default=True),
        actions=_read_actions(context, node),
        runbook=read_runbook(context, node),
        tags=context.read_tags(node),
        properties=context.read_properties(node),
        source=node,
        place=draft.place,
    )


def _read_missing_data(
    context: Context, node: Map, condition: Condition, *, is_health: bool
) -> MissingData:
    given = context.read_word(node, "missing_data")
    if given and isinstance(condition, Combination):
        message = "a composite alarm has no data of its own that could be missing"
        help_text = "give missing_data to the alarms it combines"
        where = node.key_place("missing_data")
        context.found.error(rules.NO_DATA_OF_ITS_OWN, message, where, help=help_text)
    if given:
        return cast("MissingData", given)
    if is_health:
        return "breaching"
    source = None if isinstance(condition, Combination) else condition.signal.source
    if isinstance(source, MetricStat) and source.namespace == IGNORES_MISSING_DATA:
        return "ignore"
    return "missing"


def _read_actions(context: Context, node: Map) -> ExtraActions:
    actions = mapping(node, "actions")
    if actions is None:
        return ExtraActions()
    return ExtraActions(
        alarm=context.read_texts(actions, "alarm"),
        ok=context.read_texts(actions, "ok"),
        insufficient_data=context.read_texts(actions, "insufficient_data"),
        may_touch_instances=context.read_flag(node, "allow_instance_actions", default=False),
    )


def read_routes(context: Context, node: Map, routes: Mapping[str, Route]) -> tuple[str, ...]:
    """Who hears of an alarm or an event: the routes it names, or the one named after its severity."""
    if "notify" in node:
        wanted = [(str(name), place) for name, place in items(node, "notify")]
    else:
        severity = context.read_word(node, "severity")
        if severity == "info" and severity not in routes:
            return ()  # info is recorded; somebody hears of it only if the spec says who
        wanted = [(severity, node.place("severity"))]
    known = []
    for name, place in wanted:
        if name in routes:
            known.append(name)
            continue
        context.found.error(
            rules.UNKNOWN_ROUTE,
            f'there is no route "{name}"',
            place,
            hint=suggest_name(name, routes),
            help=f'add "{name}" to notify, or write  notify: []  if nobody should hear of it',
        )
    return tuple(dict.fromkeys(known))


def _watched_keys(alarms: tuple[Alarm, ...]) -> dict[str, frozenset[str]]:
    """The metrics each alarm watches, itself or through the alarms it combines."""
    by_key = {alarm.key: alarm for alarm in alarms}
    watched: dict[str, frozenset[str]] = {}

    def watch(alarm: Alarm) -> frozenset[str]:
        if alarm.key not in watched:
            if isinstance(alarm.condition, Combination):
                children = (by_key[key] for key in alarm.condition.children)
                keys = frozenset[str]().union(*map(watch, children))
            else:
                keys = alarm.condition.signal.keys
            watched[alarm.key] = keys
        return watched[alarm.key]

    for alarm in alarms:
        watch(alarm)
    return watched


def _describe(
    context: Context, alarm: Alarm, keys: frozenset[str], dashboards: tuple[Dashboard, ...]
) -> Text:
    """What CloudWatch stores and mails: the sentence, who looks after it, what to do, links."""
    head = join_text(alarm.sentence, ".")
    facts = f"Severity: {alarm.severity}." + (f" Owner: {alarm.owner}." if alarm.owner else "")
    written = alarm.source.get("description")
    lines: list[Text] = [head, facts]
    if isinstance(written, str):
        lines.append(context.text(tidy(written)))
    links: tuple[tuple[str, Text], ...] = ()
    for dashboard in dashboards:
        if keys & dashboard.metric_keys or alarm.key in dashboard.alarm_keys:
            links = (("Dashboard", dashboard_url(context.environment.region, dashboard.name)),)
            break
    return join_lines((*lines, *say_runbook(alarm.runbook, links)))

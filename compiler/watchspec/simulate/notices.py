"""What the changes of an alarm that it acts on tell, and to whom.

An Auto Scaling policy among the actions is told once here; AWS repeats it every minute for as long as
the state lasts.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-actions.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from watchspec.catalog.actions import is_for_alarm_only
from watchspec.model.alarms import Alarm
from watchspec.model.metric_ids import fill_text
from watchspec.model.routing import Route, says
from watchspec.model.text import Text, known_text
from watchspec.simulate.acting import Change
from watchspec.simulate.judging import State
from watchspec.simulate.options import Options

_PROPERTIES = {
    State.ALARM: "AlarmActions",
    State.OK: "OKActions",
    State.INSUFFICIENT_DATA: "InsufficientDataActions",
}


@dataclass(frozen=True, slots=True)
class Notice:
    """A route (by its key) or another action (by its ARN) is told that an alarm is in a state.

    An alarm on several series tells of each of them; `contributor` is its label.
    """

    time: int
    alarm: str
    state: State
    route: str
    contributor: str = ""


def send_notices(
    alarm: Alarm,
    acts: Iterable[Change],
    routes: Iterable[Route],
    options: Options,
    contributor: str = "",
) -> Iterator[Notice]:
    """Whom an alarm tells, and when; `acts` are the changes it acts on, its own or a contributor's."""
    if not alarm.is_enabled:
        return
    by_key = {route.key: route for route in routes}
    targets = {
        state: [
            *(key for key in alarm.routes if _hears(alarm, by_key[key], state)),
            *dict.fromkeys(fill_text(one, options.parameters) for one in _extra(alarm, state)),
        ]
        for state in State
    }
    for change in acts:
        for target in targets[change.state]:
            yield Notice(change.time, alarm.key, change.state, target, contributor)


def _hears(alarm: Alarm, route: Route, state: State) -> bool:
    """Whether a route has anything that is told of a state."""
    topics = dict(route.existing_topics)
    has_topic = route.makes_topic or not topics.keys().isdisjoint((alarm.region, ""))
    if state is State.ALARM:
        return has_topic or bool(route.actions) or route.ops_item is not None
    if state is State.OK:
        wants = says(alarm.on_recovery, default=route.on_recovery)
    else:
        wants = says(alarm.on_missing_data, default=route.on_missing_data)
    acts_often = any(not is_for_alarm_only(known_text(one) or "") for one in route.actions)
    return wants and (has_topic or acts_often)


def _extra(alarm: Alarm, state: State) -> Iterator[Text]:
    """Actions by ARN: those of the spec, and those among the author's own properties."""
    actions = alarm.actions
    yield from (actions.ok, actions.alarm, actions.insufficient_data)[state]
    for one in alarm.properties:
        if one.name == _PROPERTIES[state] and isinstance(one.value, list):
            yield from one.value

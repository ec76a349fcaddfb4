"""Mute rules: times in which alarms tell nobody."""

from __future__ import annotations

from watchspec.diagnostics import Location
from watchspec.model.alarms import Alarm, MuteRule
from watchspec.model.source import Map
from watchspec.resolve import rules
from watchspec.resolve.composites import check_alarm, name_alarms
from watchspec.resolve.context import Context, items, section
from watchspec.resolve.names import MUTE_RULE, name_thing
from watchspec.resolve.quantities import read_duration

_LONGEST_SECONDS = 15 * 86_400
"""Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-mute-rules.html (read 2026-11-24)"""
_MOST_ALARMS = 100
"""The CloudFormation schema says 500, so more is only a warning.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MuteTargets.html (read 2026-11-24)
"""
_MINUTE = 60


def resolve_mutes(
    context: Context, alarms: tuple[Alarm, ...], broken: frozenset[str], root: Map
) -> tuple[MuteRule, ...]:
    """The mute rules of the environment by key."""
    by_key = {alarm.key: alarm for alarm in alarms}
    mutes = (
        _read_mute(context, by_key, broken, key, node, place)
        for key, node, place in section(root, "mutes")
    )
    return tuple(mute for mute in mutes if mute is not None)


def _read_mute(
    context: Context,
    alarms: dict[str, Alarm],
    broken: frozenset[str],
    key: str,
    node: Map,
    place: Location,
) -> MuteRule | None:
    chosen = _choose_alarms(context, alarms, broken, node)
    regions = sorted({alarms[one].region for one in chosen})
    if len(regions) > 1 or (not regions and not broken):
        what = "silences no alarm" if not regions else f"silences alarms in {' and '.join(regions)}"
        help_text = "make one mute rule for each Region, each with a list of its alarms"
        where = node.place("alarms")
        context.found.error(
            rules.WRONG_PLACE, f'"{key}" {what}', where, help=help_text if regions else ""
        )
    where = node.place("duration")
    seconds = read_duration(context, node, "duration")
    if seconds is not None and (seconds % _MINUTE or seconds > _LONGEST_SECONDS):
        message = "a mute lasts whole minutes, fifteen days at the most"
        context.found.error(rules.BAD_QUANTITY, message, where)
    if len(chosen) > _MOST_ALARMS:
        message = f'"{key}" silences {len(chosen)} alarms; AWS documents {_MOST_ALARMS} as the most'
        help_text = "make several mute rules, each with a list of alarms"
        context.found.warn(rules.WRONG_PLACE, message, node.place("alarms"), help=help_text)
    if len(regions) != 1 or seconds is None or seconds % _MINUTE:
        return None
    return MuteRule(
        key=key,
        name=name_thing(context, MUTE_RULE, key, node, place),
        region=regions[0],
        reason=context.read_word(node, "reason").strip(),
        alarms=tuple(alarms[one].name for one in chosen),
        schedule=context.read_word(node, "schedule"),
        duration=_iso_duration(seconds),
        duration_seconds=seconds,
        timezone=context.read_word(node, "timezone", "UTC"),
        start=context.read_word(node, "start") or None,
        end=context.read_word(node, "end") or None,
        tags=context.read_tags(node),
        properties=context.read_properties(node),
        source=node,
        place=place,
    )


def _iso_duration(seconds: int) -> str:
    """A duration as ISO 8601 has it, in the largest unit that fits."""
    for size, form in ((86_400, "P{}D"), (3_600, "PT{}H"), (_MINUTE, "PT{}M")):
        if seconds % size == 0:
            return form.format(seconds // size)
    raise AssertionError(seconds)


def _choose_alarms(
    context: Context, alarms: dict[str, Alarm], broken: frozenset[str], node: Map
) -> tuple[str, ...]:
    """The alarms a rule silences, by key, without those that could not be resolved."""
    given = node["alarms"]
    if isinstance(given, str):
        return tuple(key for key, alarm in alarms.items() if given in {"all", alarm.severity})
    names = name_alarms(alarms.values(), broken)
    chosen = [
        str(name)
        for name, place in items(node, "alarms")
        if check_alarm(context, str(name), names, place)
    ]
    return tuple(key for key in dict.fromkeys(chosen) if key in alarms)

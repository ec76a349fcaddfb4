"""Composite alarms: rules over other alarms of the spec."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from watchspec.diagnostics import Location, suggest_name
from watchspec.languages import parse_alarm_rule
from watchspec.languages.parsing import Problem
from watchspec.model.alarm_rules import (
    AtLeast,
    Constant,
    Junction,
    Negation,
    RuleTerm,
    StateOf,
    states_in,
    walk_rule,
)
from watchspec.model.alarms import Alarm, Combination, Suppressor
from watchspec.model.source import Map, point_at
from watchspec.resolve import rules
from watchspec.resolve.context import Context, items
from watchspec.resolve.quantities import read_duration

_MINUTE = 60


def resolve_combination(
    context: Context, node: Map, names: Mapping[str, str]
) -> Combination | None:
    """The rule of a composite alarm, or None with findings; `names` gives alarm names by key."""
    when = node["when"]
    assert isinstance(when, Map)
    if "rule" in when:
        term, place = _read_rule(context, when), when.place("rule")
    else:
        key = "any" if "any" in when else "all"
        members = tuple(StateOf("ALARM", str(name), 0) for name, _ in items(when, key))
        term = (
            Junction("OR" if key == "any" else "AND", members) if len(members) > 1 else members[0]
        )
        place = when.place(key)
    if term is None:
        return None
    known = True
    for state in states_in(term):
        known = check_alarm(context, state.alarm, names, _place_of(when, state, place)) and known
    if not known:
        return None
    children = tuple(dict.fromkeys(state.alarm for state in states_in(term)))
    suppressor = _read_suppressor(context, node, names)
    return Combination(write_rule(term, names), term, children, _say(when, term), suppressor)


def check_alarm(context: Context, key: str, names: Mapping[str, str], place: Location) -> bool:
    """Whether the spec has an alarm of that name; if not, a finding says so."""
    if key in names:
        return True
    hint = suggest_name(key, names)
    message = f'there is no alarm "{key}"'
    help_text = "" if hint else "name an alarm of this spec as it is named here"
    context.found.error(rules.UNKNOWN_ALARM, message, place, hint=hint, help=help_text)
    return False


def name_alarms(alarms: Iterable[Alarm], broken: Iterable[str]) -> dict[str, str]:
    """The names of alarms by key; those that could not be resolved are known too."""
    return dict.fromkeys(broken, "") | {alarm.key: alarm.name for alarm in alarms}


def write_rule(term: RuleTerm, names: Mapping[str, str]) -> str:
    """The rule as CloudWatch takes it: names quoted, every junction in brackets.

    AWS documents no precedence among AND, OR and NOT, so none is relied upon.
    """
    match term:
        case StateOf():
            return f"{term.state}({_quote(names[term.alarm])})"
        case AtLeast():
            share = f"{term.count}%" if term.is_percent else str(term.count)
            state = f"NOT {term.members[0].state}" if term.is_negated else term.members[0].state
            members = ", ".join(_quote(names[member.alarm]) for member in term.members)
            return f"AT_LEAST({share}, {state}, ({members}))"
        case Negation():
            return f"NOT {_bracket(term.term, names)}"
        case Junction():
            return f" {term.word} ".join(_bracket(inner, names) for inner in term.terms)
        case Constant():
            return "TRUE" if term.value else "FALSE"


def _bracket(term: RuleTerm, names: Mapping[str, str]) -> str:
    text = write_rule(term, names)
    return f"({text})" if isinstance(term, Junction | Negation) else text


def _quote(name: str) -> str:
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _read_rule(context: Context, when: Map) -> RuleTerm | None:
    text = context.read_word(when, "rule")
    result = parse_alarm_rule(text)
    if isinstance(result, Problem):
        help_text = "combine ALARM(name), OK(name) and INSUFFICIENT_DATA(name) with AND, OR and NOT"
        place = point_at(when.place("rule"), text, result.offset, result.width)
        context.found.error(rules.BAD_RULE, result.message, place, help=help_text)
        return None
    for share in walk_rule(result):
        if not isinstance(share, AtLeast):
            continue
        most = 100 if share.is_percent else len(share.members)
        if not 1 <= share.count <= most:
            unit = "%" if share.is_percent else ""
            message = f"AT_LEAST({share.count}{unit}, …) is never or always so"
            help_text = f"give a number from 1{unit} to {most}{unit}"
            width = len(f"{share.count}{unit}")
            place = point_at(when.place("rule"), text, share.offset, width)
            context.found.error(rules.BAD_RULE, message, place, help=help_text)
            return None
    return result


def _place_of(when: Map, state: StateOf, place: Location) -> Location:
    if "rule" in when:
        return point_at(place, str(when["rule"]), state.offset, len(state.alarm))
    for key in ("any", "all"):
        for index, (name, _) in enumerate(items(when, key)):
            if name == state.alarm:
                return when.place(key, index)
    return place


def _say(when: Map, term: RuleTerm) -> str:
    names = [state.alarm for state in states_in(term)]
    if "any" in when and len(names) > 1:
        return f"Any of {_list(names, 'or')} is in alarm"
    if "all" in when and len(names) > 1:
        return f"All of {_list(names, 'and')} are in alarm"
    if "rule" not in when:
        return f"{names[0]} is in alarm"
    return write_rule(term, {name: name for name in names}).replace('"', "")


def _list(names: list[str], word: str) -> str:
    return f"{', '.join(names[:-1])} {word} {names[-1]}"


def _read_suppressor(context: Context, node: Map, names: Mapping[str, str]) -> Suppressor | None:
    given = node.get("suppressed_by")
    if not isinstance(given, Map):
        return None
    alarm = context.read_word(given, "alarm")
    if not check_alarm(context, alarm, names, given.place("alarm")):
        return None
    wait, extension = (
        read_duration(context, given, key, _MINUTE) or _MINUTE for key in ("wait", "extension")
    )
    return Suppressor(alarm, wait, extension)

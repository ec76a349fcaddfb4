"""Alarms of every kind, mute rules, and loops that make several."""

from __future__ import annotations

from copy import deepcopy

from property.spec_parts.drawing import NO_UNIT, UNITS, Alarm, Drawing, Signal, make_arn
from property.spec_text import Data

_MOST_METRICS = 9
_MOST_EXPRESSIONS = 8
_HOUR = 3_600
_LONG_WINDOW = 604_800
_INSIGHTS_WINDOW = 10_800
_WINDOW = 86_400


def add_alarms(draw: Drawing) -> None:
    """Alarms on metrics, then alarms on alarms."""
    for _ in range(draw.below(5)):
        _add_alarm(draw)
    for _ in range(draw.below(3)):
        _add_composite(draw)


def add_loops(draw: Drawing) -> None:
    """Things made once for each item of a list, which refer to each other."""
    if not draw.chance(3):
        return
    kind = draw.pick(("queue", "shard"))
    item = "${queue}" if kind == "queue" else "${shard.id}"
    loop = {"for_each": draw.loop(kind)}
    control = draw.control()
    metric: Data = {"metric": "AWS/SQS ApproximateAgeOfOldestMessage"}
    metric["dimensions"] = {"QueueName": f"{item}-${{environment}}"}
    draw.put("metrics", f"age_{item}", metric | deepcopy(loop), control)
    when = {"metric": f"age_{item}", "above": "10m"}
    alarm: Data = {"severity": "info", "notify": [], "when": when}
    if draw.chance(2):
        when["above"] = "${factor}"
        alarm["for_each"] = draw.loop(kind) | {"factor": [1, 2]}
        draw.put("alarms", f"old-{item}-${{factor}}", alarm, control)
    else:
        draw.put("alarms", f"old-{item}", alarm | deepcopy(loop), control)
    row: list[Data] = [{"graph": [{"metric": f"age_{item}"} | deepcopy(loop)]}]
    draw.maybe(row[0], "title", lambda: "age in ${environment}")
    if draw.chance(2):
        row.append({"number": f"age_{item}"} | deepcopy(loop))
    draw.put("dashboards", draw.name(("loop-",)), {"rows": [row]}, control)


def add_mutes(draw: Drawing) -> None:
    """A mute rule for some of the alarms of a Region."""
    control = draw.control()
    usable = [one for one in draw.alarms if draw.fits(one.control, control)]
    if not usable or draw.chance(2):
        return
    region = draw.pick(usable).region
    node: Data = {
        "alarms": draw.some([one.key for one in usable if one.region == region]),
        "schedule": draw.pick(("cron(0 2 * * SUN)", "at(2026-12-24T18:00)")),
        "duration": draw.pick(("1m", "2 hours", "15 days")),
        "reason": draw.prose(),
    }
    draw.maybe(node, "timezone", lambda: "Asia/Kathmandu")
    draw.maybe(node, "start", lambda: "2026-12-01T00:00")
    draw.maybe(node, "end", lambda: "2027-12-01T00:00")
    draw.maybe(node, "tags", draw.tags, 4)
    key = draw.name(("backups-", "Night "))
    draw.put("mutes", key, node, control)
    draw.changes.append((f"mutes.{key}", None))


def add_reaction(
    draw: Drawing, node: Data, control: Data, region: str, *, is_alarm: bool = True
) -> None:
    """Who hears of an alarm or an event, and what they are told."""
    usable = [
        route.key
        for route in draw.routes
        if draw.fits(route.control, control)
        and (route.is_anywhere or not region)
        and (route.hears_events or is_alarm)
    ]
    if node["severity"] not in usable or draw.chance(3):
        node["notify"] = draw.some(usable, 2) if usable and draw.chance(2) else []
    draw.maybe(node, "owner", lambda: draw.pick(("team-b", "Team Ü")), 5)
    if is_alarm:
        draw.maybe(node, "on_recovery", draw.flag, 5)
        draw.maybe(node, "on_missing_data", draw.flag, 5)
    draw.maybe(node, "enabled", draw.flag, 5)
    draw.maybe(node, "runbook", lambda: _draw_runbook(draw), 2)
    draw.maybe(node, "tags", draw.tags, 5)


def _add_alarm(draw: Drawing) -> None:
    control = draw.control()
    usable = [
        one
        for one in draw.signals
        if draw.fits(one.control, control)
        and one.metrics <= _MOST_METRICS
        and one.expressions <= _MOST_EXPRESSIONS
    ]
    sliced = [one for one in draw.sliced if draw.fits(one[0].control, control)]
    if sliced and draw.chance(3):
        signal, dimensions = draw.pick(sliced)
        when: Data = {"metric": signal.key, "dimensions": dimensions}
    elif usable and not draw.chance(5):
        signal = draw.pick(usable)
        when = {"metric": signal.key}
    else:
        signal, when = _draw_signal(draw)
    _add_comparison(draw, when, signal)
    _add_window(draw, when, signal)
    key = draw.name(("cpu-high-", "Cpu High ", "cpu.high_", "9th alarm "))
    severity = draw.choose("critical", "warning", "info", lambda: draw.value("urgency"))
    node: Data = {"severity": severity, "when": when}
    add_reaction(draw, node, control, signal.region)
    draw.maybe(node, "description", draw.late_prose)
    missing = ("missing", "ignore", "breaching", "notBreaching")
    draw.maybe(node, "missing_data", lambda: draw.pick(missing))
    draw.maybe(node, "name", lambda: f"${{environment}} ${{service}} #{draw.number}", 6)
    if signal.is_single and not any("band" in word for word in when):
        draw.maybe(node, "properties", lambda: {"Unit": "Percent"}, 8)
    if not signal.region and draw.chance(5):
        _add_actions(draw, node)
    draw.put("alarms", key, node, control)
    draw.alarms.append(Alarm(key, signal.region, control, severity, is_composite=False))
    draw.changes.append((f"alarms.{key}.description", "Said elsewhere."))


def _draw_signal(draw: Drawing) -> tuple[Signal, Data]:
    """A signal that only one alarm knows."""
    dimensions = {"QueueName": draw.parameter()}
    queue: Data = {"metric": "AWS/SQS NumberOfMessagesSent", "dimensions": dimensions}
    kind = draw.pick(("metric", "expression", "query"))
    if kind == "metric":
        return Signal("", "Count", 60, "", {}, is_single=True), queue
    if kind == "expression":
        when: Data = {"expression": "x * 2", "given": {"x": queue}}
        return Signal("", None, 60, "", {}, is_single=False, expressions=1), when
    when = {"query": 'SELECT SUM(Errors) FROM "AWS/Lambda"'}
    return Signal("", None, 60, "", {}, is_single=False, metrics=0, expressions=1), when


def _add_comparison(draw: Drawing, when: Data, signal: Signal) -> None:
    if signal.levels and draw.chance(2):
        when["level"] = draw.pick(signal.levels)
    elif signal.metrics and draw.chance(4):
        band = draw.pick(("outside_band", "above_band", "below_band"))
        when[band] = draw.pick((1, 2.5, "3"))
    else:
        word = draw.pick(("above", "at_least", "below", "at_most"))
        when[word] = draw.pick(UNITS.get(signal.unit or "", NO_UNIT))
        if signal.unit in {None, "Count", "Percent"} and draw.chance(6):
            when[word] = draw.value("limit")
    if signal.is_single and draw.chance(4):
        when["statistic"] = draw.pick(("p95", "Minimum", "TM(10%:90%)"))
        if when["statistic"] == "p95":
            when["few_samples"] = draw.pick(("ignore", "evaluate"))


def _add_window(draw: Drawing, when: Data, signal: Signal) -> None:
    limit = _LONG_WINDOW if signal.period >= _HOUR else _WINDOW
    if signal.metrics == 0:
        limit = _INSIGHTS_WINDOW
    most = max(1, limit // signal.period)
    periods = min(most, draw.pick((1, 2, 3, 5, most)))
    if draw.chance(3):
        when["datapoints"] = f"{draw.pick((1, periods))} of {periods}"
    elif draw.chance(2):
        when["for"] = draw.duration(periods * signal.period)


def _draw_runbook(draw: Drawing) -> Data:
    runbook: Data = {}
    draw.maybe(runbook, "impact", draw.late_line, 2)
    draw.maybe(runbook, "steps", lambda: [draw.late_line() for _ in draw.some((1, 2, 3))], 2)
    links = {"Wiki": "https://wiki.example.com/${environment}", "A b.c": "https://example.com/"}
    draw.maybe(runbook, "links", lambda: {one: links[one] for one in draw.some(tuple(links))})
    return runbook


def _add_actions(draw: Drawing, node: Data) -> None:
    targets = (make_arn("sns", "more"), make_arn("lambda", "function:heal"))
    incident = "arn:${partition}:ssm-incidents::${account}:response-plan/x"
    states = draw.some(("alarm", "ok", "insufficient_data"))
    # An incident is opened by the state ALARM alone.
    node["actions"] = {
        state: [draw.pick((*targets, incident) if state == "alarm" else targets)]
        for state in states
    }
    draw.maybe(node, "allow_instance_actions", draw.flag)


def _add_composite(draw: Drawing) -> None:
    control = draw.control()
    usable = [one for one in draw.alarms if draw.fits(one.control, control)]
    if not usable:
        return
    region = draw.pick(usable).region
    keys = [one.key for one in usable if one.region == region]
    members = draw.some(keys)
    quoted = [f'"{key}"' for key in members]
    rules = (
        f"NOT OK({quoted[-1]})",
        " AND ".join(f"(OK({one}) OR ALARM({one}))" for one in quoted),
        " OR ".join(f"INSUFFICIENT_DATA({one})" for one in quoted),
        f"AT_LEAST(1, ALARM, ({', '.join(quoted)}))",
        f"(ALARM({quoted[0]}) OR FALSE) AND TRUE",
    )
    when: Data = draw.pick(({"any": members}, {"all": members}, {"rule": draw.pick(rules)}))
    node: Data = {"severity": draw.pick(("critical", "warning", "info")), "when": when}
    add_reaction(draw, node, control, region)
    others = [key for key in keys if key not in members]
    if others:
        suppressor: Data = {"alarm": draw.pick(others)}
        draw.maybe(suppressor, "wait", lambda: "2m")
        draw.maybe(suppressor, "extension", lambda: "90s")
        draw.maybe(node, "suppressed_by", lambda: suppressor)
    key = draw.name(("any-trouble-", "Trouble "))
    draw.put("alarms", key, node, control)
    draw.alarms.append(Alarm(key, region, control, node["severity"], is_composite=True))

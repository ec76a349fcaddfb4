"""Events and health checks."""

from __future__ import annotations

from property.spec_parts.alarms import add_reaction
from property.spec_parts.drawing import Alarm, Drawing, make_arn
from property.spec_parts.routes import GLOBAL
from property.spec_text import Data


def add_events(draw: Drawing) -> None:
    """Known events, patterns and schedules."""
    for _ in range(draw.below(3)):
        control = draw.control()
        node: Data = {"severity": draw.pick(("critical", "warning", "info"))}
        kind = draw.pick(("known", "pattern", "schedule"))
        if kind == "known":
            known = ("ecs-task-stopped-unexpectedly", "ecs-deployment-failed")
            node["event"] = draw.pick(known)
            draw.maybe(node, "where", lambda: _draw_limits(draw))
        elif kind == "pattern":
            detail = {"state": [{"prefix": draw.late_line()}, 5, None], "a": {"b": [True]}}
            node["pattern"] = {"source": ["aws.s3"], "detail": detail}
            draw.maybe(
                node, "bus", lambda: draw.choose("orders", lambda: draw.declare("p_word")), 4
            )
        else:
            node["schedule"] = draw.pick(("rate(5 minutes)", "cron(0 8 ? * MON *)"))
        if kind != "schedule" and draw.chance(2):
            text = f'It was <what>,\n"{draw.late_line()}"'
            node["message"] = {"text": text, "values": {"what": "$.detail.what"}}
        add_reaction(draw, node, control, "", is_alarm=False)
        draw.maybe(node, "description", draw.line)
        draw.maybe(node, "dead_letter_queue", lambda: make_arn("sqs", "lost"), 5)
        draw.maybe(node, "name", lambda: f"${{environment}}.${{service}}.{draw.number}", 6)
        draw.put("events", draw.name(("task-stopped-", "nightly.")), node, control)


def add_health_checks(draw: Drawing) -> None:
    """A health check with its alarm."""
    if draw.chance(2):
        return
    control = draw.control()
    node: Data = {"host": draw.choose("api.example.com", draw.parameter)}
    node["protocol"] = draw.pick(("https", "http", "tcp"))
    if node["protocol"] == "tcp":
        node["port"] = 5432
    else:
        node["path"] = "/health"
        draw.maybe(node, "contains", lambda: '"status": "ok"')
    draw.maybe(node, "interval", lambda: "10s")
    draw.maybe(node, "failures", lambda: draw.pick((1, 10)))
    draw.maybe(node, "measure_latency", draw.flag)
    draw.maybe(node, "tags", draw.tags, 5)
    alarm: Data = {"severity": draw.pick(("critical", "warning"))}
    add_reaction(draw, alarm, control, GLOBAL)
    draw.maybe(alarm, "for", lambda: draw.pick(("1m", "120s", "2 hours")))
    draw.maybe(alarm, "missing_data", lambda: "ignore")
    node["alarm"] = alarm
    key = draw.name(("front-", "Front page "))
    draw.put("health_checks", key, node, control)
    draw.alarms.append(
        Alarm(f"{key}-unhealthy", GLOBAL, control, alarm["severity"], is_composite=False)
    )


def _draw_limits(draw: Drawing) -> Data:
    """What a known event is limited to."""
    limits: Data = {}
    for one in draw.some(("cluster", "service")):
        limits[one] = draw.parameter() if one == "cluster" else "${service}-x"
    return limits

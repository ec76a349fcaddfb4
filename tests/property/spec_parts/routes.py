"""Routes of every kind."""

from __future__ import annotations

from property.spec_parts.drawing import Drawing, Route, make_arn
from property.spec_parts.frame import REGIONS
from property.spec_text import Data

GLOBAL = "us-east-1"
ELSEWHERE = "us-west-2"
"""A Region no environment lives in."""

_ENDPOINTS: dict[str, tuple[str, ...]] = {
    "email": ("ops@example.com", "o.p+s@mail.example.org", "${p_email}"),
    "sms": ("+4915112345678", "${p_phone}"),
    "https": ("https://example.com/hook?a=1", "https://example.com/${p_token}"),
    "lambda": ("arn:aws:lambda:${region}:111122223333:function:tell", "${p_function}"),
}


def add_routes(draw: Drawing) -> None:
    """Routes named after severities, and others."""
    for key in ("critical", "warning", "info", "quiet-route", "audit-1"):
        if draw.chance(2):
            _add_route(draw, key)


def _add_route(draw: Drawing, key: str) -> None:
    kind = draw.pick(("endpoints", "topic", "topics", "ops_item", "actions", "nobody"))
    node: Data = {}
    if kind == "endpoints":
        _add_endpoints(draw, node)
    elif kind == "topic":
        node["topic"] = make_arn("sns", "existing")
    elif kind == "topics":
        regions = sorted({GLOBAL, ELSEWHERE, *REGIONS})
        node["topic"] = {one: f"arn:aws:sns:{one}:111122223333:existing" for one in regions}
    elif kind == "ops_item":
        node["ops_item"] = {"severity": draw.pick((1, 2, 3, 4))}
        draw.maybe(node["ops_item"], "category", lambda: draw.pick(("cost", "security")))
    elif kind == "actions":
        node["actions"] = [make_arn("lambda", "function:react")]
    else:
        node["email"] = []
    draw.maybe(node, "on_recovery", draw.flag)
    draw.maybe(node, "on_missing_data", draw.flag)
    control = draw.control()
    draw.put("notify", key, node, control)
    is_anywhere = kind not in {"topic", "actions"}
    hears_events = kind in {"endpoints", "topic", "topics"}
    draw.routes.append(Route(key, control, is_anywhere, hears_events))


def _add_endpoints(draw: Drawing, node: Data) -> None:
    for protocol in draw.some(tuple(_ENDPOINTS), 2):
        node[protocol] = draw.some(_ENDPOINTS[protocol], 2)
        for name in ("p_email", "p_phone", "p_token", "p_function"):
            if any(name in endpoint for endpoint in node[protocol]):
                draw.declare(name)
    draw.maybe(node, "kms_key", draw.kms_key, 4)
    draw.maybe(node, "display_name", lambda: draw.pick(("Shop alarms", "ü")), 4)
    draw.maybe(node, "name", lambda: f"${{environment}}-${{service}}-{draw.name(('t',))}", 5)
    draw.maybe(node, "tags", draw.tags, 5)
    properties: tuple[Data, ...] = ({"TracingConfig": "Active"}, {"SignatureVersion": "2"})
    draw.maybe(node, "properties", lambda: draw.pick(properties), 5)

"""Health checks; their alarms are resolved with the other alarms."""

from __future__ import annotations

from typing import cast

from watchspec.model.health import HealthCheck, HealthProtocol
from watchspec.model.source import Map
from watchspec.model.text import Text, join_text
from watchspec.resolve import rules
from watchspec.resolve.context import Context, number, section
from watchspec.resolve.names import apply_pattern

_PORTS = {"https": 443, "http": 80, "tcp": 80}


def endpoint_of(context: Context, node: Map) -> Text:
    """What a health check asks, as people write it: https://host/path, or host:port."""
    protocol = context.read_word(node, "protocol", "https")
    host = context.read_text(node, "host") or ""
    port = number(node, "port", _PORTS[protocol])
    if protocol == "tcp":
        return join_text(host, f":{port}")
    shown_port = "" if port == _PORTS[protocol] else f":{port}"
    return join_text(f"{protocol}://", host, shown_port, context.read_word(node, "path", "/"))


def _refuse_http_keys(context: Context, node: Map) -> None:
    """A TCP check only opens a connection."""
    for key in ("path", "contains"):
        if key in node:
            message = f'a tcp check asks for nothing, so it has no "{key}"'
            help_text = "use https or http"
            context.found.error(rules.TCP_ASKS, message, node.key_place(key), help=help_text)


def resolve_health_checks(context: Context, root: Map) -> tuple[HealthCheck, ...]:
    """The health checks of the environment by key."""
    checks = []
    for key, node, place in section(root, "health_checks"):
        protocol = cast("HealthProtocol", context.read_word(node, "protocol", "https"))
        if protocol == "tcp":
            _refuse_http_keys(context, node)
        checks.append(
            HealthCheck(
                key=key,
                name=apply_pattern(context, key),
                host=context.read_text(node, "host") or "",
                path=context.read_word(node, "path", "/"),
                protocol=protocol,
                port=number(node, "port", _PORTS[protocol]),
                contains=context.read_word(node, "contains") or None,
                interval_seconds=int(context.read_word(node, "interval", "30s").removesuffix("s")),
                failures=number(node, "failures", 3),
                measures_latency=context.read_flag(node, "measure_latency", default=False),
                tags=context.read_tags(node),
                properties=context.read_properties(node),
                source=node,
                place=place,
            )
        )
    return tuple(checks)

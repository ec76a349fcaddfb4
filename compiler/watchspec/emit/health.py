"""Route 53 health checks."""

from __future__ import annotations

from typing import Any

from troposphere import route53

from watchspec.emit.logical_ids import logical_id
from watchspec.emit.stack import Stack
from watchspec.model.health import HealthCheck

_TYPES = {"https": "HTTPS", "http": "HTTP", "tcp": "TCP"}


def add_health_check(stack: Stack, check: HealthCheck) -> None:
    """Add a health check.

    Source: https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html (read 2026-11-24)
    """
    kind = _TYPES[check.protocol] + ("_STR_MATCH" if check.contains is not None else "")
    config: dict[str, Any] = {
        "Type": kind,
        "FullyQualifiedDomainName": stack.text(check.host),
        "Port": check.port,
        "RequestInterval": check.interval_seconds,
        "FailureThreshold": check.failures,
    }
    if check.protocol != "tcp":
        config["ResourcePath"] = check.path
    if check.protocol == "https":
        config["EnableSNI"] = True
    if check.contains is not None:
        config["SearchString"] = check.contains
    if check.measures_latency:
        config["MeasureLatency"] = True
    resource = route53.HealthCheck(
        logical_id("HealthCheck", check.key),
        HealthCheckConfig=route53.HealthCheckConfig(**config),
    )
    named = any(key == "Name" for key, _ in check.tags)
    tags = check.tags if named else (("Name", check.name), *check.tags)
    stack.add(resource, check.place, tags=tags, tags_as="HealthCheckTags", extra=check.properties)

"""A value of a message is taken from a place that the event does not have.

Why: where the path leads nowhere the message has a gap, and a path that does not begin with `$` is
refused by EventBridge.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
notify:
  info: {email: [ops@example.com]}
events:
  stopped:
    severity: info
    event: ecs-task-stopped-unexpectedly
    message: {values: {why: $.detail.stopReason}, text: A task stopped because of <why>.}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
notify:
  info: {email: [ops@example.com]}
events:
  stopped:
    severity: info
    event: ecs-task-stopped-unexpectedly
    message: {values: {why: $.detail.stoppedReason}, text: A task stopped because of <why>.}
```

Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html (read 2026-11-24)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from watchspec.catalog.event_fields import ENVELOPE, SHAPES, EventShape
from watchspec.check.event_shapes import list_fields, read_patterns
from watchspec.diagnostics import Diagnostic, Location, Rule, Severity, shorten, suggest_name
from watchspec.model.alarms import EventRule
from watchspec.model.monitoring import Monitoring
from watchspec.model.source import Map

RULE = Rule("event/bad-path", __doc__)

_INDEX = re.compile(r"\[(?:[0-9]+|\*)\]")
_PLAIN = re.compile(r"\$(?:\.[A-Za-z0-9_-]+)+")
"""A path of names alone; any other is left to EventBridge."""


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Paths of messages that lead nowhere."""
    written = {one.rule.key: one.shapes for one in read_patterns(monitoring)}
    for rule in monitoring.events:
        shapes = written.get(rule.key) or _shapes_of(rule)
        message = rule.source.get("message")
        values = message.get("values") if isinstance(message, Map) else None
        for _, path, _, place in values.entries() if isinstance(values, Map) else ():
            yield from _check_path(str(path), place, shapes)


def _shapes_of(rule: EventRule) -> tuple[EventShape, ...]:
    """The shape of an event that is known by name."""
    pattern = rule.pattern if "event" in rule.source and isinstance(rule.pattern, dict) else {}
    return tuple(one for one in SHAPES if [one.detail_type] == pattern.get("detail-type"))


def _check_path(path: str, place: Location, shapes: tuple[EventShape, ...]) -> Iterator[Diagnostic]:
    if not path.startswith("$"):
        message = f'"{shorten(path)}" is not a path into an event, which begins with $'
        yield RULE.find(Severity.ERROR, message, place, help=f"write $.{shorten(path.lstrip('.'))}")
        return
    plain = _INDEX.sub("", path)
    if not _PLAIN.fullmatch(plain):
        return
    head, _, rest = plain.removeprefix("$.").partition(".")
    if head not in ENVELOPE:
        known = tuple(f"$.{name}" for name in ENVELOPE)
        message = f'no event has "{shorten(path)}"'
    elif head == "detail" and rest and shapes and _leads_nowhere(rest, shapes):
        known = tuple(f"$.detail.{name}" for name in list_fields(shapes))
        message = f'an event "{shapes[0].detail_type}" has no known "{shorten(path)}"'
    else:
        return
    yield RULE.find(Severity.WARNING, message, place, hint=suggest_name(plain, known))


def _leads_nowhere(path: str, shapes: tuple[EventShape, ...]) -> bool:
    return all(one.kind_of(path) == "unknown" for one in shapes)

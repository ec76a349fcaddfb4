"""An event pattern looks at a field that the events do not have.

Why: every field of a pattern must be in the event, so the rule never fires and nobody hears of it.
Names are matched letter by letter.

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
    pattern:
      source: [aws.ecs]
      detail-type: [ECS Task State Change]
      detail: {lastStatus: [STOPPED], stopcode: [TaskFailedToStart]}
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
    pattern:
      source: [aws.ecs]
      detail-type: [ECS Task State Change]
      detail: {lastStatus: [STOPPED], stopCode: [TaskFailedToStart]}
```

Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_task_events.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.catalog.event_fields import ENVELOPE
from watchspec.check.event_shapes import find_slip, list_fields, read_patterns
from watchspec.diagnostics import Diagnostic, Rule, Severity, shorten, suggest_name
from watchspec.model.event_patterns import Field
from watchspec.model.monitoring import Monitoring

RULE = Rule("event/unknown-field", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Fields no event has; an error where it can only be a slip of the pen."""
    for written in read_patterns(monitoring):
        for field in written.pattern.fields:
            if all(one.operator == "exists" and one.operand is False for one in field.matchers):
                continue  # what an event does not have is what this asks for
            head, *rest = field.path
            if head not in ENVELOPE:
                yield _find(field, head, ENVELOPE, "an event")
            elif head == "detail" and rest and written.shapes:
                path = ".".join(rest)
                if all(one.kind_of(path) == "unknown" for one in written.shapes):
                    kinds = " or ".join(f'"{one.detail_type}"' for one in written.shapes)
                    yield _find(field, path, list_fields(written.shapes), kinds)


def _find(field: Field, path: str, known: tuple[str, ...], kinds: str) -> Diagnostic:
    is_slip = bool(find_slip(path, known))
    return RULE.find(
        Severity.ERROR if is_slip else Severity.WARNING,
        f'{kinds} has no field "{shorten(path)}"'
        if is_slip
        else f'{kinds} has no known field "{shorten(path)}"',
        field.place,
        hint=suggest_name(path, known),
        help="" if is_slip else "compare it with an event that was sent",
    )

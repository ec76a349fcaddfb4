"""An event rule fires several times for one stop of a task.

Why: ECS sends an event for every step of a task (PENDING, RUNNING, STOPPING, DEPROVISIONING, STOPPED …), and
each of them is a message. `lastStatus: [STOPPED]` picks one.

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
      detail: {stopCode: [TaskFailedToStart]}
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

Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.check.event_shapes import read_patterns
from watchspec.diagnostics import Diagnostic, Rule, Severity
from watchspec.model.event_patterns import EventPattern
from watchspec.model.monitoring import Monitoring

RULE = Rule("event/repeats", __doc__)

_TASK = "ECS Task State Change"
_ONCE = ("lastStatus", "stoppedAt", "executionStoppedAt")
"""Fields that only some of the steps have, or that tell them apart."""


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Patterns that match each step of a task."""
    for written in read_patterns(monitoring):
        pattern = written.pattern
        if _matches_tasks(pattern) and not any(pattern.find("detail", one) for one in _ONCE):
            named = pattern.find("detail-type") or pattern.find("source")
            yield RULE.find(
                Severity.WARNING,
                f'"{written.rule.key}" fires for every step of a task, several times for each stop',
                named[0].matchers[0].place,
                help="add  lastStatus: [STOPPED]  to its detail",
            )


def _matches_tasks(pattern: EventPattern) -> bool:
    """Whether it matches all task events of ECS, alone or among others."""
    sources = [one.operand for field in pattern.find("source") for one in field.words]
    types = pattern.find("detail-type")
    if types:
        return _TASK in [one.operand for field in types for one in field.words]
    return "aws.ecs" in sources and not any(field.path[0] == "detail" for field in pattern.fields)

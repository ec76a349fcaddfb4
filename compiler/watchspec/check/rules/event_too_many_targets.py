"""An event is routed to more topics than EventBridge has targets for.

Why: a rule has five targets at the most; one topic can have any number of subscribers.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
notify:
  r1: {topic: "arn:aws:sns:eu-west-1:111122223333:a"}
  r2: {topic: "arn:aws:sns:eu-west-1:111122223333:b"}
  r3: {topic: "arn:aws:sns:eu-west-1:111122223333:c"}
  r4: {topic: "arn:aws:sns:eu-west-1:111122223333:d"}
  r5: {topic: "arn:aws:sns:eu-west-1:111122223333:e"}
  r6: {topic: "arn:aws:sns:eu-west-1:111122223333:f"}
events:
  stopped: {severity: info, notify: [r1, r2, r3, r4, r5, r6], event: ecs-task-stopped-unexpectedly}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
notify:
  r1: {topic: "arn:aws:sns:eu-west-1:111122223333:a"}
events:
  stopped: {severity: info, notify: [r1], event: ecs-task-stopped-unexpectedly}
```

Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.catalog.quotas import EVENT_TARGETS
from watchspec.diagnostics import Diagnostic, Rule, Severity
from watchspec.model.monitoring import Monitoring

RULE = Rule("event/too-many-targets", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Event rules with more targets than EventBridge takes."""
    for rule in monitoring.events:
        if len(rule.routes) > EVENT_TARGETS:
            yield RULE.find(
                Severity.ERROR,
                f'"{rule.key}" has {len(rule.routes)} targets; {EVENT_TARGETS} are the most',
                rule.source.place("notify"),
                help="subscribe several endpoints to one topic",
            )

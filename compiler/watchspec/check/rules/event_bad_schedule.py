"""The schedule of an event is one that EventBridge refuses, or that never comes.

Why: the deployment of the stack would fail, or nothing would happen.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
notify:
  info: {email: [ops@example.com]}
events:
  morning: {severity: info, schedule: cron(0 8 * * MON *)}
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
  morning: {severity: info, schedule: cron(0 8 ? * MON *)}
```

Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.diagnostics import Diagnostic, Rule, Severity
from watchspec.languages.parsing import Problem
from watchspec.languages.schedules import has_possible_day, read_event_schedule
from watchspec.model.monitoring import Monitoring
from watchspec.model.source import point_at

RULE = Rule("event/bad-schedule", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Schedules of event rules that do not work."""
    for rule in monitoring.events:
        if rule.schedule is None:
            continue
        place = rule.source.place("schedule")
        read = read_event_schedule(rule.schedule)
        if isinstance(read, Problem):
            at = point_at(place, rule.schedule, read.offset)
            yield RULE.find(Severity.ERROR, read.message, at)
        elif read is not None and not has_possible_day(read):
            yield RULE.find(Severity.ERROR, "no month it names has such a day", place)

"""A mute rule comes again and again, and has no end.

Why: nobody remembers it when its reason is gone, and its alarms stay silent at that time for ever.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
notify:
  info: {email: [ops@example.com]}
alarms:
  a: {severity: info, when: {metric: Shop Queue, above: 5}}
mutes:
  night: {alarms: all, schedule: cron(0 2 * * *), duration: 1h, reason: Backup}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
notify:
  info: {email: [ops@example.com]}
alarms:
  a: {severity: info, when: {metric: Shop Queue, above: 5}}
mutes:
  night: {alarms: all, schedule: cron(0 2 * * *), duration: 1h, end: 2027-03-01T00:00, reason: Backup}
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-mute-rules.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.diagnostics import Diagnostic, Rule, Severity
from watchspec.model.monitoring import Monitoring

RULE = Rule("mute/no-end", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Mute rules for ever."""
    for mute in monitoring.mutes:
        if mute.end is None and mute.schedule.startswith("cron("):
            yield RULE.find(
                Severity.WARNING,
                f'"{mute.key}" has no end',
                mute.place,
                help="add  end: the day on which somebody looks at it again",
            )

"""A mute rule lasts as long as it takes until it begins again, so its alarms never tell anybody.

Why: an alarm that may never speak is no alarm; somebody will rely on it. `enabled: false` says so in
so many words.

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
  hourly: {alarms: all, schedule: cron(0 * * * *), duration: 1h, end: 2027-03-01T00:00, reason: Noise}
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
  hourly: {alarms: all, schedule: cron(0 * * * *), duration: 15m, end: 2027-03-01T00:00, reason: Export}
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-mute-rules.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.diagnostics import Diagnostic, Rule, Severity
from watchspec.languages.parsing import Problem
from watchspec.languages.schedules import find_longest_gap, read_mute_cron
from watchspec.model.monitoring import Monitoring

RULE = Rule("mute/always", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Mute rules that mute without a break."""
    for mute in monitoring.mutes:
        if not mute.schedule.startswith("cron("):
            continue
        cron = read_mute_cron(mute.schedule)
        gap = None if isinstance(cron, Problem) else find_longest_gap(cron)
        if gap and mute.duration_seconds >= gap * 60:
            yield RULE.find(
                Severity.WARNING,
                f'"{mute.key}" is not over when it begins again: its alarms are always silent',
                mute.source.place("duration"),
                help="make it shorter, or rarer",
            )

"""A mute rule never begins.

Why: the alarms it is meant to silence go on telling everybody.

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
  night: {alarms: all, schedule: cron(0 2 31 2 *), duration: 1h, end: 2027-03-01T00:00, reason: Backup}
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
  night: {alarms: all, schedule: cron(0 2 28 2 *), duration: 1h, end: 2027-03-01T00:00, reason: Backup}
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-mute-rules.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from watchspec.check.mute_times import read_time, times_of
from watchspec.diagnostics import Diagnostic, Rule, Severity
from watchspec.languages.parsing import Problem
from watchspec.languages.schedules import has_possible_day, read_mute_cron
from watchspec.model.alarms import MuteRule
from watchspec.model.monitoring import Monitoring

RULE = Rule("mute/never", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Mute rules without a moment in which they mute."""
    for mute in monitoring.mutes:
        found = _check_dates(mute)
        if found is None and mute.schedule.startswith("cron("):
            cron = read_mute_cron(mute.schedule)
            if not isinstance(cron, Problem) and not has_possible_day(cron):
                found = "schedule", "no month it names has such a day"
        if found is not None:
            key, message = found
            yield RULE.find(Severity.ERROR, message, mute.source.place(key))


def _check_dates(mute: MuteRule) -> tuple[str, str] | None:
    """The key that is wrong and why, if start, end and a date exclude each other."""
    times = {key: read_time(written) for key, written in times_of(mute)}
    start, end, once = times.get("start"), times.get("end"), times.get("schedule")
    if start is not None and end is not None and end <= start:
        return "end", "it ends before it starts"
    if once is not None and end is not None and end <= once:
        return "schedule", f"it would begin after its end, {mute.end}"
    if once is not None and start is not None:
        over = once + timedelta(seconds=mute.duration_seconds)
        if over <= start:
            return "schedule", f"it would be over before its start, {mute.start}"
    return None

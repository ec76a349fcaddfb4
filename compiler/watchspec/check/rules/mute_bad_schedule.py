"""A mute rule has a time that is none: a field of its cron, a date or a time zone.

Why: CloudWatch would refuse it when the stack is deployed.

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
  night: {alarms: all, schedule: cron(0 24 * * *), duration: 1h, end: 2027-03-01T00:00, reason: Backup}
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
  night: {alarms: all, schedule: cron(0 23 * * *), duration: 1h, end: 2027-03-01T00:00, reason: Backup}
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Schedule.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.catalog.time_zones import TIME_ZONES
from watchspec.check.mute_times import read_time, times_of
from watchspec.diagnostics import Diagnostic, Rule, Severity, find_names, shorten, suggest_name
from watchspec.languages.parsing import Problem
from watchspec.languages.schedules import read_mute_cron
from watchspec.model.alarms import MuteRule
from watchspec.model.monitoring import Monitoring
from watchspec.model.source import point_at

RULE = Rule("mute/bad-schedule", __doc__)

_ALIKE = 0.85


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Times that CloudWatch would refuse."""
    for mute in monitoring.mutes:
        if mute.schedule.startswith("cron("):
            cron = read_mute_cron(mute.schedule)
            if isinstance(cron, Problem):
                place = point_at(mute.source.place("schedule"), mute.schedule, cron.offset)
                yield RULE.find(Severity.ERROR, cron.message, place)
        for key, written in times_of(mute):
            if read_time(written) is None:
                message = f'"{written}" is not in the calendar'
                yield RULE.find(Severity.ERROR, message, mute.source.place(key))
        yield from _check_time_zone(mute)


def _check_time_zone(mute: MuteRule) -> Iterator[Diagnostic]:
    zone = mute.timezone
    if zone not in TIME_ZONES:
        is_slip = bool(find_names(zone, TIME_ZONES, alike=_ALIKE))
        hint = suggest_name(zone, TIME_ZONES)
        yield RULE.find(
            Severity.ERROR if is_slip else Severity.WARNING,
            f'"{shorten(zone)}" is not a known time zone',
            mute.source.place("timezone"),
            hint=hint,
            help="" if hint else "such as UTC or Europe/Berlin",
        )

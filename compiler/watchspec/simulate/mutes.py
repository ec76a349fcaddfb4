"""When mute rules are active.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-mute-rules.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo

from watchspec.languages import Problem
from watchspec.languages.schedules import read_mute_cron
from watchspec.model.alarms import MuteRule
from watchspec.model.schedules import Cron
from watchspec.simulate.acting import Span
from watchspec.simulate.clocks import read_zone
from watchspec.simulate.data import UnsupportedError


def mute_spans(mutes: Iterable[MuteRule], alarm_name: str, during: Span) -> list[Span]:
    """When an alarm is mute, in order and without overlaps; only what touches a span of time.

    Where rules overlap, the alarm is mute until the last of them ends. UnsupportedError if only AWS
    can tell when a rule is active.
    """
    spans = sorted(
        span for mute in mutes if alarm_name in mute.alarms for span in _spans(mute, during)
    )
    joined: list[Span] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


def _spans(mute: MuteRule, during: Span) -> Iterator[Span]:
    if mute.properties:
        raise UnsupportedError(f'what the properties of "{mute.key}" do is not simulated')
    zone = read_zone(mute.timezone)
    first = _seconds(mute.start, zone) if mute.start else None
    last = _seconds(mute.end, zone) if mute.end else None
    for start in _starts(mute, zone, during):
        end = start + mute.duration_seconds
        if first is not None and start < first:
            continue
        if last is not None:
            end = min(end, last)
        if start < end and end > during[0] and start < during[1]:
            yield start, end


def _starts(mute: MuteRule, zone: tzinfo, during: Span) -> Iterator[int]:
    if mute.schedule.startswith("at("):
        yield _seconds(mute.schedule[3:-1], zone)
        return
    cron = read_mute_cron(mute.schedule)
    if isinstance(cron, Problem):
        raise UnsupportedError(cron.message)
    parts = (cron.minutes, cron.hours, cron.days, cron.months, cron.weekdays)
    if None in parts or (cron.counts_days and cron.counts_weekdays):
        raise UnsupportedError(f'only AWS knows when "{mute.schedule}" is')
    begin = datetime.fromtimestamp(during[0] - mute.duration_seconds, zone).date()
    end = datetime.fromtimestamp(during[1], zone).date()
    for number in range((end - begin).days + 1):
        yield from _starts_on(cron, begin + timedelta(days=number), zone)


def _starts_on(cron: Cron, day: date, zone: tzinfo) -> Iterator[int]:
    """The starts of one day by its wall clock.

    A time that is skipped in spring comes an hour later, one that comes twice in autumn counts first;
    AWS documents neither.
    """
    assert cron.months is not None
    assert cron.days is not None
    assert cron.weekdays is not None
    if day.month not in cron.months or day.day not in cron.days:
        return
    if day.isoweekday() % 7 not in cron.weekdays:
        return
    for hour in sorted(cron.hours or ()):
        for minute in sorted(cron.minutes or ()):
            local = datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone)
            yield int(local.astimezone(UTC).timestamp())


def _seconds(written: str, zone: tzinfo) -> int:
    try:
        return int(datetime.fromisoformat(written).replace(tzinfo=zone).timestamp())
    except ValueError:
        raise UnsupportedError(f'"{written}" is not in the calendar') from None

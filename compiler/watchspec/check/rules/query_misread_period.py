"""A period of a query is read as a shorter one.

Why: a number of seconds or minutes ends at 60, of milliseconds at 1,000, of hours at 24; `bin(300s)` makes
groups of 60 seconds, without a word.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
queries:
  one:
    question: What happened?
    query: |
      stats count(*) by bin(300s)
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
queries:
  one:
    question: What happened?
    query: |
      stats count(*) by bin(5m)
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-operations-functions.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.catalog.insights_queries import (
    LARGER_UNITS,
    PERIOD_LIMITS,
    PERIOD_UNITS,
    unit_of,
)
from watchspec.check.queries import Query, calls_of, queries_of
from watchspec.diagnostics import Diagnostic, Rule, Severity
from watchspec.model.insights_queries import Call, Period, Value
from watchspec.model.monitoring import Monitoring

RULE = Rule("query/misread-period", __doc__)
_FUNCTIONS = frozenset(("bin", "datefloor", "dateceil"))


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Periods that are not what they say."""
    for query in queries_of(monitoring):
        for call in calls_of(query):
            if call.function.lower() in _FUNCTIONS and call.arguments:
                yield from _check_period(query, call)


def _check_period(query: Query, call: Call) -> Iterator[Diagnostic]:
    period = call.arguments[-1]
    if isinstance(period, Value) and period.kind in {"number", "text"}:
        message = f'"{call.function}" takes a period, a number with a unit'
        place = query.point(period.offset, period.width)
        yield RULE.find(Severity.WARNING, message, place, help="write it without quotes:  5m")
    if not isinstance(period, Period):
        return
    place = query.point(period.offset, period.width)
    written = f"{period.count}{period.unit}"
    unit = unit_of(period.unit)
    if not unit:
        message = f'"{written}" has no unit of a period'
        help_text = f"units are {', '.join(PERIOD_UNITS)}"
        yield RULE.find(Severity.WARNING, message, place, help=help_text)
    elif period.count > PERIOD_LIMITS.get(unit, period.count):
        message = (
            f'"{written}" is read as {PERIOD_LIMITS[unit]}{period.unit}, the most of this unit'
        )
        help_text = _say_instead(period.count, unit)
        yield RULE.find(Severity.WARNING, message, place, help=help_text)


def _say_instead(count: int, unit: str) -> str:
    while unit in LARGER_UNITS:
        size, larger = LARGER_UNITS[unit]
        if count % size and count > size:
            return f"write {count // size}{larger} or {count // size + 1}{larger}"
        if count % size:
            break
        count, unit = count // size, larger
    return f"write {count}{unit}"

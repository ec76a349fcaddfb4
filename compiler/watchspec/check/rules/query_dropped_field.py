"""A query names a field that its `stats` did not keep.

Why: after `stats` there are only its own columns; sorting by another one does nothing, filtering on it
finds nothing, and a further `stats` on it is refused.

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
      stats count(*) as requests by path
      | sort @timestamp desc
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
      stats count(*) as requests by path
      | sort requests desc
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-Stats.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.check.queries import Query, queries_of
from watchspec.check.query_fields import Columns, find_missing, trace_columns
from watchspec.diagnostics import Diagnostic, Rule, Severity, shorten, suggest_name
from watchspec.model.insights_queries import Command, Field, Stats
from watchspec.model.monitoring import Monitoring

RULE = Rule("query/dropped-field", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Fields that are used after a `stats` without them: errors in a further `stats`."""
    for query in queries_of(monitoring):
        for command, columns in trace_columns(query):
            if columns.is_kept:
                yield from _check_command(query, command, columns)


def _check_command(query: Query, command: Command, columns: Columns) -> Iterator[Diagnostic]:
    severity = Severity.ERROR if isinstance(command, Stats) else Severity.WARNING
    kept = columns.names or ()
    for term in find_missing(command, columns):
        if isinstance(term, Field):
            message = f'"{shorten(term.name)}" is gone: the stats before does not keep it'
            hint = suggest_name(term.name, kept)
            help_text = f"name what it keeps ({shorten(', '.join(kept))}), or add it there"
            place = query.point(term.offset, term.width)
            yield RULE.find(severity, message, place, hint=hint, help="" if hint else help_text)
        else:
            message = "bin needs @timestamp, which the stats before does not keep"
            help_text = "keep it as max(@timestamp) as @t, and group by datefloor(@t, 5m)"
            yield RULE.find(severity, message, query.point(term.offset, 3), help=help_text)

"""A query names a field that the lines of its log do not have.

Why: a field that no line has is empty: a filter on it finds nothing, an average of it is no number, and
nothing says so.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
logs:
  web: {group: /web, retention: 30 days, format: {json: {path: string, status: integer, duration: ms}}}
queries:
  one:
    question: What happened?
    log: web
    query: |
      filter statuscode >= 500
      | stats count(*) by path
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
logs:
  web: {group: /web, retention: 30 days, format: {json: {path: string, status: integer, duration: ms}}}
queries:
  one:
    question: What happened?
    log: web
    query: |
      filter status >= 500
      | stats count(*) by path
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_AnalyzeLogData-discoverable-fields.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.catalog.insights_queries import SYSTEM_FIELDS
from watchspec.check.queries import Query, find_near, queries_of
from watchspec.check.query_fields import Columns, find_missing, trace_columns
from watchspec.diagnostics import Diagnostic, Rule, Severity, suggest_name
from watchspec.model.insights_queries import Command, Field, Operation, terms_of, walk_term
from watchspec.model.monitoring import Monitoring

RULE = Rule("query/unknown-field", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Fields that are neither in the format of the log nor made by the query."""
    for query in queries_of(monitoring):
        for command, columns in trace_columns(query):
            if not columns.is_kept:
                yield from _check_command(query, command, columns)


def _check_command(query: Query, command: Command, columns: Columns) -> Iterator[Diagnostic]:
    hyphened = _find_hyphened(command, columns)
    for one in hyphened:
        message = f'"{one.text}" is read as a subtraction'
        help_text = f"put the name of the field in backticks: `{one.text}`"
        place = query.point(one.offset, len(one.text))
        yield RULE.find(Severity.WARNING, message, place, help=help_text)
    parts = {id(part) for one in hyphened for part in one.terms}
    for field in find_missing(command, columns):
        if isinstance(field, Field) and id(field) not in parts:
            yield from _check_field(query, field, columns.names or ())


def _check_field(query: Query, field: Field, known: tuple[str, ...]) -> Iterator[Diagnostic]:
    place = query.point(field.offset, field.width)
    if not field.name.startswith("@"):
        logs = ", ".join(log.key for log in query.logs)
        message = f'the lines of {logs} have no field "{field.name}"'
        hint = suggest_name(field.name, known)
        help_text = "" if hint else f"add it to the format of {logs}"
        yield RULE.find(Severity.WARNING, message, place, hint=hint, help=help_text)
        return
    # The log of a service may have fields of its own that begin so: what is like none is one.
    name = field.name.partition(".")[0]
    near = find_near(name, SYSTEM_FIELDS)
    if near and name not in SYSTEM_FIELDS and not name.startswith("@@"):
        message = f'no line has a field "{field.name}"'
        hint = f'did you mean "{near}"?'
        yield RULE.find(Severity.WARNING, message, place, hint=hint)


def _find_hyphened(command: Command, columns: Columns) -> list[Operation]:
    """Subtractions that are the name of a field."""
    if columns.names is None:
        return []
    return [
        one
        for term in terms_of(command)
        for one in walk_term(term)
        if isinstance(one, Operation) and set(one.operators) == {"-"} and one.text in columns.names
    ]

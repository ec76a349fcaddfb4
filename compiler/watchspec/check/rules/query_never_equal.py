"""A query compares a field with a text that it never holds.

Why: the format of the log says that the field is a number, or true or false, so that it never equals such
a text.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
logs:
  web: {group: /web, retention: 30 days, format: {json: {path: string, status: integer}}}
queries:
  one:
    question: What happened?
    log: web
    query: |
      filter status = "5xx"
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
logs:
  web: {group: /web, retention: 30 days, format: {json: {path: string, status: integer}}}
queries:
  one:
    question: What happened?
    log: web
    query: |
      filter status >= 500
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-Filter.html (read 2026-11-24)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from watchspec.check.queries import Query, queries_of
from watchspec.check.query_fields import columns_made, first_columns
from watchspec.diagnostics import Diagnostic, Rule, Severity, shorten
from watchspec.model.insights_queries import (
    Field,
    Listing,
    Operation,
    Term,
    Value,
    terms_of,
    walk_term,
)
from watchspec.model.monitoring import Monitoring
from watchspec.model.source import Map

RULE = Rule("query/never-equal", __doc__)
_NUMBER = re.compile(r"[-+]?[0-9.]+(?:e[-+]?[0-9]+)?", re.IGNORECASE)
_BOOLEAN = re.compile(r"true|false|[01]", re.IGNORECASE)
_TEXTS = {
    **dict.fromkeys(("number", "integer", "ms", "s", "bytes"), ("a number", _NUMBER)),
    "boolean": ("true or false", _BOOLEAN),
}
"""What a field of such a type is called, and the texts that may equal it."""


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Fields that are compared with a text, but are declared as something else."""
    for query in queries_of(monitoring):
        kinds = _kinds_of(query)
        for command in query.commands if kinds else ():
            for term in terms_of(command):
                for one in walk_term(term):
                    if isinstance(one, Operation):
                        yield from _check_operation(query, one, kinds)


def _kinds_of(query: Query) -> dict[str, str]:
    """The types of the fields that every log declares alike and that the query does not make anew."""
    if not first_columns(query).names:
        return {}
    formats = [_format_of(log.source) for log in query.logs]
    made = columns_made(query.commands)
    return {
        name: str(kind)
        for name, kind in formats[0].items()
        if name not in made and all(other.get(name) == kind for other in formats)
    }


def _format_of(log: Map) -> Mapping[str, object]:
    given = log.get("format")
    fields = given.get("json") if isinstance(given, Map) else None
    return fields if isinstance(fields, Map) else {}


def _check_operation(
    query: Query, operation: Operation, kinds: Mapping[str, str]
) -> Iterator[Diagnostic]:
    if operation.operators[0] not in {"=", "==", "!=", "in", "not in"}:
        return
    field, *others = operation.terms
    if not isinstance(field, Field) or kinds.get(field.name) not in _TEXTS:
        return
    noun, possible = _TEXTS[kinds[field.name]]
    for value in (one for other in others for one in _values_of(other)):
        is_known = value.kind == "text" and "{{" not in value.text  # a parameter can be anything
        if is_known and not possible.fullmatch(value.text.strip()):
            message = f'"{field.name}" is {noun}: it never equals "{shorten(value.text, 30)}"'
            yield RULE.find(Severity.WARNING, message, query.point(value.offset, value.width))


def _values_of(term: Term) -> Iterator[Value]:
    terms = term.terms if isinstance(term, Listing) else (term,)
    yield from (one for one in terms if isinstance(one, Value))

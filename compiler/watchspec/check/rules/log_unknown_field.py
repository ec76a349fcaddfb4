"""A metric filter reads something that the lines, as the spec describes them, do not have.

Why: a filter on a field that no line has never matches, and its metric stays at nothing or at its
default, without any error.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
logs:
  backend:
    group: /shop
    retention: 30 days
    format: {json: {status_code: integer}}
    metrics: {errors: {pattern: "{ $.statuscode >= 500 }"}}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
logs:
  backend:
    group: /shop
    retention: 30 days
    format: {json: {status_code: integer}}
    metrics: {errors: {pattern: "{ $.status_code >= 500 }"}}
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntaxForMetricFilters.html (read 2026-11-24)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from watchspec.diagnostics import Diagnostic, Location, Rule, Severity, suggest_name
from watchspec.model.logs import LogGroup, MetricFilter
from watchspec.model.monitoring import Monitoring

RULE = Rule("log/unknown-field", __doc__)
_SELECTOR = re.compile(r"\$\.([A-Za-z_][A-Za-z0-9_.-]*)")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.?)*(?:"|$)|%[^%]*(?:%|$)', re.DOTALL)
_KINDS = {"{": "json", "[": "space_delimited"}
_WORDS = {"json": "JSON", "space_delimited": "space-delimited", "text": "plain text"}


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Metric filters on what the lines of their log do not have."""
    logs = {log.key: log for log in monitoring.log_groups}
    for one in monitoring.metric_filters:
        log = logs[one.log]
        if not log.line_format:
            continue
        kind = _KINDS.get(one.pattern[:1])
        if kind is not None and kind != log.line_format:
            message = f"the pattern is for {_WORDS[kind]} lines, but those of this log are {_WORDS[log.line_format]}"
            yield RULE.find(Severity.WARNING, message, one.source.place("pattern"))
        elif log.line_format == "json":
            yield from _check_fields(log, one)


def _check_fields(log: LogGroup, one: MetricFilter) -> Iterator[Diagnostic]:
    for text, place in _texts_of(one):
        for field in dict.fromkeys(_SELECTOR.findall(text)):
            if not any(_is_within(field, known) for known in log.fields):
                hint = suggest_name(field, log.fields)
                message = f'the lines of this log have no field "{field}"'
                help_text = "" if hint else f"add it to the format of the log, {log.key}"
                yield RULE.find(Severity.WARNING, message, place, hint=hint, help=help_text)


def _texts_of(one: MetricFilter) -> Iterator[tuple[str, Location]]:
    """What reads fields, with the places; quoted texts are data."""
    if one.pattern.startswith("{"):
        yield _QUOTED.sub('""', one.pattern), one.source.place("pattern")
    yield one.value, one.source.place("value")
    for name, field in one.dimensions:
        yield field, one.source.place("dimensions", name)


def _is_within(field: str, known: str) -> bool:
    """Whether a field is a known one, a part of it, or holds it."""
    return field == known or field.startswith(f"{known}.") or known.startswith(f"{field}.")

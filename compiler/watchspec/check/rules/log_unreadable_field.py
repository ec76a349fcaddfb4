"""The value or a dimension of a metric filter is a field that its pattern does not read.

Why: fields are read by patterns for JSON lines, `$.name`, and columns by patterns that name them, `$name`.
CloudWatch Logs refuses dimensions of a pattern of words, and a value it cannot read makes no data.

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
    metrics: {errors: {pattern: ERROR, dimensions: {Page: $.page}}}
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
    metrics: {errors: {pattern: '{ $.level = "ERROR" }', dimensions: {Page: $.page}}}
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntaxForMetricFilters.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.check.filter_patterns import ReadFilter, read_filters
from watchspec.diagnostics import Diagnostic, Location, Rule, Severity, shorten, suggest_name
from watchspec.languages import parse_selector
from watchspec.model.filter_patterns import Columns, JsonPattern, Selector, Words
from watchspec.model.monitoring import Monitoring

RULE = Rule("log/unreadable-field", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Values and dimensions that do not fit the pattern."""
    for read in read_filters(monitoring):
        if isinstance(read.pattern, Words):
            yield from _check_words(read)
        else:
            yield from _check_fields(read)


def _check_words(read: ReadFilter) -> Iterator[Diagnostic]:
    one = read.filter
    help_text = 'write a pattern such as { $.level = "error" } or [time, level = ERROR, ...]'
    if one.dimensions:
        message = "a pattern of words reads no fields, so that it has no dimensions"
        place = one.source.key_place("dimensions")
        yield RULE.find(Severity.ERROR, message, place, help=help_text)
    elif one.value.startswith("$"):
        message = f'a pattern of words reads no fields, so that there is no "{one.value}"'
        place = one.source.place("value")
        yield RULE.find(Severity.WARNING, message, place, help=help_text)


def _check_fields(read: ReadFilter) -> Iterator[Diagnostic]:
    is_json = isinstance(read.pattern, JsonPattern)
    form = "$.name, as the lines are JSON" if is_json else "$name, after a column of the pattern"
    for text, selector, place in read.reads():
        if selector is None or is_json != _is_of_json(selector):
            message = f'"{shorten(text)}" is no field that the pattern reads'
            meant = ("$." if is_json else "$") + text.lstrip("$.")
            hint = f'did you mean "{meant}"?' if parse_selector(meant) else ""
            help_text = f"a field is written {form}"
            yield RULE.find(Severity.WARNING, message, place, hint=hint, help=help_text)
        elif isinstance(read.pattern, Columns):
            yield from _check_name(text[1:], read.pattern, place)


def _is_of_json(selector: Selector) -> bool:
    return selector.text.startswith(("$.", "$["))


def _check_name(name: str, pattern: Columns, place: Location) -> Iterator[Diagnostic]:
    names = [column.name for column in pattern.columns if column.name not in {"", "..."}]
    if name not in names and not name.isdecimal():
        hint = suggest_name(name, names)
        help_text = "" if hint else "name the column in the pattern, or count: $1 is the first"
        message = f'the pattern names no column "{name}"'
        yield RULE.find(Severity.WARNING, message, place, hint=hint, help=help_text)

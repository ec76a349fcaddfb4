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

from collections.abc import Iterator

from watchspec.check.filter_patterns import ReadFilter, read_filters
from watchspec.diagnostics import Diagnostic, Location, Rule, Severity, suggest_name
from watchspec.model.filter_patterns import Columns, JsonPattern, Selector, leaves_of
from watchspec.model.monitoring import Monitoring

RULE = Rule("log/unknown-field", __doc__)
_KINDS = {JsonPattern: "json", Columns: "space_delimited"}
_WORDS = {"json": "JSON", "space_delimited": "space-delimited", "text": "plain text"}


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Metric filters on what the lines of their log do not have."""
    for read in read_filters(monitoring):
        kind = _KINDS.get(type(read.pattern))
        line_format = read.log.line_format
        if not line_format or kind is None:
            continue
        if kind != line_format:
            message = f"the pattern is for {_WORDS[kind]} lines, but those of this log are {_WORDS[line_format]}"
            place = read.filter.source.place("pattern")
            yield RULE.find(Severity.WARNING, message, place)
        elif isinstance(read.pattern, Columns):
            yield from _check_columns(read, read.pattern)
        else:
            yield from _check_fields(read)


def _check_fields(read: ReadFilter) -> Iterator[Diagnostic]:
    known = read.log.fields
    named: set[str] = set()
    for selector, place in _selectors_of(read):
        field = selector.field
        if field in named or not field or any(_is_within(field, one) for one in known):
            continue
        named.add(field)
        hint = suggest_name(field, known)
        message = f'the lines of this log have no field "{field}"'
        help_text = "" if hint else f"add it to the format of the log, {read.log.key}"
        yield RULE.find(Severity.WARNING, message, place, hint=hint, help=help_text)


def _selectors_of(read: ReadFilter) -> Iterator[tuple[Selector, Location]]:
    for leaf in leaves_of(read.pattern):
        yield leaf.selector, read.point(leaf.selector)
    for text, selector, place in read.reads():
        if selector is not None and text.startswith(("$.", "$[")):
            yield selector, place


def _is_within(field: str, known: str) -> bool:
    """Whether a field is a known one, a part of it, or holds it."""
    return field == known or field.startswith(f"{known}.") or known.startswith(f"{field}.")


def _check_columns(read: ReadFilter, pattern: Columns) -> Iterator[Diagnostic]:
    """Columns are found by counting; their names in the pattern are free."""
    names = [column.name for column in pattern.columns]
    is_open, known = "..." in names, read.log.fields
    count = len(names) - names.count("...")
    if count > len(known) or (count < len(known) and not is_open and names != [""]):
        counted = "1 column" if count == 1 else f"{count} columns"
        message = f"the pattern has {counted}, but the lines of this log have {len(known)}"
        help_text = "" if count > len(known) else "write ... for those that do not matter"
        place = read.filter.source.place("pattern")
        yield RULE.find(Severity.WARNING, message, place, help=help_text)
        return
    if names.count("...") > 1:
        return
    for column, index in zip(pattern.columns, _count_columns(names, len(known)), strict=True):
        name = column.name
        if known.count(name) == 1 and known[index] != name:
            message = f'"{name}" is column {known.index(name) + 1} of these lines, not {index + 1}'
            yield RULE.find(Severity.WARNING, message, read.point(column))
            return


def _count_columns(names: list[str], length: int) -> Iterator[int]:
    """The place of each column in a line: before `...` from the left, after it from the right."""
    gap = names.index("...") if "..." in names else len(names)
    return (index if index <= gap else length - len(names) + index for index in range(len(names)))

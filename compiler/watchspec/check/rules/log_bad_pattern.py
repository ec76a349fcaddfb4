"""A metric filter has a pattern that CloudWatch Logs refuses.

Why: the deployment of the stack would fail. A pattern is words, conditions on the fields of a JSON line
in `{}`, or the columns of a space-delimited line in `[]`.

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
    metrics: {errors: {pattern: "{ $.level == 'error' }"}}
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
    metrics: {errors: {pattern: '{ $.level = "error" }'}}
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.catalog.quotas import (
    LOGS_REGEXES_PER_PATTERN,
    LOGS_WILDCARDS_PER_PATTERN,
    LOGS_WILDCARDS_PER_SELECTOR,
)
from watchspec.check.filter_patterns import ReadFilter, point_into, read_filters, read_pattern
from watchspec.diagnostics import Diagnostic, Rule, Severity
from watchspec.languages import Problem
from watchspec.model.filter_patterns import Columns, Words, comparisons_of, leaves_of
from watchspec.model.monitoring import Monitoring

RULE = Rule("log/bad-pattern", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Patterns that are none, and patterns beyond what CloudWatch Logs takes."""
    for one in monitoring.metric_filters:
        problem = read_pattern(one)
        if isinstance(problem, Problem):
            place = point_into(one, problem.offset)
            yield RULE.find(Severity.ERROR, problem.message, place)
    for read in read_filters(monitoring):
        yield from _check_comparisons(read)
        yield from _check_quotas(read)
        if isinstance(read.pattern, Words):
            yield from _check_words(read, read.pattern)
        if isinstance(read.pattern, Columns):
            yield from _check_columns(read, read.pattern)


def _check_words(read: ReadFilter, pattern: Words) -> Iterator[Diagnostic]:
    """AWS documents that these need quotation marks, yet patterns without them are in use."""
    for word in pattern.words:
        value = word.value
        if not value.is_quoted and not value.is_regex and ("." in value.text or "-" in value.text):
            message = f'"{value.text}" has characters that AWS wants in double quotes'
            help_text = f'write "{value.text}" with the quotation marks'
            yield RULE.find(Severity.WARNING, message, read.point(value), help=help_text)


def _check_comparisons(read: ReadFilter) -> Iterator[Diagnostic]:
    for one in comparisons_of(read.pattern):
        if one.operator not in {"=", "!="} and one.value.number is None:
            message = f'"{one.operator}" compares with a number, and "{one.value.text}" is none'
            yield RULE.find(Severity.ERROR, message, read.point(one.value))


def _check_quotas(read: ReadFilter) -> Iterator[Diagnostic]:
    regexes = [one.value for one in comparisons_of(read.pattern) if one.value.is_regex]
    for value in regexes[LOGS_REGEXES_PER_PATTERN:][:1]:
        message = f"a pattern has at most {LOGS_REGEXES_PER_PATTERN} regular expressions"
        help_text = "join them by | into one, or make several metric filters"
        yield RULE.find(Severity.ERROR, message, read.point(value), help=help_text)
    wild = [one.selector for one in leaves_of(read.pattern) if one.selector.wildcards]
    for selector in wild:
        if selector.wildcards > LOGS_WILDCARDS_PER_SELECTOR:
            message = f'"{selector.text}" has more than {LOGS_WILDCARDS_PER_SELECTOR} wildcard'
            yield RULE.find(Severity.ERROR, message, read.point(selector))
    for selector in wild[LOGS_WILDCARDS_PER_PATTERN:][:1]:
        message = f"a pattern has at most {LOGS_WILDCARDS_PER_PATTERN} fields with a wildcard"
        yield RULE.find(Severity.ERROR, message, read.point(selector))


def _check_columns(read: ReadFilter, pattern: Columns) -> Iterator[Diagnostic]:
    """What AWS documents in one place and refuses in another, and what looks like something else."""
    for one in [column for column in pattern.columns if column.name == "..."][1:]:
        message = 'with a second "..." it is open which columns stand between the two'
        yield RULE.find(Severity.WARNING, message, read.point(one))
    for column in pattern.columns:
        for leaf in leaves_of(Columns((column,))):
            name = leaf.selector.text
            if name != column.name:
                message = f'a condition on "{name}" stands in the column "{column.name}"'
                help_text = f'write a "," before it, or compare "{column.name}"'
                place = read.point(leaf.selector)
                yield RULE.find(Severity.WARNING, message, place, help=help_text)
    first, *rest = pattern.columns
    is_name = first.condition is None and first.name not in {"", "..."}
    if is_name and not rest and not read.log.line_format:
        message = f'"[{first.name}]" takes every line of one column, whatever stands in it'
        help_text = f'to look for the text, write "[{first.name}]" in double quotes'
        yield RULE.find(Severity.WARNING, message, read.point(first), help=help_text)

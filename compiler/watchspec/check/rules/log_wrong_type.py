"""A metric filter reads a field as something else than it is.

Why: a text is never above 500, a number is never `"error"`, a whole object is never equal to anything, and
a text is no value of a metric: the filter would match nothing, or its metric have no data.

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
    format: {json: {level: string, retried: boolean}}
    metrics: {errors: {pattern: "{ $.level >= 500 }"}}
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
    format: {json: {level: string, retried: boolean}}
    metrics: {errors: {pattern: "{ $.level = error && $.retried IS TRUE }"}}
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from watchspec.check.filter_patterns import ReadFilter, read_filters
from watchspec.diagnostics import Diagnostic, Rule, Severity
from watchspec.languages import parse_selector
from watchspec.model.filter_patterns import Comparison, JsonPattern, Selector, StateTest, leaves_of
from watchspec.model.monitoring import Monitoring

RULE = Rule("log/wrong-type", __doc__)
_NUMBERS = frozenset(("number", "integer", "ms", "s", "bytes"))
_NESTED = frozenset(("object", "array"))
_HELP = {
    "boolean": "write {selector} IS TRUE or {selector} IS FALSE",
    "string": "say in the format of the log that it is a number, if it is one",
    "object": "compare one of its fields",
    "array": "compare one of its items, {selector}[0], or any of them, {selector}[*]",
}
_WORDS = {
    **dict.fromkeys(_NUMBERS, "a number"),
    "string": "a text",
    "boolean": "true or false",
    "object": "an object",
    "array": "an array",
}


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Comparisons that no value of the field's type meets, and values that are no numbers."""
    for read in read_filters(monitoring):
        if isinstance(read.pattern, JsonPattern) and read.log.line_format == "json":
            types = dict(read.log.field_types)
            for leaf in leaves_of(read.pattern):
                yield from _check_leaf(read, leaf, types)
            yield from _check_value(read, types)


def _check_leaf(
    read: ReadFilter, leaf: Comparison | StateTest, types: Mapping[str, str]
) -> Iterator[Diagnostic]:
    field = leaf.selector.field
    part = _part_of_scalar(leaf.selector, types)
    if part:
        message = f'"{part}" is {_WORDS[types[part]]}, which has no parts'
        yield RULE.find(Severity.WARNING, message, read.point(leaf.selector))
        return
    kind = types.get(field, "") if _is_whole(leaf.selector) else ""
    reason = _find_reason(leaf, kind)
    if reason:
        message = f'"{field}" is {_WORDS[kind]}{reason}'
        if isinstance(leaf, StateTest) or kind in _NESTED:
            place = read.point(leaf.selector)
        else:
            place = read.point(leaf.value)
        is_test = isinstance(leaf, StateTest) and kind not in _NESTED
        help_text = "" if is_test else _HELP.get(kind, "").format(selector=leaf.selector.text)
        yield RULE.find(Severity.WARNING, message, place, help=help_text)


def _find_reason(leaf: Comparison | StateTest, kind: str) -> str:
    """Why a test fails for every value of a type, or an empty string."""
    if isinstance(leaf, StateTest):
        if leaf.state in {"NULL", "MISSING"} or kind in {"", "boolean"}:
            return ""
        return ", which is neither true nor false"
    is_exact = not leaf.value.is_regex and not leaf.value.has_wildcard
    if kind in _NESTED:
        return ", which no comparison meets"
    if kind in _NUMBERS and is_exact and leaf.value.number is None:
        return f', and "{leaf.value.text}" is none'
    if kind == "string" and leaf.operator not in {"=", "!="}:
        return f', and "{leaf.operator}" compares numbers'
    return ", which no comparison meets" if kind == "boolean" and is_exact else ""


def _part_of_scalar(selector: Selector, types: Mapping[str, str]) -> str:
    """The text, number or boolean that a field is said to be a part of, or an empty string."""
    names = selector.field.split(".")
    heads = [".".join(names[:count]) for count in range(1, len(names) + (not _is_whole(selector)))]
    return next((one for one in heads if types.get(one, "object") not in _NESTED), "")


def _is_whole(selector: Selector) -> bool:
    return all(isinstance(step, str) for step in selector.steps)


def _check_value(read: ReadFilter, types: Mapping[str, str]) -> Iterator[Diagnostic]:
    selector = parse_selector(read.filter.value)
    kind = types.get(selector.field, "") if selector and _is_whole(selector) else ""
    if selector and kind and kind not in _NUMBERS:
        message = f'"{selector.field}" is {_WORDS[kind]}, and the value of a metric is a number'
        yield RULE.find(Severity.WARNING, message, read.filter.source.place("value"))

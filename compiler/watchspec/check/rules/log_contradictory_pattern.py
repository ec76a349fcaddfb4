"""A pattern has conditions that no line meets together, or of which every line meets one.

Why: nothing is both below 3 and above 5, so that the filter never matches; and everything differs from one
of two values, so that it matches always.

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
    metrics: {errors: {pattern: '{ $.level = error && $.level = fatal }'}}
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
    metrics: {errors: {pattern: '{ $.level = error || $.level = fatal }'}}
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html (read 2026-11-24)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from watchspec.check.filter_patterns import ReadFilter, read_filters
from watchspec.diagnostics import Diagnostic, Related, Rule, Severity
from watchspec.model.filter_patterns import (
    Comparison,
    Condition,
    Junction,
    StateTest,
    Step,
    Value,
    Words,
    conditions_of,
)
from watchspec.model.monitoring import Monitoring
from watchspec.model.signals import COMPARE

RULE = Rule("log/contradictory-pattern", __doc__)
Leaf = Comparison | StateTest


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Two conditions on one field that cannot both be true, or cannot both be false."""
    for read in read_filters(monitoring):
        if isinstance(read.pattern, Words):
            yield from _check_words(read, read.pattern)
        for joint, leaves in _groups("&&", conditions_of(read.pattern)):
            for same in _by_selector(leaves):
                yield from _check_pairs(read, joint, same)


def _check_words(read: ReadFilter, pattern: Words) -> Iterator[Diagnostic]:
    """Terms are looked for anywhere in a line, within other words too."""
    plain = [word for word in pattern.words if word.sign != "?" and not word.value.is_regex]
    wanted = [word.value for word in plain if not word.sign]
    for word in plain:
        around = next((one for one in wanted if word.sign and word.value.text in one.text), None)
        if around is not None:
            message = f'every line with "{around.text}" has "{word.value.text}", which is left out'
            related = [Related(read.point(around), "the term that a line must have")]
            yield RULE.find(Severity.WARNING, message, read.point(word.value), related=related)
            return


def _groups(joint: str, terms: Iterable[Condition]) -> Iterator[tuple[str, list[Leaf]]]:
    """The comparisons that are joined by && or by ||, those in further brackets by themselves."""
    flat = list(_flatten(joint, terms))
    yield joint, [one for one in flat if not isinstance(one, Junction)]
    for one in flat:
        if isinstance(one, Junction):
            yield from _groups(one.operator, one.terms)


def _flatten(joint: str, terms: Iterable[Condition]) -> Iterator[Condition]:
    for one in terms:
        if isinstance(one, Junction) and one.operator == joint:
            yield from _flatten(joint, one.terms)
        else:
            yield one


def _by_selector(leaves: Iterable[Leaf]) -> Iterable[list[Leaf]]:
    same: defaultdict[tuple[Step, ...], list[Leaf]] = defaultdict(list)
    for leaf in leaves:
        # Several items of an array can meet what one cannot.
        if not leaf.selector.wildcards:
            same[leaf.selector.steps].append(leaf)
    return same.values()


def _check_pairs(read: ReadFilter, joint: str, leaves: list[Leaf]) -> Iterator[Diagnostic]:
    is_found = _exclude if joint == "&&" else _cover
    pair = next((pair for pair in combinations(leaves, 2) if is_found(*pair)), None)
    if pair is None:
        return
    first, second = map(_spell, pair)
    message = f'no line has both "{first}" and "{second}"'
    help_text = "join them by || if one is enough"
    if joint == "||":
        message = f'every value meets "{first}" or "{second}"'
        help_text = "join them by && to leave both out"
    place = read.point(pair[1].selector)
    related = [Related(read.point(pair[0].selector), "the other one")]
    yield RULE.find(Severity.WARNING, message, place, help=help_text, related=related)


def _exclude(first: Leaf, second: Leaf) -> bool:
    """Whether two conditions on one field are never true together."""
    if isinstance(first, StateTest) and isinstance(second, StateTest):
        return first.state != second.state
    if isinstance(first, StateTest) or isinstance(second, StateTest):
        test, other = (first, second) if isinstance(first, StateTest) else (second, first)
        assert isinstance(test, StateTest)
        assert isinstance(other, Comparison)
        # What "!=" makes of a field that is missing is not documented.
        return test.state == "MISSING" and other.operator != "!="
    if not _is_exact(first.value) or not _is_exact(second.value):
        return False
    return _rules_out(first, second) or _rules_out(second, first)


def _rules_out(first: Comparison, second: Comparison) -> bool:
    low, high = first.value.number, second.value.number
    if first.operator == "=" and second.operator in {"=", "!="}:
        return _is_same(first.value, second.value) == (second.operator == "!=")
    if high is None or second.operator not in COMPARE:
        return False
    if first.operator == "=":
        return low is None or not COMPARE[second.operator](low, high)
    if low is None or first.operator[0] != ">" or second.operator[0] != "<":
        return False
    return low > high or (low == high and (first.operator, second.operator) != (">=", "<="))


def _cover(first: Leaf, second: Leaf) -> bool:
    """Whether one of two conditions is true of every value."""
    if not isinstance(first, Comparison) or not isinstance(second, Comparison):
        return False
    is_exact = _is_exact(first.value) and _is_exact(second.value)
    both = first.operator == second.operator == "!="
    return both and is_exact and not _is_same(first.value, second.value)


def _is_exact(value: Value) -> bool:
    return not value.is_regex and not value.has_wildcard


def _is_same(first: Value, second: Value) -> bool:
    numbers = first.number, second.number
    return first.text == second.text if None in numbers else numbers[0] == numbers[1]


def _spell(leaf: Leaf) -> str:
    if isinstance(leaf, Comparison):
        return f"{leaf.selector.text} {leaf.operator} {leaf.value.text}"
    return f"{leaf.selector.text} {'NOT EXISTS' if leaf.state == 'MISSING' else f'IS {leaf.state}'}"

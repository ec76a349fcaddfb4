"""A Metrics Insights query is not written as CloudWatch reads it.

Why: an alarm on it is refused, a graph stays empty. What AWS does not document (OR, LIKE, IN …) is a
warning, because it may work.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  cpu: {query: 'SELECT AVG(CPUUtilization) FROM AWS/EC2'}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  cpu: {query: 'SELECT AVG(CPUUtilization) FROM "AWS/EC2"'}
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-metrics-insights-querylanguage.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.catalog.quotas import INSIGHTS_SERIES
from watchspec.check.insights import Select, selects_of
from watchspec.diagnostics import Diagnostic, Rule, Severity, shorten
from watchspec.languages import Problem
from watchspec.model.metrics_insights import InsightsSelect, Word
from watchspec.model.monitoring import Monitoring

RULE = Rule("metric/bad-query", __doc__)
_FORM = "write  SELECT f(metric) FROM namespace WHERE label = 'value' GROUP BY label"
_QUOTES = (
    "put names with other characters than letters, digits and _ in double quotes, "
    "values in single ones"
)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Queries that cannot be read, or that go beyond what AWS documents."""
    for select in selects_of(monitoring):
        tree = select.tree
        if isinstance(tree, Problem):
            advice = _QUOTES if select.text[tree.offset : tree.offset + 1] in _ODD else _FORM
            place = select.point(tree)
            yield RULE.find(Severity.ERROR, tree.message, place, help=advice)
        else:
            yield from _check_words(select, tree)


_ODD = frozenset("/.-:#@\"'")
"""What a name in double quotes, or a value in single ones, may hold."""


def _check_words(select: Select, query: InsightsSelect) -> Iterator[Diagnostic]:
    undocumented: list[tuple[Word, str]] = [
        (one.operator, "compares with = and != only")
        for one in query.conditions
        if one.operator.text not in {"=", "!="}
    ]
    undocumented += [
        (join, "joins conditions with AND only")
        for join in query.joins
        if join.text.upper() != "AND"
    ]
    for word, fact in undocumented:
        message = f"a Metrics Insights query {fact}, as far as AWS documents it"
        yield RULE.find(Severity.WARNING, message, select.point(word))
    limit = query.limit
    if limit is not None and not 1 <= float(limit.text) <= INSIGHTS_SERIES:
        message = f"a query gives 1 to {INSIGHTS_SERIES} series, not {shorten(limit.text)}"
        yield RULE.find(Severity.ERROR, message, select.point(limit))

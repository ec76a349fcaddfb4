"""A metric filter has a dimension with a value of its own in almost every line.

Why: each combination of values is a custom metric with a price, and CloudWatch Logs may disable a filter that
makes a thousand of them in an hour. Logs Insights counts such fields without a metric for each.

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
    metrics: {errors: {pattern: '{ $.level = error }', dimensions: {Request: $.request_id}}}
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
    metrics: {errors: {pattern: '{ $.level = error }', dimensions: {Page: $.page}}}
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntaxForMetricFilters.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.catalog.metric_filters import COSTLY_NAMES, COSTLY_TYPES, COSTLY_VALUES_PER_HOUR
from watchspec.check.filter_patterns import read_filters
from watchspec.diagnostics import Diagnostic, Rule, Severity
from watchspec.model.monitoring import Monitoring

RULE = Rule("log/costly-dimension", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Dimensions read from fields whose name or type says that hardly two lines share a value."""
    for read in read_filters(monitoring):
        types = dict(read.log.field_types)
        for name, _ in read.filter.dimensions:
            selector = read.dimension(name)
            last = str(selector.steps[-1]) if selector is not None else ""
            word = "".join(filter(str.isalnum, last)).lower()
            if word in COSTLY_NAMES or (selector and types.get(selector.field) in COSTLY_TYPES):
                message = f'almost every line has its own "{last}", and each makes a metric'
                help_text = (
                    f"leave it out: above {COSTLY_VALUES_PER_HOUR:,} values in an hour, "
                    "AWS may disable the filter"
                )
                place = read.filter.source.place("dimensions", name)
                yield RULE.find(Severity.WARNING, message, place, help=help_text)

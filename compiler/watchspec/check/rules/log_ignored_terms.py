"""A pattern has terms of which one is enough beside terms that a line must have.

Why: CloudWatch ignores each term with a question mark as soon as one stands without, so that the filter
counts more lines than it says.

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
    metrics: {errors: {pattern: '?ERROR ?FATAL payment'}}
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
    metrics: {errors: {pattern: '%payment.*ERROR|payment.*FATAL%'}}
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.check.filter_patterns import point_into, read_filters
from watchspec.diagnostics import Diagnostic, Rule, Severity
from watchspec.model.filter_patterns import Words
from watchspec.model.monitoring import Monitoring

RULE = Rule("log/ignored-terms", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Patterns whose optional terms are ignored."""
    for read in read_filters(monitoring):
        words = read.pattern.words if isinstance(read.pattern, Words) else ()
        optional = [word for word in words if word.sign == "?"]
        if optional and len(optional) < len(words):
            first = optional[0]
            width = first.value.offset - first.offset + first.value.width
            place = point_into(read.filter, first.offset, width)
            message = 'terms with a "?" are ignored beside terms without one'
            help_text = "write all of them with a question mark, or a regular expression"
            yield RULE.find(Severity.WARNING, message, place, help=help_text)

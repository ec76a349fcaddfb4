"""A query calls a function that Logs Insights does not have.

Why: CloudWatch refuses the query when it runs.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
queries:
  one:
    question: What happened?
    query: |
      stats average(duration) by path
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
queries:
  one:
    question: What happened?
    query: |
      stats avg(duration) by path
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-operations-functions.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.catalog.insights_queries import FUNCTIONS
from watchspec.check.queries import calls_of, find_near, queries_of
from watchspec.diagnostics import Diagnostic, Rule, Severity
from watchspec.model.monitoring import Monitoring

RULE = Rule("query/unknown-function", __doc__)
_KNOWN = frozenset(function.lower() for function in FUNCTIONS)
_ALSO_CALLED = {
    "average": "avg",
    "contains": "strcontains",
    "isnull": "ispresent",
    "length": "strlen",
    "len": "strlen",
    "lower": "tolower",
    "mean": "avg",
    "parse_json": "jsonParse",
    "percentile": "pct",
    "substring": "substr",
    "upper": "toupper",
}
"""What other languages call these functions."""


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Functions nobody knows: errors if they are like one that exists, for AWS adds new ones."""
    for query in queries_of(monitoring):
        for call in calls_of(query):
            name = call.function.lower()
            if name in _KNOWN:
                continue
            elsewhere = _ALSO_CALLED.get(name, "")
            near = "" if elsewhere else find_near(name, FUNCTIONS)
            meant = elsewhere or near
            severity = Severity.ERROR if near else Severity.WARNING
            message = f'there is no function "{call.function}"'
            hint = f'did you mean "{meant}"?' if meant else ""
            place = query.point(call.offset, len(call.function))
            yield RULE.find(severity, message, place, hint=hint)

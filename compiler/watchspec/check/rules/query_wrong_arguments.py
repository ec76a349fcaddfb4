"""A function of a query gets more or fewer arguments than it takes.

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
      stats pct(duration) by path
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
      stats pct(duration, 95) by path
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-operations-functions.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.catalog.insights_queries import FUNCTIONS
from watchspec.check.queries import calls_of, queries_of
from watchspec.diagnostics import Diagnostic, Rule, Severity
from watchspec.model.insights_queries import Call
from watchspec.model.monitoring import Monitoring

RULE = Rule("query/wrong-arguments", __doc__)
_TAKEN = {function.lower(): taken for function, taken in FUNCTIONS.items()}


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Calls with a number of arguments that the function does not take."""
    for query in queries_of(monitoring):
        for call in calls_of(query):
            taken = _TAKEN.get(call.function.lower())
            if taken is not None and not taken[0] <= len(call.arguments) <= taken[1]:
                message = f'"{call.function}" takes {_say(*taken)}, not {len(call.arguments)}'
                place = query.point(call.offset, len(call.function))
                yield RULE.find(Severity.ERROR, message, place, help=_help(call))


def _say(fewest: int, most: int) -> str:
    if fewest == most:
        return f"{most} argument{'' if most == 1 else 's'}"
    return f"{fewest} to {most} arguments" if most <= 3 else f"{fewest} or more arguments"  # noqa: PLR2004 - those of concat have no end


def _help(call: Call) -> str:
    if call.function.lower() == "pct":
        return "name the field and the percentile:  pct(duration, 95)"
    return ""

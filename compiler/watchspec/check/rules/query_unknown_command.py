"""A query has a command that Logs Insights does not have.

Why: CloudWatch refuses the query when it runs, on a dashboard or in front of somebody who is in a hurry.

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
      filtr status >= 500
      | limit 20
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
      filter status >= 500
      | limit 20
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.catalog.insights_queries import COMMANDS
from watchspec.check.queries import find_near, queries_of
from watchspec.diagnostics import Diagnostic, Rule, Severity
from watchspec.model.insights_queries import Other
from watchspec.model.monitoring import Monitoring

RULE = Rule("query/unknown-command", __doc__)
_KNOWN = frozenset(command.lower() for command in COMMANDS)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Commands nobody knows: errors if they are like one that exists, for AWS adds new ones."""
    for query in queries_of(monitoring):
        for command in query.commands:
            if isinstance(command, Other) and command.word not in _KNOWN:
                near = find_near(command.word, COMMANDS)
                severity = Severity.ERROR if near else Severity.WARNING
                message = f'there is no command "{command.word}"'
                hint = f'did you mean "{near}"?' if near else ""
                help_text = "" if near else "begin with a command such as filter, fields or stats"
                place = query.point(command.offset, len(command.word))
                yield RULE.find(severity, message, place, hint=hint, help=help_text)

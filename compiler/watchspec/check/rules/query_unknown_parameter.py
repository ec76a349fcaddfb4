"""A query asks for a parameter that it does not declare.

Why: CloudWatch puts in the parameters of a saved query by their names; another `{{name}}` stays as it is,
and the query is none.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
queries:
  one:
    question: What happened?
    parameters: {page: {default: /}}
    query: |
      filter path = "{{path}}"
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
    parameters: {path: {default: /}}
    query: |
      filter path = "{{path}}"
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_Insights-Saving-Queries.html (read 2026-11-24)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from watchspec.check.queries import queries_of
from watchspec.diagnostics import Diagnostic, Rule, Severity, suggest_name
from watchspec.model.monitoring import Monitoring

RULE = Rule("query/unknown-parameter", __doc__)
_PARAMETER = re.compile(r"\{\{\s*([A-Za-z_]\w*)\s*\}\}")


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """What stands in double braces and is no parameter."""
    for query in queries_of(monitoring):
        known = query.parameters or frozenset()
        for match in _PARAMETER.finditer(query.text):
            if match[1] not in known:
                message = f'the query has no parameter "{match[1]}"'
                help_text = "declare it under parameters"
                if query.parameters is None:
                    help_text = "only a saved query has parameters"
                hint = suggest_name(match[1], known)
                place = query.point(match.start(), len(match[0]))
                yield RULE.find(Severity.WARNING, message, place, hint=hint, help=help_text)

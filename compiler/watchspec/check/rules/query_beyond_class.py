"""A query uses what the class of its log group does not have.

Why: log groups of the class `infrequent_access` have no `pattern`, `diff`, `filterIndex` and `unmask` and
take two `stats` instead of ten; CloudWatch refuses the query.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
logs:
  web: {group: /web, retention: 30 days, class: infrequent_access}
queries:
  one:
    question: What happened?
    log: web
    query: |
      filter @message like /error/
      | pattern @message
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
logs:
  web: {group: /web, retention: 30 days}
queries:
  one:
    question: What happened?
    log: web
    query: |
      filter @message like /error/
      | pattern @message
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatch_Logs_Log_Classes.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.catalog.insights_queries import MAX_STATS, NOT_IN_INFREQUENT_ACCESS
from watchspec.check.queries import Query, queries_of
from watchspec.diagnostics import Diagnostic, Rule, Severity
from watchspec.model.insights_queries import Stats
from watchspec.model.monitoring import Monitoring

RULE = Rule("query/beyond-class", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Queries that the class of a log group does not take."""
    for query in queries_of(monitoring):
        is_infrequent = any(log.log_class == "INFREQUENT_ACCESS" for log in query.logs)
        yield from _check_query(query, is_infrequent=is_infrequent)


def _check_query(query: Query, *, is_infrequent: bool) -> Iterator[Diagnostic]:
    log_class = "INFREQUENT_ACCESS" if is_infrequent else "STANDARD"
    stats = [command for command in query.commands if isinstance(command, Stats)]
    for extra in stats[MAX_STATS[log_class] :][:1]:
        message = (
            f"a query of the class {log_class.lower()} has {MAX_STATS[log_class]} stats at most"
        )
        yield RULE.find(Severity.ERROR, message, query.point(extra.offset, len(extra.word)))
    for command in query.commands if is_infrequent else ():
        if command.word in NOT_IN_INFREQUENT_ACCESS:
            message = f'log groups of the class infrequent_access have no "{command.word}"'
            place = query.point(command.offset, len(command.word))
            yield RULE.find(Severity.ERROR, message, place)

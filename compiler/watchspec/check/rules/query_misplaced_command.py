"""A command of a query stands where CloudWatch does not take it.

Why: `SOURCE` is first, `estimate` is last, only `limit` may follow `dedup`, and with several `stats` no
`sort` and no `limit` may stand before the last of them; any other query is refused.

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
      stats count(*) as requests by path
      | sort requests desc
      | stats max(requests) by path
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
      stats count(*) as requests by path
      | stats max(requests) by path
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-Stats.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.check.queries import queries_of
from watchspec.diagnostics import Diagnostic, Rule, Severity
from watchspec.model.insights_queries import Command, Limit, Sort, Stats
from watchspec.model.monitoring import Monitoring

RULE = Rule("query/misplaced-command", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Commands in an order that CloudWatch refuses."""
    for query in queries_of(monitoring):
        for command, message, help_text in _find_misplaced(query.commands):
            place = query.point(command.offset, len(command.word))
            yield RULE.find(Severity.ERROR, message, place, help=help_text)


def _find_misplaced(commands: tuple[Command, ...]) -> Iterator[tuple[Command, str, str]]:
    stats = [at for at, command in enumerate(commands) if isinstance(command, Stats)]
    last_stats = stats[-1] if len(stats) > 1 else 0
    words = [command.word for command in commands]
    for at, (word, command) in enumerate(zip(words, commands, strict=True)):
        if word == "source" and set(words[:at]) - {"source"}:
            yield command, "SOURCE stands behind another command", "put it first"
        elif "estimate" in words[:at]:
            yield command, f'"{word}" stands behind estimate', "put estimate last"
        elif "dedup" in words[:at] and not isinstance(command, Limit) and word != "estimate":
            yield (
                command,
                f'"{word}" stands behind dedup',
                "put it before dedup; only limit may follow",
            )
        elif at < last_stats and isinstance(command, Sort | Limit):
            message = f'"{word}" stands before a further stats'
            yield command, message, "put it behind the last stats, or leave it out"

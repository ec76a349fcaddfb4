"""A step of a query has no effect, or not the one it looks as if it had.

Why: `stats` puts its rows into an order of its own, the last `sort` and the last `display` win, and a
`limit` before `stats` makes it count only some of the lines.

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
      filter status >= 500
      | sort @timestamp desc
      | stats count(*) by path
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
      | stats count(*) as errors by path
      | sort errors desc
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-Sort.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.catalog.insights_queries import MAX_ROWS
from watchspec.check.queries import queries_of
from watchspec.diagnostics import Diagnostic, Rule, Severity
from watchspec.model.insights_queries import Command, Filter, Limit, Parse, Select, Sort, Stats
from watchspec.model.monitoring import Monitoring

RULE = Rule("query/pointless-step", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Steps that a later one undoes, and limits that cannot be."""
    for query in queries_of(monitoring):
        stats = sum(isinstance(command, Stats) for command in query.commands)
        for at, command in enumerate(query.commands):
            # Before the last of several, sort and limit are refused: another rule says so.
            said = _judge(command, query.commands[at + 1 :], is_only=stats == 1)
            if said is not None:
                message, help_text = said
                place = query.point(command.offset, len(command.word))
                yield RULE.find(Severity.WARNING, message, place, help=help_text)


def _judge(command: Command, rest: tuple[Command, ...], *, is_only: bool) -> tuple[str, str] | None:
    """What is wrong with a step, and what to do."""
    undone = _find_undoing(command, rest)
    if isinstance(command, Sort) and isinstance(undone, Stats) and is_only:
        return "the order is lost: stats makes rows of its own", "sort behind the stats"
    if isinstance(command, Sort) and isinstance(undone, Sort):
        return "the order is lost: a later sort makes another", "sort once, by several fields"
    if isinstance(command, Limit):
        return _judge_limit(command, undone, is_only=is_only)
    if isinstance(command, Select) and command.word == "display" and isinstance(undone, Select):
        return "the later display decides what is shown", "leave out the first display"
    return None


def _judge_limit(
    command: Limit, undone: Command | None, *, is_only: bool
) -> tuple[str, str] | None:
    if command.count == 0:
        return "a limit of 0 shows nothing", "write how many rows to show"
    if command.count is not None and command.count > MAX_ROWS:
        return f"a query gives {MAX_ROWS:,} rows at most", f"write {MAX_ROWS} or less"
    if isinstance(undone, Stats) and is_only:
        return "the stats behind it sees no more lines than this", "put the limit behind the stats"
    return None


def _find_undoing(command: Command, rest: tuple[Command, ...]) -> Command | None:
    """The next step that makes this one void; None if one between may need it."""
    for other in rest:
        if isinstance(other, Stats | Sort):
            return other
        if isinstance(other, Select) and other.word == command.word == "display":
            return other
        if not isinstance(other, Filter | Parse | Select):
            return None
    return None

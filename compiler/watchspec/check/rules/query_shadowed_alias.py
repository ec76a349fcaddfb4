"""A column of a query gets a name that an earlier step has given already.

Why: CloudWatch then says that a symbol is unknown or that a field is defined already, and the query is
refused.

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
      fields @timestamp, status
      | stats count(*) as status by path
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
      fields @timestamp, status
      | stats count(*) as requests by path
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-alias.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.check.queries import queries_of
from watchspec.diagnostics import Diagnostic, Related, Rule, Severity
from watchspec.model.insights_queries import Command, Field, Named, Select, Stats
from watchspec.model.monitoring import Monitoring

RULE = Rule("query/shadowed-alias", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Aliases of `stats` and `fields` that are the name of a field listed before."""
    for query in queries_of(monitoring):
        for alias, first in _find_shadowed(query.commands):
            message = f'"{alias.name}" is the name of a field that the query lists before'
            place = query.point(alias.offset, alias.width)
            related = [Related(query.point(first.offset, first.width), "listed here")]
            help_text = "choose another name"
            yield RULE.find(Severity.WARNING, message, place, help=help_text, related=related)


def _find_shadowed(commands: tuple[Command, ...]) -> Iterator[tuple[Field, Field]]:
    listed: dict[str, Field] = {}
    for command in commands:
        if not isinstance(command, Select | Stats):
            continue
        for one in _items_of(command):
            is_itself = isinstance(one.term, Field) and one.column == one.term.name
            if one.alias is not None and one.alias.name in listed and not is_itself:
                yield one.alias, listed[one.alias.name]
        if isinstance(command, Stats):
            listed = {}
            continue
        for one in command.items:
            name = one.alias or one.term
            if isinstance(name, Field):
                listed.setdefault(name.name, name)


def _items_of(command: Select | Stats) -> tuple[Named, ...]:
    return command.items if isinstance(command, Select) else (*command.columns, *command.groups)

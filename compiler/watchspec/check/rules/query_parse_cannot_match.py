"""A `parse` extracts nothing, or not what its names say.

Why: each star of a text pattern needs a name and each name a star; a regular expression extracts its
named groups alone.

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
      parse @message "user=* method=*" as user
      | stats count(*) by user
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
      parse @message "user=* method=*" as user, method
      | stats count(*) by user
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-Parse.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from watchspec.check.queries import Query, queries_of
from watchspec.check.query_fields import GROUP
from watchspec.diagnostics import Diagnostic, Rule, Severity
from watchspec.model.insights_queries import Field, Parse, Regex, Value
from watchspec.model.monitoring import Monitoring

RULE = Rule("query/parse-cannot-match", __doc__)
_Verdict: TypeAlias = tuple[Severity, str, str]


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Patterns whose stars and names do not agree, and those that are for lines of another kind."""
    for query in queries_of(monitoring):
        for command in query.commands:
            if not isinstance(command, Parse):
                continue
            judge = _judge_regex if isinstance(command.pattern, Regex) else _judge_stars
            found = judge(query, command)
            if found is not None:
                severity, message, help_text = found
                place = query.point(command.pattern.offset, command.pattern.width)
                yield RULE.find(severity, message, place, help=help_text)


def _judge_regex(_query: Query, command: Parse) -> _Verdict | None:
    assert isinstance(command.pattern, Regex)
    if command.names or GROUP.search(command.pattern.pattern):
        return None
    help_text = "name what to extract:  /user=(?<user>[a-z]+)/"
    return Severity.WARNING, "the regular expression has no named group", help_text


def _judge_stars(query: Query, command: Parse) -> _Verdict | None:
    pattern = command.pattern
    assert isinstance(pattern, Value)
    # A parameter may hold stars, and whether a star can be written as itself is on no page.
    if pattern.kind != "text" or "{{" in pattern.text or "\\*" in pattern.text:
        return None
    stars, names = pattern.text.count("*"), len(command.names)
    if not stars:
        return Severity.WARNING, "the pattern has no star", "put a * where the value stands"
    if stars != names:
        message = f"the pattern has {_count(stars, 'star')} for {_count(names, 'name')}"
        return Severity.ERROR, message, "give each star a name, in their order"
    if _splits_json(query, command, pattern.text):
        message = "the pattern splits a line at its spaces, but the lines of this log are JSON"
        return Severity.WARNING, message, "use the fields of the line: they need no parse"
    return None


def _splits_json(query: Query, command: Parse, pattern: str) -> bool:
    is_line = command.source is None or (
        isinstance(command.source, Field) and command.source.name == "@message"
    )
    is_json = bool(query.logs) and all(log.line_format == "json" for log in query.logs)
    return is_line and is_json and pattern.startswith("* ") and set(pattern) <= set("* []-")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"

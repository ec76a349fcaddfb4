"""A regular expression of a query is not one that CloudWatch can read.

Why: CloudWatch reads regular expressions as RE2 does: without looking ahead or behind and without
references to groups.

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
      filter @message like /error(?! 404)/
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
      filter @message like /error/ and @message not like /error 404/
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-operations-functions.html (read 2026-11-24)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from watchspec.check.queries import Query, queries_of
from watchspec.diagnostics import Diagnostic, Rule, Severity
from watchspec.model.insights_queries import Parse, Regex, terms_of, walk_term
from watchspec.model.monitoring import Monitoring

RULE = Rule("query/unsupported-regex", __doc__)
_PIECE = re.compile(r"\\.|\[\^?\]?(?:\\.|\[:[a-z]+:\]|[^\]\\])*\]?|\(\?(?:<?[=!])?|.", re.DOTALL)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Regular expressions with what RE2 lacks, or with a bracket too many or too few."""
    for query in queries_of(monitoring):
        for regex in _regexes_of(query):
            found = _judge(regex.pattern)
            if found is None:
                continue
            severity, message, help_text, offset = found
            place = query.point(regex.offset + 1 + offset)
            yield RULE.find(severity, message, place, help=help_text)


def _regexes_of(query: Query) -> Iterator[Regex]:
    for command in query.commands:
        if isinstance(command, Parse) and isinstance(command.pattern, Regex):
            yield command.pattern
        for term in terms_of(command):
            yield from (one for one in walk_term(term) if isinstance(one, Regex))


def _judge(pattern: str) -> tuple[Severity, str, str, int] | None:
    """What is wrong with a regular expression, and where in it."""
    opened: list[int] = []
    # What is given for a parameter may be anything.
    for match in _PIECE.finditer(pattern) if "{{" not in pattern else ():
        piece, at = match.group(), match.start()
        if piece.endswith(("=", "!")) and piece.startswith("(?"):
            help_text = "use two conditions, one with not like"
            return Severity.WARNING, "CloudWatch does not look ahead or behind", help_text, at
        if re.fullmatch(r"\\[1-9]", piece):
            message = f'"{piece}" refers to a group, which CloudWatch does not do'
            return Severity.WARNING, message, "", at
        if piece[0] == "[" and (piece == "[" or piece[-1] != "]"):
            return _say_open(piece[0], at)
        if piece == ")" and not opened:
            return Severity.ERROR, 'nothing opens this ")"', "open it, or write \\)", at
        if piece == ")":
            opened.pop()
        elif piece[0] == "(":
            opened.append(at)
    return _say_open("(", opened[-1]) if opened else None


def _say_open(bracket: str, at: int) -> tuple[Severity, str, str, int]:
    return Severity.ERROR, f'nothing closes this "{bracket}"', f"close it, or write \\{bracket}", at

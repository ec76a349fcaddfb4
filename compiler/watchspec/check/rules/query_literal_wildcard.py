"""A text that is compared has characters that look like wildcards, but are not.

Why: `like` with a text in quotes looks for that very text, so that `"%error%"` finds only lines with two
percent signs.

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
      filter @message like "%error%"
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
      filter @message like "error"
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-Filter.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.check.queries import queries_of
from watchspec.diagnostics import Diagnostic, Rule, Severity, shorten
from watchspec.model.insights_queries import Operation, Value, terms_of, walk_term
from watchspec.model.monitoring import Monitoring

RULE = Rule("query/literal-wildcard", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Texts with wildcards behind `like`."""
    for query in queries_of(monitoring):
        terms = (one for command in query.commands for one in terms_of(command))
        for term in (inner for one in terms for inner in walk_term(one)):
            if not isinstance(term, Operation) or term.operators[-1] not in {"like", "not like"}:
                continue
            value = term.terms[-1]
            if isinstance(value, Value) and value.kind == "text":
                wildcard, help_text = _find_wildcard(value.text)
                if wildcard:
                    message = f'"{wildcard}" stands for itself in "{shorten(value.text, 30)}"'
                    place = query.point(value.offset, value.width)
                    yield RULE.find(Severity.WARNING, message, place, help=help_text)


def _find_wildcard(text: str) -> tuple[str, str]:
    """What looks like a wildcard, and what to write; a % behind a digit and lines of stars do not."""
    bare = text.strip("%*")
    leave_out = f'leave it out, like finds a text anywhere:  like "{shorten(bare, 30)}"'
    if bare and (text.startswith("%") or (text.endswith("%") and not bare[-1].isdigit())):
        return "%", leave_out
    if bare and "**" not in text and (text.startswith("*") or text.endswith("*")):
        return "*", leave_out
    if ".*" in text:
        return ".*", "write a regular expression between slashes, without quotes:  like /a.*b/"
    return "", ""

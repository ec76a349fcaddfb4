"""A Logs Insights query is not one.

Why: CloudWatch saves any text as a query, and a dashboard takes any; the mistake shows when somebody
needs the answer.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
queries:
  slowest:
    question: Which requests are the slowest?
    query: |
      fields path, duration
      sort duration desc
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
queries:
  slowest:
    question: Which requests are the slowest?
    query: |
      fields path, duration
      | sort duration desc
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html (read 2026-11-24)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from watchspec.catalog.insights_queries import COMMANDS
from watchspec.check.queries import queries_of
from watchspec.diagnostics import Diagnostic, Rule, Severity
from watchspec.languages import Problem
from watchspec.model.monitoring import Monitoring

RULE = Rule("query/bad-syntax", __doc__)
_COMMAND = re.compile(rf"(?:{'|'.join(sorted(COMMANDS))})\b", re.IGNORECASE)
_HELP = {
    "-": "write a name with other characters than letters, digits, _ and . in backticks: `a-b`",
    '"': "close the quote, and write a quote inside it with a backslash",
    "'": "close the quote, and write a quote inside it with a backslash",
    **dict.fromkeys("\u201c\u201d\u201e\u2018\u2019", "write straight quotes: \" or '"),
    "|": "write a command between two |",
}


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Queries that CloudWatch cannot read."""
    for query in queries_of(monitoring):
        tree = query.tree
        if query.parameters is None and query.text.startswith("|"):
            tree = Problem("the query of a widget begins with a command, not with |", 0)
        if not isinstance(tree, Problem):
            continue
        # What is given for a parameter may be anything, also what makes a query of the text.
        if query.parameters and 0 <= query.text.find("{{") <= tree.offset:
            continue
        rest = query.text[tree.offset :]
        help_text = _HELP.get(rest[:1], "")
        if _COMMAND.match(rest):
            help_text = "put a | before each command but the first"
        place = query.point(tree.offset, tree.width)
        yield RULE.find(Severity.ERROR, tree.message, place, help=help_text)

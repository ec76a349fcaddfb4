"""A widget draws a query that gives it nothing to draw.

Why: lines need a `stats` that groups by `bin`, bars and pies need a `stats`; without, the widget stays empty.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
logs:
  web: {group: /web, retention: 30 days}
dashboards:
  main:
    rows:
      - logs: [web]
        view: line
        insights: |
          filter @message like /error/
          | stats count(*) as errors by path
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
logs:
  web: {group: /web, retention: 30 days}
dashboards:
  main:
    rows:
      - logs: [web]
        view: line
        insights: |
          filter @message like /error/
          | stats count(*) as errors by bin(5m)
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-Stats.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.check.queries import log_widgets
from watchspec.diagnostics import Diagnostic, Rule, Severity
from watchspec.languages import Problem, parse_insights_query
from watchspec.model.insights_queries import Call, Command, Other, Stats, terms_of, walk_term
from watchspec.model.monitoring import Monitoring

RULE = Rule("query/no-time-series", __doc__)
_OF_TIME = frozenset(("bin", "datefloor", "dateceil", "date_floor", "frommillis"))


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Widgets with a view that their query does not serve."""
    for widget in log_widgets(monitoring):
        query = parse_insights_query(widget.query)
        # Commands that are not read in full may give anything.
        if isinstance(query, Problem) or any(
            isinstance(one, Other) and one.word != "source" for one in query
        ):
            continue
        place = widget.source.place("view")
        stats = [one for one in query if isinstance(one, Stats)]
        if widget.view != "table" and not stats:
            message = "the query has no stats, and there is nothing to draw"
            help_text = "show it as a table, or count something:  stats count(*) by bin(5m)"
            yield RULE.find(Severity.ERROR, message, place, help=help_text)
        elif widget.view == "timeSeries" and not (stats[-1].groups and _knows_time(query)):
            message = "the query does not group by time, which lines need"
            help_text = "add  by bin(5m)  to its stats, or show it as bar"
            yield RULE.find(Severity.ERROR, message, place, help=help_text)


def _knows_time(query: tuple[Command, ...]) -> bool:
    return any(
        isinstance(one, Call) and one.function.lower() in _OF_TIME
        for command in query
        for term in terms_of(command)
        for one in walk_term(term)
    )

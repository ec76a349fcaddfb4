"""The Logs Insights queries of a service, each where its text stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from watchspec.catalog.quotas import LOGS_QUERY_CHARACTERS
from watchspec.diagnostics import Location, find_names, near_miss
from watchspec.languages import Problem, parse_insights_query
from watchspec.model.dashboards import LogWidget
from watchspec.model.insights_queries import Call, Command, terms_of, walk_term
from watchspec.model.logs import INSIGHTS, LogGroup
from watchspec.model.monitoring import Monitoring
from watchspec.model.source import point_at

_NEAR = 0.8
"""How alike a misspelt name and the right one are at least; a matter of judgement."""


@dataclass(frozen=True, slots=True)
class Query:
    """A query and the log groups it runs on, if the spec says which; parameters is None in a widget."""

    text: str
    place: Location
    logs: tuple[LogGroup, ...]
    parameters: frozenset[str] | None

    @property
    def tree(self) -> tuple[Command, ...] | Problem:
        """Its commands, or why it cannot be read."""
        return parse_insights_query(self.text)

    @property
    def commands(self) -> tuple[Command, ...]:
        """Its commands; none if it cannot be read."""
        return () if isinstance(self.tree, Problem) else self.tree

    def point(self, offset: int, width: int = 1) -> Location:
        """Where a piece of it stands; its end is its last character."""
        return point_at(self.place, self.text, min(offset, len(self.text) - 1), width)


def queries_of(monitoring: Monitoring) -> Iterator[Query]:
    """Every query that is not longer than CloudWatch takes, once, where its text stands."""
    logs = {log.key: log for log in monitoring.log_groups}
    for query in monitoring.queries:
        if query.language == INSIGHTS and 0 < len(query.text) <= LOGS_QUERY_CHARACTERS:
            names = frozenset(one.name for one in query.parameters)
            groups = tuple(logs[key] for key in query.logs)
            yield Query(query.text, query.source.place("query"), groups, names)
    for widget in log_widgets(monitoring):
        if "insights" in widget.source and 0 < len(widget.query) <= LOGS_QUERY_CHARACTERS:
            groups = tuple(logs[key] for key in widget.logs)
            yield Query(widget.query, widget.source.place("insights"), groups, None)


def log_widgets(monitoring: Monitoring) -> Iterator[LogWidget]:
    """The widgets that show a query."""
    for dashboard in monitoring.dashboards:
        for widget in dashboard.widgets:
            if isinstance(widget.content, LogWidget):
                yield widget.content


def calls_of(query: Query) -> Iterator[Call]:
    """Every call of a function in a query, from left to right."""
    for command in query.commands:
        for term in terms_of(command):
            for one in walk_term(term):
                if isinstance(one, Call):
                    yield one


def find_near(word: str, known: Iterable[str]) -> str:
    """The known name that a word surely is a misspelling of, or an empty string."""
    return near_miss(word, known) or next(iter(find_names(word, known, alike=_NEAR)), "")

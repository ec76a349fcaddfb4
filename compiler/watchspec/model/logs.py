"""Log groups, metric filters, saved queries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from watchspec.diagnostics import Location
from watchspec.model.source import Map
from watchspec.model.text import Property, Text

INSIGHTS = "CWLI"
"""CloudWatch's name for the Logs Insights query language."""
LineFormat: TypeAlias = Literal["", "json", "space_delimited", "text"]
LogClass: TypeAlias = Literal["STANDARD", "INFREQUENT_ACCESS", "DELIVERY"]


@dataclass(frozen=True, slots=True)
class LogGroup:
    """A log group; `is_made` says whether this stack makes it. retention_days None = for ever.

    `line_format` says what a line is, "" if the author does not; `fields` are those of a JSON line,
    nested ones with dots, or the columns of a space-delimited one; `field_types` are the same with
    their types, "" for a column.
    """

    key: str
    name: Text
    description: str
    is_made: bool
    retention_days: int | None
    log_class: LogClass
    kms_key: Text | None
    makes_key: bool
    is_protected: bool
    keeps_lines: bool
    line_format: LineFormat
    fields: tuple[str, ...]
    field_types: tuple[tuple[str, str], ...]
    tags: tuple[tuple[str, Text], ...]
    properties: tuple[Property, ...]
    source: Map
    place: Location


@dataclass(frozen=True, slots=True)
class MetricFilter:
    """A metric made from the lines of a log group.

    `value` is a number or a field; `default` counts minutes with lines but no match, None = no
    data point. `unit` is in CloudWatch's words.
    """

    key: str
    log: str
    name: str
    pattern: str
    namespace: str
    metric_name: str
    value: str
    default: float | None
    dimensions: tuple[tuple[str, str], ...]
    unit: str | None
    properties: tuple[Property, ...]
    source: Map
    place: Location


@dataclass(frozen=True, slots=True)
class QueryParameter:
    """A `{{name}}` of a saved query."""

    name: str
    default: str | None
    description: str


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A Logs Insights query; `logs` names log groups of the spec, `name` holds the folder."""

    key: str
    name: str
    logs: tuple[str, ...]
    question: str
    text: str
    language: str
    parameters: tuple[QueryParameter, ...]
    properties: tuple[Property, ...]
    source: Map
    place: Location

    @property
    def saved_text(self) -> str:
        """The text as it is saved: the question first, in the one language with comments of #."""
        if self.language != INSIGHTS:
            return self.text
        comment = "\n".join(f"# {line}" for line in self.question.split("\n"))
        return f"{comment}\n{self.text}"

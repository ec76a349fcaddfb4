"""A Metrics Insights query as a tree; every part knows where it begins in the text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Word:
    """A name or a keyword: its meaning, and where it is written in how many characters."""

    text: str
    offset: int
    width: int


@dataclass(frozen=True, slots=True)
class Label:
    """What series are told apart by: a dimension, a tag of the resource, or the account."""

    kind: Literal["dimension", "tag", "account"]
    name: Word


@dataclass(frozen=True, slots=True)
class Condition:
    """A comparison of a label with a value (with several, for IN)."""

    label: Label
    operator: Word
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InsightsSelect:
    """A query; `schema` are the labels of SCHEMA(…), None = the namespace stands alone.

    `conditions` are all there are, in their order; `joins` the ANDs and ORs between them. `order_by`
    is a function; without DESC behind it the smallest come first.
    """

    function: Word
    metric: Word
    namespace: Word
    schema: tuple[Label, ...] | None
    conditions: tuple[Condition, ...]
    joins: tuple[Word, ...]
    group_by: tuple[Label, ...]
    order_by: Word | None
    is_descending: bool
    limit: Word | None

    @property
    def statistic(self) -> str:
        """What the function is called as a statistic of a metric."""
        return _STATISTICS[self.function.text.upper()]

    @property
    def labels(self) -> tuple[Label, ...]:
        """The labels that the query filters and groups by."""
        return (*(one.label for one in self.conditions), *self.group_by)


_STATISTICS = {
    "AVG": "Average",
    "COUNT": "SampleCount",
    "MAX": "Maximum",
    "MIN": "Minimum",
    "SUM": "Sum",
}

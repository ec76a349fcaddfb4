"""Dashboards: widgets on a grid of 24 columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from watchspec.diagnostics import Location
from watchspec.model.signals import Signal
from watchspec.model.source import Map
from watchspec.model.text import Text

GRID_COLUMNS = 24
MetricView: TypeAlias = Literal["timeSeries", "singleValue", "gauge", "bar", "pie", "table"]
Side: TypeAlias = Literal["left", "right"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a metric widget; the signal's source has this line's statistic and period."""

    signal: Signal
    label: Text | None
    color: str | None
    axis: Side
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class Axis:
    """A vertical axis; None = as CloudWatch draws it."""

    label: str | None
    low: float | None
    high: float | None
    shows_units: bool


@dataclass(frozen=True, slots=True)
class Annotation:
    """A line (or, with `to`, a band) across a graph: at values, or at ISO 8601 times."""

    at: float | str
    to: float | str | None
    label: Text | None
    color: str | None
    fill: str
    axis: Side


@dataclass(frozen=True, slots=True)
class MetricWidget:
    """Metrics as lines, numbers, bars …; `options` are properties of the widget as CloudWatch has them."""

    view: MetricView
    title: Text
    lines: tuple[Line, ...]
    left: Axis | None
    right: Axis | None
    annotations: tuple[Annotation, ...]
    options: tuple[tuple[str, object], ...]


@dataclass(frozen=True, slots=True)
class TextWidget:
    """Markdown."""

    markdown: Text
    is_transparent: bool


@dataclass(frozen=True, slots=True)
class AlarmStatusWidget:
    """The states of alarms, by their keys."""

    title: Text
    alarms: tuple[str, ...]
    states: tuple[str, ...]
    sort: str


@dataclass(frozen=True, slots=True)
class AlarmGraphWidget:
    """The graph of one alarm, by its key."""

    title: Text
    alarm: str
    is_stacked: bool
    left: Axis | None
    right: Axis | None


@dataclass(frozen=True, slots=True)
class LogWidget:
    """The result of a Logs Insights query over log groups of the spec, by their keys.

    The source says whether the query stands in it (`insights`) or is a saved one (`query`).
    """

    title: Text
    logs: tuple[str, ...]
    query: str
    view: Literal["table", "timeSeries", "bar", "pie"]
    is_stacked: bool
    source: Map


@dataclass(frozen=True, slots=True)
class PlainWidget:
    """A widget whose properties are JSON data with texts in it: explorer, chart, custom, raw."""

    type: str
    properties: object


WidgetContent: TypeAlias = (
    "MetricWidget | TextWidget | AlarmStatusWidget | AlarmGraphWidget | LogWidget | PlainWidget"
)


@dataclass(frozen=True, slots=True)
class Widget:
    """Something on the grid, in columns and rows."""

    x: int
    y: int
    width: int
    height: int
    content: WidgetContent
    place: Location


@dataclass(frozen=True, slots=True)
class Variable:
    """Something the reader can switch; `settings` are its properties as CloudWatch has them."""

    id: str
    settings: tuple[tuple[str, object], ...]


@dataclass(frozen=True, slots=True)
class Dashboard:
    """A dashboard as it will exist; the metrics and alarms of the spec it shows, by their names."""

    key: str
    name: str
    title: str
    widgets: tuple[Widget, ...]
    variables: tuple[Variable, ...]
    start: str | None
    end: str | None
    period_override: str
    metric_keys: frozenset[str]
    alarm_keys: frozenset[str]
    tags: tuple[tuple[str, Text], ...]
    source: Map
    place: Location

"""Dashboards: widgets as the JSON body CloudWatch draws.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html (read 2026-11-24)
"""

from __future__ import annotations

from typing import Any

import troposphere
from troposphere import cloudwatch

from watchspec.emit.json_text import write_json
from watchspec.emit.logical_ids import logical_id
from watchspec.emit.stack import Stack, escape_literal, unescape_literal
from watchspec.languages import rename_identifiers
from watchspec.model.dashboards import (
    AlarmGraphWidget,
    AlarmStatusWidget,
    Annotation,
    Axis,
    Dashboard,
    Line,
    LogWidget,
    MetricWidget,
    PlainWidget,
    TextWidget,
    Widget,
    WidgetContent,
)
from watchspec.model.signals import InsightsQuery, MetricMath, MetricStat
from watchspec.model.text import Deferred, Text, join_text


def add_dashboard(stack: Stack, dashboard: Dashboard) -> None:
    """Add a dashboard."""
    variables: dict[str, Any] = {}
    writer = _Writer(stack, variables)
    text = write_json(writer.body(dashboard))
    body = troposphere.Sub(text, **variables) if writer.defers else unescape_literal(text)
    resource = cloudwatch.Dashboard(
        logical_id("Dashboard", dashboard.key),
        DashboardName=dashboard.name,
        DashboardBody=body,
    )
    stack.add(resource, dashboard.place, tags=dashboard.tags)


class _Writer:
    """Writes one dashboard; every text in it is already in the notation of Fn::Sub."""

    def __init__(self, stack: Stack, variables: dict[str, Any]) -> None:
        self.stack = stack
        self.variables = variables
        self.region = stack.monitoring.environment.region
        self.alarms = {alarm.key: alarm for alarm in stack.monitoring.alarms}
        self.logs = {log.key: log for log in stack.monitoring.log_groups}
        self.defers = False

    def body(self, dashboard: Dashboard) -> dict[str, Any]:
        times = (("start", dashboard.start), ("end", dashboard.end))
        body: dict[str, Any] = {key: value for key, value in times if value is not None}
        if dashboard.period_override != "auto":
            body["periodOverride"] = dashboard.period_override
        if dashboard.variables:
            body["variables"] = [
                {"id": one.id, **{key: self.data(value) for key, value in one.settings}}
                for one in dashboard.variables
            ]
        body["widgets"] = [self.widget(widget) for widget in dashboard.widgets]
        return body

    def widget(self, widget: Widget) -> dict[str, Any]:
        kind, properties = self.content(widget.content)
        frame = {"x": widget.x, "y": widget.y, "width": widget.width, "height": widget.height}
        return {"type": kind, **frame, "properties": properties}

    def content(self, content: WidgetContent) -> tuple[str, Any]:
        match content:
            case MetricWidget():
                return "metric", self.metrics(content)
            case TextWidget():
                properties: dict[str, Any] = {"markdown": self.text(content.markdown)}
                if content.is_transparent:
                    properties["background"] = "transparent"
                return "text", properties
            case AlarmStatusWidget():
                return "alarm", self.alarm_states(content)
            case AlarmGraphWidget():
                return "metric", self.alarm_graph(content)
            case LogWidget():
                return "log", self.log(content)
            case PlainWidget():
                return self.text(content.type), self.data(content.properties)

    def metrics(self, content: MetricWidget) -> dict[str, Any]:
        first = content.lines[0].signal
        properties: dict[str, Any] = {
            "title": self.text(content.title),
            **({} if content.view == "timeSeries" else {"view": content.view}),
            "region": first.region,
            "period": first.period_seconds,
        }
        if isinstance(first.source, MetricStat):
            properties["stat"] = first.source.statistic
        properties |= {key: self.data(value) for key, value in content.options}
        axes = {
            key: self.axis(axis)
            for key, axis in (("left", content.left), ("right", content.right))
            if axis is not None
        }
        if axes:
            properties["yAxis"] = axes
        taken: set[str] = set()
        entries: list[Any] = []
        for line in content.lines:
            entries.extend(self.line(line, properties, taken))
        properties["metrics"] = entries
        annotations = self.annotations(content.annotations)
        if annotations:
            properties["annotations"] = annotations
        return properties

    def line(self, line: Line, widget: dict[str, Any], taken: set[str]) -> list[Any]:
        """The entries of one line: inputs of an expression first, hidden."""
        render: dict[str, Any] = {"label": self.text(line.label or line.signal.title)}
        if line.color is not None:
            render["color"] = line.color
        if line.axis != "left":
            render["yAxis"] = line.axis
        if line.is_hidden:
            render["visible"] = False
        source = line.signal.source
        if isinstance(source, MetricStat):
            return [self.metric(source, widget, render)]
        number = 1
        while f"e{number}" in taken:
            number += 1
        ident = f"e{number}"
        taken.add(ident)
        entry: dict[str, Any] = {"id": ident, **render}
        if source.region != widget["region"]:
            entry["region"] = source.region
        if source.period_seconds != widget["period"]:
            entry["period"] = source.period_seconds
        if isinstance(source, InsightsQuery):
            return [[{"expression": self.escape(source.sql), **entry}]]
        inputs, expression = self.inputs(source, widget, ident, taken)
        return [*inputs, [{"expression": self.escape(expression), **entry}]]

    def inputs(
        self, source: MetricMath, widget: dict[str, Any], ident: str, taken: set[str]
    ) -> tuple[list[Any], str]:
        """The hidden inputs of an expression, renamed where the widget already uses their ids."""
        clash = any(one.id in taken for one in source.inputs)
        names = {one.id: f"{ident}_{one.id}" if clash else one.id for one in source.inputs}
        taken.update(names.values())
        entries: list[Any] = []
        for one in source.inputs:
            render: dict[str, Any] = {"id": names[one.id], "visible": False}
            if isinstance(one.source, MetricStat):
                entries.append(self.metric(one.source, widget, render))
            elif isinstance(one.source, InsightsQuery):
                render["period"] = one.source.period_seconds
                entries.append([{"expression": self.escape(one.source.sql), **render}])
            else:
                expression = rename_identifiers(one.source, names)
                entries.append([{"expression": self.escape(expression), **render}])
        return entries, rename_identifiers(source.expression, names)

    def metric(
        self, source: MetricStat, widget: dict[str, Any], render: dict[str, Any]
    ) -> list[Any]:
        names = [part for name, value in source.dimensions for part in (name, self.text(value))]
        extra: dict[str, Any] = {}
        if source.statistic != widget.get("stat"):
            extra["stat"] = source.statistic
        if source.period_seconds != widget["period"]:
            extra["period"] = source.period_seconds
        if source.region != widget["region"]:
            extra["region"] = source.region
        if source.account is not None:
            extra["accountId"] = self.text(source.account)
        return [
            self.escape(source.namespace),
            self.escape(source.name),
            *names,
            {**render, **extra},
        ]

    def axis(self, axis: Axis) -> dict[str, Any]:
        properties: dict[str, Any] = {}
        if axis.label is not None:
            properties["label"] = self.escape(axis.label)
        if axis.low is not None:
            properties["min"] = axis.low
        if axis.high is not None:
            properties["max"] = axis.high
        if not axis.shows_units:
            properties["showUnits"] = False
        return properties

    def annotations(self, annotations: tuple[Annotation, ...]) -> dict[str, Any]:
        sorted_out: dict[str, list[Any]] = {"horizontal": [], "vertical": []}
        for annotation in annotations:
            direction = "vertical" if isinstance(annotation.at, str) else "horizontal"
            start: dict[str, Any] = {"value": annotation.at}
            if annotation.label is not None:
                start["label"] = self.text(annotation.label)
            if annotation.color is not None:
                start["color"] = annotation.color
            if annotation.axis != "left":
                start["yAxis"] = annotation.axis
            if annotation.to is not None:
                sorted_out[direction].append([start, {"value": annotation.to}])
                continue
            if annotation.fill != "none":
                start["fill"] = annotation.fill
            sorted_out[direction].append(start)
        return {direction: drawn for direction, drawn in sorted_out.items() if drawn}

    def alarm_states(self, content: AlarmStatusWidget) -> dict[str, Any]:
        properties: dict[str, Any] = {
            "title": self.text(content.title),
            "alarms": [self.alarm_arn(key) for key in content.alarms],
        }
        if content.states:
            properties["states"] = list(content.states)
        if content.sort != "default":
            properties["sortBy"] = content.sort
        return properties

    def alarm_graph(self, content: AlarmGraphWidget) -> dict[str, Any]:
        properties: dict[str, Any] = {
            "title": self.text(content.title),
            "region": self.alarms[content.alarm].region,
            **({"stacked": True} if content.is_stacked else {}),
            "annotations": {"alarms": [self.alarm_arn(content.alarm)]},
        }
        axes = {
            key: self.axis(axis)
            for key, axis in (("left", content.left), ("right", content.right))
            if axis is not None
        }
        return properties | ({"yAxis": axes} if axes else {})

    def log(self, content: LogWidget) -> dict[str, Any]:
        groups = [join_text("SOURCE '", self.logs[key].name, "' | ") for key in content.logs]
        properties: dict[str, Any] = {
            "title": self.text(content.title),
            "query": self.text(join_text(*groups, content.query)),
            "region": self.region,
            "view": content.view,
        }
        return properties | ({"stacked": True} if content.is_stacked else {})

    def alarm_arn(self, key: str) -> str:
        """A reference to an alarm of the stack; one in another Region is known by its name alone."""
        alarm = self.alarms[key]
        self.defers = True
        if alarm.region == self.stack.region:
            return f"${{{logical_id('Alarm', key)}.Arn}}"
        name = self.escape(alarm.name)
        return f"arn:${{AWS::Partition}}:cloudwatch:{alarm.region}:${{AWS::AccountId}}:alarm:{name}"

    def text(self, text: Text) -> str:
        self.defers = self.defers or isinstance(text, Deferred)
        self.stack.quote(text)
        return self.stack.substitutable(text, self.variables)

    def escape(self, text: str) -> str:
        return escape_literal(text, self.variables)

    def data(self, value: object) -> Any:  # noqa: ANN401 - JSON data
        if isinstance(value, dict):
            return {self.escape(key): self.data(inner) for key, inner in value.items()}
        if isinstance(value, list | tuple):
            return [self.data(inner) for inner in value]
        return self.text(value) if isinstance(value, str | Deferred) else value

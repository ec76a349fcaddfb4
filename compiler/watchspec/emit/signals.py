"""Signals as the properties of an alarm."""

from __future__ import annotations

from typing import Any

from troposphere import cloudwatch

from watchspec.emit.stack import Stack
from watchspec.model.expressions import free_identifier
from watchspec.model.signals import (
    PLAIN_STATISTICS,
    InsightsQuery,
    MetricMath,
    MetricStat,
    SignalSource,
)
from watchspec.model.text import Text


def single_metric(stack: Stack, source: MetricStat) -> dict[str, Any]:
    """The properties of an alarm on one metric."""
    key = "Statistic" if source.statistic in PLAIN_STATISTICS else "ExtendedStatistic"
    properties: dict[str, Any] = {"Namespace": source.namespace, "MetricName": source.name}
    if source.dimensions:
        properties["Dimensions"] = _dimensions(stack, source)
    return properties | {key: source.statistic, "Period": source.period_seconds}


def is_single(source: SignalSource) -> bool:
    """Whether an alarm can name the metric directly, without a list of queries."""
    return isinstance(source, MetricStat) and source.account is None


def metric_queries(
    stack: Stack, source: SignalSource, label: Text, *, returns_data: bool = True
) -> tuple[list[Any], str]:
    """The queries of an alarm, the one it watches last, and the id of that one."""
    match source:
        case MetricStat():
            last = _stat_query(stack, "m1", source, label, returns_data=returns_data)
            return [last], "m1"
        case InsightsQuery():
            last = cloudwatch.MetricDataQuery(
                Id="q1",
                Expression=source.sql,
                Period=source.period_seconds,
                Label=stack.text(label),
                ReturnData=returns_data,
            )
            return [last], "q1"
        case MetricMath():
            result = free_identifier("result", {one.id for one in source.inputs})
            queries = [_input_query(stack, one.id, one.source) for one in source.inputs]
            last = cloudwatch.MetricDataQuery(
                Id=result,
                Expression=source.expression,
                Label=stack.text(label),
                ReturnData=returns_data,
            )
            return [*queries, last], result


def _input_query(stack: Stack, ident: str, source: MetricStat | InsightsQuery | str) -> Any:  # noqa: ANN401
    if isinstance(source, MetricStat):
        return _stat_query(stack, ident, source, None, returns_data=False)
    if isinstance(source, InsightsQuery):
        return cloudwatch.MetricDataQuery(
            Id=ident, Expression=source.sql, Period=source.period_seconds, ReturnData=False
        )
    return cloudwatch.MetricDataQuery(Id=ident, Expression=source, ReturnData=False)


def _stat_query(
    stack: Stack, ident: str, source: MetricStat, label: Text | None, *, returns_data: bool
) -> Any:  # noqa: ANN401
    metric = cloudwatch.Metric(Namespace=source.namespace, MetricName=source.name)
    if source.dimensions:
        metric.Dimensions = _dimensions(stack, source)
    stat = cloudwatch.MetricStat(Metric=metric, Period=source.period_seconds, Stat=source.statistic)
    query = cloudwatch.MetricDataQuery(Id=ident, MetricStat=stat)
    if source.account is not None:
        query.AccountId = stack.text(source.account)
    if label is not None:
        query.Label = stack.text(label)
    query.ReturnData = returns_data
    return query


def _dimensions(stack: Stack, source: MetricStat) -> list[Any]:
    return [
        cloudwatch.MetricDimension(Name=name, Value=stack.text(value))
        for name, value in source.dimensions
    ]

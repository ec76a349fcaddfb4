"""Metrics Insights: a query over the metrics there are, into the series it gives.

What AWS's page leaves open is taken so: a metric without a label differs from every value of it; series
with no points in a request are not among its results; those that are alike for ORDER BY keep the order
of their names.

Sources: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-metrics-insights-querylanguage.html
and https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-metrics-insights-limits.html
(read 2026-11-24)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from watchspec.catalog.quotas import INSIGHTS_SERIES
from watchspec.languages import Problem, parse_metrics_insights
from watchspec.model.metric_ids import MetricId, identify
from watchspec.model.metrics_insights import Condition, InsightsSelect, Label
from watchspec.model.signals import InsightsQuery, MetricStat
from watchspec.simulate.columns import find_parts
from watchspec.simulate.data import (
    RAW,
    Data,
    Floats,
    Samples,
    Times,
    UnsupportedError,
    merge_samples,
)
from watchspec.simulate.functions import REDUCED

_MADE_OF = {
    "AVG": ("Sum", "SampleCount"),
    "COUNT": ("SampleCount",),
    "MAX": ("Maximum",),
    "MIN": ("Minimum",),
    "SUM": ("Sum",),
}
_OTHER = "Other"
"""What a series is called that does not have a label of GROUP BY."""
_OWN_ACCOUNT = "CURRENT_ACCOUNT_ID"


@dataclass(frozen=True, slots=True)
class Results:
    """What a query gives: its series by their labels, each as a metric of `data` that stands for it."""

    select: InsightsSelect
    series: Mapping[str, MetricStat]
    data: Data

    @property
    def is_single(self) -> bool:
        """Whether there is one series whatever metrics there are."""
        return not self.select.group_by

    @property
    def limit(self) -> int:
        """How many series are given at most."""
        limit = self.select.limit
        return INSIGHTS_SERIES if limit is None else int(min(float(limit.text), INSIGHTS_SERIES))


def query_metrics(query: InsightsQuery, data: Data) -> Results:
    """The series of a query over what is known; UnsupportedError if only AWS knows them."""
    select = parse_metrics_insights(query.sql)
    if isinstance(select, Problem):
        raise UnsupportedError(f"the query cannot be read: {select.message}")
    _refuse_undocumented(select)
    groups: defaultdict[tuple[str, ...], list[MetricId]] = defaultdict(list)
    if not select.group_by:
        groups[()] = []
    for metric in data:
        if _is_meant(select, query, metric):
            labels = (_read_label(metric, label) for label in select.group_by)
            groups[tuple(_OTHER if one is None else one for one in labels)].append(metric)
    series, pooled = {}, {}
    for values in sorted(groups):
        stat = stand_in(query, select, values)
        series[" ".join(values)] = stat
        pooled[identify(stat, {})] = _pool(select.function.text.upper(), groups[values], data)
    return Results(select, series, pooled)


def choose_first(results: Results, items: Iterable[Floats]) -> tuple[Floats, ...]:
    """Of the series of one request those that are given, in their order; the last axis is time."""
    given = [one for one in items if not np.all(np.isnan(one))]
    scores = np.array([score_series(results.select, one.reshape(-1)) for one in given])
    ranks = rank_scores(results.select, scores)
    return tuple(given[place] for place in np.argsort(ranks)[: results.limit])


def score_series(select: InsightsSelect, values: Floats) -> Floats:
    """What ORDER BY puts series in order by, NaN without points; the last axis of values is time."""
    by = "COUNT" if select.order_by is None else select.order_by.text.upper()
    exists = ~np.isnan(values)
    scores = np.sum(exists, axis=-1) if by == "COUNT" else REDUCED[by](values)[..., 0]
    if select.order_by is None:
        scores = np.zeros(scores.shape)
    return np.where(exists.any(axis=-1), scores, np.nan)


def rank_scores(select: InsightsSelect, scores: Floats) -> Times:
    """The place of each series among all, from 0; the first axis is the series."""
    order = np.argsort(-scores if select.is_descending else scores, axis=0, kind="stable")
    return np.argsort(order, axis=0, kind="stable")


def stand_in(
    query: InsightsQuery, select: InsightsSelect, values: Sequence[str] = ()
) -> MetricStat:
    """A metric that stands for the series with some values of the labels; without any for none."""
    labels = (label.name.text for label in select.group_by)
    return MetricStat(
        select.namespace.text,
        select.metric.text,
        tuple(zip(labels, values, strict=False)),
        select.statistic,
        query.period_seconds,
        query.region,
        written=query.written,
    )


def _refuse_undocumented(select: InsightsSelect) -> None:
    words = (
        *(one.operator for one in select.conditions if one.operator.text not in {"=", "!="}),
        *(join for join in select.joins if join.text.upper() != "AND"),
    )
    for word in words:
        raise UnsupportedError(f"only AWS knows what {word.text} means in a query")
    if any(label.kind == "tag" for label in select.labels):
        raise UnsupportedError("only AWS knows which tags resources have")


def _is_meant(select: InsightsSelect, query: InsightsQuery, metric: MetricId) -> bool:
    named = (metric.namespace, metric.name, metric.region)
    if named != (select.namespace.text, select.metric.text, query.region):
        return False
    if select.schema is not None:
        labels = {label.name.text for label in select.schema if label.kind == "dimension"}
        if labels != {name for name, _ in metric.dimensions}:
            return False
    return all(_meets(metric, one) for one in select.conditions)


def _meets(metric: MetricId, condition: Condition) -> bool:
    wanted = condition.values[0]
    if condition.label.kind == "account":
        if wanted.upper().startswith(_OWN_ACCOUNT):
            wanted = _OWN_ACCOUNT
        elif not metric.account:
            raise UnsupportedError("in which account the metrics are is not known")
    return (_read_label(metric, condition.label) == wanted) == (condition.operator.text == "=")


def _read_label(metric: MetricId, label: Label) -> str | None:
    if label.kind == "account":
        return metric.account or _OWN_ACCOUNT
    return dict(metric.dimensions).get(label.name.text)


def _pool(function: str, metrics: Iterable[MetricId], data: Data) -> Mapping[str, Samples]:
    """What is known of some metrics as if it were of one."""
    parts: dict[str, list[Samples]] = {statistic: [] for statistic in _MADE_OF[function]}
    for metric in metrics:
        known = _reduce_known(data[metric]) if function == "AVG" else data[metric]
        for statistic, part in parts.items():
            ((samples, joined),) = find_parts(known, metric, statistic)
            if joined == "SampleCount":
                samples = Samples(samples.times, np.ones(len(samples.times)))
            part.append(samples)
    return {statistic: merge_samples(part) for statistic, part in parts.items() if part}


def _reduce_known(known: Mapping[str, Samples]) -> Mapping[str, Samples]:
    """What tells sums and numbers of samples that belong together."""
    kept = next((one for one in (RAW, "Average", "Sum") if one in known), None)
    if kept is None:
        return known
    return {key: known[key] for key in (kept, "SampleCount") if key in known}

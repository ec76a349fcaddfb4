"""Whether what a test puts in makes a difference to anything that is expected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from watchspec.diagnostics import Location, suggest_name
from watchspec.model.alarms import reach
from watchspec.model.metric_ids import MetricId, identify
from watchspec.model.signals import InsightsQuery, MetricStat, SignalSource, parts_of
from watchspec.model.spec_tests import Expectation, LogLines, Measures
from watchspec.resolve import rules
from watchspec.resolve.spec_test_inputs import Feed, name_inputs, read_metrics
from watchspec.resolve.stage import Stage


def check_reading(
    stage: Stage,
    feeds: Iterable[Feed],
    lines: Iterable[LogLines],
    expectations: Iterable[Expectation],
    parameters: Mapping[str, str],
) -> None:
    """Report values and lines that nothing reads of which something is expected."""
    watched = list(_watch(stage, expectations))
    parts = [part for _, source in watched for part in parts_of(source)]
    read = {identify(one, parameters) for one in parts if isinstance(one, MetricStat)}
    asked = set(_ask(parts))
    known = asked | {(one.namespace, one.name) for one in read}
    names = sorted({name for key, source in watched for name in _name(stage, key, source)})
    for feed in feeds:
        metric = identify(feed.stat, parameters)
        if metric not in read and (metric.namespace, metric.name) not in asked:
            _report(stage, f'"{feed.name}"', feed.name, feed.place, names)
    for log, line in {one.log: one for one in reversed(list(lines))}.items():
        made = {(one.namespace, one.metric_name) for one in stage.filters if one.log == log}
        if not made & known:
            _report(stage, f'a metric of the lines of "{log}"', "", line.place, names)


def _report(stage: Stage, what: str, name: str, place: Location, names: list[str]) -> None:
    message = f"nothing of which something is expected reads {what}"
    hint = suggest_name(name, names) if name and name not in names else ""
    help_text = f"what is expected depends on {', '.join(names) or 'no metric'}"
    stage.context.found.error(rules.UNREAD_SERIES, message, place, hint=hint, help=help_text)


def _watch(stage: Stage, expectations: Iterable[Expectation]) -> Iterator[tuple[str, SignalSource]]:
    """What is measured, by its name or that of its alarm; through composite alarms and suppressors."""
    named: list[str] = []
    for one in expectations:
        if isinstance(one, Measures):
            yield one.name, one.source
        else:
            named.extend(one.alarms)
    for key in reach(named, lambda key: stage.alarms[key].others):
        signal = stage.alarms[key].signal
        if signal is not None:
            yield signal.key or f"alarm {key}", signal.source


def _ask(parts: Iterable[MetricStat | InsightsQuery]) -> Iterator[tuple[str, str]]:
    """The metrics, by namespace and name, that Metrics Insights queries read."""
    for one in parts:
        if isinstance(one, InsightsQuery):
            yield from read_metrics(one.sql)


def _name(stage: Stage, key: str, source: SignalSource) -> Iterator[str]:
    """What a test may call the metrics that something is made of."""
    parts = list(parts_of(source))
    declared = stage.signals.resolved.get(key)
    if declared is not None and _identify_all(parts) == _identify_all(parts_of(declared.source)):
        yield from name_inputs(stage, key)
        return
    yield from (f"{one.namespace} {one.name}" for one in parts if isinstance(one, MetricStat))
    yield from (" ".join(pair) for pair in _ask(parts))


def _identify_all(parts: Iterable[MetricStat | InsightsQuery]) -> set[MetricId]:
    return {identify(one, {}) for one in parts if isinstance(one, MetricStat)}

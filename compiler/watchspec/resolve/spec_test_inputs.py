"""What a test puts in: values of metrics, and log lines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from watchspec.diagnostics import Location, Related, shorten, suggest_name
from watchspec.languages import Problem, parse_metric_math, parse_metrics_insights
from watchspec.languages.series import MAX_VALUES
from watchspec.model.metric_ids import MetricId, fill_data, fill_text, identify
from watchspec.model.metric_math import Name, walk_math
from watchspec.model.signals import MetricMath, MetricStat, Signal
from watchspec.model.source import Map, Node, Seq
from watchspec.model.spec_tests import DataFile, LogLines, SeriesInput
from watchspec.resolve import rules
from watchspec.resolve.context import mapping, number, pairs
from watchspec.resolve.logs import check_log
from watchspec.resolve.quantities import read_duration
from watchspec.resolve.series_values import Values, ValuesReader
from watchspec.resolve.stage import Stage

_ABOUT_THE_METRIC = ("dimensions", "statistic", "region", "account")
_INPUT = re.compile(r"([a-z][A-Za-z0-9_]*)\.([a-z][A-Za-z0-9_]*)")


@dataclass(frozen=True, slots=True)
class Feed:
    """Values for a metric before it is known how long the test lasts."""

    name: str
    stat: MetricStat
    values: Values | DataFile
    step_seconds: int
    place: Location

    @property
    def seconds(self) -> int:
        """How long its values last by themselves."""
        return self.values.count * self.step_seconds if isinstance(self.values, Values) else 0

    def fill(self, seconds: int) -> SeriesInput:
        """The same for a test of known length."""
        values = self.values
        if isinstance(values, Values):
            filled = values.fill(-(-seconds // self.step_seconds))
            return SeriesInput(self.name, self.stat, filled, self.step_seconds, self.place)
        return SeriesInput(self.name, self.stat, values, self.step_seconds, self.place)


def read_feeds(stage: Stage, node: Map, parameters: Mapping[str, str]) -> list[Feed]:
    """The series of a test, each metric once."""
    feeds: list[Feed] = []
    first: dict[tuple[MetricId, str], Feed] = {}
    for name, value, key_place, place in _entries(node, "series"):
        for one, where in _split(value, place):
            feed = _read_feed(stage, name, key_place, one, where)
            if feed is None:
                continue
            identity = identify(feed.stat, parameters), feed.stat.statistic
            before = first.setdefault(identity, feed)
            if before is not feed:
                _report_twice(stage, f'"{name}"', key_place, before)
                continue
            feeds.append(feed)
    return feeds


def read_lines(stage: Stage, node: Map, parameters: Mapping[str, str]) -> list[LogLines]:
    """The log lines of a test."""
    lines: list[LogLines] = []
    for log, value, key_place, _ in _entries(node, "logs"):
        is_known = check_log(stage.context, log, stage.logs, key_place)
        assert isinstance(value, Seq)
        for one, place in value.entries():
            assert isinstance(one, Map)
            at = stage.read_moment(one, "at")
            step = read_duration(stage.context, one, "every", 60)
            text = _write_line(stage, one["line"], parameters)
            if is_known and at is not None and step is not None:
                lines.append(LogLines(log, text, at, step, number(one, "count", 1), place))
    if sum(one.count for one in lines) > MAX_VALUES:
        message = f"the test has more than {MAX_VALUES:,} log lines"
        stage.context.found.error(rules.BAD_SERIES, message, node.key_place("logs"))
    return lines


def check_fed_once(
    stage: Stage, feeds: list[Feed], lines: list[LogLines], parameters: Mapping[str, str]
) -> None:
    """Report values for a metric that log lines make as well."""
    logged = {one.log for one in lines}
    for one in stage.filters:
        for feed in feeds if one.log in logged else ():
            metric = identify(feed.stat, parameters)
            if (metric.namespace, metric.name) == (one.namespace, one.metric_name):
                what = f'by the lines of "{one.log}", "{one.key}"'
                _report_twice(stage, what, feed.place, feed)


def _report_twice(stage: Stage, what: str, place: Location, before: Feed) -> None:
    message = f'{what} is a metric that "{before.name}" gives values to'
    related = () if before.place == place else (Related(before.place, "first given here"),)
    stage.context.found.error(
        rules.FED_TWICE, message, place, help="remove one of the two", related=related
    )


def _entries(node: Map, key: str) -> Iterator[tuple[str, Node, Location, Location]]:
    given = mapping(node, key)
    if given is not None:
        yield from given.entries()


def _split(value: Node, place: Location) -> Iterator[tuple[Node, Location]]:
    """Each of several series with dimensions; else the one there is."""
    if isinstance(value, Seq) and all(isinstance(one, Map) for one in value):
        yield from value.entries()
    else:
        yield value, place


def _read_feed(
    stage: Stage, name: str, key_place: Location, value: Node, place: Location
) -> Feed | None:
    if isinstance(value, Seq) and any(isinstance(one, Map) for one in value):
        message = f'"{shorten(name)}" mixes values and series with dimensions in one list'
        help_text = "write several series, each with dimensions and values"
        stage.context.found.error(rules.BAD_SERIES, message, place, help=help_text)
        return None
    node = value if isinstance(value, Map) else Map(place)
    signal = _find_signal(stage, name, key_place, node)
    step = read_duration(stage.context, node, "every")
    if signal is None or ("every" in node and step is None):
        return None
    if not isinstance(signal.source, MetricStat):
        _report_not_fed(stage, name, key_place, signal)
        return None
    step = step or signal.period_seconds
    if "file" in node:
        column = stage.context.read_word(node, "column")
        path = stage.context.read_word(node, "file")
        file = DataFile(path, column, node.place("file"))
        return Feed(name, signal.source, file, step, key_place)
    written, where = (node["values"], node.place("values")) if node else (value, place)
    values = ValuesReader(stage.context, name, signal.unit, step).read(written, where)
    return None if values is None else Feed(name, signal.source, values, step, key_place)


def _find_signal(stage: Stage, name: str, place: Location, node: Map) -> Signal | None:
    """The metric of a name: of the spec, an input of an expression, a health check, or of AWS."""
    if name in stage.signals.declared or (" " in name and name not in stage.health):
        adjusted = Map(node.start)
        adjusted.put("metric", name, place, place)
        for key in _ABOUT_THE_METRIC:
            if key in node:
                adjusted.put(key, node[key], *node.places[key])
        return stage.signals.read(adjusted)
    for key in _ABOUT_THE_METRIC:
        if key in node:
            message = f'"{shorten(name)}" is one metric: it has no other {key}'
            stage.context.found.error(rules.NOT_ONE_METRIC, message, node.key_place(key))
    if name in stage.health:
        return stage.health[name]
    dotted = _INPUT.fullmatch(name)
    if dotted is not None and dotted.group(1) in stage.signals.declared:
        return _find_input(stage, dotted.group(1), dotted.group(2), place)
    known = [*stage.signals.declared, *stage.health]
    hint = suggest_name(name, known)
    help_text = "" if hint else 'write an AWS metric as "Namespace Name", or name it under metrics'
    message = f'there is no metric "{shorten(name)}"'
    stage.context.found.error(rules.UNKNOWN_METRIC, message, place, hint=hint, help=help_text)
    return None


def _find_input(stage: Stage, metric: str, ident: str, place: Location) -> Signal | None:
    given = pairs(stage.signals.declared[metric].node, "given")
    if ident in given:
        return stage.signals.read_input(given[ident], place)
    message = f'"{metric}" is not given anything as "{ident}"'
    hint = suggest_name(ident, given)
    help_text = f"it is made of {', '.join(name_inputs(stage, metric))}"
    stage.context.found.error(rules.UNKNOWN_METRIC, message, place, hint=hint, help=help_text)
    return None


def _report_not_fed(stage: Stage, name: str, place: Location, signal: Signal) -> None:
    inputs = ", ".join(name_inputs(stage, signal.key or name))
    if isinstance(signal.source, MetricMath):
        message = f'"{name}" is an expression, which follows from other metrics'
        help_text = f"give values to {inputs}"
    else:
        message = f'"{name}" is a query, which follows from the metrics it reads'
        help_text = f"give values to {inputs}, each series with its dimensions"
    stage.context.found.error(rules.NOT_FED, message, place, help=help_text)


def name_inputs(stage: Stage, name: str) -> list[str]:
    """The metrics that one is made of in the end, by the names a test may use."""
    declared = stage.signals.declared
    node = declared[name].node
    if "query" in node:
        return [" ".join(pair) for pair in read_metrics(str(node["query"]))]
    if "expression" not in node:
        return [name]
    given = pairs(node, "given")
    names: list[str] = []
    for ident in _identifiers(str(node["expression"])):
        inner = given.get(ident, ident)
        base = inner["metric"] if isinstance(inner, Map) else inner
        if base not in declared or (isinstance(inner, Map) and declared[str(base)].is_stat):
            names.append(f"{name}.{ident}")
        else:
            names.extend(name_inputs(stage, str(base)))
    return list(dict.fromkeys(names))


def read_metrics(sql: str) -> Iterator[tuple[str, str]]:
    """The metric, by namespace and name, that a Metrics Insights query reads, if it can be read."""
    query = parse_metrics_insights(" ".join(sql.split()))
    if not isinstance(query, Problem):
        yield query.namespace.text, query.metric.text


def _identifiers(expression: str) -> Iterable[str]:
    term = parse_metric_math(expression)
    assert not isinstance(term, Problem), "it has become a signal"
    return dict.fromkeys(one.id for one in walk_math(term) if isinstance(one, Name))


def _write_line(stage: Stage, line: Node, parameters: Mapping[str, str]) -> str:
    if isinstance(line, Map):
        return json.dumps(fill_data(stage.context.data(line), parameters), ensure_ascii=False)
    return fill_text(stage.context.text(str(line)), parameters)

"""Metrics by name: each resolved once, when somebody first asks for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from watchspec.catalog.metric_math import FUNCTIONS
from watchspec.catalog.metrics import guess_metric, is_complete, published_unit, split_metric
from watchspec.catalog.quotas import DASHBOARD_METRICS_PER_WIDGET
from watchspec.catalog.regions import SINGLE_REGION_NAMESPACES
from watchspec.diagnostics import Location, say_circle, shorten, suggest_name
from watchspec.languages import Problem, parse_metric_math, rename_identifiers
from watchspec.model.expressions import free_identifier
from watchspec.model.metric_math import Call, MathTerm, Name, walk_math
from watchspec.model.signals import (
    InsightsQuery,
    Level,
    MathInput,
    MetricMath,
    MetricStat,
    Signal,
    SignalSource,
)
from watchspec.model.source import Map, Node, overlay, point_at
from watchspec.model.text import Text, join_text
from watchspec.resolve import rules
from watchspec.resolve.context import Context, mapping, pairs, section
from watchspec.resolve.names import title_of
from watchspec.resolve.quantities import parse_comparison, read_duration

_DEEPEST = 50
"""Metrics made of each other deeper than anybody can follow; an alarm takes ten expressions."""
_OF_ONE_METRIC = ("statistic", "dimensions", "region", "account")
_ADJUSTABLE = ("period", *_OF_ONE_METRIC)
_SPEC_NAME = re.compile(r"[a-z][A-Za-z0-9_]*")


@dataclass(frozen=True, slots=True)
class _Declared:
    """A metric as the author wrote it; `log` is the log it is filtered from."""

    node: Map
    place: Location
    is_filter: bool

    @property
    def is_stat(self) -> bool:
        """Whether it is a metric by itself, not made of others."""
        return "expression" not in self.node and "query" not in self.node


class Signals:
    """The metrics of a spec, by name."""

    def __init__(self, context: Context, root: Map) -> None:
        self.context = context
        self.found = context.found
        self.declared: dict[str, _Declared] = {}
        self.resolved: dict[str, Signal | None] = {}
        self.open: list[str] = []
        for name, node, place in section(root, "metrics"):
            self.declared[name] = _Declared(node, place, is_filter=False)
        for _, log, _ in section(root, "logs"):
            for name, node, place in section(log, "metrics"):
                if name in self.declared:
                    message = f'there is already a metric "{name}"'
                    self.found.error(rules.NAMED_TWICE, message, place, help="rename one of them")
                self.declared[name] = _Declared(node, place, is_filter=True)

    def resolve_all(self) -> tuple[Signal, ...]:
        """Every metric of the spec by name."""
        signals = [self.by_name(name, declared.place) for name, declared in self.declared.items()]
        return tuple(signal for signal in signals if signal is not None)

    def by_name(self, name: str, place: Location) -> Signal | None:
        """The metric of that name, or None with a finding at `place`."""
        declared = self.declared.get(name)
        if declared is None:
            hint = suggest_name(name, self.declared)
            help_text = (
                "" if hint else 'write an AWS metric as "Namespace Name", or name it under metrics'
            )
            message = f'there is no metric "{shorten(name)}"'
            self.found.error(rules.UNKNOWN_METRIC, message, place, hint=hint, help=help_text)
            return None
        if name in self.open:
            message = f"metrics are made of each other: {say_circle(self.open, name)}"
            self.found.error(rules.METRIC_CYCLE, message, place)
            return None
        if len(self.open) == _DEEPEST:
            message = f"metrics are made of each other more than {_DEEPEST} deep"
            self.found.error(rules.METRIC_CYCLE, message, place)
            return None
        if name not in self.resolved:
            self.open.append(name)
            self.resolved[name] = self._resolve(name, declared)
            self.open.pop()
        return self.resolved[name]

    def declares_level(self, signal: Signal, name: str) -> bool:
        """Whether the author gave a metric a level of that name, readable or not."""
        declared = self.declared.get(signal.key or "")
        return declared is not None and name in pairs(declared.node, "levels")

    def read(self, node: Map, *, title: Text | None = None) -> Signal | None:
        """The signal of something that gives `metric`, `expression` or `query`, and what differs.

        A threshold, a line of a graph and an input of an expression are written alike.
        """
        if "expression" in node:
            return self._read_math(None, node, title)
        if "query" in node:
            return self._read_query(None, node, title)
        written = str(node["metric"])
        if _SPEC_NAME.fullmatch(written):
            signal = self.by_name(written, node.place("metric"))
            return None if signal is None else self._adjust(signal, node)
        return self._read_stat(None, node, title)

    def inherit(self, signal: Signal, node: Map, widget: Map) -> Signal:
        """The signal of a line with the period and the statistic of its widget, unless it has its own."""
        source: SignalSource = signal.source
        period = self._read_period(widget)
        if period is not None and "period" not in node:
            source = with_period(source, period)
            source = replace(source, written=_add(source.written, widget, ("period",)))
        statistic = self.context.read_word(widget, "statistic")
        if statistic and "statistic" not in node and isinstance(source, MetricStat):
            written = _add(source.written, widget, ("statistic",))
            source = replace(source, statistic=statistic, written=written)
        return replace(signal, source=source)

    def _resolve(self, name: str, declared: _Declared) -> Signal | None:
        node = declared.node
        title = self.context.read_text(node, "title")
        if declared.is_filter:
            signal: Signal | None = self._read_filter(name, node, title)
        elif "expression" in node:
            signal = self._read_math(name, node, title)
        elif "query" in node:
            signal = self._read_query(name, node, title)
        else:
            signal = self._read_stat(name, node, title)
        if signal is None:
            return None
        color = self.context.read_word(node, "color") or None
        return replace(signal, levels=self._read_levels(node, signal.unit), color=color)

    def _read_filter(self, name: str, node: Map, title: Text | None) -> Signal:
        period = self._read_period(node) or 60
        source = MetricStat(
            namespace=self.context.read_word(node, "namespace") or self.context.namespace,
            name=self.context.read_word(node, "name") or name,
            dimensions=(),
            statistic=self.context.read_word(node, "statistic") or "Sum",
            period_seconds=period,
            region=self.context.environment.region,
            written=node,
        )
        unit = self.context.read_word(node, "unit") or "Count"
        return Signal(name, frozenset({name}), title or title_of(name), source, unit)

    def _read_stat(self, name: str | None, node: Map, title: Text | None) -> Signal | None:
        context = self.context
        written = context.read_word(node, "metric")
        parts = split_metric(written)
        if parts is None:
            message = f'"{shorten(written)}" is not a metric'
            hint = suggest_name(written, self.declared)
            help_text = 'write an AWS metric as "Namespace Name", such as AWS/ECS CPUUtilization'
            place = node.place("metric")
            self.found.error(rules.UNKNOWN_METRIC, message, place, hint=hint, help=help_text)
            return None
        namespace, metric = parts
        facts = guess_metric(namespace, metric)
        region = context.read_word(node, "region") or SINGLE_REGION_NAMESPACES.get(namespace)
        dimensions = pairs(node, "dimensions")
        source = MetricStat(
            namespace=namespace,
            name=metric,
            dimensions=tuple((key, context.text(str(value))) for key, value in dimensions.items()),
            statistic=context.read_word(node, "statistic") or facts.statistic or "Average",
            period_seconds=self._read_period(node) or facts.period_seconds,
            region=region or context.environment.region,
            account=context.read_text(node, "account"),
            written=node,
        )
        unit = context.read_word(node, "unit") or facts.unit
        if is_complete(namespace):  # what AWS documents is so, whatever the author says
            unit = published_unit(namespace, metric, source.statistic) or unit
        keys = frozenset({name} if name else ())
        return Signal(name, keys, title or _describe_stat(source), source, unit)

    def _read_query(self, name: str | None, node: Map, title: Text | None) -> Signal:
        for key in ("statistic", "dimensions", "account"):
            if key in node:
                message = f"a Metrics Insights query says itself what it reads: it has no {key}"
                self.found.error(rules.NOT_ONE_METRIC, message, node.key_place(key))
        sql = " ".join(self.context.read_word(node, "query").split())
        period = self._read_period(node) or 60
        region = self.context.read_word(node, "region") or self.context.environment.region
        source = InsightsQuery(sql, period, region, written=node)
        unit = self.context.read_word(node, "unit") or None
        keys = frozenset({name} if name else ())
        return Signal(
            name, keys, title or (title_of(name) if name else "Metrics query"), source, unit
        )

    def _read_math(self, name: str | None, node: Map, title: Text | None) -> Signal | None:
        written = self.context.try_settle(str(node["expression"]), node.place("expression"))
        if written is None:
            return None
        self._refuse_keys_of_one_metric(node, "an expression")
        term = self._parse_math(written, node.place("expression"))
        inputs = None if term is None else self._read_inputs(node, written, term)
        if inputs is None:
            return None
        expression = " ".join(written.split())
        regions = sorted({signal.region for signal in inputs.values()})
        if len(regions) > 1:
            message = f"the expression mixes metrics of {' and '.join(regions)}"
            self.found.error(rules.MIXED_REGIONS, message, node.place("expression"))
            return None
        periods = [signal.period_seconds for signal in inputs.values()]
        period = self._read_period(node) or max(periods, default=60)
        flat = _flatten_all(inputs, period)
        if flat is None:
            most = DASHBOARD_METRICS_PER_WIDGET
            message = f"the expression is made of more than {most} metrics, the most of a graph"
            self.found.error(rules.METRIC_CYCLE, message, node.place("expression"))
            return None
        region = regions[0] if regions else self.context.environment.region
        source = MetricMath(expression, flat, period, region, written=node)
        keys = frozenset({name} if name else ()).union(*(one.keys for one in inputs.values()))
        unit = self.context.read_word(node, "unit") or None
        return Signal(name, keys, title or (title_of(name) if name else expression), source, unit)

    def _parse_math(self, written: str, place: Location) -> MathTerm | None:
        """The tree of an expression, or None with a finding."""
        term = parse_metric_math(written)
        if isinstance(term, Problem):
            where = point_at(place, written, term.offset, term.width)
            is_query = written.strip()[:7].upper() == "SELECT "
            advice = "write a Metrics Insights query under query" if is_query else ""
            self.found.error(rules.BAD_EXPRESSION, term.message, where, help=advice)
            return None
        for one in walk_math(term):
            if isinstance(one, Call) and one.function not in FUNCTIONS:
                message = f'"{one.function}" is not a function of metric math that AWS documents'
                where = point_at(place, written, one.offset, len(one.function))
                hint = suggest_name(one.function, FUNCTIONS)
                self.found.warn(rules.UNKNOWN_FUNCTION, message, where, hint=hint)
        return term

    def _read_inputs(self, node: Map, written: str, term: MathTerm) -> dict[str, Signal] | None:
        """What the identifiers of an expression stand for: `given`, or metrics of the spec."""
        given = mapping(node, "given")
        inputs: dict[str, Signal] = {}
        complete = True
        for ident, value, _, place in given.entries() if given is not None else ():
            signal = self.read_input(value, place)
            if signal is None:
                complete = False
            else:
                inputs[ident] = signal
        offsets: dict[str, int] = {}
        for one in walk_math(term):
            if isinstance(one, Name):
                offsets.setdefault(one.id, one.offset)
        for ident in sorted(offsets.keys() - set(given or ())):
            where = point_at(node.place("expression"), written, offsets[ident], len(ident))
            signal = self.by_name(ident, where)
            if signal is None:
                complete = False
            else:
                inputs[ident] = signal
        return inputs if complete else None

    def read_input(self, value: Node, place: Location) -> Signal | None:
        """The signal of an input of an expression: described there, or a metric by its name."""
        if isinstance(value, Map):
            return self.read(value)
        name = str(value)
        if _SPEC_NAME.fullmatch(name):
            return self.by_name(name, place)
        node = Map(place)
        node.put("metric", name, place, place)
        return self._read_stat(None, node, None)

    def _adjust(self, signal: Signal, node: Map) -> Signal:
        """The metric with another statistic, period, dimensions, Region or account."""
        context = self.context
        source: SignalSource = signal.source
        period = self._read_period(node)
        if period is not None:
            source = with_period(source, period)
        source = replace(source, written=_add(source.written, node, _ADJUSTABLE))
        if isinstance(source, MetricStat):
            added = {
                key: context.text(str(value)) for key, value in pairs(node, "dimensions").items()
            }
            account = context.read_text(node, "account")
            source = replace(
                source,
                statistic=context.read_word(node, "statistic") or source.statistic,
                dimensions=tuple((dict(source.dimensions) | added).items()),
                region=context.read_word(node, "region") or source.region,
                account=source.account if account is None else account,
            )
            return replace(signal, source=source)
        self._refuse_keys_of_one_metric(node, f'"{signal.key}"')
        return replace(signal, source=source)

    def _refuse_keys_of_one_metric(self, node: Map, what: str) -> None:
        for key in _OF_ONE_METRIC:
            if key in node:
                message = f"{what} is made of other metrics: it has no {key} of its own"
                self.found.error(rules.NOT_ONE_METRIC, message, node.key_place(key))

    def _read_period(self, node: Map) -> int | None:
        seconds = read_duration(self.context, node, "period")
        if seconds is not None and seconds not in {10, 20, 30} and seconds % 60:
            message = f"CloudWatch has no period of {seconds} seconds"
            help_text = "use 10s, 20s, 30s or a multiple of 1m"
            self.found.error(rules.BAD_PERIOD, message, node.place("period"), help=help_text)
            return None
        return seconds

    def _read_levels(self, node: Map, unit: str | None) -> tuple[Level, ...]:
        levels = mapping(node, "levels")
        read = []
        for name, value, _, place in levels.entries() if levels is not None else ():
            written = self.context.try_settle(value, place) if isinstance(value, str) else value
            if written is None:
                continue
            assert isinstance(written, str | int | float)
            comparison = parse_comparison(written, unit, place, self.found)
            if comparison is not None:
                quantity = comparison.quantity
                read.append(Level(name, comparison.operator, quantity.value, quantity.words, place))
        return tuple(read)


def with_period(source: SignalSource, period_seconds: int) -> SignalSource:
    """The same source with data points of another length, inputs included."""
    if not isinstance(source, MetricMath):
        return replace(source, period_seconds=period_seconds)
    inputs = []
    for one in source.inputs:
        inner = one.source
        if not isinstance(inner, str):
            inner = replace(inner, period_seconds=period_seconds)
        inputs.append(MathInput(one.id, inner))
    return replace(source, inputs=tuple(inputs), period_seconds=period_seconds)


def _flatten_all(inputs: Mapping[str, Signal], period_seconds: int) -> tuple[MathInput, ...] | None:
    """What is behind the identifiers of an expression; None if it is more than any graph takes.

    A metric that is used twice is there twice, so that a few lines could be made of millions.
    """
    flat: list[MathInput] = []
    taken = set(inputs)
    for ident, signal in inputs.items():
        flat.extend(_flatten(ident, signal.source, period_seconds, taken))
        if len(flat) > DASHBOARD_METRICS_PER_WIDGET:
            return None
    return tuple(flat)


def _flatten(
    ident: str, source: SignalSource, period_seconds: int, taken: set[str]
) -> list[MathInput]:
    """The inputs behind one identifier; an expression brings its own, renamed after it."""
    source = with_period(source, period_seconds)
    if not isinstance(source, MetricMath):
        return [MathInput(ident, source)]
    renamed: dict[str, str] = {}
    for one in source.inputs:
        renamed[one.id] = free_identifier(f"{ident}_{one.id}", taken)
        taken.add(renamed[one.id])
    inner = [
        MathInput(
            renamed[one.id],
            rename_identifiers(one.source, renamed) if isinstance(one.source, str) else one.source,
        )
        for one in source.inputs
    ]
    return [*inner, MathInput(ident, rename_identifiers(source.expression, renamed))]


def _add(written: Map, node: Map, keys: Iterable[str]) -> Map:
    """What the author wrote of a metric, and what he wrote of it where it is used."""
    changes = Map(node.start)
    for key in keys:
        if key in node:
            changes.put(key, node[key], *node.places[key])
    return overlay(written, changes) if changes else written


def _describe_stat(source: MetricStat) -> Text:
    pieces: list[Text] = [source.name]
    for index, (_, value) in enumerate(source.dimensions):
        pieces.extend((", " if index else " of ", value))
    return join_text(*pieces)

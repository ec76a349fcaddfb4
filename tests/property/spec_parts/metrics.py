"""Metrics of AWS and of one's own, metric math and Metrics Insights queries."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import NamedTuple

from property.spec_parts.drawing import NO_UNIT, UNITS, Drawing, Signal
from property.spec_parts.routes import ELSEWHERE
from property.spec_text import Data
from watchspec.catalog.bounds import bounds_of_samples
from watchspec.catalog.dimensions import VALUE_BEGINNINGS
from watchspec.catalog.silence import kind_of_metric


class AwsMetric(NamedTuple):
    """A metric AWS publishes, with one of its documented sets of dimensions."""

    namespace: str
    name: str
    unit: str | None
    period: int
    statistics: tuple[str, ...]
    dimensions: tuple[str, ...]
    values: dict[str, list[str]]
    region: str


def _read_catalog() -> tuple[AwsMetric, ...]:
    """The metrics that any threshold may be for, and any setting of missing data."""
    text = files("watchspec.catalog").joinpath("metrics.json").read_text(encoding="utf-8")
    return tuple(
        AwsMetric(
            namespace,
            name,
            facts.get("unit"),
            facts.get("period", 60),
            tuple(one for one in facts.get("stats", ()) if "*" not in one and one != "SampleCount"),
            tuple(dimensions),
            entry.get("dimension_values", {}) | facts.get("dimension_values", {}),
            entry.get("region", ""),
        )
        for namespace, entry in json.loads(text).items()
        if namespace != "_meta"
        for name, facts in entry["metrics"].items()
        if bounds_of_samples(namespace, name).high > 1
        if kind_of_metric(namespace, name, "Sum") != "error count"
        for dimensions in facts.get("dimension_sets", ())
    )


CATALOG = _read_catalog()


def add_metrics(draw: Drawing) -> None:
    """Metrics that stand for themselves."""
    for _ in range(draw.below(4)):
        _add_aws_metric(draw)
    if draw.chance(3):
        _add_own_metric(draw)
    if draw.chance(3):
        _add_query(draw)


def add_math(draw: Drawing) -> None:
    """Metrics made of those there are, log metrics included."""
    for _ in range(draw.below(3)):
        control = draw.control()
        usable = [one for one in draw.signals if draw.fits(one.control, control)]
        if usable:
            _add_expression(draw, control, usable)


def add_looks(draw: Drawing, node: Data, unit: str | None) -> tuple[str, ...]:
    """Title, color and levels; gives the levels an alarm can use."""
    draw.maybe(node, "title", draw.line)
    draw.maybe(node, "color", lambda: draw.pick(("#1f77b4", "#000000", "#FFffFF")), 5)
    amounts = list(UNITS.get(unit or "", NO_UNIT))
    levels: Data = {}
    for name, operator in (
        ("normal", "< "),
        ("warning", "> "),
        ("critical", ">= "),
        ("maximum", ""),
    ):
        if draw.chance(3):
            amount = amounts.pop(draw.below(len(amounts)))
            levels[name] = f"{operator}{amount}" if operator else amount
    if levels:
        node["levels"] = levels
    return tuple(name for name in levels if name != "maximum")


def _add_aws_metric(draw: Drawing) -> None:
    found = draw.pick(CATALOG)
    node: Data = {"metric": f"{found.namespace} {found.name}"}
    node["dimensions"] = {one: _dimension(draw, found, one) for one in found.dimensions}
    region = found.region
    if region:
        node["region"] = region
    elif draw.chance(8):
        node["region"] = region = ELSEWHERE
    # A literal account is another one, where some alarms cannot be.
    draw.maybe(node, "account", lambda: "${account}", 10)
    if found.statistics:
        draw.maybe(node, "statistic", lambda: draw.pick(found.statistics))
    key = draw.name(("cpu_", "errors_", "aB_", "x"))
    _add_signal(draw, Signal(key, found.unit, found.period, region, {}, is_single=True), node)


def _dimension(draw: Drawing, metric: AwsMetric, name: str) -> str:
    if name in metric.values:
        return draw.pick(metric.values[name])
    beginnings = VALUE_BEGINNINGS.get((metric.namespace, name))
    if beginnings is not None:
        return draw.pick((f"{beginnings[0]}main/1", draw.parameter()))
    return str(draw.choose("main", "${environment}-x", draw.parameter, "a/b"))


def _add_own_metric(draw: Drawing) -> None:
    node: Data = {"metric": "Shop/Api Latency", "statistic": draw.pick(("p99", "tm95", "Sum"))}
    draw.maybe(node, "dimensions", lambda: {"Endpoint": draw.late_line()}, 2)
    unit = draw.pick((None, *UNITS))
    if unit is not None:
        node["unit"] = unit
    key = draw.name(("latency_", "m1_"))
    _add_signal(draw, Signal(key, unit, 60, "", {}, is_single=True), node)


def _add_signal(draw: Drawing, signal: Signal, node: Data) -> None:
    """What metrics of AWS and one's own have in common."""
    control = draw.control()
    period = signal.period
    periods = [length for length in (60, 300, 3600, 86400) if length >= period]
    if periods and draw.chance(4):
        period = draw.pick(periods)
        node["period"] = draw.duration(period)
    levels = add_looks(draw, node, signal.unit)
    draw.put("metrics", signal.key, node, control)
    is_single = "account" not in node
    draw.signals.append(
        Signal(signal.key, signal.unit, period, signal.region, control, is_single, levels=levels)
    )
    draw.changes.append((f"metrics.{signal.key}.title", "another title"))


def _add_query(draw: Drawing) -> None:
    node: Data = {"query": 'SELECT MAX(CPUUtilization) FROM SCHEMA("AWS/EC2", InstanceId)'}
    levels = add_looks(draw, node, None)
    control = draw.control()
    key = draw.name(("top_", "q1_"))
    draw.put("metrics", key, node, control)
    draw.signals.append(
        Signal(
            key,
            None,
            60,
            "",
            control,
            is_single=False,
            metrics=0,
            expressions=1,
            queries=1,
            levels=levels,
        )
    )


def _add_expression(draw: Drawing, control: Data, usable: list[Signal]) -> None:
    first = draw.pick(usable)
    others = draw.some([one for one in usable if one.region == first.region])
    inputs = list({one.key: one for one in (first, *others)}.values())
    while sum(one.queries for one in inputs) > 1:  # CloudWatch takes one query in an expression
        inputs.remove(next(one for one in inputs if one.queries))
    node = _write_math(draw, inputs)
    unit = draw.pick((None, "Percent"))
    if unit is not None:
        node["unit"] = unit
    levels = add_looks(draw, node, unit)
    key = draw.name(("rate_", "sum_of_"))
    draw.put("metrics", key, node, control)
    draw.signals.append(
        Signal(
            key,
            unit,
            max(one.period for one in inputs),
            first.region,
            control,
            is_single=False,
            metrics=sum(one.metrics for one in inputs),
            expressions=1 + sum(one.expressions for one in inputs),
            queries=sum(one.queries for one in inputs),
            levels=levels,
        )
    )


def _write_math(draw: Drawing, inputs: list[Signal]) -> Data:
    """An expression that names its inputs directly, or by names of its own."""
    if draw.chance(2):
        return {"expression": " + ".join(one.key for one in inputs) + " / 2"}
    given: Data = {}
    for ident, one in zip("abcdef", inputs, strict=False):
        given[f"{ident}_"] = one.key
        if one.is_single and draw.chance(2):
            given[f"{ident}_"] = {"metric": one.key, "statistic": draw.pick(("Sum", "p50"))}
    return {"expression": f"MAX([{', '.join(given)}])", "given": given}

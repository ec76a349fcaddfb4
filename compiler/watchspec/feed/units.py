"""Values in the unit of their metric."""

from __future__ import annotations

from watchspec.catalog.units import CLOUDWATCH_UNITS, WRITTEN_UNITS, UnitFacts
from watchspec.diagnostics import Findings, shorten, suggest_name
from watchspec.feed import rules
from watchspec.simulate.data import Samples
from watchspec.simulate.recordings import Column

_NO_UNIT = frozenset(("", "None"))


def convert(column: Column, unit: str | None, statistic: str, found: Findings) -> Samples:
    """The values of a column in a unit of CloudWatch.

    Without a unit on one of the sides they are in it already; so are counts of samples.
    """
    if column.unit in _NO_UNIT or unit is None or unit in _NO_UNIT or statistic == "SampleCount":
        return column.samples
    given, wanted = _read_unit(column.unit), CLOUDWATCH_UNITS[unit]
    name = shorten(column.names[0])
    if given is None:
        known = [*CLOUDWATCH_UNITS, *WRITTEN_UNITS]
        message = f'"{shorten(column.unit)}", the unit of "{name}", is none that CloudWatch has'
        hint = suggest_name(column.unit, known)
        found.error(rules.WRONG_UNIT, message, column.place, hint=hint)
        return column.samples
    if (given.kind, given.is_rate) != (wanted.kind, wanted.is_rate):
        message = f'"{name}" is in {column.unit}, but the metric is in {unit}'
        found.error(rules.WRONG_UNIT, message, column.place)
        return column.samples
    if given.size == wanted.size:
        return column.samples
    return Samples(column.samples.times, column.samples.values * (given.size / wanted.size))


def _read_unit(text: str) -> UnitFacts | None:
    if text in CLOUDWATCH_UNITS:
        return CLOUDWATCH_UNITS[text]
    stem = text.removesuffix("/s")
    facts = WRITTEN_UNITS.get(stem)
    return facts and UnitFacts(facts.kind, facts.size, is_rate=stem != text)

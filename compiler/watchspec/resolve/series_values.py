"""The values of a series in a test: what an author writes, in the unit of the metric."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace

from watchspec.diagnostics import Location, shorten
from watchspec.languages import Problem
from watchspec.languages.series import MAX_VALUES, parse_series
from watchspec.model.series import (
    Gap,
    Noise,
    Part,
    Ramp,
    Series,
    Shape,
    Steps,
    Stretch,
    Wave,
    WrittenStretch,
)
from watchspec.model.source import Node, Seq, point_at
from watchspec.model.text import say_duration
from watchspec.resolve import rules
from watchspec.resolve.context import Context
from watchspec.resolve.quantities import parse_duration, parse_quantity

_DAY_SECONDS = 86_400
_MOST_FINDINGS = 20
"""So many mistakes of one text are told; finding more would tell nothing new."""
_NO_SEED = -1
_UNIT = re.compile(r"\$|(?<![A-Za-z%/])[A-Za-z%/]+$")
_SIGN_BEFORE_MONEY = re.compile(r"([-+])\$")


@dataclass(frozen=True, slots=True)
class Values:
    """The values of a series; `lasting` is the one shape of a series that lasts as long as its test."""

    stretches: Series
    lasting: Shape | None = None

    @property
    def count(self) -> int:
        """How many values there are, whatever the length of the test."""
        return sum(stretch.count for stretch in self.stretches)

    def fill(self, count: int) -> Series:
        """All values in a test of so many of them."""
        return self.stretches if self.lasting is None else (Stretch(self.lasting, count),)


@dataclass(frozen=True, slots=True)
class ValuesReader:
    """Reads the values of one series: its name, the unit of the metric, the time between values."""

    context: Context
    name: str
    unit: str | None
    step_seconds: int

    def read(self, value: Node, place: Location) -> Values | None:
        """What is written as the values of a series, or None with findings."""
        known = len(self.context.found.items)
        written = list(value.entries()) if isinstance(value, Seq) else [(value, place)]
        pairs = [pair for one, where in written for pair in self._read_item(one, where)]
        if len(self.context.found.items) > known:
            return None
        stretches = tuple(
            Stretch(_sow(shape, f"{self.name} {number}"), 1 if count is None else count)
            for number, (shape, count) in enumerate(pairs)
        )
        is_lasting = not isinstance(value, Seq) and len(pairs) == 1 and pairs[0][1] is None
        values = Values(() if is_lasting else stretches, stretches[0].shape if is_lasting else None)
        if isinstance(values.lasting, Gap):
            message = f'"{self.name}" has no values at all'
            help_text = "leave it out, or write how many are missing: _x10"
            self.context.found.error(rules.BAD_SERIES, message, place, help=help_text)
            return None
        if values.count > MAX_VALUES:
            message = f'"{self.name}" has {values.count:,} values; {MAX_VALUES:,} are the most'
            self.context.found.error(rules.BAD_SERIES, message, place)
            return None
        return values

    def _read_item(self, item: Node, place: Location) -> Iterator[tuple[Shape, int | None]]:
        """Each shape with the number of its values, None = not given."""
        if not isinstance(item, str):
            assert isinstance(item, int | float)
            yield Steps(float(item), 0.0), None
            return
        found = self.context.found
        text = self.context.try_settle(item, place)
        known = len(found.items)
        for written in () if text is None else parse_series(text):
            if len(found.items) - known >= _MOST_FINDINGS:
                last = found.items[-1]
                found.items[-1] = replace(last, message=f"{last.message}; what follows is not read")
                return
            if isinstance(written, Problem):
                where = point_at(place, item, written.offset, written.width)
                found.error(rules.BAD_SERIES, written.message, where, help=written.advice)
                continue
            shape = self._read_shape(written, item, place)
            count = self._read_count(written.count, item, place)
            if shape is not None:
                yield shape, count

    def _read_shape(self, written: WrittenStretch, item: str, place: Location) -> Shape | None:
        if written.shape == "gap":
            return Gap()
        self._check_units(written, item, place)
        quantities = [self._read_quantity(part, item, place) for part in written.arguments[:2]]
        numbers = [one for one in quantities if one is not None]
        if len(numbers) < len(quantities):
            return None
        match written.shape:
            case "wave":
                return self._read_wave(written, *numbers, item=item, place=place)
            case "noise":
                return self._read_noise(written, *numbers, item=item, place=place)
            case "ramp":
                return Ramp(*numbers)
            case _:
                return Steps(numbers[0], numbers[1] if len(numbers) > 1 else 0.0)

    def _check_units(self, written: WrittenStretch, item: str, place: Location) -> None:
        """Report a number without a unit beside one that has it: 1..3GB does not begin at 1GB."""
        parts = written.arguments[:2]
        units = [_UNIT.search(part.text) for part in parts]
        given = next((unit.group() for unit in units if unit is not None), "")
        for part, unit in zip(parts, units, strict=True):
            if given and unit is None and float(part.text) != 0:
                full = f"${part.text}" if given == "$" else f"{part.text}{given}"
                message = f'"{part.text}" has no unit, and what is beside it has one'
                where = point_at(place, item, part.offset, len(part.text))
                self.context.found.error(rules.BAD_SERIES, message, where, help=f"write {full}")

    def _read_wave(
        self, written: WrittenStretch, low: float, high: float, *, item: str, place: Location
    ) -> Shape | None:
        period: int | None = _DAY_SECONDS
        for part in written.arguments[2:]:
            where = point_at(place, item, part.offset, len(part.text))
            period = parse_duration(part.text, where, self.context.found)
        if low > high:
            message = f'the highest value of "{shorten(written.text)}" stands first'
            where = point_at(place, item, written.offset, len(written.text))
            help_text = "write the lowest value, then the highest"
            self.context.found.error(rules.BAD_SERIES, message, where, help=help_text)
        return None if period is None else Wave(low, high, period)

    def _read_noise(
        self, written: WrittenStretch, mean: float, deviation: float, *, item: str, place: Location
    ) -> Shape | None:
        if deviation < 0:
            part = written.arguments[1]
            message = f'"{part.text}" is no deviation: it is less than nothing'
            where = point_at(place, item, part.offset, len(part.text))
            self.context.found.error(rules.BAD_SERIES, message, where)
            return None
        seed = written.arguments[2:]
        return Noise(mean, deviation, int(seed[0].text) if seed else _NO_SEED)

    def _read_quantity(self, part: Part, item: str, place: Location) -> float | None:
        where = point_at(place, item, part.offset, len(part.text))
        text = _SIGN_BEFORE_MONEY.sub(r"$\1", part.text)
        quantity = parse_quantity(text, self.unit, where, self.context.found)
        return None if quantity is None else float(quantity.value)

    def _read_count(self, count: Part | None, item: str, place: Location) -> int | None:
        if count is None or count.text.isdigit():
            return None if count is None else int(count.text)
        where = point_at(place, item, count.offset, len(count.text))
        seconds = parse_duration(count.text, where, self.context.found)
        if seconds is None:
            return None
        if seconds % self.step_seconds:
            step = say_duration(self.step_seconds)
            message = f'"{count.text}" is not a whole number of values, of which there is one every {step}'
            self.context.found.error(rules.BAD_SERIES, message, where)
        return seconds // self.step_seconds


def _sow(shape: Shape, name: str) -> Shape:
    """Noise without a seed gets one of its own, so that no two series rise and fall together."""
    if isinstance(shape, Noise) and shape.seed == _NO_SEED:
        return replace(shape, seed=zlib.crc32(name.encode()))
    return shape

"""A timeline for people: data points, threshold, states, and where expectation and fact part.

Each column is one step, or several where a test is longer than the line is wide; every change of a
state begins a column of its own. The threshold is the line between the two rows of a series: what is
on its far side stands in the upper row, however little it is.
"""

from __future__ import annotations

import textwrap
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeAlias

from watchspec.model.test_results import Mark, SeriesTrack, StateTrack, Timeline
from watchspec.model.text import say_time
from watchspec.report.printable import display_width, make_printable

_WIDEST_LABEL = 24
_LEVELS = 8
_RED, _GREEN, _YELLOW, _CYAN, _BLUE = "31", "32", "33", "36", "34"
_HUGE = 1e15
_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400
_ROUND = (
    *(1, 2, 5, 10, 15, 30),
    *(n * _MINUTE for n in (1, 2, 5, 10, 15, 20, 30)),
    *(n * _HOUR for n in (1, 2, 3, 6, 12)),
    *(n * _DAY for n in (1, 2, 7, 14, 28, 56, 112, 224, 448, 896, 1792, 3584)),
)
"""Distances in seconds that people count in."""
_TICK_COLUMNS = 8
_MOST_REASON_LINES = 3


@dataclass(frozen=True, slots=True)
class Signs:
    """What a timeline is drawn with; of `bars` the lowest first."""

    bars: str
    gap: str
    line: str
    tick: str
    states: dict[str, str]


BLOCKS = Signs("▁▂▃▄▅▆▇█", "·", "│", "╵", {"OK": "─", "ALARM": "A", "INSUFFICIENT_DATA": "?"})
ASCII = Signs("_.:-=+*#", " ", "|", "'", {"OK": "-", "ALARM": "A", "INSUFFICIENT_DATA": "?"})
_SEVERAL = "x"
_Cell: TypeAlias = tuple[str, str]
"""A character and its color."""
_STATE_COLORS = {"OK": _GREEN, "ALARM": f"1;{_RED}", "INSUFFICIENT_DATA": _YELLOW, "": _YELLOW}


def draw_timeline(
    timeline: Timeline, *, width: int = 80, color: bool = False, signs: Signs = BLOCKS
) -> list[str]:
    """The lines of a timeline, none wider than `width` columns; states are told apart by letters."""
    return _Canvas(timeline, width, signs, color=color).lines()


class _Canvas:
    def __init__(self, timeline: Timeline, width: int, signs: Signs, *, color: bool) -> None:
        self.timeline = timeline
        self.signs = signs
        self.color = color
        self.width = width
        labels = [self._name(one) for one in timeline.states]
        for one in timeline.series:
            labels += [make_printable(one.name), make_printable(one.written)]
        numbers = [number for one in timeline.series for number in _extremes(one)]
        self.label_width = min(max(map(display_width, labels), default=0), _WIDEST_LABEL)
        self.number_width = max(map(len, numbers), default=0)
        self.left = self.label_width + self.number_width + len("    |")
        self.starts = _cut_columns(timeline, max(width - self.left, 10))

    def lines(self) -> list[str]:
        drawn: list[str] = []
        for series in self.timeline.series:
            drawn += self._draw_series(series)
        for states in self.timeline.states:
            drawn.append(self._row(self._name(states), "", self._draw_states(states)))
        drawn.append(" " * self.left + self._axis())
        drawn += [
            self._mark(one) for one in sorted(_marks(self.timeline), key=lambda one: one.seconds)
        ]
        if self.timeline.reason:
            drawn += textwrap.wrap(
                make_printable(self.timeline.reason),
                self.width,
                initial_indent="  reason: ",
                subsequent_indent="    ",
                max_lines=_MOST_REASON_LINES,
                placeholder=" ...",
            )
        return [line.rstrip() for line in drawn]

    def _name(self, one: StateTrack) -> str:
        """Of a single alarm everybody knows which it is."""
        return make_printable(one.name) if len(self.timeline.states) > 1 else "state"

    def _row(self, label: str, number: str, cells: Sequence[_Cell]) -> str:
        if display_width(label) > self.label_width:
            label = label[: self.label_width - 1] + ("…" if self.signs is BLOCKS else "~")
        padding = " " * (self.label_width - display_width(label))
        line = self._paint(self.signs.line, _BLUE)
        return f"  {label}{padding} {number:>{self.number_width}} {line}{self._color(cells)}"

    def _draw_series(self, one: SeriesTrack) -> Iterator[str]:
        step = self.timeline.step_seconds
        scale = _Scale.of(one)
        upper: list[_Cell] = []
        lower: list[_Cell] = []
        for begin, end in self._columns():
            value = _pick(one, begin, end, step)
            if value is None:
                upper.append((" ", ""))
                lower.append((self.signs.gap if begin < len(one.values) * step else " ", ""))
                continue
            high, low = scale.levels(value)
            paint = _RED if scale.breaches(value) else ""
            upper.append((self.signs.bars[high - 1] if high else " ", paint))
            lower.append((self.signs.bars[low - 1], paint))
        least, most = _extremes(one)
        yield self._row(make_printable(one.name), most, upper)
        yield self._row(make_printable(one.written), least, lower)

    def _draw_states(self, one: StateTrack) -> list[_Cell]:
        begins = [seconds for seconds, _ in one.changes]
        cells: list[_Cell] = []
        for begin, end in self._columns():
            first, last = bisect_right(begins, begin) - 1, bisect_right(begins, end - 1) - 1
            state = one.changes[first][1] if first == last else ""
            cells.append((self.signs.states.get(state, _SEVERAL), _STATE_COLORS[state]))
        return cells

    def _columns(self) -> Iterator[tuple[int, int]]:
        """From when to when (outside) each column is."""
        yield from zip(self.starts, [*self.starts[1:], self.timeline.seconds + 1], strict=True)

    def _column_of(self, seconds: int) -> int:
        return max(bisect_right(self.starts, seconds) - 1, 0)

    def _axis(self) -> str:
        seconds = self.timeline.seconds
        most = max(len(self.starts) // _TICK_COLUMNS, 2)
        distance = next((one for one in _ROUND if seconds / one <= most), _ROUND[-1])
        axis = ""
        for time in range(0, seconds + 1, distance):
            place = self._column_of(time)
            label = f"{self.signs.tick}{say_time(time)}"
            if place >= len(axis) + bool(axis) and self.left + place + len(label) <= self.width:
                axis = axis.ljust(place) + label
        return axis

    def _mark(self, mark: Mark) -> str:
        place = self.left + self._column_of(mark.seconds)
        room = max(place - 3, self.width - place - 2)
        text = make_printable(mark.text)
        text = text if len(text) <= room else f"{text[: room - 3]}..."
        caret = self._paint("^", _CYAN if mark is self.timeline.expected else f"1;{_RED}")
        if place + 2 + len(text) <= self.width:
            return f"{' ' * place}{caret} {text}"
        return f"{text:>{place - 1}} {caret}"

    def _color(self, cells: Iterable[_Cell]) -> str:
        """The cells in their colors, neighbours of one color together."""
        return "".join(
            self._paint("".join(sign for sign, _ in run), code)
            for code, run in groupby(cells, key=lambda cell: cell[1])
        )

    def _paint(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.color and code else text


@dataclass(frozen=True, slots=True)
class _Scale:
    """How high a value stands: in the upper row if it is beyond the threshold, up to 8 in each."""

    least: float
    threshold: float
    most: float
    operator: str

    @classmethod
    def of(cls, one: SeriesTrack) -> _Scale:
        known = [value for value in one.values if value is not None] or [0.0]
        least, most = min(known), max(known)
        if one.operator is None:
            return cls(least, least / 2 + most / 2, most, "")
        return cls(
            min(least, 0.0) if one.threshold > 0 else least, one.threshold, most, one.operator
        )

    def levels(self, value: float) -> tuple[int, int]:
        if self._is_beyond(value):
            return _level(value, self.threshold, self.most), _LEVELS
        return 0, _level(value, self.least, self.threshold)

    def breaches(self, value: float) -> bool:
        return bool(self.operator) and self._is_beyond(value) == (self.operator[0] == ">")

    def _is_beyond(self, value: float) -> bool:
        return value >= self.threshold if self.operator in {">=", "<"} else value > self.threshold


def _level(value: float, low: float, high: float) -> int:
    """From 1 (at the bottom) to 8, however far apart the two are."""
    width = high / 2 - low / 2
    share = (value / 2 - low / 2) / width if width > 0 else 0.0
    return 1 + round((_LEVELS - 1) * min(max(share, 0.0), 1.0))


def _pick(one: SeriesTrack, begin: int, end: int, step: int) -> float | None:
    """Of the data points in a column the one that is nearest to the alarm, or beyond it the farthest."""
    first = begin // step
    last = max(-(-end // step), first + 1)
    known = [value for value in one.values[first:last] if value is not None]
    if not known:
        return None
    return min(known) if one.operator in {"<", "<="} else max(known)


def _extremes(one: SeriesTrack) -> tuple[str, str]:
    known = [value for value in one.values if value is not None]
    if not known:
        return "no data", ""
    return _say_number(min(known)), _say_number(max(known))


def _say_number(value: float) -> str:
    """A number of at most 7 characters or so: 85, 0.125, 5.2G."""
    size = abs(value)
    for unit, prefix in ((1e12, "T"), (1e9, "G"), (1e6, "M"), (1e4, "k")):
        if unit <= size < _HUGE:
            return f"{value / (1e3 if prefix == 'k' else unit):.4g}{prefix}"
    return f"{value:.4g}"


def _marks(timeline: Timeline) -> Iterator[Mark]:
    yield from (one for one in (timeline.expected, timeline.happened) if one is not None)


def _cut_columns(timeline: Timeline, most: int) -> list[int]:
    """When each column begins; where states change too often for that, a column holds several."""
    step, seconds = timeline.step_seconds, timeline.seconds
    marks = {one.seconds for one in _marks(timeline) if 0 < one.seconds <= seconds}
    changes = {begin for one in timeline.states for begin, _ in one.changes}
    cuts = changes | marks
    if len(cuts) > most * 3 // 4:
        cuts = marks
    distance = step
    if seconds // step >= most:
        distance *= -(-seconds // (step * (most - len(cuts) - 1)))
    return sorted({*range(0, seconds + 1, distance), *cuts})

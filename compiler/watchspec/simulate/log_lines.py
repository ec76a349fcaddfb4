"""Log lines in, data of metrics out: what the metric filters of a log group make of its lines.

CloudWatch Logs counts minute by minute: every line that matches gives one sample, and a minute with lines
of which none matches gives the default value, if there is one.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntaxForMetricFilters.html (read 2026-11-24)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from watchspec.languages import Problem, parse_filter_pattern, parse_selector
from watchspec.model.filter_patterns import (
    Columns,
    FilterPattern,
    JsonPattern,
    Selector,
    read_number,
)
from watchspec.model.logs import MetricFilter
from watchspec.model.metric_ids import MetricId
from watchspec.simulate.data import RAW, Data, Samples, UnsupportedError
from watchspec.simulate.filter_matching import Fields, Line, NumberText, find_values, match_line
from watchspec.simulate.options import Options

_MINUTE = 60


@dataclass(frozen=True, slots=True)
class _Reader:
    """A metric filter with its texts read; `value` is a number, or the field that holds it."""

    filter: MetricFilter
    pattern: FilterPattern
    value: float | Selector
    dimensions: tuple[tuple[str, Selector], ...]


@dataclass(frozen=True, slots=True)
class _Match:
    """What a line that matches gives: a sample, unless a field is missing."""

    dimensions: tuple[tuple[str, str], ...]
    value: float | None


def measure_lines(
    filters: Iterable[MetricFilter], lines: Iterable[tuple[int, str]], region: str, options: Options
) -> Data:
    """The samples of every metric that some lines give.

    lines: of one log group, each with its time in seconds since 1970; filters: those of this log group,
    which is in `region`. UnsupportedError if only CloudWatch knows what a filter does.
    """
    readers = [_read_filter(one) for one in filters]
    known: dict[str, list[_Match | None]] = {}
    minutes: defaultdict[int, list[list[_Match | None]]] = defaultdict(list)
    for time, text in lines:
        if text not in known:
            line = Line(text)
            known[text] = [_read_line(reader, line, options) for reader in readers]
        minutes[time // _MINUTE * _MINUTE].append(known[text])
    found: defaultdict[MetricId, list[tuple[int, float]]] = defaultdict(list)
    for minute in sorted(minutes):
        for reader, matches in zip(readers, zip(*minutes[minute], strict=True), strict=True):
            for one in _sum_up(reader, matches):
                made = reader.filter
                metric = MetricId(made.namespace, made.metric_name, one.dimensions, region)
                if one.value is not None:
                    found[metric].append((minute, one.value))
    return {
        metric: {RAW: Samples(*map(np.array, zip(*pairs, strict=True)))}
        for metric, pairs in found.items()
    }


def _sum_up(reader: _Reader, matches: Iterable[_Match | None]) -> list[_Match]:
    """The samples of one minute."""
    samples = [one for one in matches if one is not None]
    default = reader.filter.default
    if samples or default is None or reader.dimensions:
        return samples
    return [_Match((), float(default))]


def _read_filter(one: MetricFilter) -> _Reader:
    pattern = parse_filter_pattern(one.pattern)
    if isinstance(pattern, Problem):
        raise UnsupportedError(f'the pattern of "{one.key}" cannot be read: {pattern.message}')
    number = read_number(one.value)
    value = _read_field(one, pattern, one.value) if number is None else number
    dimensions = [
        (name, _read_field(one, pattern, field)) for name, field in sorted(one.dimensions)
    ]
    return _Reader(one, pattern, value, tuple(dimensions))


def _read_field(one: MetricFilter, pattern: FilterPattern, text: str) -> Selector:
    selector = parse_selector(text)
    kind = JsonPattern if text.startswith(("$.", "$[")) else Columns
    if selector is None or not isinstance(pattern, kind):
        raise UnsupportedError(f'"{text}" is no field that "{one.key}" reads')
    return selector


def _read_line(reader: _Reader, line: Line, options: Options) -> _Match | None:
    fields = match_line(reader.pattern, line, options)
    if fields is None:
        return None
    dimensions = [(name, _find_text(fields, field)) for name, field in reader.dimensions]
    given = tuple((name, text) for name, text in dimensions if text)
    value = reader.value
    if len(given) < len(dimensions):
        return _Match((), None)
    return _Match(given, value if isinstance(value, float) else _find_number(fields, value))


def _find_text(fields: Fields, selector: Selector) -> str:
    """The text of a dimension, "" if the line has none."""
    found = next(iter(find_values(fields, selector)), None)
    if isinstance(found, bool):
        return "true" if found else "false"
    return found.strip() if isinstance(found, str) else ""


def _find_number(fields: Fields, selector: Selector) -> float | None:
    """The number in a field; of several the first."""
    found = next(iter(find_values(fields, selector)), None)
    return float(found) if isinstance(found, NumberText) else None

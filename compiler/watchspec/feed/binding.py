"""Which metric of a spec each column of a data file is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from watchspec.diagnostics import Diagnostic, Findings, Location, Outcome, shorten, suggest_name
from watchspec.feed import rules
from watchspec.feed.names import SeriesId, parse_id, write_id
from watchspec.feed.series import Conflicts, key_of, merge
from watchspec.feed.targets import Target, find_queries, find_targets
from watchspec.feed.units import convert
from watchspec.model.metric_ids import MetricId
from watchspec.model.monitoring import Monitoring
from watchspec.simulate.data import Data, Samples
from watchspec.simulate.recordings import Column, Recording


@dataclass(frozen=True, slots=True)
class Bound:
    """Data by metric and statistic, and the columns that are no metric of the spec, with a hint each."""

    data: Data
    unknown: tuple[tuple[Column, str], ...]


def bind_recordings(
    recordings: Iterable[Recording], monitoring: Monitoring, parameters: Mapping[str, str]
) -> Outcome[Bound]:
    """The columns of data files as metrics of a spec, in their units; None if one cannot be taken.

    parameters: values of the spec's parameters by name.
    """
    found = Findings()
    targets = _Targets(monitoring, parameters)
    parts: dict[tuple[MetricId, str], list[Samples]] = defaultdict(list)
    places: dict[tuple[MetricId, str], Column] = {}
    unknown: list[tuple[Column, str]] = []
    for recording in recordings:
        for column in recording.columns:
            chosen = targets.find(column)
            if not chosen:
                unknown.append((column, targets.suggest(column)))
            elif len(chosen) > 1:
                places_of = " and ".join(sorted({one.metric.region for one in chosen}))
                message = f'"{shorten(column.names[0])}" can be a metric of {places_of}'
                found.error(rules.TWO_METRICS, message, column.place, help="name the Region")
            else:
                samples = convert(column, chosen[0].unit, column.statistic, found)
                key = chosen[0].metric, column.statistic or chosen[0].statistic
                parts[key].append(samples)
                places[key] = column
    conflicts = Conflicts()
    data: dict[MetricId, dict[str, Samples]] = defaultdict(dict)
    for (metric, statistic), samples_of in parts.items():
        merged = merge(samples_of, statistic)
        column = places[metric, statistic]
        conflicts.note(column.names[0], merged, column.place)
        data[metric][key_of(statistic)] = merged.samples
    conflicts.report(found)
    value = None if found.have_errors() else Bound(data, tuple(unknown))
    return Outcome(value, tuple(found.items))


def choose_column(
    recording: Recording, name: str, unit: str | None, place: Location
) -> Outcome[Samples]:
    """The values of a column of a data file, in a unit; "" = the only one it has.

    place: where the column is asked for.
    """
    found = Findings()
    names = [one for column in recording.columns for one in column.names]
    chosen = [one for one in recording.columns if not name or name in one.names]
    if len(chosen) == 1:
        samples = convert(chosen[0], unit, chosen[0].statistic, found)
        return Outcome(None if found.have_errors() else samples, tuple(found.items))
    if name and not chosen:
        message = f'"{shorten(recording.file)}" has no column "{shorten(name)}"'
    elif name:
        message = f'"{shorten(recording.file)}" has {len(chosen)} columns "{shorten(name)}"'
    else:
        message = f'"{shorten(recording.file)}" has {len(chosen)} columns, and none is named'
    known = ", ".join(dict.fromkeys(names))
    hint = suggest_name(name, names) if name and not chosen else ""
    help_text = "" if hint else f"columns: {shorten(known, 200)}"
    found.error(rules.UNKNOWN_COLUMN, message, place, hint=hint, help=help_text)
    return Outcome(None, tuple(found.items))


def warn_of_unknown(unknown: Sequence[tuple[Column, str]]) -> Iterator[Diagnostic]:
    """A warning for each file with columns that belong to no metric: the first of them, and how many."""
    found = Findings()
    for _, group in groupby(unknown, key=lambda one: one[0].place.file):
        columns = list(group)
        column, hint = next((one for one in columns if one[1]), columns[0])
        others = [one.names[0] for one, _ in columns if one is not column]
        more = (
            f"; nor {'is' if len(others) == 1 else 'are'} {len(others):,} more: {shorten(', '.join(others))}"
            if others
            else ""
        )
        message = f'"{shorten(column.names[0])}" is no metric of the spec{more}'
        found.warn(rules.UNKNOWN_COLUMN, message, column.place, hint=hint)
    yield from found.items


class _Targets:
    """The metrics that columns can be."""

    def __init__(self, monitoring: Monitoring, parameters: Mapping[str, str]) -> None:
        self.region = monitoring.environment.region
        self.by_name = find_targets(monitoring, parameters)
        self.queries = tuple(find_queries(monitoring))
        self.by_id: dict[tuple[str, str], dict[MetricId, Target]] = defaultdict(dict)
        for target in self.by_name.values():
            key = target.metric.namespace, target.metric.name
            self.by_id[key].setdefault(target.metric, target)

    def find(self, column: Column) -> list[Target]:
        """Those that a column can be: by a name of the spec, else by what it is in CloudWatch."""
        for name in column.names:
            if name in self.by_name:
                return [self.by_name[name]]
        for wanted in filter(None, map(parse_id, column.names)):
            alike = self.by_id.get((wanted.namespace, wanted.name), {})
            known = [target for metric, target in alike.items() if wanted.is_of(metric)]
            known = known or list(self._find_queried(wanted))
            if known:
                return known
        return []

    def _find_queried(self, wanted: SeriesId) -> Iterator[Target]:
        for query in self.queries:
            if (query.namespace.text, query.metric.text) == (wanted.namespace, wanted.name):
                region = wanted.region or self.region
                metric = MetricId(
                    wanted.namespace, wanted.name, wanted.dimensions, region, wanted.account
                )
                yield Target(metric, query.statistic, None)
                return

    def suggest(self, column: Column) -> str:
        """What was most likely meant by a column that is none of them."""
        known = [
            *self.by_name,
            *(_write(metric) for group in self.by_id.values() for metric in group),
        ]
        return next(filter(None, (suggest_name(name, known) for name in column.names)), "")


def _write(metric: MetricId) -> str:
    return write_id(f"{metric.namespace} {metric.name}", dict(metric.dimensions))

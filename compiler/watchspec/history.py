"""Backtests: specs and data of a time that has passed in, what their alarms would have done out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from watchspec.diagnostics import Diagnostic, Findings, Location, has_errors, sort_diagnostics
from watchspec.model.routing import known_values
from watchspec.pipeline import Progress, UnknownEnvironmentError, resolve_spec

if TYPE_CHECKING:
    from watchspec.backtest import Case
    from watchspec.fetch import Query
    from watchspec.model.backtests import Backtest, Incident
    from watchspec.model.monitoring import Monitoring
    from watchspec.simulate.recordings import Column, Recording


class UnknownNameError(Exception):
    """An alarm or a parameter is named that no spec has; `known` are those there are."""

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        """Remember what was named, and what could be meant."""
        super().__init__(name)
        self.kind = kind
        self.name = name
        self.known = tuple(sorted(known))


class SeveralEnvironmentsError(Exception):
    """No environment is named, and a spec has several."""

    def __init__(self, known: Iterable[str]) -> None:
        """Remember those there are."""
        super().__init__()
        self.known = tuple(sorted(known))


@dataclass(frozen=True, slots=True)
class Live:
    """Where data come from if not only from files: an account, read now and kept in a folder.

    `now` is in seconds since 1970, a whole minute; `profile` None = the one of the environment;
    `folder` "" = in the cache.
    """

    now: int
    profile: str | None
    folder: str


@dataclass(frozen=True, slots=True)
class Request:
    """What to judge by what.

    `since_seconds` counts back from the newest data point. `alarms` are those to look at, none = all.
    `max_fires` None = as many as there are; `picture` "" = none.
    """

    environment: str | None
    files: tuple[str, ...]
    since_seconds: int | None = None
    incidents: str = ""
    alarms: tuple[str, ...] = ()
    parameters: Mapping[str, str] = field(default_factory=dict)
    max_fires: int | None = None
    is_sweep: bool = False
    picture: str = ""
    live: Live | None = None


@dataclass(frozen=True, slots=True)
class HistoryResult:
    """What came of it: findings in reading order, and a backtest for each spec."""

    diagnostics: tuple[Diagnostic, ...]
    backtests: tuple[Backtest, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether something is wrong, or an alarm would have gone off too often."""
        return has_errors(self.diagnostics)


def backtest_specs(paths: Sequence[str], request: Request, progress: Progress) -> HistoryResult:
    """Judge the alarms of specs by data files.

    Raises UnknownEnvironmentError, SeveralEnvironmentsError or UnknownNameError if the request names
    what no spec has; FetchError if a live account cannot be read. OSError if the picture cannot be
    written.
    """
    findings: list[Diagnostic] = []
    services = _read_services(paths, request.environment, findings)
    if has_errors(findings):
        return HistoryResult(sort_diagnostics(findings))
    _check_names(services, request)
    fetched = _fetch(services, request, findings, progress)
    recordings = _read_files((*request.files, *fetched), findings, progress)
    incidents = _read_incidents(request.incidents, services, findings)
    if has_errors(findings):
        return HistoryResult(sort_diagnostics(findings))
    return _judge_services(services, recordings, incidents, request, findings, progress)


def _read_services(
    paths: Iterable[str], environment: str | None, findings: list[Diagnostic]
) -> list[Monitoring]:
    """Each spec in the one environment that is asked for; a spec that has it not is left out."""
    chosen: list[Monitoring] = []
    known: set[str] = set()
    for path in paths:
        resolved = resolve_spec(path)
        findings.extend(one for one in resolved.diagnostics if has_errors([one]))
        services = resolved.value or ()
        known.update(one.environment.name for one in services)
        if environment is None and len(services) > 1:
            raise SeveralEnvironmentsError(known)
        chosen.extend(one for one in services if environment in {None, one.environment.name})
    if environment is not None and known and environment not in known:
        raise UnknownEnvironmentError(environment, known)
    return chosen


def _check_names(services: Sequence[Monitoring], request: Request) -> None:
    alarms = {alarm.key for one in services for alarm in one.alarms}
    parameters = {parameter.name for one in services for parameter in one.parameters}
    for kind, names, known in (
        ("alarm", request.alarms, alarms),
        ("parameter", request.parameters, parameters),
    ):
        for name in names:
            if name not in known:
                raise UnknownNameError(kind, name, known)


_LIVE_SECONDS = 14 * 86_400


def _fetch(
    services: Sequence[Monitoring],
    request: Request,
    findings: list[Diagnostic],
    progress: Progress,
) -> tuple[str, ...]:
    """The files with what the alarms watch in a live account, if one is asked for."""
    if request.live is None:
        return ()
    from watchspec.cache import make_folder  # noqa: PLC0415
    from watchspec.fetch import Wish, fetch_days, list_queries, shorten_since  # noqa: PLC0415

    found = Findings()
    queries: set[Query] = set()
    since = request.since_seconds or _LIVE_SECONDS
    for monitoring in services:
        parameters = known_values(monitoring.parameters) | dict(request.parameters)
        queries.update(list_queries(monitoring, parameters, request.alarms, found))
        since, shortened = shorten_since(monitoring, request.alarms, since)
        findings.extend(shortened)
    findings.extend(found.items)
    if found.have_errors():
        return ()
    live = request.live
    folder = live.folder or make_folder("metrics")
    wish = Wish(sorted(queries), live.now - since, live.now, live.profile, folder)
    return fetch_days(wish, progress)


def _read_files(
    files: Sequence[str], findings: list[Diagnostic], progress: Progress
) -> list[Recording]:
    from watchspec.feed import read_recording  # noqa: PLC0415 - --help needs no pandas

    recordings = []
    for done, file in enumerate(files, 1):
        outcome = read_recording(file)
        findings.extend(outcome.diagnostics)
        if outcome.value is not None:
            recordings.append(outcome.value)
        progress("reading data", done, len(files))
    return recordings


def _read_incidents(
    path: str, services: Sequence[Monitoring], findings: list[Diagnostic]
) -> tuple[Incident, ...]:
    from watchspec.feed import (  # noqa: PLC0415
        find_unknown_alarms,
        read_incident_table,
        read_incident_tree,
    )

    if not path:
        return ()
    if path.lower().endswith((".yaml", ".yml")):
        from watchspec.load import load_spec  # noqa: PLC0415

        documents = load_spec(path)
        findings.extend(documents.diagnostics)
        if documents.value is None:
            return ()
        outcome = read_incident_tree(documents.value[0].root)
    else:
        outcome = read_incident_table(path)
    findings.extend(outcome.diagnostics)
    known = {alarm.key for one in services for alarm in one.alarms}
    findings.extend(find_unknown_alarms(outcome.value or (), known))
    return outcome.value or ()


def _judge_services(
    services: Sequence[Monitoring],
    recordings: Sequence[Recording],
    incidents: tuple[Incident, ...],
    request: Request,
    findings: list[Diagnostic],
    progress: Progress,
) -> HistoryResult:
    from watchspec.backtest import draw_case, run_case  # noqa: PLC0415

    cases = _bind(services, recordings, incidents, request, findings)
    backtests: list[Backtest] = []
    if has_errors(findings):
        return HistoryResult(sort_diagnostics(findings))
    for case in cases:
        backtest = run_case(case, request.alarms, progress, is_sweep=request.is_sweep)
        findings.extend(case.remark(backtest, request.max_fires))
        backtests.append(backtest)
        if request.picture and backtest.records:
            draw_case(case, backtest, _name_picture(request.picture, case, len(cases)))
    return HistoryResult(sort_diagnostics(findings), tuple(backtests))


def _bind(
    services: Sequence[Monitoring],
    recordings: Sequence[Recording],
    incidents: tuple[Incident, ...],
    request: Request,
    findings: list[Diagnostic],
) -> list[Case]:
    """Each service with its data; a column that no service knows is a warning."""
    from watchspec.backtest import make_case  # noqa: PLC0415
    from watchspec.feed import bind_recordings, warn_of_unknown  # noqa: PLC0415

    cases = []
    unknown: list[dict[Location, tuple[Column, str]]] = []
    for monitoring in services:
        parameters = known_values(monitoring.parameters) | dict(request.parameters)
        bound = bind_recordings(recordings, monitoring, parameters)
        findings.extend(bound.diagnostics)
        if bound.value is not None:
            unknown.append({column.place: (column, hint) for column, hint in bound.value.unknown})
            data = bound.value.data
            cases.append(make_case(monitoring, data, parameters, incidents, request.since_seconds))
    if unknown:
        shared = set.intersection(*(set(one) for one in unknown))
        findings.extend(
            warn_of_unknown([one for place, one in unknown[0].items() if place in shared])
        )
    return cases


def _name_picture(path: str, case: Case, count: int) -> str:
    """The path of a picture; of several services each has its own, with its name in it."""
    stem, dot, suffix = path.rpartition(".")
    return path if count == 1 else f"{stem}-{case.monitoring.service}{dot}{suffix}"

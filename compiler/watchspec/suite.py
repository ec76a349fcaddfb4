"""The tests of specs: read, run in each environment, and judged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from functools import partial
from os.path import dirname, join, normpath
from typing import TYPE_CHECKING

from watchspec.diagnostics import (
    Diagnostic,
    Location,
    Outcome,
    Severity,
    has_errors,
    sort_diagnostics,
)
from watchspec.model.spec_tests import DataFile, SeriesInput
from watchspec.model.test_results import (
    CaseResult,
    CaseRun,
    CoverageRow,
    Failure,
    Tally,
    Timeline,
    count_covered,
)
from watchspec.pipeline import Progress, UnknownEnvironmentError, map_specs, resolve_documents
from watchspec.test.rules import NO_TESTS, NOT_COVERED

if TYPE_CHECKING:
    from watchspec.model.monitoring import Monitoring
    from watchspec.simulate.data import Samples


class UnknownTestError(Exception):
    """A test is asked for that no spec has; `known` are those there are."""

    def __init__(self, pattern: str, known: Iterable[str]) -> None:
        """Remember the pattern and what could be meant."""
        super().__init__(pattern)
        self.pattern = pattern
        self.known = tuple(sorted(known))


@dataclass(frozen=True, slots=True)
class SuiteOptions:
    """What to run: all environments and tests unless some are named; what else to find out.

    `min_coverage` is in percent, None = whatever it is.
    """

    environments: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    wants_coverage: bool = False
    min_coverage: int | None = None
    wants_mutants: bool = False


@dataclass(frozen=True, slots=True)
class SpecRun:
    """What came of one spec: its errors, or of its tests.

    `files` are all it was read from; `environments` and `names` of tests are all there are, not only
    those that were chosen. `first_test` is what to begin with if there are none.
    """

    file: str
    files: tuple[str, ...]
    environments: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    tests: CaseRun = field(default_factory=CaseRun)
    errors: tuple[Diagnostic, ...] = ()
    first_test: str = ""


@dataclass(frozen=True, slots=True)
class SuiteResult:
    """What came of all tests: findings in reading order, and how some of them looked.

    `others` are those findings that are of no test.
    """

    diagnostics: tuple[Diagnostic, ...]
    others: tuple[Diagnostic, ...]
    results: tuple[CaseResult, ...] = ()
    timelines: dict[Diagnostic, Timeline] = field(default_factory=dict)
    coverage: tuple[CoverageRow, ...] = ()
    tally: Tally = field(default_factory=Tally)

    @property
    def failed(self) -> bool:
        """Whether something is wrong, or missing."""
        return has_errors(self.diagnostics)


def run_suite(paths: Sequence[str], options: SuiteOptions, progress: Progress) -> SuiteResult:
    """Run the tests of specs; nothing is run if a spec has errors.

    Raises UnknownEnvironmentError or UnknownTestError if the options name what no spec has.
    """
    runs = _leave_out_fragments(
        map_specs(partial(_run_spec, options=options), paths, "testing", progress)
    )
    errors = [one for run in runs for one in run.errors]
    if errors:
        return SuiteResult(sort_diagnostics(errors), sort_diagnostics(errors))
    _check_options(runs, options)
    tests = [run.tests for run in runs]
    results = tuple(result for one in tests for result in one.results)
    if not results:
        nothing = (_miss_tests(runs, options),)
        return SuiteResult(nothing, nothing)
    failures = list(_join_environments(results))
    coverage = tuple(row for one in tests for row in one.coverage)
    missing = [finding for one in tests for finding in one.missing]
    missing += _miss_coverage(coverage, options.min_coverage)
    return SuiteResult(
        sort_diagnostics([*missing, *(one.finding for one in failures)]),
        sort_diagnostics(missing),
        results,
        {one.finding: one.timeline for one in failures if one.timeline is not None},
        coverage if options.wants_coverage else (),
        sum((one.tally for one in tests), start=Tally()),
    )


def _run_spec(path: str, options: SuiteOptions) -> SpecRun:
    from watchspec.load import load_spec  # noqa: PLC0415 - --help needs no parser

    documents = load_spec(path, with_tests=True)
    files = tuple(one.file for one in documents.value or ())
    resolved = resolve_documents(documents)
    errors = tuple(one for one in resolved.diagnostics if one.severity is Severity.ERROR)
    if resolved.value is None or errors:
        return SpecRun(path, files, errors=errors)
    from watchspec.test import run_tests, suggest_test  # noqa: PLC0415 - numpy is slow to load

    environments = tuple(one.environment.name for one in resolved.value)
    if not any(one.tests for one in resolved.value):
        return SpecRun(path, files, environments, first_test=suggest_test(resolved.value[0]))
    chosen = [
        replace(one, tests=tuple(test for test in one.tests if _is_chosen(test.name, options.only)))
        for one in resolved.value
        if not options.environments or one.environment.name in options.environments
    ]
    data = _read_files(chosen)
    if data.value is None:
        return SpecRun(path, files, errors=data.diagnostics)
    return SpecRun(
        path,
        files,
        environments,
        tuple(dict.fromkeys(test.name for one in resolved.value for test in one.tests)),
        run_tests(
            path,
            chosen,
            data.value,
            wants_coverage=options.wants_coverage or options.min_coverage is not None,
            wants_mutants=options.wants_mutants,
        ),
    )


def _read_files(everywhere: Iterable[Monitoring]) -> Outcome[Mapping[DataFile, Samples]]:
    """The values that tests have in files; None with errors if one of them cannot be used."""
    named = {
        one.values: _unit_of(one, monitoring)
        for monitoring in everywhere
        for test in monitoring.tests
        for one in test.series
        if isinstance(one.values, DataFile)
    }
    if not named:
        return Outcome({})
    from watchspec.feed import choose_column, read_recording  # noqa: PLC0415 - few tests read files

    paths = {one: normpath(join(dirname(one.place.file), one.path)) for one in named}
    first_places = {path: one.place for one, path in reversed(paths.items())}
    recordings = {path: read_recording(path) for path in first_places}
    found = [
        replace(finding, location=finding.location or first_places[path])
        for path, recording in recordings.items()
        for finding in recording.diagnostics
    ]
    samples: dict[DataFile, Samples] = {}
    for one, unit in named.items():
        recording = recordings[paths[one]].value
        if recording is not None:
            column = choose_column(recording, one.column, unit, one.place)
            found += column.diagnostics
            if column.value is not None:
                samples[one] = column.value
    errors = tuple(one for one in found if one.severity is Severity.ERROR)
    return Outcome(None if errors else samples, errors)


def _unit_of(one: SeriesInput, monitoring: Monitoring) -> str | None:
    """The unit of what a series feeds, if the spec names it."""
    return next((signal.unit for signal in monitoring.signals if signal.key == one.name), None)


def _is_chosen(name: str, patterns: tuple[str, ...]) -> bool:
    return not patterns or any(fnmatchcase(name, pattern) for pattern in patterns)


def _leave_out_fragments(runs: Iterable[SpecRun]) -> list[SpecRun]:
    """The specs alone: a fragment that a spec includes has been read with it."""
    runs = list(runs)
    included = {file for run in runs for file in run.files[1:]}
    return [run for run in runs if run.environments or run.file not in included]


def _check_options(runs: Sequence[SpecRun], options: SuiteOptions) -> None:
    environments = {name for run in runs for name in run.environments}
    for name in options.environments:
        if name not in environments:
            raise UnknownEnvironmentError(name, environments)
    names = {name for run in runs for name in run.names}
    for pattern in options.only:
        if names and not any(fnmatchcase(name, pattern) for name in names):
            raise UnknownTestError(pattern, names)


def _miss_tests(runs: Sequence[SpecRun], options: SuiteOptions) -> Diagnostic:
    """Why there is nothing to run."""
    place = Location(runs[0].file) if len(runs) == 1 else None
    if any(run.names for run in runs):
        chosen = " or ".join(f'"{name}"' for name in options.environments)
        return NO_TESTS.find(Severity.ERROR, f"none of the tests is for {chosen}", place)
    message = f'"{runs[0].file}" has no tests' if len(runs) == 1 else "no spec has tests"
    first = next(filter(None, (run.first_test for run in runs)), "")
    help_text = f"begin with  tests: {first}" if first else _FIRST_TEST
    return NO_TESTS.find(Severity.ERROR, message, place, help=help_text)


_FIRST_TEST = "write under  tests  what its metrics are, and what its alarms are expected to do"


def _join_environments(results: Iterable[CaseResult]) -> Iterator[Failure]:
    """Each failure once; one that only some environments of a test have says which."""
    ran: dict[tuple[str, Location], list[str]] = {}
    failed: dict[tuple[str, Location, Diagnostic], list[str]] = {}
    shown: dict[Diagnostic, Failure] = {}
    for result in results:
        ran.setdefault((result.name, result.place), []).append(result.environment)
        for one in result.failures:
            failed.setdefault((result.name, result.place, one.finding), []).append(
                result.environment
            )
            shown.setdefault(one.finding, one)
    for (name, place, finding), environments in failed.items():
        one = shown[finding]
        if environments == ran[name, place]:
            yield one
        else:
            message = f"{finding.message} (in {', '.join(environments)})"
            yield replace(one, finding=replace(finding, message=message))


_MISSING = (
    ('no test lets "{}" go off', "add one, and expect  becomes: ALARM"),
    ('no test shows "{}" quiet while data comes', "add one, and expect  never: ALARM"),
    (
        'no test says what "{}" is without data',
        "let its values end, or leave some out, and expect a state",
    ),
)
"""What to say of an alarm that is not shown going off, staying quiet, or missing its data."""


def _miss_coverage(rows: Sequence[CoverageRow], least: int | None) -> Iterator[Diagnostic]:
    """A finding for each test that is missing, if there are fewer than `least` percent."""
    covered, needed = count_covered(rows)
    if least is None or covered * 100 >= least * needed:
        return
    missing: dict[tuple[str, str, Location], list[str]] = {}
    for row in rows:
        for (message, advice), tests in zip(_MISSING, row.cells, strict=False):
            if not tests and not row.unsupported:
                key = message.format(row.alarm), advice, row.place
                missing.setdefault(key, []).append(row.environment)
    environments = dict.fromkeys(row.environment for row in rows)
    for (message, advice, place), lacking in missing.items():
        where = f" (in {', '.join(lacking)})" if len(lacking) < len(environments) else ""
        share = f"{covered} of {needed} tests that alarms need are there, {least} % are asked for"
        help_text = f"{advice}; {share}"
        yield NOT_COVERED.find(Severity.ERROR, f"{message}{where}", place, help=help_text)

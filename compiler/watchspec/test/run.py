"""Tests from their inputs to what failed, what is covered, and what nobody would notice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from watchspec.diagnostics import Diagnostic, Related, Severity
from watchspec.model.monitoring import Monitoring
from watchspec.model.signals import stats_of
from watchspec.model.spec_tests import DataFile, SpecTest
from watchspec.model.test_results import CaseResult, CaseRun, CoverageRow, Failure
from watchspec.model.text import say_time
from watchspec.simulate.data import UnsupportedError
from watchspec.simulate.options import Options
from watchspec.test.coverage import cover_alarms
from watchspec.test.expectations import Miss, judge_expectations
from watchspec.test.facts import Facts
from watchspec.test.inputs import Files, make_data
from watchspec.test.mutation import Mutation
from watchspec.test.pictures import picture
from watchspec.test.rules import FAILED, NOT_SIMULATED


def run_tests(
    spec: str,
    everywhere: Iterable[Monitoring],
    files: Files,
    *,
    wants_coverage: bool,
    wants_mutants: bool,
) -> CaseRun:
    """Every test of a spec in every environment; mutants are only made if all of them pass."""
    results: list[CaseResult] = []
    coverage: list[CoverageRow] = []
    passed: list[tuple[Monitoring, list[Facts]]] = []
    for monitoring in everywhere:
        environment = monitoring.environment.name
        good: list[Facts] = []
        for test in monitoring.tests:
            try:
                facts = make_facts(monitoring, test, files)
                failures, estimates = judge_test(facts), facts.estimates()
            except UnsupportedError as error:
                failures, estimates = (Failure(_cannot_run(test, error), None),), ()
            else:
                good += [] if failures else [facts]
            results.append(
                CaseResult(spec, environment, test.name, test.place, failures, estimates)
            )
        passed.append((monitoring, good))
        if wants_coverage:
            coverage += cover_alarms(monitoring, good)
    mutation = Mutation()
    if wants_mutants and not any(result.failures for result in results):
        for monitoring, good in passed:
            mutation.try_alarms(monitoring, good)
    return CaseRun(
        tuple(results),
        tuple(coverage),
        mutation.count(),
        tuple(mutation.describe_missed()),
    )


def make_facts(monitoring: Monitoring, test: SpecTest, files: Files) -> Facts:
    """What a test sends, and what will come of it when somebody asks."""
    options = Options(parameters=dict(test.parameters))
    return Facts(monitoring, test, make_data(monitoring, test, files, options), options)


def judge_test(facts: Facts) -> tuple[Failure, ...]:
    """Everything that was expected and did not happen; nothing if the test passed."""
    return tuple(
        Failure(_find(miss, facts), picture(miss, facts)) for miss in judge_expectations(facts)
    )


def _find(miss: Miss, facts: Facts) -> Diagnostic:
    rule = NOT_SIMULATED if miss.is_unsupported else FAILED
    test = Related(facts.test.place, f'the test "{facts.test.name}"')
    help_text = "" if miss.is_unsupported else "; ".join(_say_ends(miss, facts))
    return rule.find(Severity.ERROR, miss.message, miss.place, help=help_text, related=(test,))


def _say_ends(miss: Miss, facts: Facts) -> Iterator[str]:
    """Which values of the alarm are at an end when something is expected of it, and how many there are."""
    alarm = next((one for one in facts.monitoring.alarms if one.key == miss.alarm), None)
    if alarm is None or alarm.signal is None or miss.expected is None:
        return
    read = set(stats_of(alarm.signal.source))
    for one in facts.test.series:
        if one.stat in read and not isinstance(one.values, DataFile):
            count = sum(stretch.count for stretch in one.values)
            end = count * one.step_seconds
            if end < miss.expected.seconds:
                values = f"{count:,} value{'' if count == 1 else 's'}"
                yield f'"{one.name}" has {values}, from 0m to {say_time(end)}'


def _cannot_run(test: SpecTest, error: UnsupportedError) -> Diagnostic:
    message = f'the test "{test.name}" cannot be simulated: {error}'
    return NOT_SIMULATED.find(Severity.ERROR, message, test.place)

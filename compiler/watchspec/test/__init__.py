"""Test: the environments of a spec with their tests in, what came of them out.

It runs what `simulate` simulates and judges it, finds out what the tests cover, and what they would not
notice; whoever reports draws the pictures. The rulebook reads this room's rules, so numpy is only
loaded when something is to be run.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from watchspec.model.monitoring import Monitoring
    from watchspec.model.spec_tests import DataFile
    from watchspec.model.test_results import CaseRun
    from watchspec.simulate.data import Samples

__all__ = ["run_tests", "suggest_test"]


def run_tests(
    spec: str,
    everywhere: Iterable[Monitoring],
    files: Mapping[DataFile, Samples],
    *,
    wants_coverage: bool,
    wants_mutants: bool,
) -> CaseRun:
    """Every test of a spec in every environment; mutants are only made if all of them pass."""
    from watchspec.test.run import run_all  # noqa: PLC0415 - it loads numpy

    return run_all(
        spec, everywhere, files, wants_coverage=wants_coverage, wants_mutants=wants_mutants
    )


def suggest_test(monitoring: Monitoring) -> str:
    """A first test for a spec that has none; "" if it has no alarm on a metric."""
    from watchspec.test.suggestion import suggest_test as suggest  # noqa: PLC0415 - it loads numpy

    return suggest(monitoring)

"""What came of the tests of a spec: what failed, and how it looked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

from watchspec.diagnostics import Diagnostic, Location
from watchspec.model.signals import Operator
from watchspec.model.spec_tests import StateWord

Changes: TypeAlias = tuple[tuple[int, StateWord], ...]
"""States with the time each began, in seconds into the test; the first began with the test."""


@dataclass(frozen=True, slots=True)
class SeriesTrack:
    """The data points an alarm looked at: of the period that ends at each step, None = none.

    `operator` None = what it is compared with is not one value; `written` says it in words.
    """

    name: str
    values: tuple[float | None, ...]
    operator: Operator | None
    threshold: float
    written: str


@dataclass(frozen=True, slots=True)
class StateTrack:
    """The states of an alarm."""

    name: str
    changes: Changes


@dataclass(frozen=True, slots=True)
class Mark:
    """Something to be seen at a time."""

    seconds: int
    text: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """What one alarm saw and did in a test that took so many seconds, and where it went wrong.

    `reason` is what CloudWatch says of the change in question, "" = there is none.
    """

    seconds: int
    step_seconds: int
    series: tuple[SeriesTrack, ...]
    states: tuple[StateTrack, ...]
    expected: Mark | None
    happened: Mark | None
    reason: str


@dataclass(frozen=True, slots=True)
class Failure:
    """An expectation that was not met, and how that looked."""

    finding: Diagnostic
    timeline: Timeline | None


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One test in one environment of a spec; without failures it passed.

    `estimates` are alarms that CloudWatch may see differently, and why.
    """

    spec: str
    environment: str
    name: str
    place: Location
    failures: tuple[Failure, ...]
    estimates: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """Which tests show what of an alarm: that it fires, that it is quiet, what it does without data.

    `missing` None = it never lacks data of its own; `unsupported` says why only AWS can judge it.
    """

    alarm: str
    environment: str
    fires: tuple[str, ...]
    quiet: tuple[str, ...]
    missing: tuple[str, ...] | None
    unsupported: str
    place: Location

    @property
    def cells(self) -> tuple[tuple[str, ...], ...]:
        """The tests that show each thing it needs to be shown of."""
        return (self.fires, self.quiet, *(() if self.missing is None else (self.missing,)))


def count_covered(rows: Iterable[CoverageRow]) -> tuple[int, int]:
    """How many of the tests that alarms need there are, and how many they need."""
    cells = [cell for row in rows if not row.unsupported for cell in row.cells]
    return sum(map(bool, cells)), len(cells)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many mutants there were, and how many of them tests noticed; those of notices apart."""

    mutants: int = 0
    killed: int = 0
    of_notices: int = 0
    killed_of_notices: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.mutants + other.mutants,
            self.killed + other.killed,
            self.of_notices + other.of_notices,
            self.killed_of_notices + other.killed_of_notices,
        )


@dataclass(frozen=True, slots=True)
class CaseRun:
    """What came of the tests of one spec in some environments; `missing` would notice more mutants."""

    results: tuple[CaseResult, ...] = ()
    coverage: tuple[CoverageRow, ...] = ()
    tally: Tally = field(default_factory=Tally)
    missing: tuple[Diagnostic, ...] = ()

"""Alarms changed a little, and whether a test notices."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from watchspec.diagnostics import Diagnostic, Severity
from watchspec.model.alarms import Alarm, reach
from watchspec.model.monitoring import Monitoring
from watchspec.model.spec_tests import Measures, Notifies
from watchspec.model.test_results import Tally
from watchspec.test.coverage import hear_silence
from watchspec.test.expectations import judge_expectations
from watchspec.test.facts import Facts
from watchspec.test.mutants import Mutant, make_mutants, make_notice_mutants
from watchspec.test.rules import MUTANT_SURVIVES
from watchspec.test.words import say_list

_Key = tuple[str, str, str]


@dataclass(slots=True)
class Mutation:
    """Which mutants of a spec were noticed, and those that were not; `tested` are alarms with tests.

    What environments have in common need only be noticed in one of them.
    """

    killed: dict[_Key, Mutant] = field(default_factory=dict)
    missed: dict[_Key, Mutant] = field(default_factory=dict)
    tested: set[str] = field(default_factory=set)

    def try_alarms(self, monitoring: Monitoring, passed: Sequence[Facts]) -> None:
        """Change each alarm of an environment in every way, and run the tests that look at it."""
        silence, users = hear_silence(monitoring), _find_users(monitoring)
        for alarm in monitoring.alarms:
            tests = list(_choose_tests(alarm.key, users, passed))
            if not tests and alarm.key in silence.unsupported:
                continue
            self.tested.update({alarm.key} if tests else ())
            for mutant in _make_all(alarm, monitoring, tests):
                is_of_silence = mutant.alarm.missing_data != alarm.missing_data
                if not (is_of_silence and alarm.key in silence.deaf):
                    self._try(mutant, monitoring, tests)

    def _try(self, mutant: Mutant, monitoring: Monitoring, tests: Sequence[Facts]) -> None:
        key = mutant.alarm.key, mutant.before, mutant.after
        if key in self.killed:
            return
        if _is_noticed(mutant, monitoring, tests):
            self.killed[key] = mutant
            self.missed.pop(key, None)
        else:
            self.missed.setdefault(key, mutant)

    def count(self) -> Tally:
        """How many there were, and how many were noticed."""
        tried = Counter(one.is_of_notices for one in (*self.killed.values(), *self.missed.values()))
        killed = Counter(one.is_of_notices for one in self.killed.values())
        return Tally(tried[False], killed[False], tried[True], killed[True])

    def describe_missed(self) -> Iterator[Diagnostic]:
        """A finding for each test that is missing; it may notice several mutants."""
        missing: dict[_Key, list[Mutant]] = {}
        for mutant in self.missed.values():
            key = mutant.alarm.key
            what = (mutant.before, mutant.advice) if key in self.tested else ("", "")
            missing.setdefault((key, *what), []).append(mutant)
        for (key, before, advice), mutants in missing.items():
            place = mutants[0].alarm.place
            if key not in self.tested:
                message = f'no test is about "{key}", so no change of it would be noticed'
                yield MUTANT_SURVIVES.find(Severity.ERROR, message, place)
                continue
            severity = Severity.NOTE if mutants[0].is_of_notices else Severity.ERROR
            others = say_list([f'"{one.after}"' for one in mutants], "or")
            message = f'no test of "{key}" tells "{before}" from {others}'
            yield MUTANT_SURVIVES.find(severity, message, place, help=f"add one in which {advice}")


def _find_users(monitoring: Monitoring) -> Mapping[str, list[str]]:
    """The alarms that are made of an alarm, or silenced by it, by its key."""
    users: defaultdict[str, list[str]] = defaultdict(list)
    for alarm in monitoring.alarms:
        for key in alarm.others:
            users[key].append(alarm.key)
    return users


def _choose_tests(
    alarm: str, users: Mapping[str, list[str]], passed: Sequence[Facts]
) -> Iterator[Facts]:
    """The tests that expect something of an alarm or of one it is part of, with that alone."""
    touched = set(reach([alarm], lambda key: users.get(key, ())))
    for facts in passed:
        expected = tuple(
            replace(one, alarms=tuple(key for key in one.alarms if key in touched))
            for one in facts.test.expectations
            if not isinstance(one, Measures) and touched & set(one.alarms)
        )
        if expected:
            yield replace(facts, test=replace(facts.test, expectations=expected))


def _make_all(alarm: Alarm, monitoring: Monitoring, tests: Sequence[Facts]) -> Iterator[Mutant]:
    """Whom an alarm tells is only changed where a test says something of it."""
    yield from make_mutants(alarm)
    expected = [one for facts in tests for one in facts.test.expectations]
    if any(isinstance(one, Notifies) and alarm.key in one.alarms for one in expected):
        yield from make_notice_mutants(alarm, monitoring.routes)


def _is_noticed(mutant: Mutant, monitoring: Monitoring, tests: Sequence[Facts]) -> bool:
    alarms = tuple(
        mutant.alarm if one.key == mutant.alarm.key else one for one in monitoring.alarms
    )
    changed = replace(monitoring, alarms=alarms)
    return any(
        next(judge_expectations(replace(facts, monitoring=changed)), None) for facts in tests
    )

"""What a run makes of its findings: which are ignored, which count, and whether the run has failed."""

from __future__ import annotations

import os.path
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from watchspec.diagnostics import Diagnostic, Outcome, Severity, sort_diagnostics
from watchspec.ignore import (
    BASELINE_FILE,
    PROJECT_FILE,
    Baseline,
    Judge,
    Project,
    Sieve,
    choose_findings,
    count_findings,
    read_baseline,
    read_project,
    review_baseline,
    review_ignores,
)
from watchspec.model.compiled import CompiledSpec
from watchspec.model.ignores import Suppressed

_LINT = "template/cfn-lint"


@dataclass(frozen=True, slots=True)
class Policy:
    """What is asked for on the command line.

    `today` is an ISO date; without one, no ignore ends. `select` and `ignore` hold ids of rules, or
    `topic/` for all of a topic. A `fail_on` of None leaves that to the project file.
    """

    today: str = ""
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: Severity | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The findings that count, in reading order, those that do not, and what makes a run fail."""

    diagnostics: tuple[Diagnostic, ...]
    suppressed: tuple[Suppressed, ...] = ()
    fail_on: Severity = Severity.ERROR

    @property
    def failed(self) -> bool:
        """Whether some finding is as bad as that."""
        return any(one.severity >= self.fail_on for one in self.diagnostics)


@dataclass(frozen=True, slots=True)
class Terms:
    """What goes for a run: what is asked for, what the project file says, and the baseline."""

    policy: Policy
    project: Project = field(default_factory=Project)
    baseline: Baseline = field(default_factory=Counter)

    def judge(
        self,
        findings: Iterable[Diagnostic],
        specs: Sequence[CompiledSpec],
        *,
        is_everything: bool,
        is_linted: bool,
    ) -> Verdict:
        """The verdict on the findings in some specs, or in everything there is."""
        judge = _make_judge(specs, is_everything=is_everything, is_linted=is_linted)
        sieve = self._make_sieve(specs)
        sifted = sieve.sift(findings)
        reviewed = [
            *review_ignores(sieve, sifted, judge, _read_rulebook),
            *review_baseline(sifted.left_over, judge),
        ]
        sifted = replace(sifted, active=(*sifted.active, *reviewed))
        chosen = choose_findings(sifted, self.policy.select, self.policy.ignore, may_ignore)
        fail_on = self.project.fail_on if self.policy.fail_on is None else self.policy.fail_on
        return Verdict(sort_diagnostics(chosen.active), chosen.suppressed, fail_on)

    def renew_baseline(
        self,
        findings: Iterable[Diagnostic],
        specs: Sequence[CompiledSpec],
        *,
        is_everything: bool,
    ) -> Terms:
        """The same with a baseline of what is found now; what was not looked for stays in it."""
        judge = _make_judge(specs, is_everything=is_everything, is_linted=False)
        kept = Counter(
            {key: n for key, n in self.baseline.items() if not judge.has_asked(key[1], key[0])}
        )
        sieve = replace(self._make_sieve(specs), baseline=Counter())
        found = count_findings(filter(may_ignore, sieve.sift(findings).active))
        return replace(self, baseline=kept | found)

    def _make_sieve(self, specs: Iterable[CompiledSpec]) -> Sieve:
        of_specs = dict.fromkeys(ignore for spec in specs for ignore in spec.ignores)
        ignores = (*of_specs, *self.project.ignores)
        return Sieve(ignores, self.baseline, self.policy.today, may_ignore)


def read_terms(policy: Policy) -> Outcome[Terms]:
    """What goes for a run in this folder; None if the project file or the baseline is wrong."""
    terms = Terms(policy)
    found: list[Diagnostic] = []
    if os.path.lexists(PROJECT_FILE):
        from watchspec.load import load_spec  # noqa: PLC0415 - most projects have no such file
        from watchspec.validate import validate_project  # noqa: PLC0415

        documents = load_spec(PROJECT_FILE)
        found.extend(documents.diagnostics)
        if documents.value is not None:
            root = validate_project(documents.value[0])
            found.extend(root.diagnostics)
            if root.value is not None:
                terms = replace(terms, project=read_project(root.value))
    if os.path.lexists(BASELINE_FILE):
        baseline = read_baseline(BASELINE_FILE)
        found.extend(baseline.diagnostics)
        if baseline.value is not None:
            terms = replace(terms, baseline=baseline.value)
    return Outcome(None if found else terms, tuple(found))


def may_ignore(finding: Diagnostic) -> bool:
    """Whether a finding can be ignored: there is a template whatever it says."""
    return finding.severity < Severity.ERROR or finding.rule in _opinions()


def has_blocking(findings: Iterable[Diagnostic]) -> bool:
    """Whether a finding leaves nothing to go on with."""
    return not all(map(may_ignore, findings))


@cache
def _opinions() -> frozenset[str]:
    from watchspec.check import RULES  # noqa: PLC0415 - a run with nothing to do checks nothing
    from watchspec.check.estate import SAME_NAME  # noqa: PLC0415
    from watchspec.validate.rules import BAD_WIDGET  # noqa: PLC0415

    return frozenset((SAME_NAME.id, BAD_WIDGET.id, _LINT, *(rule.id for rule, _ in RULES)))


def _make_judge(specs: Iterable[CompiledSpec], *, is_everything: bool, is_linted: bool) -> Judge:
    files: dict[bool, set[str]] = {True: set(), False: set()}
    for spec in specs:
        files[has_blocking(spec.diagnostics)].update({spec.file, *dict(spec.inputs)})
    # Templates are linted by some runs; that names are unique shows when all specs are there.
    skipped = {
        topic
        for topic, is_asked in (("template", is_linted), ("name", is_everything))
        if not is_asked
    }
    return Judge(frozenset(files[False]), frozenset(files[True]), frozenset(skipped), is_everything)


def _read_rulebook() -> Mapping[str, bool]:
    from watchspec.rulebook import IGNORABLE  # noqa: PLC0415 - it loads every room

    return {rule: answer != "no" for rule, answer in IGNORABLE.items()}

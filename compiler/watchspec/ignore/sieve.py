"""Takes what is ignored out of findings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase

from watchspec.diagnostics import Diagnostic, Related, Severity, sort_diagnostics
from watchspec.ignore.baseline import Baseline, make_key
from watchspec.model.ignores import Ignore, Position, Suppressed


@dataclass(frozen=True, slots=True)
class Sifted:
    """Findings that count, findings that do not, and what remains unused.

    `used` says of each ignore that met a finding how bad the worst of them is.
    """

    active: tuple[Diagnostic, ...]
    suppressed: tuple[Suppressed, ...]
    used: Mapping[Ignore, Severity]
    left_over: Baseline


@dataclass(frozen=True, slots=True)
class Sieve:
    """Everything that is ignored on a day (an ISO date), by specs, by the project and by the baseline.

    `may_ignore` says of a finding whether it can be ignored at all.
    """

    ignores: tuple[Ignore, ...]
    baseline: Baseline
    today: str
    may_ignore: Callable[[Diagnostic], bool]

    def sift(self, findings: Iterable[Diagnostic]) -> Sifted:
        """Part findings into those that count and those that do not."""
        nests, patterns = self._arrange()
        active: list[Diagnostic] = []
        suppressed: list[Suppressed] = []
        used: dict[Ignore, Severity] = {}
        left_over = self.baseline.copy()
        for finding in sort_diagnostics(findings):
            if not self.may_ignore(finding):
                active.append(finding)
                continue
            ended = None
            for ignore in _meant(finding, nests, patterns):
                used[ignore] = max(finding.severity, used.get(ignore, Severity.NOTE))
                if ignore.until >= self.today:
                    suppressed.append(
                        Suppressed(finding, "spec" if ignore.extent else "project", ignore.reason)
                    )
                    break
                ended = ended or ignore
            else:
                key = make_key(finding)
                if left_over[key] > 0:
                    left_over[key] -= 1
                    suppressed.append(Suppressed(finding, "baseline", "in the baseline"))
                else:
                    active.append(_say_ended(finding, ended))
        return Sifted(tuple(active), tuple(suppressed), used, +left_over)

    def _arrange(self) -> tuple[dict[tuple[str, str], _Nest], dict[str, list[Ignore]]]:
        """The ignores of things by rule and file, those of the project by rule."""
        of_things: dict[tuple[str, str], list[Ignore]] = defaultdict(list)
        patterns: dict[str, list[Ignore]] = defaultdict(list)
        for ignore in self.ignores:
            if ignore.extent is None:
                patterns[ignore.rule].append(ignore)
            else:
                of_things[ignore.rule, ignore.extent.file].append(ignore)
        return {key: _Nest(given) for key, given in of_things.items()}, patterns


class _Nest:
    """The ignores of one rule in one file: asked for one place after the other, in their order."""

    def __init__(self, ignores: Iterable[Ignore]) -> None:
        self.ahead = sorted(ignores, key=_start, reverse=True)
        self.around: list[Ignore] = []

    def find(self, position: Position) -> Ignore | None:
        """The innermost ignore around a place; things lie within or beside each other."""
        while self.ahead and _start(self.ahead[-1]) <= position:
            self.around.append(self.ahead.pop())
        while self.around and _end(self.around[-1]) <= position:
            self.around.pop()
        return self.around[-1] if self.around else None


def choose_findings(
    sifted: Sifted,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    may_ignore: Callable[[Diagnostic], bool],
) -> Sifted:
    """What is left when only some rules are asked for: by their ids, or by `topic/` for all of a topic."""

    def is_chosen(finding: Diagnostic) -> bool:
        return (not select or _is_named(finding.rule, select)) and not _is_named(
            finding.rule, ignore
        )

    return replace(
        sifted,
        active=tuple(one for one in sifted.active if is_chosen(one) or not may_ignore(one)),
        suppressed=tuple(one for one in sifted.suppressed if is_chosen(one.finding)),
    )


def _is_named(rule: str, names: tuple[str, ...]) -> bool:
    return rule in names or f"{rule.partition('/')[0]}/" in names


def _meant(
    finding: Diagnostic,
    nests: dict[tuple[str, str], _Nest],
    patterns: dict[str, list[Ignore]],
) -> Iterable[Ignore]:
    """The ignores that mean a finding, the closest first."""
    place = finding.location
    if place is not None and (nest := nests.get((finding.rule, place.file))) is not None:
        ignore = nest.find((place.line, place.column))
        if ignore is not None:
            yield ignore
    for ignore in patterns.get(finding.rule, ()):
        if fnmatchcase(place.file if place else "", ignore.pattern):
            yield ignore


def _say_ended(finding: Diagnostic, ended: Ignore | None) -> Diagnostic:
    """A finding that was ignored until a day says so."""
    if ended is None:
        return finding
    note = Related(ended.until_place, f"it was ignored until {ended.until}")
    return replace(finding, related=(*finding.related, note))


def _start(ignore: Ignore) -> Position:
    assert ignore.extent is not None
    return ignore.extent.start


def _end(ignore: Ignore) -> Position:
    assert ignore.extent is not None
    return ignore.extent.end

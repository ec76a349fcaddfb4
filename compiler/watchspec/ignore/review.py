"""What is wrong with what is ignored: nothing that is asked for is silently without effect."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from watchspec.diagnostics import Diagnostic, Location, Severity, shorten, suggest_name
from watchspec.ignore import rules
from watchspec.ignore.baseline import BASELINE_FILE, Baseline
from watchspec.ignore.sieve import Sieve, Sifted


@dataclass(frozen=True, slots=True)
class Judge:
    """What a run has looked at to the end, so that what it did not find is not there.

    `whole` are the files looked at, `broken` those of specs whose errors ended the work on them,
    `skipped` the topics of rules that this run did not ask; `is_everything`: no spec was left out.
    """

    whole: frozenset[str]
    broken: frozenset[str]
    skipped: frozenset[str]
    is_everything: bool

    def has_asked(self, rule: str, file: str | None) -> bool:
        """Whether a finding of this rule in this file (None: in any) would have been found."""
        if rule.partition("/")[0] in self.skipped:
            return False
        if file is None:
            return self.is_everything and not self.broken
        return file not in self.broken and (self.is_everything or file in self.whole)


def review_ignores(
    sieve: Sieve, sifted: Sifted, judge: Judge, rulebook: Callable[[], Mapping[str, bool]]
) -> Iterator[Diagnostic]:
    """Ignores that have ended, that meet nothing, or that could not meet anything.

    `rulebook` says of each rule whether it can be ignored; it is only asked if some ignore met nothing.
    """
    for ignore in sieve.ignores:
        if ignore in sifted.used:
            if ignore.until < sieve.today:
                # What it hid is back with its own severity; this is no second error.
                yield rules.EXPIRED.find(
                    min(sifted.used[ignore], Severity.WARNING),
                    f'"{ignore.rule}" was ignored until {ignore.until}',
                    ignore.until_place,
                    help="mend what it hid, or decide anew until when it is right to ignore it",
                )
            continue
        known = rulebook()
        if ignore.rule not in known:
            yield rules.UNKNOWN_RULE.find(
                Severity.ERROR,
                f'there is no rule "{shorten(ignore.rule)}"',
                ignore.place,
                hint=suggest_name(ignore.rule, known),
                help="watchspec explain --all  lists them",
            )
        elif not known[ignore.rule]:
            yield rules.BLOCKING_RULE.find(
                Severity.ERROR,
                f'"{ignore.rule}" cannot be ignored',
                ignore.place,
                help="remove this entry, and mend what the rule finds",
            )
        elif judge.has_asked(ignore.rule, ignore.extent.file if ignore.extent else None):
            yield rules.UNUSED.find(
                Severity.WARNING,
                f'there is no finding of "{ignore.rule}" here to ignore',
                ignore.place,
                help="remove this entry",
            )


def review_baseline(left_over: Baseline, judge: Judge) -> Iterator[Diagnostic]:
    """One finding for all entries of the baseline that are found no more."""
    gone = [key for key in sorted(left_over) if judge.has_asked(key[1], key[0])]
    if gone:
        count = sum(left_over[key] for key in gone)
        file, rule, _ = gone[0]
        yield rules.OUTDATED_BASELINE.find(
            Severity.WARNING,
            f"{count:,} finding{'' if count == 1 else 's'} of the baseline no longer "
            f'occur{"s" if count == 1 else ""}, first "{rule}" in {file}',
            Location(BASELINE_FILE),
            help="shrink it with  watchspec check --write-baseline",
        )

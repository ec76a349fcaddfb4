"""What a person sees of tests: what failed and how it looked, what is covered, and how many there were."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import click

from watchspec.cli.output import is_terminal, print_findings, print_text, say
from watchspec.report.coverage import draw_coverage
from watchspec.report.junit_tests import write_test_junit
from watchspec.report.timeline import ASCII, BLOCKS, draw_timeline
from watchspec.suite import SuiteResult
from watchspec.verdict import Verdict
from watchspec.write import write_file

_WIDTH, _LEAST_WIDTH, _MOST_WIDTH = 80, 40, 160


def print_tests(result: SuiteResult, form: str) -> None:
    """The findings, with timelines for people; the sums on standard error."""
    if form == "junit":
        print_text(_write_junit(result))
        return
    width = _find_width()
    signs = BLOCKS if _shows(BLOCKS.bars + BLOCKS.line) else ASCII
    pictures = {
        finding: draw_timeline(timeline, width=width, color=is_terminal(), signs=signs)
        for finding, timeline in result.timelines.items()
        if form == "text"
    }
    print_findings(Verdict(result.diagnostics), form, pictures)
    if form != "text":
        return
    if result.coverage:
        table_width = width if is_terminal() else None
        print_text(draw_coverage(result.coverage, width=table_width, color=is_terminal()))
    for line in _sum_up(result):
        say(line)


def write_junit_file(path: Path, result: SuiteResult) -> None:
    """The JUnit report as a file."""
    for problem in write_file(path, _write_junit(result)):
        raise click.ClickException(problem.message)


def _write_junit(result: SuiteResult) -> str:
    return write_test_junit(result.results, result.others)


def _sum_up(result: SuiteResult) -> list[str]:
    if not result.results:
        return []
    tests = {(one.spec, one.name) for one in result.results}
    failed = {(one.spec, one.name) for one in result.results if one.failures}
    environments = {one.environment for one in result.results}
    what = f"{_count(len(tests), 'test')} in {_count(len(environments), 'environment')}"
    lines = [f"{what}: {len(tests - failed)} passed, {len(failed)} failed"]
    estimates = dict.fromkeys(one for case in result.results for one in case.estimates)
    lines += [f"not exact: {alarm}: {note}" for alarm, note in estimates]
    tally = result.tally
    if tally.mutants:
        notices = f", {tally.killed_of_notices} of {tally.of_notices} of notices"
        noticed = f"{tally.killed} of {_count(tally.mutants, 'mutant')} noticed"
        lines.append(noticed + (notices if tally.of_notices else ""))
    return lines


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _find_width() -> int:
    if not is_terminal():
        return _WIDTH
    columns = shutil.get_terminal_size((_WIDTH, 0)).columns
    return min(max(columns, _LEAST_WIDTH), _MOST_WIDTH)


def _shows(signs: str) -> bool:
    """Whether whoever reads standard output can see these."""
    try:
        signs.encode((sys.stdout and sys.stdout.encoding) or "ascii")
    except (LookupError, UnicodeEncodeError):
        return False
    return True

"""What a person sees: findings on standard output, progress and the rest on standard error."""

from __future__ import annotations

import errno
import hashlib
import shlex
import sys
import time
import traceback
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

import watchspec
from watchspec.diagnostics import Diagnostic, Rule, suggest_name
from watchspec.report import make_printable, write_report

if TYPE_CHECKING:
    from watchspec.pipeline import Progress, Result, UnknownEnvironmentError
    from watchspec.verdict import Verdict

FINDINGS, USAGE, BUG, INTERRUPTED = 1, 2, 3, 130
_PATIENCE_SECONDS = 0.5
"""Work that is done by then needs no progress bar."""


def say(text: str) -> None:
    """A message on standard error; whatever a user's names hold, a terminal only ever shows it."""
    click.echo("\n".join(map(make_printable, text.split("\n"))), err=True)


def print_findings(
    verdict: Verdict, form: str, pictures: Mapping[Diagnostic, Sequence[str]] | None = None
) -> None:
    """The findings on standard output, in color on a terminal only; `pictures` stand below some."""
    text = write_report(
        verdict.diagnostics,
        form,
        color=form == "text" and is_terminal(),
        suppressed=verdict.suppressed,
        fail_on=verdict.fail_on,
        rules=_read_rules() if form == "sarif" else None,
        pictures=pictures,
    )
    print_text(text)


def is_terminal() -> bool:
    """Whether a person reads standard output."""
    return sys.stdout is not None and sys.stdout.isatty()


def print_text(text: str) -> None:
    """A text on standard output, whatever its encoding."""
    if sys.stdout is None:  # closed by whoever started us
        return
    try:
        sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
        sys.stdout.buffer.flush()
    except OSError as error:
        if error.errno == errno.EPIPE:
            raise  # whoever read has seen enough; click ends quietly
        raise click.ClickException(f"the findings cannot be written: {error.strerror}") from None


def unknown_environment(error: UnknownEnvironmentError) -> click.UsageError:
    """What to say of an environment that no spec has."""
    hint = suggest_name(error.name, error.known) or f"there are: {', '.join(error.known)}"
    return click.UsageError(f'no spec has an environment "{error.name}"; {hint}')


def _read_rules() -> dict[str, Rule]:
    from watchspec.rulebook import ALL_RULES  # noqa: PLC0415 - it loads every room

    return {rule.id: rule for rule in ALL_RULES}


def print_changes(result: Result, form: str) -> None:
    """What was written."""
    if form != "text":
        return
    for change in result.changes:
        reason = f" ({change.reason})" if change.reason else ""
        say(f"{change.kind} {change.path}{reason}")
    specs = f"{result.specs} spec{'' if result.specs == 1 else 's'}"
    stacks = f"{result.stacks} stack{'' if result.stacks == 1 else 's'}"
    count = len(result.changes)
    state = f"{count} file{'' if count == 1 else 's'} changed" if count else "up to date"
    say(f"{specs}, {stacks}: {state}")


def print_command(command: list[str]) -> int:
    """A command as a shell would take it, instead of running it."""
    click.echo(shlex.join(command))
    return 0


def split_parameters(given: Iterable[str]) -> dict[str, str]:
    """`name=value` by name."""
    values: dict[str, str] = {}
    for one in given:
        name, equals, value = one.partition("=")
        if not equals or not name:
            raise click.UsageError(f'"{one}" names no value; write  --parameter NAME=VALUE')
        if name in values:
            raise click.UsageError(f'the parameter "{name}" is given twice')
        values[name] = value
    return values


@contextmanager
def show_progress() -> Iterator[Progress]:
    """A progress bar on a terminal, if there is enough to do for one."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda _what, _done, _total: None
        return
    bar = _Bar()
    try:
        yield bar.advance
    finally:
        bar.finish()


class _Bar:
    """One bar after the other, one for each kind of work that takes its time."""

    def __init__(self) -> None:
        self.started = time.monotonic()
        self.what = ""
        self.bar: Any = None

    def advance(self, what: str, done: int, total: int) -> None:
        if what != self.what:
            self.finish()
            self.what = what
        if self.bar is None and total > 1 and time.monotonic() - self.started > _PATIENCE_SECONDS:
            self.bar = click.progressbar(length=total, label=what, file=sys.stderr)
            self.bar.__enter__()
        if self.bar is not None:
            self.bar.update(done - self.bar.pos)

    def finish(self) -> None:
        if self.bar is not None:
            self.bar.__exit__(None, None, None)
            self.bar = None


def report_bug(error: Exception, *, debug: bool) -> None:
    """One line with a number that names the bug; the traceback only on request."""
    frames = traceback.extract_tb(error.__traceback__)
    place = "; ".join(f"{frame.name}:{frame.lineno}" for frame in frames[-3:])
    report = hashlib.sha256(f"{type(error).__name__} {place}".encode()).hexdigest()[:8]
    notes = "".join(f" {note}" for note in getattr(error, "__notes__", ()))
    say(
        f"watchspec {watchspec.__version__}: internal error {report} ({type(error).__name__}{notes}). "
        "This is a bug; please report it with this number, and run again with --debug for details."
    )
    if debug:
        say("".join(traceback.format_exception(error)))

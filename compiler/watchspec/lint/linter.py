"""A process that loads cfn-lint while others work, and then lints on every core."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator
from multiprocessing.connection import Connection
from typing import NamedTuple, NoReturn, Self

from watchspec.diagnostics import Diagnostic, Location, Severity
from watchspec.lint.engine import LintMatch, lint_text, load_engine
from watchspec.lint.rules import CFN_LINT
from watchspec.model.template import Template
from watchspec.workers import (
    count_workers,
    hold_signals,
    let_signals_in,
    map_in_processes,
    process_context,
)

_SEVERITIES = {
    "error": Severity.ERROR,
    "warning": Severity.WARNING,
    "informational": Severity.NOTE,
}


class _Job(NamedTuple):
    """What the process needs to know of a template."""

    text: str
    region: str


def start_linter() -> Linter:
    """A linter that begins to load at once; `close` ends it."""
    return Linter()


class Linter:
    """The near end of the lint process."""

    def __init__(self) -> None:
        """Start the process."""
        context = process_context()
        self._near, far = context.Pipe()
        self._process = context.Process(target=_serve, args=(far, self._near), name="cfn-lint")
        with hold_signals():
            self._process.start()
        far.close()
        self._is_done = False

    def lint(
        self, templates: tuple[Template, ...]
    ) -> Iterator[tuple[Template, tuple[Diagnostic, ...]]]:
        """Each template with its findings, as they come."""
        try:
            self._near.send([_Job(template.text, template.region) for template in templates])
        except OSError:
            raise RuntimeError("the lint process has died") from None
        for template in templates:
            try:
                matches = self._near.recv()
            except (EOFError, OSError):
                raise RuntimeError("the lint process has died") from None
            if isinstance(matches, BaseException):
                raise matches
            yield template, tuple(_lead_back(template, match) for match in matches)
        self._is_done = True

    def close(self) -> None:
        """End the process, whatever it is doing; one that is done ends by itself."""
        self._near.close()
        if not self._is_done:
            self._process.terminate()
        self._process.join()

    def __enter__(self) -> Self:
        """Nothing happens on entering."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close on leaving."""
        self.close()


def _serve(connection: Connection, near: Connection) -> None:
    """Load cfn-lint, wait for templates, send back what it says of each, and end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)
    let_signals_in()
    near.close()  # so that the far end of the pipe notices when the parent dies
    try:
        load_engine()
        jobs: list[_Job] = connection.recv()
        for result in _run(jobs):
            connection.send(result)
    except (EOFError, OSError):
        return  # nobody wants to know any more
    except Exception as error:  # noqa: BLE001 - handed to the parent, which reports it
        connection.send(error)


def _leave(*_: object) -> NoReturn:
    """End here and now, and the workers too; an exception might be raised where it gets lost."""
    for worker in multiprocessing.active_children():
        worker.terminate()
    os._exit(0)


def _run(jobs: list[_Job]) -> Iterator[tuple[LintMatch, ...]]:
    """On every core where workers share the loaded rules, else one after the other."""
    workers = count_workers(len(jobs))
    if workers == 1 or process_context().get_start_method() != "fork":
        yield from map(_lint, jobs)
        return
    yield from map_in_processes(_lint, jobs, workers)


def _lint(job: _Job) -> tuple[LintMatch, ...]:
    return lint_text(job.text, job.region)


def _lead_back(template: Template, match: LintMatch) -> Diagnostic:
    """The finding at the spec line that caused the resource, or the property the author gave."""
    origins = dict(template.origins)
    path = match.path[1:] if match.path[:1] == ("Resources",) else match.path
    location: Location | None = (
        origins.get(path[:3]) or origins.get(path[:2]) or origins.get(path[:1])
    )
    where = "/".join(match.path)
    message = f"{match.message[:1].lower()}{match.message[1:]} ({match.rule}, {template.stack_name}: {where})"
    return CFN_LINT.find(
        _SEVERITIES.get(match.severity, Severity.ERROR), message, location or template.place
    )

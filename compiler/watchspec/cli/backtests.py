"""`watchspec backtest`: what it is asked, and what a person sees of it."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Sequence

import click

from watchspec.cli.output import (
    is_terminal,
    print_findings,
    print_text,
    say,
    show_progress,
    unknown_environment,
)
from watchspec.diagnostics import suggest_name
from watchspec.fetch import FetchError
from watchspec.history import (
    HistoryResult,
    Request,
    SeveralEnvironmentsError,
    UnknownNameError,
    backtest_specs,
)
from watchspec.pipeline import UnknownEnvironmentError
from watchspec.verdict import Verdict

_MOST_NAMES = 10


def run_backtest(paths: Sequence[str], request: Request) -> HistoryResult:
    """What came of a backtest; names that no spec has are wrong usage."""
    try:
        with show_progress() as progress:
            return backtest_specs(paths, request, progress)
    except UnknownEnvironmentError as error:
        raise unknown_environment(error) from None
    except SeveralEnvironmentsError as error:
        known = ", ".join(error.known)
        raise click.UsageError(f"name the environment with  --env; there are: {known}") from None
    except UnknownNameError as error:
        known = ", ".join(error.known[:_MOST_NAMES])
        hint = suggest_name(error.name, error.known) or f"there are: {known or 'none'}"
        article = "an" if error.kind == "alarm" else "a"
        raise click.UsageError(
            f'no spec has {article} {error.kind} "{error.name}"; {hint}'
        ) from None
    except FetchError as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        reason = (error.strerror or "cannot be written").lower()
        raise click.ClickException(f"{request.picture}: {reason}") from None


def read_now() -> int:
    """The minute it is, in seconds since 1970: up to then a live account is read."""
    return int(time.time()) // 60 * 60


def print_backtests(result: HistoryResult, form: str) -> None:
    """Findings and tables on standard output, or both as one JSON document."""
    from watchspec.report.backtests import describe_backtest, draw_backtests  # noqa: PLC0415

    if form == "json":
        from watchspec.report import write_report  # noqa: PLC0415

        findings = json.loads(write_report(result.diagnostics, "json"))
        backtests = [describe_backtest(one) for one in result.backtests]
        document = {"findings": findings, "backtests": backtests}
        print_text(json.dumps(document, indent=2, ensure_ascii=True) + "\n")
        return
    width = max(shutil.get_terminal_size().columns, 60) if is_terminal() else None
    if result.backtests:
        print_text(draw_backtests(result.backtests, width=width, color=is_terminal()))
    print_findings(Verdict(result.diagnostics), form)
    if not result.diagnostics:
        say("nothing to remark")

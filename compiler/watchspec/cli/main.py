"""The commands, and what becomes of everything that can go wrong.

Exit codes: 0 clean, 1 findings or drift, 2 wrong usage, 3 our bug, 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

import click

import watchspec
from watchspec.cli.output import (
    FINDINGS,
    BUG,
    INTERRUPTED,
    print_changes,
    print_findings,
    report_bug,
    show_progress,
)
from watchspec.report import FORMATS

_SPECS = "specs"
_OUT = "templates/out"

spec_argument = click.argument("specs", nargs=-1, metavar="[SPEC]...")
debug_option = click.option("--debug", is_flag=True, help="Show the traceback of an internal error.")
format_option = click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="How findings are printed.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(watchspec.__version__, prog_name="watchspec")
def cli() -> None:
    """Compile monitoring specs into CloudFormation.

    Without SPEC, a command works on all of specs/.
    """


@cli.command("compile")
@spec_argument
@click.option("--env", "environments", multiple=True, metavar="ENV", help="Only this environment; may be repeated.")
@click.option("--out", default=_OUT, show_default=True, type=click.Path(path_type=Path), metavar="DIR", help="Where the templates go.")
@click.option("--check", "dry_run", is_flag=True, help="Write nothing; exit with 1 if files would change.")
@click.option("--no-lint", is_flag=True, help="Do not run cfn-lint on the templates.")
@click.option("--no-cache", is_flag=True, help="Compile and lint everything anew.")
@format_option
@debug_option
def compile_command(  # noqa: PLR0913 - one parameter an option
    *,
    specs: tuple[str, ...],
    environments: tuple[str, ...],
    out: Path,
    dry_run: bool,
    no_lint: bool,
    no_cache: bool,
    form: str,
    debug: bool,  # noqa: ARG001 - read by main
) -> None:
    """Check specs, compile them, lint the templates and write them."""
    from watchspec.pipeline import Options, compile_specs  # noqa: PLC0415 - --help needs none of it

    options = Options(
        out=out,
        environments=environments,
        all_specs=not specs,
        lint=not no_lint,
        dry_run=dry_run,
        use_cache=not no_cache,
    )
    with show_progress() as progress:
        result = compile_specs(find_specs(specs), options, progress)
    print_findings(result.diagnostics, form)
    if result.failed:
        sys.exit(FINDINGS)
    print_changes(result, form, dry_run=dry_run)
    if dry_run and result.changes:
        sys.exit(FINDINGS)


@cli.command("check")
@spec_argument
@format_option
@debug_option
def check_command(*, specs: tuple[str, ...], form: str, debug: bool) -> None:  # noqa: ARG001
    """Look for mistakes in specs; write nothing."""
    from watchspec.pipeline import check_specs  # noqa: PLC0415 - --help needs none of it

    with show_progress() as progress:
        result = check_specs(find_specs(specs), progress)
    print_findings(result.diagnostics, form)
    if form == "text" and not result.diagnostics:
        click.echo(f"{result.specs} spec{'' if result.specs == 1 else 's'}: no findings", err=True)
    if result.failed:
        sys.exit(FINDINGS)


def find_specs(given: Iterable[str]) -> list[str]:
    """The specs to work on: those given, or every spec in specs/; a fragment is left to its specs."""
    paths = list(dict.fromkeys(given))
    if paths:
        return paths
    if not os.path.isdir(_SPECS):
        raise click.UsageError(f'there is no folder "{_SPECS}" here; name a spec, or begin with  watchspec init')
    names = sorted(name for name in os.listdir(_SPECS) if name.endswith((".yaml", ".yml")))
    if not names:
        raise click.UsageError(f'the folder "{_SPECS}" holds no .yaml file; begin with  watchspec init')
    return [f"{_SPECS}/{name}" for name in names]


def main() -> None:
    """Run a command and exit with the code it deserves."""
    debug = "--debug" in sys.argv[1:]
    try:
        cli.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        # Whoever read our output has seen enough. Nothing must be written any more, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(FINDINGS)
    except Exception as error:  # noqa: BLE001 - the last place where a bug can be told politely
        report_bug(error, debug=debug)
        sys.exit(BUG)

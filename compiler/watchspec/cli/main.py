"""The commands, and what becomes of everything that can go wrong.

Exit codes: 0 clean, 1 findings or drift, 2 wrong usage, 3 our bug, 130 interrupted.
"""

from __future__ import annotations

import re
import sys
from datetime import datetime
from pathlib import Path

import click

import watchspec
from watchspec.cli.options import (
    debug_option,
    find_specs,
    format_option,
    parameter_option,
    spec_argument,
)
from watchspec.cli.output import (
    BUG,
    FINDINGS,
    INTERRUPTED,
    USAGE,
    print_changes,
    print_command,
    print_findings,
    report_bug,
    say,
    show_progress,
    split_parameters,
    unknown_environment,
)
from watchspec.cli.rules import make_policy, policy_options, print_rules
from watchspec.cli.trials import backtest_command, test_command

_OUT = "templates/out"


@click.group(
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(watchspec.__version__, prog_name="watchspec")
@click.pass_context
def cli(context: click.Context) -> None:
    """Compile monitoring specs into CloudFormation.

    Without SPEC, a command works on all of specs/.
    """
    if context.invoked_subcommand is None:
        say(context.get_help())
        sys.exit(USAGE)


@cli.command("compile")
@spec_argument
@click.option(
    "--env",
    "environments",
    multiple=True,
    metavar="ENV",
    help="Only this environment; may be repeated.",
)
@click.option(
    "--out",
    default=_OUT,
    show_default=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Where the templates go.",
)
@click.option(
    "--check", "dry_run", is_flag=True, help="Write nothing; exit with 1 if files would change."
)
@click.option("--no-lint", is_flag=True, help="Do not run cfn-lint on the templates.")
@click.option("--no-cache", is_flag=True, help="Compile and lint everything anew.")
@policy_options
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
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: str | None,
    today: datetime | None,
    form: str,
    debug: bool,  # noqa: ARG001 - read by main
) -> None:
    """Check specs, compile them, lint the templates and write them."""
    from watchspec.pipeline import (  # noqa: PLC0415 - --help needs none of it
        Options,
        UnknownEnvironmentError,
        compile_specs,
    )

    options = Options(
        out=out,
        environments=environments,
        all_specs=not specs,
        lint=not no_lint,
        dry_run=dry_run,
        use_cache=not no_cache,
        policy=make_policy(select, ignore, fail_on, today),
    )
    paths = find_specs(specs)
    try:
        with show_progress() as progress:
            result = compile_specs(paths, options, progress)
    except UnknownEnvironmentError as error:
        raise unknown_environment(error) from None
    print_findings(result.verdict, form)
    if result.failed:
        sys.exit(FINDINGS)
    print_changes(result, form)


@cli.command("check")
@spec_argument
@click.option(
    "--write-baseline",
    is_flag=True,
    help="Take what is found into the baseline, and what is found no more out of it.",
)
@policy_options
@format_option
@debug_option
def check_command(  # noqa: PLR0913 - one parameter an option
    *,
    specs: tuple[str, ...],
    write_baseline: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: str | None,
    today: datetime | None,
    form: str,
    debug: bool,  # noqa: ARG001 - read by main
) -> None:
    """Look for mistakes in specs; write nothing."""
    from watchspec.pipeline import check_specs  # noqa: PLC0415 - --help needs none of it

    policy = make_policy(select, ignore, fail_on, today)
    paths = find_specs(specs)
    with show_progress() as progress:
        result = check_specs(
            paths, progress, policy, all_specs=not specs, renew_baseline=write_baseline
        )
    print_findings(result.verdict, form)
    if form == "text" and not result.diagnostics:
        say(f"{result.specs} spec{'' if result.specs == 1 else 's'}: no findings")
    if result.failed:
        sys.exit(FINDINGS)


@cli.command("deploy")
@click.option(
    "--env", "environment", required=True, metavar="ENV", help="The environment to deploy."
)
@click.option(
    "--out",
    default=_OUT,
    show_default=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Where the templates are.",
)
@parameter_option
@click.option("--bucket", metavar="BUCKET", help="The S3 bucket that large templates go through.")
@click.option("--dry-run", is_flag=True, help="Print the commands instead of running them.")
@debug_option
def deploy_command(
    *,
    environment: str,
    out: Path,
    parameters: tuple[str, ...],
    bucket: str | None,
    dry_run: bool,
    debug: bool,  # noqa: ARG001 - read by main
) -> None:
    """Deploy the compiled stacks of an environment with the AWS CLI."""
    from watchspec.deploy import DeployError, deploy_environment  # noqa: PLC0415 - --help needs none of it

    try:
        values = split_parameters(parameters)
        run = print_command if dry_run else None
        names = deploy_environment(out, environment, values, bucket, run)
    except DeployError as error:
        kind = click.UsageError if error.is_usage else click.ClickException
        raise kind(str(error)) from None
    if not dry_run:
        say(f"deployed {', '.join(names)}")


@cli.command("init")
@click.argument("service", required=False)
@debug_option
def init_command(*, service: str | None, debug: bool) -> None:  # noqa: ARG001 - read by main
    """Write a small commented spec that compiles at once.

    SERVICE is its name; without it, the name of this folder.
    """
    from watchspec.scaffold import write_first_spec  # noqa: PLC0415 - --help needs none of it

    name = service or re.sub(r"[^a-z0-9]+", "-", Path.cwd().name.lower()).strip("-") or "service"
    if name in {"null", "true", "false"}:
        raise click.UsageError(f'"{name}" is a value in YAML, not a name; try "{name}-service"')
    if not re.fullmatch(r"[a-z][a-z0-9-]{0,59}", name):
        form = "lower-case letters, digits and dashes, a letter first, 60 at most"
        hint = "give it one:  watchspec init NAME" if service is None else f"use {form}"
        raise click.UsageError(f'"{name}" cannot be the name of a service; {hint}')
    try:
        written = write_first_spec(Path(), name, _schema_path())
    except FileExistsError as error:
        raise click.ClickException(
            f"{error.filename} exists already; nothing was written; "
            "for another service  watchspec init NAME"
        ) from None
    except OSError as error:
        reason = (error.strerror or "cannot be written").lower()
        raise click.ClickException(f"{error.filename}: {reason}; nothing was written") from None
    for path in written:
        say(f"created {path.as_posix()}")
    say("next:  watchspec compile")


@cli.command("schema")
@click.option("--path", "only_path", is_flag=True, help="Print where the schema is instead.")
@debug_option
def schema_command(*, only_path: bool, debug: bool) -> None:  # noqa: ARG001 - read by main
    """Print the JSON Schema of specs, for editors and other tools."""
    path = _schema_path()
    click.echo(path if only_path else path.read_text(encoding="utf-8"), nl=only_path)


@cli.command("explain")
@click.argument("code", required=False)
@click.option("--all", "list_all", is_flag=True, help="List every code with its first sentence.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How it is printed.",
)
@debug_option
def explain_command(*, code: str | None, list_all: bool, form: str, debug: bool) -> None:  # noqa: ARG001
    """Explain a finding: why it matters, what to write, whether it can be ignored.

    CODE stands in brackets in front of a finding; TOPIC/ lists all of a topic.
    """
    print_rules(code, list_all=list_all, form=form)


def _schema_path() -> Path:
    from watchspec.validate import schema_root  # noqa: PLC0415 - --help needs none of it

    return schema_root() / "v1" / "spec.schema.json"


cli.add_command(test_command)
cli.add_command(backtest_command)


def main() -> None:
    """Run a command and exit with the code it deserves."""
    debug = "--debug" in sys.argv[1:]
    try:
        cli.main(prog_name="watchspec", standalone_mode=False)
    except click.ClickException as error:
        if isinstance(error, click.UsageError) and error.ctx is not None:
            say(f"{error.ctx.get_usage()}\nTry '{error.ctx.command_path} --help' for help.\n")
        say(f"Error: {error.format_message()}")
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        say("interrupted")
        sys.exit(INTERRUPTED)
    except Exception as error:  # noqa: BLE001 - the last place where a bug can be told politely
        report_bug(error, debug=debug)
        sys.exit(BUG)

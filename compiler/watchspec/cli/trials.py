"""The commands that try alarms: on the tests of a spec, and on real data."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import click

from watchspec.cli.options import (
    debug_option,
    find_specs,
    format_option,
    parameter_option,
    spec_argument,
)
from watchspec.cli.output import FINDINGS, show_progress, split_parameters, unknown_environment

_SECONDS = {"m": 60, "h": 3_600, "d": 86_400, "w": 604_800}
_PICTURES = (".svg", ".png")
_MOST_NAMES = 10


def _read_since(
    _context: click.Context, _parameter: click.Parameter, text: str | None
) -> int | None:
    """The seconds of `14d`, `36h` or `2w`."""
    if text is None:
        return None
    match = re.fullmatch(r"([0-9]{1,6})([mhdw])", text.strip())
    if match is None or not int(match[1]):
        raise click.BadParameter(f'"{text}" is not a duration; write 14d, 36h or 2w')
    return int(match[1]) * _SECONDS[match[2]]


def _read_picture(_context: click.Context, _parameter: click.Parameter, text: str) -> str:
    """The path of a picture that can be drawn."""
    if text and not text.lower().endswith(_PICTURES):
        raise click.BadParameter(f'"{text}" ends neither in {" nor in ".join(_PICTURES)}')
    return text


@click.command("test")
@spec_argument
@click.option(
    "--env",
    "environments",
    multiple=True,
    metavar="ENV",
    help="Only in this environment; may be repeated.",
)
@click.option(
    "--only",
    multiple=True,
    metavar="GLOB",
    help="Only tests with such a name; may be repeated.",
)
@click.option(
    "--junit",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write a JUnit report to this file as well.",
)
@click.option("--coverage", is_flag=True, help="Show which alarms are tested, and how.")
@click.option(
    "--min-coverage",
    type=click.IntRange(0, 100),
    metavar="PERCENT",
    help="Fail if fewer of the tests that alarms need are there.",
)
@click.option(
    "--mutants",
    is_flag=True,
    help="Change each alarm a little, and fail if no test notices.",
)
@format_option
@debug_option
def test_command(  # noqa: PLR0913 - one parameter an option
    *,
    specs: tuple[str, ...],
    environments: tuple[str, ...],
    only: tuple[str, ...],
    junit: Path | None,
    coverage: bool,
    min_coverage: int | None,
    mutants: bool,
    form: str,
    debug: bool,  # noqa: ARG001 - read by main
) -> None:
    """Run the tests of specs on a CloudWatch of its own, offline."""
    from watchspec.cli.tests import print_tests, write_junit_file  # noqa: PLC0415 - --help needs none of it
    from watchspec.diagnostics import suggest_name  # noqa: PLC0415
    from watchspec.pipeline import UnknownEnvironmentError  # noqa: PLC0415
    from watchspec.suite import SuiteOptions, UnknownTestError, run_suite  # noqa: PLC0415

    options = SuiteOptions(environments, only, coverage, min_coverage, mutants)
    paths = find_specs(specs)
    try:
        with show_progress() as progress:
            result = run_suite(paths, options, progress)
    except UnknownEnvironmentError as error:
        raise unknown_environment(error) from None
    except UnknownTestError as error:
        known = ", ".join(f'"{name}"' for name in error.known[:_MOST_NAMES])
        hint = suggest_name(error.pattern, error.known) or f"there are: {known}"
        raise click.UsageError(f'no test is named like "{error.pattern}"; {hint}') from None
    if junit is not None:
        write_junit_file(junit, result)
    print_tests(result, form)
    if result.failed:
        sys.exit(FINDINGS)


@click.command("backtest")
@spec_argument
@click.option(
    "--env", "environment", metavar="ENV", help="The environment; needed if a spec has several."
)
@click.option(
    "--data",
    "files",
    multiple=True,
    metavar="FILE",
    help="A data file: CSV, or JSON of the AWS CLI; may be repeated.",
)
@click.option(
    "--since",
    callback=_read_since,
    metavar="AGE",
    help="How much to look at, counted back from the newest data point: 14d, 36h, 2w.",
)
@click.option(
    "--live",
    "is_live",
    is_flag=True,
    help="Fetch the data from the AWS account; without --since, of 14 days.",
)
@click.option("--profile", metavar="NAME", help="The profile of the AWS CLI to fetch with.")
@click.option(
    "--keep",
    "folder",
    default="",
    metavar="DIR",
    help="Where fetched data are kept, for the next time and for --data;"
    " without it, in .watchspec_cache/metrics.",
)
@click.option(
    "--incidents",
    default="",
    metavar="FILE",
    help="Incidents that are known, in CSV or YAML: start, end, name, alarms.",
)
@click.option(
    "--alarm", "alarms", multiple=True, metavar="NAME", help="Only this alarm; may be repeated."
)
@click.option("--sweep", "is_sweep", is_flag=True, help="Try other thresholds and durations.")
@click.option(
    "--picture",
    default="",
    callback=_read_picture,
    metavar="FILE",
    help="Draw series, thresholds and states, as SVG or PNG by its name.",
)
@click.option(
    "--max-fires",
    type=click.IntRange(0),
    metavar="N",
    help="Fail if an alarm would have gone off more often.",
)
@parameter_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How it is printed.",
)
@debug_option
def backtest_command(  # noqa: PLR0913 - one parameter an option
    *,
    specs: tuple[str, ...],
    environment: str | None,
    files: tuple[str, ...],
    since: int | None,
    is_live: bool,
    profile: str | None,
    folder: str,
    incidents: str,
    alarms: tuple[str, ...],
    is_sweep: bool,
    picture: str,
    max_fires: int | None,
    parameters: tuple[str, ...],
    form: str,
    debug: bool,  # noqa: ARG001 - read by main
) -> None:
    """Judge alarms by real data before anybody is woken."""
    from watchspec.cli.backtests import (  # noqa: PLC0415 - --help needs none of it
        print_backtests,
        read_now,
        run_backtest,
    )
    from watchspec.history import Live, Request  # noqa: PLC0415

    if not files and not is_live:
        raise click.UsageError("name the data with  --data FILE, or fetch them with  --live")
    if profile is not None and not is_live:
        raise click.UsageError("--profile is for  --live  alone")
    request = Request(
        environment,
        files,
        since,
        incidents,
        alarms,
        split_parameters(parameters),
        max_fires,
        is_sweep=is_sweep,
        picture=picture,
        live=Live(read_now(), profile, folder) if is_live else None,
    )
    result = run_backtest(find_specs(specs), request)
    print_backtests(result, form)
    if result.failed:
        sys.exit(FINDINGS)

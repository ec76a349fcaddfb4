"""What several commands are told: which specs, in which form to answer."""

from __future__ import annotations

import os
from collections.abc import Iterable

import click

from watchspec.report import FORMATS

_SPECS = "specs"

spec_argument = click.argument("specs", nargs=-1, metavar="[SPEC]...")
debug_option = click.option(
    "--debug", is_flag=True, help="Show the traceback of an internal error."
)
format_option = click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="How findings are printed.",
)
parameter_option = click.option(
    "--parameter",
    "parameters",
    multiple=True,
    metavar="NAME=VALUE",
    help="A value for a parameter of the spec; may be repeated.",
)


def find_specs(given: Iterable[str]) -> list[str]:
    """The specs to work on: those given, or every spec in specs/; a fragment is left to its specs.

    A file of tests stands for its spec; if there is none, a finding will tell of it.
    """
    from watchspec.model.test_files import find_owner, is_test_file  # noqa: PLC0415 - --help needs none of it

    paths = [os.path.normpath(path) for path in given] or _list_specs()
    for path in paths:
        if os.path.isdir(path):
            raise click.UsageError(
                f'"{path}" is a folder; name the files in it, '
                f"or none at all to work on all of {_SPECS}/"
            )
    specs = ((find_owner(path) if is_test_file(path) else None) or path for path in paths)
    return list(dict.fromkeys(specs))


def _list_specs() -> list[str]:
    if not os.path.isdir(_SPECS):
        raise click.UsageError(
            f'there is no folder "{_SPECS}" here; name a spec, or begin with  watchspec init'
        )
    names = sorted(
        name
        for name in os.listdir(_SPECS)
        if name.endswith((".yaml", ".yml")) and not name.startswith(".")  # editors leave those
    )
    if not names:
        raise click.UsageError(
            f'the folder "{_SPECS}" holds no .yaml file; begin with  watchspec init'
        )
    return [f"{_SPECS}/{name}" for name in names]

"""Rules on the command line: which of them count, and what they say of themselves."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

import click

from watchspec.diagnostics import Severity, shorten, suggest_name

if TYPE_CHECKING:
    from watchspec.diagnostics import Rule
    from watchspec.verdict import Policy

_Command = TypeVar("_Command", bound=Callable[..., Any])
_OPTIONS = (
    click.option(
        "--select",
        multiple=True,
        metavar="RULE,…",
        help="Only these rules: codes, or TOPIC/ for all of a topic. "
        "What leaves nothing to compile is always said.",
    ),
    click.option("--ignore", multiple=True, metavar="RULE,…", help="All rules but these."),
    click.option(
        "--fail-on",
        type=click.Choice([severity.word for severity in sorted(Severity, reverse=True)]),
        help="The least severity that makes the command fail.  [default: error]",
    ),
    click.option(
        "--today",
        type=click.DateTime(["%Y-%m-%d"]),
        metavar="DATE",
        help="The day that ends of ignores are compared with.  [default: the day it is]",
    ),
)


def policy_options(command: _Command) -> _Command:
    """The options that say which findings count."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def make_policy(
    select: Iterable[str], ignore: Iterable[str], fail_on: str | None, today: datetime | None
) -> Policy:
    """What these options ask for."""
    from watchspec.verdict import Policy  # noqa: PLC0415 - --help needs none of it

    day = (
        today or datetime.now().astimezone()
    )  # the one clock that is read; no template depends on it
    return Policy(
        today=day.date().isoformat(),
        select=_read_names(select),
        ignore=_read_names(ignore),
        fail_on=Severity[fail_on.upper()] if fail_on else None,
    )


def _read_names(options: Iterable[str]) -> tuple[str, ...]:
    names = tuple(name.strip() for option in options for name in option.split(",") if name.strip())
    for name in names:
        _find_rules(name)
    return names


def _find_rules(name: str) -> tuple[Rule, ...]:
    """The rule of this code, or all of the topic that `topic/` names."""
    from watchspec.rulebook import ALL_RULES  # noqa: PLC0415 - it loads every room

    found = tuple(
        rule for rule in ALL_RULES if rule.id == name or f"{rule.id.partition('/')[0]}/" == name
    )
    if found:
        return found
    codes = [rule.id for rule in ALL_RULES]
    topics = {f"{code.partition('/')[0]}/" for code in codes}
    alike = [one for one in codes if one.endswith(f"/{name.lower()}")]
    hint = suggest_name(alike[0] if alike else name, {*codes, *topics})
    raise click.UsageError(f'there is no code "{shorten(name)}"; {hint or "list them with --all"}')


def print_rules(code: str | None, *, list_all: bool, form: str) -> None:
    """The page of a rule; or, for all rules or those of a topic, a line of each."""
    from watchspec.rulebook import ALL_RULES, IGNORABLE  # noqa: PLC0415 - it loads every room

    if code is None and not list_all:
        raise click.UsageError("name a code, or list them with --all")
    rules = ALL_RULES if code is None else _find_rules(code)
    if form == "json":
        described = [
            {
                "rule": rule.id,
                "says": rule.sentence,
                "can_be_ignored": IGNORABLE[rule.id],
                "page": rule.page.strip(),
            }
            for rule in rules
        ]
        click.echo(json.dumps(described, indent=2))
    elif code == rules[0].id:
        ignorable = IGNORABLE[code]
        click.echo(f"{code}\n{'=' * len(code)}\n\n{rules[0].page.strip()}\n")
        click.echo(f"Can be ignored: {ignorable}.")
    else:
        width = max(len(rule.id) for rule in rules)
        for rule in rules:
            click.echo(f"{rule.id:<{width}}  {rule.sentence}")

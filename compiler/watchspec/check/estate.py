"""Names that two stacks would both take, across all specs that are compiled together.

A name must be unique in an account and Region. Environments that name no account are taken to share one.
"""

from __future__ import annotations

from collections.abc import Iterable

from watchspec.diagnostics import Diagnostic, Related, Rule, Severity
from watchspec.model.estate import PhysicalName

SAME_NAME = Rule(
    "name/same-name",
    """
Two things would have the same name in one account and Region.

Why: CloudFormation would refuse the second, or CloudWatch would silently overwrite the first. Put the
environment or the service into the name, make the thing in one environment only (`made_in`), or give
the environments their accounts.

Bad:
```yaml
version: v1
service: shop
environments:
  dev: {region: eu-west-1}
  prod: {region: eu-west-1}
logs:
  migrations: {group: /shop/migrations, retention: 30 days}
```

Good:
```yaml
version: v1
service: shop
environments:
  dev: {region: eu-west-1}
  prod: {region: eu-west-1}
logs:
  migrations: {group: /shop/migrations, retention: 30 days, made_in: prod}
```
""",
)


def check_estate(names: Iterable[PhysicalName]) -> tuple[Diagnostic, ...]:
    """A finding for each name that a second stack would take."""
    taken: dict[tuple[str, str, str, str], PhysicalName] = {}
    same_stacks: set[str] = set()
    found = []
    for name in names:
        key = (name.kind, name.name, name.account, name.region)
        first = taken.setdefault(key, name)
        if first is not name and name.stack not in same_stacks:
            if name.kind == "stack":
                same_stacks.add(name.stack)  # all else in it has the same names too
            found.append(
                SAME_NAME.find(
                    Severity.ERROR,
                    _say(name, first),
                    name.place,
                    help="put ${environment} or ${service} into the name, "
                    "or give the environments their accounts",
                    related=[Related(first.place, f"made by {first.stack} here")],
                )
            )
    return tuple(found)


def _say(name: PhysicalName, first: PhysicalName) -> str:
    if name.kind == "stack":
        return f'another spec has a stack "{name.name}" too'
    if name.stack == first.stack:
        return f'two {name.kind}s of {name.stack} are named "{name.name}"'
    return f'{name.kind} "{name.name}" of {name.stack} is also made by {first.stack}'

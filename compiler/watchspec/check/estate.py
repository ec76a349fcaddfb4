"""Names that two stacks would both take, across all specs that are compiled together.

A name must be unique in an account and Region. Environments that name no account are taken to share one.
"""

from __future__ import annotations

from collections.abc import Iterable

from watchspec.diagnostics import Diagnostic, Related, Rule, Severity
from watchspec.model.template import PhysicalName, Template

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


def check_estate(templates: Iterable[Template]) -> tuple[Diagnostic, ...]:
    """A finding for each name that a second stack would take."""
    taken: dict[tuple[str, str, str, str], tuple[Template, PhysicalName]] = {}
    found = []
    for template in templates:
        for name in template.names:
            key = (name.kind, name.name, name.account, name.region)
            if key not in taken:
                taken[key] = (template, name)
                continue
            first, first_name = taken[key]
            found.append(
                SAME_NAME.find(
                    Severity.ERROR,
                    f'{name.kind} "{name.name}" of {template.stack_name} is also made by {first.stack_name}',
                    name.place,
                    help="put ${environment} or ${service} into the name, or give the environments their accounts",
                    related=[Related(first_name.place, f"made by {first.stack_name} here")],
                )
            )
    return tuple(found)

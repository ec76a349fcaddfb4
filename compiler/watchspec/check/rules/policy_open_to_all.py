"""A policy lets everybody in the world do something.

Why: the principal `*` without a condition is everybody with an account at AWS, who could send false
alarms or read logs.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
logs:
  web:
    group: /shop/web
    retention: 30 days
    properties:
      ResourcePolicyDocument:
        Statement: [{Effect: Allow, Principal: "*", Action: "logs:*", Resource: "*"}]
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
logs:
  web:
    group: /shop/web
    retention: 30 days
    properties:
      ResourcePolicyDocument:
        Statement:
          - Effect: Allow
            Principal: {Service: delivery.logs.amazonaws.com}
            Action: logs:PutLogEvents
            Resource: "*"
```

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.diagnostics import Diagnostic, Location, Rule, Severity
from watchspec.model.monitoring import Monitoring
from watchspec.model.source import Map, Node, Seq

RULE = Rule("policy/open-to-all", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Statements of policies that allow everybody something."""
    for things in (
        monitoring.routes,
        monitoring.log_groups,
        monitoring.metric_filters,
        monitoring.alarms,
        monitoring.events,
        monitoring.queries,
        monitoring.health_checks,
        monitoring.mutes,
    ):
        for thing in things:
            if thing.properties:
                yield from _check(thing.source.get("properties"))


def _check(node: Node) -> Iterator[Diagnostic]:
    if isinstance(node, Seq):
        for item in node:
            yield from _check(item)
    elif isinstance(node, Map):
        place = _find_everybody(node)
        if place is not None and node.get("Effect") == "Allow" and not node.get("Condition"):
            yield RULE.find(
                Severity.ERROR,
                "the principal * without a condition is everybody in the world",
                place,
                help="name a service or an account, or add a Condition",
            )
        for value in node.values():
            yield from _check(value)


def _find_everybody(statement: Map) -> Location | None:
    """Where the principal of a statement says `*`: alone, or among those of AWS."""
    principal = statement.get("Principal")
    if principal == "*":
        return statement.place("Principal")
    named = principal.get("AWS") if isinstance(principal, Map) else None
    if named == "*":
        return statement.place("Principal", "AWS")
    if isinstance(named, Seq) and "*" in named:
        return statement.place("Principal", "AWS", named.index("*"))
    return None

"""A route is used that has nobody at its end.

Why: an empty list is a way to say that a route tells nobody, perhaps in one environment only. What is
routed there is lost, so alarms that are not to be heard better say so themselves: `notify: []`.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
notify:
  warning: {email: []}
alarms:
  few-orders: {severity: warning, when: {metric: Shop Orders, below: 9}}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
notify:
  warning: {email: [ops@example.com]}
alarms:
  few-orders: {severity: warning, when: {metric: Shop Orders, below: 9}}
```

Source: https://docs.aws.amazon.com/sns/latest/dg/sns-create-subscribe-endpoint-to-topic.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.diagnostics import Diagnostic, Rule, Severity
from watchspec.model.monitoring import Monitoring
from watchspec.model.routing import Route

RULE = Rule("notify/reaches-nobody", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Routes without an end that an alarm takes; no event can take one."""
    used = {key for alarm in monitoring.alarms for key in alarm.routes}
    for route in monitoring.routes:
        if route.key in used and not _has_end(route):
            empty = next(key for key, value in route.source.items() if value == [])
            yield RULE.find(
                Severity.WARNING,
                f'what is routed to "{route.key}" reaches nobody',
                route.source.place(empty),
                help="name somebody, or write  notify: []  on what nobody should hear",
            )


def _has_end(route: Route) -> bool:
    return bool(route.subscriptions or route.existing_topics or route.ops_item or route.actions)

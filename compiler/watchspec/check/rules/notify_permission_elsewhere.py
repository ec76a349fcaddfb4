"""A function is notified in a Region in which this spec has no stack.

Why: a function lets a topic call it only by a permission in its own Region, which no stack of this spec
can make. Until somebody makes it there, nothing arrives.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
notify:
  critical: {lambda: ["arn:aws:lambda:us-west-2:111122223333:function:tell-chat"]}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
notify:
  critical: {lambda: ["arn:aws:lambda:eu-west-1:111122223333:function:tell-chat"]}
```

Source: https://docs.aws.amazon.com/sns/latest/dg/lambda-console.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.diagnostics import Diagnostic, Rule, Severity
from watchspec.model.monitoring import Monitoring
from watchspec.model.text import region_in_arn

RULE = Rule("notify/permission-elsewhere", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Functions that no stack of the spec can give a permission."""
    regions = {monitoring.environment.region, *(alarm.region for alarm in monitoring.alarms)}
    for route in monitoring.routes:
        for index, subscription in enumerate(
            one for one in route.subscriptions if one.protocol == "lambda"
        ):
            region = region_in_arn(subscription.endpoint)
            if region is not None and region not in regions:
                yield RULE.find(
                    Severity.WARNING,
                    f"the function is in {region}, where this spec has no stack to permit the call",
                    route.source.place("lambda", index),
                    help=f"add a permission for {route.topic_name} to the function itself",
                )

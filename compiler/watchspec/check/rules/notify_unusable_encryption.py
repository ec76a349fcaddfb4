"""A topic for alarms is encrypted with a key that CloudWatch cannot use.

Why: the key `alias/aws/sns` belongs to AWS and its policy cannot be changed, so alarms fail to publish
and nobody hears of them. `kms_key: create` makes a key with the right policy.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
notify:
  critical: {email: [ops@example.com], kms_key: alias/aws/sns}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
notify:
  critical: {email: [ops@example.com], kms_key: create}
```

Source: https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html and
https://repost.aws/knowledge-center/cloudwatch-configure-alarm-sns (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.diagnostics import Diagnostic, Rule, Severity
from watchspec.model.monitoring import Monitoring
from watchspec.model.text import region_in_arn, show_text

RULE = Rule("notify/unusable-encryption", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Topics no alarm could publish to."""
    for route in monitoring.routes:
        if route.kms_key is None:
            continue
        place = route.source.place("kms_key")
        if show_text(route.kms_key).endswith("alias/aws/sns"):
            yield RULE.find(
                Severity.ERROR,
                "CloudWatch alarms cannot publish to a topic encrypted with alias/aws/sns",
                place,
                help="write  kms_key: create, or name a key whose policy lets "
                "cloudwatch.amazonaws.com use it",
            )
        region = region_in_arn(route.kms_key)
        elsewhere = [one for one in route.regions if region is not None and one != region]
        if elsewhere and route.makes_topic:
            yield RULE.find(
                Severity.ERROR,
                f"the key is in {region}, a topic of the route in {elsewhere[0]}",
                place,
                help="write  kms_key: create  for a key beside each topic",
            )

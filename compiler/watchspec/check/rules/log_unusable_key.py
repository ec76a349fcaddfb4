"""A log group is encrypted with a key that is not named by its ARN.

Why: CloudWatch Logs takes the ARN of a key, not its id or its alias, and the deployment would fail.
`kms_key: create` makes a key with the right policy.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
logs:
  backend:
    group: /shop
    retention: 30 days
    kms_key: alias/logs
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
logs:
  backend:
    group: /shop
    retention: 30 days
    kms_key: create
```

Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-loggroup.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.diagnostics import Diagnostic, Rule, Severity
from watchspec.model.monitoring import Monitoring

RULE = Rule("log/unusable-key", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Keys that are known to be no ARN."""
    for log in monitoring.log_groups:
        key = log.kms_key
        if log.is_made and isinstance(key, str) and not key.startswith("arn:"):
            message = f'CloudWatch Logs takes the ARN of a key, and "{key}" is none'
            help_text = (
                "write  kms_key: create, or the ARN of a key of CloudWatch Logs in this Region"
            )
            yield RULE.find(Severity.ERROR, message, log.source.place("kms_key"), help=help_text)

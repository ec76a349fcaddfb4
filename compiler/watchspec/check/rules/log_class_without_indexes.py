"""A log group of a class without field indexes has an index policy.

Why: CloudWatch Logs makes field indexes for the class `standard` alone, and the deployment would fail.

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
    class: infrequent_access
    properties: {FieldIndexPolicies: [{Fields: [request_id]}]}
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
    properties: {FieldIndexPolicies: [{Fields: [request_id]}]}
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatch_Logs_Log_Classes.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.diagnostics import Diagnostic, Rule, Severity
from watchspec.model.monitoring import Monitoring

RULE = Rule("log/class-without-indexes", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Index policies of log groups that have no indexes."""
    for log in monitoring.log_groups:
        for one in log.properties if log.log_class != "STANDARD" else ():
            if one.name == "FieldIndexPolicies":
                message = f"a log group of the class {log.log_class.lower()} has no field indexes"
                help_text = "leave the policy out; the class cannot be changed later"
                yield RULE.find(Severity.ERROR, message, one.place, help=help_text)

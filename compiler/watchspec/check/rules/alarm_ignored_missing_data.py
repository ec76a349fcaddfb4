"""An alarm on a DynamoDB metric ignores missing data because nothing else is said.

Why: CloudWatch treats missing data as `missing` for every namespace but AWS/DynamoDB, where it keeps
the alarm in its state. Say what is meant.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  throttled: {metric: AWS/DynamoDB UserErrors, statistic: Sum}
alarms:
  throttled: {severity: info, when: {metric: throttled, above: 0}}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  throttled: {metric: AWS/DynamoDB UserErrors, statistic: Sum}
alarms:
  throttled: {severity: info, when: {metric: throttled, above: 0}, missing_data: notBreaching}
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.diagnostics import Diagnostic, Rule, Severity
from watchspec.model.monitoring import Monitoring

RULE = Rule("alarm/ignored-missing-data", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Alarms that get CloudWatch's exceptional default without saying so."""
    for alarm in monitoring.alarms:
        if alarm.missing_data == "ignore" and "missing_data" not in alarm.source:
            yield RULE.find(
                Severity.NOTE,
                f'"{alarm.key}" keeps its state when data are missing, as CloudWatch does for DynamoDB',
                alarm.place,
                help="say  missing_data: ignore  if that is meant, or notBreaching, breaching or missing",
            )

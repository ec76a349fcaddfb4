"""An alarm's description has more than 1,024 characters.

Why: the sentence, the impact and the steps travel to the person who is paged in the description;
CloudWatch takes 1,024 characters. A value known only at deployment counts with its default, or, as
a warning, with 64 characters.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
values: {long: "0123456789012345678901234567890123456789012345678901234567890123"}
metrics:
  cpu: {metric: AWS/EC2 CPUUtilization}
alarms:
  hot:
    severity: info
    when: {metric: cpu, above: 70%, for: 10m}
    runbook:
      steps:
        - "${long}${long}${long}${long}"
        - "${long}${long}${long}${long}"
        - "${long}${long}${long}${long}"
        - "${long}${long}${long}${long}"
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  cpu: {metric: AWS/EC2 CPUUtilization}
alarms:
  hot:
    severity: info
    when: {metric: cpu, above: 70%, for: 10m}
    runbook: {steps: [Scale out.]}
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.catalog.quotas import ALARM_DESCRIPTION_CHARACTERS
from watchspec.check.lengths import UNKNOWN_CHARACTERS, measure
from watchspec.diagnostics import Diagnostic, Rule, Severity
from watchspec.model.monitoring import Monitoring

RULE = Rule("alarm/description-too-long", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Alarms whose description CloudWatch would refuse."""
    for alarm in monitoring.alarms:
        known, unknown = measure(alarm.description, monitoring)
        length = known + unknown * UNKNOWN_CHARACTERS
        if length <= ALARM_DESCRIPTION_CHARACTERS:
            continue
        surely = known > ALARM_DESCRIPTION_CHARACTERS
        yield RULE.find(
            Severity.ERROR if surely else Severity.WARNING,
            f'the description of "{alarm.key}" has {"" if surely else "about "}{length:,} characters; '
            f"{ALARM_DESCRIPTION_CHARACTERS:,} are the most",
            alarm.source.place("runbook") if "runbook" in alarm.source else alarm.place,
            help="shorten the steps, or link to a page that has them",
        )

"""An alarm on a metric of another account uses a function that works in one account only.

Why: CloudWatch refuses ANOMALY_DETECTION_BAND (which an expected band is), INSIGHT_RULE_METRIC and
SERVICE_QUOTA in alarms on metrics of other accounts.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1, account: "111122223333"}
metrics:
  orders: {metric: Shop Orders, account: "123456789012"}
alarms:
  unusual: {severity: info, notify: [], when: {metric: orders, above_band: 2}}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1, account: "111122223333"}
metrics:
  orders: {metric: Shop Orders, account: "123456789012"}
alarms:
  unusual: {severity: info, notify: [], when: {metric: orders, above: 100}}
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.catalog.metric_math import WITHIN_ACCOUNT
from watchspec.diagnostics import Diagnostic, Rule, Severity
from watchspec.languages import Problem, parse_metric_math
from watchspec.model.alarms import Band
from watchspec.model.metric_math import Call, walk_math
from watchspec.model.monitoring import Monitoring
from watchspec.model.signals import MetricMath, SignalSource, stats_of

RULE = Rule("alarm/cross-account-function", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Alarms that CloudWatch would refuse for the account of a metric."""
    own = monitoring.environment.account
    for alarm in monitoring.alarms:
        source = None if alarm.signal is None else alarm.signal.source
        accounts = set() if source is None else {stat.account for stat in stats_of(source)}
        others = {one for one in accounts if isinstance(one, str)} - {own}
        if source is None or not others:
            continue  # what only the deployment knows may be the account itself
        used = sorted(WITHIN_ACCOUNT & set(_functions(source)))
        what = "an expected band" if isinstance(alarm.condition, Band) else next(iter(used), "")
        if what:
            yield RULE.find(
                Severity.WARNING if own is None else Severity.ERROR,
                f'"{alarm.key}" watches a metric of account {min(others)}, '
                f"and {what} works within one account only",
                alarm.source.place("when"),
                help="compare the metric with a value",
            )


def _functions(source: SignalSource) -> Iterator[str]:
    if not isinstance(source, MetricMath):
        return
    inner = [one.source for one in source.inputs if isinstance(one.source, str)]
    for text in (source.expression, *inner):
        term = parse_metric_math(text)
        for one in () if isinstance(term, Problem) else walk_math(term):
            if isinstance(one, Call):
                yield one.function

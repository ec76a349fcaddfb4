"""An alarm treats missing data as the opposite of what they mean for its metric.

Why: some metrics have no data exactly when all is well (failures that are counted when they happen), others
exactly when nothing is (tasks, hosts, heartbeats). Treated the wrong way round, the alarm is on all
the time, or silent when it is needed.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  failed: {metric: AWS/ApplicationELB HTTPCode_ELB_5XX_Count, dimensions: {LoadBalancer: app/a/1}}
alarms:
  failing: {severity: info, when: {metric: failed, above: 5}, missing_data: breaching}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  failed: {metric: AWS/ApplicationELB HTTPCode_ELB_5XX_Count, dimensions: {LoadBalancer: app/a/1}}
alarms:
  failing: {severity: info, when: {metric: failed, above: 5}, missing_data: notBreaching}
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from watchspec.catalog.silence import IGNORES_MISSING_DATA, VERDICTS
from watchspec.check.ranges import Ranges
from watchspec.check.silence import silence_of
from watchspec.check.thresholds import name_signal
from watchspec.diagnostics import Diagnostic, Rule, Severity
from watchspec.model.alarms import Alarm
from watchspec.model.monitoring import Monitoring
from watchspec.model.routing import Route, says
from watchspec.model.signals import MetricStat

RULE = Rule("alarm/wrong-missing-data", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Alarms that take silence for the opposite of what it is."""
    ranges = Ranges(monitoring, is_sure=False)
    routes = {route.key: route for route in monitoring.routes}
    for alarm in monitoring.alarms:
        silence, signal = silence_of(alarm, ranges), alarm.signal
        if silence is None or signal is None or _is_meant(alarm, routes):
            continue
        verdict = VERDICTS.get((silence.kind, silence.direction, alarm.missing_data))
        if verdict is None or (verdict.severity is Severity.WARNING and not silence.is_sure):
            continue
        is_written = "missing_data" in alarm.source
        yield RULE.find(
            verdict.severity if silence.is_sure else Severity.WARNING,
            f"{name_signal(signal)} {verdict.reason}",
            alarm.source.place("missing_data") if is_written else alarm.place,
            help=f"write  missing_data: {verdict.better}",
        )


def _is_meant(alarm: Alarm, routes: Mapping[str, Route]) -> bool:
    """Whether somebody hears of missing data as such, or the setting is what AWS would choose."""
    source = None if alarm.signal is None else alarm.signal.source
    if alarm.missing_data == "ignore":
        return isinstance(source, MetricStat) and source.namespace == IGNORES_MISSING_DATA
    heard = (
        says(alarm.on_missing_data, default=routes[key].on_missing_data) for key in alarm.routes
    )
    is_told = any(heard) or bool(alarm.actions.insufficient_data)
    return alarm.missing_data == "missing" and (is_told or "missing_data" in alarm.source)

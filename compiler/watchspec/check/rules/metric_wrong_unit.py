"""A metric of AWS is said to be in another unit than AWS publishes it in.

Why: CloudWatch converts nothing. A level is written in the unit that the spec names, so with a wrong one
it is compared a thousand times too high or too low. Leave the unit out: it is known.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  latency:
    metric: AWS/ApplicationELB TargetResponseTime
    dimensions: {LoadBalancer: app/shop/50dc6c495c0c9188}
    unit: Milliseconds
    levels: {slow: "> 500 ms"}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  latency:
    metric: AWS/ApplicationELB TargetResponseTime
    dimensions: {LoadBalancer: app/shop/50dc6c495c0c9188}
    levels: {slow: "> 500 ms"}
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.catalog.metrics import is_complete, published_unit
from watchspec.catalog.units import CLOUDWATCH_UNITS
from watchspec.check.measured import measured_signals
from watchspec.diagnostics import Diagnostic, Rule, Severity
from watchspec.model.monitoring import Monitoring
from watchspec.model.signals import MetricStat, SignalSource
from watchspec.model.source import Map

RULE = Rule("metric/wrong-unit", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Units of metrics, and of alarms on them, that differ from what is published."""
    for source, written in _with_units(monitoring):
        if not isinstance(source, MetricStat):
            continue
        published = published_unit(source.namespace, source.name, source.statistic)
        known = CLOUDWATCH_UNITS.get(str(published))
        if known is None or CLOUDWATCH_UNITS.get(str(written["unit"]), known) == known:
            continue
        yield RULE.find(
            Severity.ERROR if is_complete(source.namespace) else Severity.WARNING,
            f'"{source.name}" is published in {published}, not in {written["unit"]}',
            written.place("unit"),
            help="leave out the unit: levels are converted to the one that is published",
        )


def _with_units(monitoring: Monitoring) -> Iterator[tuple[SignalSource, Map]]:
    """What gives a unit, and where: metrics, and alarms on them."""
    for signal in measured_signals(monitoring):
        if "unit" in signal.source.written:
            yield signal.source, signal.source.written
    for alarm in monitoring.alarms:
        when = alarm.source.get("when")
        if alarm.signal is not None and isinstance(when, Map) and "unit" in when:
            yield alarm.signal.source, when

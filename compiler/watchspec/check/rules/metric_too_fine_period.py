"""A metric is asked for more often than it is published.

Why: most periods then have no data point. An alarm falls into INSUFFICIENT_DATA between two data
points, one on a metric of a day never sees any; a graph shows single dots. Periods under a minute make
an alarm dearer, and AWS publishes no metric that often.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  size:
    metric: AWS/S3 BucketSizeBytes
    dimensions: {BucketName: shop, StorageType: StandardStorage}
    period: 5m
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  size:
    metric: AWS/S3 BucketSizeBytes
    dimensions: {BucketName: shop, StorageType: StandardStorage}
    period: 1 day
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html and
https://docs.aws.amazon.com/AmazonS3/latest/userguide/metrics-dimensions.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.catalog.metrics import known_metrics, look_up_metric
from watchspec.check.measured import measured_signals, place_of_metric
from watchspec.diagnostics import Diagnostic, Location, Rule, Severity
from watchspec.model.monitoring import Monitoring
from watchspec.model.signals import MetricStat, Signal, stats_of
from watchspec.model.text import say_duration

RULE = Rule("metric/too-fine-period", __doc__)
_DAY = 86_400


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Periods shorter than the time between two data points."""
    watched = {id(alarm.signal) for alarm in monitoring.alarms}
    for signal in measured_signals(monitoring):
        for stat in stats_of(signal.source):
            if stat.name not in known_metrics(stat.namespace):
                continue
            published = look_up_metric(stat.namespace, stat.name).finest_seconds
            if stat.period_seconds >= published:
                continue
            often = say_duration(published).removeprefix("1 ")
            hopeless = published >= _DAY and id(signal) in watched
            yield RULE.find(
                Severity.ERROR if hopeless else Severity.WARNING,
                f'"{stat.name}" is published every {often}, '
                f"so most periods of {say_duration(stat.period_seconds)} have no data",
                _place_of_period(stat, signal),
                help=f"write  period: {say_duration(published)}",
            )


def _place_of_period(stat: MetricStat, signal: Signal) -> Location:
    """Where the period stands: with the metric, or with the expression over it."""
    for written in (stat.written, signal.source.written):
        if "period" in written:
            return written.place("period")
    return place_of_metric(stat, stat.name)

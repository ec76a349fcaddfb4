"""Something watches a metric made from log lines without all of its dimensions.

Why: a metric filter with dimensions publishes a metric for each combination of their values, and none
without them; CloudWatch never adds them up, so nothing is ever seen.

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
    metrics: {errors: {pattern: "{ $.status = 500 }", dimensions: {Endpoint: $.endpoint}}}
alarms:
  failing: {severity: info, when: {metric: errors, above: 5}}
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
    metrics: {errors: {pattern: "{ $.status = 500 }", dimensions: {Endpoint: $.endpoint}}}
alarms:
  failing: {severity: info, when: {metric: errors, dimensions: {Endpoint: /orders}, above: 5}}
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntaxForMetricFilters.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.diagnostics import Diagnostic, Location, Rule, Severity
from watchspec.model.dashboards import MetricWidget
from watchspec.model.logs import MetricFilter
from watchspec.model.monitoring import Monitoring
from watchspec.model.signals import SignalSource, stats_of

RULE = Rule("metric/missing-dimensions", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Alarms and widgets on filtered metrics that do not exist without dimensions."""
    filters: dict[tuple[str, str], list[MetricFilter]] = {}
    for one in monitoring.metric_filters:
        filters.setdefault((one.namespace, one.metric_name), []).append(one)
    for source, place in _watched(monitoring):
        for stat in stats_of(source):
            given = {name for name, _ in stat.dimensions}
            missing = [
                sorted({name for name, _ in one.dimensions} - given)
                for one in filters.get((stat.namespace, stat.name), ())
            ]
            if missing and all(missing):
                names = min(missing, key=len)
                wanted = ", ".join(f"{name}: …" for name in names)
                yield RULE.find(
                    Severity.ERROR,
                    f'"{stat.name}" exists only with its dimensions; {" and ".join(names)} '
                    f"{'is' if len(names) == 1 else 'are'} missing",
                    place,
                    help=f"give them here:  dimensions: {{{wanted}}}",
                )


def _watched(monitoring: Monitoring) -> Iterator[tuple[SignalSource, Location]]:
    for alarm in monitoring.alarms:
        if alarm.signal is not None:
            yield alarm.signal.source, alarm.source.place("when")
    for dashboard in monitoring.dashboards:
        for widget in dashboard.widgets:
            if isinstance(widget.content, MetricWidget):
                for line in widget.content.lines:
                    yield line.signal.source, widget.place

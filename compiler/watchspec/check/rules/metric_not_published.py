"""Nobody publishes a metric, or has a namespace, of this name.

Why: CloudWatch takes any name. An alarm on a metric that does not exist waits for data for ever. It
is an error for a slip of the pen in a name of AWS, and where the list of metrics was checked against
AWS's documentation; elsewhere the list may be incomplete, and it is a warning.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  cpu: {metric: AWS/EC2 CPUUtilisation}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  cpu: {metric: AWS/EC2 CPUUtilization}
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/aws-services-cloudwatch-metrics.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from watchspec.catalog.metrics import (
    find_namespaces,
    is_complete,
    is_excerpt,
    known_metrics,
    known_namespaces,
    near_metric,
    near_namespace,
)
from watchspec.check.measured import measured_stats, place_of_metric
from watchspec.diagnostics import Diagnostic, Rule, Severity, near_miss, shorten, suggest_name
from watchspec.model.monitoring import Monitoring
from watchspec.model.signals import MetricStat, stats_of

RULE = Rule("metric/not-published", __doc__)
_CONTAINER_INSIGHTS = "ECS/ContainerInsights"
_SHORTEST_NAMESPACE = len("AWS/Lambda")
"""In shorter ones, one letter makes another service: AWS/ECS, AWS/EKS, AWS/EFS."""

Names = Mapping[str, Collection[str]]


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Metrics of AWS and of the spec itself that were probably meant to be others."""
    filtered: dict[str, set[str]] = {}
    for one in monitoring.metric_filters:
        filtered.setdefault(one.namespace, set()).add(one.metric_name)
    named: dict[str, set[str]] = {}
    for signal in monitoring.signals:
        for stat in stats_of(signal.source) if signal.key else ():
            named.setdefault(stat.namespace, set()).add(stat.name)
    for stat in measured_stats(monitoring):
        names = known_metrics(stat.namespace)
        if names:
            yield from _check_name(stat, names)
        elif stat.namespace not in known_namespaces():
            wrong_namespace = tuple(_check_namespace(stat, filtered))
            yield from wrong_namespace or _check_own_name(stat, filtered, named)


def _check_name(stat: MetricStat, names: frozenset[str]) -> Iterator[Diagnostic]:
    if stat.name in names:
        return
    meant = near_metric(stat.namespace, stat.name)
    if not meant and is_excerpt(stat.namespace):
        return
    elsewhere = () if meant else find_namespaces(stat.name)
    message = f'there is no metric "{shorten(stat.name)}" in {stat.namespace}'
    hint = help_text = ""
    if len(elsewhere) == 1:
        help_text = f"write  {elsewhere[0]} {stat.name}"
        if elsewhere[0] == _CONTAINER_INSIGHTS:
            help_text += "  and turn on Container Insights for the cluster"
    else:
        hint = f'did you mean "{meant}"?' if meant else suggest_name(stat.name, names)
    severity = Severity.ERROR
    if not meant and not is_complete(stat.namespace):
        severity = Severity.WARNING
        message += ", as far as is known"
    place = place_of_metric(stat, stat.name)
    yield RULE.find(severity, message, place, hint=hint, help=help_text)


def _check_namespace(stat: MetricStat, filtered: Names) -> Iterator[Diagnostic]:
    meant = near_namespace(stat.namespace)
    place = place_of_metric(stat, stat.namespace)
    if stat.namespace.startswith("AWS/"):
        message = f'there is no namespace "{shorten(stat.namespace)}" of AWS'
        hint = f'did you mean "{meant}"?' if meant else ""
        if meant and (len(meant) >= _SHORTEST_NAMESPACE or meant.lower() == stat.namespace.lower()):
            yield RULE.find(Severity.ERROR, message, place, hint=hint)
        else:
            yield RULE.find(Severity.WARNING, f"{message}, as far as is known", place, hint=hint)
    elif stat.namespace not in filtered:
        meant = meant or near_miss(stat.namespace, filtered)
        if meant:
            message = f'neither AWS nor this spec publishes to "{shorten(stat.namespace)}"'
            yield RULE.find(Severity.WARNING, message, place, hint=f'did you mean "{meant}"?')


def _check_own_name(stat: MetricStat, filtered: Names, named: Names) -> Iterator[Diagnostic]:
    """A metric of one's own is known if a metric filter makes it, or `metrics` names it."""
    published, declared = (set(names.get(stat.namespace, ())) for names in (filtered, named))
    if stat.name in published:
        return
    meant = near_miss(stat.name, published if stat.name in declared else published | declared)
    if meant:
        message = f'nothing in this spec makes or names a metric "{shorten(stat.name)}"'
        place = place_of_metric(stat, stat.name)
        yield RULE.find(Severity.WARNING, message, place, hint=f'did you mean "{meant}"?')

"""A metric of AWS is asked for by dimensions that it is not published by together.

Why: CloudWatch keeps a metric for each set of dimensions that a service publishes, and never adds up
or narrows down. With one too many or one too few, there are no data.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  cpu: {metric: AWS/ECS CPUUtilization, dimensions: {ServiceName: backend}}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  cpu: {metric: AWS/ECS CPUUtilization, dimensions: {ClusterName: shop, ServiceName: backend}}
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from watchspec.catalog.metrics import MetricFacts, is_excerpt, known_dimensions, look_up_metric
from watchspec.check.measured import measured_stats, place_of_dimension, place_of_metric
from watchspec.diagnostics import Diagnostic, Location, Rule, Severity
from watchspec.model.monitoring import Monitoring
from watchspec.model.signals import MetricStat

RULE = Rule("metric/wrong-dimensions", __doc__)
_MOST_SETS = 3


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Metrics whose dimensions are not one of the sets they are published by."""
    for stat in measured_stats(monitoring):
        facts = look_up_metric(stat.namespace, stat.name)
        given = frozenset(name for name, _ in stat.dimensions)
        if not facts.dimension_sets or given in facts.dimension_sets:
            continue
        if not given <= _possible_names(stat, facts):
            continue  # another finding, or a set that is not known
        if is_excerpt(stat.namespace):
            continue
        nearest = sorted(
            facts.dimension_sets, key=lambda names: (len(given ^ names), len(names), sorted(names))
        )
        alone = " alone" if given and given < nearest[0] else ""
        message = f'"{stat.name}" of {stat.namespace} is not published {_say_by(given)}{alone}'
        severity = Severity.ERROR
        if not facts.knows_all_sets:
            severity = Severity.WARNING
            message += ", as far as is known"
        place = _place(stat, given - nearest[0])
        yield RULE.find(severity, message, place, help=_advise(given, nearest))


def _possible_names(stat: MetricStat, facts: MetricFacts) -> frozenset[str]:
    """The names a set is made of for certain: a set that is not known may have others."""
    if facts.knows_all_sets:
        return known_dimensions(stat.namespace)
    return frozenset[str]().union(*facts.dimension_sets)


def _advise(given: frozenset[str], nearest: list[frozenset[str]]) -> str:
    """What to change for the nearest set, and which others there are."""
    steps = [
        f"{verb} {_join(names)}"
        for verb, names in (("leave out", given - nearest[0]), ("add", nearest[0] - given))
        if names
    ]
    others = [_say_by(names) for names in nearest[1:_MOST_SETS]]
    return " and ".join(steps) + (f"; it is also published {', '.join(others)}" if others else "")


def _place(stat: MetricStat, surplus: frozenset[str]) -> Location:
    """The dimension that is too many; else the dimensions; else the metric that has none."""
    if surplus:
        return place_of_dimension(stat, min(surplus))
    if stat.dimensions:
        return stat.written.place("dimensions")
    return place_of_metric(stat, stat.name)


def _say_by(names: frozenset[str]) -> str:
    return f"by {_join(names)}" if names else "without dimensions"


def _join(names: Iterable[str]) -> str:
    return " and ".join(sorted(names))

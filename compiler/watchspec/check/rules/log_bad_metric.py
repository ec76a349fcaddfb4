"""A metric filter makes a metric that CloudWatch Logs refuses.

Why: the names of metrics and namespaces have no `:`, `*` or `$`, a value is a number or a field, and there
are at most 3 dimensions, those that AWS adds among them. The deployment of the stack would fail.

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
    metrics: {errors: {pattern: ERROR, name: 'Errors: all'}}
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
    metrics: {errors: {pattern: ERROR, name: Errors of all}}
```

Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_MetricTransformation.html (read 2026-11-24)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from watchspec.catalog.quotas import LOGS_DIMENSIONS
from watchspec.diagnostics import Diagnostic, Location, Rule, Severity, shorten
from watchspec.model.logs import MetricFilter
from watchspec.model.monitoring import Monitoring

RULE = Rule("log/bad-metric", __doc__)
_FOREIGN = re.compile(r"[:*$]")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Names, values and dimensions that CloudWatch Logs does not take."""
    for one in monitoring.metric_filters:
        for noun, name, place in _names_of(one, monitoring):
            foreign = _FOREIGN.search(name)
            if foreign is not None:
                message = f'the name of a {noun} has no "{foreign.group()}"'
                yield RULE.find(Severity.ERROR, message, place)
        if not one.value.startswith("$") and not _NUMBER.fullmatch(one.value):
            message = f'"{shorten(one.value)}" is neither a number nor a field'
            help_text = "write a number such as 1, or a field such as $.duration"
            yield RULE.find(Severity.ERROR, message, one.source.place("value"), help=help_text)
        yield from _count_dimensions(one)


def _names_of(one: MetricFilter, monitoring: Monitoring) -> Iterator[tuple[str, str, Location]]:
    yield "metric", one.metric_name, one.source.place("name")
    node = one.source if "namespace" in one.source else monitoring.source
    yield "namespace", one.namespace, node.place("namespace")


def _count_dimensions(one: MetricFilter) -> Iterator[Diagnostic]:
    for added in one.properties:
        if added.name == "EmitSystemFieldDimensions" and isinstance(added.value, list):
            count = len(one.dimensions) + len(added.value)
            if count > LOGS_DIMENSIONS:
                message = f"the metric has {count} dimensions; {LOGS_DIMENSIONS} are the most"
                yield RULE.find(Severity.ERROR, message, added.value_place)

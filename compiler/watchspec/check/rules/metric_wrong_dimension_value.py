"""A dimension has a value that it never has.

Why: values are compared letter by letter. Queues, topics and functions are named, not given by ARN or
address; a load balancer is given by the end of its ARN; storage types are a fixed list.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  age:
    metric: AWS/SQS ApproximateAgeOfOldestMessage
    dimensions: {QueueName: "https://sqs.eu-west-1.amazonaws.com/123456789012/orders"}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  age:
    metric: AWS/SQS ApproximateAgeOfOldestMessage
    dimensions: {QueueName: orders}
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/aws-services-cloudwatch-metrics.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.catalog.dimensions import UNLISTED_VALUES, name_in_address
from watchspec.catalog.metrics import look_up_metric
from watchspec.check.measured import measured_stats
from watchspec.diagnostics import Diagnostic, Rule, Severity, near_miss, shorten, suggest_name
from watchspec.model.monitoring import Monitoring
from watchspec.model.signals import MetricStat
from watchspec.model.source import Map

RULE = Rule("metric/wrong-dimension-value", __doc__)
_FEW = 3
"""So few values are a closed list; AWS adds to a longer one."""


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Values that are addresses, or not among those AWS documents."""
    for stat in measured_stats(monitoring):
        values = stat.written.get("dimensions")
        for name, value in values.items() if isinstance(values, Map) else ():
            written = str(value)
            if not written.startswith("${"):  # what only the deployment knows
                yield from _check_value(stat, name, written)


def _check_value(stat: MetricStat, name: str, written: str) -> Iterator[Diagnostic]:
    place = stat.written.place("dimensions", name)
    wanted = name_in_address(stat.namespace, name, written)
    if wanted is not None:
        message = f'no {name} of {stat.namespace} is "{shorten(written)}"'
        yield RULE.find(Severity.ERROR, message, place, help=f"write {wanted}")
        return
    known = look_up_metric(stat.namespace, stat.name).dimension_values.get(name, ())
    if not known or written in known or "${" in written:
        return
    meant = near_miss(written, known)
    message = f'there is no {name} "{shorten(written)}"'
    hint = f'did you mean "{meant}"?' if meant else suggest_name(written, known)
    help_text = f"write {known[0]}" if len(known) == 1 and not hint else ""
    if name not in UNLISTED_VALUES and (meant or len(known) <= _FEW):
        yield RULE.find(Severity.ERROR, message, place, hint=hint, help=help_text)
    else:
        message += ", as far as is known"
        yield RULE.find(Severity.WARNING, message, place, hint=hint, help=help_text)

"""An alarm watches an expression that gives no single series, or one that searches for metrics.

Why: CloudWatch alarms compare one series with a threshold. `SUM(m)` of one metric is a number, `[a, b]`
are several series, and SEARCH is refused in alarms.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  errors: {metric: Shop Errors}
  requests: {metric: Shop Requests}
alarms:
  rate: {severity: info, notify: [], when: {expression: SUM(errors) / SUM(requests), above: 0.1}}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  errors: {metric: Shop Errors}
  requests: {metric: Shop Requests}
alarms:
  rate: {severity: info, notify: [], when: {expression: errors / requests, above: 0.1}}
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.check.math_kinds import kind_of_math
from watchspec.diagnostics import Diagnostic, Rule, Severity
from watchspec.languages import Problem, parse_metric_math
from watchspec.model.metric_math import Call, walk_math
from watchspec.model.monitoring import Monitoring
from watchspec.model.signals import MetricMath
from watchspec.model.source import Map

RULE = Rule("alarm/impossible-expression", __doc__)
_HELP = {
    "scalar": "leave out the function that makes one number of the series, or use TIME_SERIES",
    "array": "make one series of them with SUM, AVG, MIN or MAX",
}
_WORDS = {
    "scalar": "the expression gives one number, and an alarm watches a series",
    "array": "the expression gives several series, and an alarm watches one",
}


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Alarms on expressions that CloudWatch would refuse."""
    for alarm in monitoring.alarms:
        if alarm.signal is None or not isinstance(alarm.signal.source, MetricMath):
            continue
        source = alarm.signal.source
        when = alarm.source["when"]
        key = "expression" if isinstance(when, Map) and "expression" in when else "metric"
        place = alarm.source.place("when", key)
        texts = [one.source for one in source.inputs if isinstance(one.source, str)]
        if any(map(_searches, (source.expression, *texts))):
            message = "the expression searches for metrics, which no alarm may"
            help_text = "name the metrics, or use a Metrics Insights query"
            yield RULE.find(Severity.ERROR, message, place, help=help_text)
            continue
        kind = kind_of_math(source)
        if kind in _WORDS:
            yield RULE.find(Severity.ERROR, _WORDS[kind], place, help=_HELP[kind])


def _searches(text: str) -> bool:
    term = parse_metric_math(text)
    if isinstance(term, Problem):
        return False
    return any(isinstance(one, Call) and one.function == "SEARCH" for one in walk_math(term))

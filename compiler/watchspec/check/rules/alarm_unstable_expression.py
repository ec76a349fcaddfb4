"""An alarm watches an expression whose value depends on how much CloudWatch happens to read.

Why: an alarm reads more data points than it judges, and not always as many. `AVG(m)` or `SUM(m)` of one
metric, RUNNING_SUM, DATAPOINT_COUNT and REMOVE_EMPTY change with them, and RATE guesses over gaps.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  orders: {metric: Shop Orders}
alarms:
  unusual: {severity: info, notify: [], when: {expression: orders / AVG(orders), above: 2}}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  orders: {metric: Shop Orders}
alarms:
  unusual: {severity: info, notify: [], when: {metric: orders, above_band: 2}}
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-limits.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from watchspec.catalog.metric_math import REDUCING, UNSTABLE
from watchspec.check.math_kinds import Kinds, kind_of_math, kind_of_term, kinds_of_inputs
from watchspec.check.measured import Expression, read_expression
from watchspec.diagnostics import Diagnostic, Location, Rule, Severity
from watchspec.languages import Problem, parse_metric_math
from watchspec.model.metric_math import Call, Name, walk_math
from watchspec.model.monitoring import Monitoring
from watchspec.model.signals import MetricStat

RULE = Rule("alarm/unstable-expression", __doc__)
_HELP = "use each metric as it is, give a filter a default, or watch for an unusual value with above_band"


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Functions that AWS advises against in alarms."""
    with_gaps = {
        (one.namespace, one.metric_name) for one in monitoring.metric_filters if one.default is None
    }
    for alarm in monitoring.alarms:
        expression = None if alarm.signal is None else read_expression(alarm.signal)
        # One that gives a number is another finding.
        if expression is not None and kind_of_math(expression.source) != "scalar":
            for problem, place in _find_problems(expression, with_gaps):
                yield RULE.find(Severity.WARNING, problem, place, help=_HELP)


def _find_problems(
    expression: Expression, with_gaps: Collection[tuple[str, str]]
) -> Iterator[tuple[str, Location]]:
    source = expression.source
    kinds = kinds_of_inputs(source)
    sparse = {
        one.id
        for one in source.inputs
        if isinstance(one.source, MetricStat)
        and (one.source.namespace, one.source.name) in with_gaps
    }
    for call in _find_calls(expression.text):
        problem = _judge(call, kinds, sparse)
        if problem:
            yield problem, expression.point_at(call.offset, len(call.function))
    for one in source.inputs:
        for call in _find_calls(one.source) if isinstance(one.source, str) else ():
            problem = _judge(call, kinds, sparse)
            if problem:
                yield f"{problem}, in a metric that the expression is made of", expression.place


def _find_calls(text: str) -> Iterator[Call]:
    term = parse_metric_math(text)
    for one in () if isinstance(term, Problem) else walk_math(term):
        if isinstance(one, Call) and one.arguments:
            yield one


def _judge(call: Call, kinds: Kinds, sparse: Collection[str]) -> str:
    """What is unstable about a call, or an empty text."""
    first = call.arguments[0]
    if call.function in UNSTABLE:
        return f'"{call.function}" depends on how many data points the alarm reads'
    if call.function in REDUCING and kind_of_term(first, kinds) == "series":
        return f'"{call.function}" of one series depends on how many data points the alarm reads'
    if call.function == "RATE" and isinstance(first, Name) and first.id in sparse:
        return f'"{first.id}" has gaps, and "RATE" over gaps is unpredictable'
    return ""

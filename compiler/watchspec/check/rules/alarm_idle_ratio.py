"""An alarm watches a quotient that has no value while nothing happens, and does not say what then.

Why: CloudWatch drops a data point that divides by zero, and takes a missing divisor for zero. On a quiet
night the alarm has no data, and what that means depends on the service: say it.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  errors: {metric: AWS/Lambda Errors, dimensions: {FunctionName: shop}, statistic: Sum}
  calls: {metric: AWS/Lambda Invocations, dimensions: {FunctionName: shop}, statistic: Sum}
alarms:
  failing: {severity: info, when: {expression: 100 * errors / calls, unit: Percent, above: 5%}}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
metrics:
  errors: {metric: AWS/Lambda Errors, dimensions: {FunctionName: shop}, statistic: Sum}
  calls: {metric: AWS/Lambda Invocations, dimensions: {FunctionName: shop}, statistic: Sum}
alarms:
  failing:
    severity: info
    when: {expression: 100 * errors / calls, unit: Percent, above: 5%}
    missing_data: notBreaching
```

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html (read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Iterator

from watchspec.check.math_ranges import MathReader
from watchspec.check.measured import read_expression
from watchspec.check.ranges import Ranges
from watchspec.diagnostics import Diagnostic, Related, Rule, Severity
from watchspec.model.metric_math import Array, Call, MathTerm, Name, Negative, Operation
from watchspec.model.monitoring import Monitoring

RULE = Rule("alarm/idle-ratio", __doc__)


def check(monitoring: Monitoring) -> Iterator[Diagnostic]:
    """Alarms on quotients whose divisor can be zero, with nothing said of missing data."""
    ranges = Ranges(monitoring, is_sure=False)
    for alarm in monitoring.alarms:
        expression = None if alarm.signal is None else read_expression(alarm.signal)
        if expression is None or "missing_data" in alarm.source:
            continue
        inputs = ranges.read_inputs(expression.source)
        divisor = next(_find_zeros(expression.term, inputs), None)
        if divisor is not None:
            where = expression.point_at(divisor.offset, len(divisor.id))
            yield RULE.find(
                Severity.NOTE,
                f'"{alarm.key}" has no data while "{divisor.id}" is zero or missing',
                alarm.place,
                help="say  missing_data: notBreaching, breaching, ignore or missing",
                related=[Related(where, "the divisor")],
            )


def _find_zeros(term: MathTerm, reader: MathReader) -> Iterator[Name]:
    """Names that are divided by and can be zero; what stands in IF has most likely been thought of."""
    match term:
        case Operation(operators=operators, terms=(_, *rest)):
            for operator, one in zip(operators, rest, strict=True):
                if operator == "/" and isinstance(one, Name) and _can_be_zero(one, reader):
                    yield one
            inner: tuple[MathTerm, ...] = term.terms
        case Call() if term.function != "IF":
            inner = term.arguments
        case Array():
            inner = term.items
        case Negative():
            inner = (term.term,)
        case _:
            inner = ()
    for one in inner:
        yield from _find_zeros(one, reader)


def _can_be_zero(name: Name, reader: MathReader) -> bool:
    """Whether zero is the least that a name can be; of one that may be anything nothing is known."""
    return reader.read(name).values.low == 0

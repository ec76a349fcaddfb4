"""Findings about metrics."""

from watchspec.diagnostics import Rule
from watchspec.resolve.rules.page import write_page

_METRIC_MATH = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html (read 2026-11-24)"

UNKNOWN_METRIC = Rule(
    "metric/unknown",
    write_page(
        """
Something refers to a metric that the spec does not have.

Why: metrics of the spec are named in `metrics` and under the `metrics` of a log; an AWS metric is
written as "Namespace Name".
""",
        "dashboards:\n  main: {rows: [{graph: cpu}]}",
        "metrics:\n  cpu: {metric: AWS/EC2 CPUUtilization}\ndashboards:\n  main: {rows: [{graph: cpu}]}",
    ),
)

NOT_ONE_METRIC = Rule(
    "metric/not-one-metric",
    write_page(
        """
A statistic, dimensions, a Region or an account is given for an expression or a query.

Why: only a metric of AWS has them; an expression is made of metrics that each have their own.
""",
        """metrics:
  cpu: {metric: AWS/EC2 CPUUtilization}
  half: {expression: cpu / 2}
dashboards:
  main: {rows: [{graph: [{metric: half, statistic: Maximum}]}]}""",
        """metrics:
  cpu: {metric: AWS/EC2 CPUUtilization, statistic: Maximum}
  half: {expression: cpu / 2}
dashboards:
  main: {rows: [{graph: [half]}]}""",
    ),
)

METRIC_CYCLE = Rule(
    "metric/cycle",
    write_page(
        """
Metrics are made of each other in a circle.

Why: an expression needs metrics that exist without it.
""",
        "metrics:\n  a: {expression: b + 1}\n  b: {expression: a + 1}",
        "metrics:\n  a: {metric: Shop A}\n  b: {expression: a + 1}",
    ),
)

NAMED_TWICE = Rule(
    "metric/named-twice",
    write_page(
        """
A metric filter has the name of another metric.

Why: each signal is named once; the metrics of all logs share their names with `metrics`.
""",
        """metrics:
  hits: {metric: Shop Hits}
logs:
  backend: {group: /shop, retention: 30 days, metrics: {hits: {pattern: hit}}}""",
        """logs:
  backend: {group: /shop, retention: 30 days, metrics: {hits: {pattern: hit}}}""",
    ),
)

MIXED_REGIONS = Rule(
    "metric/mixed-regions",
    write_page(
        """
An expression mixes metrics of different Regions.

Why: CloudWatch evaluates an expression in one Region, on the metrics of that Region.
""",
        """metrics:
  cost: {metric: AWS/Billing EstimatedCharges, dimensions: {Currency: USD}}
  cpu: {metric: AWS/EC2 CPUUtilization}
  both: {expression: cost / cpu}""",
        """metrics:
  cpu: {metric: AWS/EC2 CPUUtilization}
  half: {expression: cpu / 2}""",
        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html (read 2026-11-24)",
    ),
)

BAD_PERIOD = Rule(
    "metric/bad-period",
    write_page(
        """
A period is not one CloudWatch has.

Why: a period is 10, 20 or 30 seconds or a multiple of a minute.
""",
        "metrics:\n  cpu: {metric: AWS/EC2 CPUUtilization, period: 90s}",
        "metrics:\n  cpu: {metric: AWS/EC2 CPUUtilization, period: 5m}",
        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html (read 2026-11-24)",
    ),
)

BAD_EXPRESSION = Rule(
    "metric/bad-expression",
    write_page(
        """
An expression cannot be read as metric math.

Why: CloudWatch would refuse the alarm, and a graph would show an error in place of a line. An
expression is made of metrics, numbers, + - * / ^, comparisons, AND, OR, brackets and functions in
capitals.
""",
        """metrics:
  cpu: {metric: AWS/EC2 CPUUtilization}
  high: {expression: max(cpu) 2}""",
        """metrics:
  cpu: {metric: AWS/EC2 CPUUtilization}
  high: {expression: cpu * 2}""",
        _METRIC_MATH,
    ),
)

UNKNOWN_FUNCTION = Rule(
    "metric/unknown-function",
    write_page(
        """
An expression uses a function that AWS does not document.

Why: CloudWatch refuses functions it does not know. It is a warning, because AWS may have added one.
""",
        """metrics:
  cpu: {metric: AWS/EC2 CPUUtilization}
  high: {expression: ABSOLUTE(cpu)}""",
        """metrics:
  cpu: {metric: AWS/EC2 CPUUtilization}
  high: {expression: ABS(cpu)}""",
        _METRIC_MATH,
    ),
)

RULES = (
    BAD_EXPRESSION,
    UNKNOWN_FUNCTION,
    UNKNOWN_METRIC,
    NOT_ONE_METRIC,
    METRIC_CYCLE,
    NAMED_TWICE,
    MIXED_REGIONS,
    BAD_PERIOD,
)

"""Findings about dashboards."""

from watchspec.diagnostics import Rule
from watchspec.resolve.rules.page import write_page

ROW_TOO_WIDE = Rule(
    "dashboard/row-too-wide",
    write_page(
        """
The widgets of a row do not fit into the 24 columns of a dashboard.

Why: what does not fit would be laid over something else.
""",
        """metrics:
  cpu: {metric: AWS/EC2 CPUUtilization}
  network: {metric: AWS/EC2 NetworkIn}
dashboards:
  main: {rows: [[{graph: cpu, width: 20}, {graph: network, width: 20}]]}""",
        """metrics:
  cpu: {metric: AWS/EC2 CPUUtilization}
  network: {metric: AWS/EC2 NetworkIn}
dashboards:
  main: {rows: [[{graph: cpu, width: 12}, {graph: network, width: 12}]]}""",
        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html (read 2026-11-24)",
    ),
)

NOTHING_SHOWN = Rule(
    "dashboard/nothing-shown",
    write_page(
        """
A widget has nothing to show.

Why: an empty widget on a dashboard looks like good news.
""",
        "dashboards:\n  main: {rows: [{alarms: all}]}",
        """metrics:
  cpu: {metric: AWS/EC2 CPUUtilization}
alarms:
  hot: {severity: info, notify: [], when: {metric: cpu, above: 70%, for: 10m}}
dashboards:
  main: {rows: [{alarms: all}]}""",
    ),
)

TOO_MUCH = Rule(
    "dashboard/too-much",
    """
A dashboard or a widget has more parts than CloudWatch takes.

Why: a dashboard has 500 widgets, a widget 500 lines or 100 alarm states at the most.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html (read 2026-11-24)
""",
)

BAD_VARIABLE = Rule(
    "dashboard/bad-variable",
    write_page(
        """
A variable of a dashboard has nothing to choose from, or a default that cannot be chosen.

Why: CloudWatch refuses the dashboard, or shows an empty list.
""",
        """dashboards:
  main:
    variables: {stage: {property: Stage, input: select}}
    rows: [{text: Hello}]""",
        """dashboards:
  main:
    variables: {stage: {property: Stage, input: select, values: [test, live]}}
    rows: [{text: Hello}]""",
        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html (read 2026-11-24)",
    ),
)

BAD_ANNOTATION = Rule(
    "dashboard/bad-annotation",
    write_page(
        """
An annotation or an axis cannot be drawn.

Why: a band goes from value to value or from time to time; values are shaded above or below, times
before or after; a scale ends above its beginning; a time must exist.
""",
        """metrics:
  cpu: {metric: AWS/EC2 CPUUtilization}
dashboards:
  main: {rows: [{graph: cpu, annotations: [{at: 70%, fill: before}]}]}""",
        """metrics:
  cpu: {metric: AWS/EC2 CPUUtilization}
dashboards:
  main: {rows: [{graph: cpu, annotations: [{at: 70%, fill: above}]}]}""",
        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html (read 2026-11-24)",
    ),
)

TWO_QUERIES = Rule(
    "dashboard/two-queries",
    write_page(
        """
A graph has two Metrics Insights queries.

Why: CloudWatch draws one in a widget.
""",
        """metrics:
  a: {query: SELECT AVG(CPUUtilization) FROM "AWS/EC2"}
  b: {query: SELECT MAX(CPUUtilization) FROM "AWS/EC2"}
dashboards:
  main: {rows: [{graph: [a, b]}]}""",
        """metrics:
  a: {query: SELECT AVG(CPUUtilization) FROM "AWS/EC2"}
  b: {query: SELECT MAX(CPUUtilization) FROM "AWS/EC2"}
dashboards:
  main: {rows: [[{graph: a}, {graph: b}]]}""",
        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html (read 2026-11-24)",
    ),
)

RULES = (
    ROW_TOO_WIDE,
    NOTHING_SHOWN,
    TOO_MUCH,
    BAD_VARIABLE,
    BAD_ANNOTATION,
    TWO_QUERIES,
)

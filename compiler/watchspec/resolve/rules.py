"""The findings of this room, each with its page."""

from watchspec.diagnostics import Rule

_HEAD = """version: v1
service: shop
environments:
  prod: {region: eu-west-1}
"""


def _page(text: str, bad: str, good: str, source: str = "") -> str:
    """A page with examples below the usual head of a spec."""
    examples = f"\nBad:\n```yaml\n{_HEAD}{bad.strip()}\n```\n\nGood:\n```yaml\n{_HEAD}{good.strip()}\n```\n"
    return text.rstrip() + "\n" + examples + (f"\nSource: {source}\n" if source else "")


BAD_QUANTITY = Rule(
    "quantity/malformed",
    _page(
        """
A quantity or a duration is not written as a number and a unit.

Why: 70% and 70 ms are different things; the compiler converts them to the unit of the metric.
""",
        "metrics:\n  cpu: {metric: AWS/EC2 CPUUtilization, levels: {high: '> many'}}",
        "metrics:\n  cpu: {metric: AWS/EC2 CPUUtilization, levels: {high: '> 70%'}}",
    ),
)
UNKNOWN_UNIT = Rule(
    "quantity/unknown-unit",
    _page(
        """
A quantity has a unit, but nobody said which unit the metric is in.

Why: without the unit of the metric the number cannot be converted.
""",
        "metrics:\n  age: {metric: Shop Age, levels: {high: '> 5m'}}",
        "metrics:\n  age: {metric: Shop Age, unit: Seconds, levels: {high: '> 5m'}}",
    ),
)
WRONG_KIND = Rule(
    "quantity/wrong-kind",
    _page(
        """
A quantity is of another kind than the metric.

Why: a percentage of bytes or a time in percent cannot be compared.
""",
        "metrics:\n  cpu: {metric: AWS/EC2 CPUUtilization, levels: {high: '> 2 GB'}}",
        "metrics:\n  cpu: {metric: AWS/EC2 CPUUtilization, levels: {high: '> 70%'}}",
    ),
)
NOT_AT_COMPILE_TIME = Rule(
    "reference/not-at-compile-time",
    _page(
        """
A deploy-time parameter stands where the value must be known when the spec is compiled.

Why: names and numbers that are checked, or that other things refer to, cannot wait for the
deployment. Use an environment's `values` instead.
""",
        """parameters:
  limit: {description: How much}
metrics:
  cpu: {metric: AWS/EC2 CPUUtilization, levels: {high: "${limit}"}}""",
        "metrics:\n  cpu: {metric: AWS/EC2 CPUUtilization, levels: {high: '> 70%'}}",
    ),
)
UNKNOWN_METRIC = Rule(
    "metric/unknown",
    _page(
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
    _page(
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
    _page(
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
    _page(
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
    _page(
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
    _page(
        """
A period is not one CloudWatch has.

Why: a period is 10, 20 or 30 seconds or a multiple of a minute.
""",
        "metrics:\n  cpu: {metric: AWS/EC2 CPUUtilization, period: 90s}",
        "metrics:\n  cpu: {metric: AWS/EC2 CPUUtilization, period: 5m}",
        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html (read 2026-11-24)",
    ),
)
UNKNOWN_LEVEL = Rule(
    "alarm/unknown-level",
    _page(
        """
An alarm refers to a level that its metric does not have, or to one without a comparison.

Why: the level of the metric is the threshold of the alarm.
""",
        """metrics:
  cpu: {metric: AWS/EC2 CPUUtilization, levels: {high: '> 70%'}}
alarms:
  hot: {severity: info, notify: [], when: {metric: cpu, level: hi}}""",
        """metrics:
  cpu: {metric: AWS/EC2 CPUUtilization, levels: {high: '> 70%'}}
alarms:
  hot: {severity: info, notify: [], when: {metric: cpu, level: high}}""",
    ),
)
BAD_WINDOW = Rule(
    "alarm/bad-window",
    _page(
        """
The time an alarm looks at does not fit its periods, or is longer than CloudWatch allows.

Why: `for` is a whole number of periods; periods below an hour may span a day in all, longer ones
a week; no more than all of the data points can breach.
""",
        """metrics:
  cpu: {metric: AWS/EC2 CPUUtilization, period: 5m}
alarms:
  hot: {severity: info, notify: [], when: {metric: cpu, above: 70%, for: 7m}}""",
        """metrics:
  cpu: {metric: AWS/EC2 CPUUtilization, period: 5m}
alarms:
  hot: {severity: info, notify: [], when: {metric: cpu, above: 70%, for: 10m}}""",
        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html (read 2026-11-24)",
    ),
)
BAD_BAND = Rule(
    "alarm/bad-band",
    _page(
        """
An anomaly-detection alarm watches something that has no band, or its band has no width.

Why: a band needs a metric or metric math, data points of a minute or more, and a positive number of
standard deviations.
""",
        """metrics:
  cpu: {query: SELECT AVG(CPUUtilization) FROM "AWS/EC2"}
alarms:
  odd: {severity: info, notify: [], when: {metric: cpu, outside_band: 2}}""",
        """metrics:
  cpu: {metric: AWS/EC2 CPUUtilization}
alarms:
  odd: {severity: info, notify: [], when: {metric: cpu, outside_band: 2}}""",
        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Anomaly_Detection.html (read 2026-11-24)",
    ),
)
UNKNOWN_ALARM = Rule(
    "alarm/unknown",
    _page(
        """
Something refers to an alarm that the spec does not have.

Why: composite alarms, mute rules and dashboards name alarms of the same spec, by their names there.
""",
        "dashboards:\n  main: {rows: [{alarms: [hot]}]}",
        """metrics:
  cpu: {metric: AWS/EC2 CPUUtilization}
alarms:
  hot: {severity: info, notify: [], when: {metric: cpu, above: 70%, for: 10m}}
dashboards:
  main: {rows: [{alarms: [hot]}]}""",
    ),
)
BAD_RULE = Rule(
    "alarm/bad-rule",
    _page(
        """
The rule of a composite alarm cannot be read, is a circle, or mixes Regions.

Why: a rule combines ALARM(name), OK(name) and INSUFFICIENT_DATA(name) with AND, OR, NOT, brackets
and AT_LEAST; all its alarms live in one account and Region.
""",
        """metrics:
  cpu: {metric: AWS/EC2 CPUUtilization}
alarms:
  hot: {severity: info, notify: [], when: {metric: cpu, above: 70%, for: 10m}}
  all: {severity: info, notify: [], when: {rule: hot}}""",
        """metrics:
  cpu: {metric: AWS/EC2 CPUUtilization}
alarms:
  hot: {severity: info, notify: [], when: {metric: cpu, above: 70%, for: 10m}}
  all: {severity: info, notify: [], when: {rule: ALARM(hot)}}""",
        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html (read 2026-11-24)",
    ),
)
ONLY_FOR_COMPOSITE = Rule(
    "alarm/not-composite",
    _page(
        """
Only a composite alarm can be suppressed by another alarm.

Why: CloudWatch has suppressors for composite alarms alone; a mute rule silences any alarm.
""",
        """metrics:
  cpu: {metric: AWS/EC2 CPUUtilization}
alarms:
  deploying: {severity: info, notify: [], when: {metric: cpu, above: 90%}}
  hot: {severity: info, notify: [], when: {metric: cpu, above: 70%}, suppressed_by: {alarm: deploying}}""",
        """metrics:
  cpu: {metric: AWS/EC2 CPUUtilization}
alarms:
  deploying: {severity: info, notify: [], when: {metric: cpu, above: 90%}}
  hot: {severity: info, notify: [], when: {metric: cpu, above: 70%}}
  any: {severity: info, notify: [], when: {any: [hot]}, suppressed_by: {alarm: deploying}}""",
        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html (read 2026-11-24)",
    ),
)
UNKNOWN_ROUTE = Rule(
    "notify/unknown-route",
    _page(
        """
Something notifies a route that the spec does not have.

Why: nobody would hear of it. Routes are named in `notify`; `notify: []` says that nobody should.
""",
        """metrics:
  cpu: {metric: AWS/EC2 CPUUtilization}
alarms:
  hot: {severity: critical, when: {metric: cpu, above: 70%, for: 10m}}""",
        """notify:
  critical: {email: [ops@example.com]}
metrics:
  cpu: {metric: AWS/EC2 CPUUtilization}
alarms:
  hot: {severity: critical, when: {metric: cpu, above: 70%, for: 10m}}""",
    ),
)
BAD_ENDPOINT = Rule(
    "notify/bad-endpoint",
    _page(
        """
An endpoint is not an e-mail address, a phone number, an https address or a function ARN.

Why: SNS would refuse the subscription when the stack is deployed.
""",
        "notify:\n  critical: {email: [ops at example.com]}",
        "notify:\n  critical: {email: [ops@example.com]}",
        "https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html (read 2026-11-24)",
    ),
)
NO_TARGET = Rule(
    "notify/no-target",
    _page(
        """
A route leads nowhere, or to a topic of its own and an existing one at once.

Why: a route needs an endpoint, an existing topic, an OpsItem or an action.
""",
        "notify:\n  critical: {on_recovery: true}",
        "notify:\n  critical: {email: [ops@example.com]}",
    ),
)
NO_TOPIC_IN_REGION = Rule(
    "notify/no-topic-in-region",
    _page(
        """
An alarm lives in a Region for which a route has no topic.

Why: alarm actions never cross Regions, and cost and health-check metrics exist only in us-east-1.
""",
        """notify:
  warning: {topic: "arn:aws:sns:eu-west-1:111122223333:alarms"}
metrics:
  cost: {metric: AWS/Billing EstimatedCharges, dimensions: {Currency: USD}}
alarms:
  cost: {severity: warning, when: {metric: cost, above: $60}}""",
        """notify:
  warning:
    topic: {us-east-1: "arn:aws:sns:us-east-1:111122223333:alarms"}
metrics:
  cost: {metric: AWS/Billing EstimatedCharges, dimensions: {Currency: USD}}
alarms:
  cost: {severity: warning, when: {metric: cost, above: $60}}""",
        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/monitor_estimated_charges_with_cloudwatch.html (read 2026-11-24)",
    ),
)
UNKNOWN_PARAMETER = Rule(
    "parameter/unknown",
    """
An environment gives a value to a parameter that the spec does not have.

Why: the value would be lost.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1, parameters: {clutser: shop}}
parameters:
  cluster: {description: ECS cluster}
tags: {cluster: "${cluster}"}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1, parameters: {cluster: shop}}
parameters:
  cluster: {description: ECS cluster}
tags: {cluster: "${cluster}"}
```
""",
)
BAD_PARAMETER = Rule(
    "parameter/bad-value",
    """
A value given to a parameter is not one it allows.

Why: the deployment would be refused.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1, parameters: {tier: gold}}
parameters:
  tier: {allowed: [silver, bronze]}
tags: {tier: "${tier}"}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1, parameters: {tier: silver}}
parameters:
  tier: {allowed: [silver, bronze]}
tags: {tier: "${tier}"}
```
""",
)
UNKNOWN_VARIABLE = Rule(
    "event/unknown-variable",
    _page(
        """
A message uses `<name>`, but nothing says what it stands for.

Why: EventBridge refuses a rule whose message has a variable without a path into the event.
""",
        """notify:
  info: {email: [ops@example.com]}
events:
  stopped:
    severity: info
    pattern: {source: [aws.ecs]}
    message: {text: The task <task> stopped.}""",
        """notify:
  info: {email: [ops@example.com]}
events:
  stopped:
    severity: info
    pattern: {source: [aws.ecs]}
    message: {values: {task: $.detail.taskArn}, text: The task <task> stopped.}""",
        "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html (read 2026-11-24)",
    ),
)
UNKNOWN_REGION = Rule(
    "environment/unknown-region",
    """
A Region is not among those known to this version of watchspec.

Why: it is misspelt, or it is newer than the list. Its templates are linted like those of us-east-1.

Bad:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-wset-1}
```

Good:
```yaml
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
```
""",
)
TCP_ASKS = Rule(
    "health-check/tcp-asks",
    _page(
        """
A health check of a TCP port has a path or a text to look for.

Why: it only opens a connection; http and https ask for a path and look at the answer.
""",
        """notify:
  critical: {email: [ops@example.com]}
health_checks:
  db: {host: db.example.com, protocol: tcp, port: 5432, contains: ok, alarm: {severity: critical}}""",
        """notify:
  critical: {email: [ops@example.com]}
health_checks:
  db: {host: db.example.com, protocol: tcp, port: 5432, alarm: {severity: critical}}""",
        "https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html (read 2026-11-24)",
    ),
)
NO_TOPIC_FOR_EVENT = Rule(
    "notify/no-topic-for-event",
    _page(
        """
An event is routed to something that has no topic in its Region.

Why: EventBridge sends the message to a topic; OpsItems and other actions are for alarms alone.
""",
        """notify:
  info: {ops_item: {severity: 4}}
events:
  stopped: {severity: info, event: ecs-task-stopped-unexpectedly}""",
        """notify:
  info: {email: [ops@example.com]}
events:
  stopped: {severity: info, event: ecs-task-stopped-unexpectedly}""",
    ),
)
UNKNOWN_LOG = Rule(
    "log/unknown",
    _page(
        """
Something refers to a log that the spec does not have.

Why: saved queries and widgets name the logs of the same spec.
""",
        """queries:
  Errors: {log: backend, question: Which errors?, query: filter level = "ERROR"}""",
        """logs:
  backend: {group: /shop, retention: 30 days}
queries:
  Errors: {log: backend, question: Which errors?, query: filter level = "ERROR"}""",
    ),
)
BAD_RETENTION = Rule(
    "log/bad-retention",
    _page(
        """
A log group is kept for a number of days that CloudWatch Logs does not offer, or nothing is said.

Why: only certain numbers of days exist, and lines that are kept for ever cost for ever.
""",
        "logs:\n  backend: {group: /shop, retention: 10 days}",
        "logs:\n  backend: {group: /shop, retention: 14 days}",
        "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html (read 2026-11-24)",
    ),
)
PROTECTED_DELETION = Rule(
    "log/protected-deletion",
    _page(
        """
A log group is both protected against deletion and deleted with its stack.

Why: AWS refuses to delete a protected group, so the stack could not be deleted either.
""",
        """logs:
  backend: {group: /shop, retention: 30 days, on_delete: delete, deletion_protection: true}""",
        """logs:
  backend: {group: /shop, retention: 30 days, on_delete: delete}""",
        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/protecting-log-groups-from-deletion.html (read 2026-11-24)",
    ),
)
NO_EFFECT = Rule(
    "log/no-effect",
    _page(
        """
A setting is given for a log group that somebody else makes.

Why: the group is only used here; what it is like is decided elsewhere.
""",
        """logs:
  backend: {group: /shop, existing: true, retention: 30 days}""",
        """logs:
  backend: {group: /shop, existing: true}""",
    ),
)
BAD_LANGUAGE = Rule(
    "query/wrong-language",
    _page(
        """
A saved query gives something that its language does not have.

Why: an SQL query names its log groups itself, in FROM; parameters exist in Logs Insights QL alone.
A dashboard shows only queries in Logs Insights QL whose parameters have defaults.
""",
        """logs:
  backend: {group: /shop, retention: 30 days}
queries:
  Errors: {log: backend, language: SQL, question: Which errors?, query: SELECT 1 FROM `/shop`}""",
        """queries:
  Errors: {language: SQL, question: Which errors?, query: SELECT 1 FROM `/shop`}""",
        "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutQueryDefinition.html (read 2026-11-24)",
    ),
)
UNKNOWN_QUERY = Rule(
    "query/unknown",
    _page(
        """
A widget shows a saved query that the spec does not have.

Why: the widget would be empty.
""",
        "dashboards:\n  main: {rows: [{query: Errors}]}",
        """logs:
  backend: {group: /shop, retention: 30 days}
queries:
  Errors: {log: backend, question: Which errors?, query: filter level = "ERROR"}
dashboards:
  main: {rows: [{query: Errors}]}""",
    ),
)
BAD_NAME = Rule(
    "name/not-possible",
    _page(
        """
A name in AWS is too long or has characters that AWS does not allow there.

Why: the deployment would be refused.
""",
        """metrics:
  cpu: {metric: AWS/EC2 CPUUtilization}
dashboards:
  my dashboard: {rows: [{graph: cpu}]}""",
        """metrics:
  cpu: {metric: AWS/EC2 CPUUtilization}
dashboards:
  my-dashboard: {rows: [{graph: cpu}]}""",
        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutDashboard.html (read 2026-11-24)",
    ),
)
BAD_PATTERN = Rule(
    "name/bad-pattern",
    """
The naming pattern does not hold `${name}`.

Why: without it all things would have the same name.

Bad:
```yaml
version: v1
service: shop
names: "${environment}-${service}"
environments:
  prod: {region: eu-west-1}
```

Good:
```yaml
version: v1
service: shop
names: "${environment}-${service}-${name}"
environments:
  prod: {region: eu-west-1}
```
""",
)
ROW_TOO_WIDE = Rule(
    "dashboard/row-too-wide",
    _page(
        """
The widgets of a row do not fit into the 24 columns of a dashboard.

Why: what does not fit would be laid over something else.
""",
        """metrics:
  cpu: {metric: AWS/EC2 CPUUtilization}
dashboards:
  main: {rows: [[{graph: cpu, width: 20}, {graph: cpu, width: 20}]]}""",
        """metrics:
  cpu: {metric: AWS/EC2 CPUUtilization}
dashboards:
  main: {rows: [[{graph: cpu, width: 12}, {graph: cpu, width: 12}]]}""",
        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html (read 2026-11-24)",
    ),
)
NOTHING_SHOWN = Rule(
    "dashboard/nothing-shown",
    _page(
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
    _page(
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
    _page(
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
    _page(
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
INTRINSIC = Rule(
    "reference/intrinsic",
    _page(
        """
A CloudFormation function (`Ref`, `Fn::Sub` …) stands in a free-form part of a spec.

Why: what an author writes is data; `${name}` is the one way to refer to something.
""",
        """logs:
  backend: {group: /shop, retention: 30 days, properties: {KmsKeyId: {Ref: Key}}}""",
        """parameters:
  key: {description: ARN of the key}
logs:
  backend: {group: /shop, retention: 30 days, properties: {KmsKeyId: "${key}"}}""",
    ),
)
DYNAMIC_REFERENCE = Rule(
    "reference/dynamic",
    _page(
        """
A text holds a CloudFormation dynamic reference (`{{resolve:…}}`).

Why: CloudFormation would put a secret or another value where text is meant; parameters with `ssm`
say the same in the open.
""",
        "tags: {team: '{{resolve:ssm:team}}'}",
        'parameters:\n  team: {ssm: /shop/team}\ntags: {team: "${team}"}',
        "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html (read 2026-11-24)",
    ),
)
WRONG_PLACE = Rule(
    "mute/bad-alarms",
    _page(
        """
A mute rule silences no alarm, or alarms of several Regions.

Why: a mute rule lives in one Region with the alarms it silences.
""",
        """mutes:
  night: {alarms: all, schedule: cron(0 2 * * *), duration: 1h, reason: Nightly load}""",
        """metrics:
  cpu: {metric: AWS/EC2 CPUUtilization}
alarms:
  hot: {severity: info, notify: [], when: {metric: cpu, above: 70%, for: 10m}}
mutes:
  night: {alarms: all, schedule: cron(0 2 * * *), duration: 1h, reason: Nightly load}""",
        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-mute-rules.html (read 2026-11-24)",
    ),
)

RULES = (
    BAD_QUANTITY,
    UNKNOWN_UNIT,
    WRONG_KIND,
    NOT_AT_COMPILE_TIME,
    UNKNOWN_METRIC,
    NOT_ONE_METRIC,
    METRIC_CYCLE,
    NAMED_TWICE,
    MIXED_REGIONS,
    BAD_PERIOD,
    UNKNOWN_LEVEL,
    BAD_WINDOW,
    BAD_BAND,
    UNKNOWN_ALARM,
    BAD_RULE,
    ONLY_FOR_COMPOSITE,
    UNKNOWN_ROUTE,
    BAD_ENDPOINT,
    NO_TARGET,
    NO_TOPIC_IN_REGION,
    UNKNOWN_PARAMETER,
    BAD_PARAMETER,
    UNKNOWN_VARIABLE,
    UNKNOWN_REGION,
    TCP_ASKS,
    NO_TOPIC_FOR_EVENT,
    UNKNOWN_LOG,
    BAD_RETENTION,
    PROTECTED_DELETION,
    NO_EFFECT,
    BAD_LANGUAGE,
    UNKNOWN_QUERY,
    BAD_NAME,
    BAD_PATTERN,
    ROW_TOO_WIDE,
    NOTHING_SHOWN,
    TOO_MUCH,
    BAD_VARIABLE,
    BAD_ANNOTATION,
    TWO_QUERIES,
    INTRINSIC,
    DYNAMIC_REFERENCE,
    WRONG_PLACE,
)

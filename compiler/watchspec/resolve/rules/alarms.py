"""Findings about alarms and mute rules."""

from watchspec.diagnostics import Rule
from watchspec.resolve.rules.page import write_page

UNKNOWN_LEVEL = Rule(
    "alarm/unknown-level",
    write_page(
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
    write_page(
        """
The time an alarm looks at does not fit its periods, or is longer than CloudWatch allows.

Why: `for` is a whole number of periods; periods below an hour may span a day in all, longer ones
a week, those of a Metrics Insights query three hours; no more than all of the data points can breach.
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
    write_page(
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
    write_page(
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
    write_page(
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
    write_page(
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

NO_DATA_OF_ITS_OWN = Rule(
    "alarm/no-data-of-its-own",
    write_page(
        """
A composite alarm says what missing data means.

Why: a composite alarm reads the states of other alarms; only those have data that can be missing.
""",
        """metrics:
  cpu: {metric: AWS/EC2 CPUUtilization}
alarms:
  hot: {severity: info, notify: [], when: {metric: cpu, above: 70%}}
  any: {severity: info, notify: [], when: {any: [hot]}, missing_data: breaching}""",
        """metrics:
  cpu: {metric: AWS/EC2 CPUUtilization}
alarms:
  hot: {severity: info, notify: [], when: {metric: cpu, above: 70%}, missing_data: breaching}
  any: {severity: info, notify: [], when: {any: [hot]}}""",
        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html (read 2026-11-24)",
    ),
)

OTHER_PARTITION = Rule(
    "alarm/other-partition",
    write_page(
        """
An alarm must live in a Region that the accounts of its environment do not have.

Why: metrics of billing, CloudFront and Route 53 exist only in us-east-1; accounts of the China
Regions, of GovCloud and of the European Sovereign Cloud have only Regions of their own partition.
""",
        """environments:
  china: {region: cn-north-1}
metrics:
  cost: {metric: AWS/Billing EstimatedCharges, dimensions: {Currency: USD}}
alarms:
  cost: {severity: info, notify: [], when: {metric: cost, above: $60}}""",
        """environments:
  china: {region: cn-north-1}
  world: {region: eu-west-1}
metrics:
  cost: {metric: AWS/Billing EstimatedCharges, dimensions: {Currency: USD}}
alarms:
  cost: {only: [world], severity: info, notify: [], when: {metric: cost, above: $60}}""",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html (read 2026-11-24)",
        head="version: v1\nservice: shop\n",
    ),
)

WRONG_PLACE = Rule(
    "mute/bad-alarms",
    write_page(
        """
A mute rule silences no alarm, alarms of several Regions, or more than a hundred.

Why: a mute rule lives in one Region with the alarms it silences, and AWS documents a hundred as the
most.
""",
        """mutes:
  night: {alarms: all, schedule: at(2027-01-10T06:00), duration: 1h, reason: Nightly load}""",
        """metrics:
  cpu: {metric: AWS/EC2 CPUUtilization}
alarms:
  hot: {severity: info, notify: [], when: {metric: cpu, above: 70%, for: 10m}}
mutes:
  night: {alarms: all, schedule: at(2027-01-10T06:00), duration: 1h, reason: Nightly load}""",
        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-mute-rules.html (read 2026-11-24)",
    ),
)

RULES = (
    UNKNOWN_LEVEL,
    BAD_WINDOW,
    BAD_BAND,
    UNKNOWN_ALARM,
    BAD_RULE,
    ONLY_FOR_COMPOSITE,
    NO_DATA_OF_ITS_OWN,
    OTHER_PARTITION,
    WRONG_PLACE,
)

"""Findings about routes, events and health checks."""

from watchspec.diagnostics import Rule
from watchspec.resolve.rules.page import write_page

UNKNOWN_ROUTE = Rule(
    "notify/unknown-route",
    write_page(
        """
Something notifies a route that the spec does not have.

Why: nobody would hear of it. Routes are named in `notify`; `notify: []` says that nobody should.
""",
        """metrics:
  cpu: {metric: AWS/EC2 CPUUtilization}
alarms:
  hot: {severity: warning, when: {metric: cpu, above: 70%, for: 10m}}""",
        """notify:
  warning: {email: [ops@example.com]}
metrics:
  cpu: {metric: AWS/EC2 CPUUtilization}
alarms:
  hot: {severity: warning, when: {metric: cpu, above: 70%, for: 10m}}""",
    ),
)

BAD_ENDPOINT = Rule(
    "notify/bad-endpoint",
    write_page(
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
    write_page(
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
    write_page(
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

UNKNOWN_VARIABLE = Rule(
    "event/unknown-variable",
    write_page(
        """
A message uses `<name>`, but nothing says what it stands for.

Why: EventBridge refuses a rule whose message has a variable without a path into the event.
""",
        """notify:
  info: {email: [ops@example.com]}
events:
  failed:
    severity: info
    pattern: {source: [shop.orders]}
    message: {text: The order <order> failed.}""",
        """notify:
  info: {email: [ops@example.com]}
events:
  failed:
    severity: info
    pattern: {source: [shop.orders]}
    message: {values: {order: $.detail.id}, text: The order <order> failed.}""",
        "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html (read 2026-11-24)",
    ),
)

TCP_ASKS = Rule(
    "health-check/tcp-asks",
    write_page(
        """
A health check of a TCP port has a path or a text to look for.

Why: it only opens a connection; http and https ask for a path and look at the answer.
""",
        """notify:
  warning: {email: [ops@example.com]}
health_checks:
  db: {host: db.example.com, protocol: tcp, port: 5432, contains: ok, alarm: {severity: warning}}""",
        """notify:
  warning: {email: [ops@example.com]}
health_checks:
  db: {host: db.example.com, protocol: tcp, port: 5432, alarm: {severity: warning}}""",
        "https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html (read 2026-11-24)",
    ),
)

NO_TOPIC_FOR_EVENT = Rule(
    "notify/no-topic-for-event",
    write_page(
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

RULES = (
    UNKNOWN_ROUTE,
    BAD_ENDPOINT,
    NO_TARGET,
    NO_TOPIC_IN_REGION,
    UNKNOWN_VARIABLE,
    TCP_ASKS,
    NO_TOPIC_FOR_EVENT,
)

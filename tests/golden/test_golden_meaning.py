"""What matters about each golden case, said plainly: sameness alone proves nothing."""

from __future__ import annotations

from typing import Any

import pytest

from emit.deployment import dashboards, deploy
from golden.cases import CASES, compile_case

NOTHING = "nothing stands there"
EXPORTS = {"network-<Plain>-cluster": "imported"}
ALARM_ARN = "arn:aws:cloudwatch:eu-west-1:123456789012:alarm:"
OPS_TOPIC = "arn:aws:sns:eu-west-1:123456789012:ops"
LAMBDA = "arn:aws:lambda:eu-west-1:123456789012:function:tell-chat"
WIDGET = "prod-shop/DashboardWeb/body/widgets/0"

# The path of a value: stack, logical id, property and so on downwards. `body` below a dashboard is
# its body; a stack alone is its logical ids; Resources, Parameters and Outputs are the sections.
MEANING: dict[str, dict[str, Any]] = {
    # Who hears of it
    "topic-with-email-sms-and-https": {
        "prod-shop/SubscriptionCriticalEmailKpdmicfeX7393199f": {
            "TopicArn": "<TopicCritical>",
            "Protocol": "email",
            "Endpoint": "<EmailKpdmicfe>",
        },
        "prod-shop/SubscriptionCriticalPhoneFdgkpnfcXca0b1a1f/Protocol": "sms",
        "prod-shop/SubscriptionCriticalWebhookFnidikbmX5c896d96/Protocol": "https",
        # No address stands in a template.
        "prod-shop/Parameters/EmailKpdmicfe/NoEcho": True,
        "prod-shop/Parameters/EmailKpdmicfe/Default": NOTHING,
    },
    "topic-with-lambda": {
        "prod-shop/SubscriptionCriticalTellChatX40fee5b0/Endpoint": LAMBDA,
        "prod-shop/PermissionCriticalTellChatEuWest1X32994a08": {
            "Action": "lambda:InvokeFunction",
            "FunctionName": LAMBDA,
            "Principal": "sns.amazonaws.com",
            "SourceArn": "arn:aws:sns:eu-west-1:123456789012:prod-shop-critical",
        },
    },
    "topic-with-lambda-in-two-regions": {
        # The permission lives beside the function, the subscription beside the topic.
        "prod-shop": ["PermissionWarningTellChatUsEast1Xf8323856"],
        "prod-shop/PermissionWarningTellChatUsEast1Xf8323856/SourceArn": (
            "arn:aws:sns:us-east-1:123456789012:prod-shop-warning"
        ),
        "prod-shop-us-east-1": [
            "TopicWarning",
            "PolicyOfTopicWarning",
            "SubscriptionWarningTellChatXef2ed524",
            "AlarmCost",
        ],
    },
    "topic-with-lambda-of-another-region": {
        "prod-shop": [
            "TopicCritical",
            "PolicyOfTopicCritical",
            "SubscriptionCriticalTellChatX9d68e986",
            "AlarmCpu",
        ],
        # Both topics call it, and it lets both.
        "prod-shop-us-east-1/PermissionCriticalTellChatEuWest1X554eef8e/SourceArn": (
            "arn:aws:sns:eu-west-1:123456789012:prod-shop-critical"
        ),
        "prod-shop-us-east-1/PermissionCriticalTellChatUsEast1Xb6d5b7bb/SourceArn": (
            "arn:aws:sns:us-east-1:123456789012:prod-shop-critical"
        ),
    },
    "topic-existing": {
        "prod-shop": ["AlarmCpuCritical", "AlarmCpuWarning"],
        "prod-shop/AlarmCpuCritical/AlarmActions": [OPS_TOPIC],
        "prod-shop/AlarmCpuWarning/AlarmActions": ["<Topic>"],
    },
    "topics-existing-by-region": {
        "prod-shop/AlarmCpu/AlarmActions": [OPS_TOPIC],
        "prod-shop-us-east-1/AlarmCost/AlarmActions": ["arn:aws:sns:us-east-1:123456789012:ops"],
    },
    "topic-with-own-key": {
        "prod-shop/TopicCritical/KmsMasterKeyId": "<KeyOfTopicCritical>",
        "prod-shop/KeyOfTopicCritical/KeyPolicy/Statement/1/Principal/Service": [
            "cloudwatch.amazonaws.com",
        ],
        "prod-shop/KeyOfTopicCritical/KeyPolicy/Statement/1/Action": [
            "kms:Decrypt",
            "kms:GenerateDataKey*",
        ],
        "prod-shop/KeyOfTopicCritical/EnableKeyRotation": True,
        # What it encrypts is gone within days, and with the topic.
        "prod-shop/Resources/KeyOfTopicCritical/DeletionPolicy": NOTHING,
    },
    "topic-with-own-key-heard-by-events": {
        # Events publish at home only.
        "prod-shop/KeyOfTopicCritical/KeyPolicy/Statement/1/Principal/Service": [
            "cloudwatch.amazonaws.com",
            "events.amazonaws.com",
        ],
        "prod-shop-us-east-1/KeyOfTopicCritical/KeyPolicy/Statement/1/Principal/Service": [
            "cloudwatch.amazonaws.com",
        ],
    },
    "topic-with-given-key": {
        "prod-shop/TopicCritical/KmsMasterKeyId": "<Key>",
        "prod-shop/TopicWarning/KmsMasterKeyId": (
            "arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555"
        ),
    },
    "topic-heard-by-events": {
        "prod-shop/PolicyOfTopicCritical/PolicyDocument/Statement/1/Principal": {
            "Service": "events.amazonaws.com"
        },
        "prod-shop/PolicyOfTopicCritical/PolicyDocument/Statement/1/Condition": {
            "StringEquals": {"aws:SourceAccount": "123456789012"},
            "ArnLike": {"aws:SourceArn": "arn:aws:events:eu-west-1:123456789012:rule/*"},
        },
        "prod-shop/EventDeploymentFailed/Targets/0/Arn": "<TopicCritical>",
    },
    "route-to-ops-item": {
        "prod-shop/AlarmCpuCritical/AlarmActions": [
            "arn:aws:ssm:eu-west-1:123456789012:opsitem:2#CATEGORY=Availability"
        ],
        "prod-shop/AlarmCpuWarning/AlarmActions": ["arn:aws:ssm:eu-west-1:123456789012:opsitem:3"],
    },
    "route-with-actions": {
        "prod-shop/AlarmCpu/OKActions": [OPS_TOPIC],
        "prod-shop/AlarmCpu/InsufficientDataActions": [OPS_TOPIC],
        # What an alarm says goes before what its route says.
        "prod-shop/AlarmCpuQuiet/AlarmActions": [OPS_TOPIC],
        "prod-shop/AlarmCpuQuiet/OKActions": NOTHING,
        "prod-shop/AlarmCpuQuiet/InsufficientDataActions": NOTHING,
    },
    # Alarms
    "alarm-on-a-metric": {
        "prod-shop/AlarmCpu/Statistic": "Average",
        "prod-shop/AlarmCpu/ComparisonOperator": "GreaterThanThreshold",
        "prod-shop/AlarmCpu/Threshold": 70,
        "prod-shop/AlarmCpu/Period": 60,
        "prod-shop/AlarmCpu/EvaluationPeriods": 10,
        "prod-shop/AlarmCpu/DatapointsToAlarm": 10,
        "prod-shop/AlarmCpu/Unit": NOTHING,  # AWS advises to leave it out
    },
    "alarm-on-a-percentile": {
        "prod-shop/AlarmLatency/ExtendedStatistic": "p99",
        "prod-shop/AlarmLatency/Statistic": NOTHING,
        "prod-shop/AlarmLatency/ComparisonOperator": "GreaterThanOrEqualToThreshold",
        "prod-shop/AlarmLatency/Threshold": 0.5,  # 500 ms of a metric in seconds
        "prod-shop/AlarmLatency/EvaluateLowSampleCountPercentile": "ignore",
    },
    "alarm-of-m-of-n": {
        "prod-shop/AlarmCpu/ComparisonOperator": "LessThanOrEqualToThreshold",
        "prod-shop/AlarmCpu/EvaluationPeriods": 5,
        "prod-shop/AlarmCpu/DatapointsToAlarm": 3,
    },
    "alarm-on-math": {
        "prod-shop/AlarmErrorRate/Metrics/0/Id": "errors",
        "prod-shop/AlarmErrorRate/Metrics/0/ReturnData": False,
        "prod-shop/AlarmErrorRate/Metrics/1/ReturnData": False,
        "prod-shop/AlarmErrorRate/Metrics/2/Expression": "100 * errors / requests",
        "prod-shop/AlarmErrorRate/Metrics/2/ReturnData": True,
        "prod-shop/AlarmErrorRate/MetricName": NOTHING,
        "prod-shop/AlarmErrorRate/Period": NOTHING,
    },
    "alarm-on-nested-math": {
        "prod-shop/AlarmSuccessRate/Metrics/2/Id": "error_rate",
        "prod-shop/AlarmSuccessRate/Metrics/2/Expression": (
            "100 * error_rate_errors / error_rate_requests"
        ),
        "prod-shop/AlarmSuccessRate/Metrics/3/Expression": "100 - error_rate",
        "prod-shop/AlarmSuccessRate/ComparisonOperator": "LessThanThreshold",
    },
    "alarm-on-a-metrics-insights-query": {
        "prod-shop/AlarmHottestTask/Metrics/0/Expression": (
            'SELECT MAX(CPUUtilization) FROM SCHEMA("AWS/ECS", ClusterName, ServiceName)'
            " WHERE ClusterName = 'shop'"
        ),
        "prod-shop/AlarmHottestTask/Metrics/0/Period": 300,  # required for a query
        "prod-shop/AlarmHottestTask/Metrics/0/ReturnData": True,
    },
    "alarm-on-an-expected-band": {
        "prod-shop/AlarmUnusual/ComparisonOperator": "LessThanLowerOrGreaterThanUpperThreshold",
        "prod-shop/AlarmAboveTheUsual/ComparisonOperator": "GreaterThanUpperThreshold",
        "prod-shop/AlarmBelowTheUsual/ComparisonOperator": "LessThanLowerThreshold",
        "prod-shop/AlarmBelowTheUsual/ThresholdMetricId": "band",
        "prod-shop/AlarmBelowTheUsual/Metrics/0/Id": "m1",
        "prod-shop/AlarmBelowTheUsual/Metrics/0/ReturnData": True,  # the metric and its band
        "prod-shop/AlarmBelowTheUsual/Metrics/1": {
            "Id": "band",
            "Expression": "ANOMALY_DETECTION_BAND(m1, 2.5)",
            "Label": "expected",
            "ReturnData": True,
        },
        "prod-shop/AlarmBelowTheUsual/Threshold": NOTHING,
    },
    "alarm-on-another-account": {
        "prod-shop/AlarmQueue/Metrics/0/AccountId": "210987654321",
        "prod-shop/AlarmQueue/Metrics/0/ReturnData": True,
        "prod-shop/AlarmQueue/Namespace": NOTHING,
    },
    "alarm-in-another-region": {
        # Actions never cross Regions, so its topic stands beside it, and nowhere else.
        "prod-shop-us-east-1/AlarmCost/AlarmActions": ["<TopicWarning>"],
        "prod-shop-us-east-1/SubscriptionWarningEmailX25fe14dd/Endpoint": "<Email>",
        "prod-shop": NOTHING,
    },
    "alarm-of-a-short-period": {
        "prod-shop/AlarmQueue/Period": 10,
        "prod-shop/AlarmQueue/EvaluationPeriods": 6,
    },
    "alarm-with-all-settings-of-missing-data": {
        "prod-shop/AlarmLeftOut/TreatMissingData": "missing",
        "prod-shop/AlarmMissing/TreatMissingData": "missing",
        "prod-shop/AlarmIgnored/TreatMissingData": "ignore",
        "prod-shop/AlarmBreaching/TreatMissingData": "breaching",
        "prod-shop/AlarmNotBreaching/TreatMissingData": "notBreaching",
        "prod-shop/AlarmLeftOutForDynamodb/TreatMissingData": "ignore",
    },
    "alarm-disabled": {"prod-shop/AlarmCpu/ActionsEnabled": False},
    "alarm-with-further-actions": {
        "prod-shop/AlarmCpu/AlarmActions": [
            "arn:aws:lambda:eu-west-1:123456789012:function:scale-out"
        ],
        "prod-shop/AlarmCpu/OKActions": ["arn:aws:lambda:eu-west-1:123456789012:function:scale-in"],
        "prod-shop/AlarmCpu/InsufficientDataActions": [OPS_TOPIC],
    },
    "alarm-with-runbook": {
        "prod-shop/AlarmCpu/AlarmDescription": (
            "CPU of the web tasks above 70 % for 10 minutes.\n"
            "Severity: info. Owner: web-team.\n"
            "Also seen while a cache warms up.\n"
            "Impact: Pages load slowly.\n"
            "1. See the tasks: aws ecs list-tasks --cluster shop\n"
            "2. Print the price: echo ${PRICE}\n"
            "Wiki: https://wiki.example.com/shop\n"
            "Dashboard: https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1"
            "#dashboards:name=prod-web-dashboard"
        ),
    },
    "composite-alarms": {
        "prod-shop/AlarmAllOfThem/AlarmRule": 'ALARM("prod-cpu") AND ALARM("prod-memory")',
        "prod-shop/AlarmAnyOfThem/AlarmRule": 'ALARM("prod-cpu") OR ALARM("prod-memory")',
        "prod-shop/AlarmByRule/AlarmRule": (
            'ALARM("prod-cpu") AND (NOT (ALARM("prod-memory") OR OK("prod-any-of-them")))'
        ),
        "prod-shop/AlarmOfAtLeast/AlarmRule": 'AT_LEAST(1, ALARM, ("prod-cpu", "prod-memory"))',
        "prod-shop/Resources/AlarmByRule/DependsOn": ["AlarmAnyOfThem", "AlarmCpu", "AlarmMemory"],
    },
    "composite-alarm-with-suppressor": {
        "prod-shop/AlarmCpuOutsideDeployments/ActionsSuppressor": "prod-deploying",
        "prod-shop/AlarmCpuOutsideDeployments/ActionsSuppressorWaitPeriod": 120,
        "prod-shop/AlarmCpuOutsideDeployments/ActionsSuppressorExtensionPeriod": 300,
        "prod-shop/Resources/AlarmCpuOutsideDeployments/DependsOn": ["AlarmCpu", "AlarmDeploying"],
    },
    "mute-rules": {
        "prod-shop/MuteNightlyBackup/Rule/Schedule": {
            "Expression": "cron(0 2 * * *)",
            "Duration": "PT90M",
            "Timezone": "Europe/Berlin",
        },
        "prod-shop/MuteNightlyBackup/MuteTargets/AlarmNames": ["prod-cpu"],
        "prod-shop/MuteNightlyBackup/ExpireDate": "2027-06-01T00:00",
        "prod-shop/MuteMoveOfTheDatabase/Rule/Schedule/Expression": "at(2027-01-10T06:00)",
        "prod-shop/MuteMoveOfTheDatabase/Rule/Schedule/Duration": "P1D",
        "prod-shop/MuteMoveOfTheDatabase/StartDate": "2027-01-01T00:00",
        "prod-shop/MuteMoveOfTheDatabase/ExpireDate": "2027-01-31T00:00",
        "prod-shop/Resources/MuteNightlyBackup/DependsOn": ["AlarmCpu"],
    },
    # Logs
    "log-group": {
        "prod-shop/LogWeb/LogGroupName": "/shop/web",
        "prod-shop/LogWeb/RetentionInDays": 30,
        "prod-shop/LogWeb/LogGroupClass": NOTHING,
    },
    "log-group-of-infrequent-access": {
        "prod-shop/LogAudit/LogGroupClass": "INFREQUENT_ACCESS",
        "prod-shop/LogAudit/RetentionInDays": 7,
    },
    "log-group-of-delivery": {
        "prod-shop/LogDelivered/LogGroupClass": "DELIVERY",
        "prod-shop/LogDelivered/RetentionInDays": NOTHING,  # AWS says how long
    },
    "log-group-kept-for-ever": {"prod-shop/LogAudit/RetentionInDays": NOTHING},
    "log-group-with-own-key": {
        "prod-shop/LogAudit/KmsKeyId": "<KeyOfLogAudit>.Arn",
        "prod-shop/KeyOfLogAudit/KeyPolicy/Statement/1/Principal/Service": (
            "logs.eu-west-1.amazonaws.com"
        ),
        # The key is good for this one log group, whose name is known only at deployment.
        "prod-shop/KeyOfLogAudit/KeyPolicy/Statement/1/Condition/ArnEquals": {
            "kms:EncryptionContext:aws:logs:arn": (
                "arn:aws:logs:eu-west-1:123456789012:log-group:/shop/<Database>/audit"
            )
        },
    },
    "log-group-with-given-key": {"prod-shop/LogAudit/KmsKeyId": "<Key>"},
    "log-group-deletable": {
        "prod-shop/Resources/LogScratch/DeletionPolicy": "Delete",
        "prod-shop/Resources/LogScratch/UpdateReplacePolicy": "Delete",
        "prod-shop/LogScratch/DeletionProtectionEnabled": False,
    },
    "log-group-existing": {
        "prod-shop": ["FilterFailures"],
        "prod-shop/FilterFailures/LogGroupName": "/aws/lambda/<Function>",
        "prod-shop/FilterFailures/MetricTransformations": [
            {"MetricNamespace": "shop/prod", "MetricName": "failures", "MetricValue": "1"}
        ],
    },
    "metric-filters": {
        "prod-shop/FilterRequests/MetricTransformations/0/DefaultValue": 0,
        "prod-shop/FilterRequestsByStatus/MetricTransformations/0/Dimensions": [
            {"Key": "Method", "Value": "$.method"},
            {"Key": "Status", "Value": "$.status"},
        ],
        # A filter with dimensions cannot have a default.
        "prod-shop/FilterRequestsByStatus/MetricTransformations/0/DefaultValue": NOTHING,
        "prod-shop/FilterDuration/MetricTransformations/0/MetricValue": "$.duration",
        "prod-shop/FilterDuration/MetricTransformations/0/Unit": "Milliseconds",
        "prod-shop/FilterRevenue/MetricTransformations/0": {
            "MetricNamespace": "Shop/Money",
            "MetricName": "Revenue",
            "MetricValue": "2.5",
        },
    },
    "saved-queries": {
        "prod-shop/QueryErrorsXcb702378/Name": "prod-shop/Errors",
        "prod-shop/QueryErrorsXcb702378/QueryString": (
            "# Which errors are the most frequent?\n"
            'filter level = "ERROR"\n'
            "| stats count(*) as errors by message"
        ),
        "prod-shop/QuerySlowLinesXe11e9667/Name": "shop/performance/Slow lines",
        "prod-shop/QuerySlowLinesXe11e9667/LogGroupNames": ["<LogWeb>", "/aws/lambda/<Function>"],
        "prod-shop/QuerySlowLinesXe11e9667/QueryString": (
            "# What is slow?\n# And since when?\nfilter duration > 1000"
        ),
        "prod-shop/QueryAnywhereX911b14a9/LogGroupNames": NOTHING,
    },
    "saved-query-with-parameters": {
        "prod-shop/QueryLinesOfACustomerX7b0ebd5e/Parameters": [
            {"Name": "count", "DefaultValue": "100"},
            {"Name": "customer", "Description": "The number of the customer"},
        ],
    },
    "saved-query-in-sql": {
        "prod-shop/QueryLinesByStatusXa6d591d5/QueryLanguage": "SQL",
        "prod-shop/QueryLinesByStatusXa6d591d5/QueryString": (  # no comment: # is not one in SQL
            "SELECT status, COUNT(*) FROM `/shop/web` GROUP BY status"
        ),
        "prod-shop/QueryLinesByStatusXa6d591d5/LogGroupNames": NOTHING,  # FROM names them
    },
    # Health checks
    "health-check-https": {
        "prod-shop/HealthCheckHome/HealthCheckConfig": {
            "Type": "HTTPS",
            "FullyQualifiedDomainName": "shop.example.com",
            "Port": 443,
            "RequestInterval": 30,
            "FailureThreshold": 3,
            "ResourcePath": "/health",
            "EnableSNI": True,
        },
        "prod-shop/AlarmHomeUnhealthy/Dimensions": [
            {"Name": "HealthCheckId", "Value": "<HealthCheckHome>"}
        ],
        "prod-shop/AlarmHomeUnhealthy/ComparisonOperator": "LessThanThreshold",
        "prod-shop/AlarmHomeUnhealthy/Threshold": 1,
        "prod-shop/AlarmHomeUnhealthy/Statistic": "Minimum",
        "prod-shop/AlarmHomeUnhealthy/EvaluationPeriods": 2,
        "prod-shop/AlarmHomeUnhealthy/TreatMissingData": "breaching",
    },
    "health-check-of-text": {
        "prod-shop/HealthCheckHome/HealthCheckConfig/Type": "HTTPS_STR_MATCH",
        "prod-shop/HealthCheckHome/HealthCheckConfig/SearchString": '"status": "ok"',
        "prod-shop/HealthCheckHome/HealthCheckConfig/MeasureLatency": True,
        "prod-shop/HealthCheckHome/HealthCheckConfig/RequestInterval": 10,
        "prod-shop/HealthCheckHome/HealthCheckConfig/FullyQualifiedDomainName": "<Host>",
        "prod-shop/AlarmHomeUnhealthy/AlarmDescription": (
            "Health check of https://<Host>/ failing for 1 minute.\nSeverity: info."
        ),
    },
    "health-check-tcp": {
        "prod-shop/HealthCheckMail/HealthCheckConfig": {
            "Type": "TCP",
            "FullyQualifiedDomainName": "mail.example.com",
            "Port": 25,
            "RequestInterval": 30,
            "FailureThreshold": 3,
        },
        "prod-shop/AlarmMailUnhealthy/AlarmDescription": (
            "Health check of mail.example.com:25 failing for 1 minute.\nSeverity: info."
        ),
    },
    "health-check-from-another-region": {
        # Its metric exists in us-east-1 only, and so does its alarm.
        "prod-shop-us-east-1": [
            "TopicCritical",
            "PolicyOfTopicCritical",
            "SubscriptionCriticalEmailX0ae503de",
            "HealthCheckHome",
            "AlarmHomeUnhealthy",
        ],
        "prod-shop": NOTHING,
    },
    # Events
    "event-known-by-name": {
        "prod-shop/EventTaskStopped/EventPattern": {
            "source": ["aws.ecs"],
            "detail-type": ["ECS Task State Change"],
            "detail": {
                "lastStatus": ["STOPPED"],
                "stopCode": ["EssentialContainerExited", "TaskFailedToStart"],
                "group": [{"prefix": "service:"}],
            },
        },
        "prod-shop/EventDeploymentFailed/EventPattern": {
            "source": ["aws.ecs"],
            "detail-type": ["ECS Deployment State Change"],
            "detail": {"eventName": ["SERVICE_DEPLOYMENT_FAILED"]},
        },
        "prod-shop/EventDeploymentFailed/Targets/0/InputTransformer/InputPathsMap/service": (
            "$.resources[0]"
        ),
    },
    "event-limited-to-a-service": {
        "prod-shop/EventTaskStopped/EventPattern/detail/clusterArn": [
            "arn:aws:ecs:eu-west-1:123456789012:cluster/<Cluster>"
        ],
        "prod-shop/EventTaskStopped/EventPattern/detail/group": ["service:web"],
        "prod-shop/EventDeploymentFailed/EventPattern/resources": [
            "arn:aws:ecs:eu-west-1:123456789012:service/<Cluster>/web"
        ],
        "prod-shop/EventDeploymentInClusterFailed/EventPattern/resources": [
            {"prefix": "arn:aws:ecs:eu-west-1:123456789012:service/<Cluster>/"}
        ],
    },
    "event-with-own-pattern-and-message": {
        "prod-shop/EventStateChanged/EventPattern": {
            "source": ["aws.ecs"],
            "detail": {"clusterArn": [{"suffix": "/<Cluster>"}]},
        },
        "prod-shop/EventStateChanged/Targets/0/InputTransformer/InputTemplate": (
            '"prod-state-changed. Severity: critical."\n'
            '"Task <task> of \\"<Cluster>\\" is <state>."\n'
            '"Rule: <aws.events.rule-name>"\n'
            '"A task of the cluster changed its state."\n'
            '"1. Look at the task."'
        ),
        "prod-shop/EventStateChanged/Targets/0/InputTransformer/InputPathsMap": {
            "state": "$.detail.lastStatus",
            "task": "$.detail.taskArn",
        },
    },
    "event-on-a-schedule": {
        "prod-shop/EventReminder/ScheduleExpression": "cron(0 9 ? * MON *)",
        "prod-shop/EventReminder/EventPattern": NOTHING,
        "prod-shop/EventReminder/Targets/0/InputTransformer": {
            "InputTemplate": '"prod-reminder. Severity: critical."\n"Look at the dashboards."'
        },
        "prod-shop/EventTick/State": "DISABLED",
        "prod-shop/EventTick/Targets/0/InputTransformer": NOTHING,  # the event itself is sent
    },
    "event-with-dead-letter-queue": {
        "prod-shop/EventTick/Targets/0/DeadLetterConfig/Arn": (
            "arn:aws:sqs:eu-west-1:123456789012:undelivered"
        ),
    },
    "event-on-another-bus": {"prod-shop/EventOrderLost/EventBusName": "<Bus>"},
    # Dashboards
    "widget-graph": {
        f"{WIDGET}/properties/view": NOTHING,  # a graph over time is what CloudWatch draws by itself
        f"{WIDGET}/properties/region": "eu-west-1",
        f"{WIDGET}/properties/metrics": [
            ["AWS/ECS", "CPUUtilization", "ClusterName", "shop", {"label": "CPU (average)"}],
            [
                "AWS/ECS",
                "CPUUtilization",
                "ClusterName",
                "shop",
                {"label": "busiest task, at most ${MAX}", "color": "#d62728", "stat": "Maximum"},
            ],
            [
                "AWS/ECS",
                "MemoryUtilization",
                "ClusterName",
                "shop",
                {"label": "MemoryUtilization of shop", "yAxis": "right", "visible": False},
            ],
        ],
    },
    "widget-graph-stacked": {
        f"{WIDGET}/properties/stacked": True,
        f"{WIDGET}/properties/legend": {"position": "right"},
        f"{WIDGET}/properties/liveData": True,
        f"{WIDGET}/properties/timezone": "+0100",
        f"{WIDGET}/properties/period": 300,
    },
    "widget-number": {
        f"{WIDGET}/properties/view": "singleValue",
        "prod-shop/DashboardWeb/body/widgets/1/properties/sparkline": True,
        "prod-shop/DashboardWeb/body/widgets/1/properties/singleValueFullPrecision": True,
        "prod-shop/DashboardWeb/body/widgets/2/properties/setPeriodToTimeRange": True,
    },
    "widget-gauge": {
        f"{WIDGET}/properties/view": "gauge",
        f"{WIDGET}/properties/yAxis": {"left": {"min": 0, "max": 100}},  # required for a gauge
    },
    "widget-bar": {f"{WIDGET}/properties/view": "bar"},
    "widget-pie": {f"{WIDGET}/properties/view": "pie"},
    "widget-table": {
        f"{WIDGET}/properties/view": "table",
        "prod-shop/DashboardWeb/body/widgets/1/properties/table": {
            "layout": "vertical",
            "stickySummary": True,
            "showTimeSeriesData": False,
            "summaryColumns": ["MAX"],
        },
    },
    "widget-text": {
        f"{WIDGET}/type": "text",
        f"{WIDGET}/properties/markdown": (
            '## Orders of "<Customer>"\n'
            "See [the wiki](https://wiki.example.com); a price is written ${PRICE}."
        ),
        "prod-shop/DashboardWeb/body/widgets/1/properties/background": "transparent",
    },
    "widget-alarm-states": {
        f"{WIDGET}/type": "alarm",
        f"{WIDGET}/properties/alarms": [f"{ALARM_ARN}prod-cpu", f"{ALARM_ARN}prod-memory"],
        # `shown` are the alarms on metrics of this dashboard.
        "prod-shop/DashboardWeb/body/widgets/1/properties/alarms": [f"{ALARM_ARN}prod-cpu"],
        "prod-shop/DashboardWeb/body/widgets/2/properties": {
            "title": "Broken",
            "alarms": [f"{ALARM_ARN}prod-memory"],
            "states": ["ALARM", "INSUFFICIENT_DATA"],
            "sortBy": "timestamp",
        },
    },
    "widget-alarm-graph": {
        f"{WIDGET}/type": "metric",
        f"{WIDGET}/properties/annotations": {"alarms": [f"{ALARM_ARN}prod-cpu"]},
        f"{WIDGET}/properties/metrics": NOTHING,  # not together with an alarm
    },
    "widget-saved-query": {
        f"{WIDGET}/type": "log",
        f"{WIDGET}/properties/query": (
            "SOURCE '/shop/web' | filter level = \"ERROR\"\n| stats count(*) by message"
        ),
    },
    "widget-saved-query-with-parameters": {
        # A dashboard asks nobody, so it takes the defaults; the saved query goes on asking.
        f"{WIDGET}/properties/query": (
            "SOURCE '/shop/web' | filter customer = \"4711\"\n| limit 100"
        ),
        "prod-shop/QueryLinesOfACustomerX7b0ebd5e/QueryString": (
            '# What did the customer do?\nfilter customer = "{{customer}}"\n| limit {{count}}'
        ),
    },
    "widget-log-query": {
        f"{WIDGET}/properties/query": (
            "SOURCE '/shop/web' | SOURCE '/aws/lambda/<Function>' | stats count(*) by bin(5m)"
        ),
        f"{WIDGET}/properties/view": "timeSeries",
        "prod-shop/DashboardWeb/body/widgets/1/properties/stacked": True,
    },
    "widget-explorer": {
        f"{WIDGET}/type": "explorer",
        f"{WIDGET}/properties/labels": [
            {"key": "InstanceType"},
            {"key": "service", "value": "shop"},
        ],
        f"{WIDGET}/properties/title": "CPU of the fleet",
    },
    "widget-chart": {
        f"{WIDGET}/type": "chart",
        f"{WIDGET}/properties/data/queries/0/type": "cloudwatch-metrics",
        f"{WIDGET}/properties/data/queries/0/region": "eu-west-1",
        f"{WIDGET}/properties/data/queries/1/region": "us-east-1",
    },
    "widget-custom": {
        f"{WIDGET}/type": "custom",
        f"{WIDGET}/properties/endpoint": (
            "arn:aws:lambda:eu-west-1:123456789012:function:draw-orders"
        ),
        f"{WIDGET}/properties/params": {"customer": "<Customer>", "top": 10},
        f"{WIDGET}/properties/updateOn": {"refresh": True, "resize": False, "timeRange": False},
    },
    "widget-raw": {
        f"{WIDGET}/properties": {
            "title": "Contributors of <Customer>",
            "region": "eu-west-1",
            "insightRule": {"maxContributorCount": 10, "orderBy": "Sum", "ruleName": "orders"},
        },
    },
    "dashboard-rows": {
        "prod-shop/DashboardWeb/body/widgets/2/x": 16,
        "prod-shop/DashboardWeb/body/widgets/3/y": 1,
        "prod-shop/DashboardWeb/body/widgets/3/width": 5,
        "prod-shop/DashboardWeb/body/widgets/3/height": 3,  # as tall as the tallest of its row
        "prod-shop/DashboardWeb/body/widgets/4/width": 10,
        "prod-shop/DashboardWeb/body/widgets/5/width": 9,
    },
    "dashboard-annotations": {
        f"{WIDGET}/properties/annotations": {
            "horizontal": [
                {"value": 70, "label": "busy", "color": "#ff7f0e", "fill": "above"},
                [{"value": 20, "label": "usual"}, {"value": 40}],
                {"value": 5, "yAxis": "right"},
            ],
            "vertical": [
                {"value": "2026-11-24T10:00:00Z", "label": "release", "fill": "after"},
                [
                    {"value": "2026-11-24T02:00:00Z", "label": "backup"},
                    {"value": "2026-11-24T04:00:00Z"},
                ],
            ],
        },
    },
    "dashboard-levels": {
        # Levels that get worse are bands up to the next and shaded beyond the last.
        f"{WIDGET}/properties/annotations/horizontal": [
            [{"value": 70, "label": "warning > 70 %", "color": "#ff7f0e"}, {"value": 90}],
            {"value": 90, "label": "critical > 90 %", "color": "#d62728", "fill": "above"},
            {"value": 60, "label": "budget 60 %", "color": "#7f7f7f"},
        ],
        "prod-shop/DashboardWeb/body/widgets/1/properties/annotations/horizontal/4": {
            "value": 2 * 1024**3,
            "label": "free storage: critical < 2 GiB",
            "color": "#d62728",
            "yAxis": "right",
            "fill": "below",
        },
    },
    "dashboard-variables": {
        "prod-shop/DashboardWeb/body/variables/0": {
            "id": "cluster",
            "type": "property",
            "property": "ClusterName",
            "inputType": "select",
            "label": "Cluster",
            "defaultValue": "shop",
            "values": [{"value": "shop"}, {"value": "shop-2", "label": "the second"}],
        },
        "prod-shop/DashboardWeb/body/variables/1/search": (
            '{AWS/ECS,ClusterName,ServiceName} MetricName="CPUUtilization"'
        ),
        "prod-shop/DashboardWeb/body/variables/1/populateFrom": "ServiceName",
        "prod-shop/DashboardWeb/body/variables/2/type": "pattern",
        "prod-shop/DashboardWeb/body/variables/2/visible": False,
    },
    "dashboard-start-and-end": {
        "prod-shop/DashboardBlackFriday/body/start": "2026-11-27T00:00:00Z",
        "prod-shop/DashboardBlackFriday/body/end": "2026-11-28T00:00:00Z",
        "prod-shop/DashboardBlackFriday/body/periodOverride": "inherit",
        "prod-shop/DashboardLastHours/body/start": "-PT12H",
        "prod-shop/DashboardLastDays/body/start": "-P3D",
        "prod-shop/DashboardLastWeeks/body/start": "-P2W",
    },
    "dashboard-second-region": {
        f"{WIDGET}/properties/region": "eu-west-1",
        f"{WIDGET}/properties/metrics/1/4/region": "us-east-1",
        f"{WIDGET}/properties/metrics/1/4/period": 21_600,  # the other lines have one minute
        f"{WIDGET}/properties/metrics/2/4/region": "us-west-2",
        f"{WIDGET}/properties/metrics/2/4/accountId": "210987654321",
        "prod-shop/DashboardWeb/body/widgets/1/properties/region": "us-east-1",
        "prod-shop/DashboardWeb/body/widgets/2/properties/annotations/alarms": [
            "arn:aws:cloudwatch:us-east-1:123456789012:alarm:prod-cost"
        ],
        "prod-shop-us-east-1": ["AlarmCost"],
    },
    "dashboard-math": {
        f"{WIDGET}/properties/metrics/2/0": {
            "expression": "100 * errors / requests",
            "id": "e1",
            "label": "ours",
        },
        # The second expression has inputs of the same names; they are others.
        f"{WIDGET}/properties/metrics/3/3": "app/theirs/0123456789abcdef",
        f"{WIDGET}/properties/metrics/3/4": {"id": "e2_errors", "visible": False, "stat": "Sum"},
        f"{WIDGET}/properties/metrics/5/0": {
            "expression": "100 * e2_errors / e2_requests",
            "id": "e2",
            "label": "theirs",
        },
        f"{WIDGET}/properties/metrics/6/0/label": "${PROP('Dim.ClusterName')}",
    },
    "dashboard-header": {
        f"{WIDGET}/x": 0,
        f"{WIDGET}/y": 0,
        f"{WIDGET}/width": 24,
        "prod-shop/DashboardWeb/body/widgets/1/y": 7,  # below the heading
        "prod-shop/DashboardWarehouse/body/widgets/0/type": "text",
    },
    "dashboard-axes": {
        f"{WIDGET}/properties/yAxis": {
            "left": {"label": "of the reserved CPU", "min": 0, "max": 100},
            "right": {"min": 0, "showUnits": False},
        },
    },
    # What goes through all of it
    "titles-known-at-deployment": {
        f"{WIDGET}/properties/title": "CPU of <Cluster>, MemoryUtilization of <Cluster>",
        f"{WIDGET}/properties/annotations/horizontal/0/label": "CPU of <Cluster>: warning > 70 %",
        "prod-shop/DashboardWeb/body/widgets/1/properties/title": "CPU of <Cluster>",
        "prod-shop/DashboardWeb/body/widgets/1/properties/metrics/1/4/label": (
            "CPU of <Cluster> (maximum)"
        ),
        "prod-shop/DashboardWeb/body/widgets/2/properties/title": (
            "CPU of <Cluster> above 70 % for 10 minutes"
        ),
        "prod-shop/AlarmMemory/Metrics/0/Label": "MemoryUtilization of <Cluster>",
    },
    "dollar-signs": {
        # Before a brace two stand for one; before anything else each is one.
        "prod-shop/DashboardPlain/body/widgets/0/properties/markdown": (
            "$5, $$5, ${BUDGET} and $${BUDGET}"
        ),
        f"{WIDGET}/properties/markdown": "$5, $$5, ${BUDGET} and $${BUDGET} of $<Budget>",
        "prod-shop/AlarmOrders/AlarmDescription": (
            "Orders below 1 for 1 minute.\n"
            "Severity: info.\n"
            "Orders of $<Budget> are lost, a $5 fee each; see ${BUDGET} in the shell."
        ),
    },
    "parameters": {
        f"{WIDGET}/properties/markdown": (
            "<Plain> shop 3 <Patterned> small <Stored> imported <Hidden> <Given>"
        ),
        "prod-shop/AlarmCpu/Dimensions/0/Value": "imported",
        "prod-shop/AlarmCpu/AlarmDescription": (
            "CPUUtilization of imported above 70 % for 1 minute.\nSeverity: info."
        ),
        "prod-shop/Parameters/Chosen/AllowedValues": ["small", "large"],
        "prod-shop/Parameters/Patterned/AllowedPattern": "[a-z]+",
        # It stands between the quotes of JSON, which one of its own would end.
        "prod-shop/Parameters/Plain": {
            "Type": "String",
            "AllowedPattern": r'[^"\\\n\r\t]*',
            "ConstraintDescription": "must hold no quotes and no backslashes",
        },
        "prod-shop/Parameters/Stored": {
            "Type": "AWS::SSM::Parameter::Value<String>",
            "Default": "/shop/prod/database",
        },
        "prod-shop/Parameters/Hidden/NoEcho": True,
        "prod-shop/Parameters/Exported": NOTHING,
        "prod-shop/Parameters/Given/Default": NOTHING,  # a deployment passes it
    },
    "tags-and-owner": {
        "prod-shop/LogWeb/Tags": [
            {"Key": "cost-center", "Value": "4711"},
            {"Key": "environment", "Value": "prod"},
            {"Key": "layer", "Value": "prod-<Layer>"},
            {"Key": "owner", "Value": "web-team"},
            {"Key": "service", "Value": "shop"},
            {"Key": "stage", "Value": "last"},
        ],
        "prod-shop/AlarmCpu/Tags/0": {"Key": "cost-center", "Value": "4712"},
        "prod-shop/AlarmCpu/Tags/3": {"Key": "owner", "Value": "cpu-team"},
    },
    "properties-of-ones-own": {
        "prod-shop/TopicCritical/SignatureVersion": "2",
        "prod-shop/LogWeb/FieldIndexPolicies": [{"Fields": ["customer", "<Cluster>"]}],
        "prod-shop/FilterErrors/FieldSelectionCriteria": '@aws.region = "eu-west-1"',
        "prod-shop/AlarmCpu/ActionConfiguration": {"AlarmTagsPropagation": {"Enabled": True}},
    },
    "for-each": {
        "prod-shop/AlarmCpuWeb/Threshold": 70,
        "prod-shop/AlarmCpuWorker/Threshold": 90,
        "prod-shop/AlarmCpuWorker/Dimensions/1/Value": "worker",
        f"{WIDGET}/properties/metrics/1/5": "worker",
    },
    "naming-pattern": {
        "prod-shop/AlarmErrors/AlarmName": "shop_errors_prod",
        "prod-shop/AlarmMoreErrors/AlarmName": "Far too many errors",
        "prod-shop/TopicCritical/TopicName": "shop_shop-critical_prod",
        "prod-shop/TopicWarning/TopicName": "their-own-name",
        "prod-shop/TopicWarning/DisplayName": "The shop",
        "prod-shop/FilterErrors/FilterName": "shop_shop-errors_prod",
        "prod-shop/FilterErrors/MetricTransformations/0/MetricNamespace": "Shop/prod",
        "prod-shop/AlarmErrors/Namespace": "Shop/prod",
        "prod-shop/EventTick/Name": "shop_tick_prod",
        "prod-shop/MuteNightly/Name": "shop_nightly_prod",
        "prod-shop/MuteNightly/MuteTargets/AlarmNames": ["shop_errors_prod", "Far too many errors"],
        "prod-shop/QueryErrorsXcb702378/Name": "shop_shop_prod/Errors",
        "prod-shop/DashboardWeb/DashboardName": "shop_web-dashboard_prod",
    },
    "environments-that-differ": {
        "dev-shop/AlarmCpu/Threshold": 70,
        "dev-shop/AlarmCpu/AlarmActions": NOTHING,
        "dev-shop/LogWeb/RetentionInDays": 3,
        "dev-shop/LogShared": NOTHING,
        "dev-shop/QueryErrorsXcb702378/LogGroupNames": ["<LogWeb>", "/shop/shared"],
        "prod-shop/AlarmCpu/Threshold": 90,
        "prod-shop/AlarmCpu/AlarmActions": ["<TopicCritical>"],
        "prod-shop/LogWeb/RetentionInDays": 30,
        "prod-shop/LogShared/LogGroupName": "/shop/shared",
    },
}


@pytest.mark.parametrize("case", CASES)
def test_stacks_of_a_case_mean_what_its_name_says(case: str) -> None:
    stacks = {one.stack_name: deploy(one, exports=EXPORTS) for one in compile_case(case).templates}

    found = {path: look_up(stacks, path) for path in MEANING[case]}

    assert found == MEANING[case]


def test_meaning_is_given_for_existing_cases_only() -> None:
    assert set(MEANING) == set(CASES)


def look_up(stacks: dict[str, Any], path: str) -> Any:
    """The value at a path; NOTHING if its last step leads nowhere."""
    stack, *steps = path.split("/")
    if not steps:
        return list(stacks[stack]["Resources"]) if stack in stacks else NOTHING
    body: dict[str, Any] = stacks[stack]
    if steps[0] in {"Resources", "Parameters", "Outputs"}:
        value: Any = body
    elif steps[1:2] == ["body"]:
        value, steps = dashboards(body)[steps[0]], steps[2:]
    else:
        value = {name: made["Properties"] for name, made in body["Resources"].items()}
    for step in steps[:-1]:
        value = value[int(step)] if isinstance(value, list) else value[step]
    if isinstance(value, list):
        return value[int(steps[-1])]
    return value.get(steps[-1], NOTHING)

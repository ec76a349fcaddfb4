"""What AWS allows at most, each with its source."""

from __future__ import annotations

_CLOUDWATCH = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference"
_CLOUDFORMATION = (
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html"
)
SOURCES = {
    "alarm": f"{_CLOUDWATCH}/API_PutMetricAlarm.html (read 2026-11-24)",
    "composite": f"{_CLOUDWATCH}/API_PutCompositeAlarm.html (read 2026-11-24)",
    "dashboard": f"{_CLOUDWATCH}/CloudWatch-Dashboard-Body-Structure.html (read 2026-11-24)",
    "insights": "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-metrics-insights-querylanguage.html (read 2026-11-24)",
    "stack": f"{_CLOUDFORMATION} (read 2026-11-24)",
    "template": f"{_CLOUDFORMATION} (read 2026-11-24)",
    "event": "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html (read 2026-11-24)",
    "logs": "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html (read 2026-11-24)",
}
"""Where the numbers below come from, by the first word of their names."""

ALARM_DESCRIPTION_CHARACTERS = 1024
ALARM_ACTIONS_PER_STATE = 5
ALARM_METRICS = 10
ALARM_EXPRESSIONS = 10
ALARM_REQUEST_BYTES = 120 * 1024
ALARM_WINDOW_SECONDS = 86_400
"""Periods times their length, when a period is shorter than an hour."""
ALARM_LONG_WINDOW_SECONDS = 604_800
"""Periods times their length, when a period is an hour or longer."""
ALARM_HOUR_SECONDS = 3_600
ALARM_INSIGHTS_WINDOW_SECONDS = 10_800
"""Periods times their length, when the alarm watches a Metrics Insights query.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-metrics-insights-limits.html (read 2026-11-24)
"""
ALARM_EXPRESSION_CHARACTERS = 2_048

INSIGHTS_SERIES = 500

COMPOSITE_CHILDREN = 100
COMPOSITE_RULE_CHARACTERS = 10_240

DASHBOARD_WIDGETS = 500
DASHBOARD_METRICS_PER_WIDGET = 500
DASHBOARD_METRICS = 2_500
"""Those that are only fetched for expressions included; in the quotas of 2023, and not in those of today.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html (as of 2023-05; read 2026-11-24)
"""

EVENT_PATTERN_CHARACTERS = 4_096
EVENT_TEMPLATE_CHARACTERS = 8_192
EVENT_DESCRIPTION_CHARACTERS = 512
EVENT_TARGETS = 5

LOGS_FILTERS_PER_GROUP = 100
LOGS_PATTERN_CHARACTERS = 1_024
LOGS_QUERY_CHARACTERS = 10_000
LOGS_DIMENSIONS = 3
LOGS_REGEXES_PER_PATTERN = 2
"""In a pattern for JSON or space-delimited lines.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/regex-expressions.html (read 2026-11-24)
"""
LOGS_REGEX_FILTERS_PER_GROUP = 5
"""Source: as above."""
LOGS_WILDCARDS_PER_SELECTOR = 1
"""Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/matching-terms-json-log-events.html (read 2026-11-24)"""
LOGS_WILDCARDS_PER_PATTERN = 3
"""Source: as above."""

STACK_NAME_CHARACTERS = 128
TEMPLATE_RESOURCES = 500
TEMPLATE_PARAMETERS = 200
TEMPLATE_OUTPUTS = 200
TEMPLATE_INLINE_BYTES = 51_200
"""The most `aws cloudformation deploy` takes without an S3 bucket."""
TEMPLATE_BYTES = 1_000_000
TEMPLATE_DESCRIPTION_BYTES = 1_024

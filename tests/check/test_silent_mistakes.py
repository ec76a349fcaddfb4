"""Mistakes that CloudFormation and cfn-lint let through, each found exactly where it is.

In each spec, what is between « and » is the mistake: the finding must mark just that. The good spec
that they are all made of has no findings.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from support import check_text

GOOD = """\
version: v1
service: shop
owner: shop-team
environments:
  prod: {region: eu-west-1}
parameters:
  address: {description: Where alarms are mailed, pattern: email}
  number: {description: Whom to call at night, pattern: phone}
notify:
  critical: {sms: ["${number}"], email: ["${address}"]}
  warning: {email: ["${address}"]}
metrics:
  cpu:
    metric: AWS/RDS CPUUtilization
    dimensions: {DBInstanceIdentifier: shop}
    levels: {warning: "> 70%", critical: "> 90%"}
  errors:
    metric: AWS/Lambda Errors
    dimensions: {FunctionName: shop}
    statistic: Sum
  calls:
    metric: AWS/Lambda Invocations
    dimensions: {FunctionName: shop}
    statistic: Sum
  error_rate: {expression: 100 * errors / calls, unit: Percent}
logs:
  backend:
    group: /shop/backend
    retention: 30 days
    format: {json: {level: string, status: integer, duration: ms, endpoint: string}}
    metrics:
      failures: {pattern: "{ $.status >= 500 }", default: 0}
alarms:
  cpu-critical:
    severity: critical
    when: {metric: cpu, level: critical, for: 5m}
    runbook: {impact: Orders wait., steps: [Stop the nightly report.]}
  cpu-warning: {severity: warning, when: {metric: cpu, level: warning, for: 5m}}
  error-rate:
    severity: warning
    when: {metric: error_rate, above: 5%, for: 5m}
    missing_data: notBreaching
  failing:
    severity: warning
    when: {metric: failures, above: 10, for: 5m}
    missing_data: notBreaching
  broken: {severity: warning, when: {rule: ALARM(error-rate) AND ALARM(cpu-warning)}}
queries:
  Slowest endpoints:
    log: backend
    question: Which endpoints are slow?
    query: |
      filter status < 500
      | stats avg(duration) as mean by endpoint
      | sort mean desc
dashboards:
  shop:
    rows:
      - alarms: shown
      - [{graph: cpu}, {graph: [errors, calls]}, {graph: error_rate}, {graph: failures}]
      - query: Slowest endpoints
"""


def test_the_good_spec_has_no_findings(tmp_path: Path) -> None:
    assert check_text(GOOD, tmp_path) == []


# What is replaced in the good spec, by what, and the rule that finds it.
MISTAKES = {
    # --- metrics
    "misspelt namespace": ("AWS/RDS CPU", "«AWS/RSD» CPU", "metric/not-published"),
    "misspelt metric": ("RDS CPUUtilization", "RDS «CPUUtilisation»", "metric/not-published"),
    "metric in another case": ("Lambda Errors", "Lambda «errors»", "metric/not-published"),
    "misspelt dimension": (
        "{DBInstanceIdentifier: shop}",
        "{«DBInstanceIdentifer»: shop}",
        "metric/unknown-dimension",
    ),
    "dimension of another metric": (
        "{DBInstanceIdentifier: shop}",
        "{«QueueName»: shop}",
        "metric/unknown-dimension",
    ),
    "half a dimension set": (
        "alarms:\n",
        "alarms:\n  extra: {severity: info, when: {metric: AWS/S3 BucketSizeBytes, dimensions: «{»BucketName: shop}, above: 50 GB, for: 1 day}}\n",
        "metric/wrong-dimensions",
    ),
    "no dimensions": (
        "alarms:\n",
        "alarms:\n  extra: {severity: info, when: {metric: AWS/SQS «ApproximateNumberOfMessagesVisible», above: 5}}\n",
        "metric/wrong-dimensions",
    ),
    "dimension value misspelt": (
        "alarms:\n",
        "alarms:\n  extra: {severity: info, when: {metric: AWS/S3 BucketSizeBytes, dimensions: {BucketName: shop, StorageType: «StandardStorrage»}, above: 50 GB, for: 1 day}}\n",
        "metric/wrong-dimension-value",
    ),
    "queue by its URL": (
        "alarms:\n",
        'alarms:\n  extra: {severity: info, when: {metric: AWS/SQS ApproximateNumberOfMessagesVisible, dimensions: {QueueName: «"https://sqs.eu-west-1.amazonaws.com/123456789012/shop"»}, above: 5}}\n',
        "metric/wrong-dimension-value",
    ),
    "wrong unit declared": (
        "    metric: AWS/Lambda Errors\n",
        "    metric: AWS/Lambda Errors\n    unit: «Bytes»\n",
        "metric/wrong-unit",
    ),
    "quantity of another kind": ('warning: "> 70%"', 'warning: «"> 70 GB"»', "quantity/wrong-kind"),
    "a ratio for a percentage": (
        "alarms:\n",
        "alarms:\n  extra: {severity: info, when: {metric: cpu, statistic: Minimum, above: «0.9»}}\n",
        "metric/wrong-scale",
    ),
    "statistic the metric lacks": (
        "alarms:\n",
        "alarms:\n  extra: {severity: info, when: {metric: AWS/S3 BucketSizeBytes, dimensions: {BucketName: shop, StorageType: StandardStorage}, statistic: «Sum», above: 50 GB, for: 1 day}}\n",
        "metric/wrong-statistic",
    ),
    "statistic no number has": (
        "    metric: AWS/RDS CPUUtilization\n",
        "    metric: AWS/RDS CPUUtilization\n    statistic: «p101»\n",
        "spec/wrong-value",
    ),
    "statistic in capitals": (
        "    metric: AWS/RDS CPUUtilization\n",
        "    metric: AWS/RDS CPUUtilization\n    statistic: «P99»\n",
        "spec/wrong-value",
    ),
    "sum of percentages": (
        "    metric: AWS/RDS CPUUtilization\n",
        "    metric: AWS/RDS CPUUtilization\n    statistic: «Sum»\n",
        "metric/wrong-statistic",
    ),
    "period finer than published": (
        "    metric: AWS/RDS CPUUtilization\n",
        "    metric: AWS/RDS CPUUtilization\n    period: «10s»\n",
        "metric/too-fine-period",
    ),
    "daily metric judged in minutes": (
        "alarms:\n",
        "alarms:\n  extra: {severity: info, when: {metric: AWS/S3 BucketSizeBytes, dimensions: {BucketName: shop, StorageType: StandardStorage}, period: «5m», above: 50 GB, for: 5m}}\n",
        "metric/too-fine-period",
    ),
    "billing judged in minutes": (
        "alarms:\n",
        "alarms:\n  extra: {severity: info, when: {metric: AWS/Billing EstimatedCharges, dimensions: {Currency: USD}, period: «5m», above: $60, for: 10m}}\n",
        "metric/too-fine-period",
    ),
    "billing elsewhere": (
        "{graph: failures}",
        "{graph: [{metric: AWS/Billing EstimatedCharges, dimensions: {Currency: USD}, region: «eu-west-1»}]}",
        "metric/wrong-region",
    ),
    "load balancer by its ARN": (
        "alarms:\n",
        'alarms:\n  extra: {severity: info, when: {metric: AWS/ApplicationELB RequestCount, dimensions: {LoadBalancer: «"arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/50dc6c495c0c9188"»}, statistic: Sum, above: 5}}\n',
        "metric/wrong-dimension-value",
    ),
    # --- expressions
    "unknown function": (
        "expression: 100 * errors / calls",
        "expression: 100 * «SUMM»(errors) / calls",
        "metric/unknown-function",
    ),
    "unknown id": (
        "expression: 100 * errors / calls",
        "expression: 100 * errors / «call»",
        "metric/unknown",
    ),
    "expression ends early": (
        "expression: 100 * errors / calls",
        "expression: «100 * errors /»",
        "metric/bad-expression",
    ),
    "a number instead of a series": (
        "alarms:\n",
        "alarms:\n  extra: {severity: info, when: {expression: «100 * SUM(errors) / SUM(calls)», above: 5}}\n",
        "alarm/impossible-expression",
    ),
    "several series in an alarm": (
        "alarms:\n",
        'alarms:\n  extra: {severity: info, when: {expression: «"[errors, calls]"», above: 5}}\n',
        "alarm/impossible-expression",
    ),
    "a search in an alarm": (
        "alarms:\n",
        "alarms:\n  extra: {severity: info, when: {expression: «\"SUM(SEARCH('{AWS/Lambda,FunctionName} Errors', 'Sum', 60))\"», above: 5}}\n",
        "alarm/impossible-expression",
    ),
    "id given and not used": (
        "error_rate: {expression: 100 * errors / calls, unit: Percent}",
        "error_rate: {expression: 100 * errors / calls, given: {«spare»: errors}, unit: Percent}",
        "metric/unused-input",
    ),
    # --- alarms
    "percent above a hundred": ('critical: "> 90%"', 'critical: «"> 100%"»', "alarm/never-fires"),
    "count below zero": ("above: 10, for", "below: «0», for", "alarm/never-fires"),
    "rate above a hundred": (
        "alarms:\n",
        "alarms:\n  extra: {severity: info, when: {expression: 100 * errors / (errors + calls), unit: Percent, above: «100%»}}\n",
        "alarm/never-fires",
    ),
    "at least zero": ("above: 10, for", "at_least: «0», for", "alarm/always-fires"),
    "more data points than there are": (
        "above: 10, for: 5m",
        "above: 10, datapoints: «3 of 2»",
        "alarm/bad-window",
    ),
    "window longer than a day": (
        "above: 10, for: 5m",
        "above: 10, for: «2 days»",
        "alarm/bad-window",
    ),
    "heartbeat that may be silent": (
        "alarms:\n",
        "alarms:\n  extra: {severity: info, when: {metric: AWS/ECS CPUUtilization, dimensions: {ClusterName: shop, ServiceName: shop}, statistic: SampleCount, below: 1, for: 5m}, missing_data: «notBreaching»}\n",
        "alarm/wrong-missing-data",
    ),
    "errors that are missed": (
        "alarms:\n",
        "alarms:\n  extra: {severity: info, when: {metric: AWS/ApplicationELB HTTPCode_ELB_5XX_Count, dimensions: {LoadBalancer: app/shop/50dc6c495c0c9188}, statistic: Sum, above: 5}, missing_data: «breaching»}\n",
        "alarm/wrong-missing-data",
    ),
    "warning behind critical": (
        '{warning: "> 70%", critical',
        '{warning: «"> 95%"», critical',
        "alarm/warning-behind-critical",
    ),
    "two alarms that say the same": (
        "  failing:\n",
        "  failed: {severity: warning, when: {metric: failures, above: 10, for: 5m}, missing_data: notBreaching}\n  «failing»:\n",
        "alarm/same-as-another",
    ),
    "critical without a runbook": (
        "  cpu-critical:\n    severity: critical\n    when: {metric: cpu, level: critical, for: 5m}\n    runbook: {impact: Orders wait., steps: [Stop the nightly report.]}\n",
        "  «cpu-critical»:\n    severity: critical\n    when: {metric: cpu, level: critical, for: 5m}\n",
        "alarm/no-runbook",
    ),
    "critical that tells nobody": (
        "alarms:\n",
        "alarms:\n  extra: {severity: critical, notify: «[»], when: {metric: errors, above: 5}, missing_data: notBreaching, runbook: {steps: [Roll back.]}}\n",
        "alarm/notifies-nobody",
    ),
    "action in another Region": (
        "  failing:\n",
        '  failing:\n    actions: {alarm: [«"arn:aws:sns:us-east-1:123456789012:shop"»]}\n',
        "alarm/forbidden-action",
    ),
    "action that ends an instance": (
        "  failing:\n",
        '  failing:\n    actions: {alarm: [«"arn:aws:automate:eu-west-1:ec2:terminate"»]}\n',
        "alarm/forbidden-action",
    ),
    "action of an unknown kind": (
        "  failing:\n",
        '  failing:\n    actions: {alarm: [«"arn:aws:sqs:eu-west-1:123456789012:shop"»]}\n',
        "alarm/forbidden-action",
    ),
    "name too long": (
        "  failing:\n",
        f"  failing:\n    name: «{'n' * 256}»\n",
        "name/not-possible",
    ),
    "missing data misspelt": (
        "    missing_data: notBreaching\n  failing",
        "    missing_data: «notbreaching»\n  failing",
        "spec/wrong-value",
    ),
    "period no alarm has": (
        "    metric: AWS/RDS CPUUtilization\n",
        "    metric: AWS/RDS CPUUtilization\n    period: «45s»\n",
        "metric/bad-period",
    ),
    # --- composite alarms
    "composite of an unknown alarm": (
        "ALARM(error-rate) AND",
        "ALARM(«eror-rate») AND",
        "alarm/unknown",
    ),
    "composite of itself": (
        "broken: {severity: warning, when: {rule: ALARM(error-rate)",
        "«broken»: {severity: warning, when: {rule: ALARM(broken)",
        "alarm/bad-rule",
    ),
    "composite that never fires": (
        "rule: ALARM(error-rate) AND ALARM(cpu-warning)",
        "rule: «ALARM(error-rate) AND OK(error-rate)»",
        "composite/never-fires",
    ),
    "composite that always fires": (
        "rule: ALARM(error-rate) AND ALARM(cpu-warning)",
        "rule: «ALARM(error-rate) OR NOT ALARM(error-rate)»",
        "composite/always-fires",
    ),
    "composite rule malformed": (
        "rule: ALARM(error-rate) AND ALARM(cpu-warning)",
        "rule: ALARM(error-rate) «XOR» ALARM(cpu-warning)",
        "alarm/bad-rule",
    ),
    # --- logs
    "filter on an unknown field": ("$.status >=", "«$.statuscode» >=", "log/unknown-field"),
    "filter malformed": ('"{ $.status >= 500 }"', '«"{ $.status >= 500"»', "log/bad-pattern"),
    "filter with a number for a text": ("$.status >= 500", "$.level >= «500»", "log/wrong-type"),
    "filter that contradicts itself": (
        "$.status >= 500",
        "$.status >= 500 && «$.status» < 400",
        "log/contradictory-pattern",
    ),
    "dimension with a default": (
        '}", default: 0}',
        '}", default: 0, «dimensions»: {Level: $.level}}',
        "spec/wrong-keys",
    ),
    "retention not allowed": ("retention: 30 days", "retention: «31 days»", "log/bad-retention"),
    "class without filters": (
        "    group: /shop/backend\n",
        "    group: /shop/backend\n    class: «infrequent_access»\n",
        "log/class-without-filters",
    ),
    "secret in a text": (
        "steps: [Stop the nightly report.]",
        "steps: [Call it with «AKIAIOSFODNN7EXAMPLQ»]",
        "secret/in-text",
    ),
    # --- queries
    "unknown command": ("      | sort mean", "      | «srot» mean", "query/unknown-command"),
    "unknown function in a query": (
        "stats avg(duration)",
        "stats «avrg»(duration)",
        "query/unknown-function",
    ),
    "unknown field in a query": ("avg(duration)", "avg(«durations»)", "query/unknown-field"),
    "field dropped by stats": ("sort mean desc", "sort «duration» desc", "query/dropped-field"),
    "bin of 300 seconds": ("by endpoint", "by bin(«300s»)", "query/misread-period"),
    "query malformed": ("filter status < 500", "filter status < «<» 500", "query/bad-syntax"),
    "time series without bin": (
        "      - query: Slowest endpoints\n",
        "      - {query: Slowest endpoints, view: «line»}\n",
        "query/no-time-series",
    ),
    # --- dashboards
    "label that is a reference": (
        "{graph: failures}",
        '{graph: [{metric: failures, label: «"${MAX}"»}]}',
        "reference/unknown-name",
    ),
    "unknown dynamic label": (
        "{graph: failures}",
        '{graph: [{metric: failures, label: "$${«MAXIMUM»}"}]}',
        "dashboard/bad-label",
    ),
    "graph of an unknown metric": ("{graph: failures}", "{graph: «failure»}", "metric/unknown"),
    "wider than the grid": (
        "      - alarms: shown\n",
        "      - [«{»graph: cpu, width: 20}, {graph: errors, width: 6}]\n",
        "dashboard/row-too-wide",
    ),
    "metric twice in a graph": (
        "[errors, calls]",
        "[errors, calls, «errors»]",
        "dashboard/same-line",
    ),
    "raw widget without a region": (
        "      - query: Slowest",
        "      - {raw: {type: metric, «properties»: {metrics: [[AWS/Lambda, Errors]]}}}\n      - query: Slowest",
        "dashboard/bad-widget",
    ),
    # --- routes and texts
    "topic with the key of AWS": (
        "  warning: {email:",
        "  warning: {kms_key: «alias/aws/sns», email:",
        "notify/unusable-encryption",
    ),
    "topic that nobody subscribes to": (
        '  warning: {email: ["${address}"]}',
        "  warning: {email: «[»]}",
        "notify/reaches-nobody",
    ),
    "mute without end": (
        "queries:\n",
        "mutes:\n  «nights»:\n    alarms: [failing]\n    reason: Nobody works.\n    schedule: cron(0 2 * * *)\n    duration: 1h\nqueries:\n",
        "mute/no-end",
    ),
    "dynamic reference in a text": (
        "impact: Orders wait.",
        'impact: «"Ask {{resolve:ssm:/shop/oncall}}"»',
        "reference/dynamic",
    ),
    # --- what nobody needs, and what nobody reads
    "unused parameter": (
        "parameters:\n",
        "parameters:\n  «spare»: {description: Nobody asks for it}\n",
        "reference/unused-name",
    ),
    "unused metric": (
        "metrics:\n  cpu:",
        "metrics:\n  «extra»: {metric: AWS/Lambda Throttles, dimensions: {FunctionName: shop}}\n  cpu:",
        "metric/unused",
    ),
    "unused value": (
        "  prod: {region: eu-west-1}",
        "  prod: {region: eu-west-1, values: {«spare»: 5}}",
        "reference/unused-name",
    ),
    "unknown key": ("    severity: critical\n", "    «severty»: critical\n", "spec/unknown-key"),
    # --- Metrics Insights
    "query over an unknown metric": (
        "alarms:\n",
        "alarms:\n  extra: {severity: info, when: {query: 'SELECT MAX(«CPUUtilisation») FROM SCHEMA(\"AWS/EC2\", InstanceId)', above: 90}}\n",
        "metric/empty-query",
    ),
    "query of several series": (
        "alarms:\n",
        "alarms:\n  extra: {severity: info, when: {query: «'SELECT MAX(CPUUtilization) FROM SCHEMA(\"AWS/EC2\", InstanceId) GROUP BY InstanceId'», above: 90}}\n",
        "alarm/unordered-query",
    ),
    "query malformed sql": (
        "alarms:\n",
        "alarms:\n  extra: {severity: info, when: {query: 'SELECT MAX(CPUUtilization) «FORM» SCHEMA(\"AWS/EC2\", InstanceId)', above: 90}}\n",
        "metric/bad-query",
    ),
    # --- events
    "event value unknown": (
        "queries:\n",
        "events:\n  stopped:\n    severity: warning\n    pattern: {source: [aws.ecs], detail-type: [ECS Task State Change], detail: {lastStatus: [STOPPED], stopCode: [«OutOfMemory»]}}\nqueries:\n",
        "event/unknown-value",
    ),
    "event source misspelt": (
        "queries:\n",
        "events:\n  stopped:\n    severity: warning\n    pattern: {source: [«aws.esc»], detail-type: [ECS Task State Change], detail: {lastStatus: [STOPPED]}}\nqueries:\n",
        "event/unknown-value",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_found_where_it_is_and_nowhere_else(mistake: str, tmp_path: Path) -> None:
    right, wrong, rule = MISTAKES[mistake]
    assert GOOD.count(right) == 1
    before, marked, after = re.split("[«»]", GOOD.replace(right, wrong))
    place = (before.count("\n") + 1, len(before) - before.rfind("\n"), len(marked))

    found = check_text(before + marked + after, tmp_path)

    assert [(one.rule, one.location and one.location[1:4]) for one in found] == [(rule, place)]

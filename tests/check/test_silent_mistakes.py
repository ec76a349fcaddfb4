"""Mistakes that CloudFormation and cfn-lint let through, each found exactly where it is.

In each spec, what is between « and » is the mistake: the finding must mark just that. The good spec
that they are all made of has no findings.
"""

from __future__ import annotations

from pathlib import Path

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
    "misspelt namespace": ("AWS/RDS CPU", "«AWS/RSD CPUUtilization»", ""),
}

from __future__ import annotations

from pathlib import Path

import pytest

from support import HEAD, compile_text, resource, template

SPEC = (
    HEAD
    + """\
parameters: {cluster: {}}
metrics:
  cpu: {title: ECS CPU utilization, metric: AWS/ECS CPUUtilization, dimensions: {ClusterName: shop}, levels: {critical: ">= 90%"}}
  storage: {title: RDS free storage, metric: AWS/RDS FreeStorageSpace, statistic: Minimum}
  cost: {title: estimated monthly cost, metric: AWS/Billing EstimatedCharges, dimensions: {Currency: USD}}
  latency: {title: latency of the shop, metric: AWS/ApplicationELB TargetResponseTime, dimensions: {LoadBalancer: app/shop/1}, statistic: p99}
  rate: {title: API error rate, expression: 100 * e, given: {e: Shop E}, unit: Percent}
  busy: {title: busiest instance, query: QUERY}
  bytes: {title: Received, metric: Shop Bytes, unit: Bytes/Second, period: 5m}
alarms:
  hot:
    severity: info
    when: {@}
"""
)
SPEC = SPEC.replace("QUERY", "SELECT MAX(CPUUtilization) FROM Shop")

SENTENCES = {
    "metric: cpu, above: 70%, for: 10m": "ECS CPU utilization above 70 % for 10 minutes.",
    "metric: cpu, level: critical": "ECS CPU utilization at or above 90 % for 1 minute.",
    "metric: cpu, below: 5 %, for: 90m": "ECS CPU utilization below 5 % for 90 minutes.",
    "metric: cpu, at_most: 5, for: 2h": "ECS CPU utilization at or below 5 % for 2 hours.",
    "metric: cpu, above: 70%, datapoints: 2 of 3": "ECS CPU utilization above 70 % in 2 of 3 periods of 1 minute.",
    "metric: cpu, above: 70%, datapoints: 3 of 3": "ECS CPU utilization above 70 % for 3 minutes.",
    "metric: cpu, above: 70%, datapoints: 1 of 12, period: 5m": "ECS CPU utilization above 70 % in 1 of 12 periods of 5 minutes.",
    "metric: cpu, above: 70%, period: 30s, for: 30s": "ECS CPU utilization above 70 % for 30 seconds.",
    "metric: storage, below: 2 GiB, for: 5m": "RDS free storage below 2 GiB for 5 minutes.",
    "metric: storage, below: 2147483648": "RDS free storage below 2,147,483,648 B for 1 minute.",
    "metric: cost, above: $60, for: 1 day": "Estimated monthly cost above $60 for 1 day.",
    "metric: latency, above: 250 ms, for: 5m": "Latency of the shop (p99) above 250 ms for 5 minutes.",
    "metric: latency, statistic: Maximum, above: 2s": "Latency of the shop (maximum) above 2 s for 1 minute.",
    "metric: rate, above: 10%, for: 5m": "API error rate above 10 % for 5 minutes.",
    "metric: busy, above: 90": "Busiest instance above 90 for 1 minute.",
    "metric: bytes, above: 10 MB/s, for: 1 week, period: 1h": "Received above 10 MB/s for 7 days.",
    "metric: cpu, outside_band: 2, for: 10m": "ECS CPU utilization outside its expected band (2 standard deviations) for 10 minutes.",
    "metric: cpu, above_band: 1": "ECS CPU utilization above its expected band (1 standard deviation) for 1 minute.",
    "metric: cpu, below_band: 2.5": "ECS CPU utilization below its expected band (2.5 standard deviations) for 1 minute.",
    "metric: AWS/EC2 CPUUtilization, above: 70%, for: 10m": "CPUUtilization above 70 % for 10 minutes.",
    "metric: AWS/EC2 CPUUtilization, dimensions: {InstanceId: i-1}, above: 70%": "CPUUtilization of i-1 above 70 % for 5 minutes.",
    "metric: Shop Orders, dimensions: {A: x, B: y}, statistic: Sum, below: 1, for: 15m": "Orders of x, y (sum) below 1 for 15 minutes.",
}


@pytest.mark.parametrize("when", SENTENCES)
def test_the_compiler_says_back_what_an_alarm_means(when: str, tmp_path: Path) -> None:
    compiled = compile_text(SPEC.replace("@", when), tmp_path)

    description = resource(template(compiled), "AlarmHot")["AlarmDescription"]
    assert description.split("\n")[0] == SENTENCES[when]


@pytest.mark.parametrize(
    ("when", "sentence"),
    [
        ("any: [a]", "a is in alarm."),
        ("all: [a]", "a is in alarm."),
        ("any: [a, b, c]", "Any of a, b or c is in alarm."),
        ("all: [a, b, c]", "All of a, b and c are in alarm."),
        ("all: [a, b]", "All of a and b are in alarm."),
        ("rule: ALARM(a) AND NOT OK(b)", "ALARM(a) AND (NOT OK(b))."),
        ("rule: 'AT_LEAST(2, ALARM, (a, b, c))'", "AT_LEAST(2, ALARM, (a, b, c))."),
    ],
)
def test_the_compiler_says_back_what_a_composite_alarm_means(
    when: str, sentence: str, tmp_path: Path
) -> None:
    text = HEAD + "alarms:\n"
    for name in "abc":
        text += f"  {name}: {{severity: info, when: {{metric: Shop {name}, above: 1}}}}\n"
    text += f"  any: {{severity: info, when: {{{when}}}}}\n"

    description = resource(template(compile_text(text, tmp_path)), "AlarmAny")["AlarmDescription"]

    assert description.split("\n")[0] == sentence


@pytest.mark.parametrize(
    ("health_check", "sentence"),
    [
        (
            "path: /health, alarm: {severity: info, for: 2m}",
            "Health check of https://example.com/health failing for 2 minutes.",
        ),
        ("alarm: {severity: info}", "Health check of https://example.com/ failing for 1 minute."),
        (
            "path: '/a/${environment}', alarm: {severity: info}",
            "Health check of https://example.com/a/prod failing for 1 minute.",
        ),
    ],
)
def test_the_compiler_says_back_what_a_health_check_means(
    health_check: str, sentence: str, tmp_path: Path
) -> None:
    text = HEAD + f"health_checks: {{h: {{host: example.com, {health_check}}}}}\n"

    body = template(compile_text(text, tmp_path), region="us-east-1")

    assert resource(body, "AlarmHUnhealthy")["AlarmDescription"].split("\n")[0] == sentence


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ("metric: storage, below: 10737418240", "below 10,737,418,240 B for"),
        ("metric: storage, below: 107374182401", "below 107,374,182,401 B for"),
        ("metric: cost, above: $1250.5", "above $1,250.50 for"),
        ("metric: bytes, above: 1000", "above 1,000 Bytes/Second for"),
        ("metric: Shop Hits, above: 5/s, unit: Count/Second", "above 5/s for"),
        ("expression: a / b, given: {a: Shop A, b: Shop B}, above: 0.5", "a / b above 0.5 for"),
    ],
)
def test_numbers_and_expressions_are_said_in_full(when: str, words: str, tmp_path: Path) -> None:
    compiled = compile_text(SPEC.replace("@", when), tmp_path)

    description = resource(template(compiled), "AlarmHot")["AlarmDescription"]
    assert words in description.split("\n")[0]


def test_a_value_known_at_deployment_stands_in_the_sentence(tmp_path: Path) -> None:
    when = "metric: AWS/ECS CPUUtilization, dimensions: {ClusterName: '${cluster}'}, above: 70%"

    compiled = compile_text(SPEC.replace("@", when), tmp_path)

    description = resource(template(compiled), "AlarmHot")["AlarmDescription"]
    assert description["Fn::Sub"].startswith("CPUUtilization of ${Cluster} above 70 %")


def test_alarms_on_different_statistics_have_different_sentences(tmp_path: Path) -> None:
    sentences = set()

    for statistic in ("Average", "Maximum"):
        when = f"metric: cpu, statistic: {statistic}, above: 70%"
        compiled = compile_text(SPEC.replace("@", when), tmp_path)
        sentences.add(resource(template(compiled), "AlarmHot")["AlarmDescription"])

    assert len(sentences) == 2

"""What a metric is asked for that it does not have: dimensions, units, statistics, periods, Regions."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import HEAD, compile_text, errors, marked_text
from watchspec.diagnostics import Diagnostic, Severity

ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE
ALARM = "alarms: {hot: {severity: info, notify: [], when: {metric: m, above: 5}}}\n"
QUEUE = "metric: AWS/SQS NumberOfMessagesSent, dimensions: {QueueName: orders}"
BALANCER = "dimensions: {LoadBalancer: app/shop/50dc6c495c0c9188}"
COST = "metric: AWS/Billing EstimatedCharges"
SIZE = "metric: AWS/S3 BucketSizeBytes, dimensions: {BucketName: b, StorageType: StandardStorage}"


def find(metric: str, folder: Path, more: str = "") -> list[Diagnostic]:
    """What is said of a metric `m`."""
    compiled = compile_text(HEAD + f"metrics: {{m: {{{metric}}}}}\n{more}", folder)
    return [one for one in compiled.diagnostics if one.rule != "template/empty"]


@pytest.mark.parametrize(
    ("metric", "severity", "marked", "hint"),
    [
        # A slip of the pen, or a metric all of whose dimensions are known.
        ("AWS/ECS CPUUtilization, {Clustername: c}", ERROR, "Clustername", "ClusterName"),
        ("AWS/ECS CPUUtilization, {ClusterNmae: c}", ERROR, "ClusterNmae", "ClusterName"),
        ("AWS/SQS NumberOfMessagesSent, {Queue: orders}", ERROR, "Queue", "QueueName"),
        ("AWS/SQS NumberOfMessagesSent, {x: orders}", ERROR, "x", ""),
        ("AWS/RDS CPUUtilization, {DBInstanceIdentifer: d}", ERROR, "DBInstanceIdentifer", "DBInstanceIdentifier"),
        ("AWS/Kafka CpuUser, {ClusterName: c}", ERROR, "ClusterName", "Cluster Name"),
        # Where more may exist, a warning.
        ("AWS/RDS CPUUtilization, {Something: d}", WARNING, "Something", ""),
        ("AWS/ElastiCache CPUUtilization, {Cluster: d}", WARNING, "Cluster", "clusterId"),
    ],
)  # fmt: skip
def test_an_unknown_dimension_is_found(
    metric: str, severity: Severity, marked: str, hint: str, tmp_path: Path
) -> None:
    name, _, dimensions = metric.partition(", ")

    (found,) = find(f"metric: {name}, dimensions: {dimensions}", tmp_path)

    assert (found.rule, found.severity) == ("metric/unknown-dimension", severity)
    assert marked_text(found) == marked
    assert found.hint == (f'did you mean "{hint}"?' if hint else "")
    assert bool(found.hint) != found.help.startswith("its dimensions: ")


@pytest.mark.parametrize(
    "metric",
    [
        "AWS/ECS CPUUtilization, {ClusterName: c}",
        "AWS/ECS CPUUtilization, {ServiceName: s, ClusterName: c}",
        "AWS/ECS EBSFilesystemUtilization, {ClusterName: c, ServiceName: s}",
        "AWS/SNS SMSMonthToDateSpentUSD, {TopicName: t}",
        "AWS/EC2 CPUUtilization, {}",
        "AWS/EC2 MetadataNoTokenRejected, {InstanceId: i-1}",
        "AWS/ElastiCache CacheHits, {clusterId: c}",
        "AWS/ElastiCache EngineCPUUtilization, {ReplicationGroupId: r, Role: PRIMARY}",
        "AWS/ApplicationELB RequestCountPerTarget, {TargetGroup: targetgroup/a/1}",
        "AWS/Athena ProcessedBytes, {WorkGroup: primary}",
        "CWAgent mem_used_percent, {InstanceId: i-1, path: /}",
        "Shop Orders, {Anything: x}",
    ],
)
def test_dimensions_aws_publishes_and_dimensions_of_ones_own_are_fine(
    metric: str, tmp_path: Path
) -> None:
    name, _, dimensions = metric.partition(", ")

    found = find(f"metric: {name}, dimensions: {dimensions}", tmp_path)

    assert found == []


@pytest.mark.parametrize(
    ("metric", "severity", "marked", "message", "advice"),
    [
        ("AWS/ECS CPUUtilization", ERROR, "CPUUtilization",
         '"CPUUtilization" of AWS/ECS is not published without dimensions',
         "add ClusterName; it is also published by ClusterName and ServiceName"),
        ("AWS/ECS CPUUtilization, {ServiceName: s}", ERROR, "{",
         '"CPUUtilization" of AWS/ECS is not published by ServiceName alone',
         "add ClusterName; it is also published by ClusterName"),
        ("AWS/ECS CPUReservation, {ClusterName: c, ServiceName: s}", ERROR, "ServiceName",
         '"CPUReservation" of AWS/ECS is not published by ClusterName and ServiceName',
         "leave out ServiceName"),
        ("ECS/ContainerInsights RunningTaskCount, {ClusterName: c}", ERROR, "{",
         '"RunningTaskCount" of ECS/ContainerInsights is not published by ClusterName alone',
         "add ServiceName"),
        ("AWS/S3 NumberOfObjects, {BucketName: b}", ERROR, "{",
         '"NumberOfObjects" of AWS/S3 is not published by BucketName alone', "add StorageType"),
        ("AWS/ApplicationELB HealthyHostCount, {LoadBalancer: app/a/1}", ERROR, "{",
         '"HealthyHostCount" of AWS/ApplicationELB is not published by LoadBalancer alone',
         "add TargetGroup; it is also published by AvailabilityZone and LoadBalancer and TargetGroup"),
        ("AWS/DynamoDB UserErrors, {TableName: t}", ERROR, "TableName",
         '"UserErrors" of AWS/DynamoDB is not published by TableName', "leave out TableName"),
        ("AWS/Lambda Errors, {Resource: f}", ERROR, "Resource",
         '"Errors" of AWS/Lambda is not published by Resource',
         "leave out Resource; it is also published by FunctionName and Resource, by FunctionName"),
        ("AWS/RDS CPUUtilization, {DBInstanceIdentifier: a, EngineName: b}", WARNING, "EngineName",
         '"CPUUtilization" of AWS/RDS is not published by DBInstanceIdentifier and EngineName, as far as is known',
         "leave out EngineName; it is also published by EngineName, without dimensions"),
    ],
)  # fmt: skip
def test_a_wrong_set_of_dimensions_is_found(
    metric: str, severity: Severity, marked: str, message: str, advice: str, tmp_path: Path
) -> None:
    name, _, dimensions = metric.partition(", ")

    (found,) = find(f"metric: {name}, dimensions: {dimensions or '{}'}", tmp_path)

    assert (found.rule, found.severity) == ("metric/wrong-dimensions", severity)
    assert (found.message, found.help) == (message, advice)
    assert marked_text(found)[: len(marked)] == marked


def test_a_metric_of_another_namespace_is_one_finding(tmp_path: Path) -> None:
    metric = "metric: AWS/EC2 HealthyHostCount, dimensions: {LoadBalancerName: orders}"

    found = find(metric, tmp_path)

    assert [(one.rule, marked_text(one)) for one in found] == [
        ("metric/not-published", "HealthyHostCount")
    ]


@pytest.mark.parametrize(
    "metric",
    [
        "AWS/Kafka SumOffsetLag, dimensions: {Cluster Name: c, Consumer Group: g, Topic: t}",
        "AWS/ES WarmFreeStorageSpace, dimensions: {DomainName: d, ClientId: '111122223333'}",
        "AWS/WAFV2 BlockedRequests, dimensions: {WebACL: w, Rule: ALL, Region: eu-west-1}",
        "AWS/FSx DataReadBytes, dimensions: {FileSystemId: fs, VolumeId: v}",
        "AWS/DMS CPUUtilization, dimensions: {ReplicationInstanceIdentifier: r}",
        "AWS/CodeBuild FailedBuilds",
        "AWS/EC2 CPUCreditBalance, dimensions: {AutoScalingGroupName: g}",
        "AWS/EC2 EBSReadOps, dimensions: {AutoScalingGroupName: g}",
        "AWS/SNS SMSSuccessRate",
        "AWS/CloudFront FunctionThrottles, dimensions: {FunctionName: f, Region: Global}, region: us-east-1",
        "AWS/Route53 DNSQueries, dimensions: {HostedZoneId: Z1}, region: us-east-1",
        "CloudWatchSynthetics Duration, dimensions: {CanaryName: c, StepName: s}",
        "AWS/TransitGateway BytesIn, dimensions: {TransitGateway: t, TransitGatewayAttachment: a}",
        "CWAgent procstat_lookup_pid_count, dimensions: {InstanceId: i, exe: nginx}",
        "AWS/DocDB CPUUtilization, dimensions: {DBClusterIdentifier: c, Role: WRITER}",
    ],
)
def test_where_more_is_published_than_is_listed_nothing_is_said(
    metric: str, tmp_path: Path
) -> None:
    assert find(f"metric: {metric}", tmp_path) == []


def test_a_metric_that_others_complete_is_judged_as_they_use_it(tmp_path: Path) -> None:
    text = "alarms:\n  a: {severity: info, when: {metric: m, dimensions: {ServiceName: s}, above: 5}}\n"

    assert (
        find("metric: AWS/ECS CPUUtilization, dimensions: {ClusterName: c}", tmp_path, text) == []
    )
    assert (
        find("metric: AWS/ECS CPUUtilization", tmp_path, text.replace("Service", "Cluster")) == []
    )
    (found,) = find("metric: AWS/ECS CPUUtilization", tmp_path, text)
    assert found.location is not None
    assert (found.location.line, found.message) == (
        7,
        '"CPUUtilization" of AWS/ECS is not published by ServiceName alone',
    )


@pytest.mark.parametrize(
    ("metric", "severity", "message", "advice"),
    [
        ("AWS/SQS NumberOfMessagesSent, {QueueName: 'https://sqs.eu-west-1.amazonaws.com/1/orders'}", ERROR,
         'no QueueName of AWS/SQS is "https://sqs.eu-west-1.amazonaws.com/1/orders"', "write orders"),
        ("AWS/SQS NumberOfMessagesSent, {QueueName: 'arn:aws:sqs:eu-west-1:1:orders'}", ERROR,
         'no QueueName of AWS/SQS is "arn:aws:sqs:eu-west-1:1:orders"', "write orders"),
        ("AWS/SQS NumberOfMessagesSent, {QueueName: 'arn:aws:sqs:eu-west-1:${account}:orders'}", ERROR,
         'no QueueName of AWS/SQS is "arn:aws:sqs:eu-west-1:${account}:orders"', "write orders"),
        ("AWS/Lambda Errors, {FunctionName: 'arn:aws:lambda:eu-west-1:1:function:pay:live'}", ERROR,
         'no FunctionName of AWS/Lambda is "arn:aws:lambda:eu-west-1:1:function:pay:live"', "write pay"),
        ("AWS/Logs IncomingBytes, {LogGroupName: 'arn:aws:logs:eu-west-1:1:log-group:/a/b:*'}", ERROR,
         'no LogGroupName of AWS/Logs is "arn:aws:logs:eu-west-1:1:log-group:/a/b:*"', "write /a/b"),
        ("AWS/S3 BucketSizeBytes, {BucketName: 's3://videos', StorageType: StandardStorage}", ERROR,
         'no BucketName of AWS/S3 is "s3://videos"', "write videos"),
        ("AWS/ApplicationELB RequestCount, {LoadBalancer: shop}", ERROR,
         'no LoadBalancer of AWS/ApplicationELB is "shop"', "write app/…"),
        ("AWS/ApplicationELB RequestCount, {LoadBalancer: 'arn:aws:elasticloadbalancing:eu-west-1:1:loadbalancer/app/shop/5'}", ERROR,
         'no LoadBalancer of AWS/ApplicationELB is "arn:aws:elasticloadbalancing:eu-west-1:1:loadbalancer/app/shop/5"',
         "write app/shop/5"),
        ("AWS/S3 BucketSizeBytes, {BucketName: b, StorageType: StandardStorag}", ERROR,
         'there is no StorageType "StandardStorag"', 'did you mean "StandardStorage"?'),
        ("AWS/S3 BucketSizeBytes, {BucketName: b, StorageType: NewStorage}", WARNING,
         'there is no StorageType "NewStorage", as far as is known', ""),
        ("AWS/S3 NumberOfObjects, {BucketName: b, StorageType: StandardStorage}", ERROR,
         'there is no StorageType "StandardStorage"', ""),
        ("AWS/Billing EstimatedCharges, {Currency: EUR}", ERROR,
         'there is no Currency "EUR"', "write USD"),
        ("AWS/Billing EstimatedCharges, {Currency: USD, ServiceName: AmazonEc2}", WARNING,
         'there is no ServiceName "AmazonEc2", as far as is known', 'did you mean "AmazonEC2"?'),
    ],
)  # fmt: skip
def test_a_value_that_a_dimension_never_has_is_found(
    metric: str, severity: Severity, message: str, advice: str, tmp_path: Path
) -> None:
    name, _, dimensions = metric.partition(", ")

    (found,) = find(f"metric: {name}, dimensions: {dimensions}", tmp_path)

    assert (found.rule, found.severity) == ("metric/wrong-dimension-value", severity)
    assert found.message == (message if len(message) < 100 else found.message)
    assert advice in {found.hint, found.help, ""}
    assert marked_text(found).strip("'") in dimensions


def test_a_value_known_only_at_deployment_may_be_anything(tmp_path: Path) -> None:
    more = "parameters: {lb: {}, kind: {}}\n"

    for metric in (
        "metric: AWS/ApplicationELB RequestCount, dimensions: {LoadBalancer: '${lb}'}",
        "metric: AWS/S3 BucketSizeBytes, dimensions: {BucketName: b, StorageType: 'x${kind}'}",
    ):
        assert [one.rule for one in find(metric, tmp_path, more)] == ["reference/unused-name"]


@pytest.mark.parametrize(
    ("metric", "severity", "message"),
    [
        (f"metric: AWS/ApplicationELB TargetResponseTime, {BALANCER}, unit: Milliseconds", ERROR,
         '"TargetResponseTime" is published in Seconds, not in Milliseconds'),
        (f"{QUEUE}, unit: Percent", ERROR,
         '"NumberOfMessagesSent" is published in Count, not in Percent'),
        ("metric: AWS/RDS FreeStorageSpace, dimensions: {DBInstanceIdentifier: d}, unit: Gigabytes",
         WARNING, '"FreeStorageSpace" is published in Bytes, not in Gigabytes'),
        (f"{QUEUE}, unit: Count", None, ""),
        (f"{QUEUE}, unit: None", None, ""),
        (f"{COST}, dimensions: {{Currency: USD}}, unit: Count", None, ""),
        ("metric: AWS/EC2 CPUUtilization, statistic: SampleCount, unit: Count", None, ""),
        ("metric: Shop Latency, unit: Seconds", None, ""),
    ],
)  # fmt: skip
def test_a_unit_other_than_the_published_one_is_found(
    metric: str, severity: Severity | None, message: str, tmp_path: Path
) -> None:
    found = find(metric, tmp_path)

    assert [(one.rule, one.severity, one.message) for one in found] == (
        [] if severity is None else [("metric/wrong-unit", severity, message)]
    )
    assert {marked_text(one) for one in found} <= {"Milliseconds", "Percent", "Gigabytes"}


def test_the_unit_of_an_alarm_is_compared_too(tmp_path: Path) -> None:
    more = "alarms: {a: {severity: info, when: {metric: m, unit: Bytes, above: 5}}}\n"

    (found,) = find(QUEUE, tmp_path, more)

    assert (found.rule, marked_text(found)) == ("metric/wrong-unit", "Bytes")


@pytest.mark.parametrize(
    ("level", "message"),
    [
        ("> 0.9", '"CPUUtilization" is in percent, so this means 0.9 %'),
        ("< .5", '"CPUUtilization" is in percent, so this means 0.5 %'),
        ("> 0.9%", ""),
        ("> 90%", ""),
        ("> 1", ""),
        ("> 0", ""),
        ("0.9", ""),
    ],
)
def test_a_ratio_for_a_percentage_is_a_warning(level: str, message: str, tmp_path: Path) -> None:
    found = find(f'metric: AWS/EC2 CPUUtilization, levels: {{high: "{level}"}}', tmp_path)

    assert [(one.rule, one.severity, one.message) for one in found] == (
        [("metric/wrong-scale", WARNING, message)] if message else []
    )
    assert {one.help for one in found} <= {
        "write 90%, or 0.9% if that is meant",
        "write 50%, or 0.5% if that is meant",
    }


def test_a_ratio_for_a_percentage_is_found_in_an_alarm_once(tmp_path: Path) -> None:
    alarm = "alarms: {a: {severity: info, when: {metric: m, at_least: 0.8}}}\n"
    level = "alarms: {a: {severity: info, when: {metric: m, level: high}}}\n"

    (found,) = find("metric: AWS/EC2 CPUUtilization", tmp_path, alarm)
    assert (found.rule, marked_text(found)) == ("metric/wrong-scale", "0.8")

    (found,) = find('metric: AWS/EC2 CPUUtilization, levels: {high: "> 0.8"}', tmp_path, level)
    assert (found.rule, marked_text(found)) == ("metric/wrong-scale", '"> 0.8"')

    assert find("metric: AWS/EC2 CPUUtilization, statistic: SampleCount", tmp_path, alarm) == []
    assert find("expression: x / 2, given: {x: AWS/EC2 CPUUtilization}", tmp_path, alarm) == []
    assert find("metric: Shop A, unit: Percent", tmp_path, alarm) == []


def test_a_ratio_that_aws_calls_a_percentage_is_a_ratio(tmp_path: Path) -> None:
    metric = "metric: AWS/Lambda ProvisionedConcurrencyUtilization"
    alarm = "alarms: {a: {severity: info, when: {metric: m, above: @}}}\n"

    assert find(metric, tmp_path, alarm.replace("@", "0.9")) == []
    assert [one.rule for one in find(metric, tmp_path, alarm.replace("@", "90%"))] == [
        "alarm/never-fires"
    ]


@pytest.mark.parametrize(
    ("metric", "message", "advice"),
    [
        (f"metric: AWS/ApplicationELB HTTPCode_Target_5XX_Count, {BALANCER}, statistic: Maximum",
         "the Maximum of HTTPCode_Target_5XX_Count is always 1, whatever happens", "Sum"),
        ("metric: AWS/ApplicationELB RequestCountPerTarget, dimensions: {TargetGroup: targetgroup/a/1}, statistic: Average",
         "the Average of RequestCountPerTarget is not published, only the Sum is", "Sum"),
        (f"{SIZE}, statistic: Sum",
         "the Sum of BucketSizeBytes is not published, only the Average is", "Average"),
        ("metric: AWS/EC2 CPUUtilization, statistic: Sum",
         "the Sum of CPUUtilization adds up percentages", "Average"),
    ],
)  # fmt: skip
def test_a_statistic_without_a_meaning_is_a_warning(
    metric: str, message: str, advice: str, tmp_path: Path
) -> None:
    (found,) = find(metric, tmp_path)

    assert (found.rule, found.severity) == ("metric/wrong-statistic", WARNING)
    assert (found.message, found.help) == (message, f"write  statistic: {advice}")
    assert marked_text(found) == metric.rpartition(": ")[2]


@pytest.mark.parametrize(
    "metric",
    [
        f"metric: AWS/ApplicationELB HTTPCode_Target_5XX_Count, {BALANCER}",
        f"metric: AWS/ApplicationELB HTTPCode_Target_5XX_Count, {BALANCER}, statistic: SampleCount",
        SIZE,
        "metric: AWS/ECS CPUUtilization, dimensions: {ClusterName: c}, statistic: SampleCount",
        "metric: AWS/Lambda Errors, statistic: Average",
        f"{QUEUE}, statistic: p99",
    ],
)
def test_a_statistic_with_a_meaning_is_fine(metric: str, tmp_path: Path) -> None:
    assert find(metric, tmp_path) == []


@pytest.mark.parametrize(
    ("statistic", "marked", "message"),
    [
        ("PR(500:100)", "5", 'the lower bound "500" is not below the upper bound "100"'),
        ("TM(10%:10%)", "1", 'the lower bound "10%" is not below the upper bound "10%"'),
        ("TM(10%:101%)", "1", '"101%" is more than 100%'),
        ("TC(1.2.3:)", "1", '"1.2.3" is not a number'),
        ("TC(:.%)", ".", '".%" is not a percentage'),
        ("PR(:)", ":", '"PR" needs a lower or an upper bound'),
    ],
)
def test_a_statistic_with_impossible_bounds_is_an_error(
    statistic: str, marked: str, message: str, tmp_path: Path
) -> None:
    (found,) = find(f"metric: Shop A, statistic: {statistic}", tmp_path)

    assert (found.rule, found.severity, found.message) == ("metric/bad-statistic", ERROR, message)
    assert marked_text(found) == marked


@pytest.mark.parametrize(
    ("metric", "more", "severity", "message"),
    [
        (f"{SIZE}, period: 5m", ALARM, ERROR,
         '"BucketSizeBytes" is published every day, so most periods of 5 minutes have no data'),
        (f"{SIZE}, period: 5m", "", WARNING,
         '"BucketSizeBytes" is published every day, so most periods of 5 minutes have no data'),
        (f"{COST}, dimensions: {{Currency: USD}}, period: 1h", ALARM, WARNING,
         '"EstimatedCharges" is published every 6 hours, so most periods of 1 hour have no data'),
        ("metric: AWS/RDS CPUCreditBalance, dimensions: {DBInstanceIdentifier: d}, period: 1m", ALARM,
         WARNING,
         '"CPUCreditBalance" is published every 5 minutes, so most periods of 1 minute have no data'),
        ("metric: AWS/EC2 CPUUtilization, period: 10s", ALARM, WARNING,
         '"CPUUtilization" is published every minute, so most periods of 10 seconds have no data'),
        ("metric: AWS/EC2 CPUUtilization, period: 1m", ALARM, None, ""),
        ("metric: Shop Orders, period: 10s", ALARM, None, ""),
        (f"{SIZE}, period: 2 days", ALARM, None, ""),
    ],
)  # fmt: skip
def test_a_period_finer_than_the_metric_is_found(
    metric: str, more: str, severity: Severity | None, message: str, tmp_path: Path
) -> None:
    found = find(metric, tmp_path, more)

    assert [(one.rule, one.severity, one.message) for one in found] == (
        [] if severity is None else [("metric/too-fine-period", severity, message)]
    )
    assert {marked_text(one) for one in found} <= {"5m", "1h", "1m", "10s"}


def test_the_period_of_an_expression_is_marked_at_the_expression(tmp_path: Path) -> None:
    metric = f"expression: x * 2, period: 1h, given: {{x: {{{SIZE}}}}}"

    (found,) = find(metric, tmp_path)

    assert (found.rule, marked_text(found)) == ("metric/too-fine-period", "1h")


def test_a_metric_of_one_region_is_not_looked_for_in_another(tmp_path: Path) -> None:
    metric = f"{COST}, dimensions: {{Currency: USD}}, region: @"

    (found,) = find(metric.replace("@", "eu-west-1"), tmp_path)

    assert (found.rule, found.severity) == ("metric/wrong-region", ERROR)
    assert found.message == "metrics of AWS/Billing are in us-east-1 alone, not in eu-west-1"
    assert marked_text(found) == "eu-west-1"
    assert find(metric.replace("@", "us-east-1"), tmp_path) == []
    assert find(metric.replace("@", "cn-northwest-1"), tmp_path) == []


def test_metrics_of_tasks_and_containers_need_enhanced_container_insights(tmp_path: Path) -> None:
    prefix = "metric: ECS/ContainerInsights"

    (found,) = find(f"{prefix} TaskCpuUtilization, dimensions: {{ClusterName: c}}", tmp_path)
    assert (found.rule, found.severity) == ("metric/needs-container-insights", NOTE)
    assert marked_text(found) == "TaskCpuUtilization"

    of_a_task = "dimensions: {ClusterName: c, ServiceName: s, TaskId: t}"
    (found,) = find(f"{prefix} CpuUtilized, {of_a_task}", tmp_path)
    assert (found.rule, marked_text(found)) == ("metric/needs-container-insights", "CpuUtilized")
    assert find(f"{prefix} CpuUtilized, dimensions: {{ClusterName: c}}", tmp_path) == []


@pytest.mark.parametrize(
    ("account", "own", "severity"),
    [
        ("111122223333", "444455556666", ERROR),
        ("111122223333", None, WARNING),
        ("111122223333", "111122223333", None),
        ("${account}", "444455556666", None),
        ("${other}", "444455556666", None),
    ],
)
def test_an_alarm_on_another_account_has_no_expected_band(
    account: str, own: str | None, severity: Severity | None, tmp_path: Path
) -> None:
    head = HEAD if own is None else HEAD.replace("eu-west-1", f'eu-west-1, account: "{own}"')
    text = head + "parameters: {other: {}}\n"
    text += f'metrics: {{m: {{metric: Shop Orders, account: "{account}"}}}}\n'
    text += "alarms: {a: {severity: info, notify: [], when: {metric: m, above_band: 2}}}\n"

    found = compile_text(text, tmp_path).diagnostics

    told = [one for one in found if one.rule == "alarm/cross-account-function"]
    assert [one.severity for one in told] == ([] if severity is None else [severity])
    assert {one.message for one in told} <= {
        '"a" watches a metric of account 111122223333, and an expected band works within one account only'
    }


@pytest.mark.parametrize(
    ("expression", "told"),
    [
        ("x / SERVICE_QUOTA(x)", "SERVICE_QUOTA"),
        ("2 * nested", "SERVICE_QUOTA"),
        ("x * 2", ""),
    ],
)
def test_some_functions_do_not_work_across_accounts(
    expression: str, told: str, tmp_path: Path
) -> None:
    text = HEAD.replace("eu-west-1", 'eu-west-1, account: "444455556666"')
    text += "metrics:\n  x: {metric: Shop Orders, account: '111122223333'}\n"
    text += "  nested: {expression: SERVICE_QUOTA(x)}\n"
    text += f"  m: {{expression: {expression}}}\n{ALARM}"

    found = errors(compile_text(text, tmp_path))

    assert [one.rule for one in found] == ["alarm/cross-account-function"] * bool(told)
    assert all(told in one.message for one in found)


def test_a_daily_metric_in_an_expression_over_a_finer_one_is_as_coarse(tmp_path: Path) -> None:
    metric = f"expression: x / y, given: {{x: {{{SIZE}}}, y: Shop Y}}"

    assert find(metric, tmp_path) == []


def test_a_metric_that_no_one_knows_has_no_finest_period(tmp_path: Path) -> None:
    assert [one.rule for one in find("metric: AWS/RDS Newest, period: 10s", tmp_path)] == [
        "metric/not-published"
    ]


def test_a_period_said_deep_inside_is_marked_at_the_metric(tmp_path: Path) -> None:
    more = f"  x: {{{SIZE}}}\n  inner: {{expression: x / 2, period: 1h}}\n"
    text = HEAD + "metrics:\n  m: {expression: inner * 2}\n" + more

    found = [
        one
        for one in compile_text(text, tmp_path).diagnostics
        if one.rule == "metric/too-fine-period"
    ]

    assert [marked_text(one) for one in found] == ["BucketSizeBytes"]

"""What exists in an account, read back from the services and said in the words of `guide.py`."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from e2e.aws import Aws

OPERATORS = {
    "GreaterThanThreshold": ">",
    "GreaterThanOrEqualToThreshold": ">=",
    "LessThanThreshold": "<",
    "LessThanOrEqualToThreshold": "<=",
}


def read_alarms(aws: Aws, environment: str, region: str = "us-east-1") -> list[dict[str, Any]]:
    """The metric alarms of an environment as CloudWatch gives them."""
    pages = aws.client("cloudwatch", region).get_paginator("describe_alarms")
    return [
        alarm
        for page in pages.paginate(AlarmNamePrefix=f"{environment}-", AlarmTypes=["MetricAlarm"])
        for alarm in page["MetricAlarms"]
    ]


def describe_alarms(aws: Aws, environment: str, region: str = "us-east-1") -> dict[str, str]:
    """What every alarm is about, by its name."""
    paths = {
        check["Id"]: check["HealthCheckConfig"]["ResourcePath"]
        for check in aws.client("route53").list_health_checks()["HealthChecks"]
    }
    routes = f"arn:aws:sns:{region}:{aws.account}:{environment}-ai-video-"
    return {
        alarm["AlarmName"]: _describe_alarm(alarm, paths, routes)
        for alarm in read_alarms(aws, environment, region)
    }


def _describe_alarm(alarm: Mapping[str, Any], paths: Mapping[str, str], routes: str) -> str:
    if alarm.get("Metrics"):
        seconds = {one["MetricStat"]["Period"] for one in alarm["Metrics"] if "MetricStat" in one}
        metric = _describe_math(alarm["Metrics"])
    else:
        seconds = {alarm["Period"]}
        dimensions = {one["Name"]: one["Value"] for one in alarm["Dimensions"]}
        metric = f"{alarm['Statistic']} {alarm['Namespace']} {alarm['MetricName']}"
        metric += _describe_dimensions(dimensions, paths)
    condition = f"{metric} {OPERATORS[alarm['ComparisonOperator']]} {alarm['Threshold']:.0f}"
    window = f"{alarm['DatapointsToAlarm']} of {alarm['EvaluationPeriods']}"
    window += " x " + "/".join(f"{one} s" for one in sorted(seconds))
    told = [arn.removeprefix(routes) for arn in alarm["AlarmActions"]]
    told += [f"{arn.removeprefix(routes)} when OK" for arn in alarm.get("OKActions", [])]
    told += [f"{arn} when unsure" for arn in alarm.get("InsufficientDataActions", [])]
    if not alarm["ActionsEnabled"]:
        told.append("disabled")
    return " | ".join((condition, window, alarm["TreatMissingData"], ", ".join(told)))


def _describe_math(queries: Sequence[Mapping[str, Any]]) -> str:
    returned = [one for one in queries if one.get("ReturnData", True)]
    assert len(returned) == 1, returned
    series = {}
    for one in queries:
        if "MetricStat" in one:
            metric = one["MetricStat"]["Metric"]
            dimensions = {each["Name"]: each["Value"] for each in metric.get("Dimensions", [])}
            series[one["Id"]] = (
                f"{one['MetricStat']['Stat']} {metric['Namespace']} {metric['MetricName']}"
                f"{_describe_dimensions(dimensions, {})}"
            )
    return _replace_ids(returned[0]["Expression"], series)


def _describe_dimensions(dimensions: Mapping[str, str], paths: Mapping[str, str]) -> str:
    if list(dimensions) == ["HealthCheckId"]:
        return f" [{paths[dimensions['HealthCheckId']]}]"
    if not dimensions:
        return ""
    return f" [{' '.join(f'{name}={value}' for name, value in sorted(dimensions.items()))}]"


def _replace_ids(expression: str, series: Mapping[str, str]) -> str:
    return re.sub(r"\b[a-z]\w*\b", lambda found: series.get(found[0], found[0]), expression)


def read_dashboards(aws: Aws, environment: str, region: str = "us-east-1") -> dict[str, Any]:
    """The bodies of the dashboards of an environment, by the middle of their names."""
    cloudwatch = aws.client("cloudwatch", region)
    entries = cloudwatch.list_dashboards(DashboardNamePrefix=f"{environment}-")["DashboardEntries"]
    names = [entry["DashboardName"] for entry in entries]
    return {
        name.removeprefix(f"{environment}-").removesuffix("-dashboard"): json.loads(
            cloudwatch.get_dashboard(DashboardName=name)["DashboardBody"]
        )
        for name in names
    }


def describe_widgets(body: Mapping[str, Any]) -> list[str]:
    """What every graph of a dashboard shows, in order."""
    return [
        _describe_widget(widget["properties"])
        for widget in body["widgets"]
        if widget["type"] == "metric"
    ]


def _describe_widget(properties: Mapping[str, Any]) -> str:
    shown: list[str] = []
    series: dict[str, str] = {}
    for row in properties["metrics"]:
        options = row[-1] if isinstance(row[-1], dict) else {}
        if "expression" in options:
            shown.append(_replace_ids(options["expression"], series))
            continue
        namespace, name, *rest = [part for part in row if isinstance(part, str)]
        dimensions = dict(zip(rest[::2], rest[1::2], strict=True))
        statistic = options.get("stat", properties.get("stat"))
        text = f"{statistic} {namespace} {name}{_describe_dimensions(dimensions, {})}"
        if "id" in options:
            series[options["id"]] = text
        if options.get("visible", True):
            shown.append(text)
    lines: list[str] = []
    for line in properties.get("annotations", {}).get("horizontal", []):
        edge = line[0] if isinstance(line, list) else line
        lines.append(f"{edge['value']} {edge['label']}")
    return f"{properties['title']}: {'; '.join(shown)} ({', '.join(lines)})"


def read_log_groups(aws: Aws, region: str = "us-east-1") -> dict[str, int | None]:
    """The days for which every log group keeps its events; None is for ever."""
    groups = aws.client("logs", region).describe_log_groups()["logGroups"]
    return {group["logGroupName"]: group.get("retentionInDays") for group in groups}


def describe_metric_filters(
    aws: Aws, environment: str, region: str = "us-east-1"
) -> dict[str, str]:
    """What every metric filter counts, by its name."""
    filters = aws.client("logs", region).describe_metric_filters(
        filterNamePrefix=f"{environment}-"
    )["metricFilters"]
    return {one["filterName"]: _describe_metric_filter(one) for one in filters}


def _describe_metric_filter(one: Mapping[str, Any]) -> str:
    (to,) = one["metricTransformations"]
    values = f"{to['metricValue']} or {to['defaultValue']:.0f}"
    target = f"{to['metricNamespace']} {to['metricName']}"
    return f"{one['logGroupName']}: {one['filterPattern']} -> {values} to {target}"


def read_queries(aws: Aws, environment: str, region: str = "us-east-1") -> dict[str, Any]:
    """The saved queries in the folder of an environment, by their names in it."""
    folder = f"{environment}-ai-video/"
    definitions = aws.client("logs", region).describe_query_definitions()["queryDefinitions"]
    return {
        one["name"].removeprefix(folder): one
        for one in definitions
        if one["name"].startswith(folder)
    }


def describe_health_checks(aws: Aws) -> list[str]:
    """The endpoints that Route 53 asks."""
    checks = aws.client("route53").list_health_checks()["HealthChecks"]
    return sorted(_describe_health_check(check["HealthCheckConfig"]) for check in checks)


def _describe_health_check(config: Mapping[str, Any]) -> str:
    where = f"{config['FullyQualifiedDomainName']}:{config['Port']}{config['ResourcePath']}"
    sni = "with SNI" if config.get("EnableSNI") else "without SNI"
    text = f"{config['Type']} {where} {sni}, every {config['RequestInterval']} s, "
    text += f"{config['FailureThreshold']} failures"
    return text + (f", finds {config['SearchString']}" if "SearchString" in config else "")


def read_topics(aws: Aws, region: str = "us-east-1") -> list[str]:
    """The names of all topics."""
    topics = aws.client("sns", region).list_topics()["Topics"]
    return sorted(topic["TopicArn"].rsplit(":", 1)[1] for topic in topics)


def describe_subscriptions(aws: Aws, topic: str, region: str = "us-east-1") -> list[str]:
    """Who hears of a topic."""
    arn = f"arn:aws:sns:{region}:{aws.account}:{topic}"
    found = aws.client("sns", region).list_subscriptions_by_topic(TopicArn=arn)["Subscriptions"]
    return sorted(f"{one['Protocol']} {one['Endpoint']}" for one in found)


def read_topic_policy(aws: Aws, topic: str, region: str = "us-east-1") -> list[dict[str, Any]]:
    """The statements of a topic's policy."""
    arn = f"arn:aws:sns:{region}:{aws.account}:{topic}"
    attributes = aws.client("sns", region).get_topic_attributes(TopicArn=arn)["Attributes"]
    statements: list[dict[str, Any]] = json.loads(attributes["Policy"])["Statement"]
    return statements


def read_outputs(aws: Aws, stack: str, region: str = "us-east-1") -> dict[str, str]:
    """The outputs of a stack, as `aws cloudformation describe-stacks` prints them."""
    answer = aws.cli("cloudformation", "describe-stacks", "--stack-name", stack, "--region", region)
    return {one["OutputKey"]: one["OutputValue"] for one in answer["Stacks"][0]["Outputs"]}

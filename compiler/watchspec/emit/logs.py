"""Log groups, metric filters and saved queries."""

from __future__ import annotations

from typing import Any

import troposphere
from troposphere import kms, logs

from watchspec.emit.logical_ids import logical_id
from watchspec.emit.routing import owner_statement
from watchspec.emit.stack import Stack
from watchspec.model.logs import INSIGHTS, LogGroup, MetricFilter, SavedQuery


def add_log_group(stack: Stack, log: LogGroup) -> None:
    """Add a log group; unless the author says otherwise, no deploy can lose its lines."""
    if not log.is_made:
        return
    properties: dict[str, Any] = {"LogGroupName": stack.text(log.name)}
    if log.retention_days is not None:
        properties["RetentionInDays"] = log.retention_days
    if log.log_class != "STANDARD":
        properties["LogGroupClass"] = log.log_class
    if log.makes_key:
        key_id = logical_id("KeyOfLog", log.key)
        _add_log_key(stack, log, key_id)
        properties["KmsKeyId"] = troposphere.GetAtt(key_id, "Arn")
    elif log.kms_key is not None:
        properties["KmsKeyId"] = stack.text(log.kms_key)
    properties["DeletionProtectionEnabled"] = log.is_protected
    stack.add(
        logs.LogGroup(logical_id("Log", log.key), **properties),
        log.place,
        tags=log.tags,
        extra=log.properties,
        # RetainExceptOnCreate leaves no orphan behind a failed first creation that would block the next.
        deletion_policy="RetainExceptOnCreate" if log.keeps_lines else "Delete",
        replace_policy="Retain" if log.keeps_lines else "Delete",
    )


def log_group_name(stack: Stack, log: LogGroup) -> Any:  # noqa: ANN401 - a string or a function
    """The name of a log group, as a reference if this stack makes it."""
    return troposphere.Ref(logical_id("Log", log.key)) if log.is_made else stack.text(log.name)


def add_filter(stack: Stack, metric_filter: MetricFilter) -> None:
    """Add a metric filter."""
    log = next(log for log in stack.monitoring.log_groups if log.key == metric_filter.log)
    transformation = logs.MetricTransformation(
        MetricNamespace=metric_filter.namespace,
        MetricName=metric_filter.metric_name,
        MetricValue=metric_filter.value,
    )
    if metric_filter.default is not None:
        transformation.DefaultValue = metric_filter.default
    if metric_filter.dimensions:
        transformation.Dimensions = [
            logs.Dimension(Key=name, Value=field) for name, field in metric_filter.dimensions
        ]
    if metric_filter.unit is not None:
        transformation.Unit = metric_filter.unit
    resource = logs.MetricFilter(
        logical_id("Filter", metric_filter.key),
        FilterName=metric_filter.name,
        LogGroupName=log_group_name(stack, log),
        FilterPattern=metric_filter.pattern,
        MetricTransformations=[transformation],
    )
    stack.add(resource, metric_filter.place, extra=metric_filter.properties)


def add_query(stack: Stack, query: SavedQuery) -> None:
    """Add a saved query; the question it answers is its first line."""
    by_key = {log.key: log for log in stack.monitoring.log_groups}
    properties: dict[str, Any] = {"Name": query.name, "QueryString": query.saved_text}
    if query.logs:
        properties["LogGroupNames"] = [log_group_name(stack, by_key[log]) for log in query.logs]
    if query.language != INSIGHTS:
        properties["QueryLanguage"] = query.language
    if query.parameters:
        properties["Parameters"] = [
            logs.QueryParameter(
                Name=parameter.name,
                **({"DefaultValue": parameter.default} if parameter.default is not None else {}),
                **({"Description": parameter.description} if parameter.description else {}),
            )
            for parameter in query.parameters
        ]
    resource = logs.QueryDefinition(logical_id("Query", query.key), **properties)
    stack.add(resource, query.place, extra=query.properties)


def _add_log_key(stack: Stack, log: LogGroup, key_id: str) -> None:
    """A key CloudWatch Logs may use, for this log group alone.

    Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html (read 2026-11-24)
    """
    variables: dict[str, Any] = {}
    name = stack.substitutable(log.name, variables)
    pattern = f"arn:${{AWS::Partition}}:logs:{stack.region}:${{AWS::AccountId}}:log-group:{name}"
    arn: Any = {"Fn::Sub": pattern}
    if variables:
        arn = {"Fn::Sub": [pattern, {key: value.to_dict() for key, value in variables.items()}]}
    stack.add(
        kms.Key(
            key_id,
            Description=f"Encrypts the log {log.key} of {stack.monitoring.service}",
            EnableKeyRotation=True,
            KeyPolicy={
                "Version": "2012-10-17",
                "Statement": [
                    owner_statement(),
                    {
                        "Sid": "LogsMayEncrypt",
                        "Effect": "Allow",
                        "Principal": {"Service": f"logs.{stack.region}.amazonaws.com"},
                        "Action": [
                            "kms:Decrypt",
                            "kms:DescribeKey",
                            "kms:Encrypt",
                            "kms:GenerateDataKey*",
                            "kms:ReEncrypt*",
                        ],
                        "Resource": "*",
                        "Condition": {"ArnEquals": {"kms:EncryptionContext:aws:logs:arn": arn}},
                    },
                ],
            },
        ),
        log.place,
        tags=log.tags,
        deletion_policy="RetainExceptOnCreate",
        replace_policy="Retain",
    )

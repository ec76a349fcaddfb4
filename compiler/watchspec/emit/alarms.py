"""Alarms, composite alarms and mute rules."""

from __future__ import annotations

from typing import Any

from troposphere import cloudwatch

from watchspec.emit.logical_ids import logical_id
from watchspec.emit.routing import alarm_actions
from watchspec.emit.signals import is_single, metric_queries, single_metric
from watchspec.emit.stack import Stack
from watchspec.model.alarms import Alarm, Band, Combination, MuteRule, Threshold
from watchspec.model.expressions import free_identifier
from watchspec.model.signals import MetricStat

_OPERATORS = {
    ">": "GreaterThanThreshold",
    ">=": "GreaterThanOrEqualToThreshold",
    "<": "LessThanThreshold",
    "<=": "LessThanOrEqualToThreshold",
}
_BANDS = {
    "outside": "LessThanLowerOrGreaterThanUpperThreshold",
    "above": "GreaterThanUpperThreshold",
    "below": "LessThanLowerThreshold",
}


def add_alarm(stack: Stack, alarm: Alarm) -> None:
    """Add one alarm."""
    if isinstance(alarm.condition, Combination):
        _add_composite(stack, alarm, alarm.condition)
    else:
        _add_metric_alarm(stack, alarm, alarm.condition)


def add_mute(stack: Stack, mute: MuteRule) -> None:
    """Add one mute rule, behind the alarms it silences."""
    schedule = cloudwatch.Schedule(
        Expression=mute.schedule, Duration=mute.duration, Timezone=mute.timezone
    )
    properties: dict[str, Any] = {
        "Name": mute.name,
        "Description": mute.reason,
        "Rule": cloudwatch.Rule(Schedule=schedule),
        "MuteTargets": cloudwatch.MuteTargets(AlarmNames=list(mute.alarms)),
    }
    if mute.start is not None:
        properties["StartDate"] = mute.start
    if mute.end is not None:
        properties["ExpireDate"] = mute.end
    by_name = {alarm.name: alarm.key for alarm in stack.monitoring.alarms}
    resource = cloudwatch.AlarmMuteRule(logical_id("Mute", mute.key), **properties)
    depends_on = tuple(logical_id("Alarm", by_name[name]) for name in mute.alarms)
    stack.add(resource, mute.place, tags=mute.tags, extra=mute.properties, depends_on=depends_on)


def _add_metric_alarm(stack: Stack, alarm: Alarm, condition: Threshold | Band) -> None:
    properties: dict[str, Any] = {
        "AlarmName": alarm.name,
        "AlarmDescription": stack.text(alarm.description),
    }
    source = condition.signal.source
    if isinstance(condition, Band):
        properties |= _band(stack, condition)
    else:
        if is_single(source):
            assert isinstance(source, MetricStat)
            properties |= single_metric(stack, source)
        else:
            properties["Metrics"], _ = metric_queries(stack, source, condition.signal.title)
        properties["ComparisonOperator"] = _OPERATORS[condition.operator]
        properties["Threshold"] = condition.value
    properties["EvaluationPeriods"] = condition.window.evaluation_periods
    properties["DatapointsToAlarm"] = condition.window.datapoints_to_alarm
    properties["TreatMissingData"] = alarm.missing_data
    if isinstance(condition, Threshold) and condition.ignores_few_samples:
        properties["EvaluateLowSampleCountPercentile"] = "ignore"
    properties |= alarm_actions(stack, alarm)
    resource = cloudwatch.Alarm(logical_id("Alarm", alarm.key), **properties)
    stack.add(resource, alarm.place, tags=alarm.tags, extra=alarm.properties)


def _band(stack: Stack, band: Band) -> dict[str, Any]:
    """The metric and its expected band; CloudWatch trains the model by itself."""
    queries, watched = metric_queries(stack, band.signal.source, band.signal.title)
    band_id = free_identifier("band", {query.Id for query in queries})
    model = cloudwatch.MetricDataQuery(
        Id=band_id,
        Expression=f"ANOMALY_DETECTION_BAND({watched}, {band.deviations:g})",
        Label="expected",
        ReturnData=True,
    )
    return {
        "Metrics": [*queries, model],
        "ComparisonOperator": _BANDS[band.side],
        "ThresholdMetricId": band_id,
    }


def _add_composite(stack: Stack, alarm: Alarm, condition: Combination) -> None:
    properties: dict[str, Any] = {
        "AlarmName": alarm.name,
        "AlarmDescription": stack.text(alarm.description),
        "AlarmRule": condition.rule,
    }
    children = list(condition.children)
    if condition.suppressor is not None:
        suppressor = condition.suppressor
        names = {one.key: one.name for one in stack.monitoring.alarms}
        children.append(suppressor.alarm)
        properties["ActionsSuppressor"] = names[suppressor.alarm]
        properties["ActionsSuppressorWaitPeriod"] = suppressor.wait_seconds
        properties["ActionsSuppressorExtensionPeriod"] = suppressor.extension_seconds
    properties |= alarm_actions(stack, alarm)
    resource = cloudwatch.CompositeAlarm(logical_id("Alarm", alarm.key), **properties)
    depends_on = tuple(dict.fromkeys(logical_id("Alarm", key) for key in children))
    stack.add(resource, alarm.place, tags=alarm.tags, extra=alarm.properties, depends_on=depends_on)

"""What AWS takes at most, written down here once more, so that the compiler is not its own judge.

Sources, all read 2026-11-24:
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html
https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from typing import Any

from property.compiling import parse

_HOUR = 3_600


def check_quotas(text: str) -> None:
    """Fail if AWS would refuse a template for its size, or anything in it."""
    body = parse(text)
    assert len(text.encode()) <= 1_000_000
    assert 1 <= len(body["Resources"]) <= 500
    assert len(body.get("Parameters", ())) <= 200
    assert len(body.get("Outputs", ())) <= 200
    assert len(body["Description"].encode()) <= 1_024
    for resource in body["Resources"].values():
        properties = resource["Properties"]
        assert len(properties.get("Tags", ())) <= 50
        if resource["Type"] in _CHECKS:
            _CHECKS[resource["Type"]](properties)
    filters = Counter(
        json.dumps(one["Properties"]["LogGroupName"])
        for one in body["Resources"].values()
        if one["Type"] == "AWS::Logs::MetricFilter"
    )
    assert max(filters.values(), default=0) <= 100


def _check_actions(alarm: dict[str, Any]) -> None:
    assert 1 <= len(alarm["AlarmName"]) <= 255
    assert len(_plain(alarm["AlarmDescription"])) <= 1_024
    for state in ("AlarmActions", "OKActions", "InsufficientDataActions"):
        assert len(alarm.get(state, ())) <= 5


def _check_alarm(alarm: dict[str, Any]) -> None:
    _check_actions(alarm)
    assert 1 <= alarm["DatapointsToAlarm"] <= alarm["EvaluationPeriods"]
    queries = alarm.get("Metrics", [])
    periods = [alarm.get("Period"), *(one.get("Period") for one in queries)]
    periods += [one["MetricStat"]["Period"] for one in queries if "MetricStat" in one]
    period = max(one for one in periods if one is not None)
    assert period in {10, 20, 30} or period % 60 == 0
    window = period * alarm["EvaluationPeriods"]
    assert window <= (604_800 if period >= _HOUR else 86_400)
    if queries:
        ids = [one["Id"] for one in queries]
        assert len(set(ids)) == len(ids)
        assert sum("MetricStat" in one for one in queries) <= 10
        assert sum("Expression" in one for one in queries) <= 10
        watched = 2 if "ThresholdMetricId" in alarm else 1
        assert sum(one["ReturnData"] for one in queries) == watched
        assert alarm.get("ThresholdMetricId", ids[-1]) in ids
    assert len(json.dumps(alarm).encode()) <= 120 * 1_024


def _check_composite(alarm: dict[str, Any]) -> None:
    _check_actions(alarm)
    assert len(alarm["AlarmRule"]) <= 10_240
    assert alarm["AlarmRule"].count('"') // 2 <= 500


def _check_dashboard(dashboard: dict[str, Any]) -> None:
    body = json.loads(_plain(dashboard["DashboardBody"]))
    assert 1 <= len(body["widgets"]) <= 500
    assert len(body.get("variables", ())) <= 25
    for widget in body["widgets"]:
        assert 0 <= widget["x"] <= widget["x"] + widget["width"] <= 24
        assert 1 <= widget["height"] <= 1_000
        assert len(widget["properties"].get("metrics", ())) <= 500


def _check_event(rule: dict[str, Any]) -> None:
    assert 1 <= len(rule["Name"]) <= 64
    assert len(rule["Description"]) <= 512
    assert len(json.dumps(rule.get("EventPattern", {}))) <= 4_096
    assert len(rule.get("Targets", ())) <= 5
    for target in rule.get("Targets", ()):
        template = target.get("InputTransformer", {}).get("InputTemplate", "")
        assert len(_plain(template)) <= 8_192


def _check_mute(rule: dict[str, Any]) -> None:
    assert 1 <= len(rule["MuteTargets"]["AlarmNames"]) <= 100


def _check_query(query: dict[str, Any]) -> None:
    assert len(query["Name"]) <= 255
    assert len(query["QueryString"]) <= 10_000
    assert len(query.get("LogGroupNames", ())) <= 50


def _plain(text: Any) -> str:
    """A text or what `Fn::Sub` makes it of."""
    if isinstance(text, str):
        return text
    inner = text["Fn::Sub"]
    return str(inner if isinstance(inner, str) else inner[0])


_CHECKS: dict[str, Callable[[dict[str, Any]], None]] = {
    "AWS::CloudWatch::Alarm": _check_alarm,
    "AWS::CloudWatch::CompositeAlarm": _check_composite,
    "AWS::CloudWatch::Dashboard": _check_dashboard,
    "AWS::CloudWatch::AlarmMuteRule": _check_mute,
    "AWS::Events::Rule": _check_event,
    "AWS::Logs::QueryDefinition": _check_query,
}

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from support import HEAD, compile_text, errors, marked_text, only_error, resource, template


def check_with(settings: str, folder: Path, alarm: str = "severity: info") -> dict[str, Any]:
    """The template that holds a health check with these settings and its alarm."""
    text = (
        HEAD + f"health_checks: {{web: {{host: shop.example.com, alarm: {{{alarm}}}{settings}}}}}\n"
    )
    return template(compile_text(text, folder), region="us-east-1")


def test_a_health_check_asks_for_a_page_over_https(tmp_path: Path) -> None:
    body = check_with("", tmp_path)

    assert resource(body, "HealthCheckWeb")["HealthCheckConfig"] == {
        "Type": "HTTPS",
        "FullyQualifiedDomainName": "shop.example.com",
        "Port": 443,
        "ResourcePath": "/",
        "RequestInterval": 30,
        "FailureThreshold": 3,
        "EnableSNI": True,
    }


@pytest.mark.parametrize(
    ("settings", "key", "value"),
    [
        ("path: '/health?x=1'", "ResourcePath", "/health?x=1"),
        ("protocol: http", "Type", "HTTP"),
        ("protocol: http", "Port", 80),
        ("protocol: tcp, port: 5432", "Type", "TCP"),
        ("protocol: tcp, port: 5432", "Port", 5432),
        ("port: 8443", "Port", 8443),
        ("contains: ok", "Type", "HTTPS_STR_MATCH"),
        ("contains: ok", "SearchString", "ok"),
        ("protocol: http, contains: ok", "Type", "HTTP_STR_MATCH"),
        ("interval: 10s", "RequestInterval", 10),
        ("failures: 10", "FailureThreshold", 10),
        ("measure_latency: true", "MeasureLatency", True),
    ],
)
def test_a_health_check_does_as_it_is_told(
    settings: str, key: str, value: object, tmp_path: Path
) -> None:
    body = check_with(f", {settings}", tmp_path)

    assert resource(body, "HealthCheckWeb")["HealthCheckConfig"][key] == value


def test_a_tcp_check_asks_for_no_page(tmp_path: Path) -> None:
    body = check_with(", protocol: tcp", tmp_path)

    config = resource(body, "HealthCheckWeb")["HealthCheckConfig"]
    assert not {"ResourcePath", "EnableSNI", "SearchString"} & config.keys()


@pytest.mark.parametrize(("setting", "key"), [("path: /x", "path"), ("contains: ok", "contains")])
def test_a_tcp_check_with_a_page_or_a_text_is_an_error(
    setting: str, key: str, tmp_path: Path
) -> None:
    text = (
        HEAD
        + f"health_checks:\n  web: {{host: a.org, protocol: tcp, {setting}, alarm: {{severity: info}}}}\n"
    )

    error = only_error(compile_text(text, tmp_path), "health-check/tcp-asks")

    assert f'"{key}"' in error.message
    assert marked_text(error) == key


def test_the_alarm_of_a_health_check_watches_it(tmp_path: Path) -> None:
    body = check_with("", tmp_path, "severity: info, for: 3m")

    alarm = resource(body, "AlarmWebUnhealthy")
    assert alarm["AlarmName"] == "prod-web-unhealthy"
    assert (alarm["Namespace"], alarm["MetricName"]) == ("AWS/Route53", "HealthCheckStatus")
    assert alarm["Dimensions"] == [{"Name": "HealthCheckId", "Value": {"Ref": "HealthCheckWeb"}}]
    assert (alarm["Statistic"], alarm["Period"], alarm["EvaluationPeriods"]) == ("Minimum", 60, 3)
    assert (alarm["ComparisonOperator"], alarm["Threshold"]) == ("LessThanThreshold", 1)
    assert alarm["TreatMissingData"] == "breaching"


def test_the_alarm_of_a_health_check_does_as_it_is_told(tmp_path: Path) -> None:
    alarm = resource(
        check_with(
            "",
            tmp_path,
            "severity: info, missing_data: missing, name: Down, enabled: false, owner: web-team",
        ),
        "AlarmWebUnhealthy",
    )

    assert alarm["AlarmName"] == "Down"
    assert alarm["TreatMissingData"] == "missing"
    assert alarm["ActionsEnabled"] is False
    assert "Owner: web-team." in alarm["AlarmDescription"]


def test_health_checks_live_in_us_east_1_and_tell_topics_there(tmp_path: Path) -> None:
    text = HEAD + "notify: {critical: {email: [a@example.com]}}\n"
    text += "health_checks: {web: {host: a.org, alarm: {severity: critical}}}\n"

    compiled = compile_text(text, tmp_path)

    there = template(compiled, region="us-east-1")["Resources"]
    assert {"HealthCheckWeb", "AlarmWebUnhealthy", "TopicCritical"} <= there.keys()
    assert [one.region for one in compiled.templates] == ["us-east-1"]


def test_a_health_check_has_a_name_and_tags(tmp_path: Path) -> None:
    tags = resource(check_with(", tags: {a: b}", tmp_path), "HealthCheckWeb")["HealthCheckTags"]

    assert {"Key": "Name", "Value": "prod-web"} in tags
    assert {"Key": "a", "Value": "b"} in tags


@pytest.mark.parametrize("time", ["90s", "30s", "1.5m"])
def test_a_health_check_fails_for_whole_minutes(time: str, tmp_path: Path) -> None:
    text = (
        HEAD + f"health_checks: {{web: {{host: a.org, alarm: {{severity: info, for: {time}}}}}}}\n"
    )

    error = only_error(compile_text(text, tmp_path), "alarm/bad-window")

    assert marked_text(error) == time


def test_a_health_check_cannot_fail_for_no_time(tmp_path: Path) -> None:
    text = HEAD + "health_checks: {web: {host: a.org, alarm: {severity: info, for: 0m}}}\n"

    assert only_error(compile_text(text, tmp_path), "quantity/malformed").message


def test_a_health_check_cannot_fail_for_more_than_a_day(tmp_path: Path) -> None:
    text = HEAD + "health_checks: {web: {host: a.org, alarm: {severity: info, for: 25h}}}\n"

    compiled = compile_text(text, tmp_path)

    assert [one.rule for one in errors(compiled)] == ["alarm/bad-window"]


def test_a_health_check_can_be_watched_on_a_dashboard(tmp_path: Path) -> None:
    text = HEAD + "health_checks: {web: {host: a.org, alarm: {severity: info}}}\n"
    text += "dashboards: {d: {rows: [{alarm: web-unhealthy}, {alarms: [web-unhealthy]}]}}\n"

    body = template(compile_text(text, tmp_path), region="eu-west-1")

    drawn = resource(body, "DashboardD")["DashboardBody"]["Fn::Sub"]
    arn = "arn:${AWS::Partition}:cloudwatch:us-east-1:${AWS::AccountId}:alarm:prod-web-unhealthy"
    assert drawn.count(arn) == 2

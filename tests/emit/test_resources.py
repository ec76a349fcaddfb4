"""Single resources: what AWS would refuse, or would take for something else, is not emitted."""

from __future__ import annotations

from pathlib import Path

import pytest

from emit.deployment import dashboards, deploy, of_type, read_body
from support import HEAD, compile_text, marked_text, resource
from watchspec.diagnostics import Severity

US = HEAD.replace("eu-west-1", "us-east-1")


def test_account_alone_is_a_reference(tmp_path: Path) -> None:
    compiled = compile_text(
        HEAD + "tags: {account: '${account}'}\nlogs: {a: {group: /a, retention: 1 day}}\n", tmp_path
    )

    tags = resource(deploy(compiled.templates[0]), "LogA")["Tags"]
    assert {"Key": "account", "Value": "123456789012"} in tags


@pytest.mark.parametrize(
    ("tags", "name"), [("", "prod-a"), ("tags: {Name: The shop, a: b}\n", "The shop")]
)
def test_health_check_has_one_name(tags: str, name: str, tmp_path: Path) -> None:
    compiled = compile_text(
        f"{US}{tags}health_checks: {{a: {{host: shop.example.com, alarm: {{severity: info}}}}}}\n",
        tmp_path,
    )

    check = resource(read_body(compiled.templates[0]), "HealthCheckA")
    keys = [tag["Key"] for tag in check["HealthCheckTags"]]
    assert {"Key": "Name", "Value": name} in check["HealthCheckTags"]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(
    ("check", "said"),
    [
        ("host: shop.example.com", "https://shop.example.com/"),
        ("host: shop.example.com, path: /health", "https://shop.example.com/health"),
        ("host: shop.example.com, port: 8443", "https://shop.example.com:8443/"),
        ("host: shop.example.com, protocol: http", "http://shop.example.com/"),
        ("host: shop.example.com, protocol: http, port: 443", "http://shop.example.com:443/"),
        ("host: mail.example.com, protocol: tcp, port: 25", "mail.example.com:25"),
        ("host: mail.example.com, protocol: tcp", "mail.example.com:80"),
    ],
)
def test_alarm_of_a_health_check_says_what_fails(check: str, said: str, tmp_path: Path) -> None:
    compiled = compile_text(
        f"{US}health_checks: {{a: {{{check}, alarm: {{severity: info}}}}}}\n", tmp_path
    )

    alarm = resource(read_body(compiled.templates[0]), "AlarmAUnhealthy")
    assert alarm["AlarmDescription"].split("\n")[0] == (
        f"Health check of {said} failing for 1 minute."
    )


@pytest.mark.parametrize(
    ("protocol", "kind", "port"), [("https", "HTTPS", 443), ("http", "HTTP", 80)]
)
def test_health_check_asks_in_its_protocol(
    protocol: str, kind: str, port: int, tmp_path: Path
) -> None:
    compiled = compile_text(
        f"{US}health_checks: {{a: {{host: shop.example.com, protocol: {protocol},"
        " contains: ok, alarm: {severity: info}}}\n",
        tmp_path,
    )

    config = resource(read_body(compiled.templates[0]), "HealthCheckA")["HealthCheckConfig"]
    assert (config["Type"], config["Port"]) == (f"{kind}_STR_MATCH", port)
    assert ("EnableSNI" in config) is (protocol == "https")


# The API takes 100, the schema of CloudFormation 500:
# https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MuteTargets.html
# (read 2026-11-24)
@pytest.mark.parametrize(("count", "rules"), [(100, []), (101, ["mute/bad-alarms"])])
def test_mute_of_more_than_100_alarms_is_warned_of(
    count: int, rules: list[str], tmp_path: Path
) -> None:
    alarms = "".join(
        f"  a{index}: {{severity: info, when: {{metric: A/B C, above: {index}}}}}\n"
        for index in range(count)
    )
    spec = "mutes: {m: {alarms: all, schedule: cron(0 2 * * *), duration: 1h, end: 2027-01-01T00:00, reason: x}}\n"

    compiled = compile_text(f"{HEAD}alarms:\n{alarms}{spec}", tmp_path)

    warnings = [one for one in compiled.diagnostics if one.severity is Severity.WARNING]
    assert [one.rule for one in warnings] == rules
    assert [marked_text(one) for one in warnings] == ["all"] * len(rules)
    ((_, mute),) = of_type(read_body(compiled.templates[0]), "AWS::CloudWatch::AlarmMuteRule")
    assert len(mute["MuteTargets"]["AlarmNames"]) == count


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("1m", "PT1M"),
        ("90m", "PT90M"),
        ("1h", "PT1H"),
        ("36h", "PT36H"),
        ("1 day", "P1D"),
        ("48h", "P2D"),
        ("15 days", "P15D"),
    ],
)
def test_duration_of_a_mute_is_in_the_largest_unit_that_fits(
    written: str, iso: str, tmp_path: Path
) -> None:
    spec = f"""
alarms: {{a: {{severity: info, when: {{metric: A/B C, above: 1}}}}}}
mutes: {{m: {{alarms: all, schedule: cron(0 2 * * *), duration: {written}, reason: x}}}}
"""

    compiled = compile_text(HEAD + spec, tmp_path)

    mute = resource(read_body(compiled.templates[0]), "MuteM")
    assert mute["Rule"]["Schedule"]["Duration"] == iso


@pytest.mark.parametrize("cents", ["0.29", "0.07", "1.1"])
def test_thresholds_are_the_numbers_that_are_written(cents: str, tmp_path: Path) -> None:
    compiled = compile_text(
        f"{HEAD}alarms: {{a: {{severity: info, when: {{metric: A/B C, above: {cents}}}}}}}\n",
        tmp_path,
    )

    assert f"Threshold: {cents}\n" in compiled.templates[0].text


def test_dashboard_in_a_stack_elsewhere_is_shown_in_the_main_one_only(tmp_path: Path) -> None:
    spec = """
metrics: {cost: {metric: AWS/Billing EstimatedCharges, dimensions: {Currency: USD}}}
alarms: {cost: {severity: info, when: {metric: cost, above: 1}}}
dashboards: {web: {header: false, rows: [{graph: cost}]}}
"""

    compiled = compile_text(HEAD + spec, tmp_path)

    shown = {one.region: list(dashboards(deploy(one))) for one in compiled.templates}
    outputs = {one.region: list(read_body(one).get("Outputs", ())) for one in compiled.templates}
    assert shown == {"eu-west-1": ["DashboardWeb"], "us-east-1": []}
    assert outputs == {"eu-west-1": ["DashboardWebUrl"], "us-east-1": []}

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from support import HEAD, compile_text, errors, marked_text, only_error, resource, template

ALARMS = """\
notify: {critical: {ops_item: {severity: 1}}}
alarms:
  a: {severity: critical, when: {metric: Shop A, above: 1}}
  b: {severity: info, when: {metric: Shop B, above: 1}}
"""
COST = "  cost: {severity: info, when: {metric: AWS/Billing EstimatedCharges, dimensions: {Currency: USD}, above: 1}}\n"


def mute(settings: str) -> str:
    """A spec with two alarms and a mute rule."""
    fixed = "schedule: cron(0 2 * * 1-5), duration: 90m, reason: Nightly load"
    return HEAD + ALARMS + f"mutes: {{night: {{{fixed}, {settings}}}}}\n"


def muted(settings: str, folder: Path) -> Any:
    """The mute rule, as a whole resource."""
    return template(compile_text(mute(settings), folder))["Resources"]["MuteNight"]


def test_a_mute_rule_silences_alarms_for_some_time(tmp_path: Path) -> None:
    made = muted("alarms: [b, a, b]", tmp_path)

    assert made["Properties"]["Name"] == "prod-night"
    assert made["Properties"]["Description"] == "Nightly load"
    assert made["Properties"]["MuteTargets"] == {"AlarmNames": ["prod-b", "prod-a"]}
    assert made["Properties"]["Rule"]["Schedule"] == {
        "Expression": "cron(0 2 * * 1-5)",
        "Duration": "PT90M",
        "Timezone": "UTC",
    }
    assert made["DependsOn"] == ["AlarmA", "AlarmB"]


@pytest.mark.parametrize(
    ("alarms", "names"),
    [
        ("all", ["prod-a", "prod-b"]),
        ("critical", ["prod-a"]),
        ("info", ["prod-b"]),
        ("[b]", ["prod-b"]),
    ],
)
def test_alarms_are_named_or_chosen_by_severity(
    alarms: str, names: list[str], tmp_path: Path
) -> None:
    made = muted(f"alarms: {alarms}", tmp_path)

    assert made["Properties"]["MuteTargets"]["AlarmNames"] == names


def test_a_mute_rule_has_a_time_zone_a_start_and_an_end(tmp_path: Path) -> None:
    made = muted(
        "alarms: all, timezone: Europe/Berlin, start: 2026-12-01T00:00, end: 2027-01-01T00:00",
        tmp_path,
    )["Properties"]

    assert made["Rule"]["Schedule"]["Timezone"] == "Europe/Berlin"
    assert (made["StartDate"], made["ExpireDate"]) == ("2026-12-01T00:00", "2027-01-01T00:00")


def test_a_mute_rule_that_silences_nothing_is_an_error(tmp_path: Path) -> None:
    error = only_error(compile_text(mute("alarms: warning"), tmp_path), "mute/bad-alarms")

    assert error.message == '"night" silences no alarm'
    assert error.help == ""
    assert marked_text(error) == "warning"


def test_an_alarm_that_does_not_exist_is_an_error_with_a_suggestion(tmp_path: Path) -> None:
    text = mute("alarms: [alpa, b]").replace("  a:", "  alpha:")

    error = only_error(compile_text(text, tmp_path), "alarm/unknown")

    assert error.hint == 'did you mean "alpha"?'
    assert marked_text(error) == "alpa"


def test_alarms_of_two_regions_need_two_mute_rules(tmp_path: Path) -> None:
    text = mute("alarms: all").replace("mutes:", COST + "mutes:")

    error = only_error(compile_text(text, tmp_path), "mute/bad-alarms")

    assert error.message == '"night" silences alarms in eu-west-1 and us-east-1'
    assert "one mute rule for each Region" in error.help


def test_a_mute_rule_lives_where_its_alarms_live(tmp_path: Path) -> None:
    text = mute("alarms: [cost]").replace("mutes:", COST + "mutes:")

    compiled = compile_text(text, tmp_path)

    assert resource(template(compiled, region="us-east-1"), "MuteNight")
    assert "MuteNight" not in template(compiled, region="eu-west-1")["Resources"]


@pytest.mark.parametrize(
    ("duration", "made"),
    [
        ("1m", "PT1M"),
        ("60s", "PT1M"),
        ("1h", "PT1H"),
        ("1 day", "P1D"),
        ("15 days", "P15D"),
    ],
)
def test_a_mute_lasts_a_minute_to_fifteen_days(duration: str, made: str, tmp_path: Path) -> None:
    text = mute("alarms: all").replace("90m", duration)

    rule = resource(template(compile_text(text, tmp_path)), "MuteNight")["Rule"]

    assert rule["Schedule"]["Duration"] == made


@pytest.mark.parametrize("duration", ["30s", "90s", "21601m", "16 days", "0m"])
def test_no_mute_lasts_longer_or_shorter(duration: str, tmp_path: Path) -> None:
    text = mute("alarms: all").replace("90m", duration)

    error = only_error(compile_text(text, tmp_path), "quantity/malformed")

    assert marked_text(error) == duration


def test_everything_wrong_with_a_mute_rule_is_said_at_once(tmp_path: Path) -> None:
    text = mute("alarms: warning").replace("90m", "90s")

    found = errors(compile_text(text, tmp_path))

    assert {one.rule for one in found} == {"mute/bad-alarms", "quantity/malformed"}

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from support import compile_text, errors, marked_text, only_error, resource, template

SPEC = """\
version: v1
service: shop
environments:
  dev:
    region: eu-west-1
    changes: {@}
  prod: {region: eu-west-1}
notify:
  warning: {email: ["${mail}"]}
  nobody: {ops_item: {severity: 4}}
parameters: {mail: {}}
metrics:
  cpu: {metric: AWS/EC2 CPUUtilization, levels: {warning: "> 70%"}}
logs:
  backend: {group: "/shop/${environment}", retention: 30 days}
alarms:
  hot:
    severity: warning
    when: {metric: cpu, level: warning, for: 10m}
    runbook: {steps: [Look., Wait., Act.]}
  cpu at 5.5 percent: {severity: info, when: {metric: cpu, above: 5.5%}}
dashboards:
  main:
    rows:
      - [{graph: cpu}, {number: cpu}]
      - text: Below
"""


def changed(changes: str, folder: Path) -> Any:
    """The template of `dev` with these changes."""
    return template(compile_text(SPEC.replace("@", changes), folder), "dev")


def test_a_threshold_is_changed_in_one_environment_alone(tmp_path: Path) -> None:
    text = SPEC.replace("@", "metrics.cpu.levels.warning: '> 90%'")

    compiled = compile_text(text, tmp_path)

    assert resource(template(compiled, "dev"), "AlarmHot")["Threshold"] == 90
    assert resource(template(compiled, "prod"), "AlarmHot")["Threshold"] == 70


def test_a_route_is_changed(tmp_path: Path) -> None:
    body = changed("alarms.hot.notify: [nobody]", tmp_path)

    actions = resource(body, "AlarmHot")["AlarmActions"]
    assert [next(iter(one.values())).rsplit(":", 2)[1:] for one in actions] == [["opsitem", "4"]]


def test_a_retention_is_changed(tmp_path: Path) -> None:
    body = changed("logs.backend.retention: 7 days", tmp_path)

    assert resource(body, "LogBackend")["RetentionInDays"] == 7


def test_an_item_of_a_list_is_changed(tmp_path: Path) -> None:
    body = changed("alarms.hot.runbook.steps.1: Sleep.", tmp_path)

    assert "1. Look.\n2. Sleep.\n3. Act." in resource(body, "AlarmHot")["AlarmDescription"]


def test_an_item_inside_lists_is_changed(tmp_path: Path) -> None:
    body = changed("dashboards.main.rows.0.1.title: Now", tmp_path)

    assert '"title": "Now"' in resource(body, "DashboardMain")["DashboardBody"]


def test_null_takes_a_thing_away(tmp_path: Path) -> None:
    body = changed("alarms.hot: null", tmp_path)

    assert "AlarmHot" not in body["Resources"]
    assert "LogBackend" in body["Resources"]


def test_null_takes_an_item_of_a_list_away(tmp_path: Path) -> None:
    body = changed("alarms.hot.runbook.steps.1: null", tmp_path)

    assert "1. Look.\n2. Act." in resource(body, "AlarmHot")["AlarmDescription"]


def test_null_takes_a_setting_away(tmp_path: Path) -> None:
    body = changed("alarms.hot.when.for: null", tmp_path)

    assert resource(body, "AlarmHot")["EvaluationPeriods"] == 1


def test_a_thing_is_added(tmp_path: Path) -> None:
    body = changed("alarms.hotter: {severity: warning, when: {metric: cpu, above: 99%}}", tmp_path)

    assert resource(body, "AlarmHotter")["Threshold"] == 99


def test_a_setting_that_was_left_out_is_added(tmp_path: Path) -> None:
    body = changed("alarms.hot.missing_data: breaching", tmp_path)

    assert resource(body, "AlarmHot")["TreatMissingData"] == "breaching"


def test_names_with_dots_and_spaces_are_part_of_a_path(tmp_path: Path) -> None:
    text = SPEC.replace("@", "alarms.cpu at 5.5 percent.when.above: 6.5%")

    body = template(compile_text(text, tmp_path), "dev")

    thresholds = {
        one["Properties"]["AlarmName"]: one["Properties"].get("Threshold")
        for one in body["Resources"].values()
        if one["Type"] == "AWS::CloudWatch::Alarm"
    }
    assert thresholds["dev-cpu at 5.5 percent"] == 6.5


def test_a_value_in_a_change_is_written_out(tmp_path: Path) -> None:
    body = changed("alarms.hot.description: 'Only ${environment}.'", tmp_path)

    assert "Only dev." in resource(body, "AlarmHot")["AlarmDescription"]


def test_the_values_of_a_spec_can_be_changed(tmp_path: Path) -> None:
    text = SPEC.replace("@", "values.text: changed") + "values: {text: given}\n"
    text = text.replace("- text: Below", "- text: The text is ${text}")

    compiled = compile_text(text, tmp_path)

    dev = resource(template(compiled, "dev"), "DashboardMain")["DashboardBody"]
    prod = resource(template(compiled, "prod"), "DashboardMain")["DashboardBody"]
    assert "The text is changed" in dev
    assert "The text is given" in prod


def test_changes_of_the_spec_itself_hold_everywhere_and_those_of_an_environment_go_before(
    tmp_path: Path,
) -> None:
    text = SPEC.replace("@", "logs.backend.retention: 3 days")
    text += "changes: {logs.backend.retention: 90 days}\n"

    compiled = compile_text(text, tmp_path)

    assert resource(template(compiled, "dev"), "LogBackend")["RetentionInDays"] == 3
    assert resource(template(compiled, "prod"), "LogBackend")["RetentionInDays"] == 90


def test_a_thing_an_environment_adds_can_be_changed_by_a_later_line(tmp_path: Path) -> None:
    body = changed(
        "logs.new: {group: /new, retention: 1 day}, logs.new.retention: 5 days", tmp_path
    )

    assert resource(body, "LogNew")["RetentionInDays"] == 5


@pytest.mark.parametrize(
    ("path", "what", "hint"),
    [
        ("logs.backnd.retention", 'logs has no "backnd"', 'did you mean "backend"?'),
        ("alarm.hot.severity", 'the spec has no "alarm"', 'did you mean "alarms"?'),
        ("alarms.hot.wen.for", 'alarms.hot has no "wen"', 'did you mean "when"?'),
        ("alarms.hot.severity.level", 'alarms.hot.severity has no "level"', ""),
        ("alarms.hot.runbook.steps.3", 'alarms.hot.runbook.steps has no "3"', ""),
        (
            "alarms.hot.runbook.steps.-1",
            'alarms.hot.runbook.steps has no "-1"',
            'did you mean "1"?',
        ),
        ("alarms.hot.runbook.steps.first", 'alarms.hot.runbook.steps has no "first"', ""),
    ],
)
def test_a_path_that_leads_nowhere_is_an_error(
    path: str, what: str, hint: str, tmp_path: Path
) -> None:
    text = SPEC.replace("@", f"{path}: 7 days")

    error = only_error(compile_text(text, tmp_path), "environment/unknown-change")

    assert error.message == f"{what} (in dev)"
    assert error.hint == hint
    assert marked_text(error) == path


def test_what_is_not_there_cannot_be_taken_away(tmp_path: Path) -> None:
    text = SPEC.replace("@", "alarms.hott: null")

    error = only_error(compile_text(text, tmp_path), "environment/unknown-change")

    assert error.hint == 'did you mean "hot"?'


def test_a_misspelt_setting_is_found_where_the_change_stands(tmp_path: Path) -> None:
    text = SPEC.replace("@", "alarms.hot.missing_dta: breaching")

    error = only_error(compile_text(text, tmp_path), "spec/unknown-key")

    assert error.hint == 'did you mean "missing_data"?'
    assert marked_text(error) == "alarms.hot.missing_dta"


def test_a_value_of_the_wrong_type_is_found_where_the_change_stands(tmp_path: Path) -> None:
    text = SPEC.replace("@", "alarms.hot.runbook.steps: Look.")

    error = only_error(compile_text(text, tmp_path), "spec/wrong-type")

    assert marked_text(error) == "Look."


def test_every_change_is_looked_at(tmp_path: Path) -> None:
    text = SPEC.replace("@", "alarms.a.when: 1, alarms.b.when: 2")

    found = errors(compile_text(text, tmp_path))

    assert [marked_text(one) for one in found] == ["alarms.a.when", "alarms.b.when"]


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("environments.prod", "null", "an environment is not added, replaced or taken away"),
        ("environments.prod", "{region: eu-west-2}", "an environment is not added"),
        ("environments.new", "{region: eu-west-2}", "an environment is not added"),
        ("environments.prod.region", "null", 'environment "prod" needs its region'),
        ("environments.prod.changes", "{a.b: c}", "changes are not changed themselves"),
        ("changes.a", "b", '"changes" cannot be changed'),
        ("include.0", "b.yaml", '"include" cannot be changed'),
        ("version.x", "v2", '"version" cannot be changed'),
        (".".join("a" * 65), "b", "the path has more than 64 steps"),
    ],
)
def test_what_every_environment_stands_on_cannot_be_changed(
    path: str, value: str, message: str, tmp_path: Path
) -> None:
    text = SPEC.replace("@", "") + f"changes: {{{path}: {value}}}\n"

    error = only_error(compile_text(text, tmp_path), "environment/unknown-change")

    assert message in error.message
    assert marked_text(error) == path


def test_the_region_of_an_environment_is_changed(tmp_path: Path) -> None:
    text = SPEC.replace("@", "") + "changes: {environments.prod.region: eu-west-2}\n"

    compiled = compile_text(text, tmp_path)

    assert {one.environment: one.region for one in compiled.templates} == {
        "dev": "eu-west-1",
        "prod": "eu-west-2",
    }


@pytest.mark.parametrize(
    ("setting", "rule"),
    [
        ("only: prod", "spec/wrong-type"),
        ("only: []", "spec/wrong-value"),
        ("for_each: 5", "spec/wrong-type"),
        ("for_each: {}", "spec/wrong-value"),
        ("where_given: 5", "spec/wrong-type"),
    ],
)
def test_a_control_word_with_nonsense_behind_it_is_found(
    setting: str, rule: str, tmp_path: Path
) -> None:
    text = SPEC.replace("@", f"alarms.hot.{setting}")

    error = only_error(compile_text(text, tmp_path), rule)

    assert f"alarms.hot.{setting.split(':', maxsplit=1)[0]}" in error.message


def test_a_number_of_many_digits_is_no_item(tmp_path: Path) -> None:
    text = SPEC.replace("@", "") + f"changes:\n  ? dashboards.main.rows.{'9' * 5000}\n  : null\n"

    only_error(compile_text(text, tmp_path), "environment/unknown-change")


def test_no_changes_leave_the_spec_as_it_is(tmp_path: Path) -> None:
    compiled = compile_text(SPEC.replace("@", ""), tmp_path)

    dev, prod = (one.text for one in compiled.templates)
    assert dev.replace("dev", "prod") == prod


def test_many_changes_of_one_list_are_made_one_after_the_other(tmp_path: Path) -> None:
    text = SPEC.replace("@", "") + "values:\n  names: [" + "x, " * 5_000 + "]\nchanges:\n"
    text += "".join(f"  values.names.{index}: '{index}'\n" for index in range(5_000))
    text += "tags: {last: '${names}'}\n"

    error = only_error(compile_text(text, tmp_path), "spec/wrong-type")

    assert error.message == "tags.last is a list; expected text"


def test_changes_of_one_environment_leave_the_others_as_they_are(tmp_path: Path) -> None:
    change = "metrics.cpu.levels: {warning: '> 80%'}, metrics.cpu.levels.warning: '> 90%'"
    text = SPEC.replace("@", change)

    compiled = compile_text(text, tmp_path)

    assert resource(template(compiled, "dev"), "AlarmHot")["Threshold"] == 90
    assert resource(template(compiled, "prod"), "AlarmHot")["Threshold"] == 70


def test_a_change_of_what_an_alias_stands_for_is_made_in_one_place(tmp_path: Path) -> None:
    text = SPEC.replace("@", "alarms.hot.runbook.steps.0: Listen.")
    text = text.replace("runbook: {steps: [Look., Wait., Act.]}", "runbook: &r {steps: [Look.]}")
    text = text.replace("above: 5.5%}}", "above: 5.5%}, runbook: *r}")

    body = template(compile_text(text, tmp_path), "dev")

    assert "Listen." in resource(body, "AlarmHot")["AlarmDescription"]
    others = [one for one in body["Resources"].values() if "Look." in str(one)]
    assert len(others) == 1

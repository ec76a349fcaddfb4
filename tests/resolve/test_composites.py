from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from support import HEAD, compile_text, errors, marked_text, only_error, resource, template

SIMPLE = (
    HEAD
    + """\
alarms:
  api-errors: {severity: info, when: {metric: Shop A, above: 1}}
  api slow: {severity: info, when: {metric: Shop B, above: 1}}
  deploying: {severity: info, when: {metric: Shop C, above: 1}}
"""
)


def spec(when: str, more: str = "") -> str:
    """A spec with three alarms and a composite alarm over them."""
    return SIMPLE + f"  broken:\n    severity: info\n    when: {{{when}}}\n" + more


def composite(when: str, folder: Path, more: str = "") -> Any:
    """The composite alarm, as a whole resource."""
    compiled = compile_text(spec(when, more), folder)
    return template(compiled)["Resources"]["AlarmBroken"]


E1, E2, E3 = '"prod-api-errors"', '"prod-api slow"', '"prod-deploying"'


@pytest.mark.parametrize(
    ("when", "rule"),
    [
        ("any: [api-errors]", f"ALARM({E1})"),
        ("any: [api-errors, api slow]", f"ALARM({E1}) OR ALARM({E2})"),
        ("all: [api-errors, api slow, deploying]", f"ALARM({E1}) AND ALARM({E2}) AND ALARM({E3})"),
        ("rule: ALARM(api-errors)", f"ALARM({E1})"),
        ("rule: OK(api-errors)", f"OK({E1})"),
        ("rule: INSUFFICIENT_DATA(api-errors)", f"INSUFFICIENT_DATA({E1})"),
        ("rule: NOT ALARM(api-errors)", f"NOT ALARM({E1})"),
        ("rule: 'ALARM(\"api slow\")'", f"ALARM({E2})"),
        ("rule: ALARM(api-errors) AND NOT ALARM(deploying)", f"ALARM({E1}) AND (NOT ALARM({E3}))"),
        (
            "rule: ALARM(api-errors) OR OK(deploying) AND ALARM(deploying)",
            f"ALARM({E1}) OR (OK({E3}) AND ALARM({E3}))",
        ),
        (
            "rule: (ALARM(api-errors) OR OK(deploying)) AND ALARM(deploying)",
            f"(ALARM({E1}) OR OK({E3})) AND ALARM({E3})",
        ),
        ("rule: NOT (ALARM(api-errors) OR FALSE)", f"NOT (ALARM({E1}) OR FALSE)"),
        ("rule: NOT NOT ALARM(api-errors)", f"NOT (NOT ALARM({E1}))"),
        ("rule: ((ALARM(api-errors)))", f"ALARM({E1})"),
        ("rule: ALARM(api-errors) AND TRUE", f"ALARM({E1}) AND TRUE"),
        ("rule: '  ALARM( api-errors )  '", f"ALARM({E1})"),
        (
            "rule: 'AT_LEAST(2, ALARM, (api-errors, \"api slow\", deploying))'",
            f"AT_LEAST(2, ALARM, ({E1}, {E2}, {E3}))",
        ),
        (
            "rule: 'AT_LEAST(50%, NOT OK, (api-errors, deploying))'",
            f"AT_LEAST(50%, NOT OK, ({E1}, {E3}))",
        ),
        (
            "rule: 'NOT AT_LEAST(1, INSUFFICIENT_DATA, (api-errors)) OR ALARM(deploying)'",
            f"(NOT AT_LEAST(1, INSUFFICIENT_DATA, ({E1}))) OR ALARM({E3})",
        ),
    ],
)
def test_a_rule_names_the_alarms_of_aws_in_quotes_and_brackets_what_it_combines(
    when: str, rule: str, tmp_path: Path
) -> None:
    assert composite(when, tmp_path)["Properties"]["AlarmRule"] == rule


def test_a_rule_may_stand_on_several_lines(tmp_path: Path) -> None:
    text = SIMPLE + "  broken:\n    severity: info\n    when:\n      rule: |\n"
    text += "        ALARM(api-errors)\n        AND NOT\n          ALARM(deploying)\n"

    alarm = resource(template(compile_text(text, tmp_path)), "AlarmBroken")

    assert alarm["AlarmRule"] == f"ALARM({E1}) AND (NOT ALARM({E3}))"


def test_a_composite_alarm_waits_for_its_children(tmp_path: Path) -> None:
    alarm = composite("any: [deploying, api-errors, deploying]", tmp_path)

    assert alarm["DependsOn"] == ["AlarmApiErrors", "AlarmDeploying"]
    assert alarm["Type"] == "AWS::CloudWatch::CompositeAlarm"
    assert "TreatMissingData" not in alarm["Properties"]


def test_the_names_of_children_are_those_they_have_in_aws(tmp_path: Path) -> None:
    text = spec("any: [deploying]").replace("deploying: {", 'deploying: {name: My "own" name, ')

    alarm = resource(template(compile_text(text, tmp_path)), "AlarmBroken")

    assert alarm["AlarmRule"] == r'ALARM("My \"own\" name")'


def test_backslashes_in_names_are_escaped(tmp_path: Path) -> None:
    text = spec("any: [deploying]").replace("deploying: {", "deploying: {name: 'a\\b', ")

    alarm = resource(template(compile_text(text, tmp_path)), "AlarmBroken")

    assert alarm["AlarmRule"] == r'ALARM("a\\b")'


def test_composite_alarms_may_be_nested(tmp_path: Path) -> None:
    more = "  worse: {severity: info, when: {all: [broken, deploying]}}\n"

    body = template(compile_text(spec("any: [api-errors]", more), tmp_path))

    assert resource(body, "AlarmWorse")["AlarmRule"] == f'ALARM("prod-broken") AND ALARM({E3})'
    assert body["Resources"]["AlarmWorse"]["DependsOn"] == ["AlarmBroken", "AlarmDeploying"]


def test_a_composite_alarm_may_stand_before_its_children(tmp_path: Path) -> None:
    text = HEAD + "alarms:\n  all: {severity: info, when: {any: [z]}}\n"
    text += "  z: {severity: info, when: {metric: Shop Z, above: 1}}\n"

    body = template(compile_text(text, tmp_path))

    assert resource(body, "AlarmAll")["AlarmRule"] == 'ALARM("prod-z")'


def test_a_composite_alarm_may_combine_the_alarms_of_health_checks(tmp_path: Path) -> None:
    text = HEAD + "health_checks:\n  a: {host: a.org, alarm: {severity: info}}\n"
    text += "  b: {host: b.org, alarm: {severity: info}}\n"
    text += "alarms: {down: {severity: info, when: {all: [a-unhealthy, b-unhealthy]}}}\n"

    body = template(compile_text(text, tmp_path), region="us-east-1")

    rule = 'ALARM("prod-a-unhealthy") AND ALARM("prod-b-unhealthy")'
    assert resource(body, "AlarmDown")["AlarmRule"] == rule


@pytest.mark.parametrize(
    ("alarms", "circle"),
    [
        ("a: any: [a]", "a -> a"),
        ("a: any: [b]; b: any: [c]; c: any: [a]", "a -> b -> c -> a"),
        ("a: rule: NOT ALARM(b); b: rule: OK(a)", "a -> b -> a"),
    ],
)
def test_alarms_that_are_made_of_each_other_are_an_error(
    alarms: str, circle: str, tmp_path: Path
) -> None:
    text = HEAD + "alarms:\n"
    for one in alarms.split("; "):
        name, when = one.split(": ", 1)
        text += f"  {name}: {{severity: info, when: {{{when}}}}}\n"

    found = errors(compile_text(text, tmp_path))

    assert f"alarms are made of each other: {circle}" in {one.message for one in found}
    assert {one.rule for one in found} == {"alarm/bad-rule"}


def test_a_suppressor_that_is_suppressed_by_its_composite_is_a_circle(tmp_path: Path) -> None:
    text = HEAD + "alarms:\n  z: {severity: info, when: {metric: Shop Z, above: 1}}\n"
    text += "  a: {severity: info, when: {any: [z]}, suppressed_by: {alarm: b}}\n"
    text += "  b: {severity: info, when: {any: [a]}}\n"

    found = errors(compile_text(text, tmp_path))

    assert {one.rule for one in found} == {"alarm/bad-rule"}


@pytest.mark.parametrize(
    ("when", "marked"),
    [
        ("any: [deploying, deplying]", "deplying"),
        ("all: [deplying]", "deplying"),
        ("rule: ALARM(deplying)", "deplying"),
        ("rule: 'AT_LEAST(1, OK, (deploying, deplying))'", "deplying"),
    ],
)
def test_a_child_that_does_not_exist_is_an_error_with_a_suggestion(
    when: str, marked: str, tmp_path: Path
) -> None:
    error = only_error(compile_text(spec(when), tmp_path), "alarm/unknown")

    assert error.message == 'there is no alarm "deplying"'
    assert error.hint == 'did you mean "deploying"?'
    assert marked_text(error) == marked


def test_every_child_that_does_not_exist_is_named(tmp_path: Path) -> None:
    found = errors(compile_text(spec("any: [first, second]"), tmp_path))

    assert [marked_text(one) for one in found] == ["first", "second"]
    assert {one.help for one in found} == {"name an alarm of this spec as it is named here"}


@pytest.mark.parametrize(
    ("rule", "marked"),
    [
        ("deploying", "deploying"),
        ("ALARM(deploying", "'ALARM(deploying'"),
        ("ALARM deploying", "deploying"),
        ("ALARM()", ")"),
        ("ALARM(deploying) AND", "'ALARM(deploying) AND'"),
        ("ALARM(deploying) ALARM(deploying)", "ALARM"),
        ("ALARM(deploying) and OK(deploying)", "and"),
        ("alarm(deploying)", "alarm"),
        ("ALARM(deploying, api-errors)", ","),
        ("ALARM(api slow)", "slow"),
        ("NOT", "'NOT'"),
        ("()", ")"),
        ("ALARM(deploying) XOR OK(deploying)", "XOR"),
        ("AT_LEAST(ALARM, (deploying))", "ALARM"),
        ("AT_LEAST(1, ALARM, ())", ")"),
        ("AT_LEAST(1, ALARM, deploying)", "deploying"),
        ("AT_LEAST(-1, ALARM, (deploying))", "-1"),
        ('ALARM("deploying)', '"'),
    ],
)
def test_a_rule_that_cannot_be_read_is_an_error(rule: str, marked: str, tmp_path: Path) -> None:
    text = SIMPLE + f"  broken:\n    severity: info\n    when:\n      rule: '{rule}'\n"

    error = only_error(compile_text(text, tmp_path), "alarm/bad-rule")

    assert "ALARM(name)" in error.help
    assert marked_text(error) == marked


def test_a_rule_says_what_is_not_possible_in_it(tmp_path: Path) -> None:
    text = spec("rule: ALARM(deploying) XOR OK(deploying)")

    error = only_error(compile_text(text, tmp_path), "alarm/bad-rule")

    assert error.message == '"XOR" is not possible here'


def test_a_rule_that_ends_too_early_says_so(tmp_path: Path) -> None:
    error = only_error(compile_text(spec("rule: ALARM(deploying) AND"), tmp_path), "alarm/bad-rule")

    assert error.message == "the rule ends too early"


def test_children_of_two_regions_are_an_error(tmp_path: Path) -> None:
    more = "  cost: {severity: info, when: {metric: AWS/Billing EstimatedCharges, dimensions: {Currency: USD}, above: 1}}\n"

    error = only_error(
        compile_text(spec("any: [cost, deploying]", more), tmp_path), "alarm/bad-rule"
    )

    assert error.message == "its alarms live in eu-west-1 and us-east-1"
    assert marked_text(error) == "{"


def test_a_composite_alarm_lives_where_its_children_live(tmp_path: Path) -> None:
    more = "  cost: {severity: info, when: {metric: AWS/Billing EstimatedCharges, dimensions: {Currency: USD}, above: 1}}\n"

    compiled = compile_text(spec("any: [cost]", more), tmp_path)

    assert "AlarmBroken" in template(compiled, region="us-east-1")["Resources"]
    assert "AlarmBroken" not in template(compiled, region="eu-west-1")["Resources"]


def test_a_suppressor_of_another_region_is_an_error(tmp_path: Path) -> None:
    more = "    suppressed_by: {alarm: cost}\n"
    more += "  cost: {severity: info, when: {metric: AWS/Billing EstimatedCharges, dimensions: {Currency: USD}, above: 1}}\n"

    error = only_error(compile_text(spec("any: [deploying]", more), tmp_path), "alarm/bad-rule")

    assert "eu-west-1 and us-east-1" in error.message


@pytest.mark.parametrize(
    ("settings", "wait", "extension"),
    [
        ("", 60, 60),
        (", wait: 2m", 120, 60),
        (", extension: 90s", 60, 90),
        (", wait: 1h, extension: 1 day", 3_600, 86_400),
    ],
)
def test_a_composite_alarm_can_be_suppressed(
    settings: str, wait: int, extension: int, tmp_path: Path
) -> None:
    more = f"    suppressed_by: {{alarm: deploying{settings}}}\n"

    alarm = composite("any: [api-errors]", tmp_path, more)

    assert alarm["Properties"]["ActionsSuppressor"] == "prod-deploying"
    assert alarm["Properties"]["ActionsSuppressorWaitPeriod"] == wait
    assert alarm["Properties"]["ActionsSuppressorExtensionPeriod"] == extension
    assert alarm["DependsOn"] == ["AlarmApiErrors", "AlarmDeploying"]


def test_a_suppressor_that_does_not_exist_is_an_error(tmp_path: Path) -> None:
    more = "    suppressed_by: {alarm: deplying}\n"

    error = only_error(compile_text(spec("any: [api-errors]", more), tmp_path), "alarm/unknown")

    assert error.hint == 'did you mean "deploying"?'
    assert marked_text(error) == "deplying"


def test_only_composite_alarms_can_be_suppressed(tmp_path: Path) -> None:
    text = SIMPLE.replace(
        "when: {metric: Shop A, above: 1}",
        "when: {metric: Shop A, above: 1}, suppressed_by: {alarm: deploying}",
    )

    error = only_error(compile_text(text, tmp_path), "alarm/not-composite")

    assert '"api-errors"' in error.message
    assert marked_text(error) == "suppressed_by"


def test_a_composite_alarm_over_a_broken_alarm_is_not_reported_again(tmp_path: Path) -> None:
    text = spec("any: [deploying]").replace("Shop C, above: 1", "Shop C, above: many")

    error = only_error(compile_text(text, tmp_path), "quantity/malformed")

    assert marked_text(error) == "many"


def test_a_rule_of_nothing_but_not_is_no_crash(tmp_path: Path) -> None:
    compiled = compile_text(spec("rule: " + "NOT " * 495 + "ALARM(deploying)"), tmp_path)

    assert compiled.templates or errors(compiled)


@pytest.mark.parametrize("chain", [40, 400])
def test_composite_alarms_may_be_nested_deeply(chain: int, tmp_path: Path) -> None:
    text = HEAD + "alarms:\n  a0: {severity: info, when: {metric: Shop A, above: 1}}\n"
    for number in range(chain, 0, -1):
        text += f"  a{number}: {{severity: info, when: {{any: [a{number - 1}]}}}}\n"

    compiled = compile_text(text, tmp_path)

    assert compiled.templates or errors(compiled)


def test_a_circle_with_other_alarms_in_it_is_an_error_too(tmp_path: Path) -> None:
    text = HEAD + "alarms:\n  z: {severity: info, when: {metric: Shop Z, above: 1}}\n"
    text += "  a: {severity: info, when: {any: [b, z]}}\n"
    text += "  b: {severity: info, when: {any: [a, z]}}\n"

    found = errors(compile_text(text, tmp_path))

    assert [one.rule for one in found] == ["alarm/bad-rule"]


@pytest.mark.parametrize("rule", ["TRUE", "FALSE", "NOT TRUE"])
def test_a_rule_without_alarms_is_an_alarm_or_a_finding(rule: str, tmp_path: Path) -> None:
    text = SIMPLE + f"  broken:\n    severity: info\n    when: {{rule: '{rule}'}}\n"

    compiled = compile_text(text, tmp_path)

    assert errors(compiled) or "AlarmBroken" in template(compiled)["Resources"]


@pytest.mark.parametrize("share", ["0", "3", "101%", "0%"])
def test_a_rule_asks_for_no_more_alarms_than_it_names(share: str, tmp_path: Path) -> None:
    rule = f"AT_LEAST({share}, ALARM, (deploying, api-errors))"
    text = SIMPLE + f"  broken:\n    severity: info\n    when:\n      rule: {rule}\n"

    assert [one.rule for one in errors(compile_text(text, tmp_path))] == ["alarm/bad-rule"]

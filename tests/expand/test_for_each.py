from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from support import HEAD, compile_text, errors, marked_text, only_error, resource, template

AGE = """\
metrics:
  age_${queue}:
    for_each: {queue: @}
    metric: AWS/SQS ApproximateAgeOfOldestMessage
    dimensions: {QueueName: "${queue}"}
alarms:
  age-${queue}:
    for_each: {queue: @}
    severity: info
    when: {metric: "age_${queue}", above: 5m}
"""


def alarm_names(body: dict[str, Any]) -> list[str]:
    """The names of the alarms in a template."""
    things = body["Resources"].values()
    return [one["Properties"]["AlarmName"] for one in things if "Alarm" in one["Type"]]


def test_a_list_makes_one_thing_for_each_item(tmp_path: Path) -> None:
    text = HEAD + AGE.replace("@", "[orders, payments]")

    body = template(compile_text(text, tmp_path))

    assert alarm_names(body) == ["prod-age-orders", "prod-age-payments"]
    assert resource(body, "AlarmAgePayments")["Dimensions"] == [
        {"Name": "QueueName", "Value": "payments"}
    ]


def test_a_value_that_is_a_list_makes_one_thing_for_each_item(tmp_path: Path) -> None:
    text = HEAD + "values: {queues: [orders, payments]}\n" + AGE.replace("@", '"${queues}"')

    body = template(compile_text(text, tmp_path))

    assert alarm_names(body) == ["prod-age-orders", "prod-age-payments"]


def test_items_may_hold_references(tmp_path: Path) -> None:
    text = HEAD + "values: {first: orders}\n" + AGE.replace("@", '["${first}", "x_${environment}"]')

    body = template(compile_text(text, tmp_path))

    assert alarm_names(body) == ["prod-age-orders", "prod-age-x_prod"]


def test_items_may_be_mappings_with_fields(tmp_path: Path) -> None:
    text = (
        HEAD
        + """\
values:
  queues:
  - {name: orders, limit: 60}
  - {name: payments, limit: 90, owner: money-team}
alarms:
  age-${queue.name}:
    for_each: {queue: "${queues}"}
    severity: info
    when: {metric: Shop Age, dimensions: {Q: "${queue.name}"}, above: "${queue.limit}"}
"""
    )

    body = template(compile_text(text, tmp_path))

    assert resource(body, "AlarmAgeOrders")["Threshold"] == 60
    assert resource(body, "AlarmAgePayments")["Threshold"] == 90


def test_a_field_that_some_item_lacks_is_an_error(tmp_path: Path) -> None:
    text = (
        HEAD
        + """\
values: {queues: [{name: orders, owner: a}, {name: payments}]}
alarms:
  age-${queue.name}:
    for_each: {queue: "${queues}"}
    severity: info
    owner: ${queue.owner}
    when: {metric: Shop Age, above: 1}
"""
    )

    error = only_error(compile_text(text, tmp_path), "reference/unknown-name")

    assert '"queue.owner" has no field "owner"' in error.message
    assert marked_text(error) == "${queue.owner}"


def test_two_variables_make_every_combination(tmp_path: Path) -> None:
    text = (
        HEAD
        + """\
alarms:
  ${a}-${b}:
    for_each: {a: [x, y], b: ["1", "2", "3"]}
    severity: info
    when: {metric: Shop A, dimensions: {A: "${a}", B: "${b}"}, above: 1}
"""
    )

    body = template(compile_text(text, tmp_path))

    assert alarm_names(body) == [f"prod-{a}-{b}" for a in "xy" for b in "123"]


@pytest.mark.parametrize(
    ("thing", "made"),
    [
        ("logs: {'l-${n}': {for_each: {n: [a, b]}, group: '/${n}', retention: never}}", 2),
        ("queries: {'Query ${n}': {for_each: {n: [a, b]}, question: q, query: q}}", 2),
        (
            "events: {'e-${n}': {for_each: {n: [a, b]}, severity: info, pattern: {source: ['${n}']}}}",
            2,
        ),
        (
            "health_checks: {'h-${n}': {for_each: {n: [a, b]}, host: '${n}.org', alarm: {severity: info}}}",
            4,
        ),
        ("dashboards: {'d-${n}': {for_each: {n: [a, b]}, rows: [text: '${n}']}}", 2),
    ],
)
def test_things_of_every_kind_can_be_made_of_a_list(thing: str, made: int, tmp_path: Path) -> None:
    compiled = compile_text(HEAD + thing + "\n", tmp_path)

    assert not errors(compiled)
    assert len(template(compiled)["Resources"]) == made


def test_metric_filters_and_mute_rules_can_be_made_of_a_list(tmp_path: Path) -> None:
    text = (
        HEAD
        + """\
logs:
  l:
    group: /l
    retention: never
    metrics:
      status_${n}: {for_each: {n: [4, 5]}, pattern: "{ $.status = ${n}* }"}
alarms: {a: {severity: info, when: {metric: status_4, above: 1}}}
mutes:
  night-${n}:
    for_each: {n: [1, 2]}
    alarms: all
    schedule: cron(0 2 * * *)
    duration: 1h
    reason: Load number ${n}
"""
    )

    resources = template(compile_text(text, tmp_path))["Resources"].values()

    patterns = [one["Properties"].get("FilterPattern") for one in resources]
    assert [one for one in patterns if one] == ["{ $.status = 4* }", "{ $.status = 5* }"]
    reasons = [one["Properties"]["Description"] for one in resources if "Mute" in one["Type"]]
    assert reasons == ["Load number 1", "Load number 2"]


def test_widgets_and_lines_can_be_made_of_a_list(tmp_path: Path) -> None:
    text = (
        HEAD
        + """\
metrics: {"cost_${n}": {for_each: {n: [a, b]}, metric: Shop Cost, dimensions: {S: "${n}"}}}
dashboards:
  main:
    header: false
    rows:
      - [{for_each: {n: [x, y, z]}, text: "Part ${n}"}]
      - {for_each: {n: [x, y]}, text: "Row ${n}"}
      - {graph: [{for_each: {n: [a, b]}, metric: "cost_${n}", label: "Cost of ${n}"}]}
"""
    )

    body = resource(template(compile_text(text, tmp_path)), "DashboardMain")["DashboardBody"]

    widgets = json.loads(body)["widgets"]
    frames = [(one["x"], one["y"], one["width"]) for one in widgets]
    assert frames == [(0, 0, 8), (8, 0, 8), (16, 0, 8), (0, 1, 24), (0, 2, 24), (0, 3, 24)]
    assert [one["properties"].get("markdown") for one in widgets[:5]] == [
        "Part x",
        "Part y",
        "Part z",
        "Row x",
        "Row y",
    ]
    lines = widgets[5]["properties"]["metrics"]
    assert [line[-1]["label"] for line in lines] == ["Cost of a", "Cost of b"]


def test_a_list_of_which_nothing_is_left_makes_nothing(tmp_path: Path) -> None:
    text = HEAD + "values: {queues: []}\nlogs: {l: {group: /l, retention: never}}\n"
    text += AGE.replace("@", '"${queues}"')

    compiled = compile_text(text, tmp_path)

    assert list(template(compiled)["Resources"]) == ["LogL"]


def test_a_name_without_the_variable_is_an_error(tmp_path: Path) -> None:
    text = (
        HEAD
        + """\
alarms:
  age:
    for_each: {queue: [orders, payments]}
    severity: info
    when: {metric: Shop Age, dimensions: {Q: "${queue}"}, above: 1}
"""
    )

    error = only_error(compile_text(text, tmp_path), "for-each/bad-list")

    assert error.message == '"age" is made more than once'
    assert "age-${queue}" in error.help
    assert marked_text(error) == "age"


def test_a_list_with_one_item_needs_no_variable_in_the_name(tmp_path: Path) -> None:
    text = HEAD + "alarms:\n  age: {for_each: {q: [a]}, severity: info,"
    text += " when: {metric: Shop Age, dimensions: {Q: '${q}'}, above: 1}}\n"

    body = template(compile_text(text, tmp_path))

    assert alarm_names(body) == ["prod-age"]


def test_equal_items_make_a_name_twice(tmp_path: Path) -> None:
    text = HEAD + AGE.replace("@", "[orders, orders]")

    found = errors(compile_text(text, tmp_path))

    assert {one.rule for one in found} == {"for-each/bad-list"}
    assert {one.message for one in found} == {
        '"age_orders" is made more than once',
        '"age-orders" is made more than once',
    }


def test_a_name_that_a_list_and_a_line_both_make_is_an_error(tmp_path: Path) -> None:
    text = (
        HEAD
        + """\
values: {n: a}
logs:
  log-${n}: {group: /1, retention: never}
  log-a: {group: /2, retention: never}
"""
    )

    error = only_error(compile_text(text, tmp_path), "for-each/bad-list")

    assert error.message == '"log-a" is made more than once'
    assert error.help == ""
    assert error.location is not None
    assert error.location.line == 8


@pytest.mark.parametrize("value", ["orders", "{a: orders}", "7", "null"])
def test_something_that_is_not_a_list_is_an_error(value: str, tmp_path: Path) -> None:
    text = HEAD + f"values: {{queues: {value}}}\n" + AGE.replace("@", '"${queues}"')

    found = errors(compile_text(text, tmp_path))

    assert {one.rule for one in found} == {"for-each/bad-list"}
    assert {one.message for one in found} == {'"queue" runs over something that is not a list'}
    assert {marked_text(one) for one in found} == {'"${queues}"'}


def test_a_parameter_is_not_a_list(tmp_path: Path) -> None:
    text = HEAD + "parameters: {queues: {}}\n" + AGE.replace("@", '"${queues}"')

    found = errors(compile_text(text, tmp_path))

    assert {one.rule for one in found} == {"for-each/bad-list"}


@pytest.mark.parametrize("taken", ["values: {queue: x}", "parameters: {queue: {}}", "tags: {a: b}"])
def test_a_variable_cannot_have_the_name_of_something_else(taken: str, tmp_path: Path) -> None:
    variable = "region" if taken.startswith("tags") else "queue"
    text = HEAD + taken + "\n" + AGE.replace("@", "[orders]").replace("queue", variable)
    text = text.replace(f"values: {{{variable}", "values: {queue")

    found = errors(compile_text(text, tmp_path))

    assert {one.rule for one in found} == {"reference/name-taken"}
    assert {marked_text(one) for one in found} == {variable}


def test_a_variable_cannot_have_the_name_of_another_variable_around_it(tmp_path: Path) -> None:
    text = (
        HEAD
        + """\
metrics: {a: {metric: Shop A}}
dashboards:
  d-${n}:
    for_each: {n: ["1", "2"]}
    rows: [{graph: [{for_each: {n: ["3", "4"]}, metric: a, label: "${n}"}]}]
"""
    )

    found = errors(compile_text(text, tmp_path))

    assert {one.rule for one in found} == {"reference/name-taken"}


def test_a_variable_is_unknown_outside_its_thing(tmp_path: Path) -> None:
    text = HEAD + AGE.replace("@", "[orders]") + "tags: {t: '${queue}'}\n"

    error = only_error(compile_text(text, tmp_path), "reference/unknown-name")

    assert '"queue"' in error.message


def test_a_number_where_text_is_wanted_is_not_answered_with_quotes_that_are_there(
    tmp_path: Path,
) -> None:
    text = HEAD + "values: {n: 3}\ntags: {size: '${n}'}\nlogs: {l: {group: /l, retention: never}}\n"

    found = errors(compile_text(text, tmp_path))

    assert "put it in quotes" not in {one.help for one in found}


@pytest.mark.slow
def test_twenty_thousand_things_are_too_many(tmp_path: Path) -> None:
    items = ", ".join(f"'{n}'" for n in range(28))
    text = (
        HEAD
        + f"values: {{l: [{items}]}}\n"
        + """\
tags: {t: "x"}
queries:
  ${a}-${b}-${c}: {for_each: {a: "${l}", b: "${l}", c: "${l}"}, question: q, query: q}
"""
    )

    found = errors(compile_text(text, tmp_path))

    assert [one.rule for one in found] == ["for-each/too-many"]
    assert "20,000" in found[0].message

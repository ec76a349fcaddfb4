from __future__ import annotations

from pathlib import Path

import pytest

from support import HEAD, compile_text, errors, marked_text, only_error, resource, template

TWO = """\
version: v1
service: shop
environments:
  dev: {region: eu-west-1}
  prod: {region: eu-west-1, values: {api_host: api.example.com}}
"""


def test_a_thing_exists_only_where_it_says(tmp_path: Path) -> None:
    text = TWO + 'logs:\n  a: {group: "/a/${environment}", retention: never, only: [prod]}\n'
    text += '  b: {group: "/b/${environment}", retention: never}\n'

    compiled = compile_text(text, tmp_path)

    assert list(template(compiled, "dev")["Resources"]) == ["LogB"]
    assert list(template(compiled, "prod")["Resources"]) == ["LogA", "LogB"]


@pytest.mark.parametrize("where", ["only: [prod]", "where_given: api_host"])
@pytest.mark.parametrize(
    "thing",
    [
        'notify:\n  x: {email: ["${mail}"], @}\nparameters: {mail: {}}',
        "metrics:\n  x: {metric: Shop X, @}\nalarms:\n  y: {severity: info, when: {metric: x, above: 1}, @}",
        "alarms:\n  x: {severity: info, when: {metric: Shop X, above: 1}, @}",
        "events:\n  x: {severity: info, pattern: {source: [a]}, @}",
        "queries:\n  x: {question: q, query: q, @}",
        "logs:\n  x: {group: '/${environment}', retention: never, @}",
        "logs:\n  y: {group: '/${environment}', retention: never, existing: true, metrics: {x: {pattern: x, @}}}",
        "health_checks:\n  x: {host: a.example.com, alarm: {severity: info}, @}",
        "dashboards:\n  x: {rows: [text: x], @}",
        """alarms: {y: {severity: info, when: {metric: Shop X, above: 1}, @}}
mutes: {x: {alarms: all, schedule: cron(0 2 * * *), duration: 1h, reason: r, @}}""",
    ],
)
def test_every_kind_of_thing_can_be_left_out(where: str, thing: str, tmp_path: Path) -> None:
    text = TWO + thing.replace("@", where) + "\n"

    compiled = compile_text(text, tmp_path)

    assert not errors(compiled)
    assert {one.environment for one in compiled.templates} == {"prod"}


@pytest.mark.parametrize("where", ["only: [prod]", "where_given: api_host"])
def test_a_row_a_widget_and_a_line_can_be_left_out(where: str, tmp_path: Path) -> None:
    text = (
        TWO
        + """\
metrics: {a: {metric: Shop A}, b: {metric: Shop B}}
dashboards:
  main:
    header: false
    rows:
      - {text: first, @}
      - [{number: a, @}, {graph: [a, {metric: b, @}]}]
"""
    )

    compiled = compile_text(text.replace("@", where), tmp_path)

    dev = resource(template(compiled, "dev"), "DashboardMain")["DashboardBody"]
    prod = resource(template(compiled, "prod"), "DashboardMain")["DashboardBody"]
    assert [dev.count(word) for word in ("first", "singleValue", '"Shop", "B"')] == [0, 0, 0]
    assert [prod.count(word) for word in ("first", "singleValue", '"Shop", "B"')] == [1, 1, 1]


@pytest.mark.parametrize(
    "row", ["[{graph: a, only: [prod]}]", "{graph: [{metric: a, only: [prod]}]}"]
)
def test_a_row_of_which_nothing_is_left_disappears(row: str, tmp_path: Path) -> None:
    text = TWO + "metrics: {a: {metric: Shop A}}\n"
    text += f"dashboards:\n  main:\n    header: false\n    rows: [{row}, {{text: below}}]\n"

    compiled = compile_text(text, tmp_path)

    body = resource(template(compiled, "dev"), "DashboardMain")["DashboardBody"]
    assert '"y": 0' in body
    assert "below" in body


def test_a_dashboard_of_which_nothing_is_left_disappears(tmp_path: Path) -> None:
    text = (
        TWO + "dashboards:\n  main: {rows: [{text: a, only: [prod]}]}\n  more: {rows: [text: b]}\n"
    )

    compiled = compile_text(text, tmp_path)

    assert "DashboardMain" not in template(compiled, "dev")["Resources"]
    assert "DashboardMain" in template(compiled, "prod")["Resources"]


def test_a_value_made_of_one_that_is_not_given_is_not_given(tmp_path: Path) -> None:
    text = TWO.replace("dev: {region: eu-west-1}", "dev: {region: eu-west-1, values: {h: null}}")
    text = text.replace("api_host: api.example.com", "h: x") + "values: {g: '${h}'}\n"
    text += "logs:\n  a: {group: '/a/${environment}', retention: never, where_given: g}\n"

    compiled = compile_text(text, tmp_path)

    assert [one.environment for one in compiled.templates] == ["prod"]


def test_a_value_that_is_null_in_an_environment_is_not_given_there(tmp_path: Path) -> None:
    text = TWO.replace("dev: {region: eu-west-1}", "dev: {region: eu-west-1, values: {h: null}}")
    text = text.replace("api_host: api.example.com", "h: x")
    text += "logs:\n  a: {group: '/a/${environment}/${h}', retention: never, where_given: h}\n"

    compiled = compile_text(text, tmp_path)

    assert [one.environment for one in compiled.templates] == ["prod"]


def test_false_and_nothing_are_given_values(tmp_path: Path) -> None:
    text = HEAD + "values: {off: false, zero: 0, empty: ''}\nlogs:\n"
    for name in ("off", "zero", "empty"):
        text += f"  {name}: {{group: /{name}, retention: never, where_given: {name}}}\n"

    compiled = compile_text(text, tmp_path)

    assert len(template(compiled)["Resources"]) == 3


def test_what_is_left_out_needs_no_values(tmp_path: Path) -> None:
    text = TWO + "logs:\n  a: {group: '/${api_host}', retention: never, where_given: api_host}\n"

    compiled = compile_text(text, tmp_path)

    assert not errors(compiled)


@pytest.mark.parametrize("where", ["only: [prd]", "made_in: prd"])
def test_an_environment_that_does_not_exist_is_an_error(where: str, tmp_path: Path) -> None:
    text = TWO.replace(", values: {api_host: api.example.com}", "")
    text += f"logs:\n  a: {{group: /a, retention: never, {where}}}\n"

    error = only_error(compile_text(text, tmp_path), "environment/unknown")

    assert error.message == 'there is no environment "prd"'
    assert error.hint == 'did you mean "prod"?'
    assert marked_text(error) == "prd"


def test_a_value_no_environment_gives_is_an_error(tmp_path: Path) -> None:
    text = TWO + "tags: {h: a}\nlogs:\n"
    text += "  a: {group: '/a/${environment}', retention: never, where_given: api_hst}\n"

    error = only_error(compile_text(text, tmp_path), "reference/unknown-name")

    assert error.hint == 'did you mean "api_host"?'
    assert marked_text(error) == "api_hst"


def test_a_log_group_made_in_one_environment_is_used_by_the_others(tmp_path: Path) -> None:
    text = TWO.replace(", values: {api_host: api.example.com}", "")
    text += (
        "logs:\n  a: {group: /a, retention: never, made_in: prod, metrics: {hits: {pattern: x}}}\n"
    )

    compiled = compile_text(text, tmp_path)

    dev, prod = template(compiled, "dev"), template(compiled, "prod")
    assert list(dev["Resources"]) == ["FilterHits"]
    assert resource(dev, "FilterHits")["LogGroupName"] == "/a"
    assert resource(prod, "LogA")["LogGroupName"] == "/a"
    assert resource(prod, "FilterHits")["LogGroupName"] == {"Ref": "LogA"}


def test_a_thing_only_in_one_environment_is_unknown_in_the_others(tmp_path: Path) -> None:
    text = TWO.replace(", values: {api_host: api.example.com}", "")
    text += "metrics: {a: {metric: Shop A, only: [prod]}}\n"
    text += "alarms: {b: {severity: info, when: {metric: a, above: 1}}}\n"

    error = only_error(compile_text(text, tmp_path), "metric/unknown")

    assert '"a"' in error.message


def test_each_environment_gives_parameters_their_values(tmp_path: Path) -> None:
    text = """\
version: v1
service: shop
environments:
  dev: {region: eu-west-1}
  prod: {region: eu-west-1, parameters: {cluster: blue}}
parameters:
  cluster: {description: ECS cluster, default: grey, allowed: [grey, blue]}
tags: {cluster: "${cluster}"}
logs: {a: {group: "/a/${environment}", retention: never}}
"""

    compiled = compile_text(text, tmp_path)

    assert [one.parameters[0].value for one in compiled.templates] == ["grey", "blue"]
    assert template(compiled, "prod")["Parameters"]["Cluster"] == {
        "Type": "String",
        "Default": "grey",
        "Description": "ECS cluster",
        "AllowedValues": ["grey", "blue"],
    }


def test_a_value_for_a_parameter_that_does_not_exist_is_an_error(tmp_path: Path) -> None:
    text = HEAD.replace("eu-west-1", "eu-west-1, parameters: {clutser: blue}")
    text += "parameters: {cluster: {}}\ntags: {c: '${cluster}'}\n"

    error = only_error(compile_text(text, tmp_path), "parameter/unknown")

    assert error.hint == 'did you mean "cluster"?'
    assert marked_text(error) == "clutser"


@pytest.mark.parametrize(
    ("settings", "value", "what"),
    [
        ("allowed: [silver, bronze]", "gold", '"gold" is not allowed'),
        ("max_length: 3", "gold", '"gold" has 4 characters; 3 are the most'),
        ("pattern: email", "gold", "is not an e-mail address"),
        ("pattern: arn", "gold", "is not an ARN"),
        ("max_length: 3, secret: true", "gold", "the value has 4 characters"),
    ],
)
@pytest.mark.parametrize("given", ["default", "environment"])
def test_a_value_that_a_parameter_does_not_allow_is_an_error(
    settings: str, value: str, what: str, given: str, tmp_path: Path
) -> None:
    text = HEAD
    if given == "default":
        settings += f", default: {value}"
    else:
        text = HEAD.replace("eu-west-1", f"eu-west-1, parameters: {{tier: {value}}}")
    text += f"parameters: {{tier: {{{settings}}}}}\ntags: {{t: '${{tier}}'}}\n"

    error = only_error(compile_text(text, tmp_path), "parameter/bad-value")

    assert what in error.message
    assert marked_text(error) == value


@pytest.mark.parametrize(
    ("settings", "value"),
    [
        ("allowed: [1, 2]", "1"),
        ("max_length: 4", "gold"),
        ("pattern: email", "ops@example.com"),
        ("pattern: arn", "'arn:aws:sns:eu-west-1:111122223333:t'"),
        ("pattern: '[a-z]+'", "GOLD"),
    ],
)
def test_a_value_that_a_parameter_allows_is_taken(
    settings: str, value: str, tmp_path: Path
) -> None:
    text = HEAD.replace("eu-west-1", f"eu-west-1, parameters: {{tier: {value}}}")
    text += f"parameters: {{tier: {{{settings}}}}}\ntags: {{t: '${{tier}}'}}\n"
    text += "logs: {a: {group: /a, retention: never}}\n"

    compiled = compile_text(text, tmp_path)

    assert not compiled.diagnostics
    assert compiled.templates[0].parameters[0].value == value.strip("'")


def test_a_region_nobody_knows_is_a_warning(tmp_path: Path) -> None:
    text = HEAD.replace("eu-west-1", "eu-wset-1") + "logs: {a: {group: /a, retention: never}}\n"

    compiled = compile_text(text, tmp_path)

    assert [one.rule for one in compiled.diagnostics] == ["environment/unknown-region"]
    assert compiled.diagnostics[0].hint == 'did you mean "eu-west-1"?'
    assert marked_text(compiled.diagnostics[0]) == "eu-wset-1"
    assert compiled.templates


@pytest.mark.parametrize(
    "spec",
    [
        "alarms: {only: {severity: info, when: {metric: Shop A, above: 1}}}",
        "dashboards: {for_each: {rows: [text: a]}}",
        "logs: {where_given: {group: /a, retention: never}}",
    ],
)
def test_a_thing_with_the_name_of_a_control_word_is_not_lost(spec: str, tmp_path: Path) -> None:
    compiled = compile_text(HEAD + spec + "\n", tmp_path)

    assert errors(compiled) or template(compiled)["Resources"]


@pytest.mark.parametrize("key", ["only", "made_in", "where_given", "for_each"])
def test_a_tag_may_have_the_name_of_a_control_word(key: str, tmp_path: Path) -> None:
    text = HEAD + "alarms:\n  hot:\n    severity: info\n    when: {metric: Shop A, above: 1}\n"
    text += f"    tags: {{{key}: germany}}\n"

    tags = resource(template(compile_text(text, tmp_path)), "AlarmHot")["Tags"]

    assert {"Key": key, "Value": "germany"} in tags


@pytest.mark.parametrize("key", ["only", "made_in", "where_given", "for_each"])
def test_free_form_parts_may_hold_any_key(key: str, tmp_path: Path) -> None:
    text = HEAD + "events:\n  a:\n    severity: info\n"
    text += f"    pattern: {{source: [my.app], detail: {{{key}: [x]}}}}\n"

    event = resource(template(compile_text(text, tmp_path)), "EventA")

    assert event["EventPattern"]["detail"] == {key: ["x"]}

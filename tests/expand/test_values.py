from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from support import HEAD, compile_text, errors, marked_text, only_error, resource, template
from watchspec.model.compiled import CompiledSpec

LOG = "logs:\n  backend: {group: /shop, retention: never}\n"


def tag(compiled: CompiledSpec, key: str, environment: str = "prod") -> Any:
    """The value of a tag of the log group."""
    tags = resource(template(compiled, environment), "LogBackend")["Tags"]
    return {one["Key"]: one["Value"] for one in tags}[key]


def test_a_value_of_the_spec_stands_wherever_it_is_named(tmp_path: Path) -> None:
    text = HEAD + "values: {team: checkout}\ntags: {team: 'the ${team} team'}\n" + LOG

    compiled = compile_text(text, tmp_path)

    assert tag(compiled, "team") == "the checkout team"


def test_a_value_of_an_environment_goes_before_that_of_the_spec(tmp_path: Path) -> None:
    text = """\
version: v1
service: shop
environments:
  dev: {region: eu-west-1}
  prod: {region: eu-west-1, values: {team: night shift}}
values: {team: checkout}
tags: {team: "${team}"}
logs:
  backend: {group: "/shop/${environment}", retention: never}
"""

    compiled = compile_text(text, tmp_path)

    assert tag(compiled, "team", "dev") == "checkout"
    assert tag(compiled, "team", "prod") == "night shift"


def test_a_value_of_the_spec_goes_before_that_of_a_fragment(tmp_path: Path) -> None:
    fragment = "version: v1\nvalues: {team: fragment, place: fragment}\n"
    (tmp_path / "base.yaml").write_text(fragment, encoding="utf-8")
    text = HEAD + "include: [base.yaml]\nvalues: {team: spec}\n" + LOG
    text += "tags: {team: '${team}', place: '${place}'}\n"

    compiled = compile_text(text, tmp_path)

    assert tag(compiled, "team") == "spec"
    assert tag(compiled, "place") == "fragment"


def test_a_value_an_environment_gets_from_a_fragment_goes_before_that_of_the_spec(
    tmp_path: Path,
) -> None:
    fragment = "version: v1\nenvironments: {prod: {region: eu-west-1, values: {team: night}}}\n"
    (tmp_path / "base.yaml").write_text(fragment, encoding="utf-8")
    text = HEAD + "include: [base.yaml]\nvalues: {team: spec}\ntags: {team: '${team}'}\n" + LOG

    compiled = compile_text(text, tmp_path)

    assert tag(compiled, "team") == "night"


def test_the_shape_of_a_spec_shows_without_its_values(tmp_path: Path) -> None:
    text = HEAD + "values: {dims: {InstanceId: i-1}}\n"
    text += "metrics:\n  cpu: {metric: AWS/EC2 CPUUtilization, dimensions: '${dims}'}\n"

    error = only_error(compile_text(text, tmp_path), "spec/wrong-type")

    assert marked_text(error) == "'${dims}'"


def test_numbers_and_flags_stand_for_themselves(tmp_path: Path) -> None:
    text = (
        HEAD
        + """\
values: {on: false, limit: 70}
metrics:
  cpu: {metric: AWS/EC2 CPUUtilization}
alarms:
  hot: {severity: info, when: {metric: cpu, above: "${limit}"}, enabled: "${on}"}
"""
    )

    alarm = resource(template(compile_text(text, tmp_path)), "AlarmHot")

    assert alarm["Threshold"] == 70
    assert alarm["ActionsEnabled"] is False


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("7", "7"),
        ("'1.50'", "1.50"),
        ("true", "true"),
        ("false", "false"),
        ("null", ""),
        ("'x'", "x"),
    ],
)
def test_any_plain_value_can_be_part_of_a_text(value: str, shown: str, tmp_path: Path) -> None:
    text = HEAD + f"values: {{v: {value}}}\ntags: {{t: '<${{v}}>'}}\n" + LOG

    compiled = compile_text(text, tmp_path)

    assert tag(compiled, "t") == f"<{shown}>"


@pytest.mark.parametrize("value", ["1.5", "1.0", "0.0000001", "12345.678"])
def test_a_number_with_decimals_is_part_of_a_text_as_it_is_written(
    value: str, tmp_path: Path
) -> None:
    text = HEAD + f"values: {{v: {value}}}\ntags: {{t: 'v ${{v}}'}}\n" + LOG

    assert tag(compile_text(text, tmp_path), "t") == f"v {value}"


def test_a_level_may_be_made_of_a_number_with_decimals(tmp_path: Path) -> None:
    text = HEAD + "values: {v: 0.5}\n"
    text += "metrics: {m: {metric: Shop M, levels: {high: '> ${v}'}}}\n"
    text += "alarms: {hot: {severity: info, when: {metric: m, level: high}}}\n"

    assert resource(template(compile_text(text, tmp_path)), "AlarmHot")["Threshold"] == 0.5


def test_a_number_with_decimals_stands_alone(tmp_path: Path) -> None:
    text = HEAD + "values: {v: 1.5}\nmetrics: {m: {metric: Shop M}}\n"
    text += "alarms: {hot: {severity: info, when: {metric: m, above: '${v}'}}}\n"

    assert resource(template(compile_text(text, tmp_path)), "AlarmHot")["Threshold"] == 1.5


def test_lists_and_mappings_reach_free_form_properties_whole(tmp_path: Path) -> None:
    text = (
        HEAD
        + """\
values:
  fields: [a, "${environment}"]
logs:
  backend:
    group: /shop
    retention: never
    properties: {FieldIndexPolicies: [{Fields: "${fields}"}]}
"""
    )

    log = resource(template(compile_text(text, tmp_path)), "LogBackend")

    assert log["FieldIndexPolicies"] == [{"Fields": ["a", "prod"]}]


def test_values_may_be_made_of_values_and_have_fields(tmp_path: Path) -> None:
    text = (
        HEAD
        + """\
values:
  team: {name: checkout, chat: "#${environment}-checkout"}
  greeting: "Ask ${team.name} in ${team.chat}"
tags: {hint: "${greeting}."}
"""
    )

    compiled = compile_text(text + LOG, tmp_path)

    assert tag(compiled, "hint") == "Ask checkout in #prod-checkout."


def test_the_built_in_names_say_where_a_stack_lives(tmp_path: Path) -> None:
    text = """\
version: v1
service: shop
environments:
  prod: {region: us-gov-west-1, account: "111122223333"}
tags: {all: "${environment} ${service} ${region} ${account} ${partition}"}
"""

    compiled = compile_text(text + LOG, tmp_path)

    assert tag(compiled, "all") == "prod shop us-gov-west-1 111122223333 aws-us-gov"


@pytest.mark.parametrize(
    ("region", "partition"),
    [("eu-west-1", "aws"), ("cn-north-1", "aws-cn"), ("us-gov-east-1", "aws-us-gov")],
)
def test_the_partition_follows_the_region(region: str, partition: str, tmp_path: Path) -> None:
    head = f"version: v1\nservice: shop\nenvironments: {{prod: {{region: {region}}}}}\n"

    compiled = compile_text(head + "tags: {p: '${partition}'}\n" + LOG, tmp_path)

    assert tag(compiled, "p") == partition


def test_the_partition_follows_a_region_that_is_a_value(tmp_path: Path) -> None:
    head = "version: v1\nservice: shop\nvalues: {home: cn-north-1}\n"
    head += "environments: {prod: {region: '${home}'}}\n"

    compiled = compile_text(head + "tags: {p: '${partition}'}\n" + LOG, tmp_path)

    assert tag(compiled, "p") == "aws-cn"


def test_an_account_nobody_named_is_left_to_the_deployment(tmp_path: Path) -> None:
    text = HEAD + "tags: {t: 'in ${account}', alone: '${account}'}\n" + LOG

    compiled = compile_text(text, tmp_path)

    assert tag(compiled, "t") == {"Fn::Sub": "in ${AWS::AccountId}"}
    assert tag(compiled, "alone") == {"Ref": "AWS::AccountId"}


def test_the_region_of_an_environment_may_be_a_value(tmp_path: Path) -> None:
    text = "version: v1\nservice: shop\nvalues: {home: eu-west-1}\n"
    text += "environments: {prod: {region: '${home}'}}\ntags: {t: '${region}'}\n" + LOG

    compiled = compile_text(text, tmp_path)

    assert compiled.templates[0].region == "eu-west-1"
    assert tag(compiled, "t") == "eu-west-1"


@pytest.mark.parametrize("key", ["region", "account"])
def test_where_an_environment_runs_cannot_wait_for_the_deployment(key: str, tmp_path: Path) -> None:
    given = {"region": "eu-west-1"} | {key: '"${p}"'}
    settings = ", ".join(f"{name}: {value}" for name, value in given.items())
    text = f"version: v1\nservice: shop\nenvironments: {{prod: {{{settings}}}}}\n"
    text += "parameters: {p: {}}\n" + LOG

    error = only_error(compile_text(text, tmp_path), "reference/known-too-late")

    assert marked_text(error) == '"${p}"'


@pytest.mark.parametrize("name", ["environment", "service", "region", "account", "partition"])
def test_a_built_in_name_cannot_be_given_another_meaning(name: str, tmp_path: Path) -> None:
    text = HEAD + f"values: {{{name}: mine}}\ntags: {{t: '${{{name}}}'}}\n" + LOG

    error = only_error(compile_text(text, tmp_path), "reference/name-taken")

    assert f'"{name}"' in error.message
    assert marked_text(error) == name


@pytest.mark.parametrize("name", ["environment", "service", "region", "account", "partition"])
def test_a_parameter_cannot_have_a_built_in_name(name: str, tmp_path: Path) -> None:
    text = HEAD + f"parameters: {{{name}: {{}}}}\ntags: {{t: '${{{name}}}'}}\n" + LOG

    error = only_error(compile_text(text, tmp_path), "reference/name-taken")

    assert marked_text(error) == name


def test_a_name_is_a_value_or_a_parameter_but_not_both(tmp_path: Path) -> None:
    text = HEAD + "values: {team: a}\nparameters: {team: {}}\ntags: {t: '${team}'}\n" + LOG

    error = only_error(compile_text(text, tmp_path), "reference/name-taken")

    assert '"team"' in error.message
    assert error.location is not None
    assert error.location.line == 6


def test_values_that_refer_to_each_other_are_shown_as_a_circle(tmp_path: Path) -> None:
    text = HEAD + "values: {a: '${b}', b: '${c}', c: 'x${a}'}\ntags: {t: '${a}'}\n" + LOG

    error = only_error(compile_text(text, tmp_path), "reference/cycle")

    assert "a -> b -> c -> a" in error.message


def test_a_value_that_refers_to_itself_is_a_circle(tmp_path: Path) -> None:
    text = HEAD + "values: {a: 'x${a}'}\ntags: {t: '${a}'}\n" + LOG

    error = only_error(compile_text(text, tmp_path), "reference/cycle")

    assert "a -> a" in error.message


@pytest.mark.parametrize("value", ["[a, b]", "{name: a}"])
def test_a_list_or_a_mapping_cannot_be_part_of_a_text(value: str, tmp_path: Path) -> None:
    text = HEAD + f"values: {{queues: {value}}}\ntags: {{t: 'all of ${{queues}}'}}\n" + LOG

    error = only_error(compile_text(text, tmp_path), "reference/not-text")

    assert '"queues"' in error.message


def test_a_field_that_a_value_does_not_have_is_an_error_with_a_suggestion(tmp_path: Path) -> None:
    text = HEAD + "values: {team: {name: a}}\ntags: {t: 'of ${team.nam}'}\n" + LOG

    error = only_error(compile_text(text, tmp_path), "reference/unknown-name")

    assert error.hint == 'did you mean "name"?'
    assert marked_text(error) == "${team.nam}"


def test_a_field_of_a_plain_value_is_an_error(tmp_path: Path) -> None:
    text = HEAD + "values: {team: a}\ntags: {t: '${team.name}'}\n" + LOG

    error = only_error(compile_text(text, tmp_path), "reference/unknown-name")

    assert '"name"' in error.message


def test_a_name_that_does_not_exist_is_marked_inside_a_long_text(tmp_path: Path) -> None:
    text = HEAD + "values: {retention: a}\ntags:\n  t: kept for ${retention} and ${retntion} more\n"

    error = only_error(compile_text(text + LOG, tmp_path), "reference/unknown-name")

    assert '"retntion"' in error.message
    assert error.hint == 'did you mean "retention"?'
    assert marked_text(error) == "${retntion}"


@pytest.mark.parametrize("quote", ["'", '"'])
def test_a_name_is_marked_inside_quotes_too(quote: str, tmp_path: Path) -> None:
    text = HEAD + f"tags:\n  t: {quote}in ${{nowhere}} at all{quote}\n" + LOG

    error = only_error(compile_text(text, tmp_path), "reference/unknown-name")

    assert marked_text(error) == "${nowhere}"


def test_a_name_in_a_text_of_several_lines_marks_the_start_of_the_text(tmp_path: Path) -> None:
    text = (
        HEAD + "dashboards:\n  main:\n    rows:\n    - text: |\n        One.\n        ${nowhere}\n"
    )

    error = only_error(compile_text(text, tmp_path), "reference/unknown-name")

    assert error.location is not None
    assert (error.location.line, error.location.column) == (8, 13)


def test_an_unknown_name_in_a_name_is_marked_in_the_name(tmp_path: Path) -> None:
    text = HEAD + "logs:\n  back-${nowhere}: {group: /shop, retention: never}\n"

    error = only_error(compile_text(text, tmp_path), "reference/unknown-name")

    assert marked_text(error) == "${nowhere}"


@pytest.mark.parametrize(
    "written",
    [
        "${}",
        "${ team }",
        "${1a}",
        "${team",
        "${a b}",
        "${AWS::Region}",
        "${a..b}",
        "${!x}",
        "${a-b}",
    ],
)
def test_what_is_not_a_reference_is_refused(written: str, tmp_path: Path) -> None:
    text = HEAD + f"values: {{team: a}}\ntags:\n  t: 'by ${{team}} in {written}'\n" + LOG

    error = only_error(compile_text(text, tmp_path), "reference/malformed")

    assert f'"{written}"' in error.message
    assert marked_text(error) == written


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("$${MAX}", "${MAX}"),
        ("a $${b} c", "a ${b} c"),
        ("$$$${x}", "$${x}"),
        ("cost: $5", "cost: $5"),
        ("$ {x}", "$ {x}"),
        ("{x}", "{x}"),
        ("$$", "$$"),
    ],
)
def test_dollars_that_are_meant_stay(written: str, meant: str, tmp_path: Path) -> None:
    compiled = compile_text(HEAD + f"tags:\n  t: '{written}'\n" + LOG, tmp_path)

    assert tag(compiled, "t") == meant


def test_literal_and_real_references_live_side_by_side(tmp_path: Path) -> None:
    text = HEAD + "parameters: {team: {}}\ntags: {t: '$${team} is ${team}, ${environment}'}\n" + LOG

    compiled = compile_text(text, tmp_path)

    assert tag(compiled, "t") == {"Fn::Sub": "${!team} is ${Team}, prod"}


def test_a_value_in_a_key_is_written_as_in_a_text(tmp_path: Path) -> None:
    text = (
        HEAD
        + """\
values: {v: true}
metrics:
  cpu: {metric: Shop Cpu, dimensions: {"${v}": a, "is-${v}": b}}
alarms:
  hot: {severity: info, when: {metric: cpu, above: 1}}
"""
    )

    alarm = resource(template(compile_text(text, tmp_path)), "AlarmHot")

    assert [one["Name"] for one in alarm["Dimensions"]] == ["is-true", "true"]


@pytest.mark.parametrize(
    ("declared", "name"),
    [("values: {limit: 70%}\n", "limit"), ("parameters: {team: {}}\n", "team")],
)
def test_a_name_nobody_uses_is_a_warning(declared: str, name: str, tmp_path: Path) -> None:
    compiled = compile_text(HEAD + declared + LOG, tmp_path)

    assert [one.rule for one in compiled.diagnostics] == ["reference/unused-name"]
    assert f'"{name}"' in compiled.diagnostics[0].message
    assert marked_text(compiled.diagnostics[0]) == name
    assert compiled.templates


def test_an_unused_value_is_reported_once_for_all_environments(tmp_path: Path) -> None:
    text = """\
version: v1
service: shop
environments:
  dev: {region: eu-west-1}
  prod: {region: eu-west-1, values: {left: over}}
logs:
  backend: {group: "/shop/${environment}", retention: never}
"""

    compiled = compile_text(text, tmp_path)

    assert [one.rule for one in compiled.diagnostics] == ["reference/unused-name"]


@pytest.mark.parametrize(
    "use",
    [
        "tags: {t: '${v}'}",
        "metrics: {m: {metric: Shop M, where_given: v}}",
        "metrics: {m: {metric: Shop M, dimensions: {'${v}': x}}}",
        "changes: {logs.backend.description: '${v}'}",
        "queries: {'Q ${v}': {question: q, query: q}}",
    ],
)
def test_a_name_that_is_used_anywhere_is_no_warning(use: str, tmp_path: Path) -> None:
    compiled = compile_text(HEAD + f"values: {{v: x}}\n{use}\n" + LOG, tmp_path)

    assert "reference/unused-name" not in {one.rule for one in compiled.diagnostics}


@pytest.mark.parametrize("kind", ["texts", "lists"])
def test_values_in_values_cannot_grow_beyond_all_bounds(kind: str, tmp_path: Path) -> None:
    values: dict[str, object] = {"v0": "x" * 100}
    for level in range(1, 7):
        inner = f"${{v{level - 1}}}"
        values[f"v{level}"] = inner * 10 if kind == "texts" else [inner] * 10
    text = HEAD + f"values: {json.dumps(values)}\n"
    text += "events: {e: {severity: info, pattern: {a: ['${v6}']}}}\n"

    error = only_error(compile_text(text, tmp_path), "for-each/too-many")

    assert "beyond all bounds" in error.message


@pytest.mark.parametrize(
    ("chain", "is_error"), [(20, False), (60, False), (64, True), (400, True), (10_000, True)]
)
@pytest.mark.parametrize("kind", ["values", "exports"])
def test_values_may_be_made_of_each_other_in_a_chain_that_is_not_too_long(
    chain: int, kind: str, tmp_path: Path, *, is_error: bool
) -> None:
    links = [f"'${{v{number - 1}}}x'" for number in range(1, chain + 1)]
    if kind == "values":
        text = HEAD + "values:\n  v0: a\n"
        text += "".join(f"  v{number}: {link}\n" for number, link in enumerate(links, 1))
    else:
        text = HEAD + "parameters:\n  v0: {}\n"
        text += "".join(
            f"  v{number}: {{export: {link}}}\n" for number, link in enumerate(links, 1)
        )
    text += f"tags: {{t: '${{v{chain}}}'}}\n"

    compiled = compile_text(text + LOG, tmp_path)

    assert {one.rule for one in errors(compiled)} == ({"reference/cycle"} if is_error else set())
    assert bool(compiled.templates) != is_error


def test_values_of_lists_in_lists_are_not_too_deep_together(tmp_path: Path) -> None:
    text = HEAD + "values:\n  v0: a\n"
    text += "".join(f"  v{n}: {'[' * 9}'${{v{n - 1}}}'{']' * 9}\n" for n in range(1, 40))
    text += "events: {e: {severity: info, pattern: {a: '${v39}'}}}\n"

    error = only_error(compile_text(text, tmp_path), "reference/cycle")

    assert "64 levels deep" in error.message


@pytest.mark.parametrize("region", ["${region}", "${partition}", "${loop}"])
def test_a_region_made_of_itself_is_an_error(region: str, tmp_path: Path) -> None:
    text = "version: v1\nservice: shop\nvalues: {loop: '${partition}'}\n"
    text += f"environments: {{prod: {{region: '{region}'}}}}\n"

    error = only_error(compile_text(text + LOG, tmp_path), "reference/cycle")

    assert "region" in error.message


def test_two_keys_that_come_out_alike_are_an_error(tmp_path: Path) -> None:
    text = HEAD + "values: {a: same, b: same}\n"
    text += "events: {e: {severity: info, pattern: {'${a}': [x], '${b}': [y]}}}\n"

    error = only_error(compile_text(text, tmp_path), "for-each/bad-list")

    assert error.message == '"same" is made more than once'

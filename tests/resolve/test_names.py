from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from support import HEAD, compile_text, errors, marked_text, only_error, resource, template

# Each kind of thing: how it is written with a name of its own, and where the name ends up.
OWN_NAME = {
    "alarm": (
        "alarms: {x: {severity: info, when: {metric: Shop A, above: 1}, name: '@'}}",
        "AlarmX",
        "AlarmName",
    ),
    "dashboard": ("dashboards: {x: {rows: [text: x], name: '@'}}", "DashboardX", "DashboardName"),
    "topic": ("notify: {x: {email: ['${mail}'], name: '@'}}", "TopicX", "TopicName"),
    "event rule": (
        "events: {x: {severity: info, pattern: {source: [a]}, name: '@'}}",
        "EventX",
        "Name",
    ),
    "mute rule": (
        """alarms: {y: {severity: info, when: {metric: Shop A, above: 1}}}
mutes: {x: {alarms: all, schedule: cron(0 2 * * *), duration: 1h, reason: r, name: '@'}}""",
        "MuteX",
        "Name",
    ),
    "log group": ("logs: {x: {group: '@', retention: never}}", "LogX", "LogGroupName"),
    "saved query": ("queries: {x: {question: q, query: q, folder: '@'}}", "QueryX", "Name"),
}
PARAMETERS = "parameters: {mail: {}}\n"


def named(kind: str, name: str) -> str:
    """A spec with a thing of that name."""
    return HEAD + PARAMETERS + OWN_NAME[kind][0].replace("@", name) + "\n"


def name_of(kind: str, name: str, folder: Path) -> Any:
    """The name the thing has in AWS."""
    _, logical_id, key = OWN_NAME[kind]
    return resource(template(compile_text(named(kind, name), folder)), logical_id)[key]


LIMITS = [
    ("alarm", 255, 0),
    ("dashboard", 255, 0),
    ("topic", 256, 0),
    ("event rule", 64, 0),
    ("mute rule", 255, 0),
    ("log group", 512, 0),
    ("saved query", 255, len("/x")),
]


@pytest.mark.parametrize(("kind", "most", "further"), LIMITS)
def test_a_name_may_be_as_long_as_aws_allows(
    kind: str, most: int, further: int, tmp_path: Path
) -> None:
    for length in (most - 1, most):
        name = "n" * (length - further)
        assert len(name_of(kind, name, tmp_path)) == length


@pytest.mark.parametrize(("kind", "most", "further"), LIMITS)
def test_a_name_that_is_longer_is_an_error(
    kind: str, most: int, further: int, tmp_path: Path
) -> None:
    text = named(kind, "n" * (most + 1 - further))

    error = only_error(compile_text(text, tmp_path), "name/not-possible")

    assert error.message.endswith(f"has {most + 1} characters; {most} are the most")
    assert error.message.startswith(f'the {kind} name "nnn')


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("alarm", "API errors (5xx) > 10 % #1: [urgent] ~!"),
        ("dashboard", "Shop_main-2"),
        ("topic", "Shop_topic-1"),
        ("event rule", "shop.rule_1-a"),
        ("mute rule", "Every night (load)"),
        ("log group", "/aws/ecs_x-1.2#a"),
        ("saved query", "Shop/errors (5xx)"),
    ],
)
def test_a_name_may_have_the_characters_aws_allows(kind: str, name: str, tmp_path: Path) -> None:
    assert name_of(kind, name, tmp_path).startswith(name)


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("alarm", "Fehler im Überblick"),
        ("alarm", "errors ☂"),
        ("dashboard", "my dashboard"),
        ("dashboard", "shop.main"),
        ("dashboard", "shop/main"),
        ("topic", "my topic"),
        ("topic", "alarms.fifo"),
        ("event rule", "my rule"),
        ("event rule", "a/b"),
        ("mute rule", "Nächte"),
        ("log group", "/shop logs"),
        ("log group", "/shop:logs"),
        ("log group", "/shop*"),
        ("saved query", "Abfragen/Größe"),
    ],
)
def test_a_name_with_other_characters_is_an_error(kind: str, name: str, tmp_path: Path) -> None:
    error = only_error(compile_text(named(kind, name), tmp_path), "name/not-possible")

    assert kind in error.message
    assert error.help.startswith("use ")


@pytest.mark.parametrize(
    "kind", ["alarm", "dashboard", "topic", "event rule", "mute rule", "log group"]
)
def test_a_name_that_is_not_possible_is_marked_where_it_stands(kind: str, tmp_path: Path) -> None:
    error = only_error(compile_text(named(kind, "ü"), tmp_path), "name/not-possible")

    assert marked_text(error) == "'ü'"


def test_a_log_group_known_at_deployment_alone_is_checked_as_far_as_it_is_known(
    tmp_path: Path,
) -> None:
    fits = name_of("log group", "/rds/${mail}/x", tmp_path)
    error = only_error(
        compile_text(named("log group", "/r ds/${mail}"), tmp_path), "name/not-possible"
    )

    assert fits == {"Fn::Sub": "/rds/${Mail}/x"}
    assert "/r ds/" in error.message


def test_a_log_group_may_be_nothing_but_a_parameter(tmp_path: Path) -> None:
    assert name_of("log group", "${mail}", tmp_path) == {"Ref": "Mail"}


def test_a_log_group_does_not_begin_with_aws(tmp_path: Path) -> None:
    assert errors(compile_text(named("log group", "aws/shop"), tmp_path))


# --- the naming pattern

EVERYTHING = """\
notify: {info: {email: [a@example.com]}}
alarms: {hot: {severity: info, when: {metric: Shop A, above: 1}}}
dashboards: {main: {rows: [text: x]}, the-dashboard: {rows: [text: x]}}
events: {stopped: {severity: info, pattern: {source: [a]}}}
logs: {l: {group: /l, retention: never, metrics: {hits: {pattern: x}}}}
queries: {errors: {question: q, query: q}}
mutes: {night: {alarms: all, schedule: cron(0 2 * * *), duration: 1h, reason: r}}
"""


def all_names(body: dict[str, Any]) -> dict[str, str]:
    """The names of everything by logical id."""
    keys = ("AlarmName", "DashboardName", "TopicName", "FilterName", "Name")
    found = {}
    for logical_id, one in body["Resources"].items():
        for key in keys:
            if key in one["Properties"]:
                found[logical_id] = one["Properties"][key]
    return found


def test_names_are_made_of_environment_and_name(tmp_path: Path) -> None:
    body = template(compile_text(HEAD + EVERYTHING, tmp_path))

    assert all_names(body) == {
        "TopicInfo": "prod-shop-info",
        "AlarmHot": "prod-hot",
        "DashboardMain": "prod-main-dashboard",
        "DashboardTheDashboard": "prod-the-dashboard",
        "EventStopped": "prod-stopped",
        "FilterHits": "prod-shop-hits",
        "QueryErrors": "prod-shop/errors",
        "MuteNight": "prod-night",
    }


def test_a_pattern_of_ones_own_makes_other_names(tmp_path: Path) -> None:
    pattern = 'names: "${service}_${name}_${environment}"\n'

    body = template(compile_text(HEAD + pattern + EVERYTHING, tmp_path))

    assert all_names(body) == {
        "TopicInfo": "shop_shop-info_prod",
        "AlarmHot": "shop_hot_prod",
        "DashboardMain": "shop_main-dashboard_prod",
        "DashboardTheDashboard": "shop_the-dashboard_prod",
        "EventStopped": "shop_stopped_prod",
        "FilterHits": "shop_shop-hits_prod",
        "QueryErrors": "shop_shop_prod/errors",
        "MuteNight": "shop_night_prod",
    }


def test_the_name_alone_is_a_pattern(tmp_path: Path) -> None:
    body = template(compile_text(HEAD + 'names: "${name}"\n' + EVERYTHING, tmp_path))

    assert resource(body, "AlarmHot")["AlarmName"] == "hot"


def test_a_name_of_ones_own_is_not_put_into_the_pattern(tmp_path: Path) -> None:
    text = (
        HEAD
        + "alarms: {a: {severity: info, when: {metric: Shop A, above: 1}, name: 'Shop ${environment}'}}\n"
    )

    assert resource(template(compile_text(text, tmp_path)), "AlarmA")["AlarmName"] == "Shop prod"


@pytest.mark.parametrize("pattern", ["${environment}-${service}", "fixed", "x-$${name}"])
def test_a_pattern_without_the_name_is_an_error(pattern: str, tmp_path: Path) -> None:
    error = only_error(compile_text(HEAD + f'names: "{pattern}"\n', tmp_path), "name/bad-pattern")

    assert error.help == "add ${name}"
    assert marked_text(error) == f'"{pattern}"'


@pytest.mark.parametrize(
    "pattern", ["${env}-${name}", "${region}-${name}", "${name}-${team}", "${Name}"]
)
def test_a_pattern_holds_nothing_else(pattern: str, tmp_path: Path) -> None:
    text = HEAD + f'values: {{team: a}}\ntags: {{t: "${{team}}"}}\nnames: "{pattern}"\n'

    error = only_error(compile_text(text, tmp_path), "name/bad-pattern")

    assert "a naming pattern cannot hold" in error.message
    assert error.help == "use ${environment}, ${service} and ${name}"


def test_a_pattern_with_an_open_brace_is_an_error(tmp_path: Path) -> None:
    compiled = compile_text(HEAD + 'names: "${environment}-${name"\n' + EVERYTHING, tmp_path)

    assert errors(compiled)


def test_a_pattern_that_makes_a_name_too_long_is_found_at_the_thing(tmp_path: Path) -> None:
    text = (
        HEAD
        + f'names: "{"x" * 60}-${{name}}"\nevents: {{stopped: {{severity: info, pattern: {{source: [a]}}}}}}\n'
    )

    error = only_error(compile_text(text, tmp_path), "name/not-possible")

    assert "event rule" in error.message
    assert marked_text(error) == "stopped"


@pytest.mark.parametrize(("further", "found"), [(-1, 0), (0, 0), (1, 1)])
def test_a_metric_filter_may_have_512_characters(further: int, found: int, tmp_path: Path) -> None:
    pattern = "x" * (512 + further - len("shop-hits")) + "${name}"
    text = (
        HEAD
        + f"names: {pattern}\nlogs: {{l: {{group: /l, existing: true, metrics: {{hits: {{pattern: x}}}}}}}}\n"
    )

    assert len(errors(compile_text(text, tmp_path))) == found


def test_a_pattern_may_not_bring_characters_a_kind_does_not_take(tmp_path: Path) -> None:
    text = (
        HEAD
        + 'names: "Shop (${environment}): ${name}"\n'
        + EVERYTHING.replace("notify", "# notify")
    )

    found = errors(compile_text(text, tmp_path))

    kinds = {one.message.rsplit("the name of a ", 1)[-1] for one in found}
    assert kinds >= {"event rule", "metric filter"}

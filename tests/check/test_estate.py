from __future__ import annotations

from pathlib import Path

import pytest

from support import marked_text
from watchspec.diagnostics import Diagnostic, Severity
from watchspec.pipeline import check_specs

TWO = "environments:\n  dev: {region: eu-west-1}\n  prod: {region: eu-west-1}\n"
ONE = "environments:\n  prod: {region: eu-west-1}\n"
ALARM = "alarms: {a: {severity: info, when: {metric: Shop A, above: 1}, name: NAME}}\n"


def clashes(folder: Path, *specs: str) -> list[Diagnostic]:
    """What is found when specs (shop, shop-2, shop-3 …) are looked at together."""
    paths = []
    for number, text in enumerate(specs, 1):
        service = "shop" if number == 1 else f"shop-{number}"
        path = folder / f"{service}.yaml"
        head = "version: v1\n" + ("" if "service:" in text else f"service: {service}\n")
        path.write_text(head + text, encoding="utf-8")
        paths.append(str(path))
    result = check_specs(paths, lambda _what, _done, _total: None)
    return [one for one in result.diagnostics if one.severity is Severity.ERROR]


def lines(diagnostic: Diagnostic) -> list[tuple[str, int]]:
    """Files and lines of a finding: its own, then the related ones."""
    places = [diagnostic.location, *(one.location for one in diagnostic.related)]
    return [(Path(place.file).name, place.line) for place in places if place is not None]


KINDS = {
    "alarm": ALARM,
    "dashboard": "dashboards: {d: {rows: [text: x], name: NAME}}\n",
    "topic": "notify: {info: {email: [a@example.com], name: NAME}}\n",
    "event rule": "events: {e: {severity: info, pattern: {source: [a]}, name: NAME}}\n",
    "log group": "logs: {l: {group: NAME, retention: never}}\n",
    "saved query": "queries: {q: {question: q, query: q, folder: NAME}}\n",
    "mute rule": "metrics: {m: {metric: Shop A}}\n"
    "alarms: {a: {severity: info, when: {metric: m, above: 1}, name: 'x-${service}-${environment}'}}\n"
    "mutes: {n: {alarms: all, schedule: cron(0 2 * * *), duration: 1h, reason: r, name: NAME}}\n",
}


@pytest.mark.parametrize("kind", KINDS)
def test_two_environments_of_one_account_cannot_have_things_of_one_name(
    kind: str, tmp_path: Path
) -> None:
    (found,) = clashes(tmp_path, TWO + KINDS[kind].replace("NAME", "same"))

    assert found.rule == "name/same-name"
    assert found.message.startswith(f'{kind} "same')
    assert "prod-shop" in found.message
    assert "dev-shop" in found.message
    assert len(lines(found)) == 2


@pytest.mark.parametrize("kind", KINDS)
def test_two_specs_cannot_have_things_of_one_name(kind: str, tmp_path: Path) -> None:
    text = ONE + KINDS[kind].replace("NAME", "same")

    (found,) = clashes(tmp_path, text, text)

    assert found.rule == "name/same-name"
    assert {file for file, _ in lines(found)} == {"shop.yaml", "shop-2.yaml"}
    assert "prod-shop-2" in found.message


@pytest.mark.parametrize("kind", KINDS)
def test_names_that_hold_what_tells_stacks_apart_do_not_clash(kind: str, tmp_path: Path) -> None:
    name = '"${environment}-${service}-x"'
    text = TWO + KINDS[kind].replace("NAME", name)

    assert not clashes(tmp_path, text, text)


@pytest.mark.parametrize("kind", KINDS)
def test_environments_in_different_accounts_may_have_things_of_one_name(
    kind: str, tmp_path: Path
) -> None:
    environments = TWO.replace("dev: {", 'dev: {account: "111122223333", ')
    environments = environments.replace("prod: {", 'prod: {account: "444455556666", ')

    assert not clashes(tmp_path, environments + KINDS[kind].replace("NAME", "same"))


@pytest.mark.parametrize("kind", KINDS)
def test_different_regions_may_have_things_of_one_name_unless_they_are_global(
    kind: str, tmp_path: Path
) -> None:
    environments = TWO.replace("dev: {region: eu-west-1}", "dev: {region: us-west-2}")

    found = clashes(tmp_path, environments + KINDS[kind].replace("NAME", "same"))

    assert len(found) == (1 if kind == "dashboard" else 0)


def test_both_places_are_named(tmp_path: Path) -> None:
    first = ONE + ALARM.replace("NAME", "same")
    second = ONE + "\n\n" + ALARM.replace("NAME", "same").replace("{a:", "{b:")

    (found,) = clashes(tmp_path, first, second)

    assert lines(found) == [("shop.yaml", 5), ("shop-2.yaml", 7)] or lines(found) == [
        ("shop-2.yaml", 7),
        ("shop.yaml", 5),
    ]
    assert marked_text(found) == "b"
    assert found.related[0].message.startswith("made by ")


def test_two_things_of_one_spec_cannot_have_one_name(tmp_path: Path) -> None:
    text = ONE + "alarms:\n  a: {severity: info, when: {metric: Shop A, above: 1}, name: same}\n"
    text += "  b: {severity: info, when: {metric: Shop B, above: 1}, name: same}\n"

    (found,) = clashes(tmp_path, text)

    assert lines(found) == [("shop.yaml", 7), ("shop.yaml", 6)]


def test_an_alarm_and_a_composite_alarm_share_their_names(tmp_path: Path) -> None:
    text = ONE + "alarms:\n  a: {severity: info, when: {metric: Shop A, above: 1}, name: same}\n"
    text += "  b: {severity: info, when: {any: [a]}, name: same}\n"

    (found,) = clashes(tmp_path, text)

    assert found.message == 'two alarms of prod-shop are named "same"'


def test_an_alarm_and_the_alarm_of_a_health_check_share_their_names(tmp_path: Path) -> None:
    text = ONE + "alarms:\n  x-unhealthy: {severity: info, when: {metric: Shop A, above: 1}}\n"
    text += "health_checks: {x: {host: a.org, alarm: {severity: info}}}\n"

    (found,) = clashes(tmp_path, text)

    assert found.rule == "name/not-possible"
    assert marked_text(found) == "x"


def test_things_of_different_kinds_may_have_one_name(tmp_path: Path) -> None:
    text = ONE + ALARM.replace("NAME", "same") + KINDS["dashboard"].replace("NAME", "same")

    assert not clashes(tmp_path, text)


def test_the_default_names_of_two_environments_differ(tmp_path: Path) -> None:
    text = TWO + "alarms: {a: {severity: info, when: {metric: Shop A, above: 1}}}\n"
    text += "dashboards: {d: {rows: [text: x]}}\n"

    assert not clashes(tmp_path, text)


def test_the_default_names_of_alarms_of_two_services_do_not_hold_the_service(
    tmp_path: Path,
) -> None:
    text = ONE + "alarms: {a: {severity: info, when: {metric: Shop A, above: 1}}}\n"

    (found,) = clashes(tmp_path, text, text)

    assert found.message.startswith('alarm "prod-a"')
    assert "${service}" in found.help


def test_one_service_in_two_specs_is_one_finding(tmp_path: Path) -> None:
    text = (
        "service: shop\n"
        + ONE
        + ALARM.replace("NAME", "same")
        + KINDS["dashboard"].replace("NAME", "d")
    )

    found = clashes(tmp_path, text, text)

    assert [one.rule for one in found] == ["name/same-name"]
    assert found[0].message == 'another spec has a stack "prod-shop" too'
    assert marked_text(found[0]) == "service"


def test_three_takers_of_a_name_are_two_findings(tmp_path: Path) -> None:
    text = ONE + ALARM.replace("NAME", "same")

    found = clashes(tmp_path, text, text, text)

    assert len(found) == 2


# --- names that only the deployment knows

GROUP = "logs: {l: {group: '/rds/${database}', retention: never}}\n"


@pytest.mark.parametrize(
    ("first", "second", "clash"),
    [
        ("{ssm: /shop/db}", "{ssm: /shop/db}", True),
        ("{ssm: /shop/db}", "{ssm: /other/db}", False),
        ("{default: main}", "{default: main}", True),
        ("{default: main}", "{default: other}", False),
        ("{export: network-db}", "{export: network-db}", True),
        ("{export: network-db}", "{export: other-db}", False),
        ("{}", "{}", False),
        ("{default: main}", "{}", False),
    ],
)
def test_deploy_time_names_clash_if_they_come_from_one_place(
    first: str, second: str, clash: object, tmp_path: Path
) -> None:
    specs = [ONE + f"parameters: {{database: {one}}}\n" + GROUP for one in (first, second)]

    found = clashes(tmp_path, *specs)

    assert bool(found) == clash
    assert {one.rule for one in found} <= {"name/same-name"}


def test_a_path_that_differs_by_environment_does_not_clash(tmp_path: Path) -> None:
    text = TWO + "parameters: {database: {ssm: '/shop/${environment}/db'}}\n" + GROUP

    assert not clashes(tmp_path, text)


def test_what_environments_give_a_parameter_decides(tmp_path: Path) -> None:
    given = "environments:\n  dev: {region: eu-west-1, parameters: {database: a}}\n"
    given += "  prod: {region: eu-west-1, parameters: {database: NAME}}\n"
    rest = "parameters: {database: {}}\n" + GROUP

    assert clashes(tmp_path, given.replace("NAME", "a") + rest)
    assert not clashes(tmp_path, given.replace("NAME", "b") + rest)


def test_an_export_named_after_another_parameter_is_followed(tmp_path: Path) -> None:
    text = ONE + "parameters: {stage: {default: x}, database: {export: '${stage}-db'}}\n" + GROUP

    assert clashes(tmp_path, text, text)
    assert not clashes(tmp_path, text, text.replace("default: x", "default: y"))


def test_log_groups_of_the_account_clash(tmp_path: Path) -> None:
    text = TWO + "logs: {l: {group: '/shop/${account}', retention: never}}\n"

    assert [one.rule for one in clashes(tmp_path, text)] == ["name/same-name"]


def test_a_log_group_made_in_one_environment_does_not_clash(tmp_path: Path) -> None:
    text = TWO + "logs: {l: {group: /shop, retention: never, made_in: prod}}\n"

    assert not clashes(tmp_path, text)


def test_an_existing_log_group_does_not_clash_but_its_filters_do(tmp_path: Path) -> None:
    text = TWO + "logs: {l: {group: /shop, existing: true, metrics: {hits: {pattern: x}}}}\n"

    assert not clashes(tmp_path, text)
    (found,) = clashes(tmp_path, "names: x-${name}\n" + text)
    assert found.message.startswith('metric filter "/shop: x-shop-hits"')


@pytest.mark.parametrize(
    ("first", "second", "clash"),
    [("", "", True), ("", ", bus: mine", False), (", bus: mine", ", bus: mine", True)],
)
def test_event_rules_clash_on_one_bus(
    first: str, second: str, clash: object, tmp_path: Path
) -> None:
    rule = "events: {e: {severity: info, pattern: {source: [a]}, name: sameNAME}}\n"

    found = clashes(tmp_path, *(ONE + rule.replace("NAME", bus) for bus in (first, second)))

    assert bool(found) == clash


def test_topics_in_the_second_region_clash_too(tmp_path: Path) -> None:
    text = "environments:\n  dev: {region: eu-west-1}\n  prod: {region: us-east-1}\n"
    text += "notify: {info: {email: [a@example.com], name: same}}\n"
    text += "alarms: {a: {severity: info, when: {metric: AWS/Billing EstimatedCharges, dimensions: {Currency: USD}, above: 1}}}\n"

    found = clashes(tmp_path, text)

    assert [one.message.split(" of ")[0] for one in found] == ['topic "same"']

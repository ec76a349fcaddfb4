"""Logical ids: one for each thing, no two alike, and none that depends on other things."""

from __future__ import annotations

import re
from collections import Counter
from copy import deepcopy
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from property.compiling import compile_data, templates
from property.counting import count_things, things
from property.extras import EXTRAS, add_extra, similar_names
from strategies import Data, examples, shuffle_keys, specs
from support import HEAD, compile_text, errors, template
from watchspec.emit.logical_ids import logical_id

TYPES = {
    "alarms": ("AWS::CloudWatch::Alarm", "AWS::CloudWatch::CompositeAlarm"),
    "mutes": ("AWS::CloudWatch::AlarmMuteRule",),
    "dashboards": ("AWS::CloudWatch::Dashboard",),
    "events": ("AWS::Events::Rule",),
    "queries": ("AWS::Logs::QueryDefinition",),
    "health_checks": ("AWS::Route53::HealthCheck",),
}
NAMES = ("AlarmName", "DashboardName", "TopicName", "LogGroupName", "FilterName", "Name")


@given(spec=specs())
@examples(20)
def test_every_thing_becomes_one_resource(spec: Data, tmp_path: Path) -> None:
    made = templates(spec, tmp_path)

    for environment in spec["environments"]:
        kinds = _count_kinds(made, environment)
        for section, types in TYPES.items():
            wanted = count_things(spec, section, environment)
            if section == "alarms":
                wanted += count_things(spec, "health_checks", environment)
            assert sum(kinds[one] for one in types) == wanted, section
        logs = [log for log, _ in things(spec, "logs", environment)]
        groups = [
            log
            for log in logs
            if not log.get("existing") and log.get("made_in", environment) == environment
        ]
        assert kinds["AWS::Logs::LogGroup"] == len(groups)
        filters = sum(len(log.get("metrics", ())) for log in logs)
        assert kinds["AWS::Logs::MetricFilter"] == filters


@given(spec=specs())
@examples(20)
def test_ids_are_alphanumeric_and_say_where_they_come_from(spec: Data, tmp_path: Path) -> None:
    compiled = compile_data(spec, tmp_path)
    made = templates(spec, tmp_path)

    for one in compiled.templates:
        body = made[f"{one.environment} {one.region}"]
        origins = {path[0] for path, _ in one.origins}
        names = {*body["Resources"], *body.get("Parameters", ())}
        assert body["Resources"].keys() <= origins
        for name in (*names, *body.get("Outputs", ())):
            assert re.fullmatch("[A-Za-z0-9]{1,255}", name)


def test_a_hundred_thousand_names_have_as_many_ids() -> None:
    letters = ("a", "B", "1", "-", "_", " ", ".")
    names = {"".join(one) for length in (1, 2, 3, 4, 5) for one in product(letters, repeat=length)}
    words = ("api", "Api", "API", "errors", "5xx", "é", "-", "--", "_", ".", " ")
    longer = product(words, repeat=5)
    while len(names) < 100_000:
        names.add("".join(next(longer)))

    by_id: dict[str, list[str]] = {}
    for name in names:
        by_id.setdefault(logical_id("Alarm", name), []).append(name)

    assert all(re.fullmatch("[A-Za-z0-9]{1,255}", one) for one in by_id)
    # A dash and an underscore may be taken for each other: that is an error, see below.
    alike = [one for one in by_id.values() if len({name.replace("_", "-") for name in one}) > 1]
    assert not alike


def test_names_that_look_alike_lose_no_alarm(tmp_path: Path) -> None:
    keys = [
        dash.join(words)
        for words in product(("api", "Api", "5"), repeat=3)
        for dash in ("-", ".", " ", "--", "")
    ]

    body = template(compile_text(HEAD + _write_alarms(keys), tmp_path))

    named = {one["Properties"]["AlarmName"] for one in body["Resources"].values()}
    assert named == {f"prod-{key}" for key in keys}


@pytest.mark.parametrize(
    "text",
    [
        "alarms: {{a-b: {alarm}, a_b: {alarm}}}",
        "notify: {{a: {route}, policy-a: {route}}}",
        "notify: {{a: {locked_route}, key-a: {route}}}",
        "logs: {{a: {locked_log}, key-a: {log}}}",
        """
parameters: {{b: {{}}, a_b: {{}}}}
notify: {{x: {{email: ['${{a_b}}']}}, x-a: {{email: ['${{b}}']}}}}
""",
        "parameters: {{topic_a: {{}}}}\nnotify: {{a: {{email: ['${{topic_a}}']}}}}\n",
    ],
    ids=["dash and underscore", "policy", "topic key", "log key", "subscription", "parameter"],
)
def test_things_that_would_share_an_id_are_told_apart_or_refused(text: str, tmp_path: Path) -> None:
    things = {
        "alarm": "{severity: info, when: {metric: AWS/SQS NumberOfMessagesSent, dimensions: {QueueName: orders}, above: 1}}",
        "route": "{email: [a@example.com]}",
        "locked_route": "{email: [a@example.com], kms_key: create}",
        "log": "{group: /a, retention: 1 day}",
        "locked_log": "{group: /b, retention: 1 day, kms_key: create}",
    }

    compiled = compile_text(HEAD + text.format(**things), tmp_path)

    assert all(one.rule == "template/same-id" and one.related for one in errors(compiled))
    if not errors(compiled):
        body = template(compiled)
        assert not body["Resources"].keys() & body.get("Parameters", {}).keys()


@pytest.mark.slow
@given(spec=specs(), data=st.data())
@examples(110)
def test_ids_do_not_change_when_something_else_does(
    spec: Data, data: st.DataObject, tmp_path: Path
) -> None:
    """Ten edits of each spec, 1,100 in all: adding and taking away, another order, other words."""
    before = _ids(spec, tmp_path)

    for section in data.draw(st.permutations(sorted(EXTRAS)))[:4]:
        taken = spec.get(section, {})
        names = [one for one in similar_names(section, spec) if one not in taken]
        name = data.draw(st.sampled_from(names))
        with_more = add_extra(spec, section, name, {}, first=data.draw(st.booleans()))
        after = _ids(with_more, tmp_path)
        # Read from left to right this adds the thing, from right to left it takes it away.
        assert {place: ids.items() <= after[place].items() for place, ids in before.items()} == (
            dict.fromkeys(before, True)
        )

    reordered = shuffle_keys(spec, data.draw(st.randoms()))
    assert _ids(reordered, tmp_path) == before

    assert _ids(_retitle(spec), tmp_path) == before


def _write_alarms(keys: list[str]) -> str:
    when = "{metric: AWS/SQS NumberOfMessagesSent, dimensions: {QueueName: orders}, above: 1}"
    return "alarms:\n" + "".join(f'  "{key}": {{severity: info, when: {when}}}\n' for key in keys)


def _ids(spec: Data, folder: Path) -> dict[str, dict[str, tuple[str, str]]]:
    """What each logical id of each template stands for: its type and its name."""
    return {
        place: {
            name: (one["Type"], _name(one["Properties"])) for name, one in body["Resources"].items()
        }
        for place, body in templates(spec, folder).items()
    }


def _name(properties: Data) -> str:
    return str({key: properties[key] for key in NAMES if key in properties})


def _retitle(spec: Data) -> Data:
    """The spec with other words and numbers in everything that has any."""
    other = deepcopy(spec)
    for thing in other.get("alarms", {}).values():
        thing |= {"description": "other words", "runbook": {"impact": "another"}}
        if "for" in thing["when"]:
            del thing["when"]["for"]
    for thing in other.get("metrics", {}).values():
        thing |= {"title": "another title", "color": "#123456"}
    for thing in other.get("dashboards", {}).values():
        thing["title"] = "another title"
        thing["rows"] = [*thing["rows"], {"text": "one more"}]
    for thing in other.get("queries", {}).values():
        thing["question"] = "another question"
    for section in ("logs", "events"):
        for thing in other.get(section, {}).values():
            thing["description"] = "other words"
    other["description"] = "another service"
    return other


def _count_kinds(made: dict[str, dict[str, Any]], environment: str) -> Counter[str]:
    return Counter(
        resource["Type"]
        for place, body in made.items()
        if place.split()[0] == environment
        for resource in body["Resources"].values()
    )

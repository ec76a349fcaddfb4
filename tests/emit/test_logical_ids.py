"""Logical ids: one for each thing, and the same whatever else there is."""

from __future__ import annotations

import random
import string
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from troposphere import sns

from emit.deployment import read_body
from golden.cases import FOLDER
from support import HEAD, compile_text, errors, marked_text, only_error
from watchspec.diagnostics import Findings, Location
from watchspec.emit.logical_ids import compound_id, logical_id
from watchspec.emit.stack import Stack
from watchspec.expand import expand_spec
from watchspec.load import load_spec
from watchspec.resolve import resolve_environment
from watchspec.validate import validate_documents, validate_expanded

NAMES = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9 ._-]{0,254}", fullmatch=True)
KINDS = ("Alarm", "Log", "Filter", "Query", "Dashboard", "Event", "Mute", "HealthCheck", "Topic")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("cpu", "AlarmCpu"),
        ("ecs-cpu-warning", "AlarmEcsCpuWarning"),
        ("api_5xx_rate", None),
        ("http2-errors", "AlarmHttp2Errors"),
        ("CPU", None),
        ("Error Rate by Endpoint", None),
        ("a.b", None),
        ("a--b", None),
        ("a-", None),
        ("5xx", None),
        ("a-5", None),
    ],
)
def test_readable_names_stay_readable_and_others_get_a_digest(
    name: str, expected: str | None
) -> None:
    made = logical_id("Alarm", name)

    assert made == expected or (
        expected is None and made.endswith(f"X{sha256(name.encode()).hexdigest()[:8]}")
    )


@given(name=NAMES)
@example(name="a" * 255)
@example(name="A" * 255)
def test_id_is_alphanumeric_and_not_too_long(name: str) -> None:
    for kind in KINDS:
        made = logical_id(kind, name)

        assert made.isascii()
        assert made.isalnum()
        assert made.startswith(kind)
        assert len(made) <= 255


def test_names_that_differ_only_in_what_an_id_cannot_hold_get_different_ids() -> None:
    names = [
        "ab",
        "Ab",
        "aB",
        "a b",
        "a.b",
        "a-b",
        "a  b",
        "a--b",
        "a-b-",
        "A-b",
        "a-B",
        "A B",
        "a_-b",
    ]
    names += ["a-b-c", "a-b_c", "a_b-c", "a.b-c", "a-b.c"]

    assert len({logical_id("Alarm", name) for name in names}) == len(names)


@pytest.mark.slow
def test_of_100_000_names_none_is_lost_and_none_is_alike_unless_reported(tmp_path: Path) -> None:
    chance = random.Random(20261124)  # noqa: S311 - not for secrets
    alphabets = [string.ascii_lowercase + "-", string.ascii_letters + "-_ .", "ab-_ .", "aA1-_"]
    names: set[str] = set()
    while len(names) < 100_000:
        alphabet = chance.choice(alphabets)
        name = "".join(chance.choices(alphabet, k=chance.randint(1, 12)))
        if name[0].isalnum():
            names.add(name)
    stack = open_stack(tmp_path)

    for line, name in enumerate(sorted(names)):
        stack.add(sns.Topic(logical_id("Alarm", name)), Location("spec.yaml", line))

    reported = {one.location.line for one in stack.found.items if one.location is not None}
    made = {place.line for place in stack.origins.values()}
    assert len(reported) == len(stack.found.items)
    assert not made & reported
    assert len(made) + len(reported) == len(stack.resources) + len(reported) == 100_000
    assert (
        len(reported) < 5_000
    )  # words of the same letters, once with dashes, once with underscores


def test_id_of_what_belongs_to_several_things_depends_on_all_of_their_names() -> None:
    names = [
        ("a", "b-c", "d"),
        ("a-b", "c", "d"),
        ("a", "b", "c-d"),
        ("a", "b", "c", "d"),
        ("a-b-c-d",),
        ("A", "b-c", "d"),
        ("a", "x:b-c", "d"),
        ("a-", "b"),
        ("a", "-b"),
        ("a" * 60, "b"),
        ("a" * 60, "c"),
    ]

    made = [compound_id("Permission", *one) for one in names]

    assert len(set(made)) == len(names)
    assert all(one.isalnum() and len(one) <= 255 for one in made)
    assert made[0].startswith("PermissionABCDX")


@pytest.mark.parametrize("length", [60, 61, 255])
def test_long_name_is_shortened_and_gets_a_digest(length: int) -> None:
    name = "a" * length

    made = logical_id("Alarm", name)

    digest = sha256(name.encode()).hexdigest()[:8]
    assert made == f"AlarmA{'a' * 59}" + (f"X{digest}" if length > 60 else "")


def test_two_names_with_the_same_id_are_reported_with_both_places(tmp_path: Path) -> None:
    compiled = compile_text(
        HEAD
        + "logs:\n  cpu-high: {group: /a, retention: 1 day}\n  cpu_high: {group: /b, retention: 1 day}\n",
        tmp_path,
    )

    error = only_error(compiled, "template/same-id")
    assert error.location is not None
    assert error.location.line == 7
    assert [related.location.line for related in error.related] == [6]
    assert compiled.templates == ()


@pytest.mark.parametrize("form", ["a-x{}", "ax{}", "a_x{}", "AX{}"])
def test_name_that_ends_like_the_digest_of_another_has_another_id(
    form: str, tmp_path: Path
) -> None:
    name = form.format(sha256(b"a.").hexdigest()[:8])
    spec = (
        f"logs:\n  a.: {{group: /a, retention: 1 day}}\n  {name}: {{group: /b, retention: 1 day}}\n"
    )

    compiled = compile_text(HEAD + spec, tmp_path)

    assert errors(compiled) == []
    assert len(read_body(compiled.templates[0])["Resources"]) == 2


def test_parameter_that_ends_like_the_digest_of_another_is_not_mixed_up_with_it(
    tmp_path: Path,
) -> None:
    digest = sha256(b"q_").hexdigest()[:8]
    spec = (
        f"parameters: {{q_: {{default: one}}, q_x{digest}: {{default: other}}}}\n"
        f"logs: {{a: {{group: '/${{q_}}/${{q_x{digest}}}', retention: 1 day}}}}\n"
    )

    compiled = compile_text(HEAD + spec, tmp_path)

    assert errors(compiled) == []
    assert len(read_body(compiled.templates[0])["Parameters"]) == 2


TOPICS = """
parameters:
  email: {description: Where alarms are mailed}
  database_email: {description: Where alarms of the database are mailed}
"""


@pytest.mark.parametrize(
    "routes",
    [
        pytest.param(
            "critical: {email: ['${email}']}, policy-critical: {email: ['${database_email}']}",
            id="a route named like the policy of another",
        ),
        pytest.param(
            "critical: {email: ['${email}'], kms_key: create},"
            " key-critical: {email: ['${database_email}']}",
            id="a route named like the key of another",
        ),
        pytest.param(
            "critical: {email: ['${database_email}']}, critical-database: {email: ['${email}']}",
            id="two pairs of route and endpoint that read alike",
        ),
        pytest.param(
            "of-critical: {email: ['${email}']}, critical: {email: ['${database_email}']}",
            id="a route named like the kind of what belongs to another",
        ),
    ],
)
def test_different_things_have_different_ids(routes: str, tmp_path: Path) -> None:
    compiled = compile_text(f"{HEAD}{TOPICS}notify: {{{routes}}}\n", tmp_path)

    assert errors(compiled) == []


def test_parameter_and_resource_of_one_id_are_reported_with_both_places(tmp_path: Path) -> None:
    spec = """
parameters: {log_web: {description: The name of the log}}
logs: {web: {group: "/${log_web}", retention: 1 day}}
"""

    compiled = compile_text(HEAD + spec, tmp_path)

    error = only_error(compiled, "template/same-id")
    assert error.message == 'two things would share the logical id "LogWeb"'
    assert marked_text(error) == "log_web"
    assert [related.location.line for related in error.related] == [7]


def test_unused_parameter_takes_no_id(tmp_path: Path) -> None:
    spec = "parameters: {log_web: {}}\nlogs: {web: {group: /shop/web, retention: 1 day}}\n"

    compiled = compile_text(HEAD + spec, tmp_path)

    assert errors(compiled) == []


def test_same_endpoint_twice_is_one_subscription_or_reported(tmp_path: Path) -> None:
    spec = TOPICS + "notify: {critical: {email: ['${email}', '${email}', '${database_email}']}}\n"

    compiled = compile_text(HEAD + spec, tmp_path)

    assert only_error(compiled, "notify/bad-endpoint").message == "this is given to the route twice"


def test_subscription_of_the_longest_names_has_an_id_of_at_most_255_characters(
    tmp_path: Path,
) -> None:
    function = f"arn:aws:lambda:eu-west-1:123456789012:function:{'f' * 64}:{'b' * 28}"
    route = "a" * 60
    spec = f"""
notify: {{{route}: {{lambda: ["{function}"]}}}}
alarms:
  cost:
    severity: info
    notify: [{route}]
    when: {{metric: AWS/Billing EstimatedCharges, dimensions: {{Currency: USD}}, above: 5}}
"""

    compiled = compile_text(HEAD + spec, tmp_path)

    made = [name for one in compiled.templates for name in read_body(one)["Resources"]]
    assert max(map(len, made)) <= 255


def test_ids_and_bodies_do_not_depend_on_what_else_there_is(tmp_path: Path) -> None:
    logs = {
        name: f"  {name}: {{group: /{index}, retention: 1 day}}\n"
        for index, name in enumerate(["a", "a.b", "A", "a b", "a-b", "zz top", "b", "a_c"])
    }
    (whole,) = compile_text(f"{HEAD}logs:\n{''.join(logs.values())}", tmp_path).templates
    everything = read_body(whole)["Resources"]
    chance = random.Random(7)  # noqa: S311 - not for secrets

    for _ in range(100):
        some = chance.sample(list(logs), k=chance.randint(1, len(logs)))
        text = "".join(logs[name] for name in some)
        (part,) = compile_text(f"{HEAD}logs:\n{text}", tmp_path).templates

        resources = read_body(part)["Resources"]

        assert len(resources) == len(some)
        assert resources.items() <= everything.items()


@pytest.mark.parametrize(
    "case", ["topic-with-email-sms-and-https", "naming-pattern", "metric-filters"]
)
def test_alarm_more_changes_no_other_id(case: str, tmp_path: Path) -> None:
    spec = (FOLDER / case / "spec.yaml").read_text(encoding="utf-8")
    alarm = "{severity: info, when: {metric: Shop/Web Orders, below: 1}}"
    more = (
        spec.replace("alarms:\n", f"alarms:\n  another: {alarm}\n")
        if "alarms:\n" in spec
        else f"{spec}\nalarms:\n  another: {alarm}\n"
    )
    (before,) = compile_text(spec, tmp_path).templates
    (after,) = compile_text(more, tmp_path).templates

    old, new = read_body(before)["Resources"], read_body(after)["Resources"]

    assert {name for name in new if name not in old} == {"AlarmAnother"}
    assert {name for name in old if old[name] != new.get(name)} <= {"MuteNightly"}  # mutes all


def open_stack(folder: Path) -> Stack:
    """An empty stack."""
    path = folder / "spec.yaml"
    path.write_text(HEAD, encoding="utf-8")
    documents = load_spec(str(path)).value
    assert documents is not None
    spec = validate_documents(documents).value
    assert spec is not None
    expanded = expand_spec(spec, "prod").value
    assert expanded is not None
    shaped = validate_expanded(expanded).value
    assert shaped is not None
    monitoring = resolve_environment(shaped).value
    assert monitoring is not None
    return Stack(monitoring, "eu-west-1", Findings())

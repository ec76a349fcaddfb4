from __future__ import annotations

from pathlib import Path

import pytest

from support import HEAD, compile_text, errors, marked_text, only_error, resource, template
from watchspec.pipeline import compile_spec

LOG = "logs:\n  backend: {group: /shop, retention: 30 days}\n"


def write(folder: Path, name: str, text: str) -> None:
    """A fragment in a file of its own."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("version: v1\n" + text, encoding="utf-8")


def test_what_a_fragment_holds_is_part_of_the_spec(tmp_path: Path) -> None:
    write(tmp_path, "base.yaml", LOG)
    text = HEAD + "include: [base.yaml]\nqueries: {q: {log: backend, question: q, query: x}}\n"

    body = template(compile_text(text, tmp_path))

    assert list(body["Resources"]) == ["LogBackend", "QueryQ"]


def test_fragments_may_include_fragments_relative_to_themselves(tmp_path: Path) -> None:
    write(tmp_path, "parts/first.yaml", "include: [more/second.yaml]\n")
    write(tmp_path, "parts/more/second.yaml", "include: [../third.yaml]\n")
    write(tmp_path, "parts/third.yaml", LOG)

    body = template(compile_text(HEAD + "include: [parts/first.yaml]\n", tmp_path))

    assert list(body["Resources"]) == ["LogBackend"]


def test_a_fragment_that_is_included_twice_counts_once(tmp_path: Path) -> None:
    write(tmp_path, "a.yaml", "include: [shared.yaml]\n")
    write(tmp_path, "b.yaml", "include: [shared.yaml, ./shared.yaml]\n")
    write(tmp_path, "shared.yaml", LOG)

    compiled = compile_text(HEAD + "include: [a.yaml, b.yaml]\n", tmp_path)

    assert list(template(compiled)["Resources"]) == ["LogBackend"]
    assert len(compiled.inputs) == 4


def test_a_thing_defined_twice_names_both_places(tmp_path: Path) -> None:
    write(tmp_path, "base.yaml", LOG)
    text = HEAD + "include: [base.yaml]\n" + LOG.replace("30 days", "7 days")

    error = only_error(compile_text(text, tmp_path), "include/defined-twice")

    assert '"backend"' in error.message
    assert error.location is not None
    assert (Path(error.location.file).name, error.location.line) == ("base.yaml", 3)
    first = error.related[0].location
    assert (Path(first.file).name, first.line) == ("spec.yaml", 7)


def test_a_thing_that_two_fragments_define_is_defined_twice(tmp_path: Path) -> None:
    write(tmp_path, "a.yaml", LOG)
    write(tmp_path, "b.yaml", LOG)

    error = only_error(
        compile_text(HEAD + "include: [a.yaml, b.yaml]\n", tmp_path), "include/defined-twice"
    )

    assert error.location is not None
    assert Path(error.location.file).name == "b.yaml"
    assert Path(error.related[0].location.file).name == "a.yaml"


def test_a_fragment_names_no_service(tmp_path: Path) -> None:
    write(tmp_path, "other.yaml", "service: other\nenvironments: {prod: {region: eu-west-1}}\n")

    error = only_error(compile_text(HEAD + "include: [other.yaml]\n", tmp_path), "spec/fragment")

    assert marked_text(error) == "service"
    assert error.location is not None
    assert Path(error.location.file).name == "other.yaml"


def test_a_fragment_alone_is_no_spec(tmp_path: Path) -> None:
    write(tmp_path, "base.yaml", LOG)

    compiled = compile_spec(str(tmp_path / "base.yaml"))

    assert [one.rule for one in errors(compiled)] == ["spec/fragment"]


def test_settings_of_the_spec_go_before_those_of_a_fragment(tmp_path: Path) -> None:
    write(
        tmp_path,
        "base.yaml",
        "owner: nobody\ndescription: A fragment\nnames: x-${name}\ntags: {a: fragment, b: fragment}\n",
    )
    text = HEAD + "include: [base.yaml]\nowner: checkout\ntags: {a: spec}\n"
    text += "alarms: {hot: {severity: info, when: {metric: Shop A, above: 1}}}\n"

    body = template(compile_text(text, tmp_path))

    alarm = resource(body, "AlarmHot")
    tags = {one["Key"]: one["Value"] for one in alarm["Tags"]}
    assert tags == {
        "a": "spec",
        "b": "fragment",
        "environment": "prod",
        "owner": "checkout",
        "service": "shop",
    }
    assert alarm["AlarmName"] == "x-hot"
    assert body["Description"] == "Monitoring of shop in prod: A fragment"


def test_environments_may_come_from_a_fragment_and_be_completed_by_the_spec(tmp_path: Path) -> None:
    write(
        tmp_path,
        "places.yaml",
        "environments: {dev: {region: eu-west-1}, prod: {region: eu-central-1, tags: {a: b}}}\n",
    )
    text = "version: v1\nservice: shop\ninclude: [places.yaml]\n"
    text += "environments: {prod: {region: us-west-2}}\n"
    text += "logs: {backend: {group: '/${environment}', retention: never}}\n"

    compiled = compile_text(text, tmp_path)

    assert {(one.environment, one.region) for one in compiled.templates} == {
        ("dev", "eu-west-1"),
        ("prod", "us-west-2"),
    }
    tags = resource(template(compiled, "prod"), "LogBackend")["Tags"]
    assert {"Key": "a", "Value": "b"} in tags


def test_a_change_alters_what_is_included(tmp_path: Path) -> None:
    write(tmp_path, "base.yaml", LOG)
    text = HEAD + "include: [base.yaml]\nchanges: {logs.backend.retention: 7 days}\n"

    body = template(compile_text(text, tmp_path))

    assert resource(body, "LogBackend")["RetentionInDays"] == 7


def test_a_change_takes_away_what_is_included(tmp_path: Path) -> None:
    write(tmp_path, "base.yaml", LOG + "  other: {group: /other, retention: never}\n")
    text = HEAD + "include: [base.yaml]\nchanges: {logs.backend: null}\n"

    body = template(compile_text(text, tmp_path))

    assert list(body["Resources"]) == ["LogOther"]


def test_a_fragment_may_use_the_values_of_the_spec(tmp_path: Path) -> None:
    write(tmp_path, "base.yaml", LOG.replace("30 days", "'${kept}'"))
    text = HEAD + "include: [base.yaml]\nvalues: {kept: 14 days}\n"

    body = template(compile_text(text, tmp_path))

    assert resource(body, "LogBackend")["RetentionInDays"] == 14


@pytest.mark.parametrize(
    ("fragment", "rule", "marked"),
    [
        ("logs: {a: {group: /a, retention: 10 days}}\n", "log/bad-retention", "10 days"),
        ("logs: {a: {group: /a, retentoin: 7 days}}\n", "spec/unknown-key", "retentoin"),
        ("logs: {a: {group: '/${b}', retention: never}}\n", "reference/unknown-name", "${b}"),
        ("logs: {a: {group: /a b, retention: never}}\n", "name/not-possible", "/a b"),
        ("dashboards: {d: {rows: [graph: nothing]}}\n", "metric/unknown", "nothing"),
        (
            "alarms: {a: {severity: critical, when: {metric: S A, above: 1}}}\n",
            "notify/unknown-route",
            "critical",
        ),
        (
            """\
alarms: {a: {severity: info, when: {metric: S A, above: 1}, actions: {alarm: ['arn:aws:s3:::x']}}}
""",
            "alarm/forbidden-action",
            "'arn:aws:s3:::x'",
        ),
    ],
)
def test_a_finding_about_a_fragment_points_into_it(
    fragment: str, rule: str, marked: str, tmp_path: Path
) -> None:
    write(tmp_path, "base.yaml", fragment)

    error = only_error(compile_text(HEAD + "include: [base.yaml]\n", tmp_path), rule)

    assert error.location is not None
    assert Path(error.location.file).name == "base.yaml"
    assert marked in marked_text(error)


def test_a_missing_file_is_an_error_with_a_suggestion(tmp_path: Path) -> None:
    write(tmp_path, "alarms.yaml", LOG)

    error = only_error(compile_text(HEAD + "include: [alarm.yaml]\n", tmp_path), "file/unreadable")

    assert error.hint == 'did you mean "alarms.yaml"?'
    assert marked_text(error) == "alarm.yaml"


def test_files_that_include_each_other_are_an_error(tmp_path: Path) -> None:
    write(tmp_path, "a.yaml", "include: [b.yaml]\n")
    write(tmp_path, "b.yaml", "include: [a.yaml]\n")

    error = only_error(compile_text(HEAD + "include: [a.yaml]\n", tmp_path), "include/cycle")

    assert "a.yaml" in error.message
    assert error.location is not None
    assert Path(error.location.file).name == "b.yaml"


def test_an_absolute_path_is_an_error(tmp_path: Path) -> None:
    write(tmp_path, "base.yaml", LOG)
    path = tmp_path / "base.yaml"

    error = only_error(compile_text(HEAD + f"include: ['{path}']\n", tmp_path), "include/bad-path")

    assert marked_text(error) == f"'{path}'"

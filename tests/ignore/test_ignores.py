"""What a spec or the project file ignores is not heard of: there, for a reason, and until a day."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from support import HEAD, call_watchspec

METRIC = "metrics: {m: {metric: AWS/DynamoDB ThrottledRequests, dimensions: {TableName: x, Operation: y}}}\n"
ALARM = "severity: info, notify: [], when: {metric: m, above: 1, for: 5m}"
SKETCH = "rule: alarm/ignored-missing-data, reason: It is a sketch."
UNTIL = "until: 2027-03-01"
TODAY = ("--today", "2027-03-01")
LATER = ("--today", "2027-03-02")


def find(folder: Path, text: str, *arguments: str, project: str = "") -> list[dict[str, Any]]:
    """What `check` says of a spec in specs/, as JSON."""
    (folder / "specs").mkdir(exist_ok=True)
    (folder / "specs" / "shop.yaml").write_text(text, encoding="utf-8")
    if project:
        (folder / ".watchspec.yaml").write_text(project, encoding="utf-8")
    run = call_watchspec("check", "--format", "json", *(arguments or TODAY), folder=folder)
    found: list[dict[str, Any]] = json.loads(run.stdout)
    return found


def rules(found: list[dict[str, Any]]) -> list[str]:
    return [one["rule"] for one in found]


def place(one: dict[str, Any]) -> tuple[int, int]:
    return one["location"]["line"], one["location"]["column"]


def test_what_is_ignored_in_a_thing_is_still_found_beside_it(tmp_path: Path) -> None:
    text = HEAD + METRIC + (
        "alarms:\n"
        f"  one: {{{ALARM}, ignore: [{{{SKETCH}, {UNTIL}}}]}}\n"
        f"  two: {{{ALARM}}}\n"
    )  # fmt: skip

    found = find(tmp_path, text)

    assert [(one["rule"], place(one)) for one in found] == [
        ("alarm/ignored-missing-data", (8, 3)),
    ]


def test_things_on_one_line_are_told_apart(tmp_path: Path) -> None:
    text = HEAD + METRIC + (
        f"alarms: {{one: {{{ALARM}}}, two: {{{ALARM}, ignore: [{{{SKETCH}, {UNTIL}}}]}}, three: {{{ALARM}}}}}\n"
    )  # fmt: skip

    found = find(tmp_path, text)

    assert [one["message"].split()[0] for one in found] == ['"one"', '"three"']


def test_what_is_ignored_at_the_top_is_about_all_of_the_file(tmp_path: Path) -> None:
    text = f"ignore: [{{{SKETCH}, {UNTIL}}}]\n{HEAD}{METRIC}alarms: {{one: {{{ALARM}}}, two: {{{ALARM}}}}}\n"

    assert find(tmp_path, text) == []


def test_what_is_ignored_at_the_top_of_a_fragment_is_about_that_file(tmp_path: Path) -> None:
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs" / "part.yaml").write_text(
        f"version: v1\nignore: [{{{SKETCH}, {UNTIL}}}]\nalarms: {{one: {{{ALARM}}}}}\n",
        encoding="utf-8",
    )
    text = HEAD + f"include: [part.yaml]\n{METRIC}alarms: {{two: {{{ALARM}}}}}\n"

    [finding] = find(tmp_path, text)

    assert finding["location"]["file"] == "specs/shop.yaml"


def test_a_thing_that_is_made_many_times_is_ignored_each_time(tmp_path: Path) -> None:
    text = HEAD + METRIC + (
        f'alarms: {{"a-${{n}}": {{for_each: {{n: [x, y]}}, {ALARM}, ignore: [{{{SKETCH}, {UNTIL}}}]}}}}\n'
    )  # fmt: skip

    assert find(tmp_path, text) == []


def test_a_thing_that_a_change_puts_in_place_may_ignore_too(tmp_path: Path) -> None:
    text = (
        HEAD + METRIC + f"changes:\n  alarms.one: {{{ALARM}, ignore: [{{{SKETCH}, {UNTIL}}}]}}\n"
        "alarms: {}\n"
    )

    assert find(tmp_path, text) == []


def test_a_change_of_what_is_ignored_is_an_error(tmp_path: Path) -> None:
    text = HEAD + METRIC + (
        f"alarms: {{one: {{{ALARM}}}}}\nchanges: {{alarms.one.ignore: [{{{SKETCH}, {UNTIL}}}]}}\n"
    )  # fmt: skip

    [finding] = find(tmp_path, text)

    assert finding["message"] == '"ignore" cannot be changed'


@pytest.mark.parametrize(
    ("section", "rule"),
    [
        ("parameters: {p: {description: x, ENTRY}}\n", "reference/unused-name"),
        (("logs: {l: {group: x, retention: 1 day, metrics: {f: {pattern: '{ $.a = 1 }', ENTRY}},"
         " format: {json: {b: string}}}}\n"), "log/unknown-field"),
        ("logs: {l: {group: x, existing: true, retention: 1 day, ENTRY}}\n", "log/no-effect"),
        ("dashboards: {d: {rows: [[{graph: [{expression: NONE(m1), given: {m1: A B}, ENTRY}]}]]}}\n",
         "metric/unknown-function"),
        ("dashboards: {d: {rows: [{graph: [{expression: NONE(m1), given: {m1: A B}}], ENTRY}]}}\n",
         "metric/unknown-function"),
        ("dashboards: {d: {ENTRY, rows: [{graph: [{expression: NONE(m1), given: {m1: A B}}]}]}}\n",
         "metric/unknown-function"),
    ],
    ids=["parameter", "log metric", "log", "line", "widget", "dashboard"],
)  # fmt: skip
def test_whatever_has_a_place_of_its_own_may_ignore(
    section: str, rule: str, tmp_path: Path
) -> None:
    entry = f"ignore: [{{rule: {rule}, reason: x, {UNTIL}}}]"
    without = find(tmp_path, HEAD + section.replace(", ENTRY", "").replace("ENTRY, ", ""))

    found = find(tmp_path, HEAD + section.replace("ENTRY", entry))

    assert rule in rules(without)
    assert rules(found) == [one for one in rules(without) if one != rule]


def test_after_its_last_day_what_was_ignored_is_a_finding_again(tmp_path: Path) -> None:
    text = HEAD + METRIC + (
        f"alarms:\n  one:\n    {ALARM.replace(', ', chr(10) + '    ').replace(chr(10) + '    above', ', above').replace(chr(10) + '    for', ', for')}\n"
        f"    ignore:\n      - {{{SKETCH}, {UNTIL}}}\n"
    )  # fmt: skip
    assert find(tmp_path, text, *TODAY) == []

    found = find(tmp_path, text, *LATER)

    assert [(one["rule"], one["severity"], place(one)) for one in found] == [
        ("alarm/ignored-missing-data", "note", (7, 3)),
        ("ignore/expired", "note", (12, 76)),
    ]
    assert found[0]["related"][0]["message"] == "it was ignored until 2027-03-01"
    assert place({"location": found[0]["related"][0]["location"]}) == (12, 76)
    assert found[1]["message"] == '"alarm/ignored-missing-data" was ignored until 2027-03-01'


def test_an_error_that_is_back_is_not_two_errors(tmp_path: Path) -> None:
    text = HEAD.replace("prod: {", "dev: {region: eu-west-1}\n  prod: {") + (
        "logs:\n  l: {group: x, retention: 1 day, ignore: "
        f"[{{rule: name/same-name, reason: x, {UNTIL}}}]}}\n"
    )
    assert find(tmp_path, text, *TODAY) == []

    found = find(tmp_path, text, *LATER)

    assert [(one["rule"], one["severity"]) for one in found] == [
        ("name/same-name", "error"),
        ("ignore/expired", "warning"),
    ]


def test_templates_do_not_depend_on_the_day(tmp_path: Path) -> None:
    text = HEAD + METRIC + f"alarms: {{one: {{{ALARM}, ignore: [{{{SKETCH}, {UNTIL}}}]}}}}\n"
    find(tmp_path, text)
    made = []
    for out, day in (("a", TODAY), ("b", LATER)):
        call_watchspec("compile", "--no-lint", "--out", out, *day, folder=tmp_path)
        made.append((tmp_path / out / "prod" / "prod-shop.yaml").read_bytes())

    assert made[0] == made[1]
    assert b"sketch" not in made[0]


def test_a_remembered_result_is_judged_anew_each_day(tmp_path: Path) -> None:
    text = HEAD + METRIC + f"alarms: {{one: {{{ALARM}, ignore: [{{{SKETCH}, {UNTIL}}}]}}}}\n"
    find(tmp_path, text)

    said = [
        call_watchspec("compile", "--no-lint", "--format", "json", *day, folder=tmp_path).stdout
        for day in (TODAY, LATER, TODAY)
    ]

    assert [rules(json.loads(one)) for one in said] == [
        [],
        ["alarm/ignored-missing-data", "ignore/expired"],
        [],
    ]


def test_an_ignored_error_does_not_stop_the_compiler(tmp_path: Path) -> None:
    text = HEAD.replace("prod: {", "dev: {region: eu-west-1}\n  prod: {") + (
        "logs:\n  l: {group: x, retention: 1 day, ignore: "
        f"[{{rule: name/same-name, reason: Two accounts., {UNTIL}}}]}}\n"
    )
    find(tmp_path, text)

    runs = [call_watchspec("compile", "--no-lint", *day, folder=tmp_path) for day in (LATER, TODAY)]

    assert [run.returncode for run in runs] == [1, 0]
    assert runs[1].stdout == "1 ignored\n"
    assert (tmp_path / "templates/out/dev/dev-shop.yaml").exists()


def test_an_error_that_leaves_nothing_to_compile_is_never_ignored(tmp_path: Path) -> None:
    text = HEAD + (
        f"ignore: [{{rule: reference/unknown-name, reason: x, {UNTIL}}}]\n"
        "logs: {l: {group: '${nowhere}', retention: 1 day}}\n"
    )

    found = find(tmp_path, text)

    assert [(one["rule"], one["severity"]) for one in found] == [
        ("ignore/blocking-rule", "error"),
        ("reference/unknown-name", "error"),
    ]
    assert found[0]["message"] == '"reference/unknown-name" cannot be ignored'
    assert place(found[0]) == (5, 17)


def test_a_rule_that_is_not_there_is_an_error_with_a_guess(tmp_path: Path) -> None:
    text = HEAD + METRIC + (
        f"alarms: {{one: {{{ALARM}, ignore: [{{{SKETCH.replace('missing', 'mising')}, {UNTIL}}}]}}}}\n"
    )  # fmt: skip

    found = find(tmp_path, text)

    assert rules(found) == ["alarm/ignored-missing-data", "ignore/unknown-rule"]
    assert found[1]["message"] == 'there is no rule "alarm/ignored-mising-data"'
    assert found[1]["hint"] == 'did you mean "alarm/ignored-missing-data"?'


def test_an_ignore_of_nothing_is_a_warning_at_its_rule(tmp_path: Path) -> None:
    text = HEAD + (
        f"logs:\n  l:\n    group: x\n    retention: 1 day\n    ignore: [{{{SKETCH}, {UNTIL}}}]\n"
    )

    found = find(tmp_path, text)

    assert [(one["rule"], one["severity"], place(one)) for one in found] == [
        ("ignore/unused", "warning", (9, 21))
    ]


def test_an_ignore_of_nothing_that_has_ended_is_only_unused(tmp_path: Path) -> None:
    text = HEAD + f"logs: {{l: {{group: x, retention: 1 day, ignore: [{{{SKETCH}, {UNTIL}}}]}}}}\n"

    assert rules(find(tmp_path, text, *LATER)) == ["ignore/unused"]


@pytest.mark.parametrize(
    "rule", ["template/cfn-lint", "template/needs-bucket", "name/same-name", "alarm/too-many-actions"]
)  # fmt: skip
def test_what_a_run_does_not_look_for_is_not_called_unused(rule: str, tmp_path: Path) -> None:
    entry = f"ignore: [{{rule: {rule}, reason: x, {UNTIL}}}]\n"
    broken = "logs: {l: {group: '${nowhere}', retention: 1 day}}\n"
    is_asked = {"name": "specs/shop.yaml", "template": "specs/shop.yaml"}

    found = (
        find(tmp_path, HEAD + entry + "logs: {l: {group: x, retention: 1 day}}\n",
             is_asked[rule.partition("/")[0]], *TODAY)
        if rule.partition("/")[0] in is_asked
        else find(tmp_path, HEAD + entry + broken)
    )  # fmt: skip

    assert "ignore/unused" not in rules(found)


def test_a_full_compilation_calls_an_unused_ignore_of_cfn_lint_unused(tmp_path: Path) -> None:
    text = HEAD + (
        f"ignore: [{{rule: template/cfn-lint, reason: x, {UNTIL}}}]\n"
        "logs: {l: {group: x, retention: 1 day}}\n"
    )
    find(tmp_path, text)

    run = call_watchspec("compile", "--format", "json", *TODAY, folder=tmp_path)

    assert rules(json.loads(run.stdout)) == ["ignore/unused"]


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("{rule: alarm/x, reason: y}", 'ignore[0] needs "until"'),
        ("{rule: alarm/x, until: 2027-03-01}", 'ignore[0] needs "reason"'),
        ("{rule: alarm/x, reason: y, until: 2027-3-1}", 'ignore[0].until cannot be "2027-3-1"'),
        ("{rule: alarm/x, reason: y, until: never}", 'ignore[0].until cannot be "never"'),
        ("{rule: alarm, reason: y, until: 2027-03-01}", 'ignore[0].rule cannot be "alarm"'),
        ("{rule: alarm/x, reason: '', until: 2027-03-01}", "ignore[0].reason is empty"),
        ("alarm/x", 'ignore[0] is "alarm/x"; expected a mapping'),
    ],
)
def test_an_ignore_needs_rule_reason_and_day(entry: str, message: str, tmp_path: Path) -> None:
    found = find(tmp_path, HEAD + f"ignore: [{entry}]\n")

    assert [one["message"] for one in found] == [message]


def test_a_day_may_be_quoted_or_not(tmp_path: Path) -> None:
    quoted = UNTIL.replace("2027-03-01", '"2027-03-01"')
    text = HEAD + METRIC + f"alarms: {{one: {{{ALARM}, ignore: [{{{SKETCH}, {quoted}}}]}}}}\n"

    assert find(tmp_path, text) == []


def test_an_alias_is_ignored_where_its_text_stands(tmp_path: Path) -> None:
    text = HEAD + METRIC + (
        f"alarms:\n  one: &it {{{ALARM}, ignore: [{{{SKETCH}, {UNTIL}}}]}}\n  two: *it\n"
    )  # fmt: skip

    found = find(tmp_path, text)

    assert [(one["rule"], place(one)) for one in found] == [("alarm/ignored-missing-data", (8, 3))]


def test_the_closest_ignore_goes_first_and_an_outer_one_is_unused(tmp_path: Path) -> None:
    text = HEAD + f"ignore: [{{{SKETCH}, {UNTIL}}}]\n{METRIC}" + (
        f"alarms: {{one: {{{ALARM}, ignore: [{{{SKETCH}, {UNTIL}}}]}}}}\n"
    )  # fmt: skip

    found = find(tmp_path, text)

    assert [(one["rule"], place(one)) for one in found] == [("ignore/unused", (5, 17))]


PROJECT = (
    "version: v1\nignore:\n  - {rule: alarm/ignored-missing-data, reason: x, until: 2027-03-01"
)
TWO = HEAD + METRIC + f"alarms: {{one: {{{ALARM}}}, two: {{{ALARM}}}}}\n"


@pytest.mark.parametrize(
    "path", ["", ", path: specs/*", ", path: '*/shop.yaml'", ", path: specs/sh?p.yaml"]
)
def test_the_project_file_ignores_in_all_files_that_match(path: str, tmp_path: Path) -> None:
    assert find(tmp_path, TWO, project=f"{PROJECT}{path}}}\n") == []


def test_the_project_file_does_not_ignore_in_other_files(tmp_path: Path) -> None:
    found = find(tmp_path, TWO, project=f"{PROJECT}, path: specs/till.yaml}}\n")

    assert [(one["rule"], one["location"]["file"]) for one in found] == [
        ("ignore/unused", ".watchspec.yaml"),
        ("alarm/ignored-missing-data", "specs/shop.yaml"),
        ("alarm/ignored-missing-data", "specs/shop.yaml"),
    ]


def test_what_the_project_ignores_ends_too_and_says_so_once(tmp_path: Path) -> None:
    found = find(tmp_path, TWO, *LATER, project=f"{PROJECT}}}\n")

    assert rules(found) == ["ignore/expired", *["alarm/ignored-missing-data"] * 2]


def test_an_unused_ignore_of_the_project_shows_only_when_all_specs_are_looked_at(
    tmp_path: Path,
) -> None:
    text = HEAD + "logs: {l: {group: x, retention: 1 day}}\n"

    some = find(tmp_path, text, "specs/shop.yaml", project=f"{PROJECT}}}\n")

    assert some == []
    assert rules(find(tmp_path, text)) == ["ignore/unused"]


def test_fail_on_of_the_project_holds_unless_the_command_line_says_otherwise(
    tmp_path: Path,
) -> None:
    find(tmp_path, TWO, project="version: v1\nfail_on: note\n")

    codes = [
        call_watchspec("check", *arguments, folder=tmp_path).returncode
        for arguments in ([], ["--fail-on", "warning"])
    ]

    assert codes == [1, 0]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("version: v1\nfail_onn: error\n", 2, 'unknown key "fail_onn"'),
        ("version: v1\nfail_on: eror\n", 2, 'fail_on cannot be "eror"'),
        ("fail_on: error\n", 1, 'the project file needs "version"'),
        ("version: v2\n", 1, 'version cannot be "v2"'),
        ("version: v1\nignore: [{rule: a/b, reason: x}]\n", 2, 'ignore[0] needs "until"'),
        ("version: v1\nversion: v1\n", 2, 'the key "version" stands twice in one mapping'),
        ("[\n", 2, None),
        ("", 1, "the file is empty"),
    ],
)
def test_a_project_file_that_is_wrong_is_explained_and_nothing_else(
    text: str, line: int, message: str | None, tmp_path: Path
) -> None:
    (tmp_path / ".watchspec.yaml").write_text(text, encoding="utf-8")

    [finding] = find(tmp_path, TWO)

    assert finding["location"]["file"] == ".watchspec.yaml"
    assert finding["location"]["line"] == line
    assert message is None or finding["message"] == message
    compiled = call_watchspec("compile", "--no-lint", folder=tmp_path)
    assert compiled.returncode == 1
    assert not (tmp_path / "templates").exists()


def test_summary_counts_what_is_ignored(tmp_path: Path) -> None:
    find(tmp_path, TWO, project=f"{PROJECT}}}\n")

    run = call_watchspec("check", *TODAY, folder=tmp_path)

    assert (run.returncode, run.stdout) == (0, "2 ignored\n")
    assert run.stderr == "1 spec: no findings\n"


def test_many_ignores_cost_no_more_than_many_findings(tmp_path: Path) -> None:
    """Each finding meets the one ignore it stands in, without looking at all others."""
    many = "".join(f"  a{n}: {{{ALARM}, ignore: [{{{SKETCH}, {UNTIL}}}]}}\n" for n in range(300))

    assert find(tmp_path, HEAD + METRIC + "alarms:\n" + many) == []

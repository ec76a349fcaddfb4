"""The same findings for people, programs, GitHub and test runners, whatever texts they hold."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import watchspec
from support import ROOT, call_watchspec
from watchspec.diagnostics import Diagnostic, Location, Related, Severity
from watchspec.model.ignores import Suppressed
from watchspec.report import FORMATS, write_report
from watchspec.rulebook import ALL_RULES

SPEC = """\
version: v1
service: shop
environments: {prod: {region: eu-west-1}}
logs: {app: {group: /shop, retention: 30 days}}
values: {unused: 1}
wrong: 1
queries:
  Slow calls: {log: ap, query: "limit 20"}
alarms: {a: {severity: none, when: {metric: m, above: 1, for: 5m}}}
"""
SARIF = jsonschema.Draft4Validator(
    json.loads((ROOT / "tests/data/sarif-2.1.0-rtm.5.json").read_text("utf-8"))
)
"""The schema of the standard."""
URI_REFERENCE = re.compile(
    r"(?:[A-Za-z0-9._~!$&'()*+,;=@-]|%[0-9A-F]{2})+"  # the first segment holds no colon
    r"(?:/(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-F]{2})*)*"
)
"""A relative reference: RFC 3986, appendix A, path-noscheme."""
GITHUB_COMMAND = re.compile(
    r"::(?P<level>error|warning|notice) (?P<fields>[^:\r\n]*)::(?P<message>[^\r\n]*)"
)
HOSTILE = [
    "\x1b[31mred",
    "\x1b]0;title\x07",
    "\r::error::forged",
    "a\n::set-output name=x::y",
    "100%0A::error::x",
    "a,b:c",
    "\u202egnp.exe",
    "\x9b31m",
    "\x00",
    "\ufffe\uffff",
    "<![CDATA[ ]]> & \"quotes'",
    "\ud800",
    "\u2028\u2029\x85",
]
ANY_TEXT = st.text(
    st.one_of(st.sampled_from("\x00\x07\x1b\x9b\r\n\t%:,&<>\"'\u202e\ufffe"), st.characters()),
    max_size=40,
)
PLACES = st.one_of(
    st.none(),
    st.builds(
        Location,
        ANY_TEXT.map(lambda name: f"no-such-folder/{name}"),
        st.integers(1, 999),
        st.integers(1, 999),
        st.integers(0, 99),
    ),
)
FINDINGS = st.builds(
    Diagnostic,
    st.just("a/rule"),
    st.sampled_from(Severity),
    ANY_TEXT,
    PLACES,
    ANY_TEXT,
    ANY_TEXT,
    st.lists(st.builds(Related, PLACES.filter(bool), ANY_TEXT), max_size=2).map(tuple),
)


def hostile_finding(text: str) -> Diagnostic:
    place = Location(f"no-such-folder/{text}.yaml", 3, 5, 2)
    return Diagnostic("a/rule", Severity.ERROR, text, place, text, text, (Related(place, text),))


def read_sarif(text: str) -> list[dict[str, Any]]:
    """The results of a SARIF log, after what the standard says of their shape was checked.

    Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html (read 2026-11-24),
    sections 3.13 (log), 3.14 (run), 3.19 (tool component), 3.27 (result), 3.30 (region).
    """
    log = json.loads(text)
    assert [error.message for error in SARIF.iter_errors(log)] == []
    assert log["version"] == "2.1.0"
    assert set(log) <= {"$schema", "version", "runs"}
    [run] = log["runs"]
    driver = run["tool"]["driver"]
    assert driver["name"] == "watchspec"
    assert driver["version"] == watchspec.__version__
    ids = [rule["id"] for rule in driver["rules"]]
    assert len(ids) == len(set(ids))
    assert run["columnKind"] == "unicodeCodePoints"
    for result in run["results"]:
        assert isinstance(result["suppressions"], list)
        assert result["level"] in ("error", "warning", "note")
        assert isinstance(result["message"]["text"], str)
        assert ids[result["ruleIndex"]] == result["ruleId"]
        for place in [*result.get("locations", []), *result.get("relatedLocations", [])]:
            physical = place["physicalLocation"]
            region = physical["region"]
            assert set(region) <= {"startLine", "startColumn", "endColumn"}
            assert region["startLine"] >= 1
            assert region["startColumn"] >= 1
            assert region.get("endColumn", region["startColumn"] + 1) > region["startColumn"]
            assert isinstance(physical["artifactLocation"]["uri"], str)
    results: list[dict[str, Any]] = run["results"]
    return results


def read_github(text: str) -> list[tuple[str, dict[str, str], str]]:
    """The commands a runner finds: level, properties and message, unescaped."""

    def unescape(value: str) -> str:
        for code, character in (
            ("%0D", "\r"),
            ("%0A", "\n"),
            ("%3A", ":"),
            ("%2C", ","),
            ("%25", "%"),
        ):
            value = value.replace(code, character)
        return value

    commands = []
    for line in re.split(r"[\r\n]", text.removesuffix("\n")) if text else []:
        match = GITHUB_COMMAND.fullmatch(line)
        assert match is not None, line
        fields = dict(field.split("=", 1) for field in match["fields"].split(","))
        commands.append(
            (
                match["level"],
                {key: unescape(value) for key, value in fields.items()},
                unescape(match["message"]),
            )
        )
    return commands


def report_spec(folder: Path, form: str) -> str:
    folder.joinpath("spec.yaml").write_text(SPEC, "utf-8")
    run = call_watchspec("check", "spec.yaml", "--format", form, folder=folder)
    assert run.returncode == 1
    return run.stdout


def test_json_says_all_there_is_to_say() -> None:
    place = Location("specs/shop.yaml", 3, 5, 2)
    related = (Related(Location("specs/till.yaml", 1, 1, 7), "first"),)
    found = [
        Diagnostic("a/rule", Severity.ERROR, "m", place, "h", "do this", related),
        Diagnostic("b/rule", Severity.NOTE, "n", None),
    ]

    said = json.loads(write_report(found, "json"))

    assert said == [
        {
            "rule": "a/rule",
            "severity": "error",
            "message": "m",
            "location": {"file": "specs/shop.yaml", "line": 3, "column": 5, "width": 2},
            "hint": "h",
            "help": "do this",
            "related": [
                {
                    "message": "first",
                    "location": {"file": "specs/till.yaml", "line": 1, "column": 1, "width": 7},
                }
            ],
        },
        {"rule": "b/rule", "severity": "note", "message": "n", "location": None},
    ]


def test_all_formats_tell_the_same_findings_in_the_same_order(tmp_path: Path) -> None:
    listed = json.loads(report_spec(tmp_path, "json"))
    expected = [(one["rule"], one["severity"], one["location"]["line"]) for one in listed]

    heads = re.findall(
        r"^(\w+)\[(.+?)\]: .*\n +--> spec.yaml:(\d+)", report_spec(tmp_path, "text"), re.MULTILINE
    )
    results = read_sarif(report_spec(tmp_path, "sarif"))
    commands = read_github(report_spec(tmp_path, "github"))
    cases = ET.fromstring(report_spec(tmp_path, "junit")).iter("testcase")  # noqa: S314 - our own
    words = {"error": "error", "warning": "warning", "notice": "note"}

    assert len(expected) >= 3
    assert [(rule, word, int(line)) for word, rule, line in heads] == expected
    assert [
        (one["ruleId"], one["level"], region_of(one)["startLine"]) for one in results
    ] == expected
    assert [
        (fields["title"], words[level], int(fields["line"])) for level, fields, _ in commands
    ] == expected
    assert [
        (
            case.attrib["name"].split(": ")[0],
            "error" if case.find("failure") is not None else "warning",
            int(case.attrib["line"]),
        )
        for case in cases
    ] == expected


def region_of(result: dict[str, Any]) -> dict[str, int]:
    region: dict[str, int] = result["locations"][0]["physicalLocation"]["region"]
    return region


def test_findings_are_in_the_order_of_file_line_column_and_rule(tmp_path: Path) -> None:
    for name in ("b", "a", "c"):
        (tmp_path / f"{name}.yaml").write_text(SPEC, "utf-8")

    run = call_watchspec(
        *("check", "c.yaml", "a.yaml", "b.yaml", "--format", "json"), folder=tmp_path
    )

    places = [
        (one["location"]["file"], one["location"]["line"], one["location"]["column"], one["rule"])
        for one in json.loads(run.stdout)
    ]
    assert len(places) >= 9
    assert places == sorted(places)


def test_no_findings_in_each_format() -> None:
    said = {form: write_report([], form) for form in FORMATS}

    assert said["text"] == ""
    assert json.loads(said["json"]) == []
    assert read_sarif(said["sarif"]) == []
    assert said["github"] == ""
    [suite] = ET.fromstring(said["junit"])  # noqa: S314 - our own
    assert (suite.attrib["tests"], suite.attrib["failures"]) == ("1", "0")
    assert [case.attrib["name"] for case in suite] == ["check"]


def test_sarif_names_the_column_after_the_last() -> None:
    found = Diagnostic("a/rule", Severity.ERROR, "m", Location("spec.yaml", 3, 5, 2))

    [result] = read_sarif(write_report([found], "sarif"))

    assert region_of(result) == {"startLine": 3, "startColumn": 5, "endColumn": 7}


def test_github_names_the_last_column() -> None:
    found = Diagnostic("a/rule", Severity.ERROR, "m", Location("spec.yaml", 3, 5, 2), "h", "do")

    text = write_report([found], "github")

    assert text == "::error title=a/rule,file=spec.yaml,line=3,col=5,endColumn=6::m (h; do)\n"


def test_junit_counts_errors_as_failures_and_nothing_else() -> None:
    found = [Diagnostic("a/rule", severity, "m", None) for severity in Severity]

    [suite] = ET.fromstring(write_report(found, "junit"))  # noqa: S314 - our own

    assert (suite.attrib["tests"], suite.attrib["failures"]) == ("3", "1")
    assert [[child.tag for child in case] for case in suite] == [
        ["system-out"],
        ["system-out"],
        ["failure"],
    ]


@pytest.mark.parametrize(
    "name",
    [
        "specs/shop.yaml",
        "specs/a b.yaml",
        "specs/50%.yaml",
        "specs/a#1.yaml",
        "specs/ü.yaml",
        "c:shop.yaml",
        "a\n\x1b.yaml",
    ],
)
def test_sarif_names_files_by_relative_references(name: str) -> None:
    found = Diagnostic("a/rule", Severity.ERROR, "m", Location(name, 1, 1, 1))

    [result] = read_sarif(write_report([found], "sarif"))

    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert URI_REFERENCE.fullmatch(uri)


def test_files_are_named_relative_to_the_folder_of_the_run(tmp_path: Path) -> None:
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs/shop.yaml").write_text(SPEC, "utf-8")

    said = [call_watchspec("check", "--format", form, folder=tmp_path).stdout for form in FORMATS]

    assert all("specs/shop.yaml" in text for text in said)
    assert not any(str(tmp_path) in text for text in said)


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
@pytest.mark.parametrize("color", [False, True], ids=["plain", "painted"])
def test_nothing_hostile_reaches_a_terminal(text: str, *, color: bool) -> None:
    said = write_report([hostile_finding(text)], "text", color=color)

    painted = re.sub(r"\x1b\[(?:1;)?[0-9]{1,2}m", "", said) if color else said
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2028\u2029\ud800]", painted)
    assert painted.splitlines()[-1] == "1 error"
    assert len(painted.splitlines()) == 8


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_github_sees_one_command_whatever_a_finding_says(text: str) -> None:
    said = write_report([hostile_finding(text), hostile_finding("harmless")], "github")

    commands = read_github(said)

    assert len(commands) == 2
    assert commands[0][0] == "error"
    assert set(commands[0][1]) == {"title", "file", "line", "col", "endColumn"}
    assert commands[0][1]["line"] == "3"
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2028\u2029\ud800]", said)


@pytest.mark.parametrize("text", ["100%0A::error::x", "a,b:c", "%25", "<&\"'>", "a\nb", "a\rb"])
def test_github_is_told_exactly_what_the_finding_says(text: str) -> None:
    said = write_report([hostile_finding(text)], "github")

    [(_, fields, message)] = read_github(said)
    assert message == f"{text} ({text}; {text})"
    assert fields["file"] == f"no-such-folder/{text}.yaml"


FOUND = Diagnostic("alarm/too-many-actions", Severity.ERROR, "m", Location("specs/a.yaml", 3, 5, 2))
HIDDEN = (
    Suppressed(FOUND, "spec", "because"),
    Suppressed(replace(FOUND, location=Location("specs/b.yaml")), "project", "why not"),
    Suppressed(replace(FOUND, severity=Severity.NOTE), "baseline", "in the baseline"),
)


def test_sarif_says_by_whose_word_a_finding_does_not_count() -> None:
    active = replace(FOUND, location=Location("specs/c.yaml", 1, 1, 1))

    results = read_sarif(write_report([active], "sarif", suppressed=HIDDEN))

    assert [one["suppressions"] for one in results] == [
        [{"kind": "external", "status": "accepted", "justification": "in the baseline"}],
        [{"kind": "inSource", "status": "accepted", "justification": "because"}],
        [{"kind": "external", "status": "accepted", "justification": "why not"}],
        [],
    ]


def test_sarif_explains_its_rules() -> None:
    rules = {rule.id: rule for rule in ALL_RULES}

    log = json.loads(write_report([FOUND], "sarif", rules=rules))

    [rule] = log["runs"][0]["tool"]["driver"]["rules"]
    assert rule["id"] == FOUND.rule
    assert rule["defaultConfiguration"] == {"level": "error"}
    assert rule["shortDescription"]["text"] == rules[FOUND.rule].sentence
    assert "Why: " in rule["help"]["markdown"]


def test_every_rule_may_stand_in_sarif() -> None:
    found = [replace(FOUND, rule=rule.id) for rule in ALL_RULES]

    results = read_sarif(write_report(found, "sarif", rules={rule.id: rule for rule in ALL_RULES}))

    assert len(results) == len(ALL_RULES)


def test_sarif_knows_a_finding_again_when_lines_are_added_above() -> None:
    moved = replace(FOUND, location=Location("specs/a.yaml", 30, 5, 2))
    other = replace(FOUND, message="n")

    results = read_sarif(write_report([FOUND, moved, other], "sarif"))

    prints: dict[str, list[str]] = {"m": [], "n": []}
    for one in results:
        prints[one["message"]["text"]].append(one["partialFingerprints"]["finding/v1"])
    assert len(set(prints["m"])) == 1
    assert len(prints["m"]) == 2
    assert set(prints["n"]).isdisjoint(prints["m"])


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("specs/a.yaml", {"uri": "specs/a.yaml", "uriBaseId": "%SRCROOT%"}),
        ("../a.yaml", {"uri": "../a.yaml", "uriBaseId": "%SRCROOT%"}),
        ("/srv/a b.yaml", {"uri": "file:///srv/a%20b.yaml"}),
    ],
)
def test_sarif_names_files_from_where_the_run_began(file: str, expected: dict[str, str]) -> None:
    found = replace(FOUND, location=Location(file, 1, 1, 1))

    [result] = read_sarif(write_report([found], "sarif"))

    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == expected


def test_junit_skips_what_does_not_count() -> None:
    text = write_report([], "junit", suppressed=HIDDEN)

    [suite] = ET.fromstring(text)  # noqa: S314 - our own
    assert (suite.attrib["tests"], suite.attrib["skipped"], suite.attrib["failures"]) == (
        "3",
        "3",
        "0",
    )
    assert [[(child.tag, child.attrib["message"]) for child in case] for case in suite] == [
        [("skipped", "because")],
        [("skipped", "why not")],
        [("skipped", "in the baseline")],
    ]


@pytest.mark.parametrize(
    ("fail_on", "failures"), [(Severity.ERROR, 1), (Severity.WARNING, 2), (Severity.NOTE, 3)]
)
def test_junit_fails_what_makes_the_run_fail(fail_on: Severity, failures: int) -> None:
    found = [replace(FOUND, severity=severity) for severity in Severity]

    [suite] = ET.fromstring(write_report(found, "junit", fail_on=fail_on))  # noqa: S314 - our own

    assert suite.attrib["failures"] == str(failures)
    assert len(list(suite.iter("failure"))) == failures


def test_junit_names_a_test_by_what_was_found_and_says_where() -> None:
    found = replace(FOUND, hint="h", help="do")

    [[case]] = ET.fromstring(write_report([found], "junit"))  # noqa: S314 - our own

    assert case.attrib == {
        "name": "alarm/too-many-actions: m",
        "classname": "specs/a.yaml",
        "file": "specs/a.yaml",
        "line": "3",
    }
    assert case[0].text == "error: m\n  at specs/a.yaml:3:5\nh; do"


def test_github_annotates_ten_of_a_level_and_logs_the_rest() -> None:
    errors = [replace(FOUND, message=f"e{number}") for number in range(12)]
    warning = replace(FOUND, severity=Severity.WARNING, message="w")

    lines = write_report([*errors, warning], "github").splitlines()

    commands = [line for line in lines if line.startswith("::")]
    assert [line.rsplit("::", 1)[1] for line in commands] == [
        *[f"e{number}" for number in range(9)],
        "e9 [2 more errors in the log]",
        "w",
    ]
    assert [line for line in lines if not line.startswith("::")] == [
        "error: specs/a.yaml:3:5: e10 [alarm/too-many-actions]",
        "error: specs/a.yaml:3:5: e11 [alarm/too-many-actions]",
    ]


@pytest.mark.parametrize(
    "text", ["::error::forged", "##[error]forged", "\r\n::error::forged", " ::x::y"]
)
def test_github_takes_no_line_of_the_log_for_a_command(text: str) -> None:
    found = [replace(FOUND, location=Location(text), message=text, rule="a/b")] * 11

    line = write_report(found, "github").removesuffix("\n").split("\n")[10]

    assert line.startswith("error: ")
    assert "##[" not in line
    assert not re.search(r"[\r\n]", line)


def test_github_is_told_of_a_long_finding_as_much_as_it_keeps() -> None:
    found = replace(FOUND, message="x" * 10_000)

    [(_, _, message)] = read_github(write_report([found], "github"))

    assert message == "x" * 4096


def test_text_counts_what_does_not_count() -> None:
    said = [
        write_report(found, "text", suppressed=hidden)
        for found, hidden in (((), HIDDEN), ((FOUND,), HIDDEN[:1]), ((), HIDDEN[2:]))
    ]

    assert said[0] == "2 ignored, 1 in the baseline\n"
    assert said[1].endswith("\n\n1 error; 1 ignored\n")
    assert said[2] == "1 in the baseline\n"


def test_json_and_github_leave_out_what_does_not_count() -> None:
    assert json.loads(write_report([], "json", suppressed=HIDDEN)) == []
    assert write_report([], "github", suppressed=HIDDEN) == ""


@given(st.lists(FINDINGS, max_size=3))
@example([hostile_finding("".join(HOSTILE))])
def test_json_and_sarif_and_github_can_be_read_back_whatever_the_texts(
    found: list[Diagnostic],
) -> None:
    said = json.loads(write_report(found, "json"))
    results = read_sarif(write_report(found, "sarif"))
    commands = read_github(write_report(found, "github"))

    assert [one["message"] for one in said] == [one.message for one in found]
    assert [one["ruleId"] for one in results] == [one.rule for one in found]
    assert len(commands) == len(found)


@given(st.lists(FINDINGS, max_size=3))
@example([hostile_finding("".join(HOSTILE))])
def test_junit_can_be_read_back_whatever_the_texts(found: list[Diagnostic]) -> None:
    text = write_report(found, "junit")

    [suite] = ET.fromstring(text.encode("utf-8"))  # noqa: S314 - our own

    assert len(suite) == max(len(found), 1)


@given(st.lists(FINDINGS, max_size=3))
def test_text_of_any_findings_is_harmless_and_complete(found: list[Diagnostic]) -> None:
    said = write_report(found, "text")

    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2028\u2029]", said)
    assert said.count("[a/rule]: ") == len(found)
    said.encode("utf-8")

"""What `watchspec test` answers: what failed and how it looked, what is missing, and exit codes."""

from __future__ import annotations

import json
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from support import ROOT, call_watchspec, run_watchspec
from terminal import run_on_terminal

SPEC = """\
version: v1
service: shop
environments: {dev: {region: eu-west-1}, prod: {region: eu-west-1}}
metrics: {cpu: {metric: AWS/ECS CPUUtilization, dimensions: {ClusterName: shop}}}
alarms: {hot: {severity: info, when: {metric: cpu, above: 70%, for: 10m}}}
"""
PASSING = """\
tests:
  warns after ten hot minutes:
    series: {cpu: "50x5 85x20 40x10"}
    expect:
      - {alarm: hot, becomes: ALARM, at: 15m}
"""
FAILING = PASSING.replace("15m", "14m")
DIFFERENT = (
    SPEC.replace("dev: {region: eu-west-1}", "dev: {region: eu-west-1, values: {hot: 5m}}")
    .replace("prod: {region: eu-west-1}", "prod: {region: eu-west-1, values: {hot: 10m}}")
    .replace("for: 10m", 'for: "${hot}"')
)
"""In dev the alarm goes off after five minutes."""


def run(folder: Path, text: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The answer to a spec with this text."""
    (folder / "spec.yaml").write_text(text, "utf-8")
    return call_watchspec("test", "spec.yaml", *arguments, folder=folder)


def test_tests_that_pass_are_counted_and_nothing_else_is_said(tmp_path: Path) -> None:
    answer = run(tmp_path, SPEC + PASSING)

    assert (answer.returncode, answer.stdout) == (0, "")
    assert answer.stderr == "1 test in 2 environments: 1 passed, 0 failed\n"


def test_test_that_fails_is_shown_where_it_stands_with_a_timeline(tmp_path: Path) -> None:
    answer = run(tmp_path, SPEC + FAILING)

    assert answer.returncode == 1
    assert answer.stderr == "1 test in 2 environments: 0 passed, 1 failed\n"
    assert (
        answer.stdout
        == """\
error[test/failed]: "hot" became ALARM at 15m, not at 14m
  --> spec.yaml:10:42
   |
10 |       - {alarm: hot, becomes: ALARM, at: 14m}
   |                                          ^^^
   |
   = the test "warns after ten hot minutes": spec.yaml:7:3

  cpu    85 │     ████████████████████
  > 70 % 40 │▆▆▆▆▆████████████████████▅▅▅▅▅▅▅▅▅▅
  state     │?──────────────AAAAAAAAAAA──────────
             ╵0m       ╵10m      ╵20m      ╵30m
                           ^ ALARM expected at 14m
                            ^ became ALARM at 15m
  reason: Threshold Crossed: 10 out of the last 10 datapoints [85.0 (05/01/26
    00:14:00), 85.0 (05/01/26 00:13:00), 85.0 (05/01/26 00:12:00), 85.0
    (05/01/26 00:11:00), 85.0 (05/01/26 00:10:00), 85.0 (05/01/26 00:09:00), ...

1 error
"""
    )


def test_values_that_are_at_an_end_when_something_is_expected_are_counted(tmp_path: Path) -> None:
    short = PASSING.replace("50x5 85x20 40x10", "50x5 85x3")

    answer = run(tmp_path, SPEC + short)

    assert '= help: "cpu" has 8 values, from 0m to 8m\n' in answer.stdout


def test_one_value_is_counted_as_one(tmp_path: Path) -> None:
    answer = run(tmp_path, SPEC + PASSING.replace('"50x5 85x20 40x10"', "[85]"))

    assert '= help: "cpu" has 1 value, from 0m to 1m\n' in answer.stdout


def test_failure_of_one_environment_says_in_which(tmp_path: Path) -> None:
    answer = run(tmp_path, DIFFERENT + PASSING)

    assert answer.returncode == 1
    assert answer.stdout.splitlines()[0] == (
        'error[test/failed]: "hot" became ALARM at 10m, not at 15m (in dev)'
    )
    assert answer.stderr == "1 test in 2 environments: 0 passed, 1 failed\n"


def test_environment_that_is_chosen_is_the_only_one(tmp_path: Path) -> None:
    answer = run(tmp_path, DIFFERENT + PASSING, "--env", "prod")

    assert (answer.returncode, answer.stdout) == (0, "")
    assert answer.stderr == "1 test in 1 environment: 1 passed, 0 failed\n"


def test_spec_with_errors_runs_nothing(tmp_path: Path) -> None:
    answer = run(tmp_path, SPEC.replace("above", "abofe") + PASSING)

    assert (answer.returncode, answer.stderr) == (1, "")
    assert answer.stdout.startswith("error[spec/")
    assert "test/failed" not in answer.stdout


def test_spec_without_tests_is_an_error_that_says_how_to_begin(tmp_path: Path) -> None:
    answer = run(tmp_path, SPEC)

    assert (answer.returncode, answer.stderr) == (1, "")
    assert answer.stdout.splitlines()[0] == 'error[test/no-tests]: "spec.yaml" has no tests'
    assert "help: begin with  tests: {" in answer.stdout


@pytest.mark.parametrize("condition", ["above: 70%", "at_least: 0", "below: 1%", "at_most: 5%"])
def test_the_first_test_that_is_suggested_passes(tmp_path: Path, condition: str) -> None:
    spec = SPEC.replace("above: 70%", condition)
    suggested = run(tmp_path, spec).stdout.partition("help: begin with  ")[2].splitlines()[0]

    answer = run(tmp_path, f"{spec}{suggested}\n")

    assert (answer.returncode, answer.stdout) == (0, "")


def test_spec_without_alarms_on_metrics_is_told_in_general_how_to_begin(tmp_path: Path) -> None:
    answer = run(tmp_path, SPEC.partition("alarms:")[0])

    assert answer.returncode == 1
    assert "help: write under  tests  what its metrics are" in answer.stdout


def test_the_shipped_spec_is_told_how_to_begin(tmp_path: Path) -> None:
    text = (ROOT / "specs/ai-video.yaml").read_text("utf-8").partition("\ntests:")[0]
    suggested = run(tmp_path, text).stdout.partition("help: begin with  ")[2].splitlines()[0]

    answer = run(tmp_path, f"{text}\n{suggested}\n")

    assert (answer.returncode, answer.stdout) == (0, "")


def test_tests_of_no_chosen_environment_are_an_error(tmp_path: Path) -> None:
    text = SPEC + PASSING.replace("    series", "    only: [prod]\n    series")

    answer = run(tmp_path, text, "--env", "dev")

    assert answer.returncode == 1
    assert 'error[test/no-tests]: none of the tests is for "dev"' in answer.stdout


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["--env", "prd"], 'no spec has an environment "prd"; did you mean "prod"?'),
        (["--env", "x"], 'no spec has an environment "x"; there are: dev, prod'),
        (
            ["--only", "warns after ten hot minute"],
            (
                'no test is named like "warns after ten hot minute"; '
                'did you mean "warns after ten hot minutes"?'
            ),
        ),
        (
            ["--only", "cold*"],
            'no test is named like "cold*"; there are: "warns after ten hot minutes"',
        ),
        (["--min-coverage", "101"], "Invalid value for '--min-coverage': 101 is not in the range"),
    ],
)
def test_what_matches_nothing_is_wrong_usage(
    tmp_path: Path, arguments: list[str], error: str
) -> None:
    answer = run(tmp_path, SPEC + PASSING, *arguments)

    assert (answer.returncode, answer.stdout) == (2, "")
    assert error in answer.stderr


def test_tests_are_chosen_by_their_names(tmp_path: Path) -> None:
    cold = (
        PASSING.replace("tests:\n", "")
        .replace("warns after ten hot minutes", "cold")
        .replace("15m", "3m")
    )

    assert run(tmp_path, SPEC + PASSING + cold).returncode == 1
    assert run(tmp_path, SPEC + PASSING + cold, "--only", "warns*").returncode == 0


def test_files_of_values_are_read_from_where_the_spec_is(tmp_path: Path) -> None:
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs/cpu.csv").write_text(
        "time,cpu\n"
        + "".join(
            f"2026-05-01T10:{minute:02}:00Z,{90 if minute >= 5 else 40}\n" for minute in range(30)
        ),
        "utf-8",
    )
    text = PASSING.replace('"50x5 85x20 40x10"', "{file: cpu.csv, every: 1m}") + "    for: 30m\n"
    (tmp_path / "specs/shop.yaml").write_text(SPEC + text, "utf-8")

    answer = call_watchspec("test", folder=tmp_path)

    assert (answer.returncode, answer.stdout) == (0, "")


def test_file_of_values_that_is_not_there_runs_nothing(tmp_path: Path) -> None:
    text = PASSING.replace('"50x5 85x20 40x10"', "{file: cpu.csv, every: 1m}")

    answer = run(tmp_path, SPEC + text)

    assert (answer.returncode, answer.stderr) == (1, "")
    assert answer.stdout.startswith("error[data/unreadable]: ")
    assert "--> spec.yaml:8:26\n" in answer.stdout


def test_log_lines_reach_alarms_through_metric_filters(tmp_path: Path) -> None:
    text = """\
version: v1
service: shop
environments: {prod: {region: eu-west-1}}
logs:
  app:
    group: /shop
    retention: 30 days
    metrics: {errors: {pattern: ERROR, default: 0}}
alarms:
  failing: {severity: info, when: {metric: errors, above: 2, for: 2m}, missing_data: notBreaching}
tests:
  errors:
    logs:
      app:
        - {line: all is well, at: 0m, every: 1m, count: 10}
        - {line: "ERROR: no", at: 3m, every: 10s, count: 12}
    expect:
      - {alarm: failing, becomes: ALARM, at: 5m}
      - {alarm: failing, becomes: OK, at: 6m}
      - {metric: errors, is: 0, at: 2m}
      - {metric: errors, is: 6, at: 4m}
"""

    answer = run(tmp_path, text)

    assert (answer.returncode, answer.stdout) == (0, "")


def test_log_lines_that_only_cloudwatch_can_read_are_an_error(tmp_path: Path) -> None:
    text = """\
version: v1
service: shop
environments: {prod: {region: eu-west-1}}
logs: {app: {group: /shop, retention: 30 days, metrics: {errors: {pattern: "[a, ..., b, ...]"}}}}
alarms: {failing: {severity: info, when: {metric: errors, above: 2, for: 2m}}}
tests:
  errors: {logs: {app: [{line: all is well, at: 1m}]}, expect: [{alarm: failing, never: ALARM}]}
"""

    answer = run(tmp_path, text)

    assert answer.returncode == 1
    assert answer.stdout.startswith(
        'error[test/not-simulated]: the test "errors" cannot be simulated: '
    )


def test_coverage_tells_environments_and_alarms_of_aws_apart(tmp_path: Path) -> None:
    text = (
        DIFFERENT
        + PASSING.replace("ALARM, at: 15m", "ALARM")
        + """\
  stays quiet:
    only: [prod]
    series: {cpu: 50x9}
    expect: [{alarm: hot, never: ALARM}]
"""
    )
    text = text.replace(
        "alarms: {",
        "alarms: {odd: {severity: info, when: {metric: cpu, outside_band: 2, for: 5m}}, any: {severity: info, when: {any: [hot]}}, ",
    )

    answer = run(tmp_path, text, "--coverage")

    assert answer.stdout.splitlines() == [
        "alarm       fires                        quiet        missing data",
        "any         -                            -            not needed",
        "hot (dev)   warns after ten hot minutes  -            -",
        "hot (prod)  warns after ten hot minutes  stays quiet  -",
        "odd         only AWS can tell",
        "covered: 3 of 10 (30 %)",
        "not counted: odd, because the expected band is a stand-in for the one that CloudWatch learns, and needs data of 3 days before",
    ]


def test_alarm_that_is_judged_by_a_stand_in_is_named_even_if_its_test_passes(
    tmp_path: Path,
) -> None:
    text = SPEC.replace("above: 70%", "outside_band: 2") + (
        "  any: {severity: info, when: {any: [hot]}}\n"
        "tests:\n"
        "  far above what it was for days:\n"
        '    series: {cpu: "wave(20, 40)x5d 95x30"}\n'
        "    expect: [{alarm: [hot, any], is: ALARM}]\n"
    )
    text = text.replace("alarms: {hot: {", "alarms:\n  hot: {").replace("for: 10m}}}", "for: 10m}}")

    answer = run(tmp_path, text)

    estimated = "the expected band is a stand-in for the one that CloudWatch learns"
    assert answer.returncode == 0, answer.stdout
    assert answer.stderr.splitlines()[1:] == [
        f"not exact: hot: {estimated}",
        f"not exact: any: {estimated}",
    ]


def test_composite_that_fails_shows_its_alarms(tmp_path: Path) -> None:
    text = SPEC.replace("alarms: {", "alarms: {any: {severity: info, when: {any: [hot]}}, ")

    answer = run(tmp_path, text + FAILING.replace("alarm: hot", "alarm: any"))

    assert [line for line in answer.stdout.splitlines() if "│" in line] == [
        "  hot  │?──────────────AAAAAAAAAAA──────────",
        "  any  │?──────────────AAAAAAAAAAA──────────",
    ]


def test_value_of_a_metric_that_is_another_has_no_timeline(tmp_path: Path) -> None:
    text = PASSING.replace(
        "{alarm: hot, becomes: ALARM, at: 15m}", "{metric: cpu, is: 50%, at: 6m}"
    )
    text += "      - {metric: cpu, is: missing, at: 7m}\n      - {metric: cpu, is: 1%, within: 2%, at: 50m}\n    for: 60m\n"

    answer = run(tmp_path, SPEC + text)

    assert [line for line in answer.stdout.splitlines() if line.startswith("error")] == [
        'error[test/failed]: "cpu" was 85 at 6m, not 50 %',
        'error[test/failed]: "cpu" was 85 at 7m, not no data point',
        'error[test/failed]: "cpu" had no data point at 50m, not 1 % ± 2',
    ]
    assert "│" not in answer.stdout


def test_junit_file_has_a_case_for_each_test_and_the_timeline_of_a_failure(tmp_path: Path) -> None:
    answer = run(tmp_path, DIFFERENT + PASSING, "--junit", "out/junit.xml")

    suites = ET.parse(tmp_path / "out/junit.xml").getroot()  # noqa: S314 - our own
    assert answer.returncode == 1
    assert dict(suites.attrib) == {"tests": "2", "failures": "1", "errors": "0", "skipped": "0"}
    assert [suite.get("name") for suite in suites] == ["spec.yaml (dev)", "spec.yaml (prod)"]
    dev, prod = (suite.find("testcase") for suite in suites)
    assert dev is not None
    assert prod is not None
    assert dict(dev.attrib) == {
        "name": "warns after ten hot minutes",
        "classname": "spec.yaml.dev",
        "file": "spec.yaml",
        "line": "7",
    }
    failure = dev.find("failure")
    assert failure is not None
    assert failure.get("message") == '"hot" became ALARM at 10m, not at 15m'
    assert failure.get("type") == "test/failed"
    assert "at spec.yaml:10:42" in str(failure.text)
    assert "^ ALARM expected at 15m" in str(failure.text)
    assert prod.find("failure") is None


def test_junit_of_a_spec_with_errors_is_a_failure(tmp_path: Path) -> None:
    answer = run(tmp_path, SPEC, "--format", "junit")

    suites = ET.fromstring(answer.stdout)  # noqa: S314 - our own
    assert answer.returncode == 1
    assert suites.get("failures") == "1"
    assert suites.find("testsuite/testcase/failure") is not None


def test_junit_file_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")

    answer = run(tmp_path, SPEC + PASSING, "--junit", "file/junit.xml")

    assert answer.returncode == 1
    assert 'Error: cannot write "file' in answer.stderr


def test_formats_for_programs_hold_the_findings(tmp_path: Path) -> None:
    (finding,) = json.loads(run(tmp_path, SPEC + FAILING, "--format", "json").stdout)

    assert finding["rule"] == "test/failed"
    assert finding["location"]["line"] == 10
    assert (
        "::error title=test/failed," in run(tmp_path, SPEC + FAILING, "--format", "github").stdout
    )
    log = json.loads(run(tmp_path, SPEC + FAILING, "--format", "sarif").stdout)
    assert log["runs"][0]["results"][0]["ruleId"] == "test/failed"


def test_coverage_names_a_test_of_each_kind_or_has_a_dash(tmp_path: Path) -> None:
    answer = run(tmp_path, SPEC + PASSING, "--coverage")

    assert answer.returncode == 0
    assert answer.stdout.splitlines() == [
        "alarm  fires                        quiet  missing data",
        "hot    warns after ten hot minutes  -      -",
        "covered: 2 of 6 (33 %)",
    ]


def test_coverage_that_is_too_low_lists_the_tests_that_are_missing(tmp_path: Path) -> None:
    answer = run(tmp_path, SPEC + PASSING, "--min-coverage", "34")

    assert answer.returncode == 1
    assert [line for line in answer.stdout.splitlines() if line.startswith("error")] == [
        'error[test/not-covered]: no test says what "hot" is without data',
        'error[test/not-covered]: no test shows "hot" quiet while data comes',
    ]
    assert run(tmp_path, SPEC + PASSING, "--min-coverage", "33").returncode == 0


def test_mutants_that_survive_are_the_tests_that_are_missing(tmp_path: Path) -> None:
    answer = run(tmp_path, SPEC + PASSING, "--mutants")

    assert answer.returncode == 1
    assert 'tells "> 70 %" from ">= 70 %" or "> 63 %"' in answer.stdout
    assert "help: add one in which cpu is 70 % for 10 minutes, and expect OK" in answer.stdout
    assert answer.stderr.splitlines()[1] == "4 of 11 mutants noticed"


def test_mutants_of_notices_are_counted_apart_and_fail_nothing(tmp_path: Path) -> None:
    text = (
        SPEC.replace("severity: info", "severity: critical")
        + """\
parameters: {mail: {pattern: email}}
notify: {critical: {email: ["${mail}"]}}
tests:
  warns:
    series: {cpu: "50x5 77x20 40x10"}
    expect:
      - {alarm: hot, becomes: ALARM, at: 15m}
      - {alarm: hot, becomes: OK, at: 26m}
      - {alarm: hot, notifies: critical, about: ALARM}
  does not:
    series: {cpu: "50x5 70x20 90x9 40x10"}
    expect: [{alarm: hot, never: ALARM}]
  is silent:
    series: {cpu: "50x5 _x25"}
    expect: [{alarm: hot, becomes: INSUFFICIENT_DATA, at: 17m}]
  is silent when hot:
    series: {cpu: "50x5 90x10 _x25"}
    expect: [{alarm: hot, becomes: INSUFFICIENT_DATA}]
"""
    )

    answer = run(tmp_path, text, "--mutants")

    assert answer.returncode == 0
    assert answer.stderr.splitlines()[1] == "11 of 11 mutants noticed, 1 of 2 of notices"
    assert answer.stdout.splitlines()[-1] == "1 note"


def test_mutants_are_not_made_while_tests_fail(tmp_path: Path) -> None:
    answer = run(tmp_path, SPEC + FAILING, "--mutants")

    assert "mutant" not in answer.stdout + answer.stderr


def test_many_specs_are_tested_as_few_are(tmp_path: Path) -> None:
    (tmp_path / "specs").mkdir()
    for number in range(5):
        text = (SPEC + (FAILING if number == 3 else PASSING)).replace("shop", f"shop{number}")
        (tmp_path / f"specs/shop{number}.yaml").write_text(text, "utf-8")

    answer = run_watchspec("test", folder=tmp_path)

    assert answer.returncode == 1
    assert answer.stdout.count("error[") == 1
    assert "specs/shop3.yaml:10:42" in answer.stdout
    assert answer.stderr == "5 tests in 2 environments: 4 passed, 1 failed\n"


def test_fragment_is_tested_with_the_spec_that_includes_it(tmp_path: Path) -> None:
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs/hot.yaml").write_text("version: v1\n" + PASSING, "utf-8")
    (tmp_path / "specs/shop.yaml").write_text(SPEC + "include: [hot.yaml]\n", "utf-8")

    answer = call_watchspec("test", folder=tmp_path)

    assert (answer.returncode, answer.stdout) == (0, "")


def test_a_terminal_is_shown_colors_and_letters(tmp_path: Path) -> None:
    (tmp_path / "spec.yaml").write_text(SPEC + FAILING, "utf-8")

    code, written = run_on_terminal("test", "spec.yaml", "--coverage", folder=tmp_path)

    text = written.decode("utf-8")
    assert code == 1
    assert "\x1b[1;31mAAAAAAAAAAA\x1b[0m" in text
    assert "\x1b[33m?\x1b[0m\x1b[32m──────────────\x1b[0m" in text
    assert "\x1b[36m^\x1b[0m ALARM expected at 14m" in text


def test_stream_that_has_no_blocks_is_given_letters_alone(tmp_path: Path) -> None:
    (tmp_path / "spec.yaml").write_text(SPEC + FAILING, "utf-8")

    answer = run_watchspec("test", "spec.yaml", folder=tmp_path, env={"PYTHONIOENCODING": "ascii"})

    assert "  state     |?--------------AAAAAAAAAAA----------" in answer.stdout
    assert answer.stdout.isascii()

"""`watchspec backtest` as people use it: tables, JSON, a gate, a picture, and what it says of mistakes."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from support import HEAD, call_watchspec

NOON = 1_793_534_400
SPEC = (
    HEAD
    + """\
  dev: {region: eu-west-1}
parameters:
  function: {description: The function, default: shop}
metrics:
  cpu: {metric: Shop Cpu, unit: Percent}
  errors: {metric: AWS/Lambda Errors, dimensions: {FunctionName: "${function}"}}
alarms:
  cpu-high: {severity: info, when: {metric: cpu, above: 90%, for: 2m}, notify: []}
  errors-high: {severity: info, when: {metric: errors, above: 5, for: 1m}, notify: []}
"""
)


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs/shop.yaml").write_text(SPEC, "utf-8")
    hot = {30, 31, 32, 90, 91}
    rows = [f"{NOON + 60 * n},{95 if n in hot else 50}" for n in range(120)]
    (tmp_path / "cpu.csv").write_text("time,cpu\n" + "\n".join(rows) + "\n", "utf-8")
    incidents = f"start,end,name\n{NOON + 1800},{NOON + 3600},outage\n"
    (tmp_path / "incidents.csv").write_text(incidents, "utf-8")
    return tmp_path


def backtest(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return call_watchspec("backtest", *arguments, folder=folder)


PROD = ("--env", "prod", "--data", "cpu.csv")


def test_alarms_are_a_table_and_those_without_data_are_listed(shop: Path) -> None:
    ran = backtest(shop, *PROD)

    assert ran.returncode == 0, ran
    assert ran.stdout == (
        "shop in prod: 2 h, 2026-11-01 12:00 to 2026-11-01 14:00 UTC; 1 of 2 alarms judged\n"
        "alarm     fires  in ALARM  longest  longest quiet  changes/h  pages/12 h  silence\n"
        "cpu-high  2      3 min     2 min    58 min         3          0 / 0       0 of 4 min\n"
        "not judged: errors-high: no data of AWS/Lambda Errors\n\n"
    )


def test_incidents_say_which_alarm_told_of_them(shop: Path) -> None:
    ran = backtest(shop, *PROD, "--incidents", "incidents.csv", "--alarm", "cpu-high")

    assert "alarm     precision      recall          time to detect\n" in ran.stdout
    assert "cpu-high  1 of 2 (50 %)  1 of 1 (100 %)  2 min\n" in ran.stdout
    assert "outage    2026-11-01 12:30  30 min  cpu-high     2 min\n" in ran.stdout
    assert "1 of 1 incident detected" in ran.stdout


def test_a_sweep_marks_what_is_and_what_is_better(shop: Path) -> None:
    ran = backtest(shop, *PROD, "--incidents", "incidents.csv", "--sweep")

    row = ran.stdout.partition("> 90 ")[2].splitlines()
    assert [re.split(r"\s{2,}", line.strip()) for line in row[:5]] == [
        ["fires", "2", "> 2", "2", "* 1", "1", "0", "0", "0"],
        ["in ALARM", "5 min", "3 min", "5 min", "1 min", "3 min", "0", "0", "0"],
        ["precision", "50 %", "50 %", "50 %", "100 %", "100 %", "-", "-", "-"],
        ["recall", "100 %", "100 %", "100 %", "100 %", "100 %", "0 %", "0 %", "0 %"],
        ["time to detect", "1 min", "2 min", "2 min", "3 min", "3 min", "-", "-", "-"],
    ]
    assert (
        "better: > 90 Percent for 3 data points of 1 minute: "
        "precision 1 of 1 (100 %), recall 1 of 1 (100 %), time to detect 3 min; "
        "as it is: precision 1 of 2 (50 %), recall 1 of 1 (100 %), time to detect 2 min\n"
    ) in ran.stdout


def test_a_gate_makes_the_command_fail(shop: Path) -> None:
    ran = backtest(shop, *PROD, "--max-fires", "1")

    assert ran.returncode == 1
    assert 'error[backtest/too-many-fires]: "cpu-high" would have gone off twice' in ran.stdout
    assert backtest(shop, *PROD, "--max-fires", "2").returncode == 0


def test_json_holds_findings_and_figures(shop: Path) -> None:
    ran = backtest(
        shop, *PROD, "--incidents", "incidents.csv", "--max-fires", "1", "--format", "json"
    )

    document = json.loads(ran.stdout)
    assert [one["rule"] for one in document["findings"]] == ["backtest/too-many-fires"]
    (one,) = document["backtests"]
    assert (one["start"], one["end"]) == ("2026-11-01T12:00:00Z", "2026-11-01T14:00:00Z")
    assert one["alarms"][0]["conduct"]["fires"] == 2
    assert one["alarms"][0]["conduct"]["detection"] == {
        "precision": 0.5,
        "recall": 1.0,
        "time_to_detect_seconds": 120,
        "times_to_detect_seconds": [120],
        "missed": [],
        "false_fires": 1,
    }
    assert one["incidents"][0]["detected_by"] == [
        {"alarm": "cpu-high", "time_to_detect_seconds": 120}
    ]
    assert one["not_judged"] == [{"alarm": "errors-high", "reason": "no data of AWS/Lambda Errors"}]


def test_json_says_of_each_setting_what_it_says_of_an_alarm(shop: Path) -> None:
    ran = backtest(shop, *PROD, "--incidents", "incidents.csv", "--sweep", "--format", "json")

    (sweep,) = json.loads(ran.stdout)["backtests"][0]["sweeps"]
    settings = [one for row in sweep["rows"] for one in row]
    assert {tuple(one["conduct"]["detection"]) for one in settings} == {
        tuple(sweep["present"]["conduct"]["detection"])
    }
    assert sweep["present"] in settings
    assert sweep["suggestion"] in settings
    assert sweep["suggestion"]["conduct"]["detection"]["precision"] == 1


def test_a_parameter_says_which_column_is_meant(shop: Path) -> None:
    name = "AWS/Lambda Errors{FunctionName=other}"
    (shop / "errors.csv").write_text(f"time,{name}\n{NOON},1\n{NOON + 60},9\n", "utf-8")

    arguments = ("--env", "prod", "--data", "errors.csv", "--data", "cpu.csv", "--format", "json")
    ran = backtest(shop, *arguments, "--parameter", "function=other")
    without = backtest(shop, *arguments)

    fires = {one["key"]: one["conduct"]["fires"] for one in json.loads(ran.stdout)["backtests"][0]["alarms"]}  # fmt: skip
    assert fires == {"cpu-high": 2, "errors-high": 1}
    (found,) = json.loads(without.stdout)["findings"]
    assert found["message"] == f'"{name}" is no metric of the spec'
    assert found["hint"] == 'did you mean "AWS/Lambda Errors{FunctionName=shop}"?'


def test_a_picture_is_drawn_for_each_service(shop: Path) -> None:
    ran = backtest(shop, *PROD, "--picture", "cpu.svg")
    (shop / "specs/other.yaml").write_text(SPEC.replace("service: shop", "service: other"), "utf-8")
    both = backtest(shop, *PROD, "--picture", "cpu.png")

    assert (ran.returncode, both.returncode) == (0, 0)
    assert sorted(path.name for path in shop.glob("cpu*.*g")) == [
        "cpu-other.png",
        "cpu-shop.png",
        "cpu.svg",
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--env", "prod"), "name the data with  --data FILE"),
        (("--data", "cpu.csv"), "name the environment with  --env; there are: dev, prod"),
        (("--env", "prdo", "--data", "cpu.csv"), 'no spec has an environment "prdo"; did you mean "prod"?'),
        ((*PROD, "--alarm", "cpu-hihg"), 'no spec has an alarm "cpu-hihg"; did you mean "cpu-high"?'),
        ((*PROD, "--parameter", "zzz=1"), 'no spec has a parameter "zzz"; there are: function'),
        ((*PROD, "--parameter", "zzz"), '"zzz" names no value'),
        ((*PROD, "--since", "2 months"), '"2 months" is not a duration; write 14d, 36h or 2w'),
        ((*PROD, "--since", "0d"), '"0d" is not a duration; write 14d, 36h or 2w'),
        ((*PROD, "--picture", "cpu.gif"), '"cpu.gif" ends neither in .svg nor in .png'),
    ],
)  # fmt: skip
def test_wrong_usage_says_what_is_meant(arguments: tuple[str, ...], said: str, shop: Path) -> None:
    ran = backtest(shop, *arguments)

    assert ran.returncode == 2
    assert said in " ".join(ran.stderr.split("\n"))


def test_what_cannot_be_read_or_written_is_one_message(shop: Path) -> None:
    missing = backtest(shop, "--env", "prod", "--data", "no.csv", "--incidents", "no.yaml")
    picture = backtest(shop, *PROD, "--picture", "no/cpu.svg")
    broken = backtest(shop, "specs/no.yaml", *PROD)

    assert missing.returncode == picture.returncode == broken.returncode == 1
    assert 'error[data/unreadable]: "no.csv" does not exist' in missing.stdout
    assert "error[file/unreadable]" in missing.stdout
    assert picture.stderr == "Error: no/cpu.svg: no such file or directory\n"
    assert "error[file/unreadable]" in broken.stdout


def test_a_column_that_is_no_metric_is_a_warning(shop: Path) -> None:
    (shop / "more.csv").write_text(f"time,cpuu\n{NOON},1\n", "utf-8")

    ran = backtest(shop, *PROD, "--data", "more.csv")

    assert ran.returncode == 0
    assert 'warning[data/unknown-column]: "cpuu" is no metric of the spec' in ran.stdout


def test_incidents_in_yaml_are_read(shop: Path) -> None:
    text = f"incidents:\n  - {{start: {NOON + 1800}, end: {NOON + 3600}, alarms: [cpu-hihg]}}\n"
    (shop / "incidents.yaml").write_text(text, "utf-8")

    ran = backtest(shop, *PROD, "--incidents", "incidents.yaml")

    assert ran.returncode == 1
    assert f'"{NOON + 1800}" names "cpu-hihg", which is no alarm' in ran.stdout

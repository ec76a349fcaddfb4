"""Findings have one order and one wording, whatever the circumstances of the run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

BROKEN = """\
version: v1
service: %s
environments:
  prod: {region: eu-west-1, valus: {a: 1}}
  dev: {region: eu-west-1}
values: {unused: 1, other: 2, third: 3}
%s
"""
ENDINGS = [
    'alarms: {a: {severity: none, when: {metric: m, above: 1, for: 5m}}, "b\\e": 1, b-: {}}\n',
    "logs: {app: {group: 5, retention: 31 days, formt: {}}, b: {group: /b, retention: never}}\n",
    (
        "metrics:\n  m: {metric: AWS/ECS CPUUtilisation, dimensions: {ClustrName: c}}\n"
        "  n: {expression: a / b}\n"
        "alarms:\n  a: {severity: warning, when: {metric: n, above: 1, for: 5m}}\n"
        "  b: {severity: critcal, when: {metric: mm, above: 1%, for: 5m}}\n"
    ),
    "dashboards: {d: {rows: [[{graph: x}], [{grph: y}], [{number: z, width: 30}]]}}\n",
    "events: {e: {severity: warning, event: ecs-task-stoped}}\n",
]


@pytest.mark.slow
@pytest.mark.parametrize("command", [["check"], ["compile", "--no-lint", "--no-cache"]], ids=str)
def test_circumstances_change_neither_findings_nor_their_order(
    tmp_path: Path, command: list[str]
) -> None:
    (tmp_path / "specs").mkdir()
    for number, ending in enumerate(ENDINGS):
        text = BROKEN.replace("valus", "values") if number % 2 else BROKEN
        (tmp_path / f"specs/s{number}.yaml").write_text(text % (f"s{number}", ending), "utf-8")
    home = tmp_path / "home"
    home.mkdir()
    circumstances = [
        {"PYTHONHASHSEED": "0"},
        {"PYTHONHASHSEED": "1"},
        {"PYTHONHASHSEED": "4242"},
        {"PYTHONHASHSEED": "random", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONHASHSEED": "7", "TZ": "Pacific/Kiritimati", "HOME": str(home), "LANG": "tr_TR"},
        {"PYTHONHASHSEED": "8", "COLUMNS": "20", "TERM": "dumb"},
    ]

    answers = set()
    for environment in circumstances:
        run = subprocess.run(
            [sys.executable, "-m", "watchspec", *command],
            cwd=tmp_path,
            env={"PATH": os.defpath} | environment,
            capture_output=True,
            check=False,
        )
        answers.add((run.returncode, run.stdout, run.stderr))

    [(code, found, said)] = answers
    assert code == 1
    assert said == b""
    assert found.count(b"error[") >= 8

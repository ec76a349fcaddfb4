"""What reaches a terminal, and what a pipe: color only there, nothing hostile on either."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from support import call_watchspec
from terminal import run_on_terminal

SPEC = """\
version: v1
service: shop
environments: {prod: {region: eu-west-1}}
logs: {app: {group: /shop, retention: 30 days}}
"""
HOSTILE_NAMES = ["\x1b]0;pwned\x07.yaml", "\x1b[2Jx.yaml", "a\rb.yaml", "\u202egnp.yaml", "\x9b1m"]
RAW = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2028\u2029]")
COLOR = re.compile(r"\x1b\[(?:1;)?[0-9]{1,2}m")


def seen(folder: Path, *arguments: str, on: str) -> str:
    """What a terminal, or a pipe, is given to show; colors aside."""
    if on == "terminal":
        return COLOR.sub("", run_on_terminal(*arguments, folder=folder)[1].decode("utf-8"))
    run = subprocess.run(
        [sys.executable, "-m", "watchspec", *arguments],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return run.stdout.decode("utf-8")


def test_findings_on_a_terminal_are_in_color(tmp_path: Path) -> None:
    (tmp_path / "spec.yaml").write_text(SPEC + "wrong: 1\n", "utf-8")

    code, written = run_on_terminal("check", "spec.yaml", folder=tmp_path)

    assert code == 1
    assert written.startswith(b"\x1b[1;31merror[spec/unknown-key]\x1b[0m: ")


@pytest.mark.parametrize("form", ["json", "sarif", "junit", "github"])
def test_formats_for_programs_are_never_in_color(tmp_path: Path, form: str) -> None:
    (tmp_path / "spec.yaml").write_text(SPEC + "wrong: 1\n", "utf-8")

    code, written = run_on_terminal("check", "spec.yaml", "--format", form, folder=tmp_path)

    assert code == 1
    assert b"\x1b" not in written
    assert b"unknown" in written


def test_findings_in_a_pipe_are_not_in_color(tmp_path: Path) -> None:
    (tmp_path / "spec.yaml").write_text(SPEC + "wrong: 1\n", "utf-8")

    assert seen(tmp_path, "check", "spec.yaml", on="pipe").startswith("error[spec/unknown-key]: ")


@pytest.mark.parametrize("on", ["terminal", "pipe"])
def test_hostile_keys_and_values_are_spelled_out(tmp_path: Path, on: str) -> None:
    hostile = "a\x1b]0;pwned\x07\u202eb\x9b1m"
    (tmp_path / "raw.yaml").write_text(SPEC + f"{hostile}: {hostile}\n", "utf-8")
    escaped = json.dumps(hostile)
    (tmp_path / "escaped.yaml").write_text(
        SPEC.replace("shop\n", "till\n").replace("/shop", "/till") + f"{escaped}: {escaped}\n",
        "utf-8",
    )

    text = seen(tmp_path, "check", "raw.yaml", "escaped.yaml", on=on)

    assert "raw.yaml:5:" in text
    assert "escaped.yaml:5:" in text
    assert not RAW.search(text)


@pytest.mark.parametrize("on", ["terminal", "pipe"])
def test_hostile_file_names_are_spelled_out(tmp_path: Path, on: str) -> None:
    (tmp_path / "specs").mkdir()
    for name in HOSTILE_NAMES:
        (tmp_path / "specs" / name).write_text("version: v1\n", "utf-8")

    text = seen(tmp_path, "check", *(f"specs/{name}" for name in HOSTILE_NAMES), on=on)

    assert text.splitlines()[-1] == f"{len(HOSTILE_NAMES)} errors"
    assert not RAW.search(text)


@pytest.mark.parametrize("on", ["terminal", "pipe"])
def test_hostile_names_of_missing_files_are_spelled_out(tmp_path: Path, on: str) -> None:
    text = seen(tmp_path, "check", *HOSTILE_NAMES, on=on)

    assert text.splitlines()[-1] == f"{len(HOSTILE_NAMES)} errors"
    assert not RAW.search(text)


@pytest.mark.parametrize("on", ["terminal", "pipe"])
@pytest.mark.parametrize(
    "arguments",
    [
        ["compile", "--env", "\x1b]0;pwned\x07"],
        ["explain", "\x1b]0;pwned\x07"],
        ["init", "\x1b]0;pwned\x07"],
        ["deploy", "--env", "\x1b]0;pwned\x07"],
        ["deploy", "--env", "prod", "--parameter", "\x1b]0;pwned\x07"],
        ["deploy", "--env", "prod", "--parameter", "\x1b]0;pwned\x07=1"],
        ["compile", "--no-lint", "--out", "\x1b]0;pwned\x07"],
    ],
    ids=lambda arguments: " ".join(arguments[:-1]),
)
def test_hostile_arguments_are_spelled_out(tmp_path: Path, arguments: list[str], on: str) -> None:
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs/shop.yaml").write_text(SPEC, "utf-8")
    call_watchspec("compile", "--no-lint", folder=tmp_path)

    text = seen(tmp_path, *arguments, on=on)

    assert "pwned" in text
    assert not RAW.search(text)


@pytest.mark.parametrize("on", ["terminal", "pipe"])
def test_hostile_names_in_the_list_of_stacks_never_reach_a_terminal(
    tmp_path: Path, on: str
) -> None:
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs/shop.yaml").write_text(SPEC, "utf-8")
    out = tmp_path / "templates/out/prod"
    out.mkdir(parents=True)
    name = "prod-\x1b]0;pwned\x07"
    (out / "stacks.json").write_text(json.dumps({"stacks": [{"name": name}]}), "utf-8")
    (out / f"{name}.yaml").write_text("old\n", "utf-8")

    text = seen(tmp_path, "compile", "--no-lint", on=on)

    assert "updated templates/out/prod/stacks.json" in text
    assert not RAW.search(text)


def test_findings_in_a_locale_that_knows_only_ascii_are_utf_8(tmp_path: Path) -> None:
    (tmp_path / "spec.yaml").write_text(SPEC + "größe: 1\n", "utf-8")

    run = subprocess.run(
        [sys.executable, "-m", "watchspec", "check", "spec.yaml"],
        cwd=tmp_path,
        env={"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        capture_output=True,
        check=False,
    )

    assert run.returncode == 1
    assert run.stderr == b""
    assert 'unknown key "größe"' in run.stdout.decode("utf-8")

"""A compilation needs no network, no home, no credentials, and no particular locale."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from support import ROOT
from write.output_folder import read_tree

pytestmark = pytest.mark.slow

COMPILE = [sys.executable, "-m", "watchspec", "compile", "--no-cache"]
SPEC = """\
version: v1
service: shop
description: Größe, 値段 und 🙂
environments: {prod: {region: eu-west-1}}
logs: {app: {group: /shop, retention: 30 days, description: "für Läden"}}
metrics: {m: {title: "Fehler, größer", metric: AWS/Lambda Errors, dimensions: {FunctionName: f}}}
notify: {warning: {email: [a@example.com]}}
alarms: {a: {severity: warning, when: {metric: m, above: 0, for: 5m}, description: "überall: ☃"}}
"""
WATCHED = """\
import os, sys

def watch(event, arguments):
    if event.split(".")[0] in ("socket", "urllib", "http", "ftplib", "smtplib"):
        family = arguments[1] if event == "socket.__new__" else None
        if family != 1:  # pipes between our own processes are UNIX sockets
            with open(os.environ["EVENTS"], "a") as events:
                events.write(f"{event} {arguments}\\n")

sys.addaudithook(watch)
from watchspec.cli import main
main()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a spec that speaks more than English."""
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs/shop.yaml").write_text(SPEC, "utf-8")
    return tmp_path


def test_compilation_with_lint_opens_no_connection(folder: Path) -> None:
    shutil.copyfile(ROOT / "specs/ai-video.yaml", folder / "specs/ai-video.yaml")
    events = folder / "events"

    run = subprocess.run(
        [sys.executable, "-c", WATCHED, "compile", "--no-cache"],
        cwd=folder,
        env=os.environ | {"EVENTS": str(events)},
        capture_output=True,
        text=True,
        check=False,
    )
    control = subprocess.run(
        [
            *(sys.executable, "-c"),
            WATCHED.replace("from watchspec.cli import main", "import socket").replace(
                "main()", "socket.socket(socket.AF_INET).close()"
            ),
        ],
        env=os.environ | {"EVENTS": str(folder / "control")},
        check=True,
    )

    assert run.returncode == 0, run.stderr
    assert control.returncode == 0
    assert (folder / "control").exists(), "the watch sees nothing: the test shows nothing"
    assert not events.exists(), events.read_text("utf-8")


def test_compilation_without_network_home_or_environment_gives_the_same_bytes(
    folder: Path,
) -> None:
    plain = subprocess.run(
        [*COMPILE, "--out", "plain"], cwd=folder, capture_output=True, check=False
    )
    unshare = shutil.which("unshare")
    cut_off: list[str] = []
    if unshare and subprocess.run([unshare, "-rn", "true"], check=False).returncode == 0:
        cut_off = [unshare, "-rn"]

    bare = subprocess.run(
        [*cut_off, *COMPILE, "--out", "bare"], cwd=folder, env={}, capture_output=True, check=False
    )

    assert (plain.returncode, bare.returncode) == (0, 0), bare.stderr
    assert bare.stdout == plain.stdout
    assert read_tree(folder / "bare") == read_tree(folder / "plain")


def test_locale_that_knows_only_ascii_gives_the_same_bytes(folder: Path) -> None:
    outputs = []
    for name, environment in (
        ("utf-8", {"PYTHONUTF8": "1"}),
        ("ascii", {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}),
    ):
        run = subprocess.run(
            [*COMPILE, "--out", name], cwd=folder, env=environment, capture_output=True, check=False
        )
        assert run.returncode == 0, run.stderr
        outputs.append((run.stdout, read_tree(folder / name)))

    assert outputs[0] == outputs[1]
    assert "Größe, 値段 und ".encode() in outputs[0][1]["prod/prod-shop.yaml"]


@pytest.mark.parametrize(
    "arguments",
    [["init", "till"], ["check"], ["compile", "--no-lint"], ["schema"], ["explain", "--all"]],
    ids=" ".join,
)
def test_no_file_is_read_or_written_in_whatever_encoding_the_locale_has(
    folder: Path, arguments: list[str]
) -> None:
    run = subprocess.run(
        [
            *(sys.executable, "-X", "warn_default_encoding", "-W", "error::EncodingWarning"),
            *("-m", "watchspec", *arguments),
        ],
        cwd=folder,
        env=os.environ | {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        capture_output=True,
        check=False,
    )

    assert run.returncode == 0, run.stderr
    assert b"EncodingWarning" not in run.stderr


def test_a_folder_compiled_at_another_place_gives_the_same_bytes(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("a longer name of a folder") / "deeper"
    shutil.copytree(folder, other)

    for place in (folder, other):
        subprocess.run([*COMPILE, "--no-lint"], cwd=place, capture_output=True, check=True)

    assert read_tree(other / "templates") == read_tree(folder / "templates")
    assert str(folder).encode() not in b"".join(read_tree(folder / "templates").values())

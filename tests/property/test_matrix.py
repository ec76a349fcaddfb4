"""The same specs under other circumstances: the same files, byte by byte, and the same findings."""

from __future__ import annotations

import getpass
import hashlib
import os
import platform
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import product
from pathlib import Path

import pytest

from support import HEAD, ROOT
from watchspec.pipeline import Options, check_specs, compile_specs
from watchspec.report import write_report

pytestmark = pytest.mark.slow

SPECS = Path(__file__).parent / "specs"
GOOD = ("ai-video.yaml", "rich.yaml")
BAD = tuple(sorted(path.name for path in SPECS.glob("bad-*.yaml")))
LOCALES: tuple[dict[str, str], ...] = (
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    {"LC_ALL": "C"},
    {"LC_ALL": "C.UTF-8"},
)
ZONES = ("UTC", "Asia/Kathmandu")
FOLDERS = ("plain", "mit Leerzeichen, ü und 日本")
NO_SOCKETS = """
import os, sys
def hook(event, args):
    if event in {"socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto"}:
        os.write(2, f"{event} {args}".encode())
        os._exit(99)
sys.addaudithook(hook)
from watchspec.cli import main
main()
"""


@pytest.mark.parametrize("seed", range(6))
def test_circumstances_change_neither_files_nor_findings(seed: int, tmp_path: Path) -> None:
    files, findings = _expect(tmp_path / "expected")

    for number, (locale, zone, name) in enumerate(product(LOCALES, ZONES, FOLDERS)):
        folder = _make_folder(tmp_path / f"{number} {name}")
        environment = _environment({"PYTHONHASHSEED": str(seed), "TZ": zone, **locale})
        # Two more questions, asked by turns so that each meets every other circumstance.
        is_absolute = (number + seed) % 2 == 0
        is_cached = (number // 2 + seed) % 2 == 0
        start = f"{folder}/specs/" if is_absolute else "specs/"
        cache = [] if is_cached else ["--no-cache"]

        for _ in range(1 + is_cached):
            shutil.rmtree(folder / "out", ignore_errors=True)
            good = [start + one for one in GOOD]
            made = _run(
                ["compile", *good, "--no-lint", *cache, "--out", "out"], folder, environment
            )
            assert made.returncode == 0, made.stderr
            assert _digest(folder / "out") == files

        bad = _run(["check", *[start + one for one in BAD]], folder, environment)
        assert bad.returncode == 1, bad.stderr
        assert _without_folders(bad.stdout) == findings


def test_no_file_says_where_when_by_whom_or_with_what_it_was_made(tmp_path: Path) -> None:
    folder = _make_folder(tmp_path / "a place")
    paths = [f"{folder}/specs/{one}" for one in GOOD]

    made = _run(["compile", *paths, "--out", f"{folder}/out"], folder, _environment({}))

    assert made.returncode == 0, made.stderr
    text = "\n".join(path.read_text(encoding="utf-8") for path in _files(folder / "out"))
    places = [str(folder), str(tmp_path), str(ROOT), str(Path.home()), "specs/"]
    tools = ("watchspec", "cfn-lint", "troposphere", "PyYAML")
    versions = [platform.python_version(), *map(version, tools)]
    now = (datetime.now(tz=UTC), datetime.now().astimezone())
    dates = [moment.strftime(form) for moment in now for form in ("%Y-%m-%d", "%Y%m%d", "%d %b")]
    people = [socket.gethostname(), *([getpass.getuser()] if len(getpass.getuser()) > 4 else [])]
    assert [one for one in (*places, *versions, *dates, *people) if one in text] == []


def test_neither_home_nor_environment_nor_network_is_needed(tmp_path: Path) -> None:
    files, _ = _expect(tmp_path / "expected")
    folder = _make_folder(tmp_path / "here")
    arguments = ["compile", *[f"specs/{one}" for one in GOOD], "--out", "out"]

    made = _run(arguments, folder, {"PATH": os.defpath}, ["-c", NO_SOCKETS])

    assert made.returncode == 0, made.stderr
    assert _digest(folder / "out") == files


def test_the_watch_over_sockets_would_notice_one(tmp_path: Path) -> None:
    code = NO_SOCKETS.replace("main()", "import socket; socket.create_connection(('::1', 9))")

    made = _run([], tmp_path, {"PATH": os.defpath}, ["-c", code])

    assert made.returncode == 99


def test_nothing_changes_without_a_network(tmp_path: Path) -> None:
    unshare = shutil.which("unshare")
    if unshare is None or subprocess.run([unshare, "-rn", "true"], check=False).returncode:
        pytest.skip("this system has no unshare, or does not allow it")
    files, _ = _expect(tmp_path / "expected")
    folder = _make_folder(tmp_path / "here")
    arguments = ["compile", *[f"specs/{one}" for one in GOOD], "--out", "out"]

    made = _run(arguments, folder, {"PATH": os.defpath}, before=[unshare, "-rn"])

    assert made.returncode == 0, made.stderr
    assert _digest(folder / "out") == files


def test_what_cfn_lint_finds_does_not_depend_on_hash_seeds(tmp_path: Path) -> None:
    folder = _make_folder(tmp_path / "here")
    arguments = ["compile", "specs/bad-properties.yaml", "--no-cache", "--out", "out"]

    found = {
        _run(arguments, folder, _environment({"PYTHONHASHSEED": str(seed)})).stdout
        for seed in range(6)
    }

    assert len(found) == 1
    assert b"E3012" in found.pop()


def test_findings_at_one_place_keep_their_order(tmp_path: Path) -> None:
    loop = "for_each: {n: [a, b, c, d, e, f, g, h]}"
    spec = f"""
metrics:
  m_${{n}}: {{{loop}, title: Same, metric: AWS/SQS NumberOfMessagesSent, dimensions: {{QueueName: orders}}, levels: {{"l_${{n}}": "> 5"}}}}
alarms:
  x-${{n}}: {{{loop}, severity: info, when: {{metric: "m_${{n}}", level: nope}}}}
"""
    (tmp_path / "spec.yaml").write_text(HEAD + spec, encoding="utf-8")

    found = {
        _run(["check", "spec.yaml"], tmp_path, _environment({"PYTHONHASHSEED": str(seed)})).stdout
        for seed in range(4)
    }

    assert len(found) == 1


def test_the_cache_takes_paths_the_locale_cannot_spell(tmp_path: Path) -> None:
    folder = _make_folder(tmp_path / FOLDERS[1])
    arguments = ["compile", f"{folder}/specs/rich.yaml", "--no-lint", "--out", "out"]

    made = [_run(arguments, folder, _environment(LOCALES[0])) for _ in range(2)]

    assert [one.returncode for one in made] == [0, 0], made[0].stderr


@pytest.mark.parametrize("minor", range(12, 16))
def test_other_versions_of_python_write_the_same_bytes(minor: int, tmp_path: Path) -> None:
    python = _find_python(minor, tmp_path)
    files, findings = _expect(tmp_path / "expected")
    folder = _make_folder(tmp_path / "here")
    environment = _environment({"PYTHONPATH": str(ROOT / "compiler")})
    arguments = ["compile", *[f"specs/{one}" for one in GOOD], "--no-lint", "--out", "out"]

    made = _run(arguments, folder, environment, python=python)
    bad = _run(["check", *[f"specs/{one}" for one in BAD]], folder, environment, python=python)

    assert made.returncode == 0, made.stderr
    assert _digest(folder / "out") == files
    assert _without_folders(bad.stdout) == findings


@pytest.mark.parametrize(
    "arguments",
    [
        ["compile", *[f"specs/{one}" for one in GOOD], "--out", "out"],
        ["compile", *[f"specs/{one}" for one in BAD], "--format", "json"],
        ["check", *[f"specs/{one}" for one in BAD], "--format", "sarif"],
        ["init", "fresh"],
        ["schema"],
        ["explain", "--all"],
        ["--help"],
    ],
    ids=lambda arguments: " ".join(one for one in arguments if "/" not in one),
)
def test_no_file_is_opened_in_the_encoding_of_the_locale(
    arguments: list[str], tmp_path: Path
) -> None:
    folder = _make_folder(tmp_path / "here")
    environment = _environment({"PYTHONWARNDEFAULTENCODING": "1", **LOCALES[0]})
    # A library of cfn-lint's asks for the locale's encoding when it is loaded, and opens nothing.
    harmless = "ignore:UTF-8 Mode affects locale.getpreferredencoding():EncodingWarning"
    options = ["-W", "error::EncodingWarning", "-W", harmless, "-m", "watchspec"]

    made = _run(arguments, folder, environment, options)

    assert made.returncode == (1 if "specs/bad-names.yaml" in arguments else 0), made.stderr
    assert b"EncodingWarning" not in made.stderr


def _expect(folder: Path) -> tuple[str, str]:
    """The digest of all files, and the findings of the bad specs, as this process makes them."""
    _make_folder(folder)
    out = folder / "out"
    paths = [f"{folder}/specs/{one}" for one in GOOD]
    options = Options(out=out, lint=False, use_cache=False)
    assert not compile_specs(paths, options, _be_silent).failed
    checked = check_specs([f"{folder}/specs/{one}" for one in BAD], _be_silent).verdict
    report = write_report(checked.diagnostics, "text", suppressed=checked.suppressed)
    assert report.count("error[") > 40
    return _digest(out), _without_folders(report.encode())


def _be_silent(_what: str, _done: int, _total: int) -> None:
    pass


def _make_folder(folder: Path) -> Path:
    shutil.copytree(SPECS, folder / "specs")
    shutil.copy(ROOT / "specs/ai-video.yaml", folder / "specs")
    return folder


def _environment(settings: Mapping[str, str]) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], **settings}


def _run(
    arguments: list[str],
    folder: Path,
    environment: dict[str, str],
    options: list[str] | None = None,
    *,
    python: str = sys.executable,
    before: list[str] | None = None,
) -> subprocess.CompletedProcess[bytes]:
    command = [*(before or ()), python, *(options or ["-m", "watchspec"]), *arguments]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, timeout=120, check=False
    )


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _digest(folder: Path) -> str:
    """One SHA-256 over the names and the bytes of all files."""
    total = hashlib.sha256()
    for path in _files(folder):
        total.update(f"{path.relative_to(folder).as_posix()}\0".encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _without_folders(report: bytes) -> str:
    """Findings with their files named as from the folder of the specs."""
    return re.sub(r"(?m)(--> |: )[^:\n]*specs/(?=bad-)", r"\1", report.decode("utf-8"))


def _find_python(minor: int, folder: Path) -> str:
    """Another Python that has the libraries; the test is skipped if there is none.

    OTHER_PYTHONS names interpreters that are not on the PATH, separated as on the PATH.
    """
    given = os.environ.get("OTHER_PYTHONS", "").split(os.pathsep)
    code = f"import sys, click, jsonschema_rs, lark, troposphere, yaml; yaml.CSafeLoader; assert sys.version_info[1] == {minor}"
    for python in (shutil.which(f"python3.{minor}"), *given):
        if (
            python
            and not _run([], folder, _environment({}), ["-c", code], python=python).returncode
        ):
            return python
    pytest.skip(f"there is no Python 3.{minor} with the libraries")

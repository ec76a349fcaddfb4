"""What may not stand in the source: dangerous calls, sloppy files, traces of a machine."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from support import ROOT, call_watchspec

PACKAGE = ROOT / "compiler/watchspec"
SOURCES = sorted(PACKAGE.rglob("*.py"))
FORBIDDEN_CALLS = {"eval", "exec", "compile", "__import__", "input", "breakpoint", "print"}
FORBIDDEN_MODULES = {
    *(
        "pickle",
        "marshal",
        "shelve",
        "dill",
        "urllib.request",
        "http",
        "socket",
        "ftplib",
        "requests",
    ),
    *("telnetlib", "smtplib", "ctypes", "imp", "code", "random"),
}
FORBIDDEN_ATTRIBUTES = {"mktemp", "system", "popen", "urlopen", "full_load", "unsafe_load"}
TEXT_READERS = {"read_text", "write_text", "open"}


def calls(path: Path) -> Iterator[ast.Call]:
    tree = ast.parse(path.read_text("utf-8"))
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def called(call: ast.Call) -> str:
    """The last name of what is called."""
    if isinstance(call.func, ast.Name):
        return call.func.id
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


def is_binary(call: ast.Call) -> bool:
    """Whether a call to `open` names a mode for bytes."""
    modes = [*call.args[1:2], *(word.value for word in call.keywords if word.arg == "mode")]
    return any(isinstance(mode, ast.Constant) and "b" in str(mode.value) for mode in modes)


def shown(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"


def tracked_files() -> list[Path]:
    """The files of the project, as git knows them."""
    listing = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    names = listing.stdout.split("\0") if listing.returncode == 0 else []
    if not names:
        pytest.skip("this is no git checkout")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def test_there_is_source_to_look_at() -> None:
    assert len(SOURCES) > 80


def test_nothing_dangerous_is_called() -> None:
    found = []
    for path in SOURCES:
        for call in calls(path):
            name = called(call)
            is_plain = isinstance(call.func, ast.Name)
            through_shell = any(word.arg == "shell" for word in call.keywords)
            if (is_plain and name in FORBIDDEN_CALLS) or name in FORBIDDEN_ATTRIBUTES:
                found.append(f"{shown(path, call)} {name}")
            if through_shell:
                found.append(f"{shown(path, call)} shell=")

    assert found == []


def test_yaml_is_never_loaded_into_objects() -> None:
    found = [
        shown(path, call)
        for path in SOURCES
        for call in calls(path)
        if isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id == "yaml"
        and called(call) in ("load", "load_all", "unsafe_load", "full_load")
    ]

    assert found == []


def test_nothing_dangerous_is_imported() -> None:
    found = []
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            else:
                continue
            found += [
                f"{shown(path, node)} {name}"
                for name in names
                if name in FORBIDDEN_MODULES or name.split(".")[0] in FORBIDDEN_MODULES
            ]

    assert found == []


def test_every_text_file_is_opened_with_an_encoding() -> None:
    found = [
        f"{shown(path, call)} {called(call)}"
        for path in SOURCES
        for call in calls(path)
        if ast.unparse(call.func) == "open"
        or (isinstance(call.func, ast.Attribute) and called(call) in TEXT_READERS)
        if ast.unparse(call.func) != "os.open"
        if not is_binary(call)
        and not any(word.arg == "encoding" for word in call.keywords)
        and not (called(call) == "write_text" and len(call.args) > 1)
        and not (called(call) == "read_text" and call.args)
    ]

    assert found == []


def test_no_file_of_the_project_tells_of_a_machine() -> None:
    folders = re.compile(r"(?<![\w.~}$*<>/-])/(?:work|root|opt)/\w")
    found = []
    for path in tracked_files():
        if path.suffix == ".json" and path.parent.name in ("data", "catalog"):
            continue
        text = path.read_text("utf-8", errors="replace")
        for number, line in enumerate(text.splitlines(), 1):
            if folders.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:120]}")

    assert found == []


def test_no_file_of_the_project_names_a_package_registry() -> None:
    hosts = [
        *("pypi" + ".org", "python" + "hosted", "npmjs" + ".org", "proxy.golang" + ".org"),
        *("ghcr" + ".io", "docker" + ".io", "arti" + "factory"),
    ]
    found = [
        f"{path.relative_to(ROOT)}: {host}"
        for path in tracked_files()
        for host in hosts
        if host in path.read_text("utf-8", errors="replace")
    ]

    assert found == []


def test_output_in_git_is_what_the_specs_say() -> None:
    run = call_watchspec("compile", "--check", "--no-lint", "--no-cache", folder=ROOT)

    assert (run.returncode, run.stdout) == (0, "")


def test_make_says_what_it_can_do() -> None:
    listing = subprocess.run(
        ["make", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True, check=True
    )

    targets = {line.split()[0] for line in listing.stdout.splitlines()}
    assert targets >= {"help", "compile", "check", "test", "deploy", "bench", "clean"}


@pytest.mark.slow
def test_rooms_import_downwards_only() -> None:
    run = subprocess.run(
        [
            Path(sys.executable).parent / "lint-imports",
            "--no-cache",
            "--config",
            ROOT / "pyproject.toml",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 0, run.stdout
    assert " 0 broken." in run.stdout

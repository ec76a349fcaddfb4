"""What the source of this project never does."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from support import ROOT

SOURCES = sorted(
    path
    for folder in ("compiler", "tools", "docs", ".github", ".ci")
    for path in (ROOT / folder).rglob("*.py")
)
FORBIDDEN_CALLS = {
    "eval": "runs text as a program",
    "exec": "runs text as a program",
    "compile": "makes a program of text",
    "__import__": "imports what a text names",
    "yaml.load": "builds whatever a tag names",
    "yaml.load_all": "builds whatever a tag names",
    "yaml.unsafe_load": "builds whatever a tag names",
    "yaml.full_load": "builds whatever a tag names",
    "tempfile.mktemp": "names a file that somebody else can make first",
    "urllib.request.urlopen": "opens connections",
    "urlopen": "opens connections",
    "os.system": "starts a shell",
    "os.popen": "starts a shell",
    "subprocess.getoutput": "starts a shell",
    "subprocess.getstatusoutput": "starts a shell",
}
FORBIDDEN_MODULES = {
    *("pickle", "cPickle", "dill", "shelve", "marshal"),
    *("urllib.request", "http.client", "ftplib", "smtplib", "telnetlib", "requests"),
}
READERS = {"open", "io.open", "os.fdopen"}
PATH_METHODS = {"read_text": 0, "write_text": 1}


def name_of(node: ast.expr) -> str:
    """The dotted name of what is called."""
    if isinstance(node, ast.Name):
        return node.id
    return f"{name_of(node.value)}.{node.attr}" if isinstance(node, ast.Attribute) else "?"


def find_offences(source: str) -> Iterator[str]:
    """What a module does that it must not, with the line."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import | ast.ImportFrom):
            modules = [alias.name for alias in node.names]
            if isinstance(node, ast.ImportFrom):
                modules = [node.module or "", *(f"{node.module}.{name}" for name in modules)]
            for module in FORBIDDEN_MODULES & set(modules):
                yield f"{node.lineno}: import of {module}"
        if isinstance(node, ast.Call):
            yield from (f"{node.lineno}: {what}" for what in find_bad_call(node))


def find_bad_call(node: ast.Call) -> Iterator[str]:
    name = name_of(node.func)
    keywords = {one.arg: one.value for one in node.keywords}
    if name in FORBIDDEN_CALLS:
        yield f"{name} {FORBIDDEN_CALLS[name]}"
    for keyword, value in (("shell", True), ("autoescape", False)):
        given = keywords.get(keyword)
        if given is not None and not (isinstance(given, ast.Constant) and given.value is not value):
            yield f"{keyword}={value}"
    if is_text_mode(node, name, keywords) and "encoding" not in keywords:
        yield f"{name} without an encoding"


def is_text_mode(node: ast.Call, name: str, keywords: dict[str | None, ast.expr]) -> bool:
    """Whether a call reads or writes a file as text."""
    method = name.rsplit(".", 1)[-1]
    if method in PATH_METHODS:
        # A method of a path takes so many arguments; one of ours that has its name takes more.
        return "." in name and len(node.args) == PATH_METHODS[method]
    is_method = (
        method == "open" and "." in name and name not in {*READERS, "os.open", "tarfile.open"}
    )
    if name not in READERS and not is_method:
        return False
    at = 0 if is_method else 1
    mode = keywords.get("mode", node.args[at] if len(node.args) > at else None)
    return not (isinstance(mode, ast.Constant) and "b" in str(mode.value))


@pytest.mark.parametrize("path", SOURCES, ids=[str(path.relative_to(ROOT)) for path in SOURCES])
def test_the_source_neither_runs_text_nor_guesses_encodings(path: Path) -> None:
    assert list(find_offences(path.read_text(encoding="utf-8"))) == []


def test_the_whole_compiler_is_looked_at() -> None:
    assert len(SOURCES) > 80


@pytest.mark.parametrize(
    "line",
    [
        "yaml.load(text)",
        "yaml.load(text, Loader=yaml.SafeLoader)",
        "yaml.unsafe_load(text)",
        "eval('1')",
        "exec(text)",
        "import pickle",
        "from pickle import loads",
        "from urllib.request import urlopen",
        "import urllib.request",
        "urlopen(address)",
        "subprocess.run(command, shell=True)",
        "subprocess.run(command, shell=is_shell)",
        "Environment(autoescape=False)",
        "tempfile.mktemp()",
        "os.system('ls')",
        "open(path)",
        "open(path, 'w')",
        "open(path, mode='a')",
        "path.open()",
        "path.open('w')",
        "path.read_text()",
        "path.write_text(text)",
    ],
)
def test_each_offence_is_noticed(line: str) -> None:
    assert len(list(find_offences(line))) >= 1


@pytest.mark.parametrize(
    "line",
    [
        "yaml.parse(text, Loader=yaml.CSafeLoader)",
        "yaml.safe_load(text)",
        "literal_eval('1')",
        "re.compile('x')",
        "subprocess.run(command, shell=False)",
        "subprocess.run(command)",
        "open(path, 'rb')",
        "open(path, mode='wb')",
        "open(path, encoding='utf-8')",
        "path.open('rb')",
        "path.open(encoding='utf-8')",
        "path.read_text(encoding='utf-8')",
        "path.write_text(text, encoding='utf-8')",
        "os.open(path, os.O_WRONLY)",
    ],
)
def test_what_is_harmless_is_let_through(line: str) -> None:
    assert list(find_offences(line)) == []

"""What tests share: a spec in, what became of it out."""

from __future__ import annotations

import io
import subprocess
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import yaml

from watchspec.cli import main
from watchspec.diagnostics import Diagnostic, Severity
from watchspec.model.compiled import CompiledSpec
from watchspec.model.monitoring import Monitoring
from watchspec.pipeline import compile_spec, resolve_spec

ROOT = Path(__file__).parent.parent
HEAD = """\
version: v1
service: shop
environments:
  prod: {region: eu-west-1}
"""
"""The least a spec has to say; four lines, so what follows begins on line 5."""


def compile_text(text: str, folder: Path) -> CompiledSpec:
    """What becomes of a spec with this text."""
    path = folder / "spec.yaml"
    path.write_text(text, encoding="utf-8")
    return compile_spec(str(path))


def check_text(text: str, folder: Path) -> list[Diagnostic]:
    """What `watchspec check` says of a spec with this text."""
    path = folder / "spec.yaml"
    path.write_text(text, encoding="utf-8")
    return list(compile_spec(str(path), emits=False).diagnostics)


def resolve_text(text: str, folder: Path, environment: str = "prod") -> Monitoring:
    """The monitoring of a spec that has no errors."""
    path = folder / "spec.yaml"
    path.write_text(text, encoding="utf-8")
    resolved = resolve_spec(str(path))
    assert resolved.value is not None, resolved.diagnostics
    return next(one for one in resolved.value if one.environment.name == environment)


def errors(compiled: CompiledSpec) -> list[Diagnostic]:
    """The errors alone."""
    return [one for one in compiled.diagnostics if one.severity is Severity.ERROR]


def only_error(compiled: CompiledSpec, rule: str) -> Diagnostic:
    """The one error there is, which must be of this rule."""
    found = errors(compiled)
    assert [one.rule for one in found] == [rule], found
    return found[0]


def marked_text(diagnostic: Diagnostic) -> str:
    """What stands under the caret of a finding."""
    place = diagnostic.location
    assert place is not None
    line = Path(place.file).read_text(encoding="utf-8").split("\n")[place.line - 1]
    return line[place.column - 1 : place.column - 1 + place.width]


def template(compiled: CompiledSpec, environment: str = "prod", region: str = "") -> dict[str, Any]:
    """The template of an environment (in its own Region unless another is named), parsed."""
    assert not errors(compiled), errors(compiled)
    chosen = [one for one in compiled.templates if one.environment == environment]
    if region:
        chosen = [one for one in chosen if one.region == region]
    body: dict[str, Any] = yaml.safe_load(chosen[0].text)
    return body


def resource(body: dict[str, Any], logical_id: str) -> dict[str, Any]:
    """The properties of a resource."""
    properties: dict[str, Any] = body["Resources"][logical_id]["Properties"]
    return properties


def run_watchspec(*arguments: str, folder: Path, **kwargs: Any) -> subprocess.CompletedProcess[str]:
    """The command line in a process of its own, in a folder of its own."""
    return subprocess.run(
        [sys.executable, "-m", "watchspec", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
        **kwargs,
    )


def call_watchspec(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """The command line in this process, in a folder of its own: the same answer, much sooner."""
    streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2)]
    out, err = streams
    before, sys.argv = sys.argv, ["watchspec", *arguments]
    code: Any = 0
    try:
        with chdir(folder), redirect_stdout(out), redirect_stderr(err):
            main()
    except SystemExit as exit_:
        code = exit_.code or 0
    finally:
        sys.argv = before
    texts = []
    for stream in streams:
        stream.flush()
        stream.seek(0)
        texts.append(stream.read())
    return subprocess.CompletedProcess(list(arguments), code, *texts)

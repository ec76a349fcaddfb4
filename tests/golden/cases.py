"""The golden cases: each folder holds a spec that shows one thing, and the stacks made of it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from support import ROOT
from watchspec.model.compiled import CompiledSpec
from watchspec.model.template import Template
from watchspec.pipeline import compile_spec

FOLDER = Path(__file__).parent
CASES = tuple(sorted(path.parent.name for path in FOLDER.glob("*/spec.yaml")))


@cache
def compile_case(case: str) -> CompiledSpec:
    """What becomes of the spec of a case."""
    return compile_spec(str(FOLDER / case / "spec.yaml"))


@cache
def every_stack() -> dict[str, Template]:
    """Every stack of every golden case and of the specs that come with the project, by name."""
    specs = {case: compile_case(case) for case in CASES}
    for path in sorted((ROOT / "specs").glob("*.yaml")):
        specs[path.stem] = compile_spec(str(path))
    return {
        f"{name}/{one.stack_name}": one for name, spec in specs.items() for one in spec.templates
    }

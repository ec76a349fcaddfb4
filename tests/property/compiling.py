"""Specs as data in, parsed templates out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from property.spec_text import Data, write_spec
from support import compile_text, errors
from watchspec.model.compiled import CompiledSpec


def compile_data(spec: Data, folder: Path) -> CompiledSpec:
    """What becomes of a spec given as data."""
    return compile_text(write_spec(spec), folder)


def template_texts(spec: Data, folder: Path) -> dict[str, str]:
    """The templates of a spec without errors, by `environment Region`."""
    compiled = compile_data(spec, folder)
    assert not errors(compiled), errors(compiled)
    return {f"{one.environment} {one.region}": one.text for one in compiled.templates}


def parse(text: str) -> dict[str, Any]:
    """A template as PyYAML reads it."""
    body: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return body


def templates(spec: Data, folder: Path) -> dict[str, dict[str, Any]]:
    """The same, parsed."""
    return {place: parse(text) for place, text in template_texts(spec, folder).items()}

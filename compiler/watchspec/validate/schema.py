"""The JSON Schema of a spec version, found wherever watchspec is installed."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema_rs

import watchspec

Schema = dict[str, Any]


def schema_root() -> Path:
    """The folder of the schemas: inside a wheel, or beside `compiler/` in a checkout."""
    package = Path(watchspec.__file__).resolve().parent
    for folder in (package / "schema", package.parent.parent / "schema"):
        if folder.is_dir():
            return folder
    raise FileNotFoundError("the schema folder is missing from this installation")


@cache
def read_schema(version: str, kind: str = "spec") -> Schema:
    """The schema of a version, such as `v1`, of specs or of project files."""
    path = schema_root() / version / f"{kind}.schema.json"
    schema: Schema = json.loads(path.read_text(encoding="utf-8"))
    return schema


@cache
def read_body_schema(definition: str) -> Schema:
    """The schema of a part of a dashboard body, such as a `widget` or a `variable`."""
    text = files("watchspec.catalog").joinpath("dashboard_body.schema.json").read_text("utf-8")
    schema: Schema = json.loads(text)
    return {**schema["$defs"][definition], "$defs": schema["$defs"]}


@cache
def quick_body_validator(definition: str) -> Any:  # noqa: ANN401 - see quick_validator
    """A validator of a part of a dashboard body."""
    return jsonschema_rs.validator_for(read_body_schema(definition))


@cache
def quick_validator(version: str, kind: str = "spec") -> Any:  # noqa: ANN401 - the library's validators share no public type
    """A validator that says yes forty times faster than jsonschema, but cannot say why not."""
    return jsonschema_rs.validator_for(read_schema(version, kind))

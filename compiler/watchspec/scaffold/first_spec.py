"""A small spec with comments that compiles at once, and the schema its editor wants."""

from __future__ import annotations

import shutil
from importlib.resources import files
from pathlib import Path


def write_first_spec(folder: Path, service: str, schema: Path) -> tuple[Path, ...]:
    """Write `specs/<service>.yaml` and, if it is missing, a copy of the schema; give their paths.

    Raises FileExistsError if the spec exists; nothing is overwritten.
    """
    spec = folder / "specs" / f"{service}.yaml"
    if spec.exists():
        raise FileExistsError(spec.as_posix())
    text = files("watchspec.scaffold").joinpath("first_spec.yaml").read_text(encoding="utf-8")
    spec.parent.mkdir(parents=True, exist_ok=True)
    spec.write_text(text.format(service=service), encoding="utf-8", newline="\n")
    copy = folder / "schema" / schema.parent.name / schema.name
    if copy.exists():
        return (spec,)
    copy.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(schema, copy)
    return spec, copy

"""A small spec with comments that compiles at once, and the schema its editor wants."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def write_first_spec(folder: Path, service: str, schema: Path) -> tuple[Path, ...]:
    """Write `specs/<service>.yaml` and, if it is missing, a copy of the schema; give their paths.

    Raises OSError if a file cannot be made; nothing is overwritten, and no link is followed.
    """
    text = files("watchspec.scaffold").joinpath("first_spec.yaml").read_text(encoding="utf-8")
    spec = folder / "specs" / f"{service}.yaml"
    _write_new(spec, text.format(service=service))
    copy = folder / "schema" / schema.parent.name / schema.name
    if copy.exists():
        return (spec,)
    _write_new(copy, schema.read_text(encoding="utf-8"))
    return spec, copy


def _write_new(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as stream:
        stream.write(text)

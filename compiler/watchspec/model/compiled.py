"""What becomes of one spec."""

from __future__ import annotations

from dataclasses import dataclass

from watchspec.diagnostics import Diagnostic
from watchspec.model.estate import PhysicalName
from watchspec.model.ignores import Ignore
from watchspec.model.template import Template


@dataclass(frozen=True, slots=True)
class CompiledSpec:
    """A spec with all of its environments: templates (none if an error left nothing to emit) and findings.

    `inputs` are the files it was made from, each with the SHA-256 of its bytes; `service` is ""
    if the spec could not be read that far. `diagnostics` are all findings, ignored ones included.
    """

    file: str
    service: str
    environments: tuple[str, ...]
    inputs: tuple[tuple[str, str], ...]
    templates: tuple[Template, ...]
    names: tuple[PhysicalName, ...]
    diagnostics: tuple[Diagnostic, ...]
    ignores: tuple[Ignore, ...] = ()

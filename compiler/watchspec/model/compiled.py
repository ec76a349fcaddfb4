"""What becomes of one spec."""

from __future__ import annotations

from dataclasses import dataclass

from watchspec.diagnostics import Diagnostic
from watchspec.model.estate import PhysicalName
from watchspec.model.template import Template


@dataclass(frozen=True, slots=True)
class CompiledSpec:
    """A spec with all of its environments: templates (none if there were errors) and findings.

    `inputs` are the files it was made from, each with the SHA-256 of its bytes; `service` is ""
    if the spec could not be read that far.
    """

    file: str
    service: str
    environments: tuple[str, ...]
    inputs: tuple[tuple[str, str], ...]
    templates: tuple[Template, ...]
    names: tuple[PhysicalName, ...]
    diagnostics: tuple[Diagnostic, ...]

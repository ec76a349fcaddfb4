"""How long a text will be at deployment."""

from __future__ import annotations

from watchspec.model.monitoring import Monitoring
from watchspec.model.text import ParameterRef, Text

UNKNOWN_CHARACTERS = 64
"""What a value nobody knows before deployment is taken to have; an assumption, so only for warnings."""


def measure(text: Text, monitoring: Monitoring) -> tuple[int, int]:
    """The known characters of a text, and how many values in it nobody knows yet."""
    if isinstance(text, str):
        return len(text), 0
    parameters = {parameter.name: parameter for parameter in monitoring.parameters}
    known = unknown = 0
    for part in text.parts:
        if isinstance(part, str):
            known += len(part)
            continue
        value = None
        if isinstance(part, ParameterRef):
            parameter = parameters[part.name]
            value = parameter.given if parameter.given is not None else parameter.default
        if value is None:
            unknown += 1
        else:
            known += len(value)
    return known, unknown

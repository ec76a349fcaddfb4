"""The formats by name."""

from __future__ import annotations

from collections.abc import Iterable

from watchspec.diagnostics import Diagnostic

FORMATS = ("text", "json", "sarif", "junit", "github")


def write_report(diagnostics: Iterable[Diagnostic], form: str, *, color: bool = False) -> str:
    """The findings in one of FORMATS."""
    if form == "text":
        from watchspec.report.text import write_text  # noqa: PLC0415 - each run needs one of them

        return write_text(diagnostics, color=color)
    from watchspec.report import machine  # noqa: PLC0415 - each run needs one of them

    writers = {
        "json": machine.write_json,
        "sarif": machine.write_sarif,
        "junit": machine.write_junit,
        "github": machine.write_github,
    }
    return writers[form](diagnostics)

"""The formats by name."""

# ruff: noqa: PLC0415 - each run needs one of them

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from watchspec.diagnostics import Diagnostic, Rule, Severity
from watchspec.model.ignores import Suppressed

FORMATS = ("text", "json", "sarif", "junit", "github")


def write_report(  # noqa: PLR0913 - what all the formats need together
    diagnostics: Iterable[Diagnostic],
    form: str,
    *,
    color: bool = False,
    suppressed: Iterable[Suppressed] = (),
    fail_on: Severity = Severity.ERROR,
    rules: Mapping[str, Rule] | None = None,
    pictures: Mapping[Diagnostic, Sequence[str]] | None = None,
) -> str:
    """The findings that count, in one of FORMATS.

    Those that do not (`suppressed`) are counted for people, and listed where a format has a word for
    them. `fail_on` says which are failures of a test run; `rules`, by their ids, explain themselves in
    SARIF; `pictures` are lines that stand below a finding for people.
    """
    found, hidden = tuple(diagnostics), tuple(suppressed)
    if form == "json":
        from watchspec.report.json_text import write_json

        return write_json(found)
    if form == "sarif":
        from watchspec.report.sarif import write_sarif

        return write_sarif(found, hidden, rules or {})
    if form == "junit":
        from watchspec.report.junit import write_junit

        return write_junit(found, hidden, fail_on)
    if form == "github":
        from watchspec.report.github import write_github

        return write_github(found)
    from watchspec.report.text import write_text

    return write_text(found, hidden, color=color, pictures=pictures or {})

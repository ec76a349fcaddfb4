"""Secrets in a file, found before anything else of it is read: no later finding can quote them."""

from __future__ import annotations

from watchspec.catalog.secrets import find_secrets
from watchspec.diagnostics import Findings, Location
from watchspec.load import rules

_SHOWN_SECRETS = 100


def report_secrets(text: str, file: str, found: Findings) -> bool:
    """Report the secrets of a file; whether there are any."""
    secrets = sorted(find_secrets(text), key=lambda one: (one.start, -one.end))
    line, counted, last = 1, 0, -1
    for one in secrets[:_SHOWN_SECRETS]:
        if one.start < last:
            continue  # a part of the one before
        last = one.end
        line += text.count("\n", counted, one.start)
        counted = one.start
        column = one.start - text.rfind("\n", 0, one.start)
        width = len(text[one.start : one.end].split("\n", 1)[0])
        found.error(
            rules.SECRET,
            f"{one.kind} stands in the text",
            Location(file, line, column, width),
            help="declare a parameter with  secret: true  and write ${name}; then make a new secret",
        )
    return bool(secrets)

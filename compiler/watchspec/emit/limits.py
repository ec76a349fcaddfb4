"""What CloudFormation takes in one template."""

from __future__ import annotations

from collections import Counter
from typing import Any

from watchspec.catalog.quotas import (
    TEMPLATE_BYTES,
    TEMPLATE_INLINE_BYTES,
    TEMPLATE_OUTPUTS,
    TEMPLATE_PARAMETERS,
    TEMPLATE_RESOURCES,
)
from watchspec.diagnostics import Findings, Location
from watchspec.emit import rules

_LARGEST_KINDS = 3


def check_limits(
    stack_name: str, body: dict[str, Any], text: str, place: Location, found: Findings
) -> None:
    """Report a template that CloudFormation, or a deployment without a bucket, would refuse."""
    counts = (
        ("resources", len(body["Resources"]), TEMPLATE_RESOURCES),
        ("parameters", len(body.get("Parameters", ())), TEMPLATE_PARAMETERS),
        ("outputs", len(body.get("Outputs", ())), TEMPLATE_OUTPUTS),
    )
    for what, count, most in counts:
        if count > most:
            message = f"stack {stack_name} has {count:,} {what}; {most:,} are the most"
            help_text = f"split the spec into two services{_say_kinds(body)}"
            found.error(rules.TOO_LARGE, message, place, help=help_text)
    size = len(text.encode())
    if size > TEMPLATE_BYTES:
        message = f"the template of stack {stack_name} has {size:,} bytes; {TEMPLATE_BYTES:,} are the most"
        help_text = f"split the spec into two services{_say_kinds(body)}"
        found.error(rules.TOO_LARGE, message, place, help=help_text)
    elif size > TEMPLATE_INLINE_BYTES:
        message = (
            f"the template of stack {stack_name} has {size:,} bytes; "
            f"above {TEMPLATE_INLINE_BYTES:,} it is deployed through an S3 bucket"
        )
        found.note(
            rules.NEEDS_BUCKET, message, place, help="deploy with BUCKET=<name of an S3 bucket>"
        )


def _say_kinds(body: dict[str, Any]) -> str:
    """What fills the stack."""
    kinds = Counter(one["Type"].rsplit("::", 1)[1] for one in body["Resources"].values())
    largest = sorted(kinds.items(), key=lambda item: (-item[1], item[0]))[:_LARGEST_KINDS]
    return "; it holds " + ", ".join(f"{count} x {kind}" for kind, count in largest)

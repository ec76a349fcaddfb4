"""What CloudFormation takes in one template."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from watchspec.catalog.quotas import (
    ALARM_REQUEST_BYTES,
    STACK_NAME_CHARACTERS,
    TEMPLATE_BYTES,
    TEMPLATE_DESCRIPTION_BYTES,
    TEMPLATE_INLINE_BYTES,
    TEMPLATE_OUTPUTS,
    TEMPLATE_PARAMETERS,
    TEMPLATE_RESOURCES,
)
from watchspec.emit import rules
from watchspec.emit.stack import Stack

_LARGEST_KINDS = 3


def check_limits(stack: Stack, stack_name: str, body: dict[str, Any], text: str) -> None:
    """Report a template that CloudFormation, or a deployment without a bucket, would refuse."""
    found = stack.found
    place = stack.monitoring.source.key_place("service")
    split = f"split the spec into two services{_say_kinds(body)}"
    size = len(text.encode())
    for what, count, most, help_text in (
        ("resources", len(body["Resources"]), TEMPLATE_RESOURCES, split),
        ("parameters", len(body.get("Parameters", ())), TEMPLATE_PARAMETERS, split),
        ("outputs", len(body.get("Outputs", ())), TEMPLATE_OUTPUTS, split),
        ("bytes", size, TEMPLATE_BYTES, split),
        (
            "characters in its name",
            len(stack_name),
            STACK_NAME_CHARACTERS,
            "shorten the name of the service or of the environment",
        ),
        (
            "bytes in its description",
            len(body["Description"].encode()),
            TEMPLATE_DESCRIPTION_BYTES,
            "shorten the description of the spec",
        ),
    ):
        if count > most:
            message = f"stack {stack_name} has {count:,} {what}; {most:,} are the most"
            found.error(rules.TOO_LARGE, message, place, help=help_text)
    if TEMPLATE_INLINE_BYTES < size <= TEMPLATE_BYTES:
        message = (
            f"the template of stack {stack_name} has {size:,} bytes; "
            f"above {TEMPLATE_INLINE_BYTES:,} it is deployed through an S3 bucket"
        )
        help_text = "deploy it with --bucket and the name of an S3 bucket"
        found.note(rules.NEEDS_BUCKET, message, place, help=help_text)
    _check_alarms(stack)


def _check_alarms(stack: Stack) -> None:
    """CloudWatch takes alarms of 120 KB; dimensions and expressions can add up to more."""
    for name, resource in stack.resources.items():
        if resource["Type"] != "AWS::CloudWatch::Alarm":
            continue
        # JSON in the place of the request: a lower bound, as a request repeats the names of its parts.
        size = len(json.dumps(resource["Properties"], ensure_ascii=False).encode())
        if size > ALARM_REQUEST_BYTES:
            message = f"the alarm has {size:,} bytes; {ALARM_REQUEST_BYTES:,} are the most"
            stack.found.error(rules.TOO_LARGE, message, stack.origins[(name,)])


def _say_kinds(body: dict[str, Any]) -> str:
    """What fills the stack."""
    kinds = Counter(one["Type"].rsplit("::", 1)[1] for one in body["Resources"].values())
    largest = sorted(kinds.items(), key=lambda item: (-item[1], item[0]))[:_LARGEST_KINDS]
    return "; it holds " + ", ".join(f"{count} x {kind}" for kind, count in largest)

"""What the output folder holds: a template and its parameters for each stack, and a list of stacks.

The list says who made what, so that the files of a stack that is gone can be told from others.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from watchspec.catalog.quotas import TEMPLATE_INLINE_BYTES
from watchspec.model.template import Template

STACKS_FILE = "stacks.json"
_NAME = re.compile(r"[a-z][a-z0-9-]*")


def name_files(stack_name: str) -> tuple[str, str]:
    """The file names of a stack: template and parameters."""
    return f"{stack_name}.yaml", f"{stack_name}.parameters.json"


def describe_stack(template: Template) -> dict[str, Any]:
    """The entry of a stack in the list: all that a deployment needs to know."""
    template_file, parameters_file = name_files(template.stack_name)
    entry: dict[str, Any] = {
        "name": template.stack_name,
        "service": template.service,
        "region": template.region,
        "template": template_file,
        "parameters": parameters_file,
        "tags": dict(template.tags),
    }
    if template.account is not None:
        entry["account"] = template.account
    required = {one.name: one.logical_id for one in template.parameters if one.is_required}
    if required:
        entry["needs_parameters"] = required
    optional = {one.name: one.logical_id for one in template.parameters if not one.is_required}
    if optional:
        entry["has_parameters"] = optional
    if len(template.text.encode()) > TEMPLATE_INLINE_BYTES:
        entry["needs_bucket"] = True
    return entry


def write_parameters(template: Template) -> str:
    """The parameters file of a stack, as `aws cloudformation deploy --parameter-overrides` takes it."""
    values = [
        f"{one.logical_id}={one.value}" for one in template.parameters if one.value is not None
    ]
    return _dump(values)


def write_stacks(entries: Iterable[Mapping[str, Any]]) -> str:
    """The list of stacks, in the order in which they are deployed."""
    return _dump({"stacks": list(entries)})


def read_stacks(text: str, environment: str) -> list[dict[str, Any]] | None:
    """The entries of a list of stacks; None if it is not one of ours.

    Names become paths, so only those that this environment could have made are taken.
    """
    try:
        entries = json.loads(text)["stacks"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    if not isinstance(entries, list):
        return None
    for entry in entries:
        if not isinstance(entry, dict) or not isinstance(entry.get("service"), str):
            return None
        name = entry.get("name")
        if not isinstance(name, str) or not _NAME.fullmatch(name):
            return None
        if not name.startswith(f"{environment}-"):
            return None
    return entries


def _dump(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False) + "\n"

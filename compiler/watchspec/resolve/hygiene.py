"""Texts that CloudFormation would take for something else."""

from __future__ import annotations

import re

from watchspec.diagnostics import Findings, Location
from watchspec.model.source import Map, Node, Seq
from watchspec.resolve import rules

_BRACED_PARAMETER = re.compile(r"\{\{\s*\$\{")
DYNAMIC = re.compile(r"\{\{\s*resolve\s*:", re.IGNORECASE)


def check_hygiene(root: Map, found: Findings) -> None:
    """Report dynamic references and intrinsic functions anywhere in a tree."""
    _check(root, found)


def _check(node: Node, found: Findings) -> None:
    if isinstance(node, Map):
        for key, value, key_place, place in node.entries():
            if key == "Ref" or key.startswith("Fn::"):
                message = f'"{key}" is a CloudFormation function, not data'
                help_text = "refer to a value or a parameter as ${name}"
                found.error(rules.INTRINSIC, message, key_place, help=help_text)
            _check_text(key, found, key_place)
            if isinstance(value, str):
                _check_text(value, found, place)
            else:
                _check(value, found)
    elif isinstance(node, Seq):
        for value, place in node.entries():
            if isinstance(value, str):
                _check_text(value, found, place)
            else:
                _check(value, found)


def _check_text(text: str, found: Findings, place: Location) -> None:
    if "{{" in text and _BRACED_PARAMETER.search(text):
        found.error(
            rules.DYNAMIC_REFERENCE,
            "a parameter behind {{ could make a dynamic reference ({{resolve:…}})",
            place,
            help="declare a parameter with ssm, and refer to it as ${name}",
        )
    elif "{{" in text and DYNAMIC.search(text):
        found.error(
            rules.DYNAMIC_REFERENCE,
            "a dynamic reference ({{resolve:…}}) stands in a text",
            place,
            help="declare a parameter with ssm, and refer to it as ${name}",
        )

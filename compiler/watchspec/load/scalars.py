"""What an unquoted YAML value means: the YAML 1.2 core types, and nothing that reads two ways."""

from __future__ import annotations

import math
import re
import unicodedata
from typing import NamedTuple

from watchspec.diagnostics import Rule, shorten
from watchspec.load import rules
from watchspec.model.source import Scalar, spell_number

MAX_EXACT_INTEGER = 2**53
"""JSON numbers are exact up to here (RFC 8259 section 6, https://www.rfc-editor.org/rfc/rfc8259, read 2026-11-24)."""

_WORDS: dict[str, Scalar] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|(?:0|[1-9][0-9]*)(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_SIGNIFICANT = re.compile(r"[^1-9eE]*[1-9]")
_SPECIAL = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_AMBIGUOUS = re.compile(
    r"[-+]?(?:0[0-9_]+(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?"  # 0123, 00.5
    r"|0[xX][0-9a-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+"  # 0x1F, 0o17, 0b11
    r"|[0-9]+_[0-9_]*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?"  # 1_000
    r"|[0-9]+(?::[0-5]?[0-9])+(?:\.[0-9]*)?)"  # 22:22, base 60 in YAML 1.1
)
_MAY_BE_NUMBER = frozenset("0123456789.+-")
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)


class Refusal(NamedTuple):
    """Why a scalar is refused, and what to type instead."""

    rule: Rule
    message: str
    help: str


def resolve_plain(text: str) -> Scalar | Refusal:
    """The value of an unquoted scalar."""
    if text in _WORDS:
        return _WORDS[text]
    return _resolve_number(text) if text[0] in _MAY_BE_NUMBER else text


def _resolve_number(text: str) -> Scalar | Refusal:
    """The number a text is, or the text itself if it only begins like one."""
    if _INTEGER.fullmatch(text):
        return _resolve_integer(text)
    if _FLOAT.fullmatch(text):
        return _resolve_float(text)
    if _SPECIAL.fullmatch(text):
        return Refusal(rules.BAD_NUMBER, f'"{text}" is not a number a template can hold', "")
    if _AMBIGUOUS.fullmatch(text):
        return Refusal(
            rules.AMBIGUOUS_SCALAR,
            f"{shorten(text, 24)} is read differently by different YAML readers",
            f'quote it ("{text}") or write a plain decimal number'
            if shorten(text, 24) == text
            else "quote it, or write a plain decimal number",
        )
    return text


def describe_forbidden(text: str) -> str:
    """The first forbidden character of a text by code point and name, or an empty string."""
    found = FORBIDDEN.search(text)
    if found is None:
        return ""
    character = found.group()
    name = unicodedata.name(character, "a control character")
    return f"U+{ord(character):04X} ({name})"


def _resolve_integer(text: str) -> Scalar | Refusal:
    if len(text) > len(str(MAX_EXACT_INTEGER)) + 1 or abs(int(text)) > MAX_EXACT_INTEGER:
        return Refusal(
            rules.BAD_NUMBER,
            f"{shorten(text, 24)} is larger than the largest exact number, 2^53",
            "quote it if it is a name or an id",
        )
    if text == "-0":
        return Refusal(rules.BAD_NUMBER, "-0 is not a number a template can hold", "write 0")
    return _refuse_spelling(text, text[1:]) if text.startswith("+") else int(text)


def _resolve_float(text: str) -> Scalar | Refusal:
    value = float(text)
    if abs(value) >= MAX_EXACT_INTEGER:
        return Refusal(
            rules.BAD_NUMBER,
            f"{shorten(text, 24)} is larger than the largest exact number, 2^53",
            "quote it if it is a name or an id",
        )
    if value == 0 and _SIGNIFICANT.match(text):
        return Refusal(
            rules.BAD_NUMBER,
            f"{shorten(text, 24)} is smaller than any number a template can hold",
            "",
        )
    if value == 0 and math.copysign(1, value) < 0:
        return Refusal(rules.BAD_NUMBER, f"{text} is not a number a template can hold", "write 0")
    spelt = spell_number(value)
    return value if spelt == text else _refuse_spelling(text, spelt.removesuffix(".0"))


def _refuse_spelling(text: str, spelt: str) -> Refusal:
    """A number forgets how it was written, which matters where it becomes part of a text."""
    return Refusal(
        rules.AMBIGUOUS_SCALAR,
        f"{shorten(text, 24)} is the number {shorten(spelt, 24)}, or a text",
        f'write {shorten(spelt, 24)}, or quote it ("{shorten(text, 24)}") if it is a text',
    )

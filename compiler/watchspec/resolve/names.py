"""Names in AWS: made by the spec's pattern, or given, and checked against what AWS allows."""

from __future__ import annotations

import re
from dataclasses import dataclass

from watchspec.catalog.quotas import STACK_NAME_CHARACTERS
from watchspec.diagnostics import Location
from watchspec.model.references import Reference, find_references, split_text
from watchspec.model.source import Map
from watchspec.resolve import rules
from watchspec.resolve.context import Context

RESERVED_FOLDERS = frozenset(
    (
        "con",
        "prn",
        "aux",
        "nul",
        *(f"{device}{n}" for device in ("com", "lpt") for n in range(1, 10)),
    )
)
"""Names of devices on Windows, which can be neither file nor folder.

Source: https://learn.microsoft.com/windows/win32/fileio/naming-a-file (read 2026-11-24)
"""
NAME_VARIABLES = ("environment", "service", "name")


@dataclass(frozen=True, slots=True)
class NameRule:
    """What AWS allows for a kind of name."""

    kind: str
    pattern: re.Pattern[str]
    max_length: int
    words: str


_ASCII = re.compile(r"[ -~]+")
_PLAIN = re.compile(r"[A-Za-z0-9_-]+")

ALARM = NameRule("alarm", _ASCII, 255, "ASCII characters")
"""Topic policies match alarm names by ARN only if they are ASCII; length: API PutMetricAlarm.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html (read 2026-11-24)
"""
DASHBOARD = NameRule("dashboard", _PLAIN, 255, "letters, digits, dashes and underscores")
"""Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutDashboard.html (read 2026-11-24)"""
TOPIC = NameRule("topic", _PLAIN, 256, "letters, digits, dashes and underscores")
"""Source: https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html (read 2026-11-24)"""
EVENT_RULE = NameRule(
    "event rule",
    re.compile(r"[.A-Za-z0-9_-]+"),
    64,
    "letters, digits, dots, dashes and underscores",
)
"""Source: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html (read 2026-11-24)"""
SAVED_QUERY = NameRule("saved query", _ASCII, 255, "ASCII characters")
"""Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutQueryDefinition.html (read 2026-11-24)"""
METRIC_FILTER = NameRule(
    "metric filter", re.compile(r"[^:*\x00-\x1f]+"), 512, "no colon and no asterisk"
)
"""Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html (read 2026-11-24)"""
MUTE_RULE = NameRule("mute rule", _ASCII, 255, "ASCII characters")
"""Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutAlarmMuteRule.html (read 2026-11-24)"""
LOG_GROUP = NameRule(
    "log group", re.compile(r"[.\-_/#A-Za-z0-9]+"), 512, "letters, digits and . - _ / #"
)
"""Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html (read 2026-11-24)"""
NEW_LOG_GROUP = NameRule(
    "log group",
    re.compile(r"(?!aws/)[.\-_/#A-Za-z0-9]+"),
    512,
    "letters, digits and . - _ / #, and not aws/ at the beginning, which AWS keeps to itself",
)
"""Source: as above."""
STACK = NameRule(
    "stack",
    re.compile(r"[A-Za-z][A-Za-z0-9-]*"),
    STACK_NAME_CHARACTERS,
    "letters, digits and dashes",
)
"""Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html (read 2026-11-24)"""


def name_thing(context: Context, rule: NameRule, base: str, node: Map, place: Location) -> str:
    """The name of a thing in AWS: its `name`, or the naming pattern around `base`."""
    given = node.get("name")
    if isinstance(given, str):
        place = node.place("name")
        name = context.try_settle(given, place)
        if name is None:
            return given
    else:
        name = apply_pattern(context, base)
    check_name(context, rule, name, place)
    return name


def apply_pattern(context: Context, base: str) -> str:
    """The naming pattern with a name in it."""
    values = {"environment": context.environment.name, "service": context.service, "name": base}
    pieces = split_text(context.naming_pattern)
    return "".join(
        values.get(piece.name, "") if isinstance(piece, Reference) else piece for piece in pieces
    )


def check_pattern(pattern: str, place: Location, context: Context) -> None:
    """Report a naming pattern that could not make different names."""
    names = [reference.name for reference in find_references(pattern)]
    unknown = [name for name in names if name not in NAME_VARIABLES]
    if unknown:
        message = f'a naming pattern cannot hold "{unknown[0]}"'
        help_text = "use ${environment}, ${service} and ${name}"
        context.found.error(rules.BAD_PATTERN, message, place, help=help_text)
    elif "name" not in names:
        message = "the naming pattern does not hold ${name}"
        context.found.error(rules.BAD_PATTERN, message, place, help="add ${name}")


def check_name(context: Context, rule: NameRule, name: str, place: Location) -> None:
    """Report a name AWS would refuse."""
    if len(name) > rule.max_length:
        message = f'the {rule.kind} name "{name[:40]}…" has {len(name)} characters; {rule.max_length} are the most'
        context.found.error(rules.BAD_NAME, message, place)
    elif not rule.pattern.fullmatch(name):
        message = f'"{name}" is not possible as the name of a {rule.kind}'
        context.found.error(rules.BAD_NAME, message, place, help=f"use {rule.words}")


def title_of(key: str) -> str:
    """A heading made of a key: `ecs_cpu` and `ecs-cpu` become "Ecs cpu"."""
    words = re.sub(r"[-_]+", " ", key).strip()
    return words[:1].upper() + words[1:]

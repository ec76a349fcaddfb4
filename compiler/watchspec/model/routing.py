"""Who hears of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from watchspec.diagnostics import Location
from watchspec.model.source import Map
from watchspec.model.text import Property, Text

Protocol: TypeAlias = Literal["email", "sms", "https", "lambda"]


@dataclass(frozen=True, slots=True)
class Subscription:
    """One endpoint of a topic; `endpoint` is never personal data in plain text."""

    protocol: Protocol
    endpoint: Text


@dataclass(frozen=True, slots=True)
class OpsItem:
    """An OpsItem that is opened when an alarm goes off; severity 1 (critical) to 4 (low)."""

    severity: int
    category: str | None


@dataclass(frozen=True, slots=True)
class Route:
    """A way to tell somebody.

    With subscriptions it has a topic of its own, named `topic_name`, in each of `regions`: those
    with alarms or events for it, or the environment's own if there are none. Otherwise
    `existing_topics` gives topics by Region ("" = any Region).
    """

    key: str
    topic_name: str
    display_name: str
    subscriptions: tuple[Subscription, ...]
    existing_topics: tuple[tuple[str, Text], ...]
    ops_item: OpsItem | None
    actions: tuple[Text, ...]
    on_recovery: bool
    on_missing_data: bool
    kms_key: Text | None
    makes_key: bool
    tags: tuple[tuple[str, Text], ...]
    properties: tuple[Property, ...]
    source: Map
    place: Location
    regions: tuple[str, ...] = ()

    @property
    def makes_topic(self) -> bool:
        """Whether the topic is ours."""
        return bool(self.subscriptions)


def says(choice: bool | None, *, default: bool) -> bool:  # noqa: FBT001 - three-valued
    """What an alarm says for itself, or else what its route says."""
    return default if choice is None else choice


NAMED_PATTERNS = {
    "email": r"""[^@\s"\\]+@[^@\s."\\]+(?:\.[^@\s."\\]+)+""",
    "arn": r"""arn:[a-z-]+:[^\s"\\]+""",
}
"""Patterns an author can ask for by name; none of them lets a quote through."""
PATTERN_WORDS: dict[str | None, str] = {
    NAMED_PATTERNS["email"]: "an e-mail address",
    NAMED_PATTERNS["arn"]: "an ARN",
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value known only at deployment.

    `given` is what this environment gives it (None = nothing); `ssm_path` and `export` say where
    it comes from if it is not given. A parameter made of a literal endpoint has no `default`.
    """

    name: str
    description: str
    default: str | None
    given: str | None
    pattern: str | None
    allowed: tuple[str, ...]
    max_length: int | None
    is_secret: bool
    ssm_path: str | None
    export: Text | None
    place: Location


def known_values(parameters: Iterable[Parameter]) -> dict[str, str]:
    """The values that are known before the deployment, by name: the environment's, or defaults."""
    values = ((one.name, one.default if one.given is None else one.given) for one in parameters)
    return {name: value for name, value in values if value is not None}

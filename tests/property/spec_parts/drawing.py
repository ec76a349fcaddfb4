"""A spec while it is drawn: small choices, texts, and what later parts can refer to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeVar

from hypothesis import strategies as st

from property.spec_text import Data

T = TypeVar("T")

_WORDS = (
    "orders", "päyments", "日本語", "it's", '"quoted"', "# no comment", "a: b", "100 %", "{braces}",
    "back\\slash", "[link](https://example.com)", "- dash", "$5", "null", "yes", "0123", "1e3", "x=y",
    "☂", "~", "{{name}}", "*star*", "&amp;", "!tag", "%d", "|", ">", "@at", "`code`", "the AWS::Region",
    "$${MAX}", "a  b", "#", "'", ",", "?", "on", "12:30:00", "1_000", "0x1F", ".5",
)  # fmt: skip
_TAG_WORDS = ("a", "Team 1", "x=y", "1e3", "0123", "yes", "a:b", "e-mail@example", "n/a", "_.+-")

UNITS: dict[str, tuple[Any, ...]] = {
    "Percent": ("70%", "0.5%", "99", 12, "1%"),
    "Bytes": ("2 GiB", "50 GB", 1024, "1.5 MB", "1,000"),
    "Seconds": ("30s", "10m", "2 hours", 1.5, "3"),
    "Milliseconds": ("50 ms", "2s", 250, "1m"),
    "Microseconds": ("50 us", "2 ms", 250, "1s"),
    "Megabytes": ("1 GB", 12, "5 MB", "1 TiB"),
    "Gigabytes": ("2 TB", 3, "5 GB", "1 GiB"),
    "Bytes/Second": ("3 MB/s", 10, "1 kB/s", "1 GiB/s"),
    "Count": (2, 3, "80", 1.5, "1,000"),
    "Count/Second": ("5/s", 3, "0.1", 70),
}
"""What can be written in a CloudWatch unit; no two of one unit are the same amount.

There is no 0: counts are never below it, and always at least that.
"""
NO_UNIT: tuple[Any, ...] = ("$60", 5, "0.25", 1, 3)

_VALUES: dict[str, tuple[Any, ...]] = {
    "team": ("checkout", "0123", "$${MAX}", "été", "${service} people"),
    "keep": ("7 days", "30 days", "2192 days", "never", "1 day"),
    "flag": (True, False),
    "urgency": ("info", "warning", "critical"),
    "limit": (5, "80"),
}
_LISTS: dict[str, list[Any]] = {
    "queue": ["orders", "payments", "a1"],
    "shard": [{"id": "one", "name": "Nº 1"}, {"id": "two", "name": "Nº 2"}],
}
_PARAMETERS: dict[str, tuple[Data, tuple[Any, ...]]] = {
    "p_plain": ({}, ("x", 12)),
    "p_default": ({"default": "a b"}, ("other",)),
    "p_number": ({"default": 5}, (6,)),
    "p_email": ({"pattern": "email"}, ("ops@example.com",)),
    "p_arn": ({"pattern": "arn"}, ("arn:aws:sns:eu-west-1:111122223333:x",)),
    "p_word": ({"pattern": "[a-z0-9-]+", "default": "abc-1"}, ("z",)),
    "p_stage": ({"allowed": ["a", "b", 3], "default": "b"}, ("a", 3)),
    "p_short": ({"max_length": 20}, ("x" * 20,)),
    "p_secret": ({"secret": True}, ("s3cret",)),
    "p_database": ({"ssm": "/shop/${environment}/database"}, ()),
    "p_network": ({"export": "${environment}-network"}, ()),
    "p_phone": ({}, ("+4915112345678",)),
    "p_token": ({"secret": True}, ()),
    "p_function": ({"pattern": "arn"}, ()),
    "p_key": ({}, ()),
}
"""A parameter of each kind, and what an environment may give it."""


@dataclass(frozen=True, slots=True)
class Signal:
    """What others need to know of a metric: what fits it, and how much of an alarm it fills."""

    key: str
    unit: str | None
    period: int
    region: str
    control: Data
    is_single: bool
    metrics: int = 1
    expressions: int = 0
    queries: int = 0
    levels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Alarm:
    """What others need to know of an alarm; `region` "" is that of the environment."""

    key: str
    region: str
    control: Data
    severity: str
    is_composite: bool


@dataclass(frozen=True, slots=True)
class Route:
    """What others need to know of a route: whether alarms of every Region, and events, can use it."""

    key: str
    control: Data
    is_anywhere: bool
    hears_events: bool


@dataclass(slots=True)
class Drawing:
    """A spec that is being drawn, section by section; later sections refer to earlier ones.

    `sliced` are metrics that exist only with dimensions, given with them; `changes` are paths that may
    be changed, each with the new value.
    """

    draw: st.DrawFn
    spec: Data = field(default_factory=dict)
    environments: Data = field(default_factory=dict)
    values: Data = field(default_factory=dict)
    parameters: Data = field(default_factory=dict)
    signals: list[Signal] = field(default_factory=list)
    sliced: list[tuple[Signal, Data]] = field(default_factory=list)
    alarms: list[Alarm] = field(default_factory=list)
    routes: list[Route] = field(default_factory=list)
    logs: list[tuple[str, Data]] = field(default_factory=list)
    queries: list[tuple[str, Data]] = field(default_factory=list)
    changes: list[tuple[str, Any]] = field(default_factory=list)
    number: int = 0

    # Small choices

    def below(self, limit: int) -> int:
        return self.draw(_below(limit))

    def pick(self, choices: Sequence[T]) -> T:
        return choices[self.below(len(choices))]

    def choose(self, *choices: Any) -> Any:
        """One of the choices; a function is called, and only if it was chosen."""
        chosen = self.pick(choices)
        return chosen() if callable(chosen) else chosen

    def chance(self, one_in: int = 3) -> bool:
        return self.below(one_in) == one_in - 1

    def some(self, choices: Sequence[T], most: int = 3) -> list[T]:
        """At least one of the choices, each once."""
        left = list(choices)
        wanted = 1 + self.below(min(most, len(left)))
        return [left.pop(self.below(len(left))) for _ in range(wanted)]

    def maybe(self, target: Data, key: str, make: Callable[[], Any], one_in: int = 3) -> None:
        if self.chance(one_in):
            target[key] = make()

    def name(self, words: Sequence[str]) -> str:
        """A name nobody has yet."""
        self.number += 1
        return f"{self.pick(words)}{self.number}"

    # Texts

    def line(self) -> str:
        """One line that is known at compile time."""
        return " ".join(self.choose(*self._known_words()) for _ in self.some((1, 2, 3)))

    def late_line(self) -> str:
        """One line that may hold what only a deployment knows."""
        words = (*self._known_words(), self.parameter, self.parameter, "${account}")
        return " ".join(self.choose(*words) for _ in self.some((1, 2, 3)))

    def prose(self) -> str:
        return "\n".join(self.line() for _ in self.some((1, 2)))

    def late_prose(self) -> str:
        return "\n".join(self.late_line() for _ in self.some((1, 2)))

    def _known_words(self) -> tuple[Any, ...]:
        values = (lambda: self.value("team"), lambda: f"no. {self.value('limit')}")
        return (*_WORDS, "${environment}", "${service}", "${region}", *values)

    def tags(self) -> Data:
        late = (self.parameter, lambda: self.value("team"), "${environment}")
        keys = self.some(("team", "cost center", "a/b:c", "Stage"), 2)
        return {key: self.choose(*_TAG_WORDS, *late) for key in keys}

    def flag(self) -> Any:
        flags = (True, False, lambda: self.value("flag"))
        return self.choose(*flags)

    def kms_key(self, *written_out: str) -> Any:
        return self.choose("create", lambda: self.declare("p_key"), *written_out)

    def duration(self, seconds: int) -> str:
        units = (
            (1, ("s", " seconds")), (60, ("m", " min")), (3600, ("h", " hours")), (86400, ("d", " days")),
        )  # fmt: skip
        fitting = [(size, word) for size, words in units for word in words if seconds % size == 0]
        size, word = self.pick(fitting)
        return f"{seconds // size}{word}"

    # Values and parameters come into being when somebody wants them

    def value(self, kind: str) -> str:
        """A reference to a value of a kind, given by the spec or by every environment."""
        name = f"v_{kind}"
        homes = [self.values, *(one.get("values", {}) for one in self.environments.values())]
        if not any(name in home for home in homes):
            if self.chance(2):
                self.values[name] = self.pick(_VALUES[kind])
            else:
                for environment in self.environments.values():
                    given = environment.setdefault("values", {})
                    given[name] = self.pick(_VALUES[kind])
        return f"${{{name}}}"

    def loop(self, kind: str) -> Data:
        """The items of a `for_each`: written there, or a value."""
        if self.chance(2):
            return {kind: deepcopy(_LISTS[kind])}
        self.values[f"all_{kind}s"] = _LISTS[kind]
        return {kind: f"${{all_{kind}s}}"}

    def parameter(self) -> str:
        """A reference to a parameter of any kind."""
        return self.declare(self.pick(tuple(_PARAMETERS)))

    def declare(self, name: str) -> str:
        """Declare a parameter, unless somebody has; environments may give it a value."""
        if name in self.parameters:
            return f"${{{name}}}"
        facts, given = _PARAMETERS[name]
        self.parameters[name] = dict(facts)
        self.maybe(self.parameters[name], "description", lambda: self.pick(("Where to", "日本")), 2)
        for environment in self.environments.values():
            if given and self.chance(3):
                environment.setdefault("parameters", {})[name] = self.pick(given)
        return f"${{{name}}}"

    # Who may refer to whom

    def control(self) -> Data:
        """Where a thing exists: usually everywhere."""
        if not self.chance(4):
            return {}
        if self.chance(2):
            return {"only": self.some(tuple(self.environments))}
        for name in self.some(tuple(self.environments)):
            self.environments[name].setdefault("values", {})["api_host"] = "api.example.com"
        return {"where_given": "api_host"}

    def fits(self, one: Data, user: Data) -> bool:
        """Whether what exists where `one` says can be used by what exists where `user` says."""
        return not one or one == user

    def put(self, section: str, key: str, body: Data, control: Data) -> None:
        self.spec.setdefault(section, {})[key] = body | deepcopy(control)


def make_arn(service: str, resource: str) -> str:
    """An ARN of the place a stack is deployed to."""
    return f"arn:${{partition}}:{service}:${{region}}:${{account}}:{resource}"


@cache
def _below(limit: int) -> st.SearchStrategy[int]:
    """A number from 0 to below the limit."""
    return st.integers(0, limit - 1)

"""Mistakes that can be made in a valid spec, and the things they are in."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any, NamedTuple

from hypothesis import strategies as st

from property.spec_text import Data, Path

REMOVED = object()
_REQUIRED = {
    "alarms": ("severity", "when"),
    "dashboards": ("rows",),
    "environments": ("region",),
    "events": ("severity",),
    "health_checks": ("host", "alarm"),
    "logs": ("group",),
    "mutes": ("alarms", "schedule", "duration", "reason"),
    "queries": ("question", "query"),
}
_SECTIONS = (*_REQUIRED, "metrics", "notify", "parameters")
_LISTS = ("notify", "any", "all", "logs", "only")
_WORDS = ("severity", "log", "made_in", "where_given", "color", "statistic", "missing_data")
_AMOUNTS = ("above", "at_least", "below", "at_most", "outside_band", "above_band", "below_band")
_OTHERS: Data = {
    "level": "nowhere",
    "datapoints": "3 of 2",
    "for": "7s",
    "period": "61s",
    "retention": "29 days",
    "duration": "16 days",
    "rule": "ALARM(nowhere) AND",
    "expression": "nowhere / 2",
    "kms_key": {"no": "key"},
    "host": 5,
    "port": "many",
    "rows": [],
    "enabled": "perhaps",
    "schedule": 7,
    "given": {"Upper": "x"},
    "width": 25,
}
"""What cannot stand under a key, wherever it is."""


class Mistake(NamedTuple):
    """One mistake: the thing it is in, the value that is wrong, and what is written instead."""

    kind: str
    thing: Path
    path: Path
    value: Any


@st.composite
def mistakes(draw: st.DrawFn, spec: Data) -> list[Mistake]:
    """One mistake of each kind that a spec can have."""
    by_kind: dict[str, list[Mistake]] = {}
    for mistake in _find_mistakes(spec):
        by_kind.setdefault(mistake.kind, []).append(mistake)
    return [draw(st.sampled_from(choices)) for choices in by_kind.values()]


def without_changes(spec: Data) -> Data:
    """A spec in which nothing can put a mistake right again."""
    bare = deepcopy(spec)
    for place in (bare, *bare["environments"].values()):
        place.pop("changes", None)
    return bare


def make_mistake(spec: Data, mistake: Mistake) -> Data:
    """The spec with one mistake in it."""
    broken = deepcopy(spec)
    node: Any = broken
    for step in mistake.path[:-1]:
        node = node[step]
    if mistake.value is REMOVED:
        del node[mistake.path[-1]]
    else:
        node[mistake.path[-1]] = mistake.value
    return broken


def _find_mistakes(spec: Data) -> Iterator[Mistake]:
    for section in _SECTIONS:
        for key, body in spec.get(section, {}).items():
            thing: Path = (section, key)
            yield Mistake("unknown key", thing, (*thing, "nonsense"), 1)
            for needed in _REQUIRED.get(section, ()):
                yield Mistake("missing key", thing, (*thing, needed), REMOVED)
                yield Mistake("wrong type", thing, (*thing, needed), 5)
            yield Mistake("unknown environment", thing, (*thing, "only"), ["nowhere"])
            if section != "environments":
                yield from _find_inside(thing, thing, body)


def _find_inside(thing: Path, path: Path, node: Data) -> Iterator[Mistake]:
    """Mistakes in a mapping, and in those inside that exist wherever it does."""
    for key, value in node.items():
        here = (*path, key)
        if key in _LISTS and isinstance(value, list):
            yield Mistake(f"nobody in {key}", thing, here, ["nowhere"])
        elif key in _WORDS:
            yield Mistake(f"no such {key}", thing, here, "nowhere")
        elif key in _AMOUNTS:
            yield Mistake("no such unit", thing, here, "5 parsecs")
        elif key in _OTHERS:
            yield Mistake(f"impossible {key}", thing, here, _OTHERS[key])
        if isinstance(value, str):
            yield Mistake("unknown name", thing, here, f"{value} ${{nowhere}}")
            yield Mistake("malformed reference", thing, here, "${AWS::Region}")
            if "for_each" not in path:  # an item of a loop that nothing uses is never deployed
                yield Mistake("dynamic reference", thing, here, "{{resolve:ssm:/a}}")
        for deeper, inner in _inner(here, value):
            yield from _find_inside(thing, deeper, inner)
    if path == thing or path[-1] in {"when", "runbook", "alarm"}:
        yield Mistake("function", thing, (*path, "Fn::Sub"), "x")


def _inner(path: Path, value: Any) -> Iterator[tuple[Path, Data]]:
    if isinstance(value, dict) and "only" not in value:
        yield path, value
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _inner((*path, index), item)

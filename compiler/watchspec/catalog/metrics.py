"""What AWS publishes: unit, interval and usual statistic of a metric.

`metrics.json` holds 87 namespaces with their sources (see its `_meta` and NOTICE).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from watchspec.diagnostics import find_names

_NEAR = 0.9
"""How alike a misspelt name and the right one are at least, from 0 to 1; a matter of judgement."""


@dataclass(frozen=True, slots=True)
class MetricFacts:
    """What is known of a metric; None and 60 seconds where nothing is."""

    unit: str | None = None
    period_seconds: int = 60
    statistic: str | None = None


def look_up_metric(namespace: str, name: str) -> MetricFacts:
    """The facts of a metric; empty facts for one that is not in the catalog."""
    entry = _catalog().get(namespace, {}).get("metrics", {}).get(name)
    if entry is None:
        return MetricFacts()
    statistic = entry.get("default_stat")
    if statistic is None and len(entry.get("stats", ())) == 1:
        statistic = entry["stats"][0]
    return MetricFacts(entry.get("unit"), entry.get("period", 60), statistic)


@cache
def known_namespaces() -> frozenset[str]:
    """The namespaces of AWS, those without a list of metrics included."""
    catalog = _catalog()
    return frozenset(catalog).union(catalog["_meta"]["other_namespaces"]) - {"_meta"}


@cache
def known_metrics(namespace: str) -> frozenset[str]:
    """The metrics of a namespace; none if there is no list of them."""
    return frozenset(_catalog().get(namespace, {}).get("metrics", ()))


def is_complete(namespace: str) -> bool:
    """Whether the list of a namespace was checked against AWS's documentation."""
    return bool(_catalog().get(namespace, {}).get("tier") == "A")


@cache
def known_dimensions(namespace: str) -> frozenset[str]:
    """The dimensions of the metrics of a namespace; none if they are not known, or one's own."""
    known = _catalog().get(namespace)
    if known is None or known.get("open"):
        return frozenset()
    sets = (names for one in known["metrics"].values() for names in one.get("dimension_sets", ()))
    return frozenset(known["dimensions"]).union(*sets)


def known_dimension_sets(namespace: str, metric: str) -> tuple[frozenset[str], ...]:
    """The sets of dimensions a metric is published with; none if there may be more than is known."""
    entry = _catalog().get(namespace, {}).get("metrics", {}).get(metric, {})
    sets = () if entry.get("partial") else entry.get("dimension_sets", ())
    return tuple(map(frozenset, sets))


def near_miss(word: str, known: Iterable[str]) -> str:
    """The known name a word must have been meant to be, or an empty string.

    Names that differ in digits are different names: 4xxErrorRate and 5xxErrorRate.
    """
    close = find_names(word, known, most=3, alike=_NEAR)
    return next((name for name in close if _digits(name) == _digits(word)), "")


def _digits(word: str) -> str:
    return "".join(character for character in word if character.isdigit())


def split_metric(written: str) -> tuple[str, str] | None:
    """Namespace and name of "Namespace Name"; None if there are not two words."""
    written = written.strip()
    for namespace in _namespaces_with_spaces():
        if written.startswith(f"{namespace} "):
            return namespace, written[len(namespace) + 1 :].strip()
        if written == namespace:
            return None
    namespace, _, name = written.partition(" ")
    return (namespace, name.strip()) if name else None


@cache
def _catalog() -> dict[str, Any]:
    text = files("watchspec.catalog").joinpath("metrics.json").read_text(encoding="utf-8")
    catalog: dict[str, Any] = json.loads(text)
    return catalog


@cache
def _namespaces_with_spaces() -> tuple[str, ...]:
    catalog = _catalog()
    names = [*catalog, *catalog["_meta"]["other_namespaces"]]
    return tuple(sorted((name for name in names if " " in name), reverse=True))

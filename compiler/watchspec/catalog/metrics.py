"""What AWS publishes: unit, interval and usual statistic of a metric.

`metrics.json` holds 90 namespaces with their sources (see its `_meta` and NOTICE).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from watchspec.diagnostics import near_miss

_COUNTS = ("SampleCount", "TC(", "tc", "PR(")
"""Statistics that count data points, whatever the unit of the metric."""


@dataclass(frozen=True, slots=True)
class MetricFacts:
    """What is known of a metric; None and 60 seconds where nothing is.

    `finest_seconds` is the time between data points at best, where one can pay for more of them.
    `dimension_sets` are those it is published by; if `knows_all_sets`, there are no others.
    `dimension_values` are the values that a dimension has, by its name.
    """

    unit: str | None = None
    period_seconds: int = 60
    statistic: str | None = None
    finest_seconds: int = 60
    dimension_sets: tuple[frozenset[str], ...] = ()
    knows_all_sets: bool = False
    dimension_values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@lru_cache(maxsize=1024)
def look_up_metric(namespace: str, name: str) -> MetricFacts:
    """The facts of a metric; empty facts for one that is not in the catalog."""
    known = _catalog().get(namespace, {})
    entry = known.get("metrics", {}).get(name)
    if entry is None:
        return MetricFacts()
    statistic = entry.get("default_stat")
    alone = entry.get("stats", ())
    if statistic is None and len(alone) == 1 and "*" not in alone[0]:  # p* is any percentile
        statistic = alone[0]
    period = entry.get("period", 60)
    sets = tuple(frozenset(names) for names in entry.get("dimension_sets", ()))
    values = known.get("dimension_values", {}) | entry.get("dimension_values", {})
    return MetricFacts(
        unit=entry.get("unit"),
        period_seconds=period,
        finest_seconds=entry.get("finest_period", period),
        statistic=statistic,
        dimension_sets=sets,
        knows_all_sets=bool(sets) and not entry.get("partial") and is_complete(namespace),
        dimension_values=MappingProxyType({key: tuple(value) for key, value in values.items()}),
    )


def guess_metric(namespace: str, name: str) -> MetricFacts:
    """The facts of a metric, or of the one that a misspelt name must mean.

    Whoever reports the misspelling is then the only one to report something.
    """
    if namespace not in known_namespaces():
        namespace = near_namespace(namespace) or namespace
    is_known = name in known_metrics(namespace)
    return look_up_metric(namespace, name if is_known else near_metric(namespace, name))


@lru_cache(maxsize=1024)
def near_namespace(name: str) -> str:
    """The namespace of AWS that a name is but for one slip, or an empty string."""
    return near_miss(name, known_namespaces())


@lru_cache(maxsize=1024)
def near_metric(namespace: str, name: str) -> str:
    """The metric of a namespace that a name is but for one slip, or an empty string."""
    return near_miss(name, known_metrics(namespace))


def published_unit(namespace: str, name: str, statistic: str) -> str | None:
    """The unit of a statistic of a metric, None if there is none or it is not known."""
    unit = look_up_metric(namespace, name).unit
    return None if unit == "None" or statistic.startswith(_COUNTS) else unit


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


def is_excerpt(namespace: str) -> bool:
    """Whether AWS documents more of a namespace than the catalog lists: what is not here may well be."""
    return bool(_catalog().get(namespace, {}).get("tier") == "C")


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
    sets = () if entry.get("partial") or is_excerpt(namespace) else entry.get("dimension_sets", ())
    return tuple(map(frozenset, sets))


@lru_cache(maxsize=1024)
def find_namespaces(name: str) -> tuple[str, ...]:
    """The namespaces that have a metric of this name."""
    catalog = _catalog()
    return tuple(one for one in catalog if one != "_meta" and name in catalog[one]["metrics"])


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

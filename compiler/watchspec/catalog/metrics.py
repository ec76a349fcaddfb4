"""What AWS publishes: unit, interval and usual statistic of a metric.

`metrics.json` holds 87 namespaces with their sources (see its `_meta` and NOTICE).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


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

"""Raw widgets: what an author wrote in the words of a dashboard body, against its schema."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from watchspec.catalog.quotas import DASHBOARD_METRICS_PER_WIDGET
from watchspec.diagnostics import Findings, Location, shorten
from watchspec.model.references import find_references
from watchspec.model.source import Map, Node, Seq
from watchspec.validate import rules
from watchspec.validate.schema import quick_body_validator, read_body_schema

_METRICS = ("properties", "metrics")
_OF_TEXTS = frozenset({"const", "enum", "maxLength", "minLength", "pattern"})
"""The keywords that nobody can judge while a part of the text is known only at deployment."""
_REPEAT = "..."
"""Stands for the beginning of the metric before."""


def check_raw_widgets(root: Map, found: Findings) -> None:
    """Record what CloudWatch has against the raw widgets of an expanded tree."""
    for raw in _find_raw_widgets(root):
        broken = frozenset(_check_entries(raw, found))
        if not quick_body_validator("widget").is_valid(raw):
            _explain(raw, broken, found)


def _find_raw_widgets(root: Map) -> Iterator[Map]:
    dashboards = root.get("dashboards")
    for dashboard in dashboards.values() if isinstance(dashboards, Map) else ():
        assert isinstance(dashboard, Map)
        rows = dashboard["rows"]
        assert isinstance(rows, Seq)
        for row in rows:
            for widget in row if isinstance(row, Seq) else (row,):
                assert isinstance(widget, Map)
                if isinstance(raw := widget.get("raw"), Map):
                    yield raw


def _explain(raw: Map, broken: frozenset[int], found: Findings) -> None:
    from watchspec.validate.shape import explain_tree  # noqa: PLC0415 - see documents.py

    def skips(error: Any) -> bool:  # noqa: ANN401 - jsonschema's errors say nothing of their types
        path = tuple(error.absolute_path)
        is_broken = path[:2] == _METRICS and bool(broken.intersection(path[2:3]))
        is_deferred = error.validator in _OF_TEXTS and _is_deferred(error.instance)
        return is_broken or is_deferred or _is_function(error.instance)

    faults = Findings()
    schema = read_body_schema("widget")
    needed = explain_tree(raw, schema, faults, "the widget", is_expanded=True, skips=skips)
    for fault in faults.items:
        place, hint, advice = fault.location, fault.hint, fault.help
        if fault.rule == rules.UNKNOWN_KEY.id and place not in needed:
            found.warn(rules.UNKNOWN_PROPERTY, fault.message, place, hint=hint, help=advice)
        else:
            found.error(rules.BAD_WIDGET, fault.message, place, hint=hint, help=advice)


def _is_deferred(value: object) -> bool:
    return isinstance(value, str) and bool(find_references(value))


def _is_function(value: object) -> bool:
    """Whether something is a function of CloudFormation, of which `resolve` says what to write."""
    return isinstance(value, Map) and any(key == "Ref" or key.startswith("Fn::") for key in value)


def _check_entries(raw: Map, found: Findings) -> Iterator[int]:
    """The numbers of the metrics that cannot be read, each with a finding: what no schema can say."""
    properties = raw["properties"]
    metrics = properties.get("metrics") if isinstance(properties, Map) else None
    if raw["type"] != "metric" or not isinstance(metrics, Seq):
        return
    if len(metrics) > DASHBOARD_METRICS_PER_WIDGET:
        return  # the schema says so, and where all is too much nobody reads more
    ids: set[Node] = set()
    for number, entry in enumerate(metrics):
        if not isinstance(entry, Seq) or not entry:
            continue
        fault = _find_fault(entry) or _find_repetition(entry, ids)
        if fault is not None:
            place, message, advice = fault
            found.error(rules.BAD_WIDGET, message, place, help=advice)
            yield number


_Fault = tuple[Location, str, str]


def _find_fault(entry: Seq) -> _Fault | None:
    """Why the parts of an entry are not those of a metric or of an expression."""
    names = [part for part in entry if not isinstance(part, Map)]
    advice = "write namespace, name, then the name and the value of each dimension"
    for part, place in entry.entries():
        if isinstance(part, Map) and {"name", "value"} <= {key.lower() for key in part}:
            return place, "a dimension is two texts, not a mapping", advice
        if isinstance(part, Map) and part is not entry[-1]:
            return place, "only the last part of a metric may be a mapping", advice
    last = entry[-1]
    if isinstance(last, Map):
        if "expression" in last and names:
            message = "an expression stands alone, without a metric"
            return last.key_place("expression"), message, ""
        if "expression" not in last and not names:
            return entry.start, "the entry is neither a metric nor an expression", advice
    if names and _REPEAT not in names and (len(names) == 1 or len(names) % 2):
        missing = "a name" if len(names) == 1 else f'a value for "{shorten(str(names[-1]))}"'
        return entry.places[len(names) - 1], f"the metric lacks {missing}", advice
    return None


def _find_repetition(entry: Seq, ids: set[Node]) -> _Fault | None:
    """Whether the id of an entry is that of another one."""
    last = entry[-1]
    if not isinstance(last, Map) or not isinstance(last.get("id"), str):
        return None
    if last["id"] in ids:
        message = f'two lines of the widget have the id "{last["id"]}"'
        return last.place("id"), message, "rename one of them"
    ids.add(last["id"])
    return None

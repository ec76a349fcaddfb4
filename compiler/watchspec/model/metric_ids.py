"""Which metric it is, whatever statistic of it is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from watchspec.model.signals import MetricStat
from watchspec.model.text import Deferred, ParameterRef, Text, join_text, show_text


@dataclass(frozen=True, slots=True)
class MetricId:
    """Which metric it is; dimensions in the order of their names, account "" = that of the stack."""

    namespace: str
    name: str
    dimensions: tuple[tuple[str, str], ...]
    region: str
    account: str = ""


def identify(stat: MetricStat, parameters: Mapping[str, str]) -> MetricId:
    """What the data of a metric is found under, whatever statistic of it is asked for.

    parameters: values of the spec's parameters by name; others stand as `<name>`.
    """
    dimensions = sorted((name, fill_text(text, parameters)) for name, text in stat.dimensions)
    account = "" if stat.account is None else fill_text(stat.account, parameters)
    return MetricId(stat.namespace, stat.name, tuple(dimensions), stat.region, account)


def fill_text(text: Text, parameters: Mapping[str, str]) -> str:
    """A text with the parameters that are known; others by their names in angle brackets."""
    if isinstance(text, Deferred):
        parts = (
            parameters.get(part.name, part) if isinstance(part, ParameterRef) else part
            for part in text.parts
        )
        text = join_text(*parts)
    return show_text(text)

"""Which metric it is, whatever statistic of it is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from watchspec.model.signals import MetricStat
from watchspec.model.text import Deferred, ParameterRef, Text, join_text, show_text

_NEEDS_QUOTES = re.compile(r'[,{}"=\\]|^\s|\s$|^$')


@dataclass(frozen=True, slots=True, order=True)
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


def fill_data(data: object, parameters: Mapping[str, str]) -> object:
    """JSON data with the parameters that are known in its texts."""
    if isinstance(data, dict):
        return {name: fill_data(value, parameters) for name, value in data.items()}
    if isinstance(data, list):
        return [fill_data(value, parameters) for value in data]
    return fill_text(data, parameters) if isinstance(data, str | Deferred) else data


def write_metric(metric: MetricId, statistic: str) -> str:
    """What a column of a data file is called that holds a statistic of this metric and no other."""
    account = f" of {metric.account}" if metric.account else ""
    dimensions = write_dimensions(metric.dimensions)
    name = f"{metric.namespace} {metric.name}{{{dimensions}}}"
    return f"{name} {statistic} in {metric.region}{account}"


def write_dimensions(dimensions: Iterable[tuple[str, str]]) -> str:
    """`Name=value,Name="another, value"`."""
    written = []
    for name, value in dimensions:
        escaped = re.sub(r'(["\\])', r"\\\1", value)
        written.append(f'{name}="{escaped}"' if _NEEDS_QUOTES.search(value) else f"{name}={value}")
    return ",".join(written)

"""What a series is called: `ecs_cpu`, `hit_rate.hits`, `AWS/ECS CPUUtilization{ClusterName=a} Maximum`.

A name or an id, then a statistic if it is not that of the metric. Of an id, `in us-east-1` says the
Region if it is not that of the spec, and `of 111122223333` the account.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from watchspec.catalog.metrics import split_metric
from watchspec.feed.series import RAW_WORD
from watchspec.languages import find_statistic_problem
from watchspec.model.metric_ids import MetricId, write_dimensions

_PLACE = re.compile(r" in ([a-z]{2}(?:-[a-z]{1,12}){1,3}-[0-9])(?: of ([0-9]{12}))?$")
_DIMENSION = re.compile(r'([^={},"]+)=("(?:[^"\\]|\\.)*"|[^,{}"]*)(?:,|$)')


@dataclass(frozen=True, slots=True)
class SeriesId:
    """A metric as a file names it; Region and account "" = not said."""

    namespace: str
    name: str
    dimensions: tuple[tuple[str, str], ...]
    region: str
    account: str

    def is_of(self, metric: MetricId) -> bool:
        """Whether it can be this metric."""
        return (
            (self.namespace, self.name, self.dimensions)
            == (metric.namespace, metric.name, metric.dimensions)
            and self.region in {"", metric.region}
            and self.account in {"", metric.account}
        )


def split_statistic(text: str) -> tuple[str, str]:
    """A name without the statistic behind it, and that; "" if there is none."""
    place = _PLACE.search(text)
    stem, tail = (text[: place.start()], text[place.start() :]) if place else (text, "")
    name, _, last = stem.rstrip().rpartition(" ")
    if not name.strip() or (last != RAW_WORD and find_statistic_problem(last) is not None):
        return text.strip(), ""
    return f"{name.strip()}{tail}", last


def parse_id(text: str) -> SeriesId | None:
    """The metric that a name like `AWS/ECS CPUUtilization{ClusterName=a}` stands for, if it is one."""
    place = _PLACE.search(text)
    region, account = (place[1], place[2] or "") if place else ("", "")
    stem = text[: place.start()] if place else text
    head, brace, rest = stem.strip().partition("{")
    metric = split_metric(head)
    if metric is None or (brace and not rest.endswith("}")):
        return None
    dimensions = parse_dimensions(rest.removesuffix("}"))
    if dimensions is None:
        return None
    return SeriesId(*metric, tuple(sorted(dimensions.items())), region, account)


def parse_dimensions(text: str) -> dict[str, str] | None:
    """`Name=value,Name="another, value"` by name; None if it is something else."""
    dimensions: dict[str, str] = {}
    at = 0
    while at < len(text):
        match = _DIMENSION.match(text, at)
        if match is None:
            return None
        value = match[2].strip()
        dimensions[match[1].strip()] = (
            re.sub(r"\\(.)", r"\1", value[1:-1]) if value[:1] == '"' else value
        )
        at = match.end()
    return dimensions


def write_id(
    metric: str, dimensions: Mapping[str, str], given: str = "", where: tuple[str, str] = ("", "")
) -> str:
    """The name of a series; `given` are dimensions that are written already."""
    written = [given] if given else []
    written += [write_dimensions(sorted(dimensions.items()))] if dimensions else []
    region, account = where
    tail = (f" in {region}" if region else "") + (f" of {account}" if region and account else "")
    return f"{metric}{{{','.join(written)}}}{tail}" if written else f"{metric}{tail}"

"""A month of data for many alarms, as `make bench` gives it to a backtest: a wide CSV, minute by minute."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

_START = 1_773_014_400
_DAY_MINUTES = 24 * 60


def write_month(folder: Path, alarms: int, days: int) -> list[str]:
    """A spec and its data in a folder; what `watchspec` is to be called with there."""
    folder.mkdir()
    (folder / "spec.yaml").write_text("\n".join(_spec_lines(alarms)), encoding="utf-8")
    with (folder / "data.csv").open("w", encoding="utf-8") as out:
        out.writelines(_data_lines(alarms, days))
    return ["backtest", "spec.yaml", "--env", "prod", "--data", "data.csv"]


def _spec_lines(alarms: int) -> Iterator[str]:
    yield "version: v1\nservice: shop\nenvironments: {prod: {region: eu-west-1}}"
    yield "notify: {team: {email: [ops@example.com]}}\nmetrics:"
    yield from (f"  m{one}: {{metric: Shop M{one}, unit: Percent}}" for one in range(alarms))
    yield "alarms:"
    for one in range(alarms):
        yield f"  a{one}: {{severity: info, when: {{metric: m{one}, above: 80%, for: 5m}}}}"


def _data_lines(alarms: int, days: int) -> Iterator[str]:
    """The same day again and again: what takes the time is to read and to judge it."""
    yield ",".join(["time", *(f"m{one}" for one in range(alarms))]) + "\n"
    values = np.random.default_rng(4).normal(70, 8, (_DAY_MINUTES, alarms)).round(1)
    day = [",".join(map(str, row)) for row in values.tolist()]
    for minute in range(days * _DAY_MINUTES):
        yield f"{_START + 60 * minute},{day[minute % _DAY_MINUTES]}\n"

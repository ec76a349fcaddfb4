from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from support import ROOT
from watchspec.catalog.units import CLOUDWATCH_UNITS, KIND_WORDS, WRITTEN_UNITS

SCHEMA = json.loads((ROOT / "schema" / "v1" / "spec.schema.json").read_text(encoding="utf-8"))


def catalog() -> dict[str, Any]:
    """The metrics of the catalog."""
    text = files("watchspec.catalog").joinpath("metrics.json").read_text(encoding="utf-8")
    data: dict[str, Any] = json.loads(text)
    return data


def test_the_schema_offers_exactly_the_units_of_cloudwatch() -> None:
    offered = set(SCHEMA["$defs"]["unit"]["enum"])

    assert offered == {*CLOUDWATCH_UNITS, "None"}
    assert len(offered) == 27


def test_every_metric_of_the_catalog_is_in_a_unit_that_is_known() -> None:
    units = {
        facts.get("unit")
        for namespace, entry in catalog().items()
        if namespace != "_meta"
        for facts in entry["metrics"].values()
    }

    assert units <= {*CLOUDWATCH_UNITS, "None", None}


@pytest.mark.parametrize(
    ("unit", "kind", "size", "is_rate"),
    [
        ("Seconds", "time", 1, False),
        ("Milliseconds", "time", 1e-3, False),
        ("Microseconds", "time", 1e-6, False),
        ("Bytes", "bytes", 1, False),
        ("Kilobytes", "bytes", 1e3, False),
        ("Megabytes", "bytes", 1e6, False),
        ("Gigabytes", "bytes", 1e9, False),
        ("Terabytes", "bytes", 1e12, False),
        ("Terabytes/Second", "bytes", 1e12, True),
        ("Bits", "bits", 1, False),
        ("Gigabits/Second", "bits", 1e9, True),
        ("Percent", "percent", 1, False),
        ("Count", "number", 1, False),
        ("Count/Second", "number", 1, True),
    ],
)
def test_a_unit_of_cloudwatch_has_a_kind_and_a_size(
    unit: str, kind: str, size: float, is_rate: object
) -> None:
    facts = CLOUDWATCH_UNITS[unit]

    assert (facts.kind, facts.size, facts.is_rate) == (kind, size, is_rate)


@pytest.mark.parametrize(
    ("unit", "size"),
    [
        ("kB", 1_000), ("KB", 1_000), ("MB", 1_000**2), ("GB", 1_000**3), ("TB", 1_000**4), ("PB", 1_000**5),
        ("KiB", 1_024), ("MiB", 1_024**2), ("GiB", 1_024**3), ("TiB", 1_024**4), ("PiB", 1_024**5),
        ("us", 1e-6), ("ms", 1e-3), ("s", 1), ("m", 60), ("h", 3_600), ("d", 86_400), ("w", 604_800),
    ],
)  # fmt: skip
def test_a_unit_an_author_writes_has_a_size(unit: str, size: float) -> None:
    assert WRITTEN_UNITS[unit].size == size


def test_every_kind_of_unit_has_words() -> None:
    kinds = {facts.kind for facts in (*CLOUDWATCH_UNITS.values(), *WRITTEN_UNITS.values())}

    assert kinds <= set(KIND_WORDS)


def test_every_unit_of_time_in_a_duration_is_known() -> None:
    pattern = SCHEMA["$defs"]["duration"]["pattern"]
    named = {"s", "sec", "m", "min", "h", "d", "w"}
    spelt_out = {
        f"{word}{end}" for word in ("second", "minute", "hour", "day", "week") for end in ("", "s")
    }

    assert all(unit.rstrip("s") in pattern for unit in spelt_out)
    assert named | spelt_out <= set(WRITTEN_UNITS)


def test_the_catalog_of_the_package_is_read_from_the_package() -> None:
    assert Path(str(files("watchspec.catalog").joinpath("metrics.json"))).is_file()
    assert len(catalog()) > 80

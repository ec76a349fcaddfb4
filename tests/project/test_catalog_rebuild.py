"""The catalog of metrics is what its packages and corrections make, as far as that shows offline."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import pytest
from tools.catalog import (
    CATALOG,
    CORRECTIONS,
    SERVER_FILE,
    SPEC_FILE,
    build,
    merge,
    read_server_metadata,
    read_service_spec,
    write_json,
)

from watchspec.catalog.units import CLOUDWATCH_UNITS

STATISTICS = {"Average", "Minimum", "Maximum", "Sum", "SampleCount", "p*", "tm*"}


@pytest.fixture(scope="module")
def catalog() -> Any:
    return json.loads(CATALOG.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def corrections() -> Any:
    return json.loads(CORRECTIONS.read_text(encoding="utf-8"))


def pack_service_spec(folder: Path) -> Path:
    """A package of the same shape as that of npm, with two metrics."""
    schema = {
        "metric": {
            "entities": [
                {"$id": "1", "namespace": "AWS/A", "name": "M", "statistic": "Sum"},
                {"$id": "2", "namespace": "AWS/A", "name": "N", "statistic": "Average"},
            ]
        },
        "dimensionSet": {
            "entities": [
                {"$id": "8", "dimensions": [{"name": "Y"}, {"name": "X"}]},
                {"$id": "9", "dimensions": [{"name": "X"}]},
            ]
        },
        "usesDimensionSet": {"forward": {"1": [{"$id": "8"}, {"$id": "9"}]}},
    }
    packed = gzip.compress(json.dumps({"schema": schema}).encode())
    with tarfile.open(folder / "spec.tgz", "w:gz") as archive:
        entry = tarfile.TarInfo(SPEC_FILE)
        entry.size = len(packed)
        archive.addfile(entry, io.BytesIO(packed))
    return folder / "spec.tgz"


def pack_server(folder: Path) -> Path:
    """A package of the same shape as that of PyPI, with three metrics."""
    ids = [{"namespace": "AWS/A", "metricName": name} for name in "MOP"]
    metadata = [
        {
            "metricId": ids[0],
            "unitInfo": "Count per second",
            "recommendedStatistics": "Sum, Data Samples (displays as Sample Count), Percentiles",
        },
        {"metricId": ids[1], "unitInfo": "None"},
        {"metricId": ids[2], "unitInfo": "Integer", "recommendedStatistics": ""},
    ]
    with zipfile.ZipFile(folder / "server.whl", "w") as archive:
        archive.writestr(SERVER_FILE, json.dumps(metadata))
    return folder / "server.whl"


def test_two_packages_and_corrections_make_a_catalog(tmp_path: Path) -> None:
    spec = read_service_spec(pack_service_spec(tmp_path))
    server = read_server_metadata(pack_server(tmp_path))
    patch = {"AWS/A": {"tier": "A", "metrics": {"N": None, "O": {"unit": "Bytes"}}}}

    built = build(spec, server, [{"source": "a page", "patch": patch}])

    assert built == {
        "AWS/A": {
            "tier": "A",
            "metrics": {
                "M": {
                    "source": "SM",
                    "unit": "Count/Second",
                    "stats": ["Sum", "SampleCount", "p*"],
                    "default_stat": "Sum",
                    "dimension_sets": [["X"], ["X", "Y"]],
                },
                "O": {"source": "M", "unit": "Bytes"},
                "P": {"source": "M"},
            },
        }
    }


@pytest.mark.parametrize(
    ("target", "patch", "merged"),
    [
        # From appendix A of https://www.rfc-editor.org/rfc/rfc7396 (read 2026-11-24)
        ({"a": "b"}, {"a": "c"}, {"a": "c"}),
        ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
        ({"a": "b"}, {"a": None}, {}),
        ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
        ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
        (["a", "b"], ["c", "d"], ["c", "d"]),
        ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
    ],
)
def test_a_correction_is_a_merge_patch(target: Any, patch: Any, merged: Any) -> None:
    assert merge(target, patch) == merged


def test_every_correction_has_a_source(corrections: Any) -> None:
    assert len(corrections) > 5
    for correction in corrections:
        assert set(correction) == {"source", "patch"}
        assert "(read 2026-" in correction["source"]


def test_the_corrections_are_in_the_catalog(catalog: Any, corrections: Any) -> None:
    for correction in corrections[1:]:
        assert merge(catalog, correction["patch"]) == catalog, correction["source"]


def test_the_file_is_written_by_the_script(catalog: Any) -> None:
    assert CATALOG.read_text(encoding="utf-8") == write_json(catalog)


def test_the_catalog_has_the_shape_it_describes(catalog: Any) -> None:
    namespaces = {name: entry for name, entry in catalog.items() if name != "_meta"}

    assert set(catalog["_meta"]) == {
        "format",
        "generated",
        "other_namespaces",
        "reading",
        "sources",
    }
    assert not set(namespaces) & set(catalog["_meta"]["other_namespaces"])
    for namespace, entry in namespaces.items():
        assert entry["tier"] in {"A", "B", "C"}
        assert set(entry) <= {"tier", "dimensions", "metrics", "open", "region", "dimension_values"}
        for name, metric in entry["metrics"].items():
            where = f"{namespace} {name}"
            assert set(metric.get("stats", ())) <= STATISTICS, where
            assert metric.get("unit", "None") in {"None", *CLOUDWATCH_UNITS}, where
            assert set(metric["source"]) <= set(catalog["_meta"]["sources"]), where
            assert metric.get("finest_period", 60) <= metric.get("period", 60), where
            for names in metric.get("dimension_sets", ()):
                assert names == sorted(set(names)), where
